//! An expression read as a condition.

use std::cell::Cell;

use super::{Amount, Condition, Limit};
use crate::domain::expression::{Expression, Function, Operator, Scope, Value};
use crate::domain::form::{Form, Kind};

/// Lists up to this length are tried choice by choice.
const MOST_TRIED: usize = 100;

/// How deep an expression may nest, calculations put in place, before it counts as having no words.
const DEEPEST: usize = 200;

/// How many parts an expression may have, calculations put in place.
const MOST_PARTS: usize = 10_000;

/// Reads the expressions at one place of a form.
pub(super) struct Reading<'f> {
    pub(super) form: &'f Form,
    /// The repeats around that place.
    pub(super) repeats: Vec<usize>,
    pub(super) parts_left: Cell<usize>,
}

impl<'f> Reading<'f> {
    pub(super) fn new(form: &'f Form, group: Option<usize>) -> Self {
        Self { form, repeats: form.repeats_around(group), parts_left: Cell::new(MOST_PARTS) }
    }

    /// The condition of an expression, if it has words.
    pub(super) fn condition(&self, expression: &Expression) -> Option<Condition> {
        let followed = self.followed(expression, DEEPEST)?;
        self.read(&followed, true, DEEPEST)
    }

    /// The questions behind an expression, calculations followed; none where that has no words.
    pub(super) fn sources(&self, expression: &Expression) -> Option<Vec<usize>> {
        let followed = self.followed(expression, DEEPEST)?;
        let mut sources = self.questions_in(&followed)?;
        sources.sort_unstable();
        sources.dedup();
        Some(sources)
    }

    /// The condition under which an expression is true, or false where it is not `wanted`.
    fn read(&self, expression: &Expression, wanted: bool, depth: usize) -> Option<Condition> {
        let depth = depth.checked_sub(1)?;
        if let Some(tried) = self.tried(expression, wanted) {
            return Some(tried);
        }
        match expression {
            Expression::Binary(operator @ (Operator::And | Operator::Or), left, right) => {
                let parts = [self.read(left, wanted, depth)?, self.read(right, wanted, depth)?];
                let is_all = (*operator == Operator::And) == wanted;
                Some(if is_all { Condition::all(parts) } else { Condition::any(parts) })
            }
            Expression::Binary(operator, left, right) => {
                let operator = if wanted { *operator } else { opposite(*operator)? };
                self.comparison(operator, left, right, depth)
            }
            Expression::Call(Function::Not, arguments) => {
                self.read(arguments.first()?, !wanted, depth)
            }
            Expression::Call(Function::Boolean, arguments) => {
                self.read(arguments.first()?, wanted, depth)
            }
            Expression::Call(Function::If, arguments) => {
                let [condition, then, otherwise] = arguments.as_slice() else { return None };
                let branch = |inner, holds| {
                    let parts =
                        [self.read(condition, holds, depth)?, self.read(inner, wanted, depth)?];
                    Some(Condition::all(parts))
                };
                Some(Condition::any([branch(then, true)?, branch(otherwise, false)?]))
            }
            Expression::Call(Function::Selected, arguments) => {
                let [from, Expression::Text(name)] = arguments.as_slice() else { return None };
                if let Expression::Answer(_) = from {
                    let question = self.answered(from)?;
                    let choices = vec![name.clone()];
                    return Some(Condition::Chosen { question, choices, holds: wanted });
                }
                let has_name = |text: &str| text.split_whitespace().any(|word| word == name);
                self.pieces(from, has_name, wanted, depth)
            }
            Expression::Answer(_) => {
                Some(Condition::Answered { question: self.answered(expression)?, holds: wanted })
            }
            _ => None,
        }
    }

