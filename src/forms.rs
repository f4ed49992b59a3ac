//! The forms that ship with the product, kept as the sheets of an `XLSForm` and read like any other.
//!
//! A form is the sheets of its own folder and those of `forms/chung`, which all of them share:
//! posts, provinces, units, competencies and the scale of ability are the same in each, so that
//! what they collect can be compared.

pub mod checks;
pub mod obstacle_kinds;
pub mod sample_roster;
pub mod standards;
pub mod units;

use crate::domain::form::Form;
use crate::domain::problem::FormProblem;
use crate::formats::xlsform::{self, SheetFile, XlsForm};

/// The name of the built-in self-assessment, as its sheets give it.
pub const NEEDS: &str = BuiltIn::Needs.id();

/// A form that ships with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum BuiltIn {
    /// The self-assessment of training needs.
    Needs,
    /// The same abilities of somebody else, rated by a superior or a peer.
    ByOthers,
    /// The same abilities three to six months after a course, and what became of it.
    FollowUp,
}

const SHARED_SHEETS: [SheetFile<'static>; 3] = [
    ("choices.csv", include_str!("forms/chung/choices.csv")),
    ("competencies.csv", include_str!("forms/chung/competencies.csv")),
    ("don_vi.csv", include_str!("forms/chung/don_vi.csv")),
];

/// The sheets of a form's own folder.
macro_rules! own_sheets {
    ($folder:literal) => {
        [
            ("survey.csv", include_str!(concat!("forms/", $folder, "/survey.csv"))),
            ("choices.csv", include_str!(concat!("forms/", $folder, "/choices.csv"))),
            ("settings.csv", include_str!(concat!("forms/", $folder, "/settings.csv"))),
        ]
    };
}

impl BuiltIn {
    /// Every form that ships, the main one first.
    pub const ALL: [Self; 3] = [Self::Needs, Self::ByOthers, Self::FollowUp];

    /// Its name, as its sheets give it and as responses carry it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Needs => "nhu-cau",
            Self::ByOthers => "danh-gia-cap-tren",
            Self::FollowUp => "sau-boi-duong",
        }
    }

    /// Where its sheets lie below the folder of all forms, the shared ones first.
    pub fn sheet_paths(self) -> Vec<String> {
        let shared =
            ["choices", "competencies", "don_vi"].map(|sheet| format!("chung/{sheet}.csv"));
        let own =
            ["survey", "choices", "settings"].map(|sheet| format!("{}/{sheet}.csv", self.id()));
        shared.into_iter().chain(own).collect()
    }

    /// Their texts, with the shared ones first. Whoever calls this carries all of them.
    pub fn sheets(self) -> Vec<SheetFile<'static>> {
        let own = match self {
            Self::Needs => own_sheets!("nhu-cau"),
            Self::ByOthers => own_sheets!("danh-gia-cap-tren"),
            Self::FollowUp => own_sheets!("sau-boi-duong"),
        };
        [SHARED_SHEETS, own].concat()
    }

    /// Reads it.
    ///
    /// # Errors
    /// The faults of its sheets; the tests see to it that there are none.
    pub fn read(self) -> Result<XlsForm, Vec<FormProblem>> {
        xlsform::read(&self.sheets())
    }
}

/// Reads the built-in self-assessment.
///
/// # Errors
/// As [`BuiltIn::read`].
pub fn needs() -> Result<Form, Vec<FormProblem>> {
    BuiltIn::Needs.read().map(|read| read.form)
}
