//! Which responses look as if they should not be trusted, and why.
//!
//! Methods.md, section 11, with its sources: Johnson (2005) for runs of one answer, Dunn et al.
//! (2018) for answers without variance, Huang et al. (2012) for speed. A flag only points at a
//! response; it never deletes one, and one flag alone is weak: with two or more the results are
//! shown with and without the response.

mod copies;
mod ratings;
mod rules;
mod speed;

use serde::{Deserialize, Serialize};

use super::form::{Form, Scale};
use super::measure::quantile;
use super::response::Response;

pub use rules::{Check, Conflict};

/// Why a response is flagged, with the numbers that say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Flag {
    /// Most ratings of one scale follow each other with the same level.
    LongRun {
        /// The scale.
        scale: Scale,
        /// How many ratings the longest run has.
        run: usize,
        /// How many ratings were asked for on this scale.
        asked: usize,
    },
    /// On every scale all ratings are the same.
    NoVariance {
        /// How many ratings there are in all.
        rated: usize,
    },
    /// There was no time to read what was rated.
    TooFast {
        /// How many seconds it took.
        seconds: u64,
        /// How many ratings were given.
        rated: usize,
    },
    /// It took less than half as long as most others.
    FasterThanOthers {
        /// How many seconds it took.
        seconds: u64,
        /// The median of everybody, in seconds.
        median: f64,
    },
    /// Many ratings that were asked for are missing.
    ManyMissing {
        /// How many are missing; "not my task" is not.
        missing: usize,
        /// How many were asked for.
        asked: usize,
    },
    /// Others of the same unit gave exactly the same ratings.
    SameAsOthers {
        /// Their roots.
        roots: Vec<String>,
        /// How many ratings are the same.
        rated: usize,
    },
    /// Answers that cannot all be true.
    Conflict(Conflict),
    /// The row was changed after it was handed in, outside of any desk.
    EditedByHand,
}

impl Flag {
    /// Its name, for exported tables.
    pub fn word(&self) -> &'static str {
        match self {
            Self::LongRun { scale: Scale::Importance, .. } => "long_run_importance",
            Self::LongRun { scale: Scale::Ability, .. } => "long_run_ability",
            Self::NoVariance { .. } => "no_variance",
            Self::TooFast { .. } => "too_fast",
            Self::FasterThanOthers { .. } => "faster_than_others",
            Self::ManyMissing { .. } => "many_missing",
            Self::SameAsOthers { .. } => "same_as_others",
            Self::Conflict(_) => "conflict",
            Self::EditedByHand => "edited_by_hand",
        }
    }
}

/// From where on a response is flagged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The longest run, as a share of the ratings asked for on its scale.
    pub run_share: f64,
    /// Fewer ratings than this on a scale say nothing of runs, variance or copying.
    pub fewest_ratings: usize,
    /// The seconds that a rating takes at least.
    pub seconds_per_rating: f64,
    /// The time taken, as a share of the median; below it a response is fast.
    pub share_of_median: f64,
    /// The missing ratings, as a share of those asked for; above it they are many.
    pub missing_share: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            run_share: 0.75,
            fewest_ratings: 8,
            seconds_per_rating: 2.0,
            share_of_median: 0.5,
            missing_share: 0.2,
        }
    }
}

/// The flags of every response, in their order; `checks` are held against each besides what the
/// form itself says.
pub fn flags(
    form: &Form,
    responses: &[&Response],
    limits: &Limits,
    checks: &[Check],
) -> Vec<Vec<Flag>> {
    let rules = rules::Rules::of(form);
    let blocks = ratings::Blocks::of(form);
    let (mut rated, mut conflicts) = (Vec::new(), Vec::new());
    for response in responses {
        let asked = rules.asked(&response.answers);
        rated.push(ratings::Rated::of(&blocks, &asked, &response.answers));
        conflicts.push(rules.conflicts(response, &asked, checks));
    }
    let seconds: Vec<Option<u64>> =
        responses.iter().map(|response| speed::seconds(form, response)).collect();
    let taken: Vec<f64> = seconds.iter().flatten().map(|seconds| *seconds as f64).collect();
    let median = quantile::median(&taken);
    let copies = copies::find(form, responses, &rated, limits);
    let each = responses.iter().zip(&rated).zip(seconds).zip(copies).zip(conflicts);
    let flags = each.map(|((((response, rated), seconds), copies), conflicts)| {
        let mut flags = rated.flags(limits);
        if let Some(seconds) = seconds {
            flags.extend(speed::flags(seconds, rated.count(), median, limits));
        }
        flags.extend(copies);
        flags.extend(conflicts.into_iter().map(Flag::Conflict));
        if response.is_edited() {
            flags.push(Flag::EditedByHand);
        }
        flags
    });
    flags.collect()
}

/// The responses that stay when those with so many flags or more are left out.
pub fn without_flagged<'r>(
    responses: &[&'r Response],
    flags: &[Vec<Flag>],
    from: usize,
) -> Vec<&'r Response> {
    let each = responses.iter().zip(flags);
    each.filter(|(_, flags)| flags.len() < from).map(|(response, _)| *response).collect()
}
