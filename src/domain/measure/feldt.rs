//! How sure Cronbach's alpha is.
//!
//! Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability
//! coefficient twenty. *Psychometrika* 30(3), 357-370: `1 − (1 − α) F`.

use super::distribution::f_quantile;
use super::interval::Interval;

/// The 95 % interval of an alpha of so many people and competencies; `None` of fewer than two.
pub fn feldt(alpha: f64, people: u64, competencies: usize) -> Option<Interval> {
    let people = people.checked_sub(1)? as f64;
    let both = people * competencies.checked_sub(1)? as f64;
    let end = |share: f64| Some(1.0 - (1.0 - alpha) * f_quantile(share, people, both)?);
    Some(Interval { low: end(0.975)?, high: end(0.025)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_people_make_it_surer() {
        let (few, many) = (feldt(0.8, 20, 5).unwrap(), feldt(0.8, 200, 5).unwrap());
        assert!(few.low < many.low && many.high < few.high && many.contains(0.8));
        assert_eq!(feldt(0.8, 1, 5), None);
        assert_eq!(feldt(0.8, 20, 1), None);
        assert_eq!(feldt(0.8, 0, 0), None);
    }
}
