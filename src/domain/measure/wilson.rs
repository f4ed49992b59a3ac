//! How sure a share of people is.
//!
//! Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
//! *Journal of the American Statistical Association* 22, 209-212. It never leaves 0 to 1, and says
//! something also where nobody or everybody is counted.

use super::interval::Interval;
use super::margin::Z;

/// The 95 % interval, within 0 to 1, of a share of `people` in `of`; `None` of nobody.
pub fn wilson(people: u64, of: u64) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let share = people.min(of) as f64 / n;
    let (z_squared, width) = (Z * Z, 1.0 + Z * Z / n);
    let middle = (share + z_squared / (2.0 * n)) / width;
    let half = Z / width * (share * (1.0 - share) / n + z_squared / (4.0 * n * n)).sqrt();
    Some(Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_or_nobody_there_is_an_interval_within_bounds() {
        let none = wilson(0, 10).unwrap();
        assert!(none.low.abs() < 1e-12 && (none.high - 0.2775).abs() < 1e-4);
        let all = wilson(10, 10).unwrap();
        assert!((all.low - 0.7225).abs() < 1e-4 && (all.high - 1.0).abs() < 1e-12);
        assert!(wilson(1, 1).unwrap().low > 0.2);
        assert_eq!(wilson(0, 0), None);
    }
}
