//! Agreement of two raters beyond chance.
//!
//! Cohen, J. (1968). Weighted kappa. *Psychological Bulletin* 70(4), 213-220; its large-sample
//! standard error by Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). *Psychological Bulletin*
//! 72(5), 323-327. The categories are always 1 to 5: leaving out those nobody used gives another
//! value.

use serde::{Deserialize, Serialize};

use super::NoValue;
use crate::domain::tally::{Ratings, Tally};

/// How much two different ratings count as disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weights {
    /// All the same.
    Equal,
    /// By how many levels they are apart.
    Linear,
    /// By the square of that; the usual one for ratings.
    Quadratic,
}

impl Weights {
    /// The disagreement of two ratings, 0 to 1.
    fn between(self, first: u8, second: u8) -> f64 {
        let apart = f64::from(first.abs_diff(second)) / 4.0;
        match self {
            Self::Equal => f64::from(u8::from(first != second)),
            Self::Linear => apart,
            Self::Quadratic => apart * apart,
        }
    }
}

/// Kappa and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Kappa {
    /// 1 for full agreement, 0 for what chance alone gives, negative for less.
    pub kappa: f64,
    /// Its large-sample standard error.
    pub standard_error: f64,
}

impl Kappa {
    /// Of a tally of the first rating by the second; none where both raters give one and the same
    /// rating to all, so that chance agrees too.
    pub fn of(first_by_second: &Tally, weights: Weights) -> Result<Self, NoValue> {
        let (rows, columns) =
            (first_by_second.paired_importance(), first_by_second.paired_ability());
        let n = rows.n() as f64;
        if rows.n() == 0 {
            return Err(NoValue::Nobody);
        }
        let share = |people: u64| people as f64 / n;
        let observed: f64 = first_by_second
            .pairs()
            .map(|(first, second, people)| weights.between(first, second) * share(people))
            .sum();
        let mean = |level: u8, others: Ratings| -> f64 {
            others
                .levels()
                .map(|(other, people)| weights.between(level, other) * share(people))
                .sum()
        };
        let expected: f64 =
            rows.levels().map(|(level, people)| share(people) * mean(level, columns)).sum();
        if expected <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let kappa = 1.0 - observed / expected;
        // In terms of agreement, 1 − disagreement, as the source has it.
        let spread: f64 = first_by_second
            .pairs()
            .map(|(first, second, people)| {
                let own = 1.0 - weights.between(first, second);
                let by_chance = 2.0 - mean(first, columns) - mean(second, rows);
                share(people) * (own - by_chance * (1.0 - kappa)).powi(2)
            })
            .sum();
        let centre = kappa - (1.0 - expected) * (1.0 - kappa);
        let variance = (spread - centre * centre) / (n * expected * expected);
        Ok(Self { kappa, standard_error: variance.max(0.0).sqrt() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn full_agreement_is_one_and_none_is_negative() {
        let of = |pairs: &[(u8, u8)]| Kappa::of(&tally(pairs), Weights::Quadratic);
        assert!((of(&[(5, 5), (1, 1), (3, 3)]).unwrap().kappa - 1.0).abs() < 1e-12);
        assert!((of(&[(5, 1), (1, 5)]).unwrap().kappa + 1.0).abs() < 1e-12);
    }

    #[test]
    fn categories_that_nobody_used_stay() {
        // From 2 to 5 it is three levels, not one.
        let used = tally(&[(1, 2), (5, 5), (2, 1), (5, 2)]);
        let linear = Kappa::of(&used, Weights::Linear).unwrap().kappa;
        assert!((linear - 1.0 / 3.0).abs() < 1e-12, "{linear}");
    }

    #[test]
    fn raters_who_never_vary_agree_by_chance() {
        let of = |pairs: &[(u8, u8)]| Kappa::of(&tally(pairs), Weights::Linear);
        assert_eq!(of(&[(4, 4), (4, 4)]), Err(NoValue::NoSpread));
        assert_eq!(of(&[(4, 4)]), Err(NoValue::NoSpread));
        assert_eq!(of(&[(4, 0)]), Err(NoValue::Nobody));
        assert!(of(&[(4, 3)]).unwrap().kappa.abs() < 1e-12);
    }
}
