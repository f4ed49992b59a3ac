//! Places in a ranking.

use serde::{Deserialize, Serialize};

/// Which end of a measure comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum First {
    /// The highest value, as with most measures.
    Highest,
    /// The lowest, as with the ranked discrepancy score.
    Lowest,
}

/// Values closer than this are tied: what differs less differs only by rounding.
const TIE: f64 = 1e-9;

/// The place of each value, 1 first, ties sharing the smallest number; `None` where there is no
/// value.
pub fn places(values: &[Option<f64>], first: First) -> Vec<Option<usize>> {
    let value = |value: f64| match first {
        First::Highest => -value,
        First::Lowest => value,
    };
    let numbered = values.iter().enumerate();
    let mut order: Vec<(usize, f64)> =
        numbered.filter_map(|(at, found)| found.map(|found| (at, value(found)))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut places = vec![None; values.len()];
    let (mut place, mut best) = (0, f64::NEG_INFINITY);
    for (before, (at, value)) in order.into_iter().enumerate() {
        if value - best > TIE {
            (place, best) = (before + 1, value);
        }
        if let Some(own) = places.get_mut(at) {
            *own = Some(place);
        }
    }
    places
}

/// Which values share their place with another one.
pub fn tied(places: &[Option<usize>]) -> Vec<bool> {
    let shared = |own: &usize| places.iter().flatten().filter(|place| *place == own).count() > 1;
    places.iter().map(|place| place.as_ref().is_some_and(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_smallest_place_and_the_next_is_skipped() {
        let values = [Some(2.0), None, Some(3.0), Some(2.0 + 1e-15), Some(-1.0)];
        let found = places(&values, First::Highest);
        assert_eq!(found, [Some(2), None, Some(1), Some(2), Some(4)]);
        assert_eq!(tied(&found), [true, false, false, true, false]);
        assert_eq!(
            places(&values, First::Lowest),
            [Some(2), None, Some(4), Some(2), Some(1)],
            "a negative gap is a value like others"
        );
    }
}
