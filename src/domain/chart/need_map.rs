//! The map of needs: every competency as a point, in four fields.

use serde::{Deserialize, Serialize};

use super::counted::CountedGroup;
use crate::domain::form::Form;
use crate::domain::measure::estimate::Estimate;
use crate::domain::measure::importance_performance::{Field, LineChoice, Point};
use crate::domain::measure::interval::Interval;
use crate::domain::measure::locus_for_focus::{Focus, locus_for_focus};
use crate::domain::measure::mwds::gap;
use crate::domain::measure::quantile::mean;
use crate::domain::tally::{Moments, Tally};

/// The competencies of one group of people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NeedMap {
    /// How many people are in the group; `None` where even that is hidden.
    pub people: Option<u64>,
    /// In form order, those that may be shown.
    pub points: Vec<MapPoint>,
    /// How many competencies are left out because too few rated them.
    pub hidden: usize,
    /// How many competencies nobody rated on both scales.
    pub unrated: usize,
}

/// One competency, over those who rated both its importance and their ability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapPoint {
    /// Its code.
    pub competency: String,
    /// How many rated both.
    pub n: u64,
    /// Mean importance and mean ability.
    pub at: Point,
    /// Importance minus ability.
    pub gap: f64,
    /// The 95 % interval of the mean importance, where there is one.
    pub importance: Option<Interval>,
    /// The 95 % interval of the mean ability.
    pub ability: Option<Interval>,
    /// The 95 % interval of the gap.
    pub gap_interval: Option<Interval>,
}

/// What the map's axes are, and where its lines lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum MapView {
    /// Ability to the right, importance upwards.
    Fields(LineChoice),
    /// Importance to the right, the gap upwards; lines at the means.
    Focus,
}

/// A quarter of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Corner {
    /// Low to the right, high upwards.
    TopLeft,
    /// High on both.
    TopRight,
    /// Low on both.
    BottomLeft,
    /// High to the right, low upwards.
    BottomRight,
}

/// A competency where a view puts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed<'m> {
    /// The competency.
    pub point: &'m MapPoint,
    /// How far to the right.
    pub x: f64,
    /// How far up.
    pub y: f64,
    /// Its interval along the way to the right.
    pub x_interval: Option<Interval>,
    /// Its interval upwards.
    pub y_interval: Option<Interval>,
    /// The field that it lies in.
    pub corner: Corner,
    /// True where an interval crosses a line, so that the field may be due to chance.
    pub is_open: bool,
}

impl NeedMap {
    /// The map of a group, without what may not be shown.
    pub fn of(form: &Form, group: &CountedGroup) -> Self {
        let mut map =
            Self { people: (!group.is_hidden()).then(|| group.people()), ..Self::default() };
        for (competency, (tally, _, hidden)) in form.competencies.iter().zip(group.cells()) {
            let rated = tally.importance().n() + tally.ability().n() > 0;
            match MapPoint::of(&competency.code, tally) {
                _ if hidden && rated => map.hidden += 1,
                Some(point) if !hidden => map.points.push(point),
                _ => map.unrated += 1,
            }
        }
        map
    }

    /// Where the lines of a view lie: to the right, and upwards; `None` without a competency.
    pub fn lines(&self, view: MapView) -> Option<(f64, f64)> {
        match view {
            MapView::Fields(choice) => {
                let points: Vec<Point> = self.points.iter().map(|point| point.at).collect();
                let lines = Point::lines(choice, &points)?;
                Some((lines.ability, lines.importance))
            }
            MapView::Focus => {
                let of = |value: fn(&MapPoint) -> f64| {
                    mean(&self.points.iter().map(value).collect::<Vec<_>>())
                };
                Some((of(|point| point.at.importance)?, of(|point| point.gap)?))
            }
        }
    }

    /// Every competency where a view puts it.
    pub fn placed(&self, view: MapView) -> Vec<Placed<'_>> {
        let Some((right, up)) = self.lines(view) else { return Vec::new() };
        let corners: Vec<Corner> = match view {
            MapView::Fields(_) => {
                let lines = Point { ability: right, importance: up };
                self.points.iter().map(|point| Corner::of_field(point.at.field(&lines))).collect()
            }
            MapView::Focus => {
                let means = self.points.iter().map(|point| (point.at.importance, point.gap));
                let fields = locus_for_focus(&means.collect::<Vec<_>>());
                fields.into_iter().map(Corner::of_focus).collect()
            }
        };
        let placed = self.points.iter().zip(corners).map(|(point, corner)| {
            let (x, y, x_interval, y_interval) = match view {
                MapView::Fields(_) => {
                    (point.at.ability, point.at.importance, point.ability, point.importance)
                }
                MapView::Focus => {
                    (point.at.importance, point.gap, point.importance, point.gap_interval)
                }
            };
            let crosses = |interval: Option<Interval>, line| {
                interval.is_some_and(|interval| interval.crosses(line))
            };
            let is_open = crosses(x_interval, right) || crosses(y_interval, up);
            Placed { point, x, y, x_interval, y_interval, corner, is_open }
        });
        placed.collect()
    }
}

impl MapPoint {
    /// Of a tally; `None` where nobody rated both.
    fn of(competency: &str, tally: &Tally) -> Option<Self> {
        let (importance, ability) = (tally.paired_importance(), tally.paired_ability());
        let interval =
            |moments: &Moments| Estimate::of(moments).and_then(|estimate| estimate.interval()).ok();
        Some(Self {
            competency: competency.to_owned(),
            n: importance.n(),
            at: Point { importance: importance.mean()?, ability: ability.mean()? },
            gap: gap(tally)?,
            importance: interval(&importance.moments()),
            ability: interval(&ability.moments()),
            gap_interval: interval(&tally.differences().moments()),
        })
    }
}

impl MapView {
    /// The corner that comes first for training.
    pub fn first(self) -> Corner {
        match self {
            Self::Fields(_) => Corner::TopLeft,
            Self::Focus => Corner::TopRight,
        }
    }
}

impl Corner {
    /// Every corner, from the top and from the left.
    pub const ALL: [Self; 4] = [Self::TopLeft, Self::TopRight, Self::BottomLeft, Self::BottomRight];

    fn of_field(field: Field) -> Self {
        match field {
            Field::Concentrate => Self::TopLeft,
            Field::KeepUp => Self::TopRight,
            Field::LowPriority => Self::BottomLeft,
            Field::Overkill => Self::BottomRight,
        }
    }

    fn of_focus(focus: Focus) -> Self {
        match focus {
            Focus::Both => Self::TopRight,
            Focus::ImportanceOnly => Self::BottomRight,
            Focus::GapOnly => Self::TopLeft,
            Focus::Neither => Self::BottomLeft,
        }
    }

    /// True of the upper two.
    pub fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }

    /// True of the left two.
    pub fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }
}
