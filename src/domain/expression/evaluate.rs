//! An expression over the answers.

use std::cell::Cell;

use super::compare::compare;
use super::dice::Dice;
use super::{Expression, LocalTime, Operator, Value};
use crate::domain::form::{Choice, Form};

/// The answers to a question in every instance that can be seen from here, none where it is not
/// asked; of a repeat, one empty text an instance. With the name of a repeat, the question's
/// answers in all its instances, from within one of them too.
pub type Instances<'a> = dyn Fn(&str, Option<&str>) -> Vec<&'a str> + 'a;

/// What an expression can see: the form, the answers, the question it belongs to, and, in a
/// choice filter, one choice. It is plain data, so that the same scope gives the same values.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The form, for its choice lists and labels.
    pub form: &'a Form,
    /// The answer to a question by its name; empty where there is none.
    pub answer: &'a dyn Fn(&str) -> &'a str,
    /// The answers in every instance, for what counts and sums; without it there is one.
    pub all: Option<&'a Instances<'a>>,
    /// The value of the question that the expression belongs to.
    pub current: &'a str,
    /// The choice whose columns bare names stand for.
    pub choice: Option<&'a Choice>,
    /// Of each group around the question, innermost first: which instance it is, from 1.
    pub positions: &'a [usize],
    /// The language of labels and of the names of months.
    pub language: &'a str,
    /// The time; without it, `today()` and `now()` are empty and clocks are taken for UTC.
    pub now: Option<LocalTime>,
    /// Where chance starts: one number per question and response keeps its draws the same.
    pub seed: u64,
}

impl<'a> Scope<'a> {
    /// A scope with answers and nothing else.
    pub fn new(form: &'a Form, answer: &'a dyn Fn(&str) -> &'a str) -> Self {
        Self {
            form,
            answer,
            all: None,
            current: "",
            choice: None,
            positions: &[],
            language: "",
            now: None,
            seed: 0,
        }
    }

    /// With the answers of every instance of a repeat.
    #[must_use]
    pub fn with_all(self, all: &'a Instances<'a>) -> Self {
        Self { all: Some(all), ..self }
    }

    /// At a question with that value.
    #[must_use]
    pub fn with_current(self, current: &'a str) -> Self {
        Self { current, ..self }
    }

    /// In those instances of the groups around it, from 1, innermost first.
    #[must_use]
    pub fn with_positions(self, positions: &'a [usize]) -> Self {
        Self { positions, ..self }
    }

    /// In that language.
    #[must_use]
    pub fn with_language(self, language: &'a str) -> Self {
        Self { language, ..self }
    }

    /// At that time.
    #[must_use]
    pub fn with_now(self, now: LocalTime) -> Self {
        Self { now: Some(now), ..self }
    }

    /// With chance from that seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The value of `expression`.
    pub fn value(&self, expression: &Expression) -> Value {
        let dice = Dice::new(self.seed);
        let steps = Cell::new(MAX_STEPS);
        Evaluation { scope: *self, place: None, dice: &dice, steps: &steps }.value(expression)
    }

    /// Whether `expression` holds.
    pub fn truth(&self, expression: &Expression) -> bool {
        self.value(expression).truth()
    }
}

/// How much work one evaluation may be before what is left of it has no value. A look-up in the
/// longest list costs thousands; look-ups within look-ups within look-ups would never end.
const MAX_STEPS: usize = 5_000_000;

/// One evaluation under way.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'a, 'e> {
    pub(super) scope: Scope<'a>,
    /// In the condition of a look-up: the place of the choice among those looked at, from 1.
    pub(super) place: Option<usize>,
    pub(super) dice: &'e Dice,
    steps: &'e Cell<usize>,
}

