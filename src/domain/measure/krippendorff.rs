//! Agreement of any number of raters, also where ratings are missing.
//!
//! Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
//! Pennsylvania, with the metrics for ordinal and interval data.

use serde::{Deserialize, Serialize};

use super::NoValue;

/// How far two levels are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Metric {
    /// By how many ratings lie between them; the one for levels in words.
    Ordinal,
    /// By their numbers.
    Interval,
}

/// Alpha, at most 1, of how many raters gave each level, 1 to 5, to each thing rated, such as a
/// person in a competency. Things that one rater alone rated do not count.
pub fn krippendorff(
    rated: impl IntoIterator<Item = [u64; 5]>,
    metric: Metric,
) -> Result<f64, NoValue> {
    let mut pairs = [[0.0f64; 5]; 5];
    for counts in rated {
        let raters: u64 = counts.iter().sum();
        if raters < 2 {
            continue;
        }
        for (row, first) in pairs.iter_mut().zip(counts) {
            for (pair, second) in row.iter_mut().zip(counts) {
                *pair += (first * second) as f64 / (raters - 1) as f64;
            }
        }
        // Nobody is paired with himself.
        for (level, count) in counts.into_iter().enumerate() {
            if let Some(pair) = pairs.get_mut(level).and_then(|row| row.get_mut(level)) {
                *pair -= count as f64 / (raters - 1) as f64;
            }
        }
    }
    let totals = pairs.map(|row| row.iter().sum::<f64>());
    let all: f64 = totals.iter().sum();
    if all <= 0.0 {
        return Err(NoValue::Nobody);
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for (first, (row, own)) in pairs.iter().zip(totals).enumerate() {
        for (second, (pair, other)) in row.iter().zip(totals).enumerate() {
            let distance = distance(metric, &totals, first, second);
            observed += pair * distance;
            expected += own * other * distance;
        }
    }
    if expected <= 0.0 {
        return Err(NoValue::NoSpread);
    }
    Ok(1.0 - (all - 1.0) * observed / expected)
}

/// The squared distance of two levels, from 0.
fn distance(metric: Metric, totals: &[f64; 5], first: usize, second: usize) -> f64 {
    let (low, high) = (first.min(second), first.max(second));
    let apart = match metric {
        Metric::Interval => (high - low) as f64,
        Metric::Ordinal => {
            let between: f64 = totals.iter().skip(low).take(high - low + 1).sum();
            let ends = [low, high].into_iter().filter_map(|level| totals.get(level));
            between - ends.sum::<f64>() / 2.0
        }
    };
    apart * apart
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the article: four raters, twelve things, gaps.
    const PUBLISHED: [[u64; 5]; 12] = [
        [3, 0, 0, 0, 0],
        [0, 3, 1, 0, 0],
        [0, 0, 4, 0, 0],
        [0, 0, 4, 0, 0],
        [0, 4, 0, 0, 0],
        [1, 1, 1, 1, 0],
        [0, 0, 0, 4, 0],
        [3, 1, 0, 0, 0],
        [0, 4, 0, 0, 0],
        [0, 0, 0, 0, 3],
        [2, 0, 0, 0, 0],
        [0, 0, 1, 0, 0],
    ];

    #[test]
    fn the_example_of_the_article_comes_out() {
        let found = |metric| krippendorff(PUBLISHED, metric).unwrap();
        assert!((found(Metric::Ordinal) - 0.815).abs() < 0.001, "{}", found(Metric::Ordinal));
        assert!((found(Metric::Interval) - 0.849).abs() < 0.001, "{}", found(Metric::Interval));
    }

    #[test]
    fn without_two_raters_or_two_levels_there_is_none() {
        let of = |rated: &[[u64; 5]]| krippendorff(rated.iter().copied(), Metric::Ordinal);
        assert_eq!(of(&[[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]), Err(NoValue::Nobody));
        assert_eq!(of(&[[2, 0, 0, 0, 0]]), Err(NoValue::NoSpread));
        assert_eq!(of(&[]), Err(NoValue::Nobody));
    }
}
