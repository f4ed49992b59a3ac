//! The gap and the mean weighted discrepancy score.
//!
//! Borich, G. D. (1980). A needs assessment model for conducting follow-up studies. *Journal of
//! Teacher Education* 31(3), 39-42.

use crate::domain::tally::Tally;

/// The mean of importance minus ability over those who rated both, −4 to 4; positive is need.
pub fn gap(tally: &Tally) -> Option<f64> {
    let (mut n, mut sum) = (0u64, 0i64);
    for (importance, ability, people) in tally.pairs() {
        n += people;
        sum += (i64::from(importance) - i64::from(ability)) * people.cast_signed();
    }
    (n > 0).then(|| sum as f64 / n as f64)
}

/// The gap weighted by the mean importance of the same people, −6.25 to 20.
///
/// Over the same people the mean of `(I − A) · Ī` equals `Ī · (Ī − Ā)`.
pub fn mwds(tally: &Tally) -> Option<f64> {
    Some(gap(tally)? * tally.paired_importance().mean()?)
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn the_example_worked_by_hand_comes_out() {
        let hand = tally(&[(5, 3), (4, 4), (5, 2), (3, 4), (4, 3)]);
        assert!((gap(&hand).unwrap() - 1.0).abs() < 1e-12);
        assert!((mwds(&hand).unwrap() - 4.2).abs() < 1e-12);
    }

    #[test]
    fn where_nobody_rated_both_there_is_no_gap() {
        assert_eq!(gap(&tally(&[(5, 0), (0, 3)])), None);
        assert_eq!(mwds(&Tally::default()), None);
    }
}
