//! An order in which rows that are alike stand together.
//!
//! Average linkage: Sokal, R. R., & Michener, C. D. (1958). A statistical method for evaluating
//! systematic relationships. *University of Kansas Science Bulletin* 38, 1409-1438. On Euclidean
//! distances; where cells are missing, the distance is that over the columns both rows have, scaled
//! up to all columns.

use kodama::{Method, linkage};

use crate::domain::measure::quantile::mean;

/// More rows than this keep their order: the distances of all pairs would take too much memory.
const MOST_ROWS: usize = 1000;

/// The order of rows, by their positions: rows that are alike stand together, and of two bunches
/// the one with the higher mean comes first, of equal ones the one that came first. Rows without a
/// number stand last.
pub fn clustered(rows: &[Vec<Option<f64>>]) -> Vec<usize> {
    let (known, empty): (Vec<_>, Vec<_>) =
        rows.iter().enumerate().partition(|(_, row)| row.iter().any(Option::is_some));
    let empty = empty.into_iter().map(|(place, _)| place);
    in_bunches(&known).into_iter().chain(empty).collect()
}

fn in_bunches(rows: &[(usize, &Vec<Option<f64>>)]) -> Vec<usize> {
    let count = rows.len();
    if !(2..=MOST_ROWS).contains(&count) {
        return rows.iter().map(|(place, _)| *place).collect();
    }
    let mut bunches: Vec<Bunch> = rows.iter().map(Bunch::of_row).collect();
    for step in linkage(&mut distances(rows), count, Method::Average).steps() {
        let merged = match (bunches.get(step.cluster1), bunches.get(step.cluster2)) {
            (Some(one), Some(other)) => one.with(other),
            _ => Bunch::default(),
        };
        bunches.push(merged);
    }
    bunches.pop().map(|all| all.rows).unwrap_or_default()
}

/// Rows that stand together.
#[derive(Debug, Clone, Default)]
struct Bunch {
    rows: Vec<usize>,
    sum: f64,
    cells: usize,
}

impl Bunch {
    fn of_row((place, row): &(usize, &Vec<Option<f64>>)) -> Self {
        let cells: Vec<f64> = row.iter().flatten().copied().collect();
        Self { rows: vec![*place], sum: cells.iter().sum(), cells: cells.len() }
    }

    fn mean(&self) -> f64 {
        self.sum / self.cells as f64
    }

    fn with(&self, other: &Self) -> Self {
        let order = self.mean().total_cmp(&other.mean()).reverse();
        let is_first = order.then(self.rows.iter().min().cmp(&other.rows.iter().min())).is_le();
        let (first, second) = if is_first { (self, other) } else { (other, self) };
        Self {
            rows: first.rows.iter().chain(&second.rows).copied().collect(),
            sum: self.sum + other.sum,
            cells: self.cells + other.cells,
        }
    }
}

/// The distances of all pairs: of the first row to those after it, of the second, and so on. Two
/// rows without a common column are as far apart as any two.
fn distances(rows: &[(usize, &Vec<Option<f64>>)]) -> Vec<f64> {
    let pairs = rows.iter().enumerate().flat_map(|(place, (_, row))| {
        rows.iter().skip(place + 1).map(move |(_, other)| distance(row, other))
    });
    let known: Vec<Option<f64>> = pairs.collect();
    let farthest = known.iter().flatten().copied().fold(0.0, f64::max);
    known.into_iter().map(|distance| distance.unwrap_or(farthest)).collect()
}

fn distance(row: &[Option<f64>], other: &[Option<f64>]) -> Option<f64> {
    let both = row.iter().zip(other).filter_map(|(one, other)| Some((*one)? - (*other)?));
    let squares: Vec<f64> = both.map(|difference| difference * difference).collect();
    Some((mean(&squares)? * row.len() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_alike_stands_together_and_the_larger_need_comes_first() {
        let rows = [[0.1, 0.2], [2.0, 1.9], [0.2, 0.1], [1.8, 2.2]];
        let rows = rows.map(|row| row.map(Some).to_vec());
        assert_eq!(clustered(&rows), [3, 1, 0, 2]);
        assert_eq!(clustered(&rows[..1]), [0]);
        assert_eq!(clustered(&[]), [0usize; 0]);
    }

    #[test]
    fn rows_without_numbers_come_last_and_rows_that_are_the_same_keep_their_order() {
        let row = vec![Some(1.0), None];
        let rows = [vec![None, None], row.clone(), row.clone(), vec![None, Some(1.0)], row];
        assert_eq!(clustered(&rows).last(), Some(&0));
        assert_eq!(clustered(&vec![vec![Some(1.0)]; 4]), [0, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn every_row_stands_once_in_the_order_whatever_is_missing(
            rows in prop::collection::vec(prop::collection::vec(prop::option::of(-4.0..4.0), 3), 0..30),
        ) {
            let mut order = clustered(&rows);
            prop_assert_eq!(&order, &clustered(&rows), "always the same");
            order.sort_unstable();
            prop_assert_eq!(order, (0..rows.len()).collect::<Vec<_>>());
        }
    }
}
