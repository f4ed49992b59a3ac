//! How far people are below the level that their post requires.
//!
//! Methods.md, section 7: required level minus ability; a surplus of one person must not cancel
//! the shortfall of another. Only ability needs to be rated. Groups whose required levels differ
//! are added up, one [`Shortfall`] each.

use std::ops::Add;

use super::NoValue;
use super::estimate::Estimate;
use crate::domain::tally::Ratings;

/// The shortfall of people in one competency, as exact sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shortfall {
    /// How many rated ability and have a required level.
    pub n: u64,
    /// How many of them are below it.
    pub below: u64,
    missing: u64,
    squares: u64,
    distance: i64,
    required: u64,
}

impl Shortfall {
    /// Of the abilities of people who need the same level; a post without one asks for nothing, so
    /// that nobody counts.
    pub fn of(ability: &Ratings, required: Option<u8>) -> Self {
        let Some(required) = required else { return Self::default() };
        ability.levels().fold(Self::default(), |sum, (level, people)| {
            sum + Self::of_same(level, required, people)
        })
    }

    /// Of people with the same ability who need the same level.
    pub fn of_same(ability: u8, required: u8, people: u64) -> Self {
        let missing = u64::from(required.saturating_sub(ability));
        let distance = i64::from(required) - i64::from(ability);
        Self {
            n: people,
            below: if missing > 0 { people } else { 0 },
            missing: missing * people,
            squares: missing * missing * people,
            distance: distance * people.cast_signed(),
            required: u64::from(required) * people,
        }
    }

    /// The mean of the levels that are required.
    pub fn mean_required(&self) -> Option<f64> {
        (self.n > 0).then(|| self.required as f64 / self.n as f64)
    }

    /// The mean of the levels missing, 0 to 4, surpluses counting as none.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.missing as f64 / self.n as f64)
    }

    /// The mean of the levels missing with its uncertainty.
    pub fn estimate(&self) -> Result<Estimate, NoValue> {
        let mean = self.mean().ok_or(NoValue::Nobody)?;
        if self.n < 2 {
            return Err(NoValue::OnlyOne);
        }
        // Whole numbers until the last division: the sum of squares around the mean, times n.
        let spread = self.n * self.squares - self.missing * self.missing;
        let variance = spread as f64 / (self.n as f64 * (self.n - 1) as f64);
        Ok(Estimate { n: self.n, mean, sd: variance.sqrt() })
    }

    /// The mean of required level minus ability, −4 to 4, surpluses counting.
    pub fn mean_distance(&self) -> Option<f64> {
        (self.n > 0).then(|| self.distance as f64 / self.n as f64)
    }

    /// The share, 0 to 1, of people below the required level.
    pub fn share_below(&self) -> Option<f64> {
        (self.n > 0).then(|| self.below as f64 / self.n as f64)
    }
}

impl Add for Shortfall {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            below: self.below + other.below,
            missing: self.missing + other.missing,
            squares: self.squares + other.squares,
            distance: self.distance + other.distance,
            required: self.required + other.required,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn posts_with_other_levels_add_up_and_those_without_do_not_count() {
        let ability = tally(&[(0, 1), (0, 5), (0, 3)]).ability();
        let both = Shortfall::of(&ability, Some(3)) + Shortfall::of(&ability, Some(5));
        assert_eq!((both.n, both.below), (6, 3));
        assert_eq!((both.mean(), both.mean_distance()), (Some(8.0 / 6.0), Some(1.0)));
        assert_eq!((both.share_below(), both.mean_required()), (Some(0.5), Some(4.0)));
        let none = Shortfall::of(&ability, None);
        assert_eq!((none, none.mean(), none.share_below()), (Shortfall::default(), None, None));
    }

    #[test]
    fn who_is_above_has_no_shortfall_but_a_negative_distance() {
        let above = Shortfall::of(&tally(&[(0, 5)]).ability(), Some(2));
        assert_eq!((above.mean(), above.mean_distance()), (Some(0.0), Some(-3.0)));
    }
}
