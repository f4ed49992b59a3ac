//! A range in which a value is believed to lie.

use serde::{Deserialize, Serialize};

/// From `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// So far to either side of a value.
    pub fn around(value: f64, half_width: f64) -> Self {
        Self { low: value - half_width, high: value + half_width }
    }

    /// True where a value lies in it.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// True where the two have something in common: such neighbours in a ranking count as tied.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// True where it has values on both sides of a line; what lies on the line is above it.
    pub fn crosses(&self, line: f64) -> bool {
        self.low < line && line <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_only_touches_a_line_from_above_does_not_cross_it() {
        let interval = Interval::around(3.5, 0.5);
        assert!(!interval.crosses(3.0) && interval.crosses(4.0) && interval.contains(3.0));
        assert!(interval.overlaps(&Interval { low: 4.0, high: 5.0 }));
        assert!(!interval.overlaps(&Interval { low: 4.1, high: 5.0 }));
    }
}
