//! One person's filling of a form, from consent to what was handed in.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::domain::expression::LocalTime;
use crate::domain::filled::{Circumstances, Filled};
use crate::domain::form::{Form, Kind, Meta, Role};
use crate::domain::response::{Consent, Mode, Response};
use crate::domain::timestamp::Timestamp;
use rows::answers::Answers;
use rows::digest::Digest;

/// Answers being given, and the revisions of them that were handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Made when the draft starts, never changed.
    pub root: String,
    /// The form it answers.
    pub form: String,
    /// That form's version.
    pub form_version: String,
    /// The campaign it was begun in, by id; empty outside of any.
    #[serde(default)]
    pub campaign: String,
    /// The revision it will be handed in as, from 1.
    pub revision: u32,
    /// When it was started.
    pub started: Timestamp,
    /// When the last answer was given.
    pub changed: Timestamp,
    /// For how many seconds somebody has been at it; pauses do not count.
    #[serde(default)]
    pub active_seconds: u32,
    /// By how many minutes this device's clock was ahead of UTC then.
    pub utc_offset: i16,
    /// Who types, from what.
    #[serde(default)]
    pub mode: Mode,
    /// True when the person has said that the trainer has the file.
    #[serde(default)]
    pub is_delivered: bool,
    /// The consent given; without it there is no draft.
    pub consent: Consent,
    /// What was answered, also where it is no longer asked.
    pub answers: Answers,
    /// The first question of the screen it was left at; empty at the start.
    pub left_at: String,
    /// How often it was stored: another window's save is noticed by it.
    pub saves: u64,
    /// What was handed in, by revision.
    pub handed_in: Vec<Response>,
    /// What it was before it was opened for changing; nothing where it is not being changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged: Option<Box<Unchanged>>,
    /// What was handed in, encrypted: stored instead of the answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
}

/// A response that only the trainer can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The name of its file.
    pub name: String,
    /// The file's content.
    pub text: String,
}

/// A draft as it was handed in, to go back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchanged {
    /// The revision it was handed in as.
    pub revision: u32,
    /// All its answers, also where they were not asked.
    pub answers: Answers,
    /// True when the trainer had the file.
    pub is_delivered: bool,
}

/// After so many seconds without an answer nobody is at the form any more.
const LONGEST_THOUGHT: u64 = 120;

impl Draft {
    /// An answer is given now, on a clock this many minutes ahead of UTC.
    pub fn touch(&mut self, now: Timestamp, utc_offset: i16) {
        let thought = self.changed.seconds_until(now).unwrap_or(0).min(LONGEST_THOUGHT);
        let thought = u32::try_from(thought).unwrap_or_default();
        self.active_seconds = self.active_seconds.saturating_add(thought);
        self.changed = now;
        self.utc_offset = utc_offset;
    }

    /// True while there is something to hand in.
    pub fn is_open(&self) -> bool {
        self.handed_in.last().is_none_or(|response| response.revision < self.revision)
    }

    /// As it is stored: without its answers where they are encrypted. The receipt's code and the
    /// times stay.
    #[must_use]
    pub fn to_store(&self) -> Self {
        let mut stored = self.clone();
        if self.sealed.is_some() && !self.is_open() {
            stored.answers = Answers::default();
            stored.left_at = String::new();
            stored.unchanged = None;
            for response in &mut stored.handed_in {
                response.answers = Answers::default();
            }
        }
        stored
    }

    /// Opens what was handed in for changing: another revision begins.
    pub fn begin_change(&mut self, now: Timestamp) {
        self.unchanged = Some(Box::new(Unchanged {
            revision: self.revision,
            answers: self.answers.clone(),
            is_delivered: self.is_delivered,
        }));
        self.revision += 1;
        self.changed = now;
        self.is_delivered = false;
    }

    /// Goes back to what was handed in last; false where nothing was.
    pub fn give_up_change(&mut self) -> bool {
        let Some(last) = self.handed_in.last() else { return false };
        // Another device may have handed in since.
        let before = self.unchanged.take().filter(|before| before.revision == last.revision);
        self.revision = last.revision;
        self.is_delivered = before.as_ref().is_some_and(|before| before.is_delivered);
        self.answers = before.map_or_else(|| last.answers.clone(), |before| before.answers);
        true
    }

    /// What follows from its answers, asked in the language `words`.
    pub fn filled(&self, form: &Rc<Form>, words: &str) -> Filled {
        Filled::new(Rc::clone(form), self.answers.clone(), self.circumstances(words))
    }

    /// What expressions know of it besides its answers; its root decides what chance gives.
    pub fn circumstances(&self, words: &str) -> Circumstances {
        let mut digest = Digest::default();
        digest.add("root", &self.root);
        Circumstances {
            now: Some(LocalTime { moment: self.changed, offset_minutes: self.utc_offset }),
            seed: u64::from_str_radix(&digest.finish(), 16).unwrap_or_default(),
            language: words.to_owned(),
        }
    }

    /// The response it makes when handed in now, with what follows from its answers.
    pub fn response(&self, filled: &Filled, now: Timestamp) -> Response {
        let form = filled.form();
        let mut response = Response {
            form: form.id.as_str().into(),
            form_version: form.version.as_str().into(),
            campaign: self.campaign.as_str().into(),
            root: self.root.clone(),
            revision: self.revision,
            start: Some(self.started),
            end: Some(self.changed),
            submitted: Some(now),
            active_seconds: Some(self.active_seconds),
            mode: self.mode,
            consent: Some(self.consent.clone()),
            answers: self.values(filled),
            checksum: String::new(),
            sources: Rc::default(),
        };
        response.seal();
        response
    }

    /// What the questions `start` and `today` of a new draft are answered with, by name.
    pub fn first_answers(&self, form: &Form) -> Vec<(String, String)> {
        let answers = form.questions().iter().filter_map(|question| {
            let value = match question.kind {
                Kind::Meta(Meta::Start) => self.started.to_string(),
                Kind::Meta(Meta::Today) => self.started.local_day(self.utc_offset),
                _ => return None,
            };
            Some((question.name.clone(), value))
        });
        answers.collect()
    }

    /// The values of everything asked, with when the last answer was given.
    fn values(&self, filled: &Filled) -> Answers {
        let mut values = filled.response_answers();
        let questions = filled.form().questions().iter();
        for question in questions.filter(|question| question.kind == Kind::Meta(Meta::End)) {
            values.set(&question.name, self.changed.to_string());
        }
        values
    }

    /// Who it is about, as far as that was answered: name or code, post, unit.
    pub fn person(&self, form: &Form, language: &str) -> String {
        let words = [Role::Person, Role::Post, Role::Unit].into_iter().filter_map(|role| {
            let question = form.with_role(role)?;
            let value = self.answers.get(&question.name);
            (!value.is_empty()).then(|| form.answer_in_words(question, value, language))
        });
        words.collect::<Vec<_>>().join(" · ")
    }
}
