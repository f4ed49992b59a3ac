//! What page and worker say about the class plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Who;
use crate::domain::filter::Filter;
use crate::domain::plan::{Plan, Planning};
use crate::formats::table::Profile;
use crate::text::Language;

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlanRequest {
    /// Make the plan.
    Make(PlanWanted),
    /// Make the plan, and a file of it.
    File(PlanFile, PlanWanted, Profile, Language),
}

/// A file of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanFile {
    /// A row a class.
    Classes,
    /// A row a person and course.
    Participants,
}

/// Which plan is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanWanted {
    /// For whom.
    pub filter: Filter,
    /// What is decided, with the courses.
    pub planning: Planning,
    /// The course whose people are wanted, by id; `None` for the first of the plan.
    pub shown: Option<String>,
}

/// The plan as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    /// What was asked for.
    pub wanted: PlanWanted,
    /// The plan, without the people, and with the seats of one course alone.
    pub plan: Plan,
    /// How many people were looked at.
    pub people: usize,
    /// How many people are in classes, each counted once.
    pub people_in_classes: usize,
    /// The course whose seats are here, by id; empty where there is none.
    pub shown: String,
    /// Those whose seats are here, and who is named beside them, by their places.
    pub who: BTreeMap<usize, Who>,
    /// How many people whom no class reaches there are; the plan has the first.
    pub unreached: usize,
    /// How many clashes there are; the plan has the first.
    pub clashes: usize,
    /// How many pairs of responses may be one person's, of which nobody has decided.
    pub undecided: usize,
}
