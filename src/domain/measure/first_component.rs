//! How much of what people rate is one dimension.
//!
//! Hotelling, H. (1933). Analysis of a complex of statistical variables into principal components.
//! *Journal of Educational Psychology* 24, 417-441; the largest eigenvalue of the correlations, by
//! the power method.

use super::NoValue;
use super::covariance::Covariances;

/// Many more than real ratings need.
const MOST_STEPS: usize = 20_000;

/// The share, 0 to 1, of the largest eigenvalue of the correlations in their sum.
pub(super) fn first_component_share(covariances: &Covariances) -> Result<f64, NoValue> {
    let deviations: Vec<f64> = covariances.variances().map(f64::sqrt).collect();
    if deviations.iter().any(|deviation| *deviation <= 0.0) {
        return Err(NoValue::NoSpread);
    }
    let correlations: Vec<Vec<f64>> = covariances
        .rows()
        .zip(&deviations)
        .map(|(row, own)| row.iter().zip(&deviations).map(|(c, other)| c / own / other).collect())
        .collect();
    // Not all the same, so that it is not by chance at a right angle to what is looked for.
    let mut vector: Vec<f64> = (0..covariances.size()).map(|i| 1.0 + i as f64 / 97.0).collect();
    let mut largest = 0.0;
    for _ in 0..MOST_STEPS {
        let next: Vec<f64> = correlations
            .iter()
            .map(|row| row.iter().zip(&vector).map(|(c, v)| c * v).sum())
            .collect();
        let length = next.iter().map(|value: &f64| value * value).sum::<f64>().sqrt();
        if length <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        vector = next.into_iter().map(|value| value / length).collect();
        let is_steady = (length - largest).abs() <= 1e-14 * length;
        largest = length;
        if is_steady {
            break;
        }
    }
    Ok(largest / covariances.size() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_share_by_their_correlation() {
        let rows: Vec<Vec<_>> =
            [(1, 2), (2, 1), (3, 4), (4, 3)].map(|(a, b)| vec![Some(a), Some(b)]).into();
        let covariances = Covariances::of(&rows, 2).unwrap();
        assert!((first_component_share(&covariances).unwrap() - 0.8).abs() < 1e-9);
        let constant: Vec<Vec<_>> = [1, 2].map(|a| vec![Some(a), Some(3)]).into();
        let covariances = Covariances::of(&constant, 2).unwrap();
        assert_eq!(first_component_share(&covariances), Err(NoValue::NoSpread));
    }
}
