//! Every value of the reference file, reproduced: `cargo test --test measures -- --nocapture`
//! prints each measure with the largest deviation seen.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::float_cmp,
    reason = "a test fails by panicking, says what it found, and compares counts"
)]

#[path = "measures/comparing.rs"]
mod comparing;
#[path = "measures/competencies.rs"]
mod competencies;
#[path = "measures/data.rs"]
mod data;
#[path = "measures/groups.rs"]
mod groups;
#[path = "measures/raters.rs"]
mod raters;
#[path = "measures/samples.rs"]
mod samples;
#[path = "measures/trust.rs"]
mod trust;

use comparing::Comparison;
use data::Reference;

#[test]
fn every_value_that_other_programs_computed_comes_out() {
    let expected = serde_json::from_str(include_str!("data/reference/expected.json")).unwrap();
    let mut with = Comparison::with(expected);
    let reference = Reference::read();
    competencies::compare(&reference, &mut with);
    groups::compare(&reference, &mut with);
    raters::compare(&reference, &mut with);
    samples::compare(&reference, &mut with);
    trust::compare(&reference, &mut with);
    with.finish();
}

#[test]
#[should_panic(expected = "values of the file are passed over")]
fn a_value_of_the_file_that_nothing_is_held_against_is_noticed() {
    let mut with = Comparison::with(serde_json::json!({ "a": [1.0, 2.0] }));
    with.number("known", "/a/0", Some(1.0));
    with.finish();
}

#[test]
#[should_panic(expected = "values are off")]
fn a_value_that_is_off_in_the_eighth_digit_is_noticed() {
    let mut with = Comparison::with(serde_json::json!({ "a": 1.0 }));
    with.number("off", "/a", Some(1.000_000_01));
    with.finish();
}
