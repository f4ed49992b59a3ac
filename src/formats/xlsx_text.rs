//! Texts in the cells of a workbook that is written.

use std::borrow::Cow;

/// What a cell holds, in units of UTF-16.
pub(super) const LONGEST_TEXT: usize = 32_767;

/// Widths of columns in characters; what is longer is wrapped.
pub(super) const NARROWEST: usize = 8;
pub(super) const WIDEST: usize = 48;

/// A text as it is to be handed to the library, which takes one between `<r>` and `</r>` for marked
/// up text and writes it as it stands. Blanks around a text are not read.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    if text.starts_with("<r>") && text.ends_with("</r>") {
        Cow::Owned(format!("{text} "))
    } else {
        Cow::Borrowed(text)
    }
}
