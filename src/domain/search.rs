//! Finding names as people type them: without case, without diacritics.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
