//! Rated competencies as a table: a line each, the levels of both scales across.

use super::{Block, is_only_length};
use crate::domain::condition::{Condition, Rule};
use crate::domain::expression::Expression;
use crate::domain::form::{Form, Item, Kind, Question, Scale};
use crate::domain::outline::{Entry, Outline};

/// Competencies that are rated on the same scales.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    /// The scales.
    pub columns: Vec<RatingColumn>,
    /// The choices that are no level, such as "not my task": one column each for all scales.
    pub others: Vec<String>,
    /// The competencies.
    pub rows: Vec<RatedCompetency>,
}

/// A scale of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingColumn {
    /// Which scale.
    pub scale: Scale,
    /// Its choice list.
    pub list: String,
    /// The names of its levels, lowest first.
    pub levels: Vec<String>,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedCompetency {
    /// The competency's code.
    pub code: String,
    /// The group around its two questions, if they have one of their own.
    pub group: Option<usize>,
    /// The questions, as the columns.
    pub questions: Vec<usize>,
    /// When it is asked.
    pub rule: Rule,
}

/// The line that an entry of the outline is, if it is one.
pub(super) fn row(form: &Form, outline: &Outline, entry: &Entry) -> Option<RatedCompetency> {
    let (group, questions) = match entry.item {
        Item::Question(position) => (None, vec![position]),
        Item::Group(position) => {
            let start = outline.place(entry.item)? + 1;
            let inside = outline.entries().get(start..entry.end)?.iter();
            let questions = inside.map(|entry| match entry.item {
                Item::Question(position) => Some(position),
                Item::Group(_) => None,
            });
            let is_once = !form.is_repeat(position);
            (Some(position), questions.collect::<Option<Vec<_>>>().filter(|_| is_once)?)
        }
    };
    let asked: Vec<&Question> =
        questions.iter().filter_map(|position| form.questions().get(*position)).collect();
    let first = asked.first()?;
    let code = first.rating.as_ref()?.competency.clone();
    let is_rating = |question: &&Question| {
        matches!(question.kind, Kind::SelectOne(_))
            && question.choice_filter.is_none()
            && question.relevant == first.relevant
            && question.constraint.as_ref().is_none_or(is_only_length)
            && question.rating.as_ref().is_some_and(|rating| rating.competency == code)
    };
    let scales: Vec<Scale> =
        asked.iter().filter_map(|question| Some(question.rating.as_ref()?.scale)).collect();
    let is_simple = matches!(scales.as_slice(), [_])
        || matches!(scales.as_slice(), [one, other] if one != other);
    // A rule of the group and another of its questions would be two sentences.
    let has_two_rules = first.relevant.is_some()
        && group.is_some_and(|group| {
            form.groups().get(group).is_some_and(|group| group.relevant.is_some())
        });
    if !asked.iter().all(is_rating) || !is_simple || has_two_rules {
        return None;
    }
    let mut row = RatedCompetency { code, group, questions, rule: Rule::ALWAYS };
    let around = match group {
        Some(group) => form.groups().get(group)?.parent,
        None => first.group,
    };
    row.rule = Condition::rule(form, around, relevance(form, &row));
    (!row.rule.is_never()).then_some(row)
}

/// The expression that says when a line is asked.
pub(super) fn relevance<'f>(form: &'f Form, row: &RatedCompetency) -> Option<&'f Expression> {
    let group = row.group.and_then(|group| form.groups().get(group)?.relevant.as_ref());
    let question = row.questions.first().and_then(|first| form.questions().get(*first));
    group.or(question?.relevant.as_ref())
}

/// Adds a line to the table before it, or begins another.
pub(super) fn add(form: &Form, blocks: &mut Vec<Block>, row: RatedCompetency) {
    let mut columns = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for question in row.questions.iter().filter_map(|position| form.questions().get(*position)) {
        let (Some(list), Some(rating)) = (question.kind.list(), &question.rating) else { continue };
        let names = form.choices(list).iter().map(|choice| choice.name.clone());
        let (levels, rest): (Vec<_>, Vec<_>) =
            names.partition(|name| matches!(name.as_str(), "1" | "2" | "3" | "4" | "5"));
        others.extend(rest.into_iter().filter(|name| !others.contains(name)).collect::<Vec<_>>());
        columns.push(RatingColumn { scale: rating.scale, list: list.to_owned(), levels });
    }
    match blocks.last_mut() {
        Some(Block::Ratings(table)) if table.columns == columns => table.rows.push(row),
        _ => blocks.push(Block::Ratings(Ratings { columns, others, rows: vec![row] })),
    }
}
