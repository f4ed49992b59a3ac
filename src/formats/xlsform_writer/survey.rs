//! The sheet `survey`: groups and questions in order.

use std::borrow::Cow;

use super::draft::{Column, Draft, Row};
use crate::domain::expression::{Expression, Function};
use crate::domain::form::{Form, Group, Kind, Meta, Question, Repeat};
use crate::formats::xlsform::SURVEY_COLUMNS;

pub(super) fn draft(form: &Form) -> Draft<'_> {
    let mut survey = Survey { form, rows: Vec::new(), open: Vec::new(), next_group: 0 };
    for question in form.questions() {
        survey.stand_in(question.group);
        survey.rows.push(question_row(question));
    }
    survey.begin_up_to(form.groups().len());
    survey.end_to(0);
    let mut draft = Draft::new(form, "survey", &SURVEY_COLUMNS);
    let column = |name| Column { name, word: None };
    draft.always.extend(["type", "name"].map(column));
    // By these the form's languages are known.
    let labels = form.languages.iter().map(|code| Column { name: "label", word: Some(code) });
    draft.always.extend(labels);
    draft.rows = survey.rows;
    draft
}

/// The sheet as it is written. Groups begin in their own order, so that those without a question
/// come in where the next question or the end of the group around them asks for it.
struct Survey<'f> {
    form: &'f Form,
    rows: Vec<Row<'f>>,
    /// The groups that have begun and not ended, outermost first, as positions.
    open: Vec<usize>,
    /// The first group that has not begun.
    next_group: usize,
}

impl Survey<'_> {
    /// Ends and begins groups until the next row lies in this one.
    fn stand_in(&mut self, group: Option<usize>) {
        if let Some(group) = group {
            self.begin_up_to(group + 1);
        }
        self.end_to(self.depth_of(group));
    }

    /// How many groups stay open for what lies in this group.
    fn depth_of(&self, group: Option<usize>) -> usize {
        let place = self.open.iter().position(|open| Some(*open) == group);
        place.map_or(0, |place| place + 1)
    }

    /// Begins every group before this position that has not begun.
    fn begin_up_to(&mut self, end: usize) {
        while self.next_group < end {
            let Some(group) = self.form.groups().get(self.next_group) else { return };
            self.end_to(self.depth_of(group.parent));
            self.begin();
        }
    }

    fn begin(&mut self) {
        if let Some(group) = self.form.groups().get(self.next_group) {
            self.rows.push(group_row(group));
            self.open.push(self.next_group);
        }
        self.next_group += 1;
    }

    /// Ends groups until so many are open; groups in them that have not begun do so first.
    fn end_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let last = self.open.last().copied();
            let next = self.form.groups().get(self.next_group);
            if next.is_some_and(|next| next.parent.is_some() && next.parent == last) {
                self.begin();
            } else if let Some(ended) = self.open.pop() {
                let is_repeat = self.form.is_repeat(ended);
                let mut row = Row::new(&[]);
                row.set("type", if is_repeat { "end_repeat" } else { "end_group" });
                self.rows.push(row);
            }
        }
    }
}

fn group_row(group: &Group) -> Row<'_> {
    let mut row = Row::new(&group.further);
    row.set("type", if group.repeat.is_some() { "begin_repeat" } else { "begin_group" });
    row.set("name", group.name.as_str());
    row.set_localized("label", &group.label);
    row.set_localized("hint", &group.hint);
    row.set("relevant", written(group.relevant.as_ref()));
    row.set("appearance", group.appearance.join(" "));
    if let Some(Repeat::Counted(count)) = &group.repeat {
        row.set("repeat_count", count.to_string());
    }
    row
}

fn question_row(question: &Question) -> Row<'_> {
    let mut row = Row::new(&question.further);
    row.set("type", type_of(&question.kind));
    row.set("name", question.name.as_str());
    row.set_localized("label", &question.label);
    row.set_localized("hint", &question.hint);
    row.set_localized("guidance_hint", &question.guidance);
    row.set("required", question.required.as_ref().map_or(Cow::default(), condition));
    row.set_localized("required_message", &question.required_message);
    row.set("relevant", written(question.relevant.as_ref()));
    row.set("constraint", written(question.constraint.as_ref()));
    row.set_localized("constraint_message", &question.constraint_message);
    row.set("calculation", written(question.calculation.as_ref()));
    let triggers: Vec<String> =
        question.triggers.iter().map(|name| format!("${{{name}}}")).collect();
    row.set("trigger", triggers.join(", "));
    row.set("choice_filter", written(question.choice_filter.as_ref()));
    row.set("default", question.default.as_ref().map_or_else(String::new, default_answer));
    row.set("read_only", if question.read_only { "yes" } else { "" });
    row.set("appearance", question.appearance.join(" "));
    row.set("parameters", parameters(question));
    row.set("tna::role", question.role.map_or("", |role| role.word()));
    if let Some(rating) = &question.rating {
        row.set("tna::competency", rating.competency.as_str());
        row.set("tna::scale", rating.scale.word());
    }
    row
}

fn type_of(kind: &Kind) -> Cow<'static, str> {
    let word = match kind {
        Kind::SelectOne(list) => return format!("select_one {list}").into(),
        Kind::SelectMultiple(list) => return format!("select_multiple {list}").into(),
        Kind::Rank(list) => return format!("rank {list}").into(),
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Range(_) => "range",
        Kind::Date => "date",
        Kind::Time => "time",
        Kind::DateTime => "dateTime",
        Kind::Acknowledge => "acknowledge",
        Kind::Note => "note",
        Kind::Calculate => "calculate",
        Kind::Hidden => "hidden",
        Kind::Meta(Meta::Start) => "start",
        Kind::Meta(Meta::End) => "end",
        Kind::Meta(Meta::Today) => "today",
        Kind::Meta(Meta::Unknown(word)) => word,
    };
    word.into()
}

fn written(expression: Option<&Expression>) -> String {
    expression.map_or_else(String::new, Expression::to_string)
}

fn condition(expression: &Expression) -> Cow<'_, str> {
    match expression {
        Expression::Call(Function::True, _) => "yes".into(),
        other => other.to_string().into(),
    }
}

/// A text as itself, all else as an expression: one is told by a bracket or a `${`.
fn default_answer(expression: &Expression) -> String {
    let is_read_as_expression = |cell: &str| cell.contains("${") || cell.contains('(');
    match expression {
        Expression::Text(text)
            if !is_read_as_expression(text) && !text.is_empty() && text.trim() == text =>
        {
            text.clone()
        }
        other => {
            let cell = other.to_string();
            if is_read_as_expression(&cell) { cell } else { format!("({cell})") }
        }
    }
}

fn parameters(question: &Question) -> String {
    let mut parameters = Vec::new();
    if let Kind::Range(steps) = question.kind {
        parameters.push(format!("start={} end={} step={}", steps.start, steps.end, steps.step));
    }
    if let Some(lines) = question.lines {
        parameters.push(format!("rows={lines}"));
    }
    if let Some(shuffle) = &question.shuffle {
        parameters.push("randomize=true".to_owned());
        if let Some(seed) = &shuffle.seed {
            let seed = seed.to_string();
            let separates = |c: char| c.is_whitespace() || c == ',' || c == ';';
            // Within brackets nothing separates.
            let seed = if seed.contains(separates) { format!("({seed})") } else { seed };
            parameters.push(format!("seed={seed}"));
        }
    }
    parameters.join(" ")
}
