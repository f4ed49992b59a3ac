//! Headings and words as they are compared.

use std::collections::BTreeSet;

use crate::domain::search::folded;

/// A text in plain letters and digits with single spaces: `Rất quan trọng.` and `rat quan  trong`
/// are one.
pub(in crate::domain) fn plain(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A heading in plain letters without the number before it: `Câu 5.`, `2)`, `I.3 -`.
pub(super) fn unnumbered(heading: &str) -> String {
    let text = plain(heading);
    let rest = text.strip_prefix("cau ").or_else(|| text.strip_prefix("q ")).unwrap_or(&text);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if rest.is_empty() { text } else { rest.to_owned() }
}

/// A text's words.
pub(super) fn words_of(plain: &str) -> BTreeSet<&str> {
    plain.split_whitespace().collect()
}

/// How many of the words of either are words of both, of a hundred (Dice's coefficient).
pub(in crate::domain) fn likeness<W: Ord>(one: &BTreeSet<W>, other: &BTreeSet<W>) -> u32 {
    let shared = one.intersection(other).count() * 200;
    u32::try_from(shared / (one.len() + other.len()).max(1)).unwrap_or(0)
}

/// True when one plain text stands in another as whole words.
pub(super) fn holds(text: &str, part: &str) -> bool {
    // Most texts do not hold it at all, and need no copy.
    !part.is_empty() && text.contains(part) && format!(" {text} ").contains(&format!(" {part} "))
}

/// A plain text without the first place where a part stands in it.
pub(super) fn without(text: &str, part: &str) -> String {
    format!(" {text} ").replacen(&format!(" {part} "), " ", 1).trim().to_owned()
}

/// `Question [row]` as the question and the row.
pub(super) fn bracketed(heading: &str) -> Option<(&str, &str)> {
    let (question, row) = heading.trim().strip_suffix(']')?.split_once('[')?;
    Some((question.trim(), row.trim()))
}

/// Every way to cut a heading in two at a separator, the longest last part first.
pub(super) fn cuts<'h>(
    heading: &'h str,
    separators: &'h [char],
) -> impl Iterator<Item = (&'h str, &'h str)> {
    let places = heading.char_indices().filter(|(_, c)| separators.contains(c));
    places.filter_map(|(at, separator)| {
        Some((heading.get(..at)?, heading.get(at + separator.len_utf8()..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_a_question_is_no_part_of_it() {
        assert_eq!(unnumbered("Câu 5: Giới tính"), "gioi tinh");
        assert_eq!(unnumbered("2) Giới  tính"), "gioi tinh");
        assert_eq!(unnumbered("2026"), "2026");
    }

    #[test]
    fn a_heading_is_cut_at_every_separator() {
        let cuts: Vec<_> = cuts("a/b-c", &['/', '-']).collect();
        assert_eq!(cuts, [("a", "b-c"), ("a/b", "c")]);
        assert_eq!(bracketed("Mức độ [A1]"), Some(("Mức độ", "A1")));
    }
}
