//! The priority needs index, original and modified.
//!
//! By N. Wiratchai and S. Wongwanich: `(I − D) · I` and, to narrow the range, `(I − D) / D` of
//! desired and current means, as in Vannasuk et al., *Journal of Education and Learning* 14(5),
//! 324. Always from means, never as a mean of personal ratios.

use crate::domain::tally::Tally;

/// The gap times the desired mean, from means over those who rated both, −6.25 to 20. On the same
/// people it is the mean weighted discrepancy score by another name.
pub fn pni(tally: &Tally) -> Option<f64> {
    super::mwds::mwds(tally)
}

/// The gap as a share of today's ability, from means over those who rated both; −0.8 to 4.
pub fn pni_modified(tally: &Tally) -> Option<f64> {
    let importance = tally.paired_importance().mean()?;
    let ability = tally.paired_ability().mean()?;
    (ability > 0.0).then(|| (importance - ability) / ability)
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn the_gap_is_taken_relative_to_ability() {
        let value = pni_modified(&tally(&[(5, 2), (3, 2)])).unwrap();
        assert!((value - 1.0).abs() < 1e-12);
        assert_eq!(pni(&tally(&[(5, 2), (3, 2)])), Some(8.0));
        assert_eq!(pni_modified(&tally(&[(5, 0)])), None);
        assert_eq!(pni(&tally(&[(5, 0)])), None);
    }
}
