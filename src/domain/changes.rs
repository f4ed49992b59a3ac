//! What a trainer changed in the data, and why: the originals stay, and what counts is the
//! originals with every change that is in force.
//!
//! Who made a change is not known, so a line says what, when, from what to what, and why. Taking a
//! change back is a line too; nothing is ever struck out.

mod effective;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::canonical::{AnswerFault, canonical};
use super::dataset::Dataset;
use super::field::field_of;
use super::form::Form;
use super::same_person::{Decision, Pair};
use super::timestamp::Timestamp;

pub use effective::{Effective, EffectiveRow, Standing};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its own id, so that logs of two desks can be put together.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// What was done.
    pub change: Change,
    /// Why.
    pub why: String,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// One answer was corrected. It holds as long as the response says what it said then: a newer
    /// revision that says something else goes before it.
    Corrected {
        /// The response.
        root: String,
        /// The answer, by its key.
        key: String,
        /// What it said; empty where it said nothing.
        from: String,
        /// What it says now; empty to say nothing.
        to: String,
    },
    /// A response is not to count.
    SetAside {
        /// The response.
        root: String,
    },
    /// What becomes of two responses that may be one person's.
    Decided {
        /// The two.
        pair: Pair,
        /// What becomes of them.
        decision: Decision,
    },
    /// Another line holds no longer.
    TakenBack {
        /// That line's id.
        entry: String,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeFault {
    /// A reason is missing.
    NoReason,
    /// There is no such response.
    NoResponse,
    /// The form asks no such question.
    NoQuestion,
    /// The answer is none that the question takes.
    Answer(AnswerFault),
    /// It would change nothing.
    Nothing,
    /// There is no such line, or it was taken back already.
    NoEntry,
}

/// Every change, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeLog {
    entries: Vec<Entry>,
}

impl ChangeLog {
    /// These lines, in the order of their times.
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut log = Self { entries };
        log.put_in_order();
        log
    }

    fn put_in_order(&mut self) {
        self.entries.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    }

    /// Every line, those that were taken back too.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a line. A corrected answer is kept in its canonical text.
    ///
    /// # Errors
    /// When the change cannot be made; the log is as it was then.
    pub fn add(&mut self, form: &Form, dataset: &Dataset, entry: Entry) -> Result<(), ChangeFault> {
        let mut entry = entry;
        // Lines stand in the order of their times, which are kept to the second.
        if let Some(last) = self.entries.last() {
            entry.at = entry.at.max(last.at.next_second());
        }
        let has = |root: &str| dataset.of_root(root).next().is_some();
        match &mut entry.change {
            Change::Corrected { root, key, from, to } => {
                let field = field_of(form, key).ok_or(ChangeFault::NoQuestion)?;
                let question = field.question(form).ok_or(ChangeFault::NoQuestion)?;
                let now = self.effective(form, dataset);
                let row = now.row(root).ok_or(ChangeFault::NoResponse)?;
                *to = canonical(form, question, to).map_err(ChangeFault::Answer)?;
                row.response.answers.get(key).clone_into(from);
                if from == to {
                    return Err(ChangeFault::Nothing);
                }
            }
            Change::SetAside { root } if !has(root) => return Err(ChangeFault::NoResponse),
            Change::SetAside { root } => {
                let is_aside = |entry: &&Entry| matches!(&entry.change, Change::SetAside { root: aside } if aside == root);
                if self.in_force().any(|entry| is_aside(&entry)) {
                    return Err(ChangeFault::Nothing);
                }
            }
            Change::Decided { pair, decision } => {
                let is_of_pair = decision.kept().is_none_or(|kept| pair.beside(kept).is_some());
                if !is_of_pair || !pair.roots().into_iter().all(has) {
                    return Err(ChangeFault::NoResponse);
                }
            }
            Change::TakenBack { entry } => {
                if !self.in_force().any(|known| known.id == *entry) {
                    return Err(ChangeFault::NoEntry);
                }
            }
        }
        // What two responses are is seen side by side, and taking back is its own reason.
        let needs_reason =
            matches!(entry.change, Change::Corrected { .. } | Change::SetAside { .. });
        if needs_reason && entry.why.trim().is_empty() {
            return Err(ChangeFault::NoReason);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// The lines of another log that are not in this one.
    pub fn missing_of(&self, other: &Self) -> Vec<Entry> {
        let known: BTreeSet<&str> = self.entries.iter().map(|entry| entry.id.as_str()).collect();
        let new = other.entries.iter().filter(|entry| !known.contains(entry.id.as_str()));
        new.cloned().collect()
    }

    /// Adds the lines of another log that are not in this one, all in the order of their times.
    pub fn merge(&mut self, other: &Self) {
        let new = self.missing_of(other);
        if new.is_empty() {
            return;
        }
        self.entries.extend(new);
        self.put_in_order();
    }

    /// The lines that hold: those that no line takes back which holds itself.
    pub fn in_force(&self) -> impl Iterator<Item = &Entry> {
        let mut taken_back = BTreeSet::new();
        for entry in self.entries.iter().rev() {
            if let Change::TakenBack { entry: target } = &entry.change
                && !taken_back.contains(entry.id.as_str())
            {
                taken_back.insert(target.as_str());
            }
        }
        self.entries.iter().filter(move |entry| !taken_back.contains(entry.id.as_str()))
    }

    /// The ids of the lines that were taken back, with when.
    pub fn taken_back(&self) -> BTreeMap<&str, Timestamp> {
        let lines = self.in_force().filter_map(|entry| match &entry.change {
            Change::TakenBack { entry: target } => Some((target.as_str(), entry.at)),
            _ => None,
        });
        lines.collect()
    }

    /// The decision about a pair that holds, with its line: the last one.
    pub fn decision(&self, pair: &Pair) -> Option<(&Entry, &Decision)> {
        let decisions = self.in_force().filter_map(|entry| match &entry.change {
            Change::Decided { pair: of, decision } if of == pair => Some((entry, decision)),
            _ => None,
        });
        decisions.last()
    }

    /// The dataset with every change that holds.
    pub fn effective(&self, form: &Form, dataset: &Dataset) -> Effective {
        Effective::of(form, dataset, self)
    }
}

#[cfg(test)]
mod tests;
