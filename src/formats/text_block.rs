//! Packed responses as a message: a line that says what it is, the parts, a line that ends it.

use super::parts::cut;
use crate::text::Language;

/// Letters of a part: short enough that little is lost with one, long enough that what every part
/// repeats is a tenth.
const LETTERS: usize = 140;

/// The message, in words of `language`; `name` is what people call the response by.
pub fn write(language: Language, name: &str, packed: &[u8]) -> String {
    let parts = cut(packed, LETTERS);
    let count = parts.len();
    let lines = parts.iter().map(|part| format!("{}/{count} {part}", part.index + 1));
    let first = language.block_first(&name, &count);
    std::iter::once(first)
        .chain(lines)
        .chain([language.block_last().to_owned()])
        .collect::<Vec<_>>()
        .join("\n")
}
