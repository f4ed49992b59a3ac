//! Hiding small groups, and what would give them away.
//!
//! Numbers of one to four people are hidden (primary suppression). What is hidden could be found
//! by subtracting the shown groups from the total, so the smallest shown groups are hidden with
//! it until five people or more are hidden together (secondary suppression). Practice: Washington
//! State Department of Health, guidelines for small numbers.

/// The fewest people whose numbers are shown.
pub const SMALLEST_GROUP: u64 = 5;

/// Which of these groups, given by how many people are behind each number, are hidden.
pub fn hidden(people: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = people.iter().map(|n| (1..SMALLEST_GROUP).contains(n)).collect();
    loop {
        let together: u64 = people.iter().zip(&hidden).filter(|(_, h)| **h).map(|(n, _)| n).sum();
        if together == 0 || together >= SMALLEST_GROUP {
            return hidden;
        }
        let groups = people.iter().zip(&hidden).enumerate();
        let shown = groups.filter(|(_, (n, hidden))| **n > 0 && !**hidden);
        let smallest = shown.min_by_key(|(_, (n, _))| **n).map(|(place, _)| place);
        match smallest.and_then(|place| hidden.get_mut(place)) {
            Some(is_hidden) => *is_hidden = true,
            None => return hidden,
        }
    }
}

/// Which counts of a table are hidden: those of one to four people, and in each row and column
/// with exactly one hidden count one more, the smallest that is not zero, so that it is not found
/// from the sum. Rows from the top, then columns from the left, again until nothing changes: what
/// is hidden holds against subtraction, not against every attack.
pub fn hidden_table(counts: &[&[u64]]) -> Vec<Vec<bool>> {
    let columns = counts.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut hidden: Vec<Vec<bool>> = counts
        .iter()
        .map(|row| row.iter().map(|n| (1..SMALLEST_GROUP).contains(n)).collect())
        .collect();
    let rows = (0..counts.len()).map(|row| (0..columns).map(|column| (row, column)).collect());
    let across = (0..columns).map(|column| (0..counts.len()).map(|row| (row, column)).collect());
    let lines: Vec<Vec<(usize, usize)>> = rows.chain(across).collect();
    loop {
        let before = hidden.clone();
        for line in &lines {
            hide_a_second(counts, &mut hidden, line);
        }
        if hidden == before {
            return hidden;
        }
    }
}

/// Hides one more count of a row or column in which exactly one is hidden.
fn hide_a_second(counts: &[&[u64]], hidden: &mut [Vec<bool>], line: &[(usize, usize)]) {
    let cells = line.iter().filter_map(|(row, column)| {
        let count = *counts.get(*row)?.get(*column)?;
        Some(((*row, *column), count, *hidden.get(*row)?.get(*column)?))
    });
    let cells: Vec<_> = cells.collect();
    if cells.iter().filter(|(.., is_hidden)| *is_hidden).count() != 1 {
        return;
    }
    let shown = cells.iter().filter(|(.., is_hidden)| !is_hidden);
    let second = shown.min_by_key(|(_, count, _)| (*count == 0, *count));
    let Some(((row, column), ..)) = second else { return };
    if let Some(cell) = hidden.get_mut(*row).and_then(|row| row.get_mut(*column)) {
        *cell = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[31, 4, 7, 30]), [false, true, true, false]);
    }

    #[test]
    fn small_groups_that_are_five_people_together_hide_each_other() {
        assert_eq!(hidden(&[31, 4, 3, 7]), [false, true, true, false]);
        assert_eq!(hidden(&[14, 1, 1]), [true, true, true], "the total would tell of two people");
    }

    #[test]
    fn empty_groups_hide_nothing() {
        assert_eq!(hidden(&[31, 0, 5]), [false, false, false]);
        assert_eq!(hidden(&[3]), [true]);
        assert_eq!(hidden(&[]), [false; 0]);
    }
}
