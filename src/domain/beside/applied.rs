//! What people say of a course some months later: how much of it they apply, and how well they could
//! do before what it taught, as they see it now.
//!
//! After methods.md, section 14: people who have learnt demand more of themselves, so a rating of
//! now beside one of then can fall. Somebody who rates both times on one day uses one measure.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::Side;
use super::waves::GainFound;
use crate::domain::form::{Question, Role};
use crate::domain::measure::gain::people_applying;
use crate::domain::measure::interval::Interval;
use crate::domain::measure::wilson::wilson;
use crate::domain::response::Response;
use crate::domain::suppression::SMALLEST_GROUP;
use crate::domain::tally::{Level, Tally};

/// What people say of a course.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// How many apply most of it; `None` where too few say so or it is not asked.
    pub applying: Option<Applying>,
    /// The ability of now beside the remembered one.
    pub remembered: Option<GainFound>,
}

/// How many apply what they learnt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Applying {
    /// How many apply most of it, or nearly everything.
    pub people: u64,
    /// Of so many who said how much.
    pub of: u64,
    /// The 95 % interval of their share, 0 to 1.
    pub interval: Interval,
}

impl Applied {
    /// Of everybody who answers.
    pub fn of(side: &Side) -> Self {
        let asked = |role: Role| side.form.with_role(role);
        Self {
            applying: asked(Role::Applied).and_then(|question| applying(side, question)),
            remembered: asked(Role::AbilityBefore)
                .zip(asked(Role::AbilityAfter))
                .and_then(|(before, after)| remembered(side, before, after)),
        }
    }
}

/// What a response answers, within these numbers.
fn number(response: &Response, question: &Question, range: RangeInclusive<u8>) -> Option<u8> {
    response.answers.get(&question.name).parse().ok().filter(|number| range.contains(number))
}

fn applying(side: &Side, question: &Question) -> Option<Applying> {
    let extents: Vec<u8> =
        side.responses.iter().filter_map(|response| number(response, question, 0..=4)).collect();
    let of = extents.len() as u64;
    let people = people_applying(&extents);
    let interval = wilson(people, of).filter(|_| of >= SMALLEST_GROUP)?;
    Some(Applying { people, of, interval })
}

fn remembered(side: &Side, before: &Question, after: &Question) -> Option<GainFound> {
    let mut tally = Tally::default();
    for response in &side.responses {
        let rated = |question| number(response, question, 1..=5);
        if let (Some(after), Some(before)) = (rated(after), rated(before)) {
            tally.add(Level::Rated(after), Level::Rated(before));
        }
    }
    GainFound::of(&tally)
}
