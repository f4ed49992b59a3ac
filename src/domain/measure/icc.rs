//! How far raters agree on people: the six intraclass correlations.
//!
//! Shrout, P. E., & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater
//! reliability. *Psychological Bulletin* 86(2), 420-428; names and intervals by `McGraw`, K. O., &
//! Wong, S. P. (1996). *Psychological Methods* 1(1), 30-46. Below .50 poor, to .75 moderate, to
//! .90 good (Koo & Li 2016).

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::distribution::f_quantile;
use super::interval::Interval;
use super::quantile::mean;

/// What agreement means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Model {
    /// Other raters for everybody, ICC(1): for superiors who rate only their own people.
    OneWay,
    /// The same raters, the same values, ICC(A).
    Agreement,
    /// The same raters, the same order, ICC(C); a strict rater does not count.
    Consistency,
}

/// Of what the correlation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// What one rater gives.
    Single,
    /// The mean of all raters.
    Mean,
}

/// The mean squares of a table of people by raters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Intraclass {
    /// How many people were rated.
    pub people: usize,
    /// How many raters each of them has.
    pub raters: usize,
    /// Between people.
    pub rows: f64,
    /// Between raters.
    pub columns: f64,
    /// What is left.
    pub error: f64,
    /// Within people: between raters and what is left.
    pub within: f64,
}

impl Intraclass {
    /// Of one row a person and one column a rater, without gaps; at least two of each.
    pub fn of(table: &[Vec<f64>]) -> Result<Self, NoValue> {
        let people = table.len();
        let raters = table.first().ok_or(NoValue::Nobody)?.len();
        if people < 2 || raters < 2 || table.iter().any(|row| row.len() != raters) {
            return Err(NoValue::OnlyOne);
        }
        let (n, k) = (people as f64, raters as f64);
        let all: Vec<f64> = table.iter().flatten().copied().collect();
        if all.windows(2).all(|two| matches!(two, [a, b] if a.total_cmp(b).is_eq())) {
            return Err(NoValue::NoSpread);
        }
        let grand = mean(&all).ok_or(NoValue::Nobody)?;
        let means: Vec<f64> = table.iter().filter_map(|row| mean(row)).collect();
        let mut columns = vec![0.0; raters];
        for row in table {
            for (sum, value) in columns.iter_mut().zip(row) {
                *sum += value / n;
            }
        }
        let squares = |values: &[f64]| -> f64 {
            values.iter().map(|value| (value - grand) * (value - grand)).sum()
        };
        let left = table.iter().zip(&means).flat_map(|(row, mean)| {
            let rest = |(value, column): (&f64, &f64)| value - mean - column + grand;
            row.iter().zip(&columns).map(rest).collect::<Vec<_>>()
        });
        let left: f64 = left.map(|rest| rest * rest).sum();
        let between = n * squares(&columns);
        Ok(Self {
            people,
            raters,
            rows: k * squares(&means) / (n - 1.0),
            columns: between / (k - 1.0),
            error: left / ((n - 1.0) * (k - 1.0)),
            within: (between + left) / (n * (k - 1.0)),
        })
    }

    /// The correlation, at most 1; none where nothing varies that it could explain.
    pub fn value(&self, model: Model, unit: Unit) -> Result<f64, NoValue> {
        let (n, k) = (self.people as f64, self.raters as f64);
        let noise = if model == Model::OneWay { self.within } else { self.error };
        let strictness = match model {
            Model::Agreement => (self.columns - self.error) / n,
            Model::OneWay | Model::Consistency => 0.0,
        };
        let all = match unit {
            Unit::Single => self.rows + (k - 1.0) * noise + k * strictness,
            Unit::Mean => self.rows + strictness,
        };
        finite((self.rows - noise) / all)
    }

