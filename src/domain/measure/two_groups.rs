//! How far two groups of different people are apart: trained and not trained, two waves of an
//! anonymous survey, two posts.
//!
//! Welch, B. L. (1947). The generalization of "Student's" problem when several different
//! population variances are involved. *Biometrika* 34, 28-35; Cohen's d with the pooled standard
//! deviation, Cohen (1988). Without a comparison group a gain says little: people who
//! were not trained gain too (methods.md, section 14).

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::distribution::{t_quantile, t_two_sided};
use super::estimate::{Estimate, TTest};
use super::interval::Interval;
use super::jackknife::Jackknife;

/// The difference of the means of two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GroupDifference {
    /// The first mean minus the second.
    pub mean: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// The test of whether it is zero.
    pub test: TTest,
    /// The difference by the pooled standard deviation; of the same people by the average one.
    pub d: f64,
}

impl GroupDifference {
    /// Of two groups; none where neither varies.
    pub fn of(first: &Estimate, second: &Estimate) -> Result<Self, NoValue> {
        let parts = [first, second].map(|group| group.standard_error().powi(2));
        let error = parts.iter().sum::<f64>().sqrt();
        if error <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        let [a, b] = parts;
        let freedom = (a + b) * (a + b) / (a * a / first.freedom() + b * b / second.freedom());
        let mean = first.mean - second.mean;
        let squares =
            first.sd * first.sd * first.freedom() + second.sd * second.sd * second.freedom();
        let pooled = (squares / (first.freedom() + second.freedom())).sqrt();
        Self::judged(mean, error, freedom, pooled)
    }

    /// Of the same people twice, whose ratings go together: the difference as leaving out one
    /// person after the other has it, and the standard deviations of either time.
    pub fn of_same_people(difference: &Jackknife, sds: [f64; 2]) -> Result<Self, NoValue> {
        let average = (sds.iter().map(|sd| sd * sd).sum::<f64>() / 2.0).sqrt();
        let Jackknife { value, standard_error, .. } = *difference;
        if standard_error <= 0.0 || average <= 0.0 {
            return Err(NoValue::NoSpread);
        }
        Self::judged(value, standard_error, difference.freedom(), average)
    }

    fn judged(mean: f64, error: f64, freedom: f64, spread: f64) -> Result<Self, NoValue> {
        let t = mean / error;
        let p = t_two_sided(t, freedom).ok_or(NoValue::OnlyOne)?;
        let half_width = t_quantile(0.975, freedom).ok_or(NoValue::OnlyOne)? * error;
        Ok(Self {
            mean,
            interval: Interval::around(mean, half_width),
            test: TTest { t, freedom, p },
            d: mean / spread,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_are_compared_as_in_a_text_book() {
        // R: t.test(c(1, 2, 3, 4), c(2, 4, 6, 8, 10)).
        let first = Estimate::of_values(&[1.0, 2.0, 3.0, 4.0]).unwrap();
        let second = Estimate::of_values(&[2.0, 4.0, 6.0, 8.0, 10.0]).unwrap();
        let found = GroupDifference::of(&first, &second).unwrap();
        assert!((found.mean + 3.5).abs() < 1e-12);
        assert!((found.test.t + 2.251_436).abs() < 1e-6, "{found:?}");
        assert!((found.test.freedom - 5.520_787).abs() < 1e-6, "{found:?}");
        assert!(found.interval.contains(0.0) && found.interval.contains(-3.5));
    }

    #[test]
    fn groups_in_which_everybody_is_the_same_cannot_be_tested() {
        let same = Estimate { n: 3, mean: 1.0, sd: 0.0 };
        assert_eq!(GroupDifference::of(&same, &same), Err(NoValue::NoSpread));
        let varied = Estimate { n: 3, mean: 2.0, sd: 1.0 };
        let found = GroupDifference::of(&same, &varied).unwrap();
        assert!(found.d.is_finite() && (found.test.freedom - 2.0).abs() < 1e-12);
    }
}
