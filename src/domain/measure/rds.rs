//! The ranked discrepancy model.
//!
//! Narine, L., & Harder, A. (2021). *Advancements in Agricultural Development* 2(3), 96-111,
//! doi 10.37433/aad.v2i3.169.

use crate::domain::tally::Tally;

/// What share of those who rated both has a need, a surplus, or neither; in percent, sum 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankedDiscrepancy {
    /// Ability below importance (negative ranks).
    pub need: f64,
    /// Ability above importance (positive ranks).
    pub surplus: f64,
    /// Both the same (tied ranks).
    pub tie: f64,
}

impl RankedDiscrepancy {
    /// Counts the signs of ability − importance; `None` where nobody rated both.
    pub fn of(tally: &Tally) -> Option<Self> {
        let differences = tally.differences();
        let (need, surplus) = (differences.above(), differences.below());
        let tie = differences.zeros();
        let n = need + surplus + tie;
        let percent = |people: u64| 100.0 * people as f64 / n as f64;
        (n > 0).then(|| Self { need: percent(need), surplus: percent(surplus), tie: percent(tie) })
    }

    /// The ranked discrepancy score, −100 (everybody has a need) to 100; the lowest comes first.
    pub fn score(&self) -> f64 {
        self.surplus - self.need
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn the_example_worked_by_hand_comes_out() {
        let hand =
            RankedDiscrepancy::of(&tally(&[(5, 3), (4, 4), (5, 2), (3, 4), (4, 3)])).unwrap();
        assert_eq!((hand.need, hand.surplus, hand.tie), (60.0, 20.0, 20.0));
        assert!((hand.score() - -40.0).abs() < 1e-12);
        assert_eq!(RankedDiscrepancy::of(&Tally::default()), None);
    }
}
