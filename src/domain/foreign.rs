//! Tables that other programs wrote, or people: which column answers which question, and what
//! their words mean.
//!
//! A [`Mapping`] is data: proposed from headings and values, changed by a person, and asked again
//! with every change, so that what is previewed is what is taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod choice_words;
mod competency_heading;
mod heading;
mod identity;
mod known_headings;
mod moment;
mod proposal;
mod reading;
mod recipe;
mod unit_words;
mod value;

pub(super) use heading::likeness;
pub use heading::plain;
pub use identity::{RowIdentity, id_heading};
pub use known_headings::KnownHeadings;
pub use moment::{DayOrder, timestamp_under};
pub use proposal::proposed;
pub use reading::{CellFault, ReadRow, TableReader, UnreadWord};
pub use recipe::{Recipe, RecipeFault};
pub use unit_words::OfficialUnits;

/// What a column of a table says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Nothing that is wanted.
    #[default]
    Nothing,
    /// The answer to a question, by the key of its field.
    Answer(String),
    /// Whether a choice was taken, of a question where several may be: the field's key and the
    /// choice's name.
    Choice(String, String),
    /// What tells one handing in from another.
    Id,
    /// When it was handed in.
    Submitted,
    /// When it was begun.
    Started,
    /// When the last answer was given.
    Ended,
    /// The district of the unit, which tells units of one name apart.
    District,
    /// The province of the unit, where the form does not ask for it.
    Province,
}

impl Meaning {
    /// What a column may say that is no answer.
    pub const BESIDE_ANSWERS: [Self; 6] =
        [Self::Id, Self::Submitted, Self::Started, Self::Ended, Self::District, Self::Province];

    /// The key of the field that it answers.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Answer(key) | Self::Choice(key, _) => Some(key),
            _ => None,
        }
    }
}

/// What a person said that a word means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordMeaning {
    /// The choice of this name.
    Choice(String),
    /// That nothing was answered.
    NoAnswer,
}

/// What words in plain letters mean in a choice list.
pub type Words = BTreeMap<String, WordMeaning>;

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What each column says.
    pub columns: Vec<Meaning>,
    /// What a person said that words mean: by choice list, then by the word in plain letters.
    #[serde(default)]
    pub words: BTreeMap<String, Words>,
    /// What `2/12/2026` means.
    #[serde(default)]
    pub days: DayOrder,
}

impl Mapping {
    /// Lets a column say something else. No two columns say one thing, so another one that said
    /// it says nothing any more.
    pub fn choose(&mut self, at: usize, meaning: Meaning) {
        for other in &mut self.columns {
            if *other == meaning {
                *other = Meaning::Nothing;
            }
        }
        if let Some(slot) = self.columns.get_mut(at) {
            *slot = meaning;
        }
    }

    /// Says what a word means in a list; `None` takes it back.
    pub fn say(&mut self, list: &str, word: &str, meaning: Option<WordMeaning>) {
        let words = self.words.entry(list.to_owned()).or_default();
        match meaning {
            Some(meaning) => words.insert(plain(word), meaning),
            None => words.remove(&plain(word)),
        };
        self.words.retain(|_, words| !words.is_empty());
    }
}

#[cfg(test)]
mod tests;
