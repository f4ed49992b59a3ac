//! Who needs a course.

use serde::{Deserialize, Serialize};

use super::learner::{Learner, Learners};
use super::{Course, NeedRule, PlanSettings};

/// How far somebody is below the required level, in the mean of what a course covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Band {
    /// By less than 2, or it cannot be told.
    Near,
    /// By 2 or more.
    Far,
}

/// The mean of the levels missing of what a course covers, each competency weighing as much as the
/// course covers of it: exact, as a fraction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CourseShortfall {
    missing: u32,
    weight: u32,
}

impl CourseShortfall {
    fn of(own: &Learner, covered: &[(usize, u8)]) -> Self {
        covered.iter().fold(Self::default(), |sum, (competency, percent)| {
            let Some(missing) = own.missing(*competency) else { return sum };
            let percent = u32::from(*percent);
            Self {
                missing: sum.missing + u32::from(missing) * percent,
                weight: sum.weight + percent,
            }
        })
    }

    /// `None` where nothing that the course covers is rated and has a required level.
    pub(super) fn mean(self) -> Option<f64> {
        (self.weight > 0).then(|| f64::from(self.missing) / f64::from(self.weight))
    }

    fn is_at_least(self, levels: u32) -> bool {
        self.weight > 0 && self.missing >= levels * self.weight
    }

    pub(super) fn band(self) -> Band {
        if self.is_at_least(2) { Band::Far } else { Band::Near }
    }
}

/// Somebody who needs a course.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needing {
    pub(super) person: usize,
    pub(super) shortfall: CourseShortfall,
}

/// Those who need a course, by root.
pub(super) fn needing(
    settings: &PlanSettings,
    course: &Course,
    learners: &Learners<'_>,
) -> Vec<Needing> {
    let covered = learners.covered(course);
    let people = learners.all.iter().enumerate().filter_map(|(person, own)| {
        let shortfall = CourseShortfall::of(own, &covered);
        let holds = |rule: &NeedRule| match rule {
            NeedRule::Shortfall => shortfall.is_at_least(1),
            NeedRule::HighNeed => covered.iter().any(|(at, _)| own.has_high_need(*at)),
            NeedRule::Wish => course.covered().any(|code| own.wishes.contains(code)),
        };
        settings.rules.iter().any(holds).then_some(Needing { person, shortfall })
    });
    people.collect()
}
