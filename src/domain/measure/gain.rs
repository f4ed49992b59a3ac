//! What changed after training, where the same people rate the same ability again.
//!
//! Kirkpatrick, D. L. (1967), levels two and three; normalised gain by Hake, R. R. (1998).
//! *American Journal of Physics* 66(1), 64-74, of means. Ability rated by oneself may fall after
//! training because standards rise, and people who were not trained gain too: see
//! [`two_groups`](super::two_groups). The t test and the effect of a gain are
//! [`Estimate::of_gap`](super::estimate::Estimate::of_gap) and
//! [`EffectSizes::of`](super::effect_size::EffectSizes::of) of the same tally.

use serde::{Deserialize, Serialize};

use crate::domain::tally::Tally;

/// The highest rating.
const BEST: f64 = 5.0;

/// The gain of people who rated ability before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Gain {
    /// How many people these are.
    pub n: u64,
    /// Mean before, 1 to 5.
    pub before: f64,
    /// Mean after, 1 to 5.
    pub after: f64,
    /// How many rate themselves higher than before.
    pub improved: u64,
    /// How many rate themselves as before.
    pub same: u64,
    /// How many rate themselves lower than before.
    pub worse: u64,
}

impl Gain {
    /// Of a tally that counts the rating after by the rating before; `None` where nobody gave both.
    pub fn of(after_by_before: &Tally) -> Option<Self> {
        let differences = after_by_before.differences();
        Some(Self {
            n: differences.moments().n(),
            after: after_by_before.paired_importance().mean()?,
            before: after_by_before.paired_ability().mean()?,
            improved: differences.above(),
            same: differences.zeros(),
            worse: differences.below(),
        })
    }

    /// The mean gain, −4 to 4; negative where people rate themselves lower than before.
    pub fn mean(&self) -> f64 {
        self.after - self.before
    }

    /// The gain as a share of what could be gained, at most 1; `None` where nothing could.
    pub fn normalised(&self) -> Option<f64> {
        (self.before < BEST).then(|| self.mean() / (BEST - self.before))
    }
}

/// How many apply most of what they learnt: of these extents, 0 to 4, those of 3 or more.
pub fn people_applying(extents: &[u8]) -> u64 {
    extents.iter().filter(|extent| **extent >= 3).count() as u64
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn a_fall_is_shown_as_a_fall() {
        let gain = Gain::of(&tally(&[(2, 4), (3, 3), (5, 4), (1, 0)])).unwrap();
        assert_eq!((gain.n, gain.improved, gain.same, gain.worse), (3, 1, 1, 1));
        assert!((gain.mean() + 1.0 / 3.0).abs() < 1e-12);
        assert!((gain.normalised().unwrap() + 0.25).abs() < 1e-12);
    }

    #[test]
    fn who_was_best_before_could_gain_nothing() {
        assert_eq!(Gain::of(&tally(&[(5, 5)])).unwrap().normalised(), None);
        assert_eq!(Gain::of(&tally(&[(5, 0)])), None);
    }
}
