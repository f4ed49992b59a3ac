//! What one person needs, over all competencies: personal data, for the protected view alone.
//!
//! The weighted gap is the step before the mean in Borich (1980); see [`mwds`](super::mwds). The
//! shortfall is that of methods.md, section 7.

use crate::domain::tally::Level;

/// The mean of a person's gaps, each weighted by the group's mean importance of that competency,
/// −20 to 20; `None` who rated no competency on both scales that has a weight.
pub fn weighted_gap(
    ratings: impl IntoIterator<Item = (Level, Level)>,
    weights: &[Option<f64>],
) -> Option<f64> {
    let (mut n, mut sum) = (0u64, 0.0);
    for ((importance, ability), weight) in ratings.into_iter().zip(weights) {
        if let (Some(importance), Some(ability), Some(weight)) =
            (importance.number(), ability.number(), weight)
        {
            n += 1;
            sum += (f64::from(importance) - f64::from(ability)) * weight;
        }
    }
    (n > 0).then(|| sum / n as f64)
}

/// How far a person is below what the post requires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonShortfall {
    /// The levels missing, over all competencies; what is above the required level does not count
    /// against it.
    pub total: u64,
    /// How many competencies are rated and have a required level.
    pub rated: u64,
}

impl PersonShortfall {
    /// Of abilities and required levels by competency.
    pub fn of(ability: &[Level], required: &[Option<u8>]) -> Self {
        ability.iter().zip(required).fold(Self::default(), |sum, (ability, required)| {
            let (Some(ability), Some(required)) = (ability.number(), required) else { return sum };
            let missing = u64::from(required.saturating_sub(ability));
            Self { total: sum.total + missing, rated: sum.rated + 1 }
        })
    }

    /// The levels missing per rated competency, 0 to 4; 1 or more in a domain is the rule for its
    /// course. `None` where nothing is rated.
    pub fn mean(&self) -> Option<f64> {
        (self.rated > 0).then(|| self.total as f64 / self.rated as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: (Level, Level) = (Level::Rated(5), Level::NotMyTask);

    #[test]
    fn a_gap_weighs_as_much_as_others_find_the_competency_important() {
        let rated = [(Level::Rated(5), Level::Rated(3)), NONE, (Level::Rated(2), Level::Rated(4))];
        let found = weighted_gap(rated, &[Some(4.0), Some(5.0), Some(3.0)]);
        assert_eq!(found, Some(1.0));
        assert_eq!(weighted_gap(rated, &[None, None, Some(3.0)]), Some(-6.0), "a surplus stays");
        assert_eq!(weighted_gap([NONE], &[Some(4.0)]), None);
    }

    #[test]
    fn a_surplus_does_not_make_up_for_a_shortfall() {
        let ability = [Level::Rated(5), Level::Rated(1), Level::Missing, Level::Rated(1)];
        let found = PersonShortfall::of(&ability, &[Some(3), Some(3), Some(3), None]);
        assert_eq!((found, found.mean()), (PersonShortfall { total: 2, rated: 2 }, Some(1.0)));
        assert_eq!(PersonShortfall::of(&ability, &[]).mean(), None);
    }
}
