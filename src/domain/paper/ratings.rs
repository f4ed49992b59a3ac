//! Rated competencies as a table: a line each, the levels of both scales across.

use super::{Block, Part, is_only_length};
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
    /// The competencies, group by group.
    pub sections: Vec<RatedSection>,
}

/// Competencies that lie in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedSection {
    /// The group, if it has no heading elsewhere.
    pub group: Option<usize>,
    /// When the group is asked.
    pub rule: Rule,
    /// The competencies.
    pub rows: Vec<RatedCompetency>,
}

impl Ratings {
    /// The competencies of all groups.
    pub fn rows(&self) -> impl Iterator<Item = &RatedCompetency> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
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
        Some(Block::Ratings(table)) if table.columns == columns && table.others == others => {
            // A line after a group with a heading of its own is not in that group.
            match table.sections.last_mut().filter(|section| section.group.is_none()) {
                Some(section) => section.rows.push(row),
                None => table.sections.push(RatedSection::without_heading(row)),
            }
        }
        _ => {
            let sections = vec![RatedSection::without_heading(row)];
            blocks.push(Block::Ratings(Ratings { columns, others, sections }));
        }
    }
}

impl RatedSection {
    fn without_heading(row: RatedCompetency) -> Self {
        Self { group: None, rule: Rule::ALWAYS, rows: vec![row] }
    }
}

/// Adds a group; one that is nothing but a table becomes a section of the table before it.
pub(super) fn add_part(blocks: &mut Vec<Block>, mut part: Part) {
    let is_table = matches!(part.blocks.as_slice(), [Block::Ratings(table)]
        if matches!(table.sections.as_slice(), [RatedSection { group: None, .. }]));
    if is_table
        && part.number.is_none()
        && part.copies.is_none()
        && let Some(Block::Ratings(mut table)) = part.blocks.pop()
    {
        if let Some(section) = table.sections.first_mut() {
            (section.group, section.rule) = (Some(part.group), part.rule);
        }
        match blocks.last_mut() {
            Some(Block::Ratings(before))
                if before.columns == table.columns && before.others == table.others =>
            {
                before.sections.append(&mut table.sections);
            }
            _ => blocks.push(Block::Ratings(table)),
        }
    } else {
        blocks.push(Block::Part(part));
    }
}
