//! Means, spread and quantiles of values that are not counted.
//!
//! Hyndman, R. J., & Fan, Y. (1996). Sample quantiles in statistical packages. *The American
//! Statistician* 50(4), 361-365: type 7, linear between neighbours, as R and spreadsheets
//! have it.

use super::interval::Interval;

/// The mean; `None` of none.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The variance with n − 1, exactly zero where all are the same; `None` of fewer than two.
pub fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    if values.windows(2).all(|two| matches!(two, [a, b] if a.total_cmp(b).is_eq())) {
        return Some(0.0);
    }
    let spread: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some(spread / (values.len() - 1) as f64)
}

/// The standard deviation with n − 1; `None` of fewer than two.
pub fn sd(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

/// The quantile for a share from 0 to 1 of values that are sorted already; `None` of none.
pub fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last place"
    )]
    let below = (place as usize).min(last);
    let (lower, upper) = (*sorted.get(below)?, *sorted.get((below + 1).min(last))?);
    Some(lower + (upper - lower) * (place - below as f64))
}

/// The quantiles that leave 2.5 % of the values on either side, of values in any order.
pub fn middle_95(values: &[f64]) -> Option<Interval> {
    let sorted = sorted(values);
    Some(Interval {
        low: quantile_of_sorted(&sorted, 0.025)?,
        high: quantile_of_sorted(&sorted, 0.975)?,
    })
}

/// The median of values in any order; `None` of none.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile_of_sorted(&sorted(values), 0.5)
}

/// The values from the smallest up.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_on_the_line_between_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile_of_sorted(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile_of_sorted(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile_of_sorted(&sorted, 0.1), Some(1.3));
        assert_eq!(median(&[8.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[]), None);
        assert_eq!(middle_95(&[3.0]), Some(Interval { low: 3.0, high: 3.0 }));
    }

    #[test]
    fn of_one_value_there_is_no_spread() {
        assert_eq!((mean(&[2.0]), sd(&[2.0])), (Some(2.0), None));
        assert_eq!((mean(&[]), sd(&[])), (None, None));
        assert_eq!(variance(&[1.0, 3.0]), Some(2.0));
    }
}