    /// What hangs on one choice alone is tried with each; what hangs on nothing, once.
    fn tried(&self, expression: &Expression, wanted: bool) -> Option<Condition> {
        let mut questions = self.questions_in(expression)?;
        questions.sort_unstable();
        questions.dedup();
        let holds = |value: &str| {
            let answer = |_: &str| value;
            Scope::new(self.form, &answer).truth(expression) == wanted
        };
        let position = match questions.as_slice() {
            [] => {
                return Some(if holds("") { Condition::Always } else { Condition::Never });
            }
            [position] => *position,
            _ => return None,
        };
        let question = self.form.questions().get(position)?;
        let Kind::SelectOne(list) = &question.kind else { return None };
        let choices = self.form.choices(list);
        if choices.is_empty() || choices.len() > MOST_TRIED {
            return None;
        }
        let met: Vec<String> = choices
            .iter()
            .filter(|choice| holds(&choice.name))
            .map(|choice| choice.name.clone())
            .collect();
        let blank = holds("");
        Some(match (met.len(), blank) {
            (0, false) => Condition::Never,
            (0, true) => Condition::Answered { question: position, holds: false },
            (all, true) if all == choices.len() => Condition::Always,
            (all, false) if all == choices.len() => {
                Condition::Answered { question: position, holds: true }
            }
            _ => Condition::Among { question: position, choices: met, blank },
        })
    }

    fn comparison(
        &self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        depth: usize,
    ) -> Option<Condition> {
        if operator < Operator::Equal || operator > Operator::GreaterOrEqual {
            return None;
        }
        let (left, right) = (unwrapped(left), unwrapped(right));
        match (constant(left), constant(right)) {
            (_, Some(right)) => self.with_constant(operator, left, &right, depth),
            (Some(left), None) => self.with_constant(mirrored(operator), right, &left, depth),
            (None, None) => {
                let (question, other) = (self.answered(left)?, self.answered(right)?);
                let are_numbers = self.is_number(question) && self.is_number(other);
                are_numbers.then_some(Condition::Compares {
                    amount: Amount::Answer(question),
                    comparison: operator,
                    with: Limit::Answer(other),
                })
            }
        }
    }

    fn with_constant(
        &self,
        operator: Operator,
        asked: &Expression,
        constant: &Value,
        depth: usize,
    ) -> Option<Condition> {
        let is_empty = *constant == Value::nothing();
        let holds = operator == Operator::Equal;
        let is_equality = holds || operator == Operator::NotEqual;
        let number = constant.number(0);
        match asked {
            Expression::Answer(_) => {
                let position = self.answered(asked)?;
                let question = self.form.questions().get(position)?;
                if is_empty {
                    let answered = Condition::Answered { question: position, holds: !holds };
                    return is_equality.then_some(answered);
                }
                match &question.kind {
                    Kind::SelectOne(_) if is_equality => Some(Condition::Chosen {
                        question: position,
                        choices: vec![constant.text()],
                        holds,
                    }),
                    Kind::Integer | Kind::Decimal | Kind::Range(_) if !number.is_nan() => {
                        Some(Condition::Compares {
                            amount: Amount::Answer(position),
                            comparison: operator,
                            with: Limit::Number(number),
                        })
                    }
                    Kind::Text | Kind::SelectMultiple(_) | Kind::Rank(_) if is_equality => {
                        let text = match question.kind.list() {
                            Some(_) => self.form.choice(question, &constant.text())?.name.clone(),
                            None => constant.text(),
                        };
                        Some(Condition::Reads { question: position, text, holds })
                    }
                    Kind::Acknowledge if is_equality => {
                        Some(Condition::Answered { question: position, holds })
                    }
                    _ => None,
                }
            }
            Expression::Call(Function::CountSelected, arguments) => {
                let question = self.answered(arguments.first()?)?;
                if number.is_nan() {
                    return None;
                }
                Some(match at_least_one(operator, number) {
                    Some(holds) => Condition::Answered { question, holds },
                    None => Condition::Compares {
                        amount: Amount::Choices(question),
                        comparison: operator,
                        with: Limit::Number(number),
                    },
                })
            }
            Expression::Call(Function::StringLength, arguments) => {
                let question = self.answered(arguments.first()?)?;
                let holds = at_least_one(operator, number)?;
                Some(Condition::Answered { question, holds })
            }
            Expression::Call(Function::If | Function::Concat, _) => {
                if is_empty && is_equality {
                    return self.pieces(asked, |text| !text.is_empty(), !holds, depth);
                }
                let Expression::Call(Function::If, arguments) = asked else { return None };
                let [condition, then, otherwise] = arguments.as_slice() else { return None };
                let right = match constant {
                    Value::Number(number) => Expression::Number(*number),
                    other => Expression::Text(other.text()),
                };
                let branch = |inner: &Expression, holds| {
                    let compared = Expression::Binary(
                        operator,
                        Box::new(inner.clone()),
                        Box::new(right.clone()),
                    );
                    let parts =
                        [self.read(condition, holds, depth)?, self.read(&compared, true, depth)?];
                    Some(Condition::all(parts))
                };
                Some(Condition::any([branch(then, true)?, branch(otherwise, false)?]))
            }
            _ => None,
        }
    }

