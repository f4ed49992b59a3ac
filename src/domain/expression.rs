//! The expressions of a form: `XPath` 1.0 as `XLSForm` uses it, with the ODK functions.
//!
//! [`parse`] turns a cell's text into an [`Expression`]; [`Scope`] evaluates it over the answers.
//! Semantics follow the [ODK `XForms` specification](https://getodk.github.io/xforms-spec/), and
//! where it leaves a choice, ODK Collect: an unanswered question is the empty text, a text that
//! is neither a number nor a day is `NaN`, comparisons with a number compare numbers, and days
//! are numbers of days (see `days.rs` for the one difference).

mod call;
mod compare;
mod days;
mod dice;
mod evaluate;
mod function;
mod lexer;
mod numbers;
mod operator;
mod parser;
mod path;
mod references;
mod texts;
mod value;
mod written;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use days::LocalTime;
pub(in crate::domain) use dice::Dice;
pub use dice::in_random_order;
pub use evaluate::{Instances, Scope};
pub use function::Function;
pub use operator::Operator;
pub use parser::parse;
pub use path::Path;
pub use references::{locate, mentions, place_at};
pub use value::Value;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number as written: `3`, `0.5`.
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// `${name}`: the answer to a question.
    Answer(String),
    /// `.`: the value of the question the expression belongs to; in the condition of a look-up
    /// and in a choice filter, the name of the choice.
    Current,
    /// `../name`, `/data/group/name`, `current()/../name`: a question by its path.
    Path(Path),
    /// A bare name: a column of the choice that is being looked at.
    Column(String),
    /// `instance('list')/root/item[condition]/column`: a look-up in a choice list.
    Lookup {
        /// The choice list's name.
        list: String,
        /// Which of its choices count, each condition among those that met the ones before it: a
        /// number is a place counted from 1, all else is true or false.
        conditions: Vec<Expression>,
        /// The column of those choices; the choices themselves, by name, where there is none.
        column: Option<String>,
    },
    /// A function with its arguments.
    Call(Function, Vec<Expression>),
    /// An operator between two expressions.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A minus sign before an expression.
    Negated(Box<Expression>),
}

// A number in an expression is written in digits, so none is NaN.
impl Eq for Expression {}

/// Why a text is no expression, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The first character at fault, counted in bytes from 0; [`place_at`] gives its word.
    pub at: usize,
    /// What is wrong there.
    pub kind: ExpressionErrorKind,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionErrorKind {
    /// A character that no expression has.
    UnexpectedCharacter(char),
    /// A quote or `${` that is not closed.
    NotClosed,
    /// Something stands where a value, an operator or a bracket should.
    Unexpected(String),
    /// The text ends too early.
    UnexpectedEnd,
    /// A function nobody knows; the nearest of [`Function::names`] may be meant.
    UnknownFunction(String),
    /// A function of `XPath` or ODK that this product does not have.
    Unsupported(String),
    /// A function with too few or too many arguments, or with values where it takes questions.
    WrongArguments(&'static str),
    /// A regular expression that is none, or that needs what is not understood here.
    BadPattern(String),
    /// A path with steps, axes or predicates beyond those of [`Path`] and
    /// `instance('list')/root/item[…]/column`.
    UnsupportedPath,
    /// Brackets nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_TOKENS`] words and signs.
    TooLong,
}

/// How deep brackets may nest: far beyond what people write, far from the end of the stack.
pub const MAX_DEPTH: usize = 64;

/// How many words and signs an expression may have; a chain of operators nests to its left, so
/// this bounds the stack too.
pub const MAX_TOKENS: usize = 2000;

impl Expression {
    /// Calls `visit` with this expression and every one inside it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expression)) {
        visit(self);
        match self {
            Self::Call(_, inner) | Self::Lookup { conditions: inner, .. } => {
                for inner in inner {
                    inner.walk(visit);
                }
            }
            Self::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Negated(inner) => inner.walk(visit),
            Self::Number(_)
            | Self::Text(_)
            | Self::Answer(_)
            | Self::Current
            | Self::Path(_)
            | Self::Column(_) => {}
        }
    }

    /// The question, group or repeat that it names and is nothing else.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Answer(name) => Some(name),
            Self::Path(path) => path.name(),
            _ => None,
        }
    }

    /// True when it calls one of these functions anywhere.
    pub fn calls(&self, functions: &[Function]) -> bool {
        let mut calls = false;
        self.walk(&mut |inner| {
            calls |= matches!(inner, Self::Call(function, _) if functions.contains(function));
        });
        calls
    }

    /// The `n` of a constraint that holds the number of chosen items to `count-selected(.) <= n`.
    pub fn selection_limit(&self) -> Option<usize> {
        match self {
            Self::Binary(Operator::And, left, right) => {
                [left.selection_limit(), right.selection_limit()].into_iter().flatten().min()
            }
            Self::Binary(Operator::LessOrEqual, counted, limit) => match (&**counted, &**limit) {
                (Self::Call(Function::CountSelected, of), Self::Number(limit))
                    if of.as_slice() == [Self::Current] && (1.0..1e6).contains(limit) =>
                {
                    usize::try_from(numbers::whole(*limit)).ok()
                }
                _ => None,
            },
            _ => None,
        }
    }
}
