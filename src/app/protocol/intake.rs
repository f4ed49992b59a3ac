//! What became of files that came in, and what a desk holds.

use serde::{Deserialize, Serialize};

use crate::domain::dataset::Taken;
use crate::domain::problem::Problem;
use crate::domain::timestamp::Timestamp;

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
    /// The number of the table that waits until a person says what its columns mean.
    pub asked: Option<usize>,
    /// Cells of a table of another program that were not understood and count as empty.
    pub left_empty: usize,
    /// What became of a file that is a tally of another desk.
    pub tally: Option<TallyTaken>,
}

/// What became of a tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyTaken {
    /// How many people are in the one that counts now.
    pub people: u64,
    /// What became of the one that came.
    pub taken: Taken,
}

/// A tally of another desk that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedTally {
    /// The desk that counted it.
    pub desk: String,
    /// The file it came in.
    pub source: String,
    /// When it was counted.
    pub made: Timestamp,
    /// How many people are in it.
    pub people: u64,
    /// True where small groups are missing.
    pub hides: bool,
}

impl FileReport {
    /// True when another key may open the file.
    pub fn waits_for_key(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind.waits_for_key())
    }
}

/// A response of which parts are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesState {
    /// How many parts there are.
    pub count: usize,
    /// The numbers of those that are missing, from 1.
    pub missing: Vec<usize>,
}

/// What a dataset holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// People who answered.
    pub people: usize,
    /// Older revisions kept as history.
    pub revisions: usize,
    /// Files that responses came from.
    pub files: usize,
    /// Current responses that were changed by hand after handing in.
    pub edited: usize,
    /// True while the last import can be taken back.
    pub can_undo: bool,
    /// The tallies of other desks.
    pub received: Vec<ReceivedTally>,
}

impl Summary {
    /// True where nobody is counted, here or elsewhere.
    pub fn has_nobody(&self) -> bool {
        self.people == 0 && self.received.is_empty()
    }
}
