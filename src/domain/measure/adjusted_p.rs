//! Probabilities of many tests, adjusted for there being many.
//!
//! Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal
//! of Statistics* 6(2), 65-70: the chance of even one false finding. Benjamini, Y., & Hochberg, Y.
//! (1995). *Journal of the Royal Statistical Society B* 57(1), 289-300: the share of false
//! findings.

/// By Holm, in the order given, each 0 to 1.
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let count = probabilities.len();
    let mut largest = 0.0f64;
    adjusted(probabilities, ascending(probabilities), |place, p| {
        largest = largest.max((p * (count - place) as f64).min(1.0));
        largest
    })
}

/// Adjusts probabilities by Holm where they stand.
pub fn adjust_by_holm<'p>(probabilities: impl Iterator<Item = &'p mut f64>) {
    let places: Vec<&mut f64> = probabilities.collect();
    let found: Vec<f64> = places.iter().map(|p| **p).collect();
    for (place, p) in places.into_iter().zip(holm(&found)) {
        *place = p;
    }
}

/// By Benjamini and Hochberg, in the order given, each 0 to 1.
pub fn benjamini_hochberg(probabilities: &[f64]) -> Vec<f64> {
    let count = probabilities.len();
    let mut smallest = 1.0f64;
    let descending = ascending(probabilities).into_iter().rev().collect();
    adjusted(probabilities, descending, |place, p| {
        smallest = smallest.min(p * count as f64 / (count - place) as f64);
        smallest
    })
}

/// The places of the probabilities from the smallest up.
fn ascending(probabilities: &[f64]) -> Vec<usize> {
    let mut places: Vec<(usize, f64)> = probabilities.iter().copied().enumerate().collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    places.into_iter().map(|(place, _)| place).collect()
}

/// What `adjust` makes of each, called in this order with how many came before.
fn adjusted(
    probabilities: &[f64],
    order: Vec<usize>,
    mut adjust: impl FnMut(usize, f64) -> f64,
) -> Vec<f64> {
    let mut adjusted = probabilities.to_vec();
    for (before, at) in order.into_iter().enumerate() {
        if let Some(p) = adjusted.get_mut(at) {
            *p = adjust(before, *p);
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: &[f64], expected: &[f64]) {
        let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(close && found.len() == expected.len(), "{found:?}");
    }

    #[test]
    fn holm_multiplies_and_never_falls() {
        assert_close(&holm(&[0.04, 0.01, 0.03]), &[0.06, 0.03, 0.06]);
        assert_close(&holm(&[0.6, 0.9]), &[1.0, 1.0]);
        assert_close(&holm(&[]), &[]);
    }

    #[test]
    fn benjamini_and_hochberg_divide_by_the_place() {
        assert_close(&benjamini_hochberg(&[0.04, 0.01, 0.03]), &[0.04, 0.03, 0.04]);
        assert_close(&benjamini_hochberg(&[0.6, 0.9]), &[0.9, 0.9]);
        assert_close(&benjamini_hochberg(&[0.2]), &[0.2]);
    }
}
