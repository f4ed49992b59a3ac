//! What a standard error becomes when the population is finite and known.
//!
//! Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed.: with the n − 1 variance the factor is
//! √(1 − n/N). Only for statements about these people now; about those who will hold their posts
//! one day, the factor is left out.

use serde::{Deserialize, Serialize};

/// How a sample stands to its population.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum FinitePopulation {
    /// A part of it: the standard error is multiplied by this, between 0 and 1.
    Part(f64),
    /// Everybody: nothing is left to chance, which is no certainty, since people may err.
    Everybody,
    /// More people than there are by the roster, which is then wrong: nothing can be corrected.
    MoreThanThereAre,
}

impl FinitePopulation {
    /// A sample of `n` people from `population`.
    pub fn of(n: u64, population: u64) -> Self {
        match n.cmp(&population) {
            std::cmp::Ordering::Less => Self::Part((1.0 - n as f64 / population as f64).sqrt()),
            std::cmp::Ordering::Equal => Self::Everybody,
            std::cmp::Ordering::Greater => Self::MoreThanThereAre,
        }
    }
}

/// The factor of text books, √((N − n)/(N − 1)), which goes with a standard deviation that is
/// known for the whole population; `None` unless some are left out.
pub fn text_book_factor(n: u64, population: u64) -> Option<f64> {
    let (left, others) = (population.checked_sub(n)?, population.checked_sub(1)?);
    (others > 0).then(|| (left as f64 / others as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_census_and_a_roster_that_is_too_small_are_told_apart() {
        assert_eq!(FinitePopulation::of(177, 177), FinitePopulation::Everybody);
        assert_eq!(FinitePopulation::of(178, 177), FinitePopulation::MoreThanThereAre);
        assert_eq!(FinitePopulation::of(0, 0), FinitePopulation::Everybody);
        let FinitePopulation::Part(factor) = FinitePopulation::of(75, 100) else { panic!() };
        assert!((factor - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_factors_that_the_method_prints_come_out() {
        let close = |found: Option<f64>, printed: f64| (found.unwrap() - printed).abs() < 5e-5;
        assert!(close(text_book_factor(2, 101), 0.99499));
        assert_eq!(text_book_factor(1, 1), None);
        assert_eq!(text_book_factor(5, 4), None);
        assert_eq!(text_book_factor(4, 4), Some(0.0));
    }
}
