//! Coverage summed up: over everything, by province, kind of unit, area or post.

use std::collections::BTreeMap;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use super::{Coverage, CoverageCell};
use crate::domain::gazetteer::UnitKind;
use crate::domain::measure::margin::Margin;
use crate::domain::roster::Roster;

/// The sums of some cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageSums {
    /// How many people there should be.
    pub quota: u64,
    /// How many there are.
    pub actual: u64,
    /// How many people are to answer.
    pub asked: u64,
    /// How many of them have.
    pub answered: u64,
    /// How many responses came.
    pub received: u64,
    /// How many of those came beyond the people who are there.
    pub doubled: u64,
}

impl CoverageSums {
    /// How many people have not answered.
    pub fn missing(&self) -> u64 {
        self.asked - self.answered
    }

    /// The share, 0 to 1, of people who have; `None` where nobody is asked.
    pub fn rate(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered as f64 / self.asked as f64)
    }

    /// How sure a share among them is for all of them.
    pub fn margin(&self) -> Margin {
        Margin::reached(self.answered, self.asked)
    }

    fn with(self, other: Self) -> Self {
        Self {
            quota: self.quota + other.quota,
            actual: self.actual + other.actual,
            asked: self.asked + other.asked,
            answered: self.answered + other.answered,
            received: self.received + other.received,
            doubled: self.doubled + other.doubled,
        }
    }
}

impl From<CoverageCell> for CoverageSums {
    fn from(cell: CoverageCell) -> Self {
        Self {
            quota: cell.places.quota.unwrap_or(0).into(),
            actual: cell.places.actual.unwrap_or(0).into(),
            asked: cell.asked().into(),
            answered: cell.answered().into(),
            received: cell.received.into(),
            doubled: cell.doubled().into(),
        }
    }
}

impl<'c> Sum<&'c CoverageCell> for CoverageSums {
    fn sum<I: Iterator<Item = &'c CoverageCell>>(cells: I) -> Self {
        cells.fold(Self::default(), |sums, cell| sums.with((*cell).into()))
    }
}

/// By what coverage is summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverageBy {
    /// By province.
    Province,
    /// By kind of unit.
    Kind,
    /// By kind of area.
    Area,
    /// By post.
    Post,
}

/// What was summed up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CoverageGroup {
    /// The units of a province, by its position in the roster; those whose province is not known.
    Province(Option<usize>),
    /// The units of a kind; those whose names do not tell.
    Kind(Option<UnitKind>),
    /// The units in a kind of area, by the answer of most of their people; empty of those from
    /// which nobody has said so.
    Area(String),
    /// A post, by its position in the roster.
    Post(usize),
}

impl Coverage {
    /// The sums of everything.
    pub fn total(&self) -> CoverageSums {
        self.cells.iter().sum()
    }

    /// The sums of one unit.
    pub fn unit_sums(&self, unit: usize) -> CoverageSums {
        self.unit(unit).iter().sum()
    }

    /// The sums of every group that there is, in the roster's order; what is not known comes first.
    pub fn by(&self, roster: &Roster, by: CoverageBy) -> Vec<(CoverageGroup, CoverageSums)> {
        if by == CoverageBy::Post {
            let of_post = |post| self.cells.iter().skip(post).step_by(self.posts.max(1)).sum();
            return (0..self.posts)
                .map(|post| (CoverageGroup::Post(post), of_post(post)))
                .collect();
        }
        let mut groups: BTreeMap<CoverageGroup, CoverageSums> = BTreeMap::new();
        for (at, unit) in roster.units.iter().enumerate().take(self.units()) {
            let group = match by {
                CoverageBy::Province => CoverageGroup::Province(unit.province),
                CoverageBy::Kind => CoverageGroup::Kind(unit.kind()),
                CoverageBy::Area | CoverageBy::Post => {
                    CoverageGroup::Area(self.area(at).to_owned())
                }
            };
            let sums = groups.entry(group).or_default();
            *sums = sums.with(self.unit_sums(at));
        }
        groups.into_iter().collect()
    }

    /// How many units have answered in full, in part and not at all, of those that are asked.
    pub fn units_by_state(&self) -> [usize; 3] {
        let mut states = [0; 3];
        for sums in (0..self.units()).map(|unit| self.unit_sums(unit)).filter(|s| s.asked > 0) {
            let [all, some, none] = &mut states;
            match sums.answered {
                0 => *none += 1,
                answered if answered == sums.asked => *all += 1,
                _ => *some += 1,
            }
        }
        states
    }
}
