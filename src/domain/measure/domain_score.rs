//! Several competencies together: a mean of each person first, then of all.
//!
//! Methods.md, sections 1 and 8. A person with too few ratings gives no mean: a domain takes those
//! who rated at least half of its competencies on both scales.

use super::people::RatedPeople;
use super::quantile::mean;

/// One person's means over the competencies rated on both scales.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PersonMeans {
    /// Mean importance, 1 to 5.
    pub importance: f64,
    /// Mean ability, 1 to 5.
    pub ability: f64,
}

impl PersonMeans {
    /// The mean gap, −4 to 4.
    pub fn gap(&self) -> f64 {
        self.importance - self.ability
    }
}

/// Everybody's means over some competencies, by their positions; `None` of people who rated fewer
/// than `fewest` of them on both scales.
pub fn person_means(
    people: &RatedPeople,
    competencies: &[usize],
    fewest: usize,
) -> Vec<Option<PersonMeans>> {
    let importance = people.importance().numbers(competencies);
    let ability = people.ability().numbers(competencies);
    let person = |(importance, ability): (Vec<Option<u8>>, Vec<Option<u8>>)| {
        let (mut n, mut sums) = (0usize, (0u64, 0u64));
        for (importance, ability) in importance.into_iter().zip(ability) {
            if let (Some(importance), Some(ability)) = (importance, ability) {
                n += 1;
                sums = (sums.0 + u64::from(importance), sums.1 + u64::from(ability));
            }
        }
        let mean = |sum: u64| sum as f64 / n as f64;
        (n >= fewest.max(1))
            .then(|| PersonMeans { importance: mean(sums.0), ability: mean(sums.1) })
    };
    importance.into_iter().zip(ability).map(person).collect()
}

/// A domain of competencies over the people who rated at least half of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomainScore {
    /// How many people these are.
    pub n: usize,
    /// The mean of their mean importances, 1 to 5.
    pub importance: f64,
    /// The mean of their mean abilities, 1 to 5.
    pub ability: f64,
}

impl DomainScore {
    /// The score of the competencies at these positions; `None` where nobody rated half of them.
    pub fn of(people: &RatedPeople, competencies: &[usize]) -> Option<Self> {
        let half = competencies.len().div_ceil(2);
        let means: Vec<PersonMeans> =
            person_means(people, competencies, half).into_iter().flatten().collect();
        Some(Self {
            n: means.len(),
            importance: mean(&means.iter().map(|m| m.importance).collect::<Vec<_>>())?,
            ability: mean(&means.iter().map(|m| m.ability).collect::<Vec<_>>())?,
        })
    }

    /// The mean gap, −4 to 4.
    pub fn gap(&self) -> f64 {
        self.importance - self.ability
    }

    /// The gap weighted by the mean importance, −6.25 to 20.
    pub fn mwds(&self) -> f64 {
        self.importance * self.gap()
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::tests::people;
    use super::*;

    #[test]
    fn who_rated_less_than_half_of_a_domain_is_left_out() {
        let people = people(&[&[(5, 3), (4, 2), (0, 1)], &[(5, 1), (0, 2), (1, 0)]]);
        let score = DomainScore::of(&people, &[0, 1, 2]).unwrap();
        assert_eq!((score.n, score.importance, score.ability), (1, 4.5, 2.5));
        assert!((score.mwds() - 9.0).abs() < 1e-12);
        let means = person_means(&people, &[0, 1, 2], 1);
        assert!((means[1].unwrap().gap() - 4.0).abs() < 1e-12);
        assert_eq!(DomainScore::of(&people, &[]), None);
    }
}
