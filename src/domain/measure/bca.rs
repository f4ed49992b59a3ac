//! Bootstrap intervals corrected for bias and for a spread that changes with the value.
//!
//! Efron, B. (1987). Better bootstrap confidence intervals. *Journal of the American Statistical
//! Association* 82, 171-185 (`BCa`).

use super::distribution::{normal_below, normal_quantile};
use super::interval::Interval;
use super::margin::Z;
use super::quantile::{quantile_of_sorted, sorted};
use crate::domain::tally::{Level, Tally};

/// The 95 % interval from what came out of the samples, what came out of everybody, and what comes
/// out without each person ([`left_out`]); `None` where the samples are all on one side of it.
pub fn bca(samples: &[f64], of_everybody: f64, left_out: &[(f64, u64)]) -> Option<Interval> {
    let sorted = sorted(samples);
    let below = sorted.partition_point(|value| *value < of_everybody - 1e-12);
    let up_to = sorted.partition_point(|value| *value <= of_everybody + 1e-12);
    let bias = normal_quantile((below + up_to) as f64 / 2.0 / sorted.len() as f64)?;
    let acceleration = acceleration(left_out)?;
    let end = |z: f64| {
        let moved = bias + z;
        let share = normal_below(bias + moved / (1.0 - acceleration * moved))?;
        quantile_of_sorted(&sorted, share)
    };
    Some(Interval { low: end(-Z)?, high: end(Z)? })
}

/// A measure without each of the people of a tally, with how many give the same.
pub fn left_out(tally: &Tally, measure: impl Fn(&Tally) -> Option<f64>) -> Vec<(f64, u64)> {
    let without = |(importance, ability, people): (u8, u8, u64)| {
        let (importance, ability) = (Level::Rated(importance), Level::Rated(ability));
        Some((measure(&tally.without_one(importance, ability))?, people))
    };
    tally.pairs().filter_map(without).collect()
}

fn acceleration(left_out: &[(f64, u64)]) -> Option<f64> {
    let people: u64 = left_out.iter().map(|(_, people)| people).sum();
    let sum: f64 = left_out.iter().map(|(value, people)| value * *people as f64).sum();
    let mean = sum / people as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (value, people) in left_out {
        let (away, people) = (mean - value, *people as f64);
        squares += people * away * away;
        cubes += people * away * away * away;
    }
    (squares > 0.0).then(|| cubes / (6.0 * squares * squares.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::super::mwds::gap;
    use super::*;

    #[test]
    fn without_bias_and_skew_it_is_nearly_the_percentile_interval() {
        let samples: Vec<f64> = (0..=1000).map(f64::from).collect();
        let found = bca(&samples, 500.0, &[(1.0, 5), (2.0, 5)]).unwrap();
        assert!((found.low - 25.0).abs() < 1.0 && (found.high - 975.0).abs() < 1.0, "{found:?}");
    }

    #[test]
    fn people_who_are_all_the_same_give_none() {
        let same = tally(&[(4, 2), (4, 2)]);
        assert_eq!(left_out(&same, gap), [(2.0, 2)]);
        assert_eq!(bca(&[2.0; 10], 2.0, &left_out(&same, gap)), None);
        assert_eq!(bca(&[], 2.0, &[]), None);
        assert_eq!(left_out(&tally(&[(4, 2)]), gap), [], "without the only one there is nothing");
    }
}
