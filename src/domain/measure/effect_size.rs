//! How large a mean gap is beside its spread. Three kinds are in use; say which.
//!
//! Cohen, J. (1988). *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., for `d_z`;
//! Cumming, G. (2012). *Understanding the New Statistics*, for `d_av`; Hedges, L. V. (1981).
//! *Journal of Educational Statistics* 6(2), 107-128, for the correction of small samples.

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::estimate::Estimate;
use crate::domain::tally::Tally;

/// The effect sizes of a mean difference of two ratings by the same people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EffectSizes {
    /// The mean difference by the standard deviation of the differences.
    pub d_z: f64,
    /// The mean difference by the average spread of the two ratings: the one to compare with
    /// tables of before and after.
    pub d_av: f64,
    /// `d_av`, corrected for small samples.
    pub hedges_g: f64,
}

impl EffectSizes {
    /// Of importance minus ability, or of what else the two ratings of a tally are.
    pub fn of(tally: &Tally) -> Result<Self, NoValue> {
        let difference = Estimate::of_gap(tally)?;
        let variance = |ratings: crate::domain::tally::Ratings| {
            ratings.moments().variance().ok_or(NoValue::OnlyOne)
        };
        let both = variance(tally.paired_importance())? + variance(tally.paired_ability())?;
        let average = (both / 2.0).sqrt();
        if average <= 0.0 || difference.sd <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let d_av = difference.mean / average;
        Ok(Self {
            d_z: difference.mean / difference.sd,
            d_av,
            hedges_g: d_av * small(difference.n),
        })
    }
}

/// What makes an effect of `n` pairs smaller: 1 − 3 / (4(n − 1) − 1).
fn small(pairs: u64) -> f64 {
    1.0 - 3.0 / (4.0 * pairs.saturating_sub(1) as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn the_three_kinds_differ_and_none_is_given_without_spread() {
        let found = EffectSizes::of(&tally(&[(5, 2), (4, 3), (3, 2)])).unwrap();
        assert!((found.d_z - 5.0 / 3.0 / (4.0f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((found.d_av - 5.0 / 3.0 / (2.0f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((found.hedges_g - found.d_av * 4.0 / 7.0).abs() < 1e-12);
        assert_eq!(EffectSizes::of(&tally(&[(5, 2), (4, 1)])), Err(NoValue::NoSpread));
        assert_eq!(EffectSizes::of(&tally(&[(5, 2)])), Err(NoValue::OnlyOne));
        assert_eq!(EffectSizes::of(&tally(&[(5, 0)])), Err(NoValue::Nobody));
    }
}
