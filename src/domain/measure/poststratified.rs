//! A mean in which every stratum counts as many people as there are, not as have answered.
//!
//! Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed., chapter 5: `Σ (N_h/N) ȳ_h` with variance
//! `Σ (N_h/N)² (1 − n_h/N_h) s_h²/n_h`. Strata are the roster's, such as posts.

use serde::{Deserialize, Serialize};

use super::NoValue;
use crate::domain::tally::Moments;

/// People who answered, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum {
    /// What those who answered gave, such as their gaps.
    pub answers: Moments,
    /// How many people there are by the roster.
    pub population: u64,
}

/// A mean for the whole population.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Poststratified {
    /// The mean.
    pub mean: f64,
    /// Its standard error; none where a stratum has a single answer, or where everybody answered.
    pub standard_error: Result<f64, NoValue>,
}

impl Poststratified {
    /// Of strata. Those with nobody by the roster do not count; where one with people has no
    /// answer, nothing is known of it and there is no mean.
    pub fn of(strata: &[Stratum]) -> Result<Self, NoValue> {
        let population: u64 = strata.iter().map(|stratum| stratum.population).sum();
        if population == 0 {
            return Err(NoValue::Nobody);
        }
        let (mut mean, mut variance, mut all_answered) = (0.0, Ok(0.0), true);
        for Stratum { answers, population: people } in strata {
            if answers.n() > *people {
                return Err(NoValue::MoreThanThereAre);
            }
            if *people == 0 {
                continue;
            }
            let weight = *people as f64 / population as f64;
            mean += weight * answers.mean().ok_or(NoValue::Nobody)?;
            if answers.n() < *people {
                all_answered = false;
                let n = answers.n() as f64;
                let left = 1.0 - n / *people as f64;
                let own = answers.variance().ok_or(NoValue::OnlyOne);
                variance =
                    variance.and_then(|sum| own.map(|own| sum + weight * weight * left * own / n));
            }
        }
        let standard_error = match variance {
            _ if all_answered => Err(NoValue::Everybody),
            variance => variance.map(f64::sqrt),
        };
        Ok(Self { mean, standard_error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(values: &[i64], population: u64) -> Stratum {
        Stratum { answers: values.iter().map(|value| (*value, 1)).collect(), population }
    }

    #[test]
    fn a_stratum_counts_by_its_people_and_not_by_its_answers() {
        let found = Poststratified::of(&[stratum(&[0, 2], 30), stratum(&[4, 4, 4], 10)]).unwrap();
        assert!((found.mean - 1.75).abs() < 1e-12);
        let expected: f64 = 0.75 * 0.75 * (1.0 - 2.0 / 30.0) * 2.0 / 2.0;
        assert!((found.standard_error.unwrap() - expected.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn it_is_said_why_there_is_nothing() {
        let of = |strata: &[Stratum]| Poststratified::of(strata);
        assert_eq!(of(&[stratum(&[1, 2], 3), stratum(&[], 3)]), Err(NoValue::Nobody));
        assert_eq!(of(&[stratum(&[1, 2], 1)]), Err(NoValue::MoreThanThereAre));
        assert_eq!(of(&[]), Err(NoValue::Nobody));
        assert_eq!(of(&[stratum(&[1], 3)]).unwrap().standard_error, Err(NoValue::OnlyOne));
        assert_eq!(of(&[stratum(&[1, 2], 2)]).unwrap().standard_error, Err(NoValue::Everybody));
    }
}
