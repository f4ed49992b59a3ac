//! Everything the file says of resampling, and of the sizes of samples.

use phieu_xa::domain::measure::bca::{bca, left_out};
use phieu_xa::domain::measure::bootstrap::Bootstrap;
use phieu_xa::domain::measure::mwds::{gap, mwds};
use phieu_xa::domain::measure::people::RatedPeople;
use phieu_xa::domain::measure::sample_size::{sample_of_any, sample_size};
use phieu_xa::domain::tally::{Level, Tally};
use serde_json::Value;

use crate::comparing::{Comparison, Within};
use crate::data::Reference;

pub(crate) fn compare(reference: &Reference, with: &mut Comparison) {
    seeded(reference, with);
    fixture(with);
    for place in 0..with.expected("/planning/sample_size").as_array().unwrap().len() {
        let at = |name: &str| format!("/planning/sample_size/{place}/{name}");
        let population = with.expected(&at("N")).as_u64().unwrap();
        with.same("sample size", &at("N"), population);
        with.number("sample size", &at("n0"), Some(sample_of_any(5.0)));
        with.same("sample size", &at("n"), sample_size(population, 5.0));
    }
}

fn seeded(reference: &Reference, with: &mut Comparison) {
    let tallies = reference.overall();
    let mut bootstrap = Bootstrap::new(&reference.people(), 20_251_130).unwrap();
    bootstrap.draw(10_000);
    for (name, item) in [("Q09", 8), ("Q01", 0)] {
        let at = |what: &str| format!("/bootstrap/{name}/{what}");
        let within = Within::Absolute(with.expected(&at("tolerance")).as_f64().unwrap());
        with.same("bootstrap of 10,000", &at("B"), bootstrap.samples());
        let (gaps, scores) = (bootstrap.gap(item).unwrap(), bootstrap.mwds(item).unwrap());
        let interval = gaps.interval().unwrap();
        with.interval("bootstrap of 10,000", &at("mean_gap_pct"), interval, within);
        let interval = scores.interval().unwrap();
        with.interval("bootstrap of 10,000", &at("MWDS_pct"), interval, within);
        let estimate = gap(&tallies[item]).unwrap();
        let corrected = bca(gaps.values, estimate, &left_out(&tallies[item], gap)).unwrap();
        with.interval("bootstrap of 10,000: BCa", &at("mean_gap_BCa"), corrected, within);
    }
}

fn fixture(with: &mut Comparison) {
    let fixture: Value =
        serde_json::from_str(include_str!("../data/reference/boot_fixture.json")).unwrap();
    let numbers = |values: &Value| -> Vec<usize> {
        let values = values.as_array().unwrap().iter();
        values.map(|value| usize::try_from(value.as_u64().unwrap()).unwrap()).collect()
    };
    let level = |value: usize| Level::of(&value.to_string());
    let mut people = RatedPeople::new(1);
    let mut tally = Tally::default();
    for (importance, ability) in numbers(&fixture["I"]).into_iter().zip(numbers(&fixture["A"])) {
        people.push([(level(importance), level(ability))]);
        tally.add(level(importance), level(ability));
    }
    let mut bootstrap = Bootstrap::new(&people, 1).unwrap();
    for sample in fixture["indices_200x20"].as_array().unwrap() {
        bootstrap.take(numbers(sample));
    }
    assert_eq!(bootstrap.samples(), 200);
    let at = |what: &str| format!("/bootstrap/fixture/{what}");
    let within = Within::Absolute(with.expected(&at("tolerance")).as_f64().unwrap());
    let name = "bootstrap, fixed samples";
    with.close(name, &at("mean_gap"), gap(&tally).unwrap(), within);
    with.close(name, &at("MWDS"), mwds(&tally).unwrap(), within);
    let (gaps, scores) = (bootstrap.gap(0).unwrap(), bootstrap.mwds(0).unwrap());
    with.close(name, &at("se"), gaps.standard_error().unwrap(), within);
    with.interval(name, &at("pct_gap"), gaps.interval().unwrap(), within);
    with.interval(name, &at("pct_MWDS"), scores.interval().unwrap(), within);
}
