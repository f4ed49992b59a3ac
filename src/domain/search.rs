//! Finding names as people type them: without case, without diacritics.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Text as it is compared in a search: lower case, no diacritics, `đ` as `d`, single spaces.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match character {
            'đ' => folded.push('d'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// True of letters, digits and signs of ASCII alone, which are always as they are kept.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Text as it is kept: Unicode NFC, so that equal names are equal; every kind of line break as one
/// character, and no other control characters but tabs.
pub fn composed(text: &str) -> Cow<'_, str> {
    // Most cells of most tables are plain, and of the others most are as they are kept.
    let is_kept = || {
        let mut letters = text.chars();
        letters.all(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'))
            && is_nfc_quick(text.chars()) == IsNormalized::Yes
    };
    if is_plain(text) || is_kept() {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let lines = text.chars().map(|c| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    });
    let kept: String =
        lines.filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).nfc().collect();
    Cow::Owned(kept)
}

/// The known word that a mistyped one is most like: at most a third of its letters differ.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = folded(word);
    let limit = word.chars().count().div_ceil(3);
    let distances =
        known.into_iter().map(|known| (strsim::osa_distance(&word, &folded(known)), known));
    distances
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// A name as part of a file name: folded, anything but letters and digits turned into hyphens.
pub fn slug(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_with_or_without_diacritics_composed_or_not() {
        for typed in
            ["chau cuong", "Châu Cường", " CHÂU  CƯỜNG ", "Cha\u{302}u Cu\u{31b}o\u{31b}\u{300}ng"]
        {
            assert_eq!(folded(typed), "chau cuong", "{typed}");
        }
        assert_eq!(folded("Xã Đại Từ"), "xa dai tu");
    }

    #[test]
    fn what_word_processors_paste_becomes_plain_lines() {
        assert_eq!(composed("a\u{b}b\r\nc\rd\u{0}\u{7}e\tf"), "a\nb\nc\nde\tf");
        assert_eq!(composed("Cha\u{302}u"), "Châu");
    }

    #[test]
    fn a_mistyped_word_is_found_and_another_word_is_not() {
        assert_eq!(nearest("selcted", ["select", "selected"]), Some("selected"));
        assert_eq!(nearest("tuio", ["ten", "tuoi"]), Some("tuoi"));
        assert_eq!(nearest("gone", ["x"]), None);
        assert_eq!(nearest("", ["x"]), None);
    }

    #[test]
    fn a_file_name_has_only_plain_letters() {
        assert_eq!(slug("Chủ tịch UBND (xã)"), "chu-tich-ubnd-xa");
        assert_eq!(slug("../"), "");
    }
}
