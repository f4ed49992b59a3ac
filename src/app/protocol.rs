//! What page and worker say to each other, as JSON. The files of an import and the bytes of an
//! export travel beside it, as the browser's own objects.

mod analysis;
mod book;
mod chart;
mod foreign;
mod intake;
mod of_kits;
mod plan;
mod review;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::campaign_file::CampaignFile;
use super::desk::safety::{SafetyReply, SafetyRequest};
use super::keys::{KeyReply, KeyRequest};
use crate::domain::campaign::Campaign;
use crate::domain::form::{Form, Item};
use crate::domain::gazetteer::{Province, UnitList, WrittenUnit};
use crate::domain::problem::{FormProblem, Problem};
use crate::domain::roster::Roster;
use crate::domain::roster::columns::PostName;
use crate::domain::roster::importing::{ImportSettings, Imported};
use crate::formats::csv_text;
use crate::formats::dataset_csv::Arrangement;
use crate::formats::form_files::{self, NamedSheet};
use crate::formats::table::Profile;
use crate::formats::xlsform::{self, Unsupported, XlsForm};
use crate::forms::BuiltIn;
use crate::text::Language;

pub use analysis::{AnalysisReply, AnalysisRequest, Beside, Scope};
pub use book::BookReply;
pub use chart::{ChartReply, ChartRequest, OfGroup};
pub use foreign::{ForeignPreview, ForeignReply, ForeignRequest, PreviewCell, PreviewRow};
pub use intake::{FileReport, ReceivedTally, SeriesState, Summary, TallyTaken};
pub use of_kits::{read_reply, write_request};
pub use plan::{PlanFile, PlanRequest, PlanView, PlanWanted};
pub use review::{
    DecidedPair, LogLine, PairView, Pairs, People, Quality, ResponseView, ReviewReply,
    ReviewRequest, RowColumn, RowShown, Rows, RowsView, RowsWanted, Who,
};

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Collect responses to this campaign; what was kept of it is read from storage.
    Open(Box<CampaignFile>),
    /// The campaign that is open was changed; its responses stay.
    Tailor(Box<Campaign>),
    /// Read a form from the files of an `XLSForm`, names and bytes: a workbook, sheets as CSV, or
    /// a ZIP of them.
    ReadForm(Vec<(String, Vec<u8>)>, Unsupported),
    /// Write the open campaign as the text that kits or links carry.
    Pack(Carrier),
    /// Read so many files, which come after this request, as one import.
    Import(usize),
    /// Read the files of the last import again that waited for a key, as one import.
    ImportUnopened,
    /// Read a message that was pasted; `source` is what to call it.
    Paste {
        /// Where its rows come from, in the words of the screen.
        source: String,
        /// The message.
        text: String,
    },
    /// Look for codes in the camera's frame that comes beside this request.
    Scan {
        /// Where rows come from, in the words of the screen.
        source: String,
        /// True for the first frame since the camera was started.
        is_first: bool,
    },
    /// Stop the import that is under way.
    Cancel(Job),
    /// Compute something of the needs.
    Analysis(AnalysisRequest),
    /// Make the class plan, or a file of it.
    Plan(Box<PlanRequest>),
    /// Compute what a chart shows.
    Chart(ChartRequest),
    /// Look through the responses, or change them.
    Review(ReviewRequest),
    /// Make a file.
    Export(ExportWanted),
    /// Make a workbook of the open form.
    FormFile,
    /// Write everything into a workbook, with this plan, in words of a language.
    Book(Box<PlanWanted>, Language),
    /// Leave the tally of another desk out again.
    ForgetTally(String),
    /// Forget every response to the open campaign.
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
    /// Write or read a backup.
    Safety(SafetyRequest),
    /// Look up units, or read a table of them.
    Roster(RosterRequest),
    /// Read a table of another program.
    Foreign(ForeignRequest),
}

/// What the worker knows about units: their lists, and the table that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RosterRequest {
    /// The provinces of a list.
    Provinces(UnitList),
    /// The units of these provinces, by their codes.
    Units(UnitList, Vec<String>),
    /// Open a table: a file's name and bytes, and the posts that its columns may mean.
    Open(String, Vec<u8>, Vec<PostName>),
    /// Show what the open table is with these settings.
    Preview(ImportSettings),
    /// Make a roster of the open table.
    Take(ImportSettings),
    /// Place units that answers name; where both lists know one, it is looked for in this.
    Place(UnitList, Vec<WrittenUnit>),
}

