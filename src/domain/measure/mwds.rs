//! The gap and the mean weighted discrepancy score.
//!
//! Borich, G. D. (1980). A needs assessment model for conducting follow-up studies. *Journal of
//! Teacher Education* 31(3), 39-42. What to do about missing ratings no text says; the variants
//! are those of methods.md, section 1. The fourth, over those who rated every competency, is
//! [`mwds`] of the tallies of [`RatedPeople::complete`](super::people::RatedPeople::complete): few
//! are left by it, and ranks change a lot.

use crate::domain::tally::Tally;

/// The mean of importance minus ability over those who rated both, −4 to 4; positive is need.
pub fn gap(tally: &Tally) -> Option<f64> {
    tally.differences().moments().mean()
}

/// The gap weighted by the mean importance of the same people, −6.25 to 20.
///
/// Over the same people the mean of `(I − A) · Ī` equals `Ī · (Ī − Ā)`.
pub fn mwds(tally: &Tally) -> Option<f64> {
    mwds_with_weight(tally, tally.paired_importance().mean()?)
}

/// The gap weighted by the mean importance of all who rated importance (`MWDS_weight_all_I`).
pub fn mwds_weight_of_all(tally: &Tally) -> Option<f64> {
    mwds_with_weight(tally, tally.importance().mean()?)
}

/// The gap weighted by an importance from elsewhere: for groups, that of everybody together, so
/// that groups differ by their gaps alone.
pub fn mwds_with_weight(tally: &Tally, mean_importance: f64) -> Option<f64> {
    Some(gap(tally)? * mean_importance)
}

/// From the means of all who rated importance and of all who rated ability, as from a printed
/// table of means (`MWDS_available_means`); not a mean of differences.
pub fn mwds_available_means(tally: &Tally) -> Option<f64> {
    let (importance, ability) = (tally.importance().mean()?, tally.ability().mean()?);
    Some(importance * (importance - ability))
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
        let apart = tally(&[(5, 0), (0, 3)]);
        assert_eq!(gap(&apart), None);
        assert_eq!(mwds_weight_of_all(&apart), None);
        assert_eq!(mwds_available_means(&apart), Some(10.0), "this variant does not need pairs");
        assert_eq!(mwds(&Tally::default()), None);
        assert_eq!(mwds_available_means(&tally(&[(5, 0)])), None);
    }

    #[test]
    fn a_surplus_stays_negative_and_the_extremes_are_those_of_the_scale() {
        assert_eq!(mwds(&tally(&[(1, 5)])), Some(-4.0));
        assert_eq!(mwds(&tally(&[(5, 1)])), Some(20.0));
        assert_eq!(mwds(&tally(&[(2, 5), (3, 5)])), Some(-6.25));
    }
}