    /// When some piece of a joined text is so, each piece a text of the form or one of two.
    fn pieces(
        &self,
        joined: &Expression,
        is_so: impl Fn(&str) -> bool + Copy,
        wanted: bool,
        depth: usize,
    ) -> Option<Condition> {
        let depth = depth.checked_sub(1)?;
        let one = std::slice::from_ref(joined);
        let pieces = match joined {
            Expression::Call(Function::Concat, pieces) => pieces.as_slice(),
            _ => one,
        };
        let mut conditions = Vec::new();
        for piece in pieces {
            conditions.push(match piece {
                Expression::Text(text) if is_so(text) == wanted => Condition::Always,
                Expression::Text(_) => Condition::Never,
                Expression::Call(Function::If, arguments) => {
                    let [condition, then, otherwise] = arguments.as_slice() else { return None };
                    let (Expression::Text(then), Expression::Text(otherwise)) = (then, otherwise)
                    else {
                        return None;
                    };
                    // Names that run together are other names.
                    let is_apart = |text: &str| text.is_empty() || text.ends_with(' ');
                    if pieces.len() > 1 && !(is_apart(then) && is_apart(otherwise)) {
                        return None;
                    }
                    match (is_so(then) == wanted, is_so(otherwise) == wanted) {
                        (true, true) => Condition::Always,
                        (false, false) => Condition::Never,
                        (holds, _) => self.read(condition, holds, depth)?,
                    }
                }
                _ => return None,
            });
        }
        Some(if wanted { Condition::any(conditions) } else { Condition::all(conditions) })
    }

    /// The question whose answer the expression is, if a person answers it here.
    fn answered(&self, expression: &Expression) -> Option<usize> {
        let Expression::Answer(name) = expression else { return None };
        self.form.position(name).filter(|at| self.is_asked_here(*at))
    }

    fn is_number(&self, position: usize) -> bool {
        self.form.questions().get(position).is_some_and(|question| match question.kind {
            Kind::Integer | Kind::Decimal | Kind::Range(_) => true,
            Kind::SelectOne(_) => question.rating.is_some(),
            _ => false,
        })
    }
}

/// Without the functions that change nothing for the one who answers.
fn unwrapped(expression: &Expression) -> &Expression {
    match expression {
        Expression::Call(
            Function::Number | Function::String | Function::Int | Function::NormalizeSpace,
            inner,
        ) => inner.first().map_or(expression, unwrapped),
        Expression::Call(Function::Coalesce, inner) => match inner.as_slice() {
            [one, Expression::Text(empty)] if empty.is_empty() => unwrapped(one),
            _ => expression,
        },
        _ => expression,
    }
}

fn constant(expression: &Expression) -> Option<Value> {
    match expression {
        Expression::Text(text) => Some(Value::Text(text.clone())),
        Expression::Number(number) => Some(Value::Number(*number)),
        Expression::Negated(inner) => match constant(inner)? {
            Value::Number(number) => Some(Value::Number(-number)),
            _ => None,
        },
        _ => None,
    }
}

/// Of a count that is compared with a number: whether that asks for one at least, or for none.
#[expect(clippy::float_cmp, reason = "the number is one of the form")]
fn at_least_one(operator: Operator, number: f64) -> Option<bool> {
    match operator {
        Operator::Greater | Operator::NotEqual if number == 0.0 => Some(true),
        Operator::GreaterOrEqual if number == 1.0 => Some(true),
        Operator::Equal | Operator::LessOrEqual if number == 0.0 => Some(false),
        Operator::Less if number == 1.0 => Some(false),
        _ => None,
    }
}

/// The comparison that is true where this one is false.
fn opposite(operator: Operator) -> Option<Operator> {
    Some(match operator {
        Operator::Equal => Operator::NotEqual,
        Operator::NotEqual => Operator::Equal,
        Operator::Less => Operator::GreaterOrEqual,
        Operator::LessOrEqual => Operator::Greater,
        Operator::Greater => Operator::LessOrEqual,
        Operator::GreaterOrEqual => Operator::Less,
        _ => return None,
    })
}

/// The comparison with its sides exchanged.
fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        same => same,
    }
}
