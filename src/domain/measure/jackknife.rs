//! How sure any number of people is, by leaving each of them out once.
//!
//! Tukey, J. W. (1958); Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*,
//! chapter 11. Of a mean it is the usual standard error exactly.

use std::collections::BTreeMap;

use super::NoValue;

/// A number and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jackknife {
    /// How many people it is of.
    pub n: u64,
    /// The number of all of them.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Jackknife {
    /// Of people, counted by what they said: `value` is the number of some of them.
    pub fn of<T: Ord + Clone>(
        people: &BTreeMap<T, u64>,
        value: impl Fn(&BTreeMap<T, u64>) -> Option<f64>,
    ) -> Result<Self, NoValue> {
        let n: u64 = people.values().sum();
        match n {
            0 => return Err(NoValue::Nobody),
            1 => return Err(NoValue::OnlyOne),
            _ => {}
        }
        let all = value(people).ok_or(NoValue::Nobody)?;
        let mut fewer = people.clone();
        let mut without = Vec::new();
        for (said, count) in people {
            let less = |fewer: &mut BTreeMap<T, u64>, count: u64| match count {
                0 => fewer.remove(said),
                count => fewer.insert(said.clone(), count),
            };
            less(&mut fewer, count - 1);
            without.push((value(&fewer).ok_or(NoValue::OnlyOne)?, *count as f64));
            less(&mut fewer, *count);
        }
        let weight = n as f64;
        let mean = without.iter().map(|(value, count)| value * count).sum::<f64>() / weight;
        let spread: f64 = without.iter().map(|(value, count)| count * (value - mean).powi(2)).sum();
        let standard_error = ((weight - 1.0) / weight * spread).sqrt();
        Ok(Self { n, value: all, standard_error })
    }

    /// Degrees of freedom.
    pub fn freedom(&self) -> f64 {
        self.n.saturating_sub(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::measure::estimate::Estimate;

    fn mean(people: &BTreeMap<i64, u64>) -> Option<f64> {
        let n: u64 = people.values().sum();
        let sum: f64 =
            people.iter().map(|(value, count)| (*value * count.cast_signed()) as f64).sum();
        (n > 0).then(|| sum / n as f64)
    }

    #[test]
    fn of_a_mean_it_is_the_usual_standard_error() {
        let people = BTreeMap::from([(-2, 3), (0, 5), (1, 4)]);
        let found = Jackknife::of(&people, mean).unwrap();
        let usual = Estimate::of_counted(&[(-2.0, 3), (0.0, 5), (1.0, 4)]).unwrap();
        assert_eq!((found.n, found.value), (12, usual.mean));
        assert!((found.standard_error - usual.standard_error()).abs() < 1e-12);
    }

    #[test]
    fn of_one_person_nothing_is_sure() {
        assert_eq!(Jackknife::of(&BTreeMap::from([(1, 1)]), mean), Err(NoValue::OnlyOne));
        assert_eq!(Jackknife::of(&BTreeMap::new(), mean), Err(NoValue::Nobody));
    }
}