    /// The 95 % interval.
    pub fn interval(&self, model: Model, unit: Unit) -> Result<Interval, NoValue> {
        let (n, k) = (self.people as f64, self.raters as f64);
        let single = match model {
            Model::OneWay => self.by_f(self.rows / self.within, n * (k - 1.0))?,
            Model::Consistency => self.by_f(self.rows / self.error, (n - 1.0) * (k - 1.0))?,
            Model::Agreement => self.agreement_interval()?,
        };
        // Spearman-Brown: of one rater, and of the mean of k.
        let stepped = |value: f64| match unit {
            Unit::Single => Ok(value),
            Unit::Mean => finite(k * value / (1.0 + (k - 1.0) * value)),
        };
        Ok(Interval { low: stepped(single.low)?, high: stepped(single.high)? })
    }

    fn by_f(&self, f: f64, freedom: f64) -> Result<Interval, NoValue> {
        let (people, k) = ((self.people - 1) as f64, self.raters as f64);
        let f = finite(f)?;
        let low = f / f_quantile(0.975, people, freedom).ok_or(NoValue::OnlyOne)?;
        let high = f * f_quantile(0.975, freedom, people).ok_or(NoValue::OnlyOne)?;
        let single = |f: f64| finite((f - 1.0) / (f + k - 1.0));
        Ok(Interval { low: single(low)?, high: single(high)? })
    }

    fn agreement_interval(&self) -> Result<Interval, NoValue> {
        let (n, k) = (self.people as f64, self.raters as f64);
        let own = self.value(Model::Agreement, Unit::Single)?;
        let strictness = k * own * finite(self.columns / self.error)?;
        let rest = n * (1.0 + (k - 1.0) * own) - k * own;
        let freedom = (k - 1.0) * (n - 1.0) * (strictness + rest) * (strictness + rest)
            / ((n - 1.0) * strictness * strictness + rest * rest);
        let upper = f_quantile(0.975, n - 1.0, freedom).ok_or(NoValue::OnlyOne)?;
        let lower = f_quantile(0.975, freedom, n - 1.0).ok_or(NoValue::OnlyOne)?;
        let noise = k * self.columns + (k * n - k - n) * self.error;
        Ok(Interval {
            low: finite(n * (self.rows - upper * self.error) / (upper * noise + n * self.rows))?,
            high: finite(n * (lower * self.rows - self.error) / (noise + n * lower * self.rows))?,
        })
    }
}

fn finite(value: f64) -> Result<f64, NoValue> {
    if value.is_finite() { Ok(value) } else { Err(NoValue::NoSpread) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of Shrout and Fleiss (1979).
    fn published() -> Intraclass {
        let table: Vec<Vec<f64>> = [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ]
        .map(Vec::from)
        .into();
        Intraclass::of(&table).unwrap()
    }

    #[test]
    fn the_six_of_the_article_come_out() {
        use Model::{Agreement, Consistency, OneWay};
        let printed = [(OneWay, 0.17, 0.44), (Agreement, 0.29, 0.62), (Consistency, 0.71, 0.91)];
        for (model, single, of_mean) in printed {
            let found = published();
            assert!((found.value(model, Unit::Single).unwrap() - single).abs() < 0.005);
            assert!((found.value(model, Unit::Mean).unwrap() - of_mean).abs() < 0.005);
            let interval = found.interval(model, Unit::Single).unwrap();
            assert!(interval.contains(found.value(model, Unit::Single).unwrap()));
        }
    }

    #[test]
    fn it_is_said_why_there_is_none() {
        assert_eq!(Intraclass::of(&[]), Err(NoValue::Nobody));
        assert_eq!(Intraclass::of(&[vec![1.0, 2.0]]), Err(NoValue::OnlyOne));
        assert_eq!(Intraclass::of(&[vec![1.0], vec![2.0]]), Err(NoValue::OnlyOne));
        assert_eq!(Intraclass::of(&[vec![3.1; 2], vec![3.1; 2]]), Err(NoValue::NoSpread));
        let full = Intraclass::of(&[vec![1.0; 2], vec![3.0; 2]]).unwrap();
        assert_eq!(full.value(Model::Agreement, Unit::Single), Ok(1.0));
        assert_eq!(full.interval(Model::Agreement, Unit::Single), Err(NoValue::NoSpread));
    }
}
