//! Tables of other programs: what page and worker say about them.

use serde::{Deserialize, Serialize};

use crate::domain::foreign::{Mapping, UnreadWord};
use crate::domain::problem::Problem;

/// About a table that the worker has put aside, by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForeignRequest {
    /// Propose how it is read: by the last of these recipes that fits it, as texts of their files,
    /// else by its headings.
    Open(usize, Vec<String>),
    /// Show what it is, read so.
    Preview(usize, Mapping),
    /// Take its responses, read so.
    Take(usize, Mapping),
    /// Forget it.
    Drop(usize),
}

/// What the worker says about such a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForeignReply {
    /// What it is.
    Preview(Box<ForeignPreview>),
    /// It is not there any more.
    Gone(usize),
}

/// A table of another program as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignPreview {
    /// The table's number.
    pub table: usize,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The headings, each with what stands in its column first.
    pub columns: Vec<(String, Vec<String>)>,
    /// How it is read.
    pub mapping: Mapping,
    /// The recipe that proposed it, by name.
    pub recipe: Option<String>,
    /// The fields that the table answers, by their keys.
    pub keys: Vec<String>,
    /// The first rows.
    pub first: Vec<PreviewRow>,
    /// How many rows there are.
    pub rows: usize,
    /// How many of them are responses.
    pub responses: usize,
    /// How many cells count as empty though something stands in them.
    pub unread: usize,
    /// Words that are no choice, or for which a person has said which.
    pub words: Vec<UnreadWord>,
    /// What is wrong with other cells and with rows; the first of them.
    pub faults: Vec<Problem>,
    /// True where the order of day and month is to be known.
    pub has_days: bool,
}

/// A row as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Its line in the file.
    pub line: u64,
    /// A cell a field.
    pub cells: Vec<PreviewCell>,
    /// False where the row answers nothing and is left out.
    pub is_taken: bool,
}

/// An answer as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewCell {
    /// The answer; empty where there is none.
    pub value: String,
    /// What stands there and was not understood.
    pub unread: Option<String>,
}
