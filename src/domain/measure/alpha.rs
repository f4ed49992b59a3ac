//! How far the competencies of a scale measure one thing.
//!
//! Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. *Psychometrika*
//! 16(3), 297-334: `k c̄ / (v̄ + (k − 1) c̄)` of mean variance and mean covariance. It is about the
//! mean of the scale, not about a single competency, and rises with their number.

use serde::{Deserialize, Serialize};

use super::NoValue;
use super::covariance::Covariances;
use super::feldt::feldt;
use super::first_component::first_component_share;
use super::interval::Interval;
use super::people::Table;

/// Which people are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// Those who rated every competency, as in text books.
    Listwise,
    /// For every two competencies those who rated both, as some programs do.
    Pairwise,
}

/// The reliability of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// Alpha, at most 1; from 0.7 on it is usually taken for enough.
    pub alpha: f64,
    /// How many people were looked at.
    pub people: u64,
    covariances: Covariances,
}

impl Alpha {
    /// Of the competencies at these positions; two at least.
    pub fn of(
        ratings: &Table<'_>,
        competencies: &[usize],
        missing: Missing,
    ) -> Result<Self, NoValue> {
        let mut rows = ratings.numbers(competencies);
        if missing == Missing::Listwise {
            rows.retain(|row| row.iter().all(Option::is_some));
        }
        if competencies.len() < 2 {
            return Err(NoValue::OnlyOne);
        }
        let covariances = Covariances::of(&rows, competencies.len()).ok_or(match rows.len() {
            0 => NoValue::Nobody,
            _ => NoValue::OnlyOne,
        })?;
        let alpha = alpha(competencies.len(), covariances.variances().sum(), covariances.total());
        Ok(Self { alpha: alpha.ok_or(NoValue::NoSpread)?, people: rows.len() as u64, covariances })
    }

    /// Its 95 % interval by Feldt.
    pub fn interval(&self) -> Option<Interval> {
        feldt(self.alpha, self.people, self.covariances.size())
    }

    /// What alpha would be without each competency; `None` where nothing would be left to compare.
    pub fn if_deleted(&self) -> Vec<Option<f64>> {
        let (sum, total) = (self.covariances.variances().sum::<f64>(), self.covariances.total());
        let without = |(row, variance): (&[f64], f64)| {
            let rest = total - 2.0 * row.iter().sum::<f64>() + variance;
            alpha(self.covariances.size() - 1, sum - variance, rest)
        };
        self.covariances.rows().zip(self.covariances.variances()).map(without).collect()
    }

    /// The correlation, −1 to 1, of each competency with the sum of the others.
    pub fn item_rest(&self) -> Vec<Option<f64>> {
        let total = self.covariances.total();
        let correlation = |(row, variance): (&[f64], f64)| {
            let sum: f64 = row.iter().sum();
            let rest = total - 2.0 * sum + variance;
            (variance > 0.0 && rest > 0.0).then(|| (sum - variance) / (variance * rest).sqrt())
        };
        self.covariances.rows().zip(self.covariances.variances()).map(correlation).collect()
    }

    /// The share, 0 to 1, of the first principal component; large where there is one dimension.
    pub fn first_component(&self) -> Result<f64, NoValue> {
        first_component_share(&self.covariances)
    }
}

/// Alpha of `k` columns from the sum of their variances and the variance of their sum.
fn alpha(k: usize, variances: f64, total: f64) -> Option<f64> {
    let k = k as f64;
    (k > 1.0 && total > 0.0).then(|| k / (k - 1.0) * (1.0 - variances / total))
}

#[cfg(test)]
mod tests {
    use super::super::people::tests::people;
    use super::*;

    #[test]
    fn columns_that_are_the_same_measure_one_thing() {
        let all = people(&[&[(1, 0), (1, 0)], &[(3, 0), (3, 0)], &[(4, 0), (4, 0)]]);
        let found = Alpha::of(&all.importance(), &[0, 1], Missing::Listwise).unwrap();
        assert!((found.alpha - 1.0).abs() < 1e-12);
        assert_eq!(found.if_deleted(), [None, None], "one competency is no scale");
        assert!((found.item_rest()[0].unwrap() - 1.0).abs() < 1e-12);
        assert!((found.first_component().unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn it_is_said_why_there_is_none() {
        let alpha = |rows: &[&[(u8, u8)]], columns: &[usize], missing| {
            Alpha::of(&people(rows).importance(), columns, missing).map(|found| found.alpha)
        };
        assert_eq!(alpha(&[], &[0, 1], Missing::Listwise), Err(NoValue::Nobody));
        let gaps: [&[(u8, u8)]; 2] = [&[(1, 0), (0, 0)], &[(0, 0), (3, 0)]];
        assert_eq!(alpha(&gaps, &[0, 1], Missing::Listwise), Err(NoValue::Nobody));
        assert_eq!(alpha(&gaps, &[0, 1], Missing::Pairwise), Err(NoValue::OnlyOne));
        let same: [&[(u8, u8)]; 2] = [&[(3, 0), (3, 0)], &[(3, 0), (3, 0)]];
        assert_eq!(alpha(&same, &[0, 1], Missing::Listwise), Err(NoValue::NoSpread));
        assert_eq!(alpha(&same, &[0], Missing::Listwise), Err(NoValue::OnlyOne));
    }
}
