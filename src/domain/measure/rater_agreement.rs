//! How far two people who rate the same agree, such as somebody and the superior.
//!
//! Methods.md, section 9. The table of both ratings belongs beside every number: where nearly all
//! ratings are in two cells, kappa falls although people agree.

use serde::{Deserialize, Serialize};

use crate::domain::tally::Tally;

/// The agreement of two ratings in one competency, or in several whose tallies are merged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RaterAgreement {
    /// How many were rated by both.
    pub n: u64,
    /// The share, 0 to 1, with the same rating.
    pub exact: f64,
    /// The share, 0 to 1, with ratings at most one level apart.
    pub within_one: f64,
    /// The mean of the first rating minus the second, −4 to 4.
    pub bias: f64,
}

impl RaterAgreement {
    /// Of a tally of the first rating by the second; `None` where nobody was rated by both.
    pub fn of(first_by_second: &Tally) -> Option<Self> {
        let differences = first_by_second.differences();
        let n = differences.moments().n();
        let (below, above) = differences.either_side(1);
        let (same, near) = (differences.zeros(), below + above);
        Some(Self {
            n,
            exact: same as f64 / n as f64,
            within_one: (same + near) as f64 / n as f64,
            bias: differences.moments().mean()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn one_level_apart_is_near() {
        let found = RaterAgreement::of(&tally(&[(5, 5), (4, 3), (2, 3), (5, 1), (3, 0)])).unwrap();
        assert_eq!((found.n, found.exact, found.within_one, found.bias), (4, 0.25, 0.75, 1.0));
        assert_eq!(RaterAgreement::of(&tally(&[(3, 0)])), None);
    }
}