/// What carries a campaign to those who answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// A copy of the page, with the form's sheets in it.
    Kit,
    /// A link to a hosted page, which has the forms that ship itself.
    Link,
}

/// What a form is read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSheets {
    /// The form that ships with the product, if it is one of these.
    pub built_in: Option<BuiltIn>,
    /// Its sheets; of a form that ships, none until they are looked up.
    sheets: Vec<NamedSheet>,
    /// What to do with questions that need a camera, a map or a file.
    unsupported: Unsupported,
}

impl FormSheets {
    /// A form that ships with the product, in the version that is at hand.
    pub fn built_in(form: BuiltIn) -> Self {
        Self { built_in: Some(form), sheets: Vec::new(), unsupported: Unsupported::Refused }
    }

    /// A form of the trainer's own.
    pub fn own(sheets: Vec<NamedSheet>, unsupported: Unsupported) -> Self {
        Self { built_in: None, sheets, unsupported }
    }

    /// The form that ships whose sheets are still to be looked up.
    pub fn to_look_up(&self) -> Option<BuiltIn> {
        self.built_in.filter(|_| self.sheets.is_empty())
    }

    /// With the texts of its sheets, by file name, where it is a form that ships. (The texts are
    /// asked for by those who may carry them: kits do not.)
    #[must_use]
    pub fn in_full<'t>(mut self, texts: impl FnOnce(BuiltIn) -> Vec<(&'t str, &'t str)>) -> Self {
        if let Some(form) = self.to_look_up() {
            let sheets = texts(form).into_iter().filter_map(|(name, text)| {
                Some((form_files::stem(name), csv_text::parse(text).ok()?))
            });
            self.sheets = sheets.collect();
        }
        self
    }

    /// Without the sheets that every page of this version has.
    #[must_use]
    pub fn in_short(mut self) -> Self {
        if self.built_in.is_some() {
            self.sheets.clear();
        }
        self
    }

    /// Without the rows of a list's own sheet that name none of these choices: of 3,321 units a
    /// campaign has its own.
    #[must_use]
    pub fn keep_choices(mut self, list: &str, choices: &BTreeSet<&str>) -> Self {
        for (_, sheet) in self.sheets.iter_mut().filter(|(name, _)| name == list) {
            let Some(column) = sheet.header.iter().position(|heading| heading == "name") else {
                continue;
            };
            sheet.rows.retain(|row| {
                row.cells.get(column).is_some_and(|name| choices.contains(name.as_str()))
            });
        }
        self
    }

    /// Reads the form.
    ///
    /// # Errors
    /// The faults of its sheets.
    pub fn read(&self) -> Result<XlsForm, Vec<FormProblem>> {
        xlsform::read_sheets(self.sheets.clone(), self.unsupported)
    }
}

/// Work that takes long and can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// Taking files in.
    Import,
    /// Writing the workbook.
    Book,
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
    /// Received against the roster, by unit and post.
    Coverage,
    /// The units and posts that are missing.
    Reminders,
    /// The change log.
    Changes,
    /// All of it as one package for programs.
    Package,
    /// The responses as `KoboToolbox` exports them.
    Kobo,
    /// The responses as ODK Central exports them.
    Odk,
}

/// How a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportWanted {
    /// Which file.
    pub export: Export,
    /// How it is written.
    pub profile: Profile,
    /// For Excel it is in words of this language.
    pub language: Language,
    /// How the answers of a dataset stand in it.
    pub arrangement: Arrangement,
}

impl ExportWanted {
    /// A file as most want it.
    pub fn plain(export: Export, profile: Profile, language: Language) -> Self {
        Self { export, profile, language, arrangement: Arrangement::default() }
    }
}

impl Export {
    /// Every file that can be made of the responses to a form.
    pub fn all(form: &Form) -> Vec<Self> {
        let mut all = vec![Self::Dataset];
        all.extend(form.repeats().map(Self::Repeat));
        all.extend([
            Self::Needs,
            Self::Tally,
            Self::Coverage,
            Self::Reminders,
            Self::Changes,
            Self::Package,
            Self::Kobo,
            Self::Odk,
        ]);
        all
    }

