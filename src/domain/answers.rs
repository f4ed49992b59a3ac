//! What has been answered so far.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// Answers by question name, each in its canonical text: a choice's name, names separated by a
/// space, a number with a dot, a date as `2026-12-02`. An unanswered question has no entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers {
    /// Shared until one of them changes: a draft, its copies and what follows from it have the same.
    values: Rc<BTreeMap<String, String>>,
}

impl Answers {
    /// The answer, or the empty text where there is none.
    pub fn get(&self, question: &str) -> &str {
        self.values.get(question).map_or("", String::as_str)
    }

    /// Stores an answer; an empty one takes the entry away.
    pub fn set(&mut self, question: &str, value: impl Into<String>) {
        let value = value.into();
        let values = Rc::make_mut(&mut self.values);
        if value.is_empty() {
            values.remove(question);
        } else {
            values.insert(question.to_owned(), value);
        }
    }

    /// Every answered question with its answer, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many questions are answered.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True when nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            answers.set(&name.into(), value);
        }
        answers
    }
}
