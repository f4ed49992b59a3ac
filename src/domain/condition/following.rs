//! Calculations followed to the questions behind them.

use super::reading::Reading;
use crate::domain::expression::{Expression, Function};
use crate::domain::form::Question;

impl Reading<'_> {
    /// The expression with calculations in the place of the values that they give.
    pub(super) fn followed(&self, expression: &Expression, depth: usize) -> Option<Expression> {
        let depth = depth.checked_sub(1)?;
        self.parts_left.set(self.parts_left.get().checked_sub(1)?);
        let follow = |inner: &Expression| self.followed(inner, depth);
        let follow_all =
            |inner: &[Expression]| inner.iter().map(follow).collect::<Option<Vec<_>>>();
        Some(match expression {
            Expression::Answer(_) | Expression::Path(_) => {
                let Some(name) = expression.name() else { return Some(expression.clone()) };
                let question = self.form.question(name)?;
                match question.calculation.as_ref().filter(|_| question.is_computed()) {
                    // Where it is not relevant it has no value, which no condition here says.
                    Some(_) if self.is_conditional(question) => return None,
                    Some(calculation) => follow(calculation)?,
                    None => Expression::Answer(name.to_owned()),
                }
            }
            Expression::Lookup { list, conditions, column } => Expression::Lookup {
                list: list.clone(),
                conditions: follow_all(conditions)?,
                column: column.clone(),
            },
            Expression::Call(function, arguments) => {
                Expression::Call(*function, follow_all(arguments)?)
            }
            Expression::Binary(operator, left, right) => {
                Expression::Binary(*operator, Box::new(follow(left)?), Box::new(follow(right)?))
            }
            Expression::Negated(inner) => Expression::Negated(Box::new(follow(inner)?)),
            Expression::Number(_)
            | Expression::Text(_)
            | Expression::Current
            | Expression::Column(_) => expression.clone(),
        })
    }

    fn is_conditional(&self, question: &Question) -> bool {
        let groups = self.form.ancestry(question.group);
        question.relevant.is_some()
            || groups
                .into_iter()
                .any(|at| self.form.groups().get(at).is_some_and(|group| group.relevant.is_some()))
    }

    /// The questions that a followed expression asks a person; none where it looks at anything
    /// else that is not the same for everybody.
    pub(super) fn questions_in(&self, expression: &Expression) -> Option<Vec<usize>> {
        let mut questions = Vec::new();
        let mut is_plain = true;
        let mut has_nodes = false;
        expression.walk(&mut |inner| match inner {
            Expression::Answer(name) => {
                let known = self.form.position(name).filter(|at| self.is_asked_here(*at));
                is_plain &= known.is_some();
                questions.extend(known);
            }
            // What stands for a place has been followed, so that this leads nowhere.
            Expression::Path(_) => is_plain = false,
            Expression::Call(function, _) => {
                has_nodes |= COUNTS.contains(function);
                is_plain &= !DEPENDS_ON_MORE.contains(function);
            }
            _ => {}
        });
        let in_repeat = |at: &usize| {
            let group = self.form.questions().get(*at).and_then(|question| question.group);
            !self.form.repeats_around(group).is_empty()
        };
        is_plain &= !(has_nodes && questions.iter().any(in_repeat));
        (is_plain && !sees_a_choice(expression)).then_some(questions)
    }

    /// True when a person answers that question, in no other repeat than those around the place.
    pub(super) fn is_asked_here(&self, at: usize) -> bool {
        let Some(question) = self.form.questions().get(at) else { return false };
        let repeats = self.form.repeats_around(question.group);
        question.kind.is_answered() && repeats.iter().all(|repeat| self.repeats.contains(repeat))
    }
}

/// What depends on more than answers: chance, time, the place in a repeat.
const DEPENDS_ON_MORE: [Function; 10] = [
    Function::Index,
    Function::IndexedRepeat,
    Function::Itext,
    Function::Now,
    Function::Once,
    Function::Position,
    Function::Random,
    Function::Randomize,
    Function::Today,
    Function::Uuid,
];

/// What looks at every instance of a repeat.
const COUNTS: [Function; 6] = [
    Function::Count,
    Function::CountNonEmpty,
    Function::Join,
    Function::Max,
    Function::Min,
    Function::Sum,
];

/// True when an expression outside look-ups speaks of a choice or of its own question.
fn sees_a_choice(expression: &Expression) -> bool {
    match expression {
        Expression::Current | Expression::Column(_) => true,
        Expression::Call(_, inner) => inner.iter().any(sees_a_choice),
        Expression::Binary(_, left, right) => sees_a_choice(left) || sees_a_choice(right),
        Expression::Negated(inner) => sees_a_choice(inner),
        _ => false,
    }
}
