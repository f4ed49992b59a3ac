//! A draft that is open, and how far saving it has come.

use crate::app::draft::Draft;
use crate::domain::timestamp::Timestamp;

/// A draft that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The draft.
    pub draft: Draft,
    /// True after trying to leave the screen with something wrong on it.
    pub shows_faults: bool,
    /// True when the screen was opened from the review and leads back there.
    pub from_review: bool,
    /// How far saving has come.
    pub saving: Saving,
    /// True when another window has changed the draft, until the next screen.
    pub changed_elsewhere: bool,
}

/// How far saving has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing has changed since the draft was opened.
    #[default]
    Unchanged,
    /// So many saves are under way.
    UnderWay(usize),
    /// Everything is stored since then.
    Saved(Timestamp),
    /// The browser refused.
    Refused,
}
