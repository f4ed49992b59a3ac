//! Whether gaps are as large on one side as on the other: the signed-rank test.
//!
//! Wilcoxon, F. (1945). Individual comparisons by ranking methods. *Biometrics Bulletin* 1(6),
//! 80-83; mid-ranks, normal approximation with correction for ties, none for continuity. What to
//! do with pairs without a difference, frequent in ratings, is open: Pratt, J. W. (1959). *Journal
//! of the American Statistical Association* 54, 655-667, ranks them too. Rank-biserial correlation
//! by Kerby, D. S. (2014). *Comprehensive Psychology* 3, 1.

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::distribution::normal_two_sided;
use crate::domain::tally::Differences;

/// What becomes of people without a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zeros {
    /// They are left out before ranking.
    Dropped,
    /// They are ranked, below all others, and then left out (Pratt).
    Ranked,
}

/// The signed ranks of differences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SignedRanks {
    /// The sum of the ranks of differences above zero.
    pub above: f64,
    /// The sum of the ranks of differences below zero.
    pub below: f64,
    /// How many people have a difference.
    pub nonzero: u64,
    /// How far `above` is from its expected value, in standard deviations.
    pub z: f64,
    /// The two-sided probability of that by chance.
    pub p: f64,
}

impl SignedRanks {
    /// Ranks the differences; none where nobody has one.
    pub fn of(differences: &Differences, zeros: Zeros) -> Result<Self, NoValue> {
        let nonzero = differences.below() + differences.above();
        let ranked_zeros = match zeros {
            Zeros::Dropped => 0,
            Zeros::Ranked => differences.zeros(),
        };
        if nonzero == 0 {
            return Err(match differences.zeros() {
                0 => NoValue::Nobody,
                _ => NoValue::NoSpread,
            });
        }
        let (mut above, mut below, mut repeats) = (0.0, 0.0, 0.0);
        let mut before = ranked_zeros;
        for size in 1..=4 {
            let (negative, positive) = differences.either_side(size);
            let tied = (negative + positive) as f64;
            let rank = before as f64 + f64::midpoint(tied, 1.0);
            below += rank * negative as f64;
            above += rank * positive as f64;
            repeats += tied * tied * tied - tied;
            before += negative + positive;
        }
        let (all, out) = (before as f64, ranked_zeros as f64);
        let expected = (all * (all + 1.0) - out * (out + 1.0)) / 4.0;
        let squares = |n: f64| n * (n + 1.0) * (2.0 * n + 1.0);
        let variance = (squares(all) - squares(out)) / 24.0 - repeats / 48.0;
        let z = (above - expected) / variance.sqrt();
        let p = normal_two_sided(z).ok_or(NoValue::NoSpread)?;
        Ok(Self { above, below, nonzero, z, p })
    }

    /// The matched-pairs rank-biserial correlation, −1 (all below) to 1 (all above).
    pub fn rank_biserial(&self) -> f64 {
        (self.above - self.below) / (self.above + self.below)
    }

    /// The effect size r = z / √k with k people who have a difference.
    pub fn r(&self) -> f64 {
        self.z / (self.nonzero as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn where_nobody_differs_it_is_said_why_there_is_no_test() {
        let of = |pairs: &[(u8, u8)]| SignedRanks::of(&tally(pairs).differences(), Zeros::Dropped);
        assert_eq!(of(&[(5, 0)]), Err(NoValue::Nobody));
        assert_eq!(of(&[(5, 5), (2, 2)]), Err(NoValue::NoSpread));
        let one = of(&[(5, 4)]).unwrap();
        assert!((one.z - 1.0).abs() < 1e-12 && (one.rank_biserial() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ranking_those_without_a_difference_weakens_the_result() {
        let differences = tally(&[(5, 2), (4, 3), (3, 2), (3, 3), (1, 1), (1, 2)]).differences();
        let dropped = SignedRanks::of(&differences, Zeros::Dropped).unwrap();
        let ranked = SignedRanks::of(&differences, Zeros::Ranked).unwrap();
        assert_eq!((dropped.above, dropped.below), (8.0, 2.0));
        assert_eq!((ranked.above, ranked.below), (14.0, 4.0));
        assert!(dropped.p < ranked.p);
    }

    proptest! {
        #[test]
        fn every_result_is_a_number(pairs in prop::collection::vec((0u8..=5, 0u8..=5), 0..30)) {
            for zeros in [Zeros::Dropped, Zeros::Ranked] {
                if let Ok(found) = SignedRanks::of(&tally(&pairs).differences(), zeros) {
                    prop_assert!((0.0..=1.0).contains(&found.p));
                    prop_assert!(found.r().is_finite());
                    prop_assert!((-1.0..=1.0).contains(&found.rank_biserial()));
                }
            }
        }
    }
}
