//! The respondent's pages, in the order a person meets them.

mod consent;
mod delete_dialog;
mod instances;
mod receipt;
mod review;
mod saved_line;
mod screen;
mod welcome;

pub(super) use consent::Consent;
pub(super) use receipt::Receipt;
pub(super) use review::Review;
pub(super) use screen::ScreenPage;
pub(super) use welcome::Welcome;
