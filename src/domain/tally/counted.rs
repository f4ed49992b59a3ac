//! Whole numbers counted by value: the ratings of one scale, and the differences of two.

/// How many people gave each level of a scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratings {
    counts: [u64; 5],
}

impl Ratings {
    pub(super) fn of(counts: [u64; 5]) -> Self {
        Self { counts }
    }

    /// How many people gave each level, from 1 to 5.
    pub fn counts(&self) -> [u64; 5] {
        self.counts
    }

    /// Every level with how many people gave it.
    pub fn levels(&self) -> impl Iterator<Item = (u8, u64)> {
        (1..).zip(self.counts)
    }

    /// How many people rated.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many people rated so high or higher.
    pub fn at_least(&self, level: u8) -> u64 {
        self.levels().filter(|(given, _)| *given >= level).map(|(_, people)| people).sum()
    }

    /// Their sums.
    pub fn moments(&self) -> Moments {
        self.levels().map(|(level, people)| (i64::from(level), people)).collect()
    }

    /// The mean; `None` of nobody.
    pub fn mean(&self) -> Option<f64> {
        self.moments().mean()
    }

    /// The standard deviation with n − 1; `None` of fewer than two.
    pub fn sd(&self) -> Option<f64> {
        self.moments().sd()
    }

    /// The level in the middle, between two levels where the middle is; `None` of nobody.
    pub fn median(&self) -> Option<f64> {
        let last = self.n().checked_sub(1)?;
        let (lower, upper) = (self.at(last / 2)?, self.at(last.div_ceil(2))?);
        Some(f64::midpoint(lower.into(), upper.into()))
    }

    /// The level at a place in the order of all, from 0.
    fn at(&self, place: u64) -> Option<u8> {
        let mut before = 0;
        self.levels().find_map(|(level, people)| {
            before += people;
            (before > place).then_some(level)
        })
    }
}

/// How many people have each difference of two ratings, −4 to 4.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Differences {
    counts: [u64; 9],
}

impl Differences {
    /// Of a table: a row a level of the first rating, a column one of the second.
    pub(super) fn of(table: &[[u64; 5]; 5]) -> Self {
        let mut counts = [0; 9];
        for (first, row) in table.iter().enumerate() {
            // From the highest second rating, whose difference is the lowest.
            for (count, people) in counts.iter_mut().skip(first).zip(row.iter().rev()) {
                *count += people;
            }
        }
        Self { counts }
    }

    /// Every difference with how many people have it.
    pub fn values(&self) -> impl Iterator<Item = (i64, u64)> {
        (-4..).zip(self.counts)
    }

    /// How many people have a difference of so much, whatever its sign; `(below, above)` zero.
    pub fn either_side(&self, size: usize) -> (u64, u64) {
        let below = 4usize.checked_sub(size).and_then(|place| self.counts.get(place));
        (below.copied().unwrap_or(0), self.counts.get(4 + size).copied().unwrap_or(0))
    }

    /// How many people have none.
    pub fn zeros(&self) -> u64 {
        self.either_side(0).0
    }

    /// How many people are below zero.
    pub fn below(&self) -> u64 {
        (1..=4).map(|size| self.either_side(size).0).sum()
    }

    /// How many people are above zero.
    pub fn above(&self) -> u64 {
        (1..=4).map(|size| self.either_side(size).1).sum()
    }

    /// Their sums.
    pub fn moments(&self) -> Moments {
        self.values().collect()
    }
}

/// The exact sums of counted whole numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moments {
    n: u64,
    sum: i64,
    squares: u64,
}

impl Moments {
    /// How many there are.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their sum.
    pub fn sum(&self) -> i64 {
        self.sum
    }

    /// The mean; `None` of none.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }

    /// The variance with n − 1; `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let (n, sum) = (i128::from(self.n), i128::from(self.sum));
        let spread = n * i128::from(self.squares) - sum * sum;
        Some(spread as f64 / (n * (n - 1)) as f64)
    }

    /// The standard deviation with n − 1; `None` of fewer than two.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }
}

impl FromIterator<(i64, u64)> for Moments {
    /// Sums up values, each with how many people have it.
    fn from_iter<I: IntoIterator<Item = (i64, u64)>>(counted: I) -> Self {
        counted.into_iter().fold(Self::default(), |sums, (value, people)| Self {
            n: sums.n + people,
            sum: sums.sum + value * people.cast_signed(),
            squares: sums.squares + value.unsigned_abs() * value.unsigned_abs() * people,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratings(levels: &[usize]) -> Ratings {
        let mut counts = [0; 5];
        for level in levels {
            counts[level - 1] += 1;
        }
        Ratings::of(counts)
    }

    #[test]
    fn the_median_lies_between_two_levels_where_the_middle_does() {
        assert_eq!(ratings(&[1, 5, 5]).median(), Some(5.0));
        assert_eq!(ratings(&[1, 2, 3, 5]).median(), Some(2.5));
        assert_eq!(ratings(&[]).median(), None);
    }

    #[test]
    fn differences_keep_their_sign() {
        let mut table = [[0; 5]; 5];
        for (first, second) in [(5, 1), (1, 5), (1, 5), (3, 3), (2, 3)] {
            table[first - 1][second - 1] += 1;
        }
        let differences = Differences::of(&table);
        assert_eq!((differences.below(), differences.zeros(), differences.above()), (3, 1, 1));
        assert_eq!(differences.either_side(4), (2, 1));
        assert_eq!(differences.moments().mean(), Some(-1.0));
    }
}
