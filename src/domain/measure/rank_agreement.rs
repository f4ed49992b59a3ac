//! How far two rankings agree.
//!
//! Spearman, C. (1904). *American Journal of Psychology* 15(1), 72-101, with mid-ranks; Kendall,
//! M. G. (1945). The treatment of ties in ranking problems. *Biometrika* 33(3), 239-251 (tau-b).

use crate::domain::tally::{Ratings, Tally};

/// Pearson's correlation of pairs, −1 to 1; `None` where one side does not vary.
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    weighted(&pairs.iter().map(|(x, y)| (*x, *y, 1.0)).collect::<Vec<_>>())
}

/// Spearman's correlation of pairs, −1 to 1; `None` where one side does not vary.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let ranks: Vec<_> = mid_ranks(&first).into_iter().zip(mid_ranks(&second)).collect();
    pearson(&ranks)
}

/// Spearman's correlation of the two ratings of a tally over those who gave both.
pub fn spearman_of_ratings(tally: &Tally) -> Option<f64> {
    let (first, second) =
        (level_ranks(tally.paired_importance()), level_ranks(tally.paired_ability()));
    let rank = |ranks: &[f64; 5], level: u8| {
        usize::from(level).checked_sub(1).and_then(|place| ranks.get(place)).copied()
    };
    let pairs = tally
        .pairs()
        .filter_map(|(x, y, people)| Some((rank(&first, x)?, rank(&second, y)?, people as f64)));
    weighted(&pairs.collect::<Vec<_>>())
}

/// Kendall's tau-b of pairs, −1 to 1; `None` where one side does not vary.
pub fn kendall(pairs: &[(f64, f64)]) -> Option<f64> {
    let (mut score, mut first, mut second) = (0.0, 0.0, 0.0);
    for (at, (x, y)) in pairs.iter().enumerate() {
        for (other_x, other_y) in pairs.iter().skip(at + 1) {
            let (x_sign, y_sign) = (sign(x - other_x), sign(y - other_y));
            score += x_sign * y_sign;
            first += x_sign * x_sign;
            second += y_sign * y_sign;
        }
    }
    let all = f64::sqrt(first * second);
    (all > 0.0).then(|| score / all)
}

fn sign(difference: f64) -> f64 {
    if difference == 0.0 { 0.0 } else { difference.signum() }
}

/// The ranks of values, 1 for the smallest, ties sharing the mean of their places.
pub fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let sorted = super::quantile::sorted(values);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let up_to = sorted.partition_point(|other| other <= value);
        (below + 1 + up_to) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

/// The mid-rank of each level.
fn level_ranks(ratings: Ratings) -> [f64; 5] {
    let mut before = 0;
    ratings.counts().map(|people| {
        let rank = before as f64 + (people + 1) as f64 / 2.0;
        before += people;
        rank
    })
}

/// Pearson's correlation of pairs with weights.
fn weighted(pairs: &[(f64, f64, f64)]) -> Option<f64> {
    let (first_x, first_y, _) = pairs.first()?;
    let varies_x = pairs.iter().any(|(x, ..)| x.total_cmp(first_x).is_ne());
    let varies_y = pairs.iter().any(|(_, y, _)| y.total_cmp(first_y).is_ne());
    if !varies_x || !varies_y {
        return None;
    }
    let all: f64 = pairs.iter().map(|(.., weight)| weight).sum();
    let mean_x = pairs.iter().map(|(x, _, weight)| x * weight).sum::<f64>() / all;
    let mean_y = pairs.iter().map(|(_, y, weight)| y * weight).sum::<f64>() / all;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y, weight) in pairs {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += weight * x * x;
        yy += weight * y * y;
        xy += weight * x * y;
    }
    Some((xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn the_same_order_agrees_and_the_opposite_one_disagrees() {
        let same = [(1.0, 2.0), (2.0, 4.0), (3.0, 8.0)];
        let opposite = [(1.0, 8.0), (2.0, 4.0), (3.0, 2.0)];
        for agreement in [spearman, kendall] {
            assert!((agreement(&same).unwrap() - 1.0).abs() < 1e-12);
            assert!((agreement(&opposite).unwrap() + 1.0).abs() < 1e-12);
            assert_eq!(agreement(&[(1.0, 1.0), (1.0, 2.0)]), None);
            assert_eq!(agreement(&[]), None);
        }
    }

    #[test]
    fn ratings_correlate_as_their_values_do() {
        let pairs = [(5, 4), (4, 4), (2, 1), (3, 4), (1, 2), (2, 2)];
        let values = pairs.map(|(x, y)| (f64::from(x), f64::from(y)));
        let found = spearman_of_ratings(&tally(&pairs)).unwrap();
        assert!((found - spearman(&values).unwrap()).abs() < 1e-12);
        assert_eq!(spearman_of_ratings(&Tally::default()), None);
        assert_eq!(mid_ranks(&[7.0, 3.0, 7.0]), [2.5, 1.0, 2.5]);
    }
}
