//! Whether needs and surpluses are equally frequent: the exact sign test.
//!
//! Conover, W. J. (1999). *Practical Nonparametric Statistics*, 3rd ed., section 3.4. People
//! without a difference are left out.

use super::distribution::fair_coins_up_to;
use crate::domain::tally::Differences;

/// The two-sided probability, 0 to 1, of so uneven signs by chance; `None` where nobody differs.
pub fn sign_test(differences: &Differences) -> Option<f64> {
    let (below, above) = (differences.below(), differences.above());
    if below + above == 0 {
        return None;
    }
    fair_coins_up_to(below.min(above), below + above).map(|p| (2.0 * p).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn three_needs_and_no_surplus_are_a_quarter() {
        let p = sign_test(&tally(&[(5, 2), (4, 3), (3, 2), (3, 3)]).differences()).unwrap();
        assert!((p - 0.25).abs() < 1e-12);
        assert_eq!(sign_test(&tally(&[(5, 2), (2, 5)]).differences()), Some(1.0));
        assert_eq!(sign_test(&tally(&[(5, 5)]).differences()), None);
    }
}
