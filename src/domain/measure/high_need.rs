//! The share of people with a high need.
//!
//! Bogaert, K., et al. (2019), the rule of the survey PH WINS, PMC6519868, table 5: important to
//! the job, yet not mastered.

use super::interval::Interval;
use super::wilson::wilson;
use crate::domain::tally::Tally;

/// How many have a high need, of those who rated both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HighNeed {
    /// Those with importance 4 or 5 and ability 1 or 2.
    pub people: u64,
    /// Those who rated both.
    pub of: u64,
}

impl HighNeed {
    /// Counts them.
    pub fn of(tally: &Tally) -> Self {
        tally.pairs().fold(Self { people: 0, of: 0 }, |sum, (importance, ability, people)| {
            let is_high = is_high_need(importance, ability);
            Self { people: sum.people + if is_high { people } else { 0 }, of: sum.of + people }
        })
    }

    /// Their share, 0 to 1; `None` where nobody rated both.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.people as f64 / self.of as f64)
    }

    /// The 95 % interval of the share by Wilson.
    pub fn interval(&self) -> Option<Interval> {
        wilson(self.people, self.of)
    }
}

/// True of importance 4 or 5 and ability 1 or 2.
pub fn is_high_need(importance: u8, ability: u8) -> bool {
    importance >= 4 && ability <= 2
}

/// The share, 0 to 1, of those who rated both with importance 4 or 5 and ability 1 or 2.
pub fn share_high_need(tally: &Tally) -> Option<f64> {
    HighNeed::of(tally).share()
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn only_important_and_hardly_mastered_counts() {
        let share = share_high_need(&tally(&[(4, 2), (5, 3), (3, 1), (5, 1)])).unwrap();
        assert!((share - 0.5).abs() < 1e-12);
        assert_eq!(share_high_need(&Tally::default()), None);
        assert_eq!(HighNeed::of(&Tally::default()).interval(), None);
    }
}
