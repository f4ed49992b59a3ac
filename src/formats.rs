//! Bytes to domain types and back. Every CSV is read and written by the `csv` crate.

pub mod csv_text;
pub mod dataset_csv;
pub mod export;
pub mod formula_guard;
pub mod response_csv;
pub mod table;
pub mod xlsform;
