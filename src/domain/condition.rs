//! What an expression asks of the answers to other questions, as data that can be put into words.
//!
//! A form on paper has nobody who works expressions out, so its rules are read back: calculations
//! are followed to the questions behind them, and what hangs on one choice alone is tried with
//! each of its choices. What cannot be read so is left to the expression itself.

mod following;
mod offer;
mod reading;
mod simple;

#[cfg(test)]
mod tests;

use super::expression::{Expression, Operator};
use super::form::{Form, Question};

pub use offer::Offer;

/// What must hold of the answers; questions are positions in [`Form::questions`].
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Whatever is answered.
    Always,
    /// Never.
    Never,
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds, or several.
    Any(Vec<Condition>),
    /// The one choice of a question is among these, or it has none where `blank`.
    Among {
        /// The question.
        question: usize,
        /// The names of the choices, in the order of their list.
        choices: Vec<String>,
        /// True when no answer will do too.
        blank: bool,
    },
    /// One of these choices is chosen, maybe beside others; or none of them.
    Chosen {
        /// The question.
        question: usize,
        /// The names of the choices.
        choices: Vec<String>,
        /// False when none of them may be chosen.
        holds: bool,
    },
    /// The question has an answer; or has none.
    Answered {
        /// The question.
        question: usize,
        /// False when it must have none.
        holds: bool,
    },
    /// The answer is that text; or is not.
    Reads {
        /// The question.
        question: usize,
        /// The text.
        text: String,
        /// False when it must not be.
        holds: bool,
    },
    /// A number is so against another one.
    Compares {
        /// What is compared.
        amount: Amount,
        /// A comparison.
        comparison: Operator,
        /// What it is compared with.
        with: Limit,
    },
    /// Some competency is rated more important than the person is able.
    SomeGap,
}

/// A number that follows from the answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// The answer itself.
    Answer(usize),
    /// How many choices are chosen.
    Choices(usize),
}

/// What a number is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// A number of the form.
    Number(f64),
    /// The answer to a question.
    Answer(usize),
}

/// When something of a form applies.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// When this holds.
    When(Condition),
    /// When an expression says so that has no words.
    Beyond(String),
}

impl Rule {
    /// A rule that is always met.
    pub const ALWAYS: Self = Self::When(Condition::Always);

    /// True when it is always met.
    pub fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    /// True when it is never met.
    pub fn is_never(&self) -> bool {
        *self == Self::When(Condition::Never)
    }
}

impl Condition {
    /// What an expression at a question or group of the form asks, if it can be told; `group` is
    /// the group that it stands in.
    pub fn of(form: &Form, group: Option<usize>, expression: &Expression) -> Option<Self> {
        let read = reading::Reading::new(form, group).condition(expression)?;
        Some(if read.asks_for_a_gap_somewhere(form) { Self::SomeGap } else { read })
    }

    /// When the question is asked within its group.
    pub fn of_question(form: &Form, question: &Question) -> Rule {
        Self::rule(form, question.group, question.relevant.as_ref())
    }

    /// When the group at that position is asked within the one around it.
    pub fn of_group(form: &Form, position: usize) -> Rule {
        match form.groups().get(position) {
            Some(group) => Self::rule(form, group.parent, group.relevant.as_ref()),
            None => Rule::ALWAYS,
        }
    }

    /// When an expression holds; always where there is none. What is said elsewhere is left out:
    /// at the groups around it, or at a question that it needs an answer of.
    pub fn rule(form: &Form, group: Option<usize>, expression: Option<&Expression>) -> Rule {
        let Some(expression) = expression else { return Rule::ALWAYS };
        let Some(condition) = Self::of(form, group, expression) else {
            return Rule::Beyond(expression.to_string());
        };
        let mut parts = condition.parts();
        let asked_of: Vec<usize> = parts.iter().filter_map(Self::needs_answer_of).collect();
        let mut known = Vec::new();
        let mut learn = |group, expression: &Option<Expression>| {
            let read = expression.as_ref().and_then(|at| Self::of(form, group, at));
            known.extend(read.into_iter().flat_map(Self::parts));
        };
        let questions = asked_of.into_iter().filter_map(|at| form.questions().get(at));
        let mut around: Vec<usize> = form.ancestry(group).collect();
        for question in questions {
            learn(question.group, &question.relevant);
            around.extend(form.ancestry(question.group));
        }
        for group in around.into_iter().filter_map(|at| form.groups().get(at)) {
            learn(group.parent, &group.relevant);
        }
        parts.retain(|part| !known.contains(part));
        let speak_of = |question: usize| parts.iter().filter(move |p| p.questions() == [question]);
        let is_idle = |part: &Self| match part {
            Self::Answered { question, holds: true } => {
                speak_of(*question).count() > 1 && is_answered_by_all(form, *question)
            }
            _ => false,
        };
        let idle: Vec<bool> = parts.iter().map(is_idle).collect();
        let kept = parts.into_iter().zip(idle).filter(|(_, is_idle)| !is_idle);
        Rule::When(Self::all(kept.map(|(part, _)| part)))
    }

    /// The conditions that must all hold.
    fn parts(self) -> Vec<Self> {
        match self {
            Self::Always => Vec::new(),
            Self::All(parts) => parts,
            one => vec![one],
        }
    }

    /// The questions that it speaks of, each once.
    pub fn questions(&self) -> Vec<usize> {
        let mut questions = match self {
            Self::Always | Self::Never | Self::SomeGap => Vec::new(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::questions).collect(),
            Self::Among { question, .. }
            | Self::Chosen { question, .. }
            | Self::Answered { question, .. }
            | Self::Reads { question, .. } => vec![*question],
            Self::Compares { amount, with, .. } => {
                let (Amount::Answer(question) | Amount::Choices(question)) = amount;
                match with {
                    Limit::Number(_) => vec![*question],
                    Limit::Answer(other) => vec![*question, *other],
                }
            }
        };
        questions.sort_unstable();
        questions.dedup();
        questions
    }

    /// Calls `visit` with this condition and every one inside it.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        if let Self::All(parts) | Self::Any(parts) = self {
            for part in parts {
                part.walk(visit);
            }
        }
    }
}

/// True when everybody is asked a question and must answer it.
fn is_answered_by_all(form: &Form, question: usize) -> bool {
    let Some(question) = form.questions().get(question) else { return false };
    let is_always = |expression: &Expression| {
        Condition::of(form, question.group, expression) == Some(Condition::Always)
    };
    let groups = form.ancestry(question.group).filter_map(|at| form.groups().get(at));
    question.required.as_ref().is_some_and(is_always)
        && question.relevant.is_none()
        && groups.into_iter().all(|group| group.relevant.is_none())
}
