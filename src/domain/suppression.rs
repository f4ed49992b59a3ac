//! Hiding small groups, and what would give them away.
//!
//! A number of one to four people is hidden (primary suppression). Where that leaves exactly one
//! hidden group, it could be found by subtracting the others from the total, so the smallest of
//! the others is hidden with it (secondary suppression). Practice: Washington State Department of
//! Health, guidelines for small numbers.

/// The fewest people whose numbers are shown.
pub const SMALLEST_GROUP: u64 = 5;

/// Which of these groups, given by how many people are behind each number, are hidden.
pub fn hidden(people: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = people.iter().map(|n| (1..SMALLEST_GROUP).contains(n)).collect();
    if hidden.iter().filter(|is_hidden| **is_hidden).count() == 1 {
        let shown = people.iter().enumerate().filter(|(_, n)| **n >= SMALLEST_GROUP);
        let smallest = shown.min_by_key(|(_, n)| **n).map(|(place, _)| place);
        if let Some(place) = smallest.and_then(|place| hidden.get_mut(place)) {
            *place = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[31, 4, 7, 30]), [false, true, true, false]);
    }

    #[test]
    fn two_small_groups_hide_each_other_and_empty_ones_hide_nothing() {
        assert_eq!(hidden(&[31, 4, 3, 7]), [false, true, true, false]);
        assert_eq!(hidden(&[31, 0, 5]), [false, false, false]);
        assert_eq!(hidden(&[3]), [true]);
        assert_eq!(hidden(&[]), [false; 0]);
    }
}
