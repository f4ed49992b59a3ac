//! Whether gaps differ between groups, such as posts.
//!
//! Kruskal, W. H., & Wallis, W. A. (1952). Use of ranks in one-criterion variance analysis.
//! *Journal of the American Statistical Association* 47, 583-621, with correction for ties.

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::distribution::chi_squared_above;
use crate::domain::tally::Differences;

/// The test of whether groups differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct KruskalWallis {
    /// How far the mean ranks are apart, 0 where they are the same.
    pub h: f64,
    /// The probability of that by chance.
    pub p: f64,
    /// How many groups have somebody.
    pub groups: usize,
}

impl KruskalWallis {
    /// Of the gaps of groups; groups with nobody are left out.
    pub fn of(groups: &[Differences]) -> Result<Self, NoValue> {
        let groups: Vec<_> = groups.iter().filter(|group| group.moments().n() > 0).collect();
        if groups.len() < 2 {
            return Err(if groups.is_empty() { NoValue::Nobody } else { NoValue::OnlyOne });
        }
        let mut ranks = Vec::new();
        let (mut before, mut repeats) = (0u64, 0.0);
        for place in -4..=4 {
            let people: u64 = groups.iter().map(|group| with(group, place)).sum();
            let tied = people as f64;
            ranks.push((place, before as f64 + f64::midpoint(tied, 1.0)));
            repeats += tied * tied * tied - tied;
            before += people;
        }
        let n = before as f64;
        let correction = 1.0 - repeats / (n * n * n - n);
        if correction <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let squares: f64 = groups
            .iter()
            .map(|group| {
                let sum: f64 = ranks.iter().map(|(p, rank)| rank * with(group, *p) as f64).sum();
                sum * sum / group.moments().n() as f64
            })
            .sum();
        let h = ((12.0 / (n * (n + 1.0)) * squares - 3.0 * (n + 1.0)) / correction).max(0.0);
        let p = chi_squared_above(h, (groups.len() - 1) as f64).ok_or(NoValue::NoSpread)?;
        Ok(Self { h, p, groups: groups.len() })
    }
}

/// How many of a group have this difference.
fn with(group: &Differences, difference: i64) -> u64 {
    group.values().find(|(value, _)| *value == difference).map_or(0, |(_, people)| people)
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn groups_that_do_not_overlap_differ() {
        let of = |pairs: &[(u8, u8)]| tally(pairs).differences();
        let (low, high) = (of(&[(1, 5), (1, 4), (1, 3)]), of(&[(5, 1), (5, 2), (5, 3)]));
        let found = KruskalWallis::of(&[low, high, of(&[])]).unwrap();
        assert_eq!(found.groups, 2);
        assert!((found.h - 27.0 / 7.0).abs() < 1e-9, "{found:?}");
        assert_eq!(KruskalWallis::of(&[low]), Err(NoValue::OnlyOne));
        assert_eq!(KruskalWallis::of(&[of(&[])]), Err(NoValue::Nobody));
        let same = of(&[(3, 3), (2, 2)]);
        assert_eq!(KruskalWallis::of(&[same, same]), Err(NoValue::NoSpread));
        let one = of(&[(3, 3)]);
        assert_eq!(KruskalWallis::of(&[one, one]), Err(NoValue::NoSpread));
    }
}