    /// True of what only programs read.
    pub fn is_for_programs_alone(self) -> bool {
        matches!(self, Self::Package | Self::Kobo | Self::Odk)
    }

    /// The file's name without its ending.
    pub fn file_stem(self, form: &Form) -> String {
        match self {
            Self::Dataset => "dataset".to_owned(),
            Self::Needs => "needs".to_owned(),
            Self::Tally => "tally".to_owned(),
            Self::Coverage => "coverage".to_owned(),
            Self::Reminders => "reminders".to_owned(),
            Self::Changes => "changes".to_owned(),
            Self::Package => "data-package".to_owned(),
            Self::Kobo => "kobo".to_owned(),
            Self::Odk => "odk-central".to_owned(),
            Self::Repeat(group) => {
                format!("dataset-{}", form.name_of(Item::Group(group)).unwrap_or_default())
            }
        }
    }
}

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The campaign is open.
    Opened {
        /// What its form was read from, in full.
        sheets: FormSheets,
        /// What was kept of it; `None` where it cannot be read now.
        summary: Option<Summary>,
    },
    /// The change is taken in.
    Tailored,
    /// The files are those of a form without faults.
    FormRead(FormSheets),
    /// The form's sheets have faults.
    FormFaulty(Vec<FormProblem>),
    /// The open campaign as text.
    Packed(Carrier, String),
    /// So many files of the import are read.
    Progress {
        /// Files read.
        done: usize,
        /// Files in all.
        total: usize,
        /// Of a large file that is being read the bytes read and all its bytes.
        bytes: [u64; 2],
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
    /// What came of a frame of the camera.
    Scanned {
        /// The responses that are whole now, a report each.
        reports: Vec<FileReport>,
        /// The responses of which parts are missing.
        open: Vec<SeriesState>,
        /// What a code that is none of ours says.
        other: Option<String>,
        /// What is there now, if that has changed.
        summary: Option<Summary>,
        /// False when the browser refused to store it.
        kept: bool,
    },
    /// The import was stopped; everything is as it was.
    Cancelled,
    /// What a desk holds after a tally was left out, and whether that could be stored.
    TallyForgotten(Summary, bool),
    /// What was asked of the needs.
    Analysis(AnalysisReply),
    /// The class plan that was asked for.
    Plan(Box<PlanView>),
    /// What a chart shows, with what was asked for.
    Chart(ChartRequest, ChartReply),
    /// About looking through the responses.
    Review(ReviewReply),
    /// The file that was asked for.
    Exported {
        /// The file's name.
        name: String,
        /// Its content; it travels beside the reply.
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// About the workbook of everything.
    Book(BookReply),
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
    /// What became of a request about backups.
    Safety(SafetyReply),
    /// Every response was forgotten.
    Emptied(Summary),
    /// About units.
    Roster(RosterReply),
    /// About a table of another program.
    Foreign(ForeignReply),
    /// The worker cannot go on; the reason as the browser gives it.
    Failed(String),
}

/// What the worker says about units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RosterReply {
    /// The provinces of a list, each with how many units it has.
    Provinces(UnitList, Vec<(Province, usize)>),
    /// The units that were asked for, or those of the table; a roster of no posts, or with those
    /// that the table speaks of.
    Units(Roster),
    /// The table could not be opened.
    Refused(String, Problem),
    /// What the open table is.
    Preview(Box<RosterPreview>),
    /// The units that were asked for, in their order, each with what it may be today.
    Placed(Vec<PlacedUnit>),
}

/// A table of units as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RosterPreview {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The headings, each with what stands in its column first.
    pub columns: Vec<(String, Vec<String>)>,
    /// How it is read; the worker's proposal at first.
    pub settings: ImportSettings,
    /// The first units, and all faults and questions.
    pub first: Imported,
    /// How many units there are.
    pub units: usize,
    /// How many rows there are.
    pub rows: usize,
}

/// A unit that an answer names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedUnit {
    /// The old unit's name, where it is one that went over as a whole.
    pub old: Option<String>,
    /// The units of today it may be, by code and name: one where it is sure, several where a
    /// person has to say, none where no list has it.
    pub now: Vec<(String, String)>,
}
