//! What of a form does not depend on answers: in what order its values follow from each other.

use crate::domain::dependencies::Dependencies;
use crate::domain::expression::{Expression, Function};
use crate::domain::form::{Form, Item, Question, Repeat};
use crate::domain::outline::Outline;

/// What of a form does not depend on answers.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) outline: Outline,
    pub(super) dependencies: Dependencies,
    /// By entry: its place in the order of the dependencies.
    pub(super) rank: Vec<usize>,
    /// By entry: the questions that are calculated on the occasion of its change, as entries.
    pub(super) triggered: Vec<Vec<usize>>,
    /// The entries that ask for the time.
    pub(super) clocked: Vec<usize>,
    /// The repeats whose instances a number counts, as entries.
    pub(super) counted: Vec<usize>,
}

impl Plan {
    pub(super) fn of(form: &Form) -> Self {
        let outline = Outline::of(form);
        let dependencies = Dependencies::of(form, &outline);
        let mut rank = vec![0; outline.entries().len()];
        for (place, entry) in dependencies.order.iter().enumerate() {
            if let Some(rank) = rank.get_mut(*entry) {
                *rank = place;
            }
        }
        let mut triggered = vec![Vec::new(); outline.entries().len()];
        let (mut clocked, mut counted) = (Vec::new(), Vec::new());
        for (place, entry) in outline.entries().iter().enumerate() {
            let (triggers, expressions) = match entry.item {
                Item::Question(position) => match form.questions().get(position) {
                    Some(question) => (question.triggers.as_slice(), working(question)),
                    None => continue,
                },
                Item::Group(position) => {
                    let Some(group) = form.groups().get(position) else { continue };
                    let mut expressions: Vec<&Expression> = group.relevant.iter().collect();
                    if let Some(Repeat::Counted(count)) = &group.repeat {
                        counted.push(place);
                        expressions.push(count);
                    }
                    (&[][..], expressions)
                }
            };
            for trigger in triggers {
                let entry = form.item(trigger).and_then(|item| outline.place(item));
                if let Some(triggered) = entry.and_then(|entry| triggered.get_mut(entry)) {
                    triggered.push(place);
                }
            }
            if expressions.iter().any(|e| e.calls(&[Function::Now, Function::Today])) {
                clocked.push(place);
            }
        }
        Self { outline, dependencies, rank, triggered, clocked, counted }
    }
}

/// The expressions of a question that are worked out again and again.
fn working(question: &Question) -> Vec<&Expression> {
    let calculation = question.calculation.as_ref().filter(|_| question.is_computed());
    question.relevant.iter().chain(calculation).chain(&question.choice_filter).collect()
}
