//! Answers handed in: one row of the data.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::timestamp::Timestamp;
use rows::answers::Answers;
use rows::digest::Digest;

/// What one person handed in, in one revision. What many rows have in common they share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The form it answers.
    pub form: Rc<str>,
    /// That form's version.
    pub form_version: Rc<str>,
    /// The campaign it was asked in, by id; empty where it was asked outside of any.
    #[serde(default)]
    pub campaign: Rc<str>,
    /// The person's filling of the form: made when the draft starts, never changed.
    pub root: String,
    /// Counts from 1; every reopening that is handed in again adds one.
    pub revision: u32,
    /// When the draft was started.
    pub start: Option<Timestamp>,
    /// When the last answer was given.
    pub end: Option<Timestamp>,
    /// When it was handed in.
    pub submitted: Option<Timestamp>,
    /// For how many seconds somebody was at it, without pauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_seconds: Option<u32>,
    /// Who typed, from what.
    pub mode: Mode,
    /// The consent given.
    pub consent: Option<Consent>,
    /// The values.
    pub answers: Answers,
    /// The checksum the row came with; empty where it had none.
    pub checksum: String,
    /// The files it came from.
    pub sources: Rc<BTreeSet<String>>,
}

/// How the answers came into the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// By the person.
    #[default]
    #[serde(rename = "self")]
    Respondent,
    /// By a helper who asked.
    #[serde(rename = "interview")]
    Interview,
    /// By a helper from paper.
    #[serde(rename = "paper")]
    Paper,
}

impl Mode {
    /// The word of the column `_mode`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Respondent => "self",
            Self::Interview => "interview",
            Self::Paper => "paper",
        }
    }

    /// The mode of that word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Respondent, Self::Interview, Self::Paper]
            .into_iter()
            .find(|mode| mode.word() == word)
    }
}

/// Which consent text was agreed to, and when. Written `version@time`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The version of the text.
    pub version: Rc<str>,
    /// When the box was ticked and confirmed.
    pub at: Timestamp,
}

impl Consent {
    /// Reads what [`Consent`]'s `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (version, at) = Self::parts(text)?;
        Some(Self { version: version.into(), at })
    }

    /// The version and the time in such a text.
    pub fn parts(text: &str) -> Option<(&str, Timestamp)> {
        let (version, at) = text.rsplit_once('@')?;
        Some((version, Timestamp::parse(at)?))
    }
}

impl Display for Consent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.version, self.at)
    }
}

/// The meta columns that follow the answers in a row, in order, without `_checksum`.
pub const META_COLUMNS: [&str; 11] = [
    "_form",
    "_form_version",
    "_campaign",
    "_root",
    "_revision",
    "_start",
    "_end",
    "_submitted",
    "_active_seconds",
    "_mode",
    "_consent",
];

/// The last meta column of a response: a checksum over all others.
pub const CHECKSUM_COLUMN: &str = "_checksum";

/// The column a dataset adds: the files a row came from.
pub const SOURCE_COLUMN: &str = "_source";

impl Response {
    /// The texts of [`META_COLUMNS`].
    pub fn meta(&self) -> [String; 11] {
        let mut texts = <[String; 11]>::default();
        let mut next = texts.iter_mut();
        self.each_meta(|_, value| {
            if let Some(text) = next.next() {
                value.clone_into(text);
            }
        });
        texts
    }

