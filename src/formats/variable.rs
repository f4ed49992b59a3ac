//! What the columns of responses hold, as programs for data know it.

use super::codebook::MOST_CHOICES;
use super::dataset_csv::{DatasetColumns, Described, column_label};
use crate::domain::form::{Choice, Form, Kind, NOT_MY_TASK, Question};
use crate::text::Language;

/// A column of responses.
pub struct Variable<'f> {
    /// Its heading.
    pub heading: String,
    /// What it is called for people.
    pub label: String,
    /// The question; `None` of what is told about the filling itself, and of other versions.
    pub question: Option<&'f Question>,
    /// What stands in it.
    pub holds: Holds<'f>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Holds<'f> {
    /// Any text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A day, as `2026-12-02`.
    Day,
    /// A day and time, as `2026-12-02T07:00:00Z`.
    Moment,
    /// 1 where one of several choices is chosen, 0 where others are.
    Chosen,
    /// The name of one of these.
    Choice(&'f [Choice]),
    /// The name of one of these, which are whole numbers in order, or [`NOT_MY_TASK`].
    Level(&'f [Choice]),
}

/// The columns of responses to a form, in their order, called in a language.
pub fn variables<'f>(
    form: &'f Form,
    columns: &DatasetColumns<'f>,
    t: Language,
) -> Vec<Variable<'f>> {
    let variable = |Described { heading, question, is_of_a_choice }: Described<'f>| Variable {
        label: column_label(form, &heading, t.code()),
        holds: if is_of_a_choice { Holds::Chosen } else { held(form, &heading, question) },
        heading,
        question,
    };
    columns.described().into_iter().map(variable).collect()
}

fn held<'f>(form: &'f Form, heading: &str, question: Option<&'f Question>) -> Holds<'f> {
    let Some(question) = question else {
        return match heading {
            "_revision" | "_active_seconds" => Holds::Whole,
            "_start" | "_end" | "_submitted" => Holds::Moment,
            _ => Holds::Text,
        };
    };
    match &question.kind {
        Kind::Integer => Holds::Whole,
        Kind::Decimal | Kind::Range(_) => Holds::Number,
        Kind::Date => Holds::Day,
        Kind::SelectOne(list) => {
            let choices = form.choices(list);
            if choices.is_empty() || choices.len() > MOST_CHOICES {
                Holds::Text
            } else if question.rating.is_some() && levels(choices).count() + 1 >= choices.len() {
                Holds::Level(choices)
            } else {
                Holds::Choice(choices)
            }
        }
        _ => Holds::Text,
    }
}

/// The levels among the choices of a rating, each with its number.
pub fn levels(choices: &[Choice]) -> impl Iterator<Item = (u8, &Choice)> {
    choices.iter().filter_map(|choice| Some((choice.name.parse().ok()?, choice)))
}

/// The choice that says why there is no level.
pub fn not_my_task(choices: &[Choice]) -> Option<&Choice> {
    choices.iter().find(|choice| choice.name == NOT_MY_TASK)
}
