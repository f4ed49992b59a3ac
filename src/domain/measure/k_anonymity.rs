//! How many people stand alone, or nearly, by what is known of them all.
//!
//! Sweeney, L. (2002). k-anonymity: a model for protecting privacy. *International Journal of
//! Uncertainty, Fuzziness and Knowledge-Based Systems* 10(5), 557-570.

use serde::{Deserialize, Serialize};

use crate::domain::suppression::SMALLEST_GROUP;

/// The classes of people who are alike in what others may know, such as post, gender and age band.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KAnonymity {
    /// How many classes have somebody.
    pub classes: usize,
    /// How many people the smallest has: k.
    pub smallest: Option<u64>,
    /// How many people are alone in theirs.
    pub alone: usize,
    /// How many classes are too small to be shown.
    pub small_classes: usize,
    /// How many people are in those.
    pub people_in_small: u64,
}

impl KAnonymity {
    /// Of how many people each class has.
    pub fn of(classes: impl IntoIterator<Item = u64>) -> Self {
        classes.into_iter().filter(|people| *people > 0).fold(Self::default(), |sum, people| {
            let is_small = people < SMALLEST_GROUP;
            Self {
                classes: sum.classes + 1,
                smallest: Some(sum.smallest.map_or(people, |smallest| smallest.min(people))),
                alone: sum.alone + usize::from(people == 1),
                small_classes: sum.small_classes + usize::from(is_small),
                people_in_small: sum.people_in_small + if is_small { people } else { 0 },
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_one_to_four_people_are_small() {
        let found = KAnonymity::of([1, 4, 5, 0, 9]);
        let expected = KAnonymity {
            classes: 4,
            smallest: Some(1),
            alone: 1,
            small_classes: 2,
            people_in_small: 5,
        };
        assert_eq!(found, expected);
        assert_eq!(KAnonymity::of([]).smallest, None);
    }
}
