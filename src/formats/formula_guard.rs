//! Text that a spreadsheet would run as a formula is written with an apostrophe before it and
//! read without; every text comes back as it was. Numbers are written as numbers, never guarded.
//!
//! Which beginnings are dangerous: OWASP ASVS 1.2.10 and CWE-1236, with their full-width forms,
//! also behind blanks, quotes or a byte order mark.

use std::borrow::Cow;

/// The text as it is safe in a cell.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_dangerous(text) => text,
        _ => cell,
    }
}

fn is_dangerous(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '"', '\'']);
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_defused_and_ordinary_text_is_not_touched() {
        for formula in ["=1+1", "+84 912", "-3", "@SUM(A1)", "\t=1", " =1", "\"=1", "＝1", "'=1"] {
            assert_eq!(guarded(formula), format!("'{formula}"), "{formula}");
        }
        for text in ["", "Xã Đại Từ", "'tis", "0912", "a=b"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_as_it_was(text in "['\"= +@\t-]{0,4}.{0,8}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), &text);
        }
    }
}
