//! The sheet `survey`: groups and questions in order.

use std::collections::BTreeSet;

use super::question_type::{RowType, WORDS, row_type};
use super::references::Reference;
use super::{At, Reader, Sheet, Unsupported};
use crate::domain::dependencies::circle;
use crate::domain::expression::{Expression, Function};
use crate::domain::form::{Choice, Group, Kind, Meta, Question, Rating, Repeat, Role, Scale};
use crate::domain::localized::Localized;
use crate::domain::problem::FormProblemKind;
use crate::domain::response::{CHECKSUM_COLUMN, META_COLUMNS, SOURCE_COLUMN};

pub(in crate::formats) const COLUMNS: [&str; 21] = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "read_only",
    "appearance",
    "parameters",
    "choice_filter",
    "repeat_count",
    "trigger",
    "tna::competency",
    "tna::scale",
    "tna::role",
];

/// What "other" is called where a form asks for it by `or_other`.
const OTHER: &str = "other";

/// Repeats may lie in each other so deep: columns with more numbers nobody reads.
const MAX_REPEATS: usize = 4;

/// The sheet as it is read, row by row.
pub(super) struct Survey<'r, 's> {
    pub(super) reader: &'r mut Reader,
    /// Sheets and files that may hold a list.
    pub(super) others: &'s [Sheet],
    /// The names that texts and expressions use, to be looked up when all are known.
    pub(super) references: Vec<Reference<'s>>,
}

impl Reader {
    pub(super) fn survey(&mut self, sheet: &Sheet, others: &[Sheet]) {
        let mut survey = Survey { reader: self, others, references: Vec::new() };
        survey.rows(sheet);
        survey.look_up();
        if let Some(circle) = circle(&self.form) {
            let first = circle.first().map(String::as_str);
            if let Some(at) = sheet.rows().find(|at| Some(at.cell("name")) == first) {
                self.report(at, "name", FormProblemKind::Circle(circle));
            }
        }
    }
}

