//! Importance-performance analysis: competencies in four fields, and on either side of a diagonal.
//!
//! Martilla, J. A., & James, J. C. (1977). Importance-performance analysis. *Journal of Marketing*
//! 41(1), 77-79. Where the lines lie is for the analyst to choose; what lies on a line is high. In
//! small samples many competencies are in one field only by chance, so an interval that crosses a
//! line says so.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::quantile::{mean, median};

/// A competency's place: its mean importance and its mean ability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Mean importance, 1 to 5.
    pub importance: f64,
    /// Mean ability, 1 to 5.
    pub ability: f64,
}

/// Where the fields meet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum LineChoice {
    /// At the means of all competencies; both halves are always filled.
    Means,
    /// In the middle of the scale; people who rate themselves are nearly all above it.
    Midpoint,
    /// At the medians of all competencies.
    Medians,
    /// Where the user wants them.
    At(Point),
}

/// The four fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// Important, and not mastered.
    Concentrate,
    /// Important, and mastered.
    KeepUp,
    /// Less important, and not mastered.
    LowPriority,
    /// Less important, yet mastered.
    Overkill,
}

/// On which side of the line where ability equals importance a competency lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// More important than mastered: a gap.
    Need,
    /// As important as mastered.
    Balance,
    /// More mastered than important.
    Surplus,
}

/// Which lines an uncertain place crosses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossed {
    /// Whether it is important is open.
    pub importance: bool,
    /// Whether it is mastered is open.
    pub ability: bool,
}

impl Point {
    /// Where the fields meet, of these competencies; `None` where there is none and the choice
    /// needs them.
    pub fn lines(choice: LineChoice, points: &[Self]) -> Option<Self> {
        let of = |middle: fn(&[f64]) -> Option<f64>| {
            let importance: Vec<f64> = points.iter().map(|point| point.importance).collect();
            let ability: Vec<f64> = points.iter().map(|point| point.ability).collect();
            Some(Self { importance: middle(&importance)?, ability: middle(&ability)? })
        };
        match choice {
            LineChoice::Means => of(mean),
            LineChoice::Midpoint => Some(Self { importance: 3.0, ability: 3.0 }),
            LineChoice::Medians => of(median),
            LineChoice::At(lines) => Some(lines),
        }
    }

    /// The field it lies in.
    pub fn field(&self, lines: &Self) -> Field {
        match (self.importance >= lines.importance, self.ability >= lines.ability) {
            (true, false) => Field::Concentrate,
            (true, true) => Field::KeepUp,
            (false, false) => Field::LowPriority,
            (false, true) => Field::Overkill,
        }
    }

    /// The side of the diagonal it lies on.
    pub fn side(&self) -> Side {
        match self.importance.total_cmp(&self.ability) {
            std::cmp::Ordering::Greater => Side::Need,
            std::cmp::Ordering::Equal => Side::Balance,
            std::cmp::Ordering::Less => Side::Surplus,
        }
    }

    /// Which of these lines, seen as lines, the intervals of a competency's means cross; what has
    /// no interval crosses nothing.
    pub fn crossed(&self, importance: Option<Interval>, ability: Option<Interval>) -> Crossed {
        Crossed {
            importance: importance.is_some_and(|interval| interval.crosses(self.importance)),
            ability: ability.is_some_and(|interval| interval.crosses(self.ability)),
        }
    }
}

impl Crossed {
    /// True where the field is open.
    pub fn any(&self) -> bool {
        self.importance || self.ability
    }
}

#[cfg(test)]
mod tests {
    use super::Field::{Concentrate, KeepUp, LowPriority, Overkill};
    use super::*;

    fn point(importance: f64, ability: f64) -> Point {
        Point { importance, ability }
    }

    #[test]
    fn each_choice_of_lines_sorts_the_same_competencies_in_its_own_way() {
        let points = [point(5.0, 2.0), point(4.0, 4.0), point(3.0, 3.0), point(3.6, 1.0)];
        let fields = |choice| {
            let lines = Point::lines(choice, &points).unwrap();
            points.map(|point| point.field(&lines))
        };
        assert_eq!(fields(LineChoice::Means), [Concentrate, KeepUp, Overkill, LowPriority]);
        assert_eq!(fields(LineChoice::Midpoint), [Concentrate, KeepUp, KeepUp, Concentrate]);
        assert_eq!(fields(LineChoice::Medians), [Concentrate, KeepUp, Overkill, LowPriority]);
        let user = LineChoice::At(point(4.5, 4.5));
        assert_eq!(fields(user), [Concentrate, LowPriority, LowPriority, LowPriority]);
        assert_eq!(Point::lines(LineChoice::Means, &[]), None);
    }

    #[test]
    fn the_diagonal_parts_gaps_from_surpluses() {
        assert_eq!(point(4.0, 2.0).side(), Side::Need);
        assert_eq!(point(2.0, 4.0).side(), Side::Surplus);
        assert_eq!(point(3.0, 3.0).side(), Side::Balance);
    }

    #[test]
    fn an_interval_on_both_sides_of_a_line_leaves_the_field_open() {
        let lines = point(4.0, 3.0);
        let found =
            lines.crossed(Some(Interval::around(4.1, 0.2)), Some(Interval::around(2.0, 0.5)));
        assert_eq!(found, Crossed { importance: true, ability: false });
        assert!(found.any() && !lines.crossed(None, None).any());
    }
}
