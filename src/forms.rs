//! The forms that ship with the product, kept as the sheets of an `XLSForm` and read like any other.

use crate::domain::form::Form;
use crate::domain::problem::FormProblem;
use crate::formats::xlsform::{self, SheetFile};

/// The name of the built-in self-assessment, as its sheets give it.
pub const NEEDS: &str = "nhu-cau";

const NEEDS_SHEETS: [SheetFile<'static>; 5] = [
    ("survey.csv", include_str!("forms/nhu-cau/survey.csv")),
    ("choices.csv", include_str!("forms/nhu-cau/choices.csv")),
    ("settings.csv", include_str!("forms/nhu-cau/settings.csv")),
    ("competencies.csv", include_str!("forms/nhu-cau/competencies.csv")),
    ("don_vi.csv", include_str!("forms/nhu-cau/don_vi.csv")),
];

/// Reads the built-in self-assessment.
///
/// # Errors
/// The faults of its sheets; the tests see to it that there are none.
pub fn needs() -> Result<Form, Vec<FormProblem>> {
    xlsform::read(&NEEDS_SHEETS).map(|read| read.form)
}
