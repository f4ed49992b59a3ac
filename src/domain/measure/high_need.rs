//! The share of people with a high need.
//!
//! Bogaert, K., et al. (2019), the rule of the survey PH WINS, PMC6519868, table 5: important to
//! the job, yet not mastered.

use crate::domain::tally::Tally;

/// The share, 0 to 1, of those who rated both with importance 4 or 5 and ability 1 or 2.
pub fn share_high_need(tally: &Tally) -> Option<f64> {
    let (mut high, mut n) = (0u64, 0u64);
    for (importance, ability, people) in tally.pairs() {
        n += people;
        if importance >= 4 && ability <= 2 {
            high += people;
        }
    }
    (n > 0).then(|| high as f64 / n as f64)
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
    }
}
