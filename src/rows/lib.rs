//! Rows of a table on their way into a dataset and out of it: what is done a hundred thousand times
//! a second apart from what is done once.
//!
//! The product is built for size. This crate is built for speed (`Cargo.toml`, profiles), and is so
//! small that nobody has to wait for it: bytes are cut into records ([`records`]), the cells of a
//! record are looked up among the answers that there may be ([`cells`]), the answers of a person
//! are one short text ([`answers`]), a checksum tells whether somebody changed it ([`digest`]), and
//! what people say is counted anew for every group ([`counted`]). Nothing here knows what a form is.
//!
//! Where all of a loop is here, its function is not inlined: in its caller it would be built for size
//! again.

pub mod answers;
pub mod cells;
pub mod counted;
pub mod digest;
mod packed_row;
pub mod records;
pub mod text;

pub use packed_row::PackedRow;
