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

/// One row whose cells stand one behind the other in one text, to be filled again and again: a file
/// of a hundred thousand rows of a hundred cells is read without making a text of each.
#[derive(Debug, Clone, Default)]
pub struct PackedRow {
    /// The line it starts in, from 1.
    pub line: u64,
    text: String,
    /// Where in it each cell ends.
    ends: Vec<usize>,
}

impl PackedRow {
    /// Begins a row at a line.
    pub fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell; nothing beyond the last one.
    pub fn cell(&self, at: usize) -> &str {
        let end_of = |at: usize| self.ends.get(at).copied();
        let start = at.checked_sub(1).and_then(end_of).unwrap_or_default();
        end_of(at).and_then(|end| self.text.get(start..end)).unwrap_or_default()
    }

    /// The cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|at| self.cell(at))
    }
}

/// One row: as many cells as there are headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRow {
    /// The line it starts in, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}
