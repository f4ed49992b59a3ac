//! What courses teach twice, and what none teaches.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::learner::Learners;
use super::{Course, CoursePlan};
use crate::domain::form::Form;

/// Two courses that cover the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// The courses, by id, the one to be held first first.
    pub courses: [String; 2],
    /// The competencies that both cover, by code.
    pub competencies: Vec<String>,
    /// How many people need both.
    pub people: usize,
}

/// A competency that no course covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncovered {
    /// Its code.
    pub competency: String,
    /// How many people are below the required level.
    pub below: usize,
    /// How many people have a high need.
    pub high_need: usize,
}

pub(super) fn overlaps(plans: &[(&Course, CoursePlan)]) -> Vec<Overlap> {
    let people = plans.iter().map(|(_, plan)| {
        let seats = plan.classes.iter().flat_map(|class| &class.seats);
        let people = seats.map(|seat| seat.person).chain(plan.left_out.iter().copied());
        people.collect::<BTreeSet<usize>>()
    });
    let people: Vec<BTreeSet<usize>> = people.collect();
    let mut overlaps = Vec::new();
    for (at, ((one, _), of_one)) in plans.iter().zip(&people).enumerate() {
        for ((other, _), of_other) in plans.iter().zip(&people).skip(at + 1) {
            let both = one.covered().filter(|code| other.percent_of(code) > 0);
            let competencies: Vec<String> = both.map(str::to_owned).collect();
            if !competencies.is_empty() {
                let courses = [one.id.clone(), other.id.clone()];
                let people = of_one.intersection(of_other).count();
                overlaps.push(Overlap { courses, competencies, people });
            }
        }
    }
    overlaps
}

/// In the form's order.
pub(super) fn uncovered(
    form: &Form,
    courses: &[Course],
    learners: &Learners<'_>,
) -> Vec<Uncovered> {
    let competencies = form.competencies.iter().enumerate();
    let uncovered = competencies.filter_map(|(at, competency)| {
        if courses.iter().any(|course| course.percent_of(&competency.code) > 0) {
            return None;
        }
        let below = learners.all.iter().filter(|own| own.missing(at).is_some_and(|n| n > 0));
        let (below, high) =
            (below.count(), learners.all.iter().filter(|own| own.has_high_need(at)));
        let high_need = high.count();
        let competency = competency.code.clone();
        (below + high_need > 0).then_some(Uncovered { competency, below, high_need })
    });
    uncovered.collect()
}

pub(super) fn unreached(learners: &Learners<'_>, plans: &[(&Course, CoursePlan)]) -> Vec<usize> {
    let mut reached = vec![false; learners.all.len()];
    let classes = plans.iter().flat_map(|(_, plan)| &plan.classes);
    for seat in classes.flat_map(|class| &class.seats) {
        if let Some(own) = reached.get_mut(seat.person) {
            *own = true;
        }
    }
    let competencies = 0..learners.tallies.len();
    let people = learners.all.iter().enumerate().filter(|(person, own)| {
        let needs = |at: usize| own.missing(at).is_some_and(|n| n > 0) || own.has_high_need(at);
        !reached.get(*person).copied().unwrap_or(false) && competencies.clone().any(needs)
    });
    people.map(|(person, _)| person).collect()
}
