//! Bytes to domain types and back. Every CSV is read and written by the `csv` crate.

pub mod archive;
pub mod changes_csv;
pub mod clipboard;
pub mod code_picture;
pub mod codes;
pub mod coverage_csv;
pub mod csv_text;
pub mod dataset_csv;
pub mod encryption;
pub mod export;
pub mod form_files;
pub mod formula_guard;
pub mod own_picture_svg;
pub mod packed;
pub mod packed_text;
pub mod parts;
pub mod record_archive;
pub mod response_csv;
pub mod roster_file;
pub mod svg;
pub mod table;
pub mod text_block;
pub mod text_table;
pub mod workbook;
pub mod xlsform;
pub mod xlsform_writer;
