//! The class plan of the responses that count.

use std::collections::{BTreeMap, BTreeSet};

use super::Collector;
use super::looked::who;
use crate::app::protocol::{PlanFile, PlanRequest, PlanView, PlanWanted, Who};
use crate::domain::filter::Filter;
use crate::domain::foreign::OfficialUnits;
use crate::domain::form::Role;
use crate::domain::gazetteer::{Found, UnitList, WrittenUnit};
use crate::domain::plan::{Clash, Course, Move, Plan, UnitPlace};
use crate::domain::roster::{Roster, Unit};
use crate::formats::plan_csv::{self, Participant};
use crate::formats::table::Profile;

/// So many clashes and people whom no class reaches are sent; of more, the counts tell.
const LISTED: usize = 300;

/// What comes of a request.
pub enum PlanAnswer {
    /// The plan as the page shows it.
    View(Box<PlanView>),
    /// A file of it.
    File {
        /// Its name.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Collector {
    /// Makes the plan that is asked for.
    pub fn answer_plan(
        &self,
        request: PlanRequest,
        roster: &Roster,
        official: &impl OfficialUnits,
    ) -> PlanAnswer {
        match request {
            PlanRequest::Make(wanted) => {
                let plan = self.plan(&wanted, roster, official);
                PlanAnswer::View(Box::new(self.plan_view(wanted, plan)))
            }
            PlanRequest::File(file, wanted, profile, language) => {
                let plan = self.plan(&wanted, roster, official);
                let words = (profile == Profile::Excel).then_some(language);
                let (stem, table) = match file {
                    PlanFile::Classes => {
                        ("plan", plan_csv::class_table(&self.form, courses(&wanted), &plan, words))
                    }
                    PlanFile::Participants => {
                        let whole = self.whole(&plan);
                        let person = |person: usize| {
                            whole.get(&person).map_or(Participant::default(), |who| Participant {
                                receipt: &who.receipt,
                                name: &who.name,
                            })
                        };
                        let courses = courses(&wanted);
                        let table =
                            plan_csv::participant_table(&self.form, courses, &plan, person, words);
                        ("participants", table)
                    }
                };
                let ending = if profile == Profile::Excel { "-excel.csv" } else { ".csv" };
                PlanAnswer::File { name: format!("{stem}{ending}"), bytes: table.to_csv(profile) }
            }
        }
    }

    pub(super) fn plan(
        &self,
        wanted: &PlanWanted,
        roster: &Roster,
        official: &impl OfficialUnits,
    ) -> Plan {
        let counting = self.looked.counting(self.basis(), &wanted.filter);
        let places = self.unit_places(&wanted.filter, roster, official);
        Plan::make(&self.form, &wanted.planning, courses(wanted), &places, &counting)
    }

    fn plan_view(&self, wanted: PlanWanted, mut plan: Plan) -> PlanView {
        let shown = wanted.shown.clone().filter(|id| plan.course(id).is_some());
        let first = || plan.courses.first().map(|course| course.course.clone());
        let shown = shown.or_else(first).unwrap_or_default();
        let people_in_classes = plan.people_in_classes();
        let (unreached, clashes) = (plan.unreached.len(), plan.clashes.len());
        plan.unreached.truncate(LISTED);
        plan.clashes.truncate(LISTED);
        for course in plan.courses.iter_mut().filter(|course| course.course != shown) {
            for class in &mut course.classes {
                class.seats.clear();
            }
        }
        let mut named: BTreeSet<usize> = plan.unreached.iter().copied().collect();
        for course in &plan.courses {
            named.extend(course.left_out.iter().take(LISTED));
            let seats = course.classes.iter().flat_map(|class| &class.seats);
            named.extend(seats.map(|seat| seat.person));
        }
        named.extend(plan.clashes.iter().filter_map(|clash| match clash {
            Clash::PersonTwice { person, .. } => Some(*person),
            Clash::UnitAway { .. } | Clash::NoWeek(_) => None,
        }));
        let moved = wanted.planning.moves.iter().filter_map(|one| match one {
            Move::Person { root, .. } => {
                plan.people.binary_search_by(|known| known.root.cmp(root)).ok()
            }
            Move::Week { .. } => None,
        });
        named.extend(moved);
        let who =
            named.into_iter().filter_map(|person| Some((person, self.planned(&plan, person)?)));
        let who = who.collect();
        let people = std::mem::take(&mut plan.people).len();
        let undecided = self.undecided().len();
        PlanView {
            wanted,
            plan,
            people,
            people_in_classes,
            shown,
            who,
            unreached,
            clashes,
            undecided,
        }
    }

    fn planned(&self, plan: &Plan, person: usize) -> Option<Who> {
        let row = self.effective().row(&plan.people.get(person)?.root)?;
        Some(who(self.basis(), &row.response))
    }

    /// Everybody of a plan.
    fn whole(&self, plan: &Plan) -> BTreeMap<usize, Who> {
        let people = 0..plan.people.len();
        people.filter_map(|person| Some((person, self.planned(plan, person)?))).collect()
    }

    /// Where the units of the roster lie, and those that answers name beside it: by the roster,
    /// else by the official list.
    fn unit_places(
        &self,
        filter: &Filter,
        roster: &Roster,
        official: &impl OfficialUnits,
    ) -> Vec<UnitPlace> {
        let units = roster.units.iter().enumerate();
        let mut places: Vec<UnitPlace> = units
            .map(|(at, unit)| {
                let own = UnitPlace {
                    code: unit.code.trim().to_owned(),
                    name: unit.called(),
                    province: roster.province_name(at).to_owned(),
                    position: unit.position,
                };
                match own.position {
                    // Of old units the official list of today knows other places.
                    None if unit.district.is_empty() => listed(own, &unit.name, official),
                    _ => own,
                }
            })
            .collect();
        let known: BTreeSet<String> = places.iter().map(|place| place.code.clone()).collect();
        let Some(asked) = self.form.with_role(Role::Unit) else { return places };
        let counting = self.looked.counting(self.basis(), filter);
        let answered: BTreeSet<&str> =
            counting.iter().map(|response| response.answers.get(&asked.name)).collect();
        let others = answered.into_iter().filter(|code| !code.is_empty() && !known.contains(*code));
        places.extend(others.map(|code| {
            let name = self.form.choice(asked, code).map_or("", |choice| choice.label.get(""));
            let unit = Unit { code: code.to_owned(), name: name.to_owned(), ..Unit::default() };
            let own =
                UnitPlace { code: unit.code.clone(), name: unit.called(), ..UnitPlace::default() };
            if name.is_empty() { own } else { listed(own, name, official) }
        }));
        places
    }
}

fn courses(wanted: &PlanWanted) -> &[Course] {
    wanted.planning.courses.as_deref().unwrap_or_default()
}

/// With what the official list says of it, where it names one unit.
fn listed(own: UnitPlace, name: &str, official: &impl OfficialUnits) -> UnitPlace {
    let gazetteer = official.gazetteer();
    let written = WrittenUnit {
        code: own.code.clone(),
        name: name.to_owned(),
        district: String::new(),
        province: own.province.clone(),
    };
    let Found::One(at) = gazetteer.find(UnitList::Current, &written) else { return own };
    let Some(unit) = gazetteer.units.get(at) else { return own };
    let province = gazetteer.provinces.get(unit.province).map(|province| province.name.clone());
    let province =
        if own.province.is_empty() { province.unwrap_or_default() } else { own.province };
    UnitPlace { position: unit.position, province, ..own }
}
