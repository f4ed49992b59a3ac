//! How far a share found among those who answered may be from that among all who were asked.
//!
//! Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed.: the half width of the 95 % interval of a
//! share of one half, the widest there is, times √((N − n)/(N − 1)) for a finite population
//! (methods.md, section 8, "Finite population correction" and "Sample size": solved for n it is
//! n₀/(1 + (n₀ − 1)/N)).

use serde::{Deserialize, Serialize};

/// The 97.5 % point of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// How sure a share is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Margin {
    /// Nobody answered.
    Nobody,
    /// So many percentage points up or down.
    Points(f64),
    /// Everybody answered: there is nothing left to chance, though people may err.
    Everybody,
}

impl Margin {
    /// The margin when `answered` of `population` people answered.
    pub fn reached(answered: u64, population: u64) -> Self {
        if answered == 0 {
            return Self::Nobody;
        }
        if answered >= population {
            return Self::Everybody;
        }
        let (n, all) = (answered as f64, population as f64);
        Self::Points(100.0 * Z * (0.25 / n * (all - n) / (all - 1.0)).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Populations with the sample that is enough for five points, by methods.md section 8.
    const ENOUGH: [(u64, u64); 5] = [(92, 75), (130, 98), (148, 108), (177, 122), (3321, 345)];

    #[test]
    fn the_sample_that_the_method_asks_for_reaches_five_points_and_one_less_does_not() {
        for (population, sample) in ENOUGH {
            let points = |answered| match Margin::reached(answered, population) {
                Margin::Points(points) => points,
                other => panic!("{other:?}"),
            };
            assert!(points(sample) <= 5.0, "{population}");
            assert!(points(sample - 1) > 5.0, "{population}");
        }
    }

    #[test]
    fn of_everybody_and_of_nobody_there_is_no_margin() {
        assert_eq!(Margin::reached(0, 177), Margin::Nobody);
        assert_eq!(Margin::reached(177, 177), Margin::Everybody);
        assert_eq!(Margin::reached(1, 1), Margin::Everybody);
        assert_eq!(Margin::reached(3, 0), Margin::Everybody);
    }
}
