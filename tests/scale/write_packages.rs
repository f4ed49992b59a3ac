//! Generated responses as packages by province, and what the product itself finds in all of them:
//! `scale_packages write FOLDER RESPONSES`. Then `scale_packages load FOLDER TALLY` drops a tally
//! that was computed of them onto a desk.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a check says what it does and fails by panicking"
)]

#[path = "../desk/generated.rs"]
#[allow(dead_code, reason = "its chance is used")]
mod generated;

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::rc::Rc;

use generated::Chance;
use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted};
use phieu_xa::app::registry::Registry;
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::coverage::Coverage;
use phieu_xa::domain::form::{Form, Kind, Role};
use phieu_xa::domain::gazetteer::Gazetteer;
use phieu_xa::domain::grouping::Grouping;
use phieu_xa::domain::needs::needs;
use phieu_xa::domain::rating_counts::RatingCounts;
use phieu_xa::domain::response::{Mode, Response};
use phieu_xa::domain::roster::{Places, Roster, Unit};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::coverage_csv::coverage_table;
use phieu_xa::formats::dataset_csv::{Arrangement, DatasetColumns, Words};
use phieu_xa::formats::export::needs_table;
use phieu_xa::formats::table::{Profile, Table};
use phieu_xa::formats::tally_csv::{self, Origin};
use phieu_xa::forms::{self, units};
use phieu_xa::text::Language;
use rows::answers::Answers;

/// How many units of each province answer.
const UNITS: usize = 10;
/// So many people of one unit answer, so that it is hidden, and rate one competency in another.
const FEW: usize = 3;
/// So many people of each province hand in again, to the desk of the next one.
const MOVED: usize = 5;
const DESK: &str = "quốc gia";
const MADE: &str = "2026-12-31T00:00:00Z";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&arguments[1]);
    match arguments[0].as_str() {
        "write" => write(folder, arguments[2].parse().unwrap()),
        "load" => load(folder, Path::new(&arguments[2])),
        other => panic!("no such command: {other}"),
    }
}

/// What everything is made of.
struct Country {
    form: Form,
    gazetteer: Gazetteer,
    clusters: Clusters,
    roster: Roster,
}

impl Country {
    fn new() -> Self {
        let (form, gazetteer) = (forms::needs().unwrap(), units::gazetteer());
        let clusters = Clusters::of_units(&Roster::default(), &gazetteer);
        let posts = form.choices("chuc_danh").iter().map(|choice| choice.name.clone());
        let mut roster = Roster::of_posts(posts);
        for (at, province) in gazetteer.provinces.iter().enumerate() {
            let here = roster.province(province);
            let own = gazetteer.units.iter().filter(|unit| unit.province == at).take(UNITS);
            roster.units.extend(own.map(|unit| Unit {
                code: unit.code.clone(),
                name: unit.name.clone(),
                province: Some(here),
                ..Unit::default()
            }));
        }
        let vice_chair = roster.post("pct_ubnd").unwrap();
        roster.posts[vice_chair].default = Places::full(2);
        Self { form, gazetteer, clusters, roster }
    }

    /// The roster of one province.
    fn roster_of(&self, province: usize) -> Roster {
        let own = self.roster.units.iter().filter(|unit| unit.province == Some(province));
        let (posts, provinces) = (self.roster.posts.clone(), self.roster.provinces.clone());
        Roster { provinces, posts, units: own.cloned().collect() }
    }
}

/// Makes responses by chance.
struct Maker<'c> {
    country: &'c Country,
    chance: Chance,
    made: usize,
}

impl Maker<'_> {
    fn choice(&mut self, role: Role) -> Option<(String, String)> {
        let form = &self.country.form;
        let question = form.with_role(role)?;
        let Kind::SelectOne(list) = &question.kind else { return None };
        let choices = form.choices(list);
        // One in twenty says nothing.
        if self.chance.below(20) == 0 {
            return None;
        }
        Some((question.name.clone(), choices[self.chance.below(choices.len())].name.clone()))
    }

    fn response(&mut self, unit: &Unit, is_sparse: bool) -> Response {
        self.made += 1;
        let country = self.country;
        let form = &country.form;
        let mut given: Vec<(String, String)> =
            [Role::Post, Role::Area, Role::Gender, Role::AgeBand, Role::Qualification]
                .into_iter()
                .filter_map(|role| self.choice(role))
                .collect();
        given.push((form.with_role(Role::Unit).unwrap().name.clone(), unit.code.clone()));
        if self.chance.below(10) == 0 {
            let held = ["ct_hdnd", "bt pct_hdnd"][self.chance.below(2)];
            let question = form.with_role(Role::ConcurrentPosts).unwrap();
            given.push((question.name.clone(), held.to_owned()));
        }
        for question in form.questions() {
            let Some(rating) = &question.rating else { continue };
            let level = match self.chance.below(12) {
                _ if is_sparse && rating.competency == "A2" => continue,
                0 => continue,
                1 => "na".to_owned(),
                any => (any % 5 + 1).to_string(),
            };
            given.push((question.name.clone(), level));
        }
        let at = Timestamp::from_millis(1.8e12 + 1000.0 * self.made as f64);
        let mut response = Response {
            form: form.id.as_str().into(),
            form_version: form.version.as_str().into(),
            campaign: "c1".into(),
            root: format!("00000000-0000-4000-8000-{:012}", self.made),
            revision: 1,
            start: Some(at),
            end: Some(at),
            submitted: Some(at),
            active_seconds: None,
            mode: Mode::Respondent,
            consent: None,
            answers: given.into_iter().collect::<Answers>(),
            checksum: String::new(),
            sources: Rc::new(["tong-hop.csv".to_owned()].into()),
        };
        response.seal();
        response
    }
}

