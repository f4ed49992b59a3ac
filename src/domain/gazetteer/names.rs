//! How the names of units and provinces are compared.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::domain::search::folded;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnitKind {
    /// A commune.
    Xa,
    /// A ward.
    Phuong,
    /// A special zone, since 1 July 2025.
    DacKhu,
    /// A town, until then.
    ThiTran,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Xa, Self::Phuong, Self::DacKhu, Self::ThiTran];

    /// The word that names of this kind begin with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Xa => "Xã",
            Self::Phuong => "Phường",
            Self::DacKhu => "Đặc khu",
            Self::ThiTran => "Thị trấn",
        }
    }

    /// The kind that a name or a cell begins with, also as `P.` or `TT.`.
    pub fn of(text: &str) -> Option<Self> {
        split(text).0
    }
}

/// A name as its kind and the folded rest of it. `Phương Liên` is no ward called Liên: a word with
/// diacritics has to be the one it looks like.
fn split(text: &str) -> (Option<UnitKind>, String) {
    const SHORT: [(&str, UnitKind); 5] = [
        ("x.", UnitKind::Xa),
        ("p.", UnitKind::Phuong),
        ("đk.", UnitKind::DacKhu),
        ("tt.", UnitKind::ThiTran),
        ("tt ", UnitKind::ThiTran),
    ];
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    for kind in UnitKind::ALL {
        let count = kind.word().split(' ').count();
        let begin = words.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let is_plain = begin.is_ascii() && begin == folded(kind.word());
        if is_plain || spelled(&begin) == spelled(kind.word()) {
            let rest: Vec<&str> = words.into_iter().skip(count).collect();
            return (Some(kind), folded(&rest.join(" ")));
        }
    }
    let short = SHORT.iter().find_map(|(word, kind)| Some((*kind, text.strip_prefix(word)?)));
    match short {
        Some((kind, rest)) => (Some(kind), folded(rest)),
        None => (None, folded(&text)),
    }
}

/// What a unit's name is found by: folded, without its kind, numbers without leading zeros.
pub(super) fn unit_key(name: &str) -> String {
    plain(&split(name).1)
}

/// The same of a name whose first word only looks like a kind, such as `Xa Phin` for Xà Phìn.
pub(super) fn whole_key(name: &str) -> String {
    plain(&folded(name))
}

fn plain(folded: &str) -> String {
    let letters: String =
        folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = letters.split(' ').filter(|word| !word.is_empty()).map(|word| {
        let number = word.trim_start_matches('0');
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && !number.is_empty() { number } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a province is found by.
pub fn province_key(name: &str) -> String {
    without(name, &["tinh ", "thanh pho ", "tp. ", "tp ", "tp."])
}

/// What a district is found by.
pub(super) fn district_key(name: &str) -> String {
    without(
        name,
        &["huyen dao ", "huyen ", "quan ", "thi xa ", "thanh pho ", "tp. ", "tp ", "tp.", "tx. "],
    )
}

fn without(name: &str, words: &[&str]) -> String {
    let folded = folded(name);
    let bare = words.iter().find_map(|word| folded.strip_prefix(word));
    bare.unwrap_or(&folded).to_owned()
}

/// A name as it sounds: lower case with its diacritics, wherever in a syllable the tone mark
/// stands; `Hoà` and `Hòa` are one.
pub fn spelled(name: &str) -> String {
    /// Grave, acute, tilde, hook above, dot below.
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let lower = name.to_lowercase();
    let syllables = lower.split_whitespace().map(|word| {
        let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|c| TONES.contains(c));
        letters.into_iter().chain(tones).collect::<String>()
    });
    syllables.collect::<Vec<_>>().join(" ")
}

/// True when a unit of this name is meant, as far as plain letters tell.
pub(super) fn is_called(name: &str, written: &str) -> bool {
    let key = unit_key(name);
    key == unit_key(written) || key == whole_key(written)
}

/// True when a written name says that the unit is of the kind it is.
pub(super) fn has_kind_of(name: &str, written: &str) -> bool {
    UnitKind::of(written).is_some_and(|kind| UnitKind::of(name) == Some(kind))
}

/// True when a written name, with its diacritics, is this one; its kind may be left out.
pub(super) fn is_spelled_like(name: &str, written: &str) -> bool {
    let (name, written) = (spelled(name), spelled(written));
    name == written || name.strip_suffix(&written).is_some_and(|before| before.ends_with(' '))
}
