//! How much of what people rate is one dimension.
//!
//! Hotelling, H. (1933). Analysis of a complex of statistical variables into principal components.
//! *Journal of Educational Psychology* 24, 417-441; the largest eigenvalue of the correlations, by
//! the power method.

use super::NoValue;
use super::covariance::Covariances;

/// As many squarings make as many steps of the power method as two to their number.
const SQUARINGS: usize = 12;

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
    let mut power = correlations.clone();
    for _ in 0..SQUARINGS {
        power = squared(&power);
    }
    // Not all the same, so that it is not by chance at a right angle to what is looked for.
    let start: Vec<f64> = (0..covariances.size()).map(|i| 1.0 + i as f64 / 97.0).collect();
    let vector = times(&power, &start);
    let along: f64 = times(&correlations, &vector).iter().zip(&vector).map(|(a, b)| a * b).sum();
    let length: f64 = vector.iter().map(|value| value * value).sum();
    if length <= 0.0 {
        return Err(NoValue::NoSpread);
    }
    Ok(along / length / covariances.size() as f64)
}

/// A symmetric matrix times itself, so scaled that the sum of its diagonal is one.
fn squared(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let diagonal: f64 = matrix.iter().map(|row| dot(row, row)).sum();
    let row = |row: &Vec<f64>| matrix.iter().map(|other| dot(row, other) / diagonal).collect();
    matrix.iter().map(row).collect()
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
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
