//! How long a desk takes over many responses: `cargo bench --bench desk`.
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::rc::Rc;

use divan::Bencher;
use phieu_xa::app::collector::Collector;
use phieu_xa::domain::changes::{Change, ChangeLog};
use phieu_xa::domain::coverage::{Coverage, CoverageBy};
use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::filter::{Filter, Test};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{Facet, Grouping};
use phieu_xa::domain::plan::{
    Course, NeedRule, Plan, PlanSettings, Planning, Split, UnitPlace, default_courses,
};
use phieu_xa::domain::profile::{against_standards, cross};
use phieu_xa::domain::quality::{Limits, flags};
use phieu_xa::domain::response::{Mode, Response};
use phieu_xa::domain::roster::{Roster, Unit};
use phieu_xa::domain::same_person::suspicions;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::dataset_csv::{Arrangement, DatasetColumns, Words};
use phieu_xa::formats::response_csv::{self, file_name};
use phieu_xa::formats::table::{Profile, Table};
use phieu_xa::forms::{self, checks::checks, standards::standards};

fn main() {
    divan::main();
}

/// Every unit of the country with every post of the form.
fn country(form: &Form) -> Roster {
    let posts = form.choices("chuc_danh").iter().map(|choice| choice.name.clone());
    let mut roster = Roster::of_posts(posts);
    roster.units.extend(form.choices("don_vi").iter().map(|choice| Unit {
        code: choice.name.clone(),
        name: choice.label.get("vi").to_owned(),
        ..Unit::default()
    }));
    roster
}

