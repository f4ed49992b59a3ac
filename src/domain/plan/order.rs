//! Which course is held first: the one that makes up for most, people × mean shortfall; then the
//! one with the earlier legal deadline; then the one with the higher MWDS.

use super::learner::Learners;
use super::need::Needing;
use super::{Class, Course, CoursePlan};
use crate::domain::measure::mwds::mwds;

/// Values closer than this are the same: what differs less differs only by rounding.
const SAME: f64 = 1e-9;

pub(super) fn course_plan(
    course: &Course,
    learners: &Learners<'_>,
    needing: &[Needing],
    classes: Vec<Class>,
) -> CoursePlan {
    let shortfalls: Vec<f64> = needing.iter().filter_map(|one| one.shortfall.mean()).collect();
    let known = !shortfalls.is_empty();
    let mean_shortfall = known.then(|| shortfalls.iter().sum::<f64>() / shortfalls.len() as f64);
    CoursePlan {
        course: course.id.clone(),
        people: needing.len(),
        mean_shortfall,
        priority: needing.len() as f64 * mean_shortfall.unwrap_or(0.0),
        mwds: course_mwds(course, learners),
        classes,
        left_out: Vec::new(),
    }
}

/// The mean of the scores of what a course covers, each weighing as much as is covered of it.
fn course_mwds(course: &Course, learners: &Learners<'_>) -> Option<f64> {
    let covered = learners.covered(course);
    let scores = covered.iter().filter_map(|(competency, percent)| {
        Some((mwds(learners.tallies.get(*competency)?)?, f64::from(*percent)))
    });
    let (sum, weight) = scores.fold((0.0, 0.0), |(sum, weight), (score, percent)| {
        (sum + score * percent, weight + percent)
    });
    (weight > 0.0).then(|| sum / weight)
}

pub(super) fn sort(plans: &mut [(&Course, CoursePlan)]) {
    // Steps, so that the order is one whatever is compared with what first.
    #[expect(clippy::cast_possible_truncation, reason = "far below what an i64 holds")]
    let step = |value: f64| (value / SAME).round() as i64;
    plans.sort_by_cached_key(|(course, plan)| {
        let deadline = (course.deadline.is_empty(), course.deadline.clone());
        let mwds = plan.mwds.map_or(i64::MAX, |mwds| -step(mwds));
        (-step(plan.priority), deadline, mwds, course.id.clone())
    });
}
