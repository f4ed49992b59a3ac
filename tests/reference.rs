//! The measures against a data set whose results were computed by other programs.
//!
//! `tests/data/reference/README.md` says how; the tolerance is 1e-9, relative.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::dataset::{Dataset, Taken};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{Facet, Grouping, Tallies};
use phieu_xa::domain::needs::{GroupNeeds, needs};
use phieu_xa::formats::{response_csv, xlsform};
use serde_json::Value;

const RESPONSES: &[u8] = include_bytes!("data/reference/responses.csv");

fn form() -> Form {
    xlsform::read(&[
        ("survey.csv", include_str!("data/reference-form/survey.csv")),
        ("choices.csv", include_str!("data/reference-form/choices.csv")),
        ("settings.csv", include_str!("data/reference-form/settings.csv")),
        ("competencies.csv", include_str!("data/reference-form/competencies.csv")),
    ])
    .unwrap()
    .form
}

fn expected() -> Value {
    serde_json::from_slice(include_bytes!("data/reference/expected.json")).unwrap()
}

fn imported(form: &Form) -> (Dataset, Vec<(String, Taken)>) {
    let read = response_csv::read(form, "responses.csv", RESPONSES);
    assert_eq!(read.problems, []);
    assert_eq!(read.unknown_columns, [""; 0]);
    let mut dataset = Dataset::default();
    let taken = read.responses.into_iter().map(|response| {
        let submission = response.answers.get("submission").to_owned();
        (submission, dataset.merge(response).taken)
    });
    let taken = taken.collect();
    (dataset, taken)
}

fn assert_close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    let difference = (found - expected).abs();
    assert!(difference <= 1e-9 * expected.abs().max(1e-3), "{what}: {found}, expected {expected}");
}

