//! An expression over the answers.

use super::{Expression, Function, Operator, Value};
use crate::domain::form::{Choice, Form};

/// What an expression can see: the form's lists, the answers, the question it belongs to, and,
/// in a choice filter or a look-up's condition, one choice.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The form, for its choice lists.
    pub form: &'a Form,
    /// The answer to a question by its name; empty where there is none.
    pub answer: &'a dyn Fn(&str) -> &'a str,
    /// The value that `.` stands for.
    pub current: &'a str,
    /// The choice whose columns bare names stand for.
    pub choice: Option<&'a Choice>,
}

impl Scope<'_> {
    /// The value of `expression`.
    pub fn value(&self, expression: &Expression) -> Value {
        match expression {
            Expression::Number(number) => Value::Number(*number),
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Answer(name) => Value::Text((self.answer)(name).to_owned()),
            Expression::Current => Value::Text(self.current.to_owned()),
            Expression::Column(name) => {
                Value::Text(self.choice.map_or("", |choice| choice.column(name)).to_owned())
            }
            Expression::Lookup { list, condition, column } => {
                let choices = self.form.choices(list).iter().filter(|choice| {
                    let inner = Scope { choice: Some(choice), ..*self };
                    condition.as_ref().is_none_or(|condition| inner.truth(condition))
                });
                Value::Several(choices.map(|choice| choice.column(column).to_owned()).collect())
            }
            Expression::Negated(inner) => Value::Number(-self.value(inner).number()),
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    /// Whether `expression` holds.
    pub fn truth(&self, expression: &Expression) -> bool {
        self.value(expression).truth()
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Value {
        match operator {
            Operator::Or => return Value::Boolean(self.truth(left) || self.truth(right)),
            Operator::And => return Value::Boolean(self.truth(left) && self.truth(right)),
            _ => {}
        }
        let (left, right) = (self.value(left), self.value(right));
        let numbers = (left.number(), right.number());
        match operator {
            Operator::Plus => Value::Number(numbers.0 + numbers.1),
            Operator::Minus => Value::Number(numbers.0 - numbers.1),
            Operator::Times => Value::Number(numbers.0 * numbers.1),
            Operator::Divide => Value::Number(numbers.0 / numbers.1),
            Operator::Modulo => Value::Number(numbers.0 % numbers.1),
            comparison => Value::Boolean(compare(comparison, &left, &right)),
        }
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Value {
        let value = |index: usize| {
            arguments.get(index).map_or(Value::Text(String::new()), |given| self.value(given))
        };
        match function {
            Function::True => Value::Boolean(true),
            Function::False => Value::Boolean(false),
            Function::Boolean => Value::Boolean(value(0).truth()),
            Function::Not => Value::Boolean(!value(0).truth()),
            Function::Number => Value::Number(value(0).number()),
            Function::If => value(if value(0).truth() { 1 } else { 2 }),
            Function::Coalesce => {
                let first = value(0);
                if first.text().is_empty() { value(1) } else { first }
            }
            Function::Concat => {
                Value::Text(arguments.iter().map(|a| self.value(a).text()).collect())
            }
            Function::Selected => {
                let wanted = value(1).text();
                Value::Boolean(value(0).text().split_whitespace().any(|name| name == wanted.trim()))
            }
            Function::CountSelected => {
                Value::Number(value(0).text().split_whitespace().count() as f64)
            }
            Function::StringLength => {
                let text =
                    if arguments.is_empty() { self.current.to_owned() } else { value(0).text() };
                Value::Number(text.chars().count() as f64)
            }
        }
    }
}

/// `XPath` 1.0, 3.4: a set compares true when one of its texts does; with a boolean as booleans,
/// with a number as numbers, else `=` and `!=` as texts.
fn compare(comparison: Operator, left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Several(texts), other) if !matches!(other, Value::Boolean(_)) => {
            texts.iter().any(|text| compare(comparison, &Value::Text(text.clone()), other))
        }
        (other, Value::Several(texts)) if !matches!(other, Value::Boolean(_)) => {
            texts.iter().any(|text| compare(comparison, other, &Value::Text(text.clone())))
        }
        (Value::Text(left), Value::Text(right)) if comparison == Operator::Equal => left == right,
        (Value::Text(left), Value::Text(right)) if comparison == Operator::NotEqual => {
            left != right
        }
        (Value::Boolean(_), _) | (_, Value::Boolean(_))
            if matches!(comparison, Operator::Equal | Operator::NotEqual) =>
        {
            (left.truth() == right.truth()) == (comparison == Operator::Equal)
        }
        _ => {
            let (left, right) = (left.number(), right.number());
            #[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
            match comparison {
                Operator::Equal => left == right,
                Operator::NotEqual => left != right,
                Operator::Less => left < right,
                Operator::LessOrEqual => left <= right,
                Operator::Greater => left > right,
                _ => left >= right,
            }
        }
    }
}
