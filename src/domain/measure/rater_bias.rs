//! Who rates himself higher or lower than somebody else rates him, over all competencies.
//!
//! Bland, J. M., & Altman, D. G. (1986). Statistical methods for assessing agreement between two
//! methods of clinical measurement. *Lancet* 327, 307-310: limits at ±1.96 standard deviations. A
//! mean more than half a level apart is called over- or under-rating (methods.md, section 9).

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::estimate::Estimate;
use super::interval::Interval;
use super::rank_agreement::pearson;

/// From how far apart two means are called different, in levels.
const APART: f64 = 0.5;

/// How somebody's own mean stands to that of another rater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnView {
    /// More than half a level higher.
    Higher,
    /// Within half a level.
    Near,
    /// More than half a level lower.
    Lower,
}

impl OwnView {
    /// Of the own mean and that of the other.
    pub fn of(own: f64, other: f64) -> Self {
        match own - other {
            apart if apart > APART => Self::Higher,
            apart if apart < -APART => Self::Lower,
            _ => Self::Near,
        }
    }
}

/// The own means of people beside those of another rater.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RaterBias {
    /// The mean of own minus other, with its spread.
    pub bias: Estimate,
    /// Where 95 % of the differences lie.
    pub limits: Interval,
    /// Pearson's correlation, −1 to 1; `None` where one side does not vary.
    pub correlation: Option<f64>,
    /// How many rate themselves higher.
    pub higher: usize,
    /// How many are near.
    pub near: usize,
    /// How many rate themselves lower.
    pub lower: usize,
}

impl RaterBias {
    /// Of pairs of the own mean and that of the other, one a person.
    pub fn of(means: &[(f64, f64)]) -> Result<Self, NoValue> {
        let differences: Vec<f64> = means.iter().map(|(own, other)| own - other).collect();
        let bias = Estimate::of_values(&differences)?;
        let views: Vec<OwnView> =
            means.iter().map(|(own, other)| OwnView::of(*own, *other)).collect();
        let count = |view| views.iter().filter(|own| **own == view).count();
        Ok(Self {
            bias,
            limits: Interval::around(bias.mean, 1.96 * bias.sd),
            correlation: pearson(means),
            higher: count(OwnView::Higher),
            near: count(OwnView::Near),
            lower: count(OwnView::Lower),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_level_is_still_near() {
        let found = RaterBias::of(&[(3.5, 3.0), (4.0, 3.0), (2.0, 3.0)]).unwrap();
        assert_eq!((found.higher, found.near, found.lower), (1, 1, 1));
        assert_eq!(found.correlation, None, "the other rater never varies");
        assert_eq!(RaterBias::of(&[(3.5, 3.0)]), Err(NoValue::OnlyOne));
        assert_eq!(RaterBias::of(&[]), Err(NoValue::Nobody));
    }
}
