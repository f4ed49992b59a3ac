//! Charts: their numbers, their drawings, and a trainer who looks at them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "charts/drawings.rs"]
mod drawings;
#[path = "charts/looking.rs"]
mod looking;
#[path = "charts/numbers.rs"]
mod numbers;

use phieu_xa::domain::form::Form;
use phieu_xa::domain::response::Response;
use phieu_xa::formats::response_csv;

/// A response with these answers.
fn response(form: &Form, root: &str, answers: &[(&str, &str)]) -> Response {
    let (names, values): (Vec<&str>, Vec<&str>) = answers.iter().copied().unzip();
    let (names, values) = (names.join(","), values.join(","));
    let csv = format!("{names},_form,_root\n{values},{},{root}\n", form.id);
    let mut read = response_csv::read(form, "x.csv", csv.as_bytes());
    assert_eq!(read.problems, []);
    read.responses.remove(0)
}
