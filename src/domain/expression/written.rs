//! Expressions as text that reads back to the same expression.

use std::fmt;

use super::operator::NEGATION;
use super::{Expression, Function};

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write_text(f, text),
            Self::Answer(name) => write!(f, "${{{name}}}"),
            Self::Current => f.write_str("."),
            Self::Path(path) => write!(f, "{path}"),
            Self::Column(name) => f.write_str(name),
            Self::Lookup { list, conditions, column } => {
                f.write_str("instance(")?;
                write_text(f, list)?;
                f.write_str(")/root/item")?;
                for condition in conditions {
                    write!(f, "[{condition}]")?;
                }
                column.as_ref().map_or(Ok(()), |column| write!(f, "/{column}"))
            }
            Self::Call(function, arguments) => write_call(f, *function, arguments),
            Self::Binary(operator, left, right) => {
                let own = operator.precedence();
                write_operand(f, left, own)?;
                write!(f, " {} ", operator.sign())?;
                write_operand(f, right, own + 1)
            }
            Self::Negated(inner) => {
                f.write_str("-")?;
                write_operand(f, inner, NEGATION)
            }
        }
    }
}

/// In the quotes that the text does not have; one read from a form never has both.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    write!(f, "{quote}{text}{quote}")
}

fn write_call(
    f: &mut fmt::Formatter<'_>,
    function: Function,
    arguments: &[Expression],
) -> fmt::Result {
    write!(f, "{}(", function.name())?;
    for (index, argument) in arguments.iter().enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{argument}")?;
    }
    f.write_str(")")
}

/// Writes an operand, in brackets where it binds more loosely than `needed`.
fn write_operand(f: &mut fmt::Formatter<'_>, operand: &Expression, needed: u8) -> fmt::Result {
    match operand {
        Expression::Binary(operator, ..) if operator.precedence() < needed => {
            write!(f, "({operand})")
        }
        _ => write!(f, "{operand}"),
    }
}