/// So many responses, from place to place, with as many ratings as asked for.
fn responses(form: &Form, roster: &Roster, count: usize, rated: usize) -> Vec<Response> {
    let mut state = 6u64;
    let mut below = |end: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    let start = Timestamp::parse("2026-12-02T07:00:00Z");
    (0..count)
        .map(|number| {
            let unit = roster.units.get(below(roster.units.len())).unwrap();
            let post = roster.posts.get(below(roster.posts.len())).unwrap();
            let mut answers = vec![
                ("don_vi".to_owned(), unit.code.clone()),
                ("chuc_danh".to_owned(), post.name.clone()),
                ("ho_ten".to_owned(), format!("Nguyễn Văn {}", below(5000))),
                ("nhom_tuoi".to_owned(), "45_54".to_owned()),
                ("nam_chuc_danh".to_owned(), below(20).to_string()),
                ("chuyen_mon".to_owned(), "dai_hoc".to_owned()),
            ];
            for competency in form.competencies.iter().take(rated) {
                answers.push((format!("imp_{}", competency.code), (1 + below(5)).to_string()));
                answers.push((format!("abl_{}", competency.code), (1 + below(5)).to_string()));
            }
            let mut response = Response {
                form: form.id.as_str().into(),
                form_version: form.version.as_str().into(),
                campaign: "c1".into(),
                root: format!("r{number}"),
                revision: 1,
                start,
                end: Timestamp::parse("2026-12-02T07:12:00Z"),
                submitted: start,
                active_seconds: None,
                mode: Mode::Respondent,
                consent: None,
                answers: answers.into_iter().collect(),
                checksum: String::new(),
                sources: Rc::default(),
            };
            response.seal();
            response
        })
        .collect()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_files_read_and_merged(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 10_000, 36);
    let files: Vec<(String, Vec<u8>)> =
        rows.iter().map(|row| (file_name(&form, row), response_csv::write(&form, row))).collect();
    bencher.bench_local(|| {
        let mut collector = Collector::new(form.clone(), []);
        let mut staged = collector.stage();
        for (name, bytes) in &files {
            let mut reading = collector.start_reading(name, bytes);
            while reading.read_rows(&form, usize::MAX) {}
            collector.stage_read(&mut staged, name, bytes, reading.finish());
        }
        (collector.merge(staged).reports.len(), collector.summary())
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_dataset_of_a_hundred_thousand_read_and_merged(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 100_000, 36);
    let rows: Vec<&Response> = rows.iter().collect();
    let columns = DatasetColumns::of(&form, &rows, Words::Names, Arrangement::default());
    let table =
        Table { header: columns.header(), rows: rows.iter().map(|row| columns.row(row)).collect() };
    let bytes = table.to_csv(Profile::Data);
    bencher.bench_local(|| {
        let mut collector = Collector::new(form.clone(), []);
        let mut staged = collector.stage();
        let mut reading = collector.start_reading("dataset.csv", &bytes);
        while reading.read_rows(&form, usize::MAX) {}
        collector.stage_read(&mut staged, "dataset.csv", &bytes, reading.finish());
        (collector.merge(staged).reports.len(), collector.summary())
    });
}

/// Everything but the first pass over the answers, as for another filter or grouping.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn the_needs_of_a_hundred_thousand_counted_anew_under_a_filter(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 100_000, 36);
    let collector = Collector::new(form, rows);
    let mut filter = Filter::default();
    let ages = ["45_54".to_owned()].into();
    filter.set("nhom_tuoi", Some(Test::OneOf(ages)));
    collector.needs(Grouping::OVERALL, &filter);
    bencher.bench_local(|| collector.needs(Grouping::by(Facet::Post), &filter).groups.len());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn the_coverage_of_the_country_by_a_hundred_thousand(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let roster = country(&form);
    let rows = responses(&form, &roster, 100_000, 0);
    bencher.bench_local(|| {
        let coverage = Coverage::of(&form, &roster, &rows);
        let sums = coverage.by(&roster, CoverageBy::Province);
        (coverage.reminder_text(&form, &roster, "vi").len(), sums)
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_flags_of_twenty_thousand(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 20_000, 30);
    let rows: Vec<&Response> = rows.iter().collect();
    let checks = checks(&form);
    bencher.bench_local(|| flags(&form, &rows, &Limits::default(), &checks).len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_pairs_among_twenty_thousand(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 20_000, 30);
    let rows: Vec<&Response> = rows.iter().collect();
    bencher.bench_local(|| suspicions(&form, &rows).len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn what_counts_of_twenty_thousand_with_a_thousand_changes(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let mut dataset = Dataset::default();
    for row in responses(&form, &country(&form), 20_000, 30) {
        dataset.merge(row);
    }
    let lines: Vec<_> = (0..1000)
        .map(|number| {
            let change = Change::Corrected {
                root: format!("r{number}"),
                key: "chuyen_mon".to_owned(),
                from: "dai_hoc".to_owned(),
                to: "thac_si".to_owned(),
            };
            serde_json::json!({
                "id": format!("e{number}"), "at": 1_800_000_000 + number, "change": change, "why": "x"
            })
        })
        .collect();
    let log: ChangeLog = serde_json::from_value(lines.into()).unwrap();
    bencher.bench_local(|| log.effective(&form, &dataset).counting().len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_profile_of_a_hundred_thousand(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let rows = responses(&form, &country(&form), 100_000, 0);
    let standards = standards(&form);
    let question = form.question("chuyen_mon").unwrap();
    bencher.bench_local(|| {
        let table = cross(&form, question, form.question("chuc_danh"), &rows);
        (table, against_standards(&form, &standards, &rows))
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn the_classes_of_ten_thousand_in_eight_courses(bencher: Bencher<'_, '_>) {
    let form = forms::needs().unwrap();
    let roster = country(&form);
    let rows = responses(&form, &roster, 10_000, 36);
    let rows: Vec<&Response> = rows.iter().collect();
    let mut courses = default_courses(&form, "vi");
    let half = |course: &Course, id: &str| Course { id: id.to_owned(), ..course.clone() };
    let more: Vec<Course> =
        courses.iter().take(2).zip(["x", "y"]).map(|(course, id)| half(course, id)).collect();
    courses.extend(more);
    let gazetteer = phieu_xa::forms::units::gazetteer();
    let places: Vec<UnitPlace> = gazetteer
        .units
        .iter()
        .map(|unit| UnitPlace {
            code: unit.code.clone(),
            name: unit.name.clone(),
            province: gazetteer.provinces.get(unit.province).unwrap().name.clone(),
            position: unit.position,
        })
        .collect();
    let settings = PlanSettings {
        rules: NeedRule::ALL.into(),
        split: Split::ALL.into(),
        weeks: 52,
        ..PlanSettings::default()
    };
    let planning = Planning { settings, ..Planning::default() };
    bencher.bench_local(|| Plan::make(&form, &planning, &courses, &places, &rows).courses.len());
}
