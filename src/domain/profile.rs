//! Who the people are: how many give which answer, by group, and how they stand to what their
//! posts ask of them.

mod standards;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::form::{Form, Kind, Question, Role};
use super::response::Response;
use super::suppression::hidden_table;

pub use standards::{
    Judgement, Lacking, Standard, StandardsRow, StandardsTable, against_standards,
};

/// The bands of years in a post, each from so many years to below the next.
pub const YEARS: [u32; 5] = [0, 2, 5, 10, 15];

/// How many people of each group give which answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossTable {
    /// The question that is answered, by name.
    pub question: String,
    /// The answers: choices in form order, then others by name; bands of numbers as `2-4`, `15+`.
    pub answers: Vec<String>,
    /// The groups in order.
    pub rows: Vec<CrossRow>,
}

/// One group of a [`CrossTable`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossRow {
    /// The group; empty for everybody together, and for those who did not say.
    pub group: String,
    /// How many people are in it.
    pub people: u64,
    /// How many of them answered the question.
    pub answered: u64,
    /// How many gave each answer; of a question that takes several, more than answered together.
    pub counts: Vec<u64>,
}

impl CrossRow {
    /// The share, 0 to 1, of those who answered that gave an answer; `None` where nobody did.
    pub fn share(&self, answer: usize) -> Option<f64> {
        let count = self.counts.get(answer).filter(|_| self.answered > 0)?;
        Some(*count as f64 / self.answered as f64)
    }
}

impl CrossTable {
    /// By row, then by answer: which counts are hidden where the table is shown to others.
    pub fn hidden(&self) -> Vec<Vec<bool>> {
        hidden_table(&self.rows.iter().map(|row| row.counts.as_slice()).collect::<Vec<_>>())
    }
}

/// Some posts under one name, such as those whose holders sit on the standing board. One person
/// may be in several of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostGroup {
    /// What it is called.
    pub name: String,
    /// The posts, by name.
    pub posts: BTreeSet<String>,
}

/// By what people are judged and put together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evaluation {
    /// What posts ask of those who hold them.
    pub standards: Vec<Standard>,
    /// Posts whose holders are looked at together.
    pub post_groups: Vec<PostGroup>,
}

/// The questions that tell who the people are, as screens show them: by their roles, and those
/// that the standards are about.
pub fn profile_questions<'f>(form: &'f Form, standards: &[Standard]) -> Vec<&'f Question> {
    let roles = [Role::Gender, Role::AgeBand, Role::YearsInPost, Role::Area];
    let later = [Role::Training, Role::Hindrance];
    let of_role = |role| form.with_role(role);
    let judged = standards.iter().filter_map(|standard| form.question(&standard.question));
    let first = roles.into_iter().filter_map(of_role);
    first.chain(judged).chain(later.into_iter().filter_map(of_role)).collect()
}

/// Counts the answers to a question, of everybody together or by the answer to another one.
pub fn cross<'r>(
    form: &Form,
    question: &Question,
    by: Option<&Question>,
    responses: impl IntoIterator<Item = &'r Response>,
) -> CrossTable {
    let mut rows: BTreeMap<String, Row<'r>> = BTreeMap::new();
    for response in responses {
        let group = by.map_or("", |by| response.answers.get(&by.name));
        rows.entry(group.to_owned()).or_default().add(response.answers.get(&question.name));
    }
    let mut rows: Vec<(String, Row)> = rows.into_iter().collect();
    let places = by.map(|by| places(form, by)).unwrap_or_default();
    rows.sort_by_key(|(group, _)| places.get(group.as_str()).copied().unwrap_or(usize::MAX));
    table(form, question, rows)
}

/// Counts the answers of those who hold a post of each group, as their main post or beside it:
/// with the qualifications, the table of party committee and standing board members in the
/// assessment of Hòa Bình.
pub fn cross_by_posts(
    form: &Form,
    question: &Question,
    groups: &[PostGroup],
    responses: &[&Response],
) -> CrossTable {
    let held = [Role::Post, Role::ConcurrentPosts].map(|role| form.with_role(role));
    let rows = groups.iter().map(|group| {
        let mut row = Row::default();
        for response in responses {
            let answers =
                held.iter().flatten().map(|question| response.answers.get(&question.name));
            let mut posts = answers.flat_map(|answer| answer.split(' '));
            if posts.any(|post| group.posts.contains(post)) {
                row.add(response.answers.get(&question.name));
            }
        }
        (group.name.clone(), row)
    });
    table(form, question, rows.collect())
}

/// One group while it is counted, by answer as it is given.
#[derive(Default)]
struct Row<'r> {
    people: u64,
    answered: u64,
    counts: BTreeMap<&'r str, u64>,
}

impl<'r> Row<'r> {
    fn add(&mut self, answer: &'r str) {
        self.people += 1;
        if !answer.is_empty() {
            self.answered += 1;
            *self.counts.entry(answer).or_default() += 1;
        }
    }
}

/// The columns of a table and the rows under them.
fn table(form: &Form, question: &Question, rows: Vec<(String, Row<'_>)>) -> CrossTable {
    let is_number = matches!(question.kind, Kind::Integer);
    let split = |answer: &str| -> Vec<String> {
        if is_number {
            vec![answer.parse().map_or_else(|_| answer.to_owned(), band)]
        } else if question.kind.is_several() {
            answer.split(' ').map(str::to_owned).collect()
        } else {
            vec![answer.to_owned()]
        }
    };
    let mut answers: Vec<String> = if is_number {
        YEARS.into_iter().map(band).collect()
    } else {
        choices(form, question).map(str::to_owned).collect()
    };
    let known: BTreeSet<&String> = answers.iter().collect();
    let given = rows.iter().flat_map(|(_, row)| row.counts.keys()).flat_map(|answer| split(answer));
    let others: BTreeSet<String> = given.filter(|answer| !known.contains(answer)).collect();
    answers.extend(others);
    let places: BTreeMap<&str, usize> =
        answers.iter().enumerate().map(|(at, answer)| (answer.as_str(), at)).collect();
    let rows = rows.into_iter().map(|(group, row)| {
        let mut counts = vec![0; answers.len()];
        for (answer, people) in &row.counts {
            for answer in split(answer) {
                let place = places.get(answer.as_str()).copied();
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += people;
                }
            }
        }
        CrossRow { group, people: row.people, answered: row.answered, counts }
    });
    let rows = rows.collect();
    CrossTable { question: question.name.clone(), answers, rows }
}

/// The band that a number of years falls into.
fn band(years: u32) -> String {
    let at = YEARS.iter().rposition(|from| *from <= years).unwrap_or(0);
    let from = YEARS.get(at).copied().unwrap_or(0);
    YEARS.get(at + 1).map_or_else(|| format!("{from}+"), |next| format!("{from}-{}", next - 1))
}

fn choices<'f>(form: &'f Form, question: &Question) -> impl Iterator<Item = &'f str> {
    let choices = question.kind.list().map_or(&[][..], |list| form.choices(list));
    choices.iter().map(|choice| choice.name.as_str())
}

/// The place of each choice of a question.
fn places<'f>(form: &'f Form, question: &Question) -> BTreeMap<&'f str, usize> {
    choices(form, question).enumerate().map(|(at, name)| (name, at)).collect()
}
