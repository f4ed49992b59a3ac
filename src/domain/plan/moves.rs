//! What is changed by hand: somebody goes to another class, a class to another week.
//!
//! Moves are done after everything else, in their order. One that cannot be done any more, as when
//! the person's response is gone, is kept and told of.

use serde::{Deserialize, Serialize};

use super::learner::Learners;
use super::{Course, CoursePlan, PlanSettings, Planning, Seat};

/// A class, by its course and its number in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId {
    /// The course, by id.
    pub course: String,
    /// Its number in the course, from 1.
    pub number: u32,
}

/// Something that is changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Move {
    /// Somebody goes to another class of a course, or to none.
    Person {
        /// The course, by id.
        course: String,
        /// The response, by root.
        root: String,
        /// The class, by number; `None` for none.
        to: Option<u32>,
    },
    /// A class goes to another week.
    Week {
        /// The class.
        class: ClassId,
        /// The week it begins in, from 1.
        week: u16,
    },
}

/// A move that cannot be done any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdleMove {
    /// Its place in [`Planning::moves`].
    pub at: usize,
    /// Why.
    pub why: WhyIdle,
}

/// Why a move cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyIdle {
    /// There is no such course.
    NoCourse,
    /// There is no such class in it.
    NoClass,
    /// There is no such person among those who are looked at.
    NoPerson,
    /// The person does not need the course.
    NoNeed,
    /// The plan does not go on for so long.
    NoWeek,
}

impl Planning {
    /// Adds a move in place of an earlier one of the same person and course, or of the same class.
    pub fn add_move(&mut self, added: Move) {
        self.moves.retain(|known| match (known, &added) {
            (
                Move::Person { course, root, .. },
                Move::Person { course: own_course, root: own_root, .. },
            ) => course != own_course || root != own_root,
            (Move::Week { class, .. }, Move::Week { class: own, .. }) => class != own,
            _ => true,
        });
        self.moves.push(added);
    }
}

/// Does the moves; gives those that cannot be done.
pub(super) fn apply(
    moves: &[Move],
    settings: &PlanSettings,
    learners: &Learners<'_>,
    plans: &mut [(&Course, CoursePlan)],
) -> Vec<IdleMove> {
    let mut idle = Vec::new();
    for (at, one) in moves.iter().enumerate() {
        if let Err(why) = apply_one(one, settings, learners, plans) {
            idle.push(IdleMove { at, why });
        }
    }
    idle
}

fn apply_one(
    one: &Move,
    settings: &PlanSettings,
    learners: &Learners<'_>,
    plans: &mut [(&Course, CoursePlan)],
) -> Result<(), WhyIdle> {
    let (Move::Person { course, .. } | Move::Week { class: ClassId { course, .. }, .. }) = one;
    let plan = plans.iter_mut().find(|(known, _)| known.id == *course);
    let (_, plan) = plan.ok_or(WhyIdle::NoCourse)?;
    match one {
        Move::Week { class, week } => {
            let class = plan.classes.iter_mut().find(|own| own.number == class.number);
            let class = class.ok_or(WhyIdle::NoClass)?;
            if *week == 0 || week.saturating_add(class.weeks - 1) > settings.weeks {
                return Err(WhyIdle::NoWeek);
            }
            class.is_week_moved = class.week != Some(*week);
            class.week = Some(*week);
        }
        Move::Person { root, to, .. } => {
            let person = learners.find(root).ok_or(WhyIdle::NoPerson)?;
            let is_there = |number: &u32| plan.classes.iter().any(|class| class.number == *number);
            if !to.as_ref().is_none_or(is_there) {
                return Err(WhyIdle::NoClass);
            }
            let from = plan.classes.iter().find_map(|class| {
                let seat = class.seats.iter().find(|seat| seat.person == person)?;
                Some((class.number, *seat))
            });
            let (from, seat) = from.ok_or(WhyIdle::NoNeed)?;
            if *to == Some(from) {
                return Ok(());
            }
            for class in &mut plan.classes {
                if class.number == from {
                    class.seats.retain(|seat| seat.person != person);
                } else if *to == Some(class.number) {
                    class.seats.push(Seat { is_moved: true, ..seat });
                }
            }
            if to.is_none() {
                plan.left_out.push(person);
                plan.left_out.sort_unstable();
            }
        }
    }
    Ok(())
}
