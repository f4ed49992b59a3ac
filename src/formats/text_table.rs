//! A table of text, from whatever file it came.

use serde::{Deserialize, Serialize, Serializer};

use crate::domain::problem::Problem;

/// A table with headings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextTable {
    /// The headings.
    pub header: Vec<String>,
    /// The rows that are whole.
    pub rows: Vec<TextRow>,
    /// The rows and cells that are not. They are not kept: a form with such rows is not used.
    #[serde(default, skip_deserializing, serialize_with = "none")]
    pub problems: Vec<Problem>,
}

/// Versions before this one want to read a list.
fn none<S: Serializer>(_: &[Problem], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq([(); 0])
}

/// One row: as many cells as there are headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRow {
    /// The line it starts in, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}
