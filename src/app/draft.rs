//! One person's filling of a form, from consent to what was handed in.

use serde::{Deserialize, Serialize};

use crate::domain::answers::Answers;
use crate::domain::digest::Digest;
use crate::domain::expression::LocalTime;
use crate::domain::filled::{Circumstances, Filled};
use crate::domain::form::{Form, Kind, Meta, Role};
use crate::domain::response::{Consent, Mode, Response};
use crate::domain::timestamp::Timestamp;

/// Answers being given, and the revisions of them that were handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Made when the draft starts, never changed.
    pub root: String,
    /// The form it answers.
    pub form: String,
    /// That form's version.
    pub form_version: String,
    /// The revision it will be handed in as, from 1.
    pub revision: u32,
    /// When it was started.
    pub started: Timestamp,
    /// When the last answer was given.
    pub changed: Timestamp,
    /// By how many minutes this device's clock was ahead of UTC then.
    pub utc_offset: i16,
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
}

impl Draft {
    /// True while there is something to hand in.
    pub fn is_open(&self) -> bool {
        self.handed_in.last().is_none_or(|response| response.revision < self.revision)
    }

    /// What follows from its answers.
    pub fn filled<'a>(&'a self, form: &'a Form) -> Filled<'a> {
        Filled::new(form, &self.answers, circumstances(&self.root, self.changed, self.utc_offset))
    }

    /// The response it makes when handed in now.
    pub fn response(&self, form: &Form, now: Timestamp) -> Response {
        let mut response = Response {
            form: form.id.clone(),
            form_version: form.version.clone(),
            root: self.root.clone(),
            revision: self.revision,
            start: Some(self.started),
            end: Some(self.changed),
            submitted: Some(now),
            mode: Mode::Respondent,
            consent: Some(self.consent.clone()),
            answers: self.values(form),
            checksum: String::new(),
            sources: std::collections::BTreeSet::new(),
        };
        response.seal();
        response
    }

    /// The values of everything asked, with what questions like `start` and `end` tell.
    fn values(&self, form: &Form) -> Answers {
        let mut values = self.filled(form).response_answers();
        for question in form.questions() {
            let Kind::Meta(meta) = question.kind else { continue };
            let value = match meta {
                Meta::Start => self.started.to_string(),
                Meta::End => self.changed.to_string(),
                Meta::Today => self.started.local_day(self.utc_offset),
                Meta::Unknown => String::new(),
            };
            values.set(&question.name, value);
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

/// What expressions know of a draft besides its answers; its root decides what chance gives.
pub fn circumstances(root: &str, now: Timestamp, utc_offset: i16) -> Circumstances {
    let mut digest = Digest::default();
    digest.add("root", root);
    let seed = u64::from_str_radix(&digest.finish(), 16).unwrap_or_default();
    Circumstances { now: Some(LocalTime { moment: now, offset_minutes: utc_offset }), seed }
}
