//! How sure a mean is when people of one unit resemble each other.
//!
//! Liang, K.-Y., & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear
//! models. *Biometrika* 73(1), 13-22, with the correction G/(G − 1) for G clusters.

use super::NoValue;
use crate::domain::tally::Moments;

/// The cluster-robust standard error of the mean of everybody, from the sums of each unit; units
/// with nobody are left out.
pub fn cluster_standard_error(units: &[Moments]) -> Result<f64, NoValue> {
    let units: Vec<_> = units.iter().filter(|unit| unit.n() > 0).collect();
    let people: u64 = units.iter().map(|unit| unit.n()).sum();
    let sum: i64 = units.iter().map(|unit| unit.sum()).sum();
    match units.len() {
        0 => return Err(NoValue::Nobody),
        1 => return Err(NoValue::OnlyOne),
        _ => {}
    }
    // In whole numbers, so that the order of units cannot matter.
    let squares: i128 = units
        .iter()
        .map(|unit| {
            let away = i128::from(unit.sum()) * i128::from(people)
                - i128::from(unit.n()) * i128::from(sum);
            away * away
        })
        .sum();
    if squares == 0 {
        return Err(NoValue::NoSpread);
    }
    let (people, clusters) = (people as f64, units.len() as f64);
    Ok((squares as f64 * clusters / (clusters - 1.0)).sqrt() / (people * people))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(values: &[i64]) -> Moments {
        values.iter().map(|value| (*value, 1)).collect()
    }

    #[test]
    fn with_one_person_a_unit_it_is_the_usual_standard_error() {
        let found = cluster_standard_error(&[unit(&[1]), unit(&[2]), unit(&[]), unit(&[4])]);
        let usual = (unit(&[1, 2, 4]).variance().unwrap() / 3.0).sqrt();
        assert!((found.unwrap() - usual).abs() < 1e-12);
    }

    #[test]
    fn of_one_unit_or_units_that_are_the_same_there_is_none() {
        assert_eq!(cluster_standard_error(&[]), Err(NoValue::Nobody));
        assert_eq!(cluster_standard_error(&[unit(&[1, 2])]), Err(NoValue::OnlyOne));
        assert_eq!(cluster_standard_error(&[unit(&[1]), unit(&[1])]), Err(NoValue::NoSpread));
    }
}
