//! What is wrong with a response that came as a code or in a message.

use serde::{Deserialize, Serialize};

/// A fault of a picture, a code or a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransferFault {
    /// The picture cannot be opened.
    NotAPicture,
    /// The picture shows no code.
    NoCode,
    /// So many codes of the picture are too small, blurred or cut to be read.
    CodesUnreadable(usize),
    /// The code says something else; what it says.
    OtherCode(String),
    /// The message holds no response.
    NoResponse,
    /// So many lines of the message were changed or cut on their way; which cannot be told.
    PartsDamaged(usize),
    /// Parts of a response did not come.
    PartsMissing {
        /// Their numbers, from 1.
        missing: Vec<usize>,
        /// How many parts there are.
        count: usize,
    },
    /// Every part came, and together they make no response.
    Damaged,
    /// It was made by a newer version of the product.
    NewerProduct,
    /// It answers another version of the form, whose questions are not the same.
    OtherVersion {
        /// The version of the form that is open.
        expected: String,
        /// The one that was answered.
        found: String,
    },
    /// It answers this version of the form, but the questions were changed since.
    FormChanged,
}
