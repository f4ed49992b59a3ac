//! How alike two people of one unit and post are.

use super::{FEWEST_ANSWERS, Sign};
use crate::domain::form::{Form, Kind, Question, Role};
use crate::domain::response::Response;
use crate::domain::search::folded;

/// Of the answers that either has given, at most one in so many differs between near-equal ones.
const ONE_DIFFERS_OF: usize = 10;

/// Of the letters of a name, at most one in so many differs between near-equal ones, as many as
/// a slip of the finger in each of two words.
const ONE_LETTER_OF: usize = 6;
const MOST_LETTERS: usize = 2;

/// The questions of a form that are compared.
pub(super) struct Compared<'f> {
    person: Option<&'f str>,
    /// Those with choices or numbers, without what says where the person works.
    questions: Vec<&'f str>,
}

impl<'f> Compared<'f> {
    pub(super) fn of(form: &'f Form) -> Self {
        let is_place = |question: &Question| {
            matches!(question.role, Some(Role::Unit | Role::Post | Role::Province | Role::Area))
        };
        let is_choice = |question: &Question| {
            question.kind.list().is_some()
                || matches!(question.kind, Kind::Integer | Kind::Decimal | Kind::Range(_))
        };
        let questions = form.questions().iter();
        let questions = questions.filter(|question| {
            !is_place(question)
                && is_choice(question)
                && form.repeats_around(question.group).is_empty()
                && question.role != Some(Role::Seconds)
        });
        Self {
            person: form.with_role(Role::Person).map(|question| question.name.as_str()),
            questions: questions.map(|question| question.name.as_str()).collect(),
        }
    }
}

/// What is compared of one response.
pub(super) struct Portrait<'r> {
    response: &'r Response,
    name: String,
    answers: Vec<&'r str>,
}

impl<'r> Portrait<'r> {
    pub(super) fn of(compared: &Compared<'_>, response: &'r Response) -> Self {
        let name = folded(compared.person.map_or("", |question| response.answers.get(question)));
        let answers = compared.questions.iter().map(|question| response.answers.get(question));
        Self { response, name, answers: answers.collect() }
    }

    pub(super) fn root(&self) -> &str {
        &self.response.root
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn answers(&self) -> &[&'r str] {
        &self.answers
    }

    /// Why this and the other may be one person.
    pub(super) fn signs(&self, other: &Self) -> Vec<Sign> {
        let name = match self.letters_from(other) {
            Some(0) => Some(Sign::SameName),
            Some(letters) => Some(Sign::NearName { letters }),
            None => None,
        };
        let (mut differing, mut compared) = (0, 0);
        let both = self.answers.iter().zip(&other.answers);
        for (one, other) in both.filter(|(one, other)| !(one.is_empty() && other.is_empty())) {
            compared += 1;
            differing += usize::from(one != other);
        }
        let is_near = compared >= FEWEST_ANSWERS && differing * ONE_DIFFERS_OF <= compared;
        name.into_iter()
            .chain(is_near.then_some(Sign::NearAnswers { differing, compared }))
            .collect()
    }

    /// In how many letters near-equal names differ; `None` of other names and of those who gave
    /// none. Two codes that differ are two codes.
    fn letters_from(&self, other: &Self) -> Option<usize> {
        let names = [self.name.as_str(), other.name.as_str()];
        if names.contains(&"") {
            return None;
        }
        if names[0] == names[1] {
            return Some(0);
        }
        if names.iter().any(|name| name.contains(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let letters = strsim::osa_distance(names[0], names[1]);
        let [one, two] = names.map(|name| name.split(' ').collect::<Vec<_>>());
        let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
        let leaves_words_out =
            short.len() > 1 && short.len() < long.len() && is_part_in_order(&short, &long);
        let shorter = names.map(|name| name.chars().count()).into_iter().min().unwrap_or(0);
        let is_slip = letters <= (shorter / ONE_LETTER_OF).min(MOST_LETTERS);
        (leaves_words_out || is_slip).then_some(letters)
    }
}

/// True when the words of `short` stand in `long` in the same order.
fn is_part_in_order(short: &[&str], long: &[&str]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}
