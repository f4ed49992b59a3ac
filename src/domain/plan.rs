//! The class plan: courses, the classes they are held in, who goes to which, and in which week.
//!
//! Methods.md, section 13. A plan is computed from what a trainer decides ([`Planning`]), from the
//! responses and from where units lie, and from nothing else: whatever the order of the rows, it
//! comes out the same. What is changed by hand is kept as a list of moves and done last, so that
//! nothing else changes with it. What cannot be met is said in the result and stops nothing.

mod classes;
mod cluster;
mod course;
mod families;
mod learner;
mod left;
mod moves;
mod need;
mod order;
mod schedule;
mod settings;
mod wishes;

use serde::{Deserialize, Serialize};

use super::form::{Form, Role};
use super::response::Response;

pub use cluster::{Cluster, UnitPlace};
pub use course::{Course, FULL, default_courses};
pub use families::family_of;
pub use left::{Overlap, Uncovered};
pub use moves::{ClassId, IdleMove, Move, WhyIdle};
pub use need::Band;
pub use settings::{MOST_WEEKS, NeedRule, PlanSettings, Split, TooFew};
pub use wishes::{ClassWishes, Wish};

use classes::divide;
use learner::{Learners, levels_closed};
use need::needing;

/// What a trainer decides of the classes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Planning {
    /// Who needs a course, and how classes are made.
    pub settings: PlanSettings,
    /// The courses; `None` where those that follow from the form hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courses: Option<Vec<Course>>,
    /// What is changed by hand, in the order in which it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
}

/// The courses with their classes, and what is to be known of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Everybody who was looked at, by the roots of their responses.
    pub people: Vec<Planned>,
    /// The units of these people by where they lie.
    pub clusters: Vec<Cluster>,
    /// The courses, those to be held first first.
    pub courses: Vec<CoursePlan>,
    /// Where weeks cannot be as they should.
    pub clashes: Vec<Clash>,
    /// Courses that teach the same.
    pub overlaps: Vec<Overlap>,
    /// Competencies in which people need something and that no course covers.
    pub uncovered: Vec<Uncovered>,
    /// People in no class who are below the required level, or have a high need, in something.
    pub unreached: Vec<usize>,
    /// Changes by hand that cannot be made any more.
    pub idle_moves: Vec<IdleMove>,
    /// How many people have no competency with both a required level and a rating of ability: no
    /// shortfall can be told of them.
    pub unjudged: usize,
    /// How many units have one person here; whether others are left at home there is not known.
    pub single_units: usize,
    /// True where the form asks other people about a person, so that one person may be counted
    /// several times.
    pub is_rated_by_others: bool,
}

/// Somebody who was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The response.
    pub root: String,
    /// The unit; empty where it is not known.
    pub unit: String,
    /// The post; empty where it is not known.
    pub post: String,
}

/// A course with its classes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoursePlan {
    /// The course, by id.
    pub course: String,
    /// How many people need it.
    pub people: usize,
    /// The mean of their shortfalls, over those of whom it can be told.
    pub mean_shortfall: Option<f64>,
    /// People × mean shortfall: what courses are ordered by.
    pub priority: f64,
    /// The mean weighted discrepancy score of what it covers, of everybody who was looked at.
    pub mwds: Option<f64>,
    /// Its classes.
    pub classes: Vec<Class>,
    /// Those who need it and were taken out by hand.
    pub left_out: Vec<usize>,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Its number within the course, from 1.
    pub number: u32,
    /// The families of posts that it is for; empty where classes are not made by them.
    pub families: Vec<String>,
    /// How far below the required level its people are; empty where that does not matter.
    pub bands: Vec<Band>,
    /// The places of its clusters in [`Plan::clusters`]; empty where place does not matter.
    pub clusters: Vec<usize>,
    /// True where it is held online because its people are too few for a room.
    pub is_online: bool,
    /// The week it begins in, from 1; `None` where no week is free.
    pub week: Option<u16>,
    /// How many weeks it takes.
    pub weeks: u16,
    /// True where the week was chosen by hand.
    pub is_week_moved: bool,
    /// How many people go.
    pub people: usize,
    /// Who goes.
    pub seats: Vec<Seat>,
    /// How its people wish to learn.
    pub wishes: ClassWishes,
    /// What it costs, in đồng; `None` where no cost is given.
    pub cost: Option<u64>,
    /// The levels that are missing of what the course covers, summed up over its people, each with
    /// how much the course covers of it.
    pub gap: f64,
}

/// Somebody's place in a class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Who, as a place in [`Plan::people`].
    pub person: usize,
    /// The shortfall against what the course covers; `None` where it cannot be told.
    pub shortfall: Option<f64>,
    /// True for somebody who was put here by hand.
    pub is_moved: bool,
}

