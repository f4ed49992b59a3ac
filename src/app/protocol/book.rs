//! What the worker says of the workbook of everything.

use serde::{Deserialize, Serialize};

use crate::formats::book::BookNote;

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookReply {
    /// So many rows of so many are written.
    Progress(usize, usize),
    /// It is there.
    Made {
        /// The file's name.
        name: String,
        /// Its content; it travels beside the reply.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// What it could not hold as it is.
        notes: Vec<BookNote>,
    },
    /// It was stopped.
    Stopped,
    /// It could not be written; the reason as the library gives it.
    Failed(String),
}
