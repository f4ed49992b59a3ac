//! A dataset as CSV: one row a person, every answer a column.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Cell, Table};
use crate::domain::dataset::Dataset;
use crate::domain::form::{Form, Kind, Question, SEPARATOR_IN_WORDS};
use crate::domain::response::{CHECKSUM_COLUMN, META_COLUMNS, Response, SOURCE_COLUMN};
use crate::domain::search::composed;

/// In what words a dataset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words<'l> {
    /// Question and choice names, for programs.
    Names,
    /// Labels in this language, for people.
    Labels(&'l str),
}

/// The current response of everybody, by time of handing in.
pub fn table(form: &Form, dataset: &Dataset, words: Words<'_>) -> Table {
    let mut header = match words {
        Words::Names => form.columns().map(|question| question.name.clone()).collect(),
        Words::Labels(language) => headings(form, language),
    };
    let meta = META_COLUMNS.iter().chain(&[CHECKSUM_COLUMN, SOURCE_COLUMN]);
    header.extend(meta.map(|&name| name.to_owned()));
    let rows = dataset.current().into_iter().map(|response| row(form, response, words)).collect();
    Table { header, rows }
}

fn row(form: &Form, response: &Response, words: Words<'_>) -> Vec<Cell> {
    let mut row: Vec<Cell> = form
        .columns()
        .map(|question| {
            let value = response.answers.get(&question.name);
            match words {
                Words::Labels(language) if question.kind.list().is_some() => {
                    Cell::text(form.answer_in_distinct_words(question, value, language))
                }
                _ => cell(question, value),
            }
        })
        .collect();
    row.extend(response.meta().map(Cell::text));
    row.push(Cell::text(response.checksum.clone()));
    let sources: Vec<&str> = response.sources.iter().map(String::as_str).collect();
    row.push(Cell::text(sources.join(SEPARATOR_IN_WORDS)));
    row
}

/// An answer as a cell: numbers as numbers, all else as text.
pub(super) fn cell(question: &Question, value: &str) -> Cell {
    match (&question.kind, value.parse::<f64>()) {
        (Kind::Integer | Kind::Decimal, Ok(number)) if number.to_string() == value => {
            Cell::Number(number)
        }
        _ => Cell::text(value),
    }
}

/// The columns' headings in words; where two questions read the same, the name stands behind.
fn headings(form: &Form, language: &str) -> Vec<String> {
    let labels: Vec<String> = form.columns().map(|q| heading(form, q, language)).collect();
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<String> =
        labels.iter().filter(|label| !seen.insert(*label)).cloned().collect();
    let columns = form.columns().zip(labels);
    columns
        .map(|(question, label)| {
            if label.is_empty() {
                question.name.clone()
            } else if twice.contains(&label) {
                format!("{label} ({})", question.name)
            } else {
                label
            }
        })
        .collect()
}

fn heading(form: &Form, question: &Question, language: &str) -> String {
    let label = question.label.get(language);
    let competency = question.rating.as_ref().and_then(|rating| {
        form.competencies.iter().find(|competency| competency.code == rating.competency)
    });
    match competency {
        Some(competency) => {
            format!("{} · {} · {label}", competency.code, competency.label.get(language))
        }
        None => label.to_owned(),
    }
}

/// Every heading a column of the form may have, in names or in the words of any language.
pub(super) fn questions_by_heading(form: &Form) -> BTreeMap<String, &Question> {
    let mut questions = BTreeMap::new();
    for language in &form.languages {
        for (question, heading) in form.columns().zip(headings(form, language)) {
            questions.insert(heading_key(&heading), question);
        }
    }
    for question in form.columns() {
        questions.insert(heading_key(&question.name), question);
    }
    questions
}

/// A heading or label as it is compared: NFC, lower case, single spaces.
pub(super) fn heading_key(heading: &str) -> String {
    let composed = composed(heading).to_lowercase();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
