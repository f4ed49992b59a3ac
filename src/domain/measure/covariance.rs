//! Covariances of ratings, over the people who gave both of two.

/// The covariances of columns with each other, with n − 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Covariances {
    size: usize,
    values: Vec<f64>,
}

impl Covariances {
    /// Of people's ratings, in whole numbers until the last division; `None` where some two were
    /// rated together by fewer than two people.
    pub(super) fn of(rows: &[Vec<Option<u8>>], size: usize) -> Option<Self> {
        let column = |at| rows.iter().map(|row| row.get(at).copied().flatten()).collect();
        let columns: Vec<Vec<Option<u8>>> = (0..size).map(column).collect();
        let mut values = vec![0.0; size * size];
        for (first, own) in columns.iter().enumerate() {
            for (second, other) in columns.iter().enumerate().skip(first) {
                let covariance = covariance(own, other)?;
                for place in [first * size + second, second * size + first] {
                    if let Some(value) = values.get_mut(place) {
                        *value = covariance;
                    }
                }
            }
        }
        Some(Self { size, values })
    }

    /// How many columns there are.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// The covariances of each column with all.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.size.max(1))
    }

    /// The variance of each column.
    pub(super) fn variances(&self) -> impl Iterator<Item = f64> {
        self.values.iter().copied().step_by(self.size + 1)
    }

    /// The sum of all: the variance of the sum of the columns.
    pub(super) fn total(&self) -> f64 {
        self.values.iter().sum()
    }
}

fn covariance(first: &[Option<u8>], second: &[Option<u8>]) -> Option<f64> {
    let (mut n, mut firsts, mut seconds, mut products) = (0i64, 0i64, 0i64, 0i64);
    for pair in first.iter().zip(second) {
        if let (Some(x), Some(y)) = pair {
            let (x, y) = (i64::from(*x), i64::from(*y));
            n += 1;
            firsts += x;
            seconds += y;
            products += x * y;
        }
    }
    (n > 1).then(|| (n * products - firsts * seconds) as f64 / (n * (n - 1)) as f64)
}
