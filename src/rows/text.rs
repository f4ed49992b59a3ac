//! Text as it is kept.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_word_processors_paste_becomes_plain_lines() {
        assert_eq!(composed("a\u{b}b\r\nc\rd\u{0}\u{7}e\tf"), "a\nb\nc\nde\tf");
        assert_eq!(composed("Cha\u{302}u"), "Châu");
    }
}
