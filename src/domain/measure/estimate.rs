//! A mean with its uncertainty: the paired t test, where it is a mean of differences.
//!
//! Student (1908). The probable error of a mean. *Biometrika* 6(1), 1-25.

use serde::{Deserialize, Serialize};

use super::distribution::{t_quantile, t_two_sided};
use super::interval::Interval;
use super::population::FinitePopulation;
use super::{NoValue, quantile};
use crate::domain::tally::{Moments, Tally};

/// The mean of at least two values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// How many values there are.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, with n − 1.
    pub sd: f64,
}

/// A test of whether a mean is zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TTest {
    /// The mean in standard errors.
    pub t: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// The two-sided probability of a mean so far from zero by chance.
    pub p: f64,
}

impl Estimate {
    /// The mean of counted whole numbers.
    pub fn of(moments: &Moments) -> Result<Self, NoValue> {
        let mean = moments.mean().ok_or(NoValue::Nobody)?;
        let sd = moments.sd().ok_or(NoValue::OnlyOne)?;
        Ok(Self { n: moments.n(), mean, sd })
    }

    /// The mean gap of those who rated both: the paired t test.
    pub fn of_gap(tally: &Tally) -> Result<Self, NoValue> {
        Self::of(&tally.differences().moments())
    }

    /// The mean of any values, such as one a person.
    pub fn of_values(values: &[f64]) -> Result<Self, NoValue> {
        let mean = quantile::mean(values).ok_or(NoValue::Nobody)?;
        let sd = quantile::sd(values).ok_or(NoValue::OnlyOne)?;
        Ok(Self { n: values.len() as u64, mean, sd })
    }

    /// The mean of values, each with how many people have it.
    pub fn of_counted(values: &[(f64, u64)]) -> Result<Self, NoValue> {
        let n: u64 = values.iter().map(|(_, people)| people).sum();
        let sum: f64 = values.iter().map(|(value, people)| value * *people as f64).sum();
        let mean = if n > 0 { sum / n as f64 } else { return Err(NoValue::Nobody) };
        if n < 2 {
            return Err(NoValue::OnlyOne);
        }
        let spread = values.iter().map(|(value, people)| (value - mean).powi(2) * *people as f64);
        // Rounding must not make a spread of what is all the same.
        let mut all_same = values.iter().filter(|(_, people)| *people > 0).map(|(value, _)| value);
        let first = all_same.next();
        let varies =
            all_same.any(|value| first.is_some_and(|first| value.total_cmp(first).is_ne()));
        let sd = if varies { (spread.sum::<f64>() / (n - 1) as f64).sqrt() } else { 0.0 };
        Ok(Self { n, mean, sd })
    }

    /// The standard error of the mean; of everybody there is of a population the correction of
    /// [`Estimate::interval_of`] applies besides.
    pub fn standard_error(&self) -> f64 {
        self.sd / (self.n as f64).sqrt()
    }

    /// Degrees of freedom.
    pub fn freedom(&self) -> f64 {
        self.n.saturating_sub(1) as f64
    }

    /// The test of whether the mean is zero; none where all values are the same.
    pub fn t_test(&self) -> Result<TTest, NoValue> {
        let error = self.standard_error();
        if error <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let (t, freedom) = (self.mean / error, self.freedom());
        let p = t_two_sided(t, freedom).ok_or(NoValue::NoSpread)?;
        Ok(TTest { t, freedom, p })
    }

    /// The 95 % interval of the mean; none where all values are the same, since that they would be
    /// so again is not known.
    pub fn interval(&self) -> Result<Interval, NoValue> {
        self.interval_scaled(1.0)
    }

    /// The 95 % interval of the mean of a part of a finite population. Of everybody there is none
    /// to give, and none of more people than there are.
    pub fn interval_of(&self, population: FinitePopulation) -> Result<Interval, NoValue> {
        match population {
            FinitePopulation::Part(factor) => self.interval_scaled(factor),
            FinitePopulation::Everybody => Err(NoValue::Everybody),
            FinitePopulation::MoreThanThereAre => Err(NoValue::MoreThanThereAre),
        }
    }

    fn interval_scaled(&self, factor: f64) -> Result<Interval, NoValue> {
        if self.sd <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let t = t_quantile(0.975, self.freedom()).ok_or(NoValue::OnlyOne)?;
        Ok(Interval::around(self.mean, t * self.standard_error() * factor))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    #[test]
    fn of_nobody_of_one_and_of_all_the_same_it_is_said_why_there_is_nothing() {
        assert_eq!(Estimate::of_gap(&tally(&[(5, 0), (0, 3)])), Err(NoValue::Nobody));
        assert_eq!(Estimate::of_gap(&tally(&[(5, 2)])), Err(NoValue::OnlyOne));
        assert_eq!(Estimate::of_values(&[]), Err(NoValue::Nobody));
        assert_eq!(Estimate::of_values(&[1.0]), Err(NoValue::OnlyOne));
        let same = Estimate::of_gap(&tally(&[(5, 2), (4, 1)])).unwrap();
        assert!((same.mean - 3.0).abs() < 1e-12);
        assert_eq!(same.t_test(), Err(NoValue::NoSpread));
        assert_eq!(same.interval(), Err(NoValue::NoSpread));
    }

    #[test]
    fn a_census_has_no_interval_and_a_roster_that_is_too_small_none_either() {
        let two = Estimate::of_gap(&tally(&[(5, 2), (4, 2)])).unwrap();
        let of = |population| two.interval_of(FinitePopulation::of(two.n, population));
        assert_eq!(of(2), Err(NoValue::Everybody));
        assert_eq!(of(1), Err(NoValue::MoreThanThereAre));
        let (part, whole) = (of(3).unwrap(), two.interval().unwrap());
        assert!(whole.low < part.low && part.high < whole.high);
    }
}