    /// Tells each of [`META_COLUMNS`] with its text, in order.
    fn each_meta(&self, mut tell: impl FnMut(&'static str, &str)) {
        let mut names = META_COLUMNS.iter();
        let mut say = |text: &str| {
            if let Some(name) = names.next() {
                tell(name, text);
            }
        };
        say(&self.form);
        say(&self.form_version);
        say(&self.campaign);
        say(&self.root);
        say(&self.revision.to_string());
        for moment in [self.start, self.end, self.submitted] {
            let text = moment.and_then(Timestamp::text);
            say(text.as_ref().and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default());
        }
        say(&self.active_seconds.map_or_else(String::new, |seconds| seconds.to_string()));
        say(self.mode.word());
        say(&self.consent.as_ref().map_or_else(String::new, Consent::to_string));
    }

    /// The checksum of what the row says now: CRC-32 over its filled columns by name, so that the
    /// order of columns and empty ones do not count. An `x`, so that
    /// no spreadsheet takes it for a number, and eight hexadecimal digits.
    pub fn computed_checksum(&self) -> String {
        format!("x{}", self.digest().finish())
    }

    fn digest(&self) -> Digest {
        let mut digest = Digest::default();
        self.answers.digest(&mut digest);
        self.each_meta(|name, value| digest.add(name, value));
        digest
    }

    /// Writes the checksum of what the row says now.
    pub fn seal(&mut self) {
        self.checksum = self.computed_checksum();
    }

    /// True when the row was changed after it was handed in. A row without checksum, from
    /// another program, cannot tell.
    pub fn is_edited(&self) -> bool {
        let stated = self.checksum.strip_prefix('x').filter(|digits| digits.len() == 8);
        let stated = stated.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        !self.checksum.is_empty() && stated != Some(self.digest().number())
    }

    /// A code a person can read over the telephone: eight letters and digits, no `0 O 1 I`.
    ///
    /// It comes from what was handed in, so the trainer's desk can show the same code.
    pub fn receipt(&self) -> String {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(self.root.as_bytes());
        let (root, mut row) = (hasher.finalize(), 0u32);
        for digit in self.checksum.chars().filter_map(|c| c.to_digit(16)) {
            row = row.wrapping_shl(4) | digit;
        }
        let mut bits = (u64::from(root) << 32) | u64::from(row);
        let mut code = String::with_capacity(9);
        for place in 0..8 {
            if place == 4 {
                code.push('-');
            }
            // Eight symbols carry 40 bits; the mix below lets all 64 count.
            bits = (bits ^ (bits >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let symbol = usize::try_from(bits >> 59).unwrap_or_default();
            code.push(ALPHABET.get(symbol).map_or('2', |byte| char::from(*byte)));
        }
        code
    }

    /// What decides between two rows of one root and revision, of which both or none were edited
    /// by hand: the later, then the content, so that the order of files never does.
    pub(super) fn precedence(&self, other: &Self) -> Ordering {
        self.submitted
            .cmp(&other.submitted)
            .then_with(|| self.answers.iter().cmp(other.answers.iter()))
            .then_with(|| self.meta().cmp(&other.meta()))
            .then_with(|| self.checksum.cmp(&other.checksum))
    }

    /// True when both say the same, wherever they came from.
    pub fn says_the_same(&self, other: &Self) -> bool {
        if self.checksum != other.checksum || self.answers != other.answers {
            return false;
        }
        let from_there = Self { sources: Rc::clone(&other.sources), ..self.clone() };
        from_there == *other
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn response(root: &str, revision: u32, answers: &[(&str, &str)]) -> Response {
        let mut response = Response {
            form: "nhu-cau".into(),
            form_version: "1".into(),
            campaign: "c1".into(),
            root: root.into(),
            revision,
            start: Timestamp::parse("2026-12-02T07:00:00Z"),
            end: None,
            submitted: Timestamp::parse("2026-12-02T07:12:00Z"),
            active_seconds: None,
            mode: Mode::Respondent,
            consent: Consent::parse("2026-11@2026-12-02T07:00:01Z"),
            answers: answers.iter().copied().collect(),
            checksum: String::new(),
            sources: Rc::default(),
        };
        response.seal();
        response
    }

    #[test]
    fn a_row_edited_by_hand_is_noticed() {
        let mut row = response("r", 1, &[("chuc_danh", "bt")]);
        assert!(!row.is_edited());
        row.answers.set("chuc_danh", "ct_ubnd");
        assert!(row.is_edited());
        row.checksum.clear();
        assert!(!row.is_edited(), "without a checksum nothing can be said");
    }

    #[test]
    fn a_receipt_tells_revisions_and_people_apart() {
        let first = response("r", 1, &[("a", "1")]);
        assert_eq!(first.receipt(), first.clone().receipt());
        assert_eq!(first.receipt().len(), 9);
        assert_ne!(first.receipt(), response("r", 2, &[("a", "1")]).receipt());
        assert_ne!(first.receipt(), response("s", 1, &[("a", "1")]).receipt());
    }

    #[test]
    fn consent_is_written_with_its_version_and_time() {
        let text = "2026-11@2026-12-02T07:00:01Z";
        assert_eq!(Consent::parse(text).unwrap().to_string(), text);
        assert_eq!(Consent::parse("2026-11"), None);
    }
}
