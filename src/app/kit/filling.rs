//! A draft that is open, and how far saving it has come.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::Facts;
use crate::app::draft::Draft;
use crate::domain::filled::{Circumstances, Filled};
use crate::domain::form::Form;
use crate::domain::timestamp::Timestamp;

/// A draft that is open.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "none of them says anything about another")]
pub struct Filling {
    /// The draft.
    pub draft: Draft,
    /// What follows from its answers.
    pub filled: Filled,
    /// True after trying to leave the screen with something wrong on it.
    pub shows_faults: bool,
    /// True when the screen was opened from the review and leads back there.
    pub from_review: bool,
    /// How far saving has come.
    pub saving: Saving,
    /// True when another window has changed the draft, until the next screen.
    pub changed_elsewhere: bool,
    /// True while what was just handed in is being stored; the receipt and the file come after.
    pub(super) handing_in: bool,
    /// The instance of a repeat whose removal is being asked about: the repeat's key and a number.
    pub removing: Option<(String, usize)>,
    /// The fields of the page that were left after typing: what is wrong there is said now.
    pub left: BTreeSet<String>,
    /// The fields that are being typed into: nothing is said of them until they are left.
    pub hushed: BTreeSet<String>,
}

impl Filling {
    /// Opens a draft.
    pub(super) fn open(draft: Draft, form: &Rc<Form>, words: &str) -> Self {
        let filled = draft.filled(form, words);
        Self::of(draft, filled)
    }

    /// A draft and what follows from it.
    pub(super) fn of(draft: Draft, filled: Filled) -> Self {
        Self {
            draft,
            filled,
            shows_faults: false,
            from_review: false,
            saving: Saving::Unchanged,
            changed_elsewhere: false,
            handing_in: false,
            removing: None,
            left: BTreeSet::new(),
            hushed: BTreeSet::new(),
        }
    }

    /// Changes the answers, as the draft keeps them.
    pub(super) fn change<T>(
        &mut self,
        facts: &Facts,
        words: &str,
        change: impl FnOnce(&mut Filled, Circumstances) -> T,
    ) -> T {
        self.draft.touch(facts.now, facts.utc_offset);
        let result = change(&mut self.filled, self.draft.circumstances(words));
        self.draft.answers.clone_from(self.filled.answers());
        result
    }
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
