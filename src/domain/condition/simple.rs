//! Conditions joined, and said as shortly as they can be.

use super::{Amount, Condition, Limit};
use crate::domain::expression::Operator;
use crate::domain::form::{Form, Scale};

impl Condition {
    /// All of these.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for part in parts.into_iter().flat_map(Self::parts) {
            if part == Self::Never {
                return Self::Never;
            }
            let merged = kept.iter_mut().find_map(|before| {
                *before = before.and(&part)?;
                Some(())
            });
            if merged.is_none() {
                kept.push(part);
            }
        }
        if kept.contains(&Self::Never) {
            return Self::Never;
        }
        let answered: Vec<usize> = kept.iter().filter_map(Self::needs_answer_of).collect();
        // What is compared or chosen is answered.
        kept.retain(|part| match part {
            Self::Answered { question, holds: true } => {
                answered.iter().filter(|other| *other == question).count() < 2
            }
            _ => true,
        });
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept),
        }
    }

    /// One of these, or several.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::Never => Vec::new(),
            Self::Any(parts) => parts,
            one => vec![one],
        });
        for part in flat {
            if part == Self::Always {
                return Self::Always;
            }
            let merged = kept.iter_mut().find_map(|before| {
                *before = before.or(&part)?;
                Some(())
            });
            if merged.is_none() {
                kept.push(part);
            }
        }
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept),
        }
    }

    /// Both as one, where that is simpler.
    fn and(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one.clone()),
            (
                Self::Among { question, choices, blank },
                Self::Among { question: same, choices: others, blank: or_blank },
            ) if question == same => {
                let kept = choices.iter().filter(|choice| others.contains(choice)).cloned();
                let (choices, blank) = (kept.collect::<Vec<_>>(), *blank && *or_blank);
                let is_empty = choices.is_empty() && !blank;
                let among = Self::Among { question: *question, choices, blank };
                Some(if is_empty { Self::Never } else { among })
            }
            (
                Self::Chosen { question, choices, holds: false },
                Self::Chosen { question: same, choices: others, holds: false },
            ) if question == same => Some(Self::Chosen {
                question: *question,
                choices: union(choices, others),
                holds: false,
            }),
            _ => None,
        }
    }

    /// Either as one, where that is simpler.
    fn or(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one.clone()),
            (
                Self::Among { question, choices, blank },
                Self::Among { question: same, choices: others, blank: or_blank },
            ) if question == same => Some(Self::Among {
                question: *question,
                choices: union(choices, others),
                blank: *blank || *or_blank,
            }),
            (
                Self::Chosen { question, choices, holds: true },
                Self::Chosen { question: same, choices: others, holds: true },
            ) if question == same => Some(Self::Chosen {
                question: *question,
                choices: union(choices, others),
                holds: true,
            }),
            _ => None,
        }
    }

    /// The question that must have an answer for it to hold.
    pub(super) fn needs_answer_of(&self) -> Option<usize> {
        match self {
            Self::Among { question, blank: false, .. }
            | Self::Chosen { question, holds: true, .. }
            | Self::Reads { question, holds: true, .. }
            | Self::Answered { question, holds: true }
            | Self::Compares { amount: Amount::Answer(question), .. } => Some(*question),
            _ => None,
        }
    }

    /// True when it holds as soon as any of the rated competencies has a gap.
    pub(super) fn asks_for_a_gap_somewhere(&self, form: &Form) -> bool {
        let Self::Any(parts) = self else { return false };
        let mut gaps: Vec<&str> = parts.iter().filter_map(|part| part.gap_of(form)).collect();
        gaps.sort_unstable();
        gaps.dedup();
        let mut rated: Vec<&str> = rated_on(form, Scale::Importance).collect();
        rated.retain(|code| rated_on(form, Scale::Ability).any(|other| other == *code));
        rated.sort_unstable();
        rated.dedup();
        gaps.len() == parts.len() && gaps == rated
    }

    /// The competency that it asks to be rated more important than the person is able.
    pub fn gap_of<'f>(&self, form: &'f Form) -> Option<&'f str> {
        let Self::Compares { amount: Amount::Answer(one), comparison, with: Limit::Answer(other) } =
            self
        else {
            return None;
        };
        let (more, less) = match comparison {
            Operator::Greater => (one, other),
            Operator::Less => (other, one),
            _ => return None,
        };
        let rating = |at: &usize| form.questions().get(*at)?.rating.as_ref();
        let (more, less) = (rating(more)?, rating(less)?);
        let is_gap = more.competency == less.competency
            && (more.scale, less.scale) == (Scale::Importance, Scale::Ability);
        is_gap.then_some(more.competency.as_str())
    }
}

fn rated_on(form: &Form, scale: Scale) -> impl Iterator<Item = &str> {
    let ratings = form.questions().iter().filter_map(|question| question.rating.as_ref());
    ratings.filter(move |rating| rating.scale == scale).map(|rating| rating.competency.as_str())
}

fn union(one: &[String], other: &[String]) -> Vec<String> {
    let new = other.iter().filter(|choice| !one.contains(choice));
    one.iter().chain(new).cloned().collect()
}
