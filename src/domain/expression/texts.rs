//! Functions of texts; lengths and places count characters.

use std::collections::HashMap;

use regex_lite::{Regex, RegexBuilder};

use super::numbers::whole;

/// How long, in bytes, a joined text may become: joins within joins would fill the memory.
const MAX_TEXT: usize = 1 << 20;

/// The parts with the separator between them, as many as [`MAX_TEXT`] has room for.
pub(super) fn joined(parts: impl Iterator<Item = String>, separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.enumerate() {
        if joined.len() + separator.len() + part.len() > MAX_TEXT {
            break;
        }
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(&part);
    }
    joined
}

/// From the character at `start`, counted from 0, up to but without the one at `end`; a negative
/// place counts from the end of the text.
pub(super) fn substr(text: &str, start: f64, end: Option<f64>) -> String {
    let length = text.chars().count();
    let place = |at: f64| {
        let at = whole(at);
        let distance = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
        if at < 0 { length.saturating_sub(distance) } else { distance.min(length) }
    };
    let (start, end) = (place(start), end.map_or(length, place));
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// Each character of `from` becomes the one at its place in `to`, or goes where there is none.
pub(super) fn translated(text: &str, from: &str, to: &str) -> String {
    let mut to = to.chars();
    let mut table: HashMap<char, Option<char>> = HashMap::new();
    for letter in from.chars() {
        let target = to.next();
        table.entry(letter).or_insert(target);
    }
    text.chars().filter_map(|letter| table.get(&letter).copied().unwrap_or(Some(letter))).collect()
}

/// Without spaces at the ends, and with single ones between words.
pub(super) fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How much memory a pattern may take; counted repetitions of classes are what is large.
const MAX_PATTERN: usize = 1 << 20;

/// A pattern that holds for whole texts. The specification does not say whether a part is
/// enough; ODK Collect, whose word counts, wants the whole (`Pattern.matches`).
fn pattern(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(MAX_PATTERN).build().ok()
}

/// True when it is a regular expression that is understood here: look-around, back references
/// and `\p{…}` are not.
pub(super) fn is_pattern(source: &str) -> bool {
    // On its own too: `a)(b` is one only between the brackets around it.
    pattern(source).is_some() && Regex::new(source).is_ok()
}

/// True when the whole of `text` fits the pattern.
pub(super) fn fits(text: &str, source: &str) -> bool {
    pattern(source).is_some_and(|pattern| pattern.is_match(text))
}