/// Where weeks cannot be as they should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Clash {
    /// All of a unit's people are away in a week.
    UnitAway {
        /// The unit.
        unit: String,
        /// The week, from 1.
        week: u16,
        /// How many people these are.
        people: usize,
        /// The classes they are in.
        classes: Vec<ClassId>,
    },
    /// A person is in several classes in a week.
    PersonTwice {
        /// Who, as a place in [`Plan::people`].
        person: usize,
        /// The week, from 1.
        week: u16,
        /// The classes.
        classes: Vec<ClassId>,
    },
    /// A class has no week: in each, somebody of it is in another class, or there are as many
    /// classes as there may be.
    NoWeek(ClassId),
}

impl Class {
    /// The cost of a level that is made up for, in đồng; `None` where costs are not given, or
    /// nothing is missing.
    pub fn cost_per_gap(&self) -> Option<f64> {
        self.cost.filter(|_| self.gap > 0.0).map(|cost| cost as f64 / self.gap)
    }

    /// What follows from who is in it.
    fn settle(&mut self, course: &Course, learners: &Learners<'_>) {
        self.seats.sort_by_key(|seat| learners.sort_key(seat.person));
        let people: Vec<usize> = self.seats.iter().map(|seat| seat.person).collect();
        self.people = people.len();
        self.wishes = ClassWishes::of(learners, &people);
        self.cost = course.cost_of_class(people.len());
        let covered = learners.covered(course);
        let own = people.iter().filter_map(|person| learners.get(*person));
        self.gap = own.map(|own| levels_closed(&covered, own)).sum();
    }
}

impl CoursePlan {
    /// What its classes cost together, in đồng; `None` where no cost is given.
    pub fn cost(&self) -> Option<u64> {
        let costs = self.classes.iter().filter_map(|class| class.cost);
        costs.reduce(u64::saturating_add)
    }

    /// The levels that its classes make up for.
    pub fn gap(&self) -> f64 {
        self.classes.iter().map(|class| class.gap).sum()
    }

    /// The cost of a level that is made up for, in đồng; `None` where costs are not given, or
    /// nothing is missing.
    pub fn cost_per_gap(&self) -> Option<f64> {
        let gap = self.gap();
        self.cost().filter(|_| gap > 0.0).map(|cost| cost as f64 / gap)
    }

    /// How many people are in its classes.
    pub fn seated(&self) -> usize {
        self.classes.iter().map(|class| class.people).sum()
    }

    /// The weeks in which its classes are held: the first and the last.
    pub fn weeks(&self) -> Option<(u16, u16)> {
        let held = || self.classes.iter().filter_map(|class| Some((class.week?, class.weeks)));
        let first = held().map(|(week, _)| week).min()?;
        let last =
            held().map(|(week, weeks)| week.saturating_add(weeks.saturating_sub(1))).max()?;
        Some((first, last))
    }
}

impl Plan {
    /// Makes the plan of these courses for these people. `places` says where units lie; a unit
    /// that it does not know is one whose place is unknown.
    pub fn make(
        form: &Form,
        planning: &Planning,
        courses: &[Course],
        places: &[UnitPlace],
        responses: &[&Response],
    ) -> Self {
        let settings = planning.settings.bounded();
        let learners = Learners::of(form, responses);
        let clusters = cluster::clusters(&learners, places, settings.widest_km);
        let mut plans: Vec<(&Course, CoursePlan)> = Vec::new();
        for course in courses {
            // A file may name one twice, and moves could not tell which is meant.
            if plans.iter().any(|(known, _)| known.id == course.id) {
                continue;
            }
            let needing = needing(&settings, course, &learners);
            let classes = divide(&settings, course, &learners, &clusters, &needing);
            plans.push((course, order::course_plan(course, &learners, &needing, classes)));
        }
        order::sort(&mut plans);
        schedule::schedule(&settings, &learners, &mut plans);
        let idle_moves = moves::apply(&planning.moves, &settings, &learners, &mut plans);
        for (course, plan) in &mut plans {
            for class in &mut plan.classes {
                class.settle(course, &learners);
            }
        }
        let clashes = schedule::clashes(&learners, &plans);
        Self {
            clashes,
            overlaps: left::overlaps(&plans),
            uncovered: left::uncovered(form, courses, &learners),
            unreached: left::unreached(&learners, &plans),
            idle_moves,
            unjudged: learners.unjudged(),
            single_units: learners.single_units(),
            is_rated_by_others: form.with_role(Role::Rater).is_some(),
            people: learners.planned(),
            clusters: clusters.into_clusters(),
            courses: plans.into_iter().map(|(_, plan)| plan).collect(),
        }
    }

    /// The plan of a course.
    pub fn course(&self, id: &str) -> Option<&CoursePlan> {
        self.courses.iter().find(|plan| plan.course == id)
    }

    /// How many people are in classes, each counted once.
    pub fn people_in_classes(&self) -> usize {
        let seats = self.courses.iter().flat_map(|course| &course.classes);
        let people = seats.flat_map(|class| class.seats.iter().map(|seat| seat.person));
        people.collect::<std::collections::BTreeSet<_>>().len()
    }
}

#[cfg(test)]
mod tests;
