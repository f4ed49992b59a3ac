//! In which week a class is held.
//!
//! Classes take their weeks one after the other, those of the first course first. Nobody is in two
//! classes in a week. Of the weeks that are left, a class takes the one in which it takes all of
//! the people away from the fewest units, then the one with the fewest classes, then the first.
//! A unit's people are those who are looked at; one of whom only one is there cannot be kept
//! manned by this. Who learns online stays in the unit.

use std::collections::{BTreeMap, BTreeSet};

use super::learner::Learners;
use super::{Clash, Class, ClassId, Course, CoursePlan, PlanSettings};

/// Gives every class its week.
pub(super) fn schedule(
    settings: &PlanSettings,
    learners: &Learners<'_>,
    plans: &mut [(&Course, CoursePlan)],
) {
    let mut calendar = Calendar::of(settings, learners);
    for class in plans.iter_mut().flat_map(|(_, plan)| &mut plan.classes) {
        class.week = calendar.place(class);
    }
}

/// What the weeks hold so far.
struct Calendar {
    weeks: u16,
    most_at_once: usize,
    /// By person: the weeks in which they are in a class, a bit each.
    busy: Vec<u128>,
    /// By person: the place of their unit in `teams`, where it is one of several people.
    unit_of: Vec<Option<usize>>,
    /// By unit: how many people it has.
    teams: Vec<usize>,
    /// By unit, then by week: how many of them are away.
    away: Vec<Vec<usize>>,
    /// By week: how many classes there are.
    load: Vec<usize>,
}

impl Calendar {
    fn of(settings: &PlanSettings, learners: &Learners<'_>) -> Self {
        let weeks = usize::from(settings.weeks);
        let most = settings.most_at_once.map_or(usize::MAX, |most| usize::from(most.get()));
        let mut unit_of = vec![None; learners.all.len()];
        let mut teams = Vec::new();
        for people in learners.units.values().filter(|people| people.len() > 1) {
            for person in people {
                if let Some(unit) = unit_of.get_mut(*person) {
                    *unit = Some(teams.len());
                }
            }
            teams.push(people.len());
        }
        Self {
            weeks: settings.weeks,
            most_at_once: most,
            busy: vec![0; learners.all.len()],
            unit_of,
            away: vec![vec![0; weeks]; teams.len()],
            teams,
            load: vec![0; weeks],
        }
    }

    /// Finds the week of a class, from 1, and holds it there.
    fn place(&mut self, class: &Class) -> Option<u16> {
        let people: Vec<usize> = class.seats.iter().map(|seat| seat.person).collect();
        let busy = people.iter().filter_map(|person| self.busy.get(*person));
        let taken = busy.fold(0, |all, own| all | own);
        let mut units: BTreeMap<usize, usize> = BTreeMap::new();
        if !class.is_online {
            let of_people = people.iter().filter_map(|person| *self.unit_of.get(*person)?);
            for unit in of_people {
                *units.entry(unit).or_default() += 1;
            }
        }
        let last = self.weeks.checked_sub(class.weeks)?;
        let starts = (0..=last).filter(|start| {
            taken & bits(*start, class.weeks) == 0
                && self.most_load(*start, class.weeks) < self.most_at_once
        });
        let best = starts.min_by_key(|start| {
            let emptied = self.emptied(*start, class.weeks, &units);
            (emptied, self.most_load(*start, class.weeks), *start)
        })?;
        self.hold(best, class.weeks, &people, &units);
        Some(best + 1)
    }

    fn most_load(&self, start: u16, weeks: u16) -> usize {
        held(start, weeks).filter_map(|week| self.load.get(week)).copied().max().unwrap_or(0)
    }

    /// How many units would have nobody left, summed up over the weeks.
    fn emptied(&self, start: u16, weeks: u16, units: &BTreeMap<usize, usize>) -> usize {
        let is_emptied = |unit: usize, week: usize, more: usize| {
            let away = self.away.get(unit).and_then(|weeks| weeks.get(week));
            let team = self.teams.get(unit);
            away.zip(team).is_some_and(|(away, team)| away + more >= *team)
        };
        let emptied = units.iter().map(|(unit, more)| {
            held(start, weeks).filter(|week| is_emptied(*unit, *week, *more)).count()
        });
        emptied.sum()
    }

    fn hold(&mut self, start: u16, weeks: u16, people: &[usize], units: &BTreeMap<usize, usize>) {
        for person in people {
            if let Some(busy) = self.busy.get_mut(*person) {
                *busy |= bits(start, weeks);
            }
        }
        for week in held(start, weeks) {
            if let Some(load) = self.load.get_mut(week) {
                *load += 1;
            }
            for (unit, more) in units {
                let away = self.away.get_mut(*unit).and_then(|weeks| weeks.get_mut(week));
                if let Some(away) = away {
                    *away += more;
                }
            }
        }
    }
}

/// The weeks of a class, from 0.
fn held(start: u16, weeks: u16) -> std::ops::Range<usize> {
    usize::from(start)..usize::from(start) + usize::from(weeks)
}

/// The same as bits; there are fewer weeks than bits.
fn bits(start: u16, weeks: u16) -> u128 {
    held(start, weeks).fold(0, |bits, week| bits | 1 << (week % 128))
}

/// Where weeks are not as they should be, with what was changed by hand.
pub(super) fn clashes(learners: &Learners<'_>, plans: &[(&Course, CoursePlan)]) -> Vec<Clash> {
    let mut found = Vec::new();
    let mut ids: Vec<ClassId> = Vec::new();
    // Who is where, and who is away from where, with the place of the class in `ids`.
    let mut present: Vec<(usize, u16, usize)> = Vec::new();
    let mut away: Vec<(&str, u16, usize, usize)> = Vec::new();
    for (course, plan) in plans {
        for class in plan.classes.iter().filter(|class| !class.seats.is_empty()) {
            let id = ClassId { course: course.id.clone(), number: class.number };
            let Some(first) = class.week else {
                found.push(Clash::NoWeek(id));
                continue;
            };
            let place = ids.len();
            ids.push(id);
            for week in first..first.saturating_add(class.weeks) {
                for seat in &class.seats {
                    present.push((seat.person, week, place));
                    let unit = learners.get(seat.person).map_or("", |own| own.unit);
                    if !unit.is_empty() && !class.is_online {
                        away.push((unit, week, seat.person, place));
                    }
                }
            }
        }
    }
    let named = |places: BTreeSet<usize>| -> Vec<ClassId> {
        let mut classes: Vec<ClassId> =
            places.into_iter().filter_map(|place| ids.get(place).cloned()).collect();
        classes.sort();
        classes
    };
    present.sort_unstable();
    for run in present.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let [(person, week, _), _, ..] = run {
            let classes = named(run.iter().map(|(.., place)| *place).collect());
            found.push(Clash::PersonTwice { person: *person, week: *week, classes });
        }
    }
    away.sort_unstable();
    for run in away.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let Some((unit, week, ..)) = run.first() else { continue };
        let people = run.chunk_by(|a, b| a.2 == b.2).count();
        let team = learners.units.get(unit).map_or(0, Vec::len);
        if team > 1 && people == team {
            let classes = named(run.iter().map(|(.., place)| *place).collect());
            found.push(Clash::UnitAway { unit: (*unit).to_owned(), week: *week, people, classes });
        }
    }
    found.sort();
    found
}