#[test]
fn of_303_submissions_the_last_of_each_of_300_persons_counts() {
    let (dataset, taken) = imported(&form());
    assert_eq!(taken.len(), 303);
    assert_eq!(dataset.len(), 300);
    let newer = taken.iter().filter(|(_, taken)| *taken == Taken::Newer).count();
    assert_eq!(newer, 3);
    let dropped: Vec<String> = dataset
        .rows()
        .filter(|row| **dataset.of_root(&row.root).next().unwrap() != **row)
        .map(|row| row.answers.get("submission").to_owned())
        .collect();
    let expected = expected();
    let mut expected: Vec<&str> = expected["cleaning"]["dropped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect();
    let mut dropped: Vec<&str> = dropped.iter().map(String::as_str).collect();
    dropped.sort_unstable();
    expected.sort_unstable();
    assert_eq!(dropped, expected);
}

#[test]
fn every_number_of_the_needs_table_equals_the_reference() {
    let (form, expected) = (form(), expected());
    let (dataset, _) = imported(&form);
    let tallies = Tallies::count(&form, Grouping::OVERALL, &Clusters::default(), dataset.current());
    let table = needs(&form, Grouping::OVERALL, &tallies);
    let overall = &table.groups[0];
    assert_eq!(overall.people, 300);
    let items = expected["items"].as_array().unwrap();
    assert_eq!(overall.needs.len(), items.len());
    for (need, item) in overall.needs.iter().zip(items) {
        let code = need.competency.as_str();
        let found = need.measures.unwrap();
        assert_eq!(item["item"], code);
        assert_eq!(item["n_I"], need.n_importance, "{code}");
        assert_eq!(item["n_A"], need.n_ability, "{code}");
        assert_eq!(item["n_pair"], need.n_pairs, "{code}");
        assert_eq!(item["rank_MWDS"], need.rank.unwrap(), "{code}");
        for (value, name) in [
            (found.mean_importance, "mean_I"),
            (found.mean_ability, "mean_A"),
            (found.sd_importance.unwrap(), "sd_I"),
            (found.sd_ability.unwrap(), "sd_A"),
            (found.gap, "gap"),
            (found.mwds, "MWDS"),
            (found.rds, "RDS"),
            (found.share_need, "NR_pct"),
            (found.share_surplus, "PR_pct"),
            (found.share_tie, "TR_pct"),
            (found.pni_modified, "PNI_mod"),
            (found.share_high_need, "share_high_need"),
        ] {
            assert_close(value, &item[name], &format!("{code} {name}"));
        }
    }
}

#[test]
fn the_crosstab_of_each_competency_equals_the_reference() {
    let (form, expected) = (form(), expected());
    let (dataset, _) = imported(&form);
    let tallies = Tallies::count(&form, Grouping::OVERALL, &Clusters::default(), dataset.current());
    let (_, overall) = tallies.groups().next().unwrap();
    for (tally, item) in overall.tallies.iter().zip(expected["items"].as_array().unwrap()) {
        let mut crosstab = vec![vec![0u64; 5]; 5];
        for (importance, ability, people) in tally.pairs() {
            crosstab[usize::from(importance) - 1][usize::from(ability) - 1] = people;
        }
        assert_eq!(serde_json::json!(crosstab), item["crosstab_I_by_A"]);
    }
}

#[test]
fn the_numbers_by_post_equal_the_reference() {
    let (form, expected) = (form(), expected());
    let (dataset, _) = imported(&form);
    let tallies =
        Tallies::count(&form, Grouping::by(Facet::Post), &Clusters::default(), dataset.current());
    let table = needs(&form, Grouping::by(Facet::Post), &tallies);
    let positions = expected["positions"].as_object().unwrap();
    assert_eq!(table.groups.len(), positions.len());
    for GroupNeeds { group, people, needs, .. } in &table.groups {
        let position = &positions[&group.0[0]];
        assert_eq!(position["n"], *people, "{group}");
        for (index, need) in needs.iter().enumerate() {
            let what = format!("{group} {}", need.competency);
            assert_eq!(position["n_pair"][index], need.n_pairs, "{what}");
            assert_eq!(position["n_A"][index], need.n_ability, "{what}");
            let found = need.measures.unwrap_or_else(|| panic!("{what} is hidden"));
            assert_close(found.gap, &position["mean_gap"][index], &what);
            assert_close(found.mwds, &position["MWDS"][index], &what);
        }
    }
}

#[test]
fn of_communes_with_few_leaders_no_number_is_shown() {
    let form = form();
    let (dataset, _) = imported(&form);
    let tallies =
        Tallies::count(&form, Grouping::by(Facet::Unit), &Clusters::default(), dataset.current());
    let table = needs(&form, Grouping::by(Facet::Unit), &tallies);
    assert_eq!(table.groups.len(), 146);
    for GroupNeeds { group, people, needs, .. } in &table.groups {
        for need in needs {
            let counts = [need.n_importance, need.n_ability, need.n_pairs];
            let few = counts.iter().any(|n| (1..5).contains(n));
            assert!(!few || (need.hidden && need.measures.is_none()), "{group} of {people}");
        }
    }
    let hidden = table.groups.iter().filter(|group| group.needs.iter().all(|need| need.hidden));
    assert!(hidden.count() > 100);
}

/// By hand, from the file itself: who of a group rated an item, and the gap.
fn counted_by_hand(column: &str, group: &str, item: &str) -> (u64, f64) {
    let mut reader = csv::Reader::from_reader(RESPONSES);
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|heading| heading == name).unwrap();
    let mut last = std::collections::BTreeMap::new();
    for record in reader.records().map(Result::unwrap) {
        last.insert(record[place("person")].to_owned(), record);
    }
    let (mut n, mut sum) = (0, 0.0);
    for record in last.values().filter(|record| &record[place(column)] == group) {
        let rated = |scale: &str| record[place(&format!("{item}_{scale}"))].parse::<f64>().ok();
        if let (Some(importance), Some(ability)) = (rated("I"), rated("A")) {
            n += 1;
            sum += importance - ability;
        }
    }
    (n, sum / n as f64)
}

#[test]
fn the_numbers_by_gender_and_age_band_equal_a_count_by_hand() {
    let form = form();
    let (dataset, _) = imported(&form);
    for (grouping, column) in
        [(Grouping::by(Facet::Gender), "sex"), (Grouping::by(Facet::AgeBand), "age_band")]
    {
        let tallies = Tallies::count(&form, grouping, &Clusters::default(), dataset.current());
        let table = needs(&form, grouping, &tallies);
        assert!(table.groups.len() >= 2);
        for GroupNeeds { group, needs, .. } in &table.groups {
            for need in needs {
                let (n, gap) = counted_by_hand(column, &group.0[0], &need.competency);
                assert_eq!(need.n_pairs, n, "{group} {}", need.competency);
                let difference = (need.measures.unwrap().gap - gap).abs();
                assert!(difference < 1e-9, "{group} {}", need.competency);
            }
        }
    }
}