impl<'a> Evaluation<'a, '_> {
    pub(super) fn value(&self, expression: &Expression) -> Value {
        if !self.spend(1) {
            return Value::nothing();
        }
        let scope = &self.scope;
        match expression {
            Expression::Number(number) => Value::Number(*number),
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Answer(name) => Value::Text((scope.answer)(name).to_owned()),
            Expression::Current => {
                let value = scope.choice.map_or(scope.current, |choice| choice.name.as_str());
                Value::Text(value.to_owned())
            }
            Expression::Path(path) => Value::Text(match path.name() {
                Some(name) => (scope.answer)(name).to_owned(),
                None if path.is_current() => scope.current.to_owned(),
                None => String::new(),
            }),
            Expression::Column(name) => {
                Value::Text(scope.choice.map_or("", |choice| self.column(choice, name)).to_owned())
            }
            Expression::Lookup { list, conditions, column } => {
                let header = column.as_deref().unwrap_or("name");
                let choices = self.choices(list, conditions).into_iter();
                Value::Several(choices.map(|c| self.column(c, header).to_owned()).collect())
            }
            Expression::Negated(inner) => Value::Number(-self.number(&self.value(inner))),
            Expression::Binary(..) => self.chain(expression),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    pub(super) fn truth(&self, expression: &Expression) -> bool {
        self.value(expression).truth()
    }

    pub(super) fn number(&self, value: &Value) -> f64 {
        value.number(self.offset_minutes())
    }

    /// How far the respondent's clock is ahead of UTC.
    pub(super) fn offset_minutes(&self) -> i16 {
        self.scope.now.map_or(0, |now| now.offset_minutes)
    }

    /// Takes so many steps of those that are left; false when there are none.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.steps.get().saturating_sub(steps);
        self.steps.set(left);
        left > 0
    }

    /// The texts that `expression` stands for where a set of nodes is wanted.
    pub(super) fn nodes(&self, expression: &Expression) -> Vec<String> {
        self.nodes_across(expression, None)
    }

    /// The same, across all instances of the named repeat.
    pub(super) fn nodes_across(
        &self,
        expression: &Expression,
        repeat: Option<&str>,
    ) -> Vec<String> {
        match (expression.name(), self.scope.all) {
            (Some(name), Some(all)) => all(name, repeat).into_iter().map(str::to_owned).collect(),
            _ => match self.value(expression) {
                Value::Several(texts) => texts,
                one => vec![one.text()],
            },
        }
    }

    /// Which instance the group is that `path` leads up to, from 1; without one the innermost.
    pub(super) fn position(&self, path: Option<&Expression>) -> f64 {
        let levels = match path {
            Some(Expression::Path(path)) => path.levels_up(),
            _ => 1,
        };
        self.scope.positions.get(levels.saturating_sub(1)).copied().unwrap_or(1) as f64
    }

    /// A column of a choice, its label in the language of the scope.
    pub(super) fn column<'c>(&self, choice: &'c Choice, header: &str) -> &'c str {
        match header {
            "label" => choice.label.get(self.scope.language),
            _ => choice.column(header),
        }
    }

    fn choices(&self, list: &str, conditions: &[Expression]) -> Vec<&'a Choice> {
        let mut choices: Vec<&'a Choice> = self.scope.form.choices(list).iter().collect();
        self.spend(choices.len());
        for condition in conditions {
            let mut place = 0;
            choices.retain(|choice| {
                place += 1;
                let scope = Scope { choice: Some(choice), ..self.scope };
                match (Evaluation { scope, place: Some(place), ..*self }).value(condition) {
                    #[expect(clippy::float_cmp, reason = "a place is a small whole number")]
                    Value::Number(wanted) => wanted == place as f64,
                    other => other.truth(),
                }
            });
        }
        choices
    }

    /// A chain of operators nests to its left, so it is followed down in a loop, not on the stack.
    fn chain(&self, expression: &Expression) -> Value {
        let mut first = expression;
        let mut rest = Vec::new();
        while let Expression::Binary(operator, left, right) = first {
            rest.push((*operator, &**right));
            first = left;
        }
        let steps = rest.into_iter().rev();
        steps.fold(self.value(first), |left, (operator, right)| self.binary(operator, &left, right))
    }

    fn binary(&self, operator: Operator, left: &Value, right: &Expression) -> Value {
        match operator {
            Operator::Or => return Value::Boolean(left.truth() || self.truth(right)),
            Operator::And => return Value::Boolean(left.truth() && self.truth(right)),
            _ => {}
        }
        let right = self.value(right);
        if let (Value::Several(left), Value::Several(right)) = (left, &right) {
            self.spend(left.len() * right.len());
        }
        let computed = |compute: fn(f64, f64) -> f64| {
            Value::Number(compute(self.number(left), self.number(&right)))
        };
        match operator {
            Operator::Plus => computed(std::ops::Add::add),
            Operator::Minus => computed(std::ops::Sub::sub),
            Operator::Times => computed(std::ops::Mul::mul),
            Operator::Divide => computed(std::ops::Div::div),
            Operator::Modulo => computed(std::ops::Rem::rem),
            comparison => Value::Boolean(compare(comparison, left, &right, self.offset_minutes())),
        }
    }
}