impl<'s> Survey<'_, 's> {
    fn rows(&mut self, sheet: &'s Sheet) {
        let mut names = BTreeSet::new();
        let mut open: Vec<(usize, At<'s>)> = Vec::new();
        for at in sheet.rows().filter(|at| !at.cell("type").is_empty()) {
            let row_type = row_type(at.cell("type"), at.cell("parameters"));
            let group = open.last().map(|(group, _)| *group);
            match row_type {
                RowType::EndGroup | RowType::EndRepeat => {
                    let is_repeat = group.is_some_and(|group| self.reader.form.is_repeat(group));
                    if group.is_none() || is_repeat != (row_type == RowType::EndRepeat) {
                        self.reader.report(at, "type", FormProblemKind::GroupNotClosed);
                    }
                    open.pop();
                    continue;
                }
                _ => self.name(at, &mut names),
            }
            match row_type {
                RowType::BeginGroup => open.push((self.group(at, group, None), at)),
                RowType::BeginRepeat => {
                    let repeat = match self.expression(at, "repeat_count") {
                        Some(count) => Repeat::Counted(count),
                        None => Repeat::AsNeeded,
                    };
                    if self.reader.form.repeats_around(group).len() >= MAX_REPEATS {
                        self.refuse(at, "type", at.cell("type"));
                    }
                    open.push((self.group(at, group, Some(repeat)), at));
                }
                RowType::Question(kind) => self.question(at, kind, group),
                RowType::OrOther(kind) => {
                    let kind = self.with_other(&kind);
                    self.question(at, kind, group);
                    self.other_text(at, group, &mut names);
                }
                RowType::Unsupported => {
                    let kind = FormProblemKind::UnsupportedType(at.cell("type").to_owned());
                    match self.reader.unsupported {
                        Unsupported::Refused => self.reader.report(at, "type", kind),
                        Unsupported::LeftOut => self.reader.warn(at, "type", kind),
                    }
                }
                RowType::Unknown => {
                    let word = at.cell("type");
                    let kind = FormProblemKind::UnknownType(word.to_owned());
                    let first = word.split_whitespace().next().unwrap_or_default();
                    self.reader.report_with(at, "type", kind, first, WORDS);
                }
                RowType::EndGroup | RowType::EndRepeat => {}
            }
        }
        for (_, at) in open {
            self.reader.report(at, "type", FormProblemKind::GroupNotClosed);
        }
    }

    /// Reports a rule that this product does not have.
    pub(super) fn refuse(&mut self, at: At<'_>, column: &str, rule: &str) {
        self.reader.report(at, column, FormProblemKind::UnsupportedRule(rule.to_owned()));
    }

    fn name(&mut self, at: At<'s>, names: &mut BTreeSet<String>) {
        let name = at.cell("name");
        if name.is_empty() {
            self.reader.report(at, "name", FormProblemKind::EmptyCell);
        } else if !is_name(name) || is_meta_column(name) {
            self.reader.report(at, "name", FormProblemKind::BadName(name.to_owned()));
        } else if !names.insert(name.to_owned()) {
            self.reader.report(at, "name", FormProblemKind::NameTwice(name.to_owned()));
        }
    }

    fn group(&mut self, at: At<'s>, parent: Option<usize>, repeat: Option<Repeat>) -> usize {
        let group = Group {
            name: at.cell("name").to_owned(),
            label: self.text(at, "label"),
            hint: self.text(at, "hint"),
            parent,
            relevant: self.expression(at, "relevant"),
            repeat,
            appearance: appearance(at),
            further: at.further(&COLUMNS),
        };
        self.reader.form.add_group(group)
    }

    fn question(&mut self, at: At<'s>, kind: Kind, group: Option<usize>) {
        let (kind, parameters) = self.parameters(at, kind);
        if let Some(list) = kind.list().filter(|list| !self.reader.form.has_list(list)) {
            let missing = FormProblemKind::MissingList(list.to_owned());
            let known = self.reader.form.list_names().take_while(|_| self.reader.suggests());
            let known: Vec<String> = known.map(str::to_owned).collect();
            let known = known.iter().map(String::as_str);
            self.reader.report_with(at, "type", missing, list, known);
            return;
        }
        if !self.reader.form.repeats_around(group).is_empty() {
            if matches!(kind, Kind::Meta(Meta::Start | Meta::End | Meta::Today)) {
                self.refuse(at, "type", at.cell("type"));
            }
            for column in ["tna::role", "tna::competency"] {
                // Tallies count a person once.
                if !at.cell(column).is_empty() {
                    self.refuse(at, column, column);
                }
            }
        }
        let question = Question {
            name: at.cell("name").to_owned(),
            kind,
            label: self.text(at, "label"),
            hint: self.text(at, "hint"),
            guidance: self.text(at, "guidance_hint"),
            group,
            required: self.condition(at, "required"),
            required_message: self.text(at, "required_message"),
            relevant: self.expression(at, "relevant"),
            constraint: self.expression(at, "constraint"),
            constraint_message: self.text(at, "constraint_message"),
            calculation: self.expression(at, "calculation"),
            triggers: self.triggers(at),
            choice_filter: self.expression(at, "choice_filter"),
            default: self.default_answer(at),
            read_only: is_yes(at.cell("read_only")),
            shuffle: parameters.shuffle,
            lines: parameters.lines,
            appearance: appearance(at),
            role: self.role(at),
            rating: self.rating(at),
            further: at.further(&COLUMNS),
        };
        self.reader.form.add_question(question);
    }

    /// The list of a selection with "other" behind its choices, as a list of its own.
    fn with_other(&mut self, kind: &Kind) -> Kind {
        let Some(list) = kind.list().filter(|list| self.reader.form.has_list(list)) else {
            return kind.clone();
        };
        let extended = format!("{list}_or_other");
        let mut choices = self.reader.form.choices(list).to_vec();
        if !choices.iter().any(|choice| choice.name == OTHER) {
            choices.push(Choice::new(OTHER, self.in_both("Khác", "Other"), []));
        }
        self.reader.form.add_list(&extended, choices);
        kind.clone().with_list(extended)
    }

    /// The question that `or_other` adds: which other?
    fn other_text(&mut self, at: At<'_>, group: Option<usize>, names: &mut BTreeSet<String>) {
        let name = at.cell("name");
        let own_name = format!("{name}_other");
        if !names.insert(own_name.clone()) {
            self.reader.report(at, "name", FormProblemKind::NameTwice(own_name.clone()));
        }
        let label = self.in_both("Xin ghi rõ mục khác", "Please specify");
        let answer = Expression::Answer(name.to_owned());
        let other = Expression::Text(OTHER.to_owned());
        self.reader.form.add_question(Question {
            name: own_name,
            label,
            group,
            relevant: Some(Expression::Call(Function::Selected, vec![answer, other])),
            ..Question::of_kind(Kind::Text)
        });
    }

    /// The words that `or_other` brings, in the languages of the form; where it has neither,
    /// Vietnamese stands for its own, as the product's language.
    fn in_both(&self, vietnamese: &str, english: &str) -> Localized {
        let languages = &self.reader.form.languages;
        let words = [("vi", vietnamese), ("en", english)];
        let words = languages.iter().filter_map(|language| {
            let (_, word) = words.iter().find(|(code, _)| code == language)?;
            Some((language.clone(), (*word).to_owned()))
        });
        let default = languages.first().cloned().unwrap_or_default();
        let words = Localized::new(words);
        if words.is_empty() { Localized::new([(default, vietnamese.to_owned())]) } else { words }
    }

    fn role(&mut self, at: At<'_>) -> Option<Role> {
        let word = at.cell("tna::role");
        let role = Role::named(word);
        if role.is_none() && !word.is_empty() {
            let kind = FormProblemKind::UnknownWord(word.to_owned());
            self.reader.report_with(at, "tna::role", kind, word, Role::words());
        }
        role
    }

    fn rating(&mut self, at: At<'_>) -> Option<Rating> {
        let code = at.cell("tna::competency");
        if code.is_empty() {
            return None;
        }
        if self.reader.form.competency_position(code).is_none() {
            let kind = FormProblemKind::MissingCompetency(code.to_owned());
            self.reader.report(at, "tna::competency", kind);
            return None;
        }
        let scale = match at.cell("tna::scale") {
            "importance" => Scale::Importance,
            "ability" => Scale::Ability,
            word => {
                let kind = FormProblemKind::UnknownWord(word.to_owned());
                self.reader.report_with(at, "tna::scale", kind, word, ["importance", "ability"]);
                return None;
            }
        };
        Some(Rating { competency: code.to_owned(), scale })
    }
}

fn appearance(at: At<'_>) -> Vec<String> {
    at.cell("appearance").split_whitespace().map(str::to_owned).collect()
}

/// True for what a response row says of itself.
fn is_meta_column(name: &str) -> bool {
    let own = META_COLUMNS.iter().chain(&[CHECKSUM_COLUMN, SOURCE_COLUMN]);
    own.into_iter().any(|column| name.eq_ignore_ascii_case(column))
}

pub(super) fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "yes" | "true" | "true()" | "x")
}

pub(super) fn is_no(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "no" | "false" | "false()")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
