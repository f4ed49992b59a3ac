//! How many more people find a competency important than master it.
//!
//! The rule of the Lincoln-Lancaster county health department (PMC6598137), which calls 15 points
//! or more a need; a rating of 4 or 5 counts as high here.

use crate::domain::tally::Tally;

/// The lowest rating that counts as high.
const HIGH: u8 = 4;

/// Shares in percent of those who rated both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareGap {
    /// Those who rated importance 4 or 5, 0 to 100.
    pub important: f64,
    /// Those who rated ability 4 or 5, 0 to 100.
    pub able: f64,
}

impl ShareGap {
    /// The points from which on a gap is called a need.
    pub const NEED: f64 = 15.0;

    /// Counts both; `None` where nobody rated both.
    pub fn of(tally: &Tally) -> Option<Self> {
        let (importance, ability) = (tally.paired_importance(), tally.paired_ability());
        let n = importance.n();
        let percent = |people: u64| 100.0 * people as f64 / n as f64;
        (n > 0).then(|| Self {
            important: percent(importance.at_least(HIGH)),
            able: percent(ability.at_least(HIGH)),
        })
    }

    /// By how many percentage points importance is ahead, −100 to 100.
    pub fn points(&self) -> f64 {
        self.important - self.able
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn more_who_are_able_than_find_it_important_is_a_negative_gap() {
        let gap = ShareGap::of(&tally(&[(4, 5), (2, 4), (3, 4), (1, 1), (5, 0)])).unwrap();
        assert_eq!((gap.important, gap.able), (25.0, 75.0));
        assert!((gap.points() - -50.0).abs() < 1e-12);
        assert_eq!(ShareGap::of(&tally(&[(5, 0)])), None);
    }
}
