//! How people are put into classes that are neither too large nor too small.
//!
//! Methods.md, section 13: k = ⌈n / cap⌉ classes whose sizes differ by one at most, larger ones
//! first; groups below the floor go with the next ones.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

/// The bounds of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassBounds {
    /// The most people in a class.
    pub cap: NonZeroU64,
    /// The fewest people for whom a class is held.
    pub floor: u64,
}

impl Default for ClassBounds {
    /// 20 to 40 people, as for skills.
    fn default() -> Self {
        Self { cap: const { NonZeroU64::new(40).unwrap() }, floor: 20 }
    }
}

impl ClassBounds {
    /// How many people each class has; none of nobody. A class below the floor is given too, for
    /// the plan to merge, to hold at a distance or to leave.
    pub fn sizes(&self, people: u64) -> Vec<u64> {
        let classes = people.div_ceil(self.cap.get());
        let (each, more) = match classes {
            0 => return Vec::new(),
            classes => (people / classes, people % classes),
        };
        (0..classes).map(|class| each + u64::from(class < more)).collect()
    }

    /// True where so many people are too few for a class of their own.
    pub fn is_below_floor(&self, people: u64) -> bool {
        people > 0 && people < self.floor
    }

    /// Which groups, by their positions, are taught together: one below the floor goes with the
    /// next ones until they are enough together; what is left at the end goes with those before.
    /// Groups with nobody are left out.
    pub fn merged(&self, groups: &[u64]) -> Vec<Vec<usize>> {
        let mut together: Vec<(Vec<usize>, u64)> = Vec::new();
        for (position, people) in groups.iter().enumerate().filter(|(_, people)| **people > 0) {
            match together.last_mut() {
                Some((positions, sum)) if self.is_below_floor(*sum) => {
                    positions.push(position);
                    *sum += people;
                }
                _ => together.push((vec![position], *people)),
            }
        }
        let is_left = together.len() > 1
            && together.last().is_some_and(|(_, people)| self.is_below_floor(*people));
        let left = if is_left { together.pop() } else { None };
        if let (Some((left, _)), Some((positions, _))) = (left, together.last_mut()) {
            positions.extend(left);
        }
        together.into_iter().map(|(positions, _)| positions).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn larger_classes_come_first_and_none_is_over_the_cap() {
        let bounds = ClassBounds::default();
        assert_eq!(bounds.sizes(118), [40, 39, 39]);
        assert_eq!(bounds.sizes(41), [21, 20]);
        assert_eq!(bounds.sizes(3), [3]);
        assert_eq!(bounds.sizes(0), [0; 0]);
        assert!(bounds.is_below_floor(19) && !bounds.is_below_floor(20));
    }

    #[test]
    fn small_groups_go_with_the_next_and_the_last_with_those_before() {
        let bounds = ClassBounds::default();
        assert_eq!(bounds.merged(&[30, 5, 0, 7, 12, 25, 3]), [vec![0], vec![1, 3, 4], vec![5, 6]]);
        assert_eq!(bounds.merged(&[3, 4]), [vec![0, 1]], "too few all the same");
        assert_eq!(bounds.merged(&[0]), [[0usize; 0]; 0]);
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_class(people in 0u64..2000, cap in 1u64..60) {
            let bounds = ClassBounds { cap: NonZeroU64::new(cap).unwrap(), floor: 20 };
            let sizes = bounds.sizes(people);
            prop_assert_eq!(sizes.iter().sum::<u64>(), people);
            prop_assert!(sizes.iter().all(|size| *size <= cap));
            let (largest, smallest) = (sizes.iter().max(), sizes.iter().min());
            prop_assert!(largest.zip(smallest).is_none_or(|(a, b)| a - b <= 1));
        }
    }
}