fn write(folder: &Path, responses: usize) {
    let _ = fs::remove_dir_all(folder);
    let country = Country::new();
    let form = &country.form;
    let groupings = Grouping::single(form);
    let mut counts: Vec<(Grouping, RatingCounts)> =
        groupings.iter().map(|by| (*by, RatingCounts::default())).collect();
    let mut everybody: Vec<Response> = Vec::new();
    let mut maker = Maker { country: &country, chance: Chance(34), made: 0 };
    let provinces = country.roster.provinces.len();
    let mut moved: Vec<Response> = Vec::new();
    for province in 0..provinces {
        let roster = country.roster_of(province);
        let mut rows: Vec<Response> = Vec::new();
        for number in 0..responses / provinces {
            // The first unit has a few people only, and in the second a few rate everything.
            let at = if number < FEW { 0 } else { 1 + maker.chance.below(UNITS - 1) };
            let is_sparse = at == 1 && number > 10 * UNITS;
            rows.push(maker.response(&roster.units[at], is_sparse));
        }
        let newer: Vec<Response> = if province + 1 == provinces {
            Vec::new()
        } else {
            rows.iter().rev().take(MOVED).map(handed_in_again).collect()
        };
        let at_desk: Vec<&Response> = rows.iter().chain(&moved).collect();
        write_package(&country, &folder.join("packages"), province, &at_desk);
        let counted = rows.iter().take(rows.len() - newer.len()).chain(&moved);
        for (by, counts) in &mut counts {
            counts.merge(&RatingCounts::count(form, *by, &country.clusters, counted.clone()));
        }
        everybody.extend(counted.map(|row| placed(form, row)));
        moved = newer;
    }
    let tallies = counts.iter().map(|(by, counts)| (*by, counts.tallies(form.competencies.len())));
    let needs: Vec<_> = tallies.map(|(by, tallies)| needs(form, by, &tallies)).collect();
    let made = Timestamp::parse(MADE).unwrap();
    let origin = Origin { form: form.id.as_str().into(), desk: DESK.to_owned(), made };
    let coverage = Coverage::of(form, &country.roster, &everybody);
    let expected = folder.join("expected");
    fs::create_dir_all(&expected).unwrap();
    let keep = |name: &str, table: &Table| {
        fs::write(expected.join(name), table.to_csv(Profile::Data)).unwrap();
    };
    keep("needs.csv", &needs_table(form, &needs, None));
    keep("tally.csv", &tally_csv::table(form, &counts, &origin, None));
    keep("coverage.csv", &coverage_table(form, &country.roster, &coverage, None));
    println!("{} people, {} packages", everybody.len(), provinces);
}

/// The same person in a second revision, with another rating.
fn handed_in_again(first: &Response) -> Response {
    let mut again = Response { revision: 2, ..first.clone() };
    again.answers.set("imp_A1", if first.answers.get("imp_A1") == "5" { "1" } else { "5" });
    again.seal();
    again
}

/// Of a response only what coverage asks for.
fn placed(form: &Form, row: &Response) -> Response {
    let mut placed = Response { answers: Answers::default(), ..row.clone() };
    for role in [Role::Unit, Role::Post, Role::ConcurrentPosts] {
        let question = form.with_role(role).unwrap();
        placed.answers.set(&question.name, row.answers.get(&question.name));
    }
    placed
}

/// The package of one province, unpacked. All but its responses is exported from the first of them:
/// its own sums are not read.
fn write_package(country: &Country, folder: &Path, province: usize, rows: &[&Response]) {
    let first = rows.iter().take(100).map(|row| (*row).clone());
    let mut desk = Collector::new(country.form.clone(), first);
    desk.know_clusters(|| Registry::default().clusters(&Roster::default()));
    let wanted = ExportWanted::plain(Export::Package, Profile::Data, Language::Vi);
    let now = Timestamp::parse(MADE).unwrap();
    let (_, bytes) = desk.export(&wanted, &country.roster_of(province), now).unwrap();
    let code = &country.gazetteer.provinces[province].code;
    let folder = folder.join(format!("province={code}")).join("2026");
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().extract(&folder).unwrap();
    let plain = Arrangement::default();
    let columns = DatasetColumns::of(&country.form, rows, Words::Names, plain);
    let table =
        Table { header: columns.header(), rows: rows.iter().map(|row| columns.row(row)).collect() };
    fs::write(folder.join("responses.csv"), table.to_csv(Profile::Data)).unwrap();
}

/// Drops a tally onto a desk that has no response, and holds its needs against those expected.
fn load(folder: &Path, tally: &Path) {
    let country = Country::new();
    let mut desk = Collector::new(country.form.clone(), []).of_campaign("c1", "bàn khác");
    let bytes = fs::read(tally).unwrap();
    let mut staged = desk.stage();
    assert!(staged.add_if_tally(desk.form(), "tally.csv", &bytes));
    let reports = desk.merge(staged).reports;
    assert_eq!(reports[0].problems, []);
    let wanted = ExportWanted::plain(Export::Needs, Profile::Data, Language::Vi);
    let now = Timestamp::parse(MADE).unwrap();
    let (_, found) = desk.export(&wanted, &country.roster, now).unwrap();
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let of_everybody = text.lines().filter(|line| line.starts_with("overall,"));
        of_everybody.map(str::to_owned).collect()
    };
    let expected = fs::read(folder.join("expected").join("needs.csv")).unwrap();
    assert_eq!(lines(&found), lines(&expected));
    assert_eq!(lines(&found).len(), country.form.competencies.len());
    println!("the tally gives the country view: {} competencies", lines(&found).len());
}
