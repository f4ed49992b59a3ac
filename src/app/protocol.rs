//! What page and worker say to each other, as JSON. The files of an import and the bytes of an
//! export travel beside it, as the browser's own objects.

use serde::{Deserialize, Serialize};

use super::keys::{KeyReply, KeyRequest};
use crate::domain::form::{Form, Item};
use crate::domain::grouping::Grouping;
use crate::domain::needs::Needs;
use crate::domain::problem::{FormProblem, Problem};
use crate::formats::csv_text;
use crate::formats::form_files::{self, NamedSheet};
use crate::formats::table::Profile;
use crate::formats::xlsform::{self, Unsupported, XlsForm};
use crate::forms::BuiltIn;
use crate::text::Language;

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Collect responses to this form; what was kept of it is read from storage.
    Open(FormSource),
    /// Read the files that come beside this request, as one import.
    Import,
    /// Read the files of the last import again that waited for a key, as one import.
    ImportUnopened,
    /// Stop the import that is under way.
    Cancel,
    /// Compute the needs by this grouping.
    Needs(Grouping),
    /// Make a file.
    Export(Export, Profile, Language),
    /// Make a workbook of the open form.
    FormFile,
    /// Forget every response to the open form.
    Empty,
    /// Encrypt what was handed in.
    Encrypt {
        /// The response's root.
        root: String,
        /// Its revision.
        revision: u32,
        /// For whom.
        public_key: String,
        /// Its file.
        bytes: Vec<u8>,
    },
    /// Make, open or close keys.
    Keys(KeyRequest),
}

/// Where a form comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormSource {
    /// The form that was open last; where there was none, the built-in one.
    #[default]
    Last,
    /// A form that ships with the product.
    BuiltIn(BuiltIn),
    /// Files of an `XLSForm`, names and bytes: a workbook, sheets as CSV, or a ZIP of them.
    Files(Vec<(String, Vec<u8>)>, Unsupported),
}

/// What a form is read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormSheets {
    /// The sheets of a form that ships with the product.
    BuiltIn(BuiltIn),
    /// The trainer's own, and what to do with questions that need a camera, a map or a file.
    Own(Vec<NamedSheet>, Unsupported),
}

impl Default for FormSheets {
    fn default() -> Self {
        Self::BuiltIn(BuiltIn::Needs)
    }
}

impl FormSheets {
    /// With its sheets, also of a form that ships: another version of the product has others.
    #[must_use]
    pub fn in_full(&self) -> Self {
        match self {
            Self::BuiltIn(form) => {
                let sheets = form.sheets().into_iter().filter_map(|(name, text)| {
                    Some((form_files::stem(name), csv_text::parse(text).ok()?))
                });
                Self::Own(sheets.collect(), Unsupported::Refused)
            }
            Self::Own(..) => self.clone(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// The faults of its sheets.
    pub fn form(&self) -> Result<XlsForm, Vec<FormProblem>> {
        match self {
            Self::BuiltIn(form) => form.read(),
            Self::Own(sheets, unsupported) => xlsform::read_sheets(sheets.clone(), *unsupported),
        }
    }
}

/// A file that the desk makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// Every current response.
    Dataset,
    /// The needs by every grouping.
    Needs,
    /// The tallies by every grouping.
    Tally,
    /// The instances of a repeat, by the position of its group in the form.
    Repeat(usize),
}

impl Export {
    /// Every file that can be made of the responses to a form.
    pub fn all(form: &Form) -> Vec<Self> {
        let repeats = (0..form.groups().len()).filter(|group| form.is_repeat(*group));
        let mut all = vec![Self::Dataset];
        all.extend(repeats.map(Self::Repeat));
        all.extend([Self::Needs, Self::Tally]);
        all
    }

    /// The file's name without its ending.
    pub fn file_stem(self, form: &Form) -> String {
        match self {
            Self::Dataset => "dataset".to_owned(),
            Self::Needs => "needs".to_owned(),
            Self::Tally => "tally".to_owned(),
            Self::Repeat(group) => {
                format!("dataset-{}", form.name_of(Item::Group(group)).unwrap_or_default())
            }
        }
    }
}

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The form is open.
    Opened {
        /// What it was read from.
        sheets: FormSheets,
        /// What was kept of it; `None` where it cannot be read now.
        summary: Option<Summary>,
    },
    /// The form's sheets have faults.
    FormFaulty(Vec<FormProblem>),
    /// So many files of the import are read.
    Progress {
        /// Files read.
        done: usize,
        /// Files in all.
        total: usize,
        /// Responses read so far.
        responses: usize,
    },
    /// The import is done.
    Imported {
        /// What became of each file.
        reports: Vec<FileReport>,
        /// What is there now.
        summary: Summary,
        /// False when the browser refused to store it.
        kept: bool,
    },
    /// The import was stopped; everything is as it was.
    Cancelled,
    /// The needs that were asked for.
    Needs(Needs),
    /// The file that was asked for.
    Exported {
        /// The file's name.
        name: String,
        /// Its content; it travels beside the reply.
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// The form does not fit into a workbook.
    FormNotWritten(FormProblem),
    /// What was handed in is encrypted, as text; `None` where it could not be.
    Encrypted {
        /// The response's root.
        root: String,
        /// Its revision.
        revision: u32,
        /// The encrypted file.
        text: Option<String>,
    },
    /// What became of a request about keys.
    Keys(KeyReply),
    /// Every response was forgotten.
    Emptied(Summary),
    /// The worker cannot go on; the reason as the browser gives it.
    Failed(String),
}

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name, with its folder where it came with one.
    pub file: String,
    /// Responses of people who had none.
    pub new: usize,
    /// Newer revisions.
    pub newer: usize,
    /// Older revisions, kept as history.
    pub older: usize,
    /// Responses that were there already.
    pub already_there: usize,
    /// Responses whose revision was there with other content.
    pub differing: usize,
    /// Of these, how many were changed by hand after handing in.
    pub edited: usize,
    /// Why rows, or the whole file, were refused.
    pub problems: Vec<Problem>,
    /// Columns that the form does not have.
    pub unknown_columns: Vec<String>,
    /// The receipt code of a file that holds one response.
    pub receipt: Option<String>,
}

impl FileReport {
    /// True when another key may open the file.
    pub fn waits_for_key(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind.waits_for_key())
    }
}

/// What a dataset holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// People who answered.
    pub people: usize,
    /// Older revisions kept as history.
    pub revisions: usize,
    /// Files that responses came from.
    pub files: usize,
    /// Current responses that were changed by hand after handing in.
    pub edited: usize,
}
