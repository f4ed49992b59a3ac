//! What page and worker say about looking through the responses and changing them.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Summary;
use crate::domain::changes::{ChangeFault, Entry, Standing};
use crate::domain::coverage::{Coverage, Day};
use crate::domain::filter::Filter;
use crate::domain::needs::Needs;
use crate::domain::profile::{CrossTable, StandardsTable};
use crate::domain::quality::Flag;
use crate::domain::response::Response;
use crate::domain::same_person::{Difference, Suspicion};
use crate::domain::timestamp::Timestamp;
use crate::domain::versions::VersionUse;
use crate::text::Language;
use rows::answers::Answers;

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ReviewRequest {
    /// Hold these responses against the roster.
    Coverage(Filter),
    /// Count who the people are.
    People(Filter),
    /// Some lines of the table of responses.
    Rows(RowsWanted),
    /// One response in full, by root.
    Response(String),
    /// Which responses look as if they should not be trusted.
    Quality(Filter),
    /// Which responses may be one person's.
    SamePerson,
    /// The change log, and the versions of the form.
    Log,
    /// Change something.
    Change(Entry),
    /// Take the last import back.
    UndoImport,
}

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ReviewReply {
    /// What the roster is covered by.
    Coverage(Filter, Coverage, Vec<Day>),
    /// Who the people are.
    People(Filter, People),
    /// The lines that were asked for.
    Rows(Rows),
    /// The response that was asked for; `None` where there is none any more.
    Response(Option<Box<ResponseView>>),
    /// Which responses look as if they should not be trusted.
    Quality(Filter, Box<Quality>),
    /// The pairs of which nobody has decided, and those of which somebody has.
    SamePerson(Pairs),
    /// Every line of the log, and the versions.
    Log(Vec<LogLine>, Vec<VersionUse>),
    /// The change is made; false where the browser refused to store it.
    Changed(Summary, bool),
    /// The change cannot be made.
    Refused(ChangeFault),
    /// The last import is taken back; so many responses are gone or as they were before.
    Undone(Summary, usize, bool),
}

/// Who a response is from, as it says itself; names of choices, not their words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The response.
    pub root: String,
    /// Its receipt code.
    pub receipt: String,
    /// The person's name, where the form asks for it.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The post.
    pub post: String,
}

/// Who the people are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// How many responses were counted.
    pub people: usize,
    /// What everybody together answered, a table a question.
    pub overall: Vec<CrossTable>,
    /// The same by post, of questions that standards are about.
    pub by_post: Vec<CrossTable>,
    /// The same by group of posts.
    pub by_post_group: Vec<CrossTable>,
    /// How they stand to what their posts ask for.
    pub standards: StandardsTable,
    /// How many lack something of it.
    pub lacking_people: usize,
    /// The first of them, each with the questions whose standards they do not meet.
    pub lacking: Vec<(Who, Vec<String>)>,
}

/// Which lines of the table of responses are wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowsWanted {
    /// What the table shows.
    pub view: RowsView,
    /// The first line.
    pub from: usize,
    /// How many.
    pub count: usize,
}

/// What the table of responses shows, and in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowsView {
    /// Which responses.
    pub filter: Filter,
    /// A piece of a name, unit, post or receipt code.
    pub search: String,
    /// The columns: questions by name, and [`RowColumn`]s by their words.
    pub columns: Vec<String>,
    /// The column that they are sorted by, and whether from its end.
    pub sort: Option<(String, bool)>,
    /// The language whose words they are sorted by.
    pub language: Language,
}

/// A column of the table of responses that is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowColumn {
    /// The receipt code.
    Receipt,
    /// When it was handed in.
    Submitted,
    /// The version of the form.
    Version,
    /// Who typed.
    Mode,
    /// How many quality flags it has.
    Flags,
    /// The files it came from.
    Source,
}

impl RowColumn {
    /// Every one, in the order of the chooser.
    pub const ALL: [Self; 6] =
        [Self::Receipt, Self::Submitted, Self::Version, Self::Mode, Self::Flags, Self::Source];

    /// Its word in [`RowsView::columns`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Receipt => "_receipt",
            Self::Submitted => "_submitted",
            Self::Version => "_form_version",
            Self::Mode => "_mode",
            Self::Flags => "_flags",
            Self::Source => "_source",
        }
    }

    /// The column of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

/// Some lines of the table of responses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// What was asked for.
    pub wanted: RowsWanted,
    /// How many responses there are.
    pub all: usize,
    /// How many of them the table shows.
    pub matching: usize,
    /// The lines.
    pub lines: Vec<RowShown>,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowShown {
    /// The response.
    pub root: String,
    /// What stands in the columns: answers as they are kept.
    pub cells: Vec<String>,
    /// Whether it counts.
    pub counts: bool,
    /// Whether it was changed at the desk.
    pub is_changed: bool,
}

/// A response in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponseView {
    /// As the changes leave it.
    pub response: Rc<Response>,
    /// The receipt codes of this response and of those that its changes name, by root.
    pub receipts: BTreeMap<String, String>,
    /// What it said when it came in.
    pub original: Answers,
    /// How many older revisions are kept.
    pub older: usize,
    /// Whether it counts.
    pub standing: Standing,
    /// Why it may not be trusted.
    pub flags: Vec<Flag>,
    /// The lines of the log that are about it and hold.
    pub entries: Vec<Entry>,
}

/// Which responses look as if they should not be trusted, and what they do to the ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// How many responses were looked at.
    pub people: usize,
    /// How many of them have flags.
    pub flagged_people: usize,
    /// The first of them, those with the most flags first.
    pub flagged: Vec<(Who, Vec<Flag>)>,
    /// From how many flags on they are left out of the second ranking.
    pub from: usize,
    /// How many are left out of it.
    pub left_out: usize,
    /// The ranking with everybody.
    pub with: Needs,
    /// The ranking without them.
    pub without: Needs,
}

/// Pairs of responses that may be one person's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs {
    /// How many there are of which nobody has decided.
    pub undecided: usize,
    /// The first of them.
    pub open: Vec<PairView>,
    /// Those of which somebody has.
    pub decided: Vec<DecidedPair>,
}

/// Two responses that may be one person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairView {
    /// The two, and why.
    pub suspicion: Suspicion,
    /// Who they are from, in the order of the pair's roots.
    pub who: [Who; 2],
    /// When they were handed in.
    pub submitted: [Option<Timestamp>; 2],
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// How many answers are the same.
    pub same: usize,
}

/// Two responses of which somebody has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedPair {
    /// The line of the log.
    pub entry: Entry,
    /// Who they are from, in the order of the pair's roots.
    pub who: [Who; 2],
}

/// A line of the change log as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// The line.
    pub entry: Entry,
    /// Whose responses it is about.
    pub who: Vec<Who>,
    /// When it was taken back.
    pub taken_back: Option<Timestamp>,
}
