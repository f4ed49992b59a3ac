//! What a survey is, with nothing around it: no browser, no clock, no randomness, no bytes.

pub mod answers;
pub mod campaign;
pub mod canonical;
pub mod condition;
pub mod dataset;
pub mod dependencies;
pub mod digest;
pub mod encryption;
pub mod expression;
pub mod field;
pub mod filled;
pub mod form;
pub mod grouping;
pub mod localized;
pub mod measure;
pub mod needs;
pub mod outline;
pub mod own_picture;
pub mod paper;
pub mod problem;
pub mod response;
pub mod search;
pub mod suppression;
pub mod tally;
pub mod timestamp;
