//! Who needs a course, and how classes are made.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use crate::domain::measure::class_sizes::ClassBounds;

/// The most weeks that a plan goes over: two years.
pub const MOST_WEEKS: u16 = 104;

/// By what somebody needs a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NeedRule {
    /// Below the required level of the post by 1 or more in the mean of what the course covers,
    /// each competency weighing as much as the course covers of it; a surplus makes up for nothing.
    Shortfall,
    /// Importance 4 or 5 and ability 1 or 2 in one of the competencies that it covers.
    HighNeed,
    /// One of the competencies that it covers is among those wished for.
    Wish,
}

impl NeedRule {
    /// Every rule, as a screen offers them.
    pub const ALL: [Self; 3] = [Self::Shortfall, Self::HighNeed, Self::Wish];

    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shortfall => "shortfall",
            Self::HighNeed => "high-need",
            Self::Wish => "wish",
        }
    }
}

/// By what the people of a course are put into classes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Split {
    /// The family of their posts.
    Family,
    /// How far they are below the required level.
    Level,
    /// Where their units lie.
    Place,
}

impl Split {
    /// Every one, as a screen offers them.
    pub const ALL: [Self; 3] = [Self::Family, Self::Level, Self::Place];

    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Level => "level",
            Self::Place => "place",
        }
    }
}

/// What becomes of a group that is too small for a class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TooFew {
    /// It goes with the next family of posts, then with the other level, then with the next place.
    #[default]
    Merge,
    /// All such groups of a course learn online together.
    Online,
}

/// Who needs a course, and how classes are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanSettings {
    /// Somebody needs a course when one of these holds.
    pub rules: BTreeSet<NeedRule>,
    /// The most and the fewest people of a class.
    pub bounds: ClassBounds,
    /// By what classes are told apart.
    pub split: BTreeSet<Split>,
    /// Units of one cluster are at most so many kilometres apart.
    pub widest_km: u32,
    /// What becomes of groups that are too small.
    pub too_few: TooFew,
    /// How many weeks there are.
    pub weeks: u16,
    /// The most classes in one week; `None` where it does not matter.
    pub most_at_once: Option<NonZeroU16>,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self {
            rules: [NeedRule::Shortfall].into(),
            bounds: ClassBounds::default(),
            split: [Split::Family, Split::Place].into(),
            widest_km: 60,
            too_few: TooFew::Merge,
            weeks: 12,
            most_at_once: None,
        }
    }
}

impl PlanSettings {
    /// With a number of weeks that a plan can have: it may come from a file.
    #[must_use]
    pub(super) fn bounded(&self) -> Self {
        Self { weeks: self.weeks.clamp(1, MOST_WEEKS), ..self.clone() }
    }

    /// True where classes are told apart by this.
    pub fn splits(&self, by: Split) -> bool {
        self.split.contains(&by)
    }
}
