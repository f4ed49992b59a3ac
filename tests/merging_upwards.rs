//! Several desks send their tallies to the desk above them, which sees what it would see if it had
//! all their responses: communes into a province, provinces into the country.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod generated;

use generated::campaign;
use phieu_xa::app::collector::{Collector, Merged};
use phieu_xa::app::protocol::{
    AnalysisReply, AnalysisRequest, Export, ExportWanted, FileReport, Scope,
};
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::dataset::Taken;
use phieu_xa::domain::filter::Filter;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{Facet, Grouping};
use phieu_xa::domain::needs::Needs;
use phieu_xa::domain::problem::ProblemKind;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::roster::Roster;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::table::Profile;
use phieu_xa::forms::units;
use phieu_xa::text::Language;

fn day(day: u8) -> Timestamp {
    Timestamp::parse(&format!("2026-12-{day:02}T08:00:00Z")).unwrap()
}

/// Three desks, the one above them, and one that has all their responses.
struct Desks {
    form: Form,
    parts: Vec<Vec<Response>>,
}

impl Desks {
    fn of_many_communes() -> Self {
        let made = campaign(5, 45);
        let mut parts = vec![Vec::new(); 3];
        for (at, row) in made.dataset.current().into_iter().enumerate() {
            parts[at % 3].push(row.clone());
        }
        Self { form: (*made.form).clone(), parts }
    }

    fn desk(&self, name: &str, rows: &[Response]) -> Collector {
        let mut desk = Collector::new(self.form.clone(), rows.to_vec()).of_campaign("", name);
        let gazetteer = units::gazetteer();
        desk.know_clusters(|| Clusters::of_units(&Roster::default(), &gazetteer));
        desk
    }

    fn tally(&self, at: usize, made: Timestamp) -> Vec<u8> {
        tally_of(&self.desk(&format!("desk {at}"), &self.parts[at]), made)
    }

    fn pooled(&self) -> Collector {
        self.desk("pooled", &self.parts.concat())
    }
}

fn tally_of(desk: &Collector, made: Timestamp) -> Vec<u8> {
    let roster = Roster::default();
    desk.export(&ExportWanted::plain(Export::Tally, Profile::Data, Language::Vi), &roster, made)
        .unwrap()
        .1
}

fn receive(desk: &mut Collector, tally: &[u8]) -> FileReport {
    let mut staged = desk.stage();
    assert!(staged.add_if_tally(desk.form(), "tally.csv", tally));
    let Merged { mut reports, rows, .. } = desk.merge(staged);
    assert!(rows.is_empty());
    reports.remove(0)
}

fn needs(desk: &Collector, by: Grouping) -> Needs {
    desk.needs(by, &Filter::default())
}

/// Groups that a desk below showed in full: what it hid cannot be added.
fn told<'n>(needs: &'n Needs, above: &Needs) -> Vec<&'n str> {
    let whole = needs.groups.iter().filter(|group| {
        let same = above.groups.iter().find(|own| own.group == group.group);
        same.is_some_and(|same| same.people == group.people)
    });
    whole.flat_map(|group| group.group.0.iter().map(String::as_str)).collect()
}

#[test]
fn the_numbers_above_are_exactly_those_of_all_the_responses() {
    let desks = Desks::of_many_communes();
    let mut above = desks.desk("above", &[]);
    let mut people = 0;
    for at in 0..3 {
        let taken = receive(&mut above, &desks.tally(at, day(1))).tally.unwrap();
        assert_eq!(taken.taken, Taken::New);
        people += taken.people;
    }
    let pooled = desks.pooled();
    assert_eq!(people, pooled.summary().people as u64);
    let overall = (needs(&above, Grouping::OVERALL), needs(&pooled, Grouping::OVERALL));
    assert_eq!(overall.0, overall.1);
    let mut compared = 0;
    for facet in Facet::available(&desks.form) {
        let by = Grouping::by(facet);
        let (above, pooled) = (needs(&above, by), needs(&pooled, by));
        let whole = told(&pooled, &above);
        for group in pooled.groups.iter().filter(|group| whole.contains(&group.group.0[0].as_str()))
        {
            let own = above.groups.iter().find(|own| own.group == group.group).unwrap();
            for (own, all) in own.needs.iter().zip(&group.needs) {
                // A competency that a desk below hid has fewer people here.
                if own.n_pairs == all.n_pairs && own.n_ability == all.n_ability {
                    assert_eq!((own.measures, own.required), (all.measures, all.required));
                    compared += usize::from(all.measures.is_some());
                }
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn a_newer_tally_of_a_desk_takes_the_place_of_its_older_one() {
    let desks = Desks::of_many_communes();
    let mut above = desks.desk("above", &[]);
    let tally = |day_made| desks.tally(0, day(day_made));
    let taken =
        |above: &mut Collector, day_made| receive(above, &tally(day_made)).tally.unwrap().taken;
    let all = [2, 2, 3, 1].map(|made| taken(&mut above, made));
    assert_eq!(all, [Taken::New, Taken::AlreadyThere, Taken::Newer, Taken::Older]);
    let people = needs(&above, Grouping::OVERALL).groups[0].people;
    assert_eq!(people, desks.parts[0].len() as u64, "it counts once");
    above.forget_tally("desk 0");
    assert_eq!(needs(&above, Grouping::OVERALL).groups, []);
}

#[test]
fn a_desk_does_not_take_its_own_tally_for_that_of_another() {
    let desks = Desks::of_many_communes();
    let mut desk = desks.desk("desk 0", &desks.parts[0]);
    let report = receive(&mut desk, &desks.tally(0, day(1)));
    assert_eq!(report.problems[0].kind, ProblemKind::OwnTally);
    assert_eq!(needs(&desk, Grouping::OVERALL).groups[0].people, desks.parts[0].len() as u64);
}

#[test]
fn own_responses_and_tallies_from_below_go_up_together_and_stay_over_a_restart() {
    let desks = Desks::of_many_communes();
    let mut middle = desks.desk("middle", &desks.parts[0]);
    let mut staged = middle.stage();
    for at in [1, 2] {
        staged.add_if_tally(&desks.form, "tally.csv", &desks.tally(at, day(1)));
    }
    let kept = middle.merge(staged).tallies;
    let middle = desks.desk("middle", &desks.parts[0]).with_tallies(&kept);
    let mut country = desks.desk("country", &[]);
    receive(&mut country, &tally_of(&middle, day(2)));
    let overall = |desk: &Collector| needs(desk, Grouping::OVERALL);
    assert_eq!(overall(&country), overall(&desks.pooled()));
    assert!(country.received()[0].hides, "small units were hidden below");
}

#[test]
fn what_needs_the_people_does_not_pretend_to_have_them() {
    let desks = Desks::of_many_communes();
    let mut above = desks.desk("above", &desks.parts[0]);
    receive(&mut above, &desks.tally(1, day(1)));
    let scope = Scope { filter: Filter::default(), grouping: Grouping::OVERALL };
    let group = needs(&above, Grouping::OVERALL).groups[0].group.clone();
    let asked = AnalysisRequest::Stability(scope, group);
    let reply = above.analyse(asked, &Campaign::default());
    assert!(matches!(reply, AnalysisReply::Stability(_, _, None)));
    let filter = Filter { flags_below: Some(9), ..Filter::default() };
    let picked = above.needs(Grouping::OVERALL, &filter).groups[0].people;
    assert_eq!(picked, desks.parts[0].len() as u64, "only responses can be picked");
}
