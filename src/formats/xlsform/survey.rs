//! The sheet `survey`: groups and questions in order.

use std::collections::BTreeSet;

use super::question_type::{RowType, WORDS, row_type};
use super::{At, Reader, Sheet, Unsupported};
use crate::domain::dependencies::circle;
use crate::domain::expression::{self, Expression, ExpressionErrorKind, Function};
use crate::domain::form::{Choice, Group, Kind, Question, Rating, Role, Scale};
use crate::domain::localized::Localized;
use crate::domain::problem::{Excerpt, ExpressionFault, FormProblemKind};

pub(super) const COLUMNS: [&str; 21] = [
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

/// A name that an expression uses, to be looked up when all are known.
struct Reference<'s> {
    at: At<'s>,
    column: &'static str,
    name: String,
}

impl Reader {
    pub(super) fn survey(&mut self, sheet: &Sheet) {
        let mut names = BTreeSet::new();
        let mut references = Vec::new();
        let mut open: Vec<(usize, At<'_>)> = Vec::new();
        for at in sheet.rows() {
            let row_type = row_type(at.cell("type"), at.cell("parameters"));
            if at.cell("type").is_empty() {
                continue;
            }
            match row_type {
                RowType::EndGroup => {
                    if open.pop().is_none() {
                        self.report(at, "type", FormProblemKind::GroupNotClosed);
                    }
                    continue;
                }
                RowType::EndRepeat => continue,
                _ => self.name(at, &mut names),
            }
            let parent = open.last().map(|(group, _)| *group);
            match row_type {
                RowType::BeginGroup => {
                    open.push((self.form.groups.len(), at));
                    let group = self.group(at, parent, &mut references);
                    self.form.groups.push(group);
                }
                RowType::Question(kind) => self.question(at, kind, parent, &mut references),
                RowType::OrOther(kind) => {
                    let kind = self.with_other(&kind);
                    self.question(at, kind, parent, &mut references);
                    self.other_text(at, parent);
                }
                RowType::BeginRepeat => {
                    let rule = at.cell("type").to_owned();
                    self.report(at, "type", FormProblemKind::UnsupportedRule(rule));
                }
                RowType::Unsupported => {
                    let kind = FormProblemKind::UnsupportedType(at.cell("type").to_owned());
                    match self.unsupported {
                        Unsupported::Refused => self.report(at, "type", kind),
                        Unsupported::LeftOut => self.warn(at, "type", kind),
                    }
                }
                RowType::Unknown => {
                    let word = at.cell("type");
                    let kind = FormProblemKind::UnknownType(word.to_owned());
                    let first = word.split_whitespace().next().unwrap_or_default();
                    self.report_with(at, "type", kind, first, WORDS);
                }
                RowType::EndGroup | RowType::EndRepeat => {}
            }
        }
        for (_, at) in open {
            self.report(at, "type", FormProblemKind::GroupNotClosed);
        }
        self.look_up(references);
        if let Some(circle) = circle(&self.form) {
            let questions = circle.iter().filter_map(|at| self.form.questions().get(*at));
            let names: Vec<String> = questions.map(|question| question.name.clone()).collect();
            let first =
                sheet.rows().find(|at| Some(at.cell("name")) == names.first().map(String::as_str));
            if let Some(at) = first {
                self.report(at, "name", FormProblemKind::Circle(names));
            }
        }
    }

    fn name<'s>(&mut self, at: At<'s>, names: &mut BTreeSet<&'s str>) {
        let name = at.cell("name");
        if name.is_empty() {
            self.report(at, "name", FormProblemKind::EmptyCell);
        } else if !is_name(name) {
            self.report(at, "name", FormProblemKind::BadName(name.to_owned()));
        } else if !names.insert(name) {
            self.report(at, "name", FormProblemKind::NameTwice(name.to_owned()));
        }
    }

    fn group<'s>(
        &mut self,
        at: At<'s>,
        parent: Option<usize>,
        references: &mut Vec<Reference<'s>>,
    ) -> Group {
        Group {
            name: at.cell("name").to_owned(),
            label: at.localized("label"),
            hint: at.localized("hint"),
            parent,
            relevant: self.expression(at, "relevant", references),
            on_one_screen: appearance(at).any(|word| word == "field-list"),
        }
    }

    fn question<'s>(
        &mut self,
        at: At<'s>,
        kind: Kind,
        group: Option<usize>,
        references: &mut Vec<Reference<'s>>,
    ) {
        if let Some(list) = kind.list().filter(|list| !self.form.has_list(list)) {
            let missing = FormProblemKind::MissingList(list.to_owned());
            let known = self.form.list_names().take_while(|_| self.suggests());
            let known: Vec<String> = known.map(str::to_owned).collect();
            self.report_with(at, "type", missing, list, known.iter().map(String::as_str));
            return;
        }
        let parameters = at.cell("parameters");
        if !parameters.is_empty() && !matches!(kind, Kind::Range(_)) {
            let rule = format!("parameters: {parameters}");
            self.report(at, "parameters", FormProblemKind::UnsupportedRule(rule));
        }
        if !at.cell("trigger").is_empty() {
            self.report(at, "trigger", FormProblemKind::UnsupportedRule("trigger".to_owned()));
        }
        let question = Question {
            name: at.cell("name").to_owned(),
            kind,
            label: at.localized("label"),
            hint: at.localized("hint"),
            group,
            required: self.condition(at, "required", references),
            required_message: at.localized("required_message"),
            relevant: self.expression(at, "relevant", references),
            constraint: self.expression(at, "constraint", references),
            constraint_message: at.localized("constraint_message"),
            calculation: self.expression(at, "calculation", references),
            choice_filter: self.expression(at, "choice_filter", references),
            default: self.default_answer(at, references),
            read_only: is_yes(at.cell("read_only")),
            appearance: appearance(at).map(str::to_owned).collect(),
            role: self.role(at),
            rating: self.rating(at),
        };
        self.form.add_question(question);
    }

    /// The list of a selection with "other" behind its choices, as a list of its own.
    fn with_other(&mut self, kind: &Kind) -> Kind {
        let Some(list) = kind.list().filter(|list| self.form.has_list(list)) else {
            return kind.clone();
        };
        let extended = format!("{list} or_other");
        let mut choices = self.form.choices(list).to_vec();
        choices.push(Choice::new(OTHER, in_both("Khác", "Other"), []));
        self.form.add_list(&extended, choices);
        match kind {
            Kind::SelectMultiple(_) => Kind::SelectMultiple(extended),
            Kind::Rank(_) => Kind::Rank(extended),
            _ => Kind::SelectOne(extended),
        }
    }

    /// The question that `or_other` adds: which other?
    fn other_text(&mut self, at: At<'_>, group: Option<usize>) {
        let name = at.cell("name");
        let answer = Expression::Answer(name.to_owned());
        let other = Expression::Text(OTHER.to_owned());
        self.form.add_question(Question {
            name: format!("{name}_other"),
            label: in_both("Xin ghi rõ mục khác", "Please specify"),
            group,
            relevant: Some(Expression::Call(Function::Selected, vec![answer, other])),
            ..Question::of_kind(Kind::Text)
        });
    }

    /// A cell that is yes, no or an expression.
    fn condition<'s>(
        &mut self,
        at: At<'s>,
        column: &'static str,
        references: &mut Vec<Reference<'s>>,
    ) -> Option<Expression> {
        match at.cell(column) {
            cell if is_yes(cell) => Some(Expression::Call(Function::True, Vec::new())),
            cell if is_no(cell) => None,
            _ => self.expression(at, column, references),
        }
    }

    /// A default is a text, or an expression where it calls a function or names a question.
    fn default_answer<'s>(
        &mut self,
        at: At<'s>,
        references: &mut Vec<Reference<'s>>,
    ) -> Option<Expression> {
        match at.cell("default") {
            "" => None,
            cell if cell.contains("${") || cell.contains('(') => {
                self.expression(at, "default", references)
            }
            cell => Some(Expression::Text(cell.to_owned())),
        }
    }

    fn expression<'s>(
        &mut self,
        at: At<'s>,
        column: &'static str,
        references: &mut Vec<Reference<'s>>,
    ) -> Option<Expression> {
        let text = at.cell(column);
        if text.is_empty() {
            return None;
        }
        match expression::parse(text) {
            Ok(expression) => {
                for name in expression.references() {
                    references.push(Reference { at, column, name: name.to_owned() });
                }
                if column != "choice_filter" {
                    for name in expression.columns() {
                        let kind = FormProblemKind::UnknownWord(name.to_owned());
                        self.report(at, column, kind);
                    }
                }
                let missing = expression.lists().into_iter().filter(|l| !self.form.has_list(l));
                for list in missing.map(str::to_owned).collect::<Vec<String>>() {
                    self.report(at, column, FormProblemKind::MissingList(list));
                }
                Some(expression)
            }
            Err(error) => {
                let place = expression::place_at(text, error.at);
                let (fault, word) = expression_fault(error.kind);
                let kind = FormProblemKind::Expression(fault);
                self.report_with(at, column, kind, &word, Function::names());
                self.underline(text, place);
                None
            }
        }
    }

    /// Shows the fault reported last in its expression.
    fn underline(&mut self, text: &str, place: std::ops::Range<usize>) {
        if let Some(fault) = self.faults.last_mut() {
            fault.excerpt = Some(Excerpt::of(text, place));
        }
    }

    /// Looks up every name that expressions use, now that all are known.
    fn look_up(&mut self, references: Vec<Reference<'_>>) {
        let known: Vec<String> =
            self.form.questions().iter().map(|question| question.name.clone()).collect();
        let groups: BTreeSet<String> =
            self.form.groups.iter().map(|group| group.name.clone()).collect();
        for Reference { at, column, name } in references {
            if !groups.contains(&name) && self.form.question(&name).is_none() {
                let kind = FormProblemKind::MissingQuestion(name.clone());
                self.report_with(at, column, kind, &name, known.iter().map(String::as_str));
                let text = at.cell(column);
                if let Some(place) = expression::locate(text, &name) {
                    self.underline(text, place);
                }
            }
        }
    }

    fn role(&mut self, at: At<'_>) -> Option<Role> {
        let word = at.cell("tna::role");
        let role = Role::named(word);
        if role.is_none() && !word.is_empty() {
            let kind = FormProblemKind::UnknownWord(word.to_owned());
            self.report_with(at, "tna::role", kind, word, Role::words());
        }
        role
    }

    fn rating(&mut self, at: At<'_>) -> Option<Rating> {
        let code = at.cell("tna::competency");
        if code.is_empty() {
            return None;
        }
        if self.form.competency_position(code).is_none() {
            let kind = FormProblemKind::MissingCompetency(code.to_owned());
            self.report(at, "tna::competency", kind);
            return None;
        }
        let scale = match at.cell("tna::scale") {
            "importance" => Scale::Importance,
            "ability" => Scale::Ability,
            word => {
                let kind = FormProblemKind::UnknownWord(word.to_owned());
                self.report_with(at, "tna::scale", kind, word, ["importance", "ability"]);
                return None;
            }
        };
        Some(Rating { competency: code.to_owned(), scale })
    }
}

fn appearance(at: At<'_>) -> impl Iterator<Item = &str> {
    at.cell("appearance").split_whitespace()
}

fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "yes" | "true" | "true()" | "x")
}

fn is_no(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "no" | "false" | "false()")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// `or_other` brings words of its own; Vietnamese comes first, as the product's language.
fn in_both(vietnamese: &str, english: &str) -> Localized {
    Localized::new([("vi".into(), vietnamese.into()), ("en".into(), english.into())])
}

/// The fault as it is told, and the word that a suggestion could mend.
fn expression_fault(kind: ExpressionErrorKind) -> (ExpressionFault, String) {
    let fault = match kind {
        ExpressionErrorKind::UnknownFunction(name) => {
            return (ExpressionFault::UnknownFunction(name.clone()), name);
        }
        ExpressionErrorKind::WrongArguments(name) => {
            ExpressionFault::WrongArguments(name.to_owned())
        }
        ExpressionErrorKind::UnexpectedCharacter(character) => {
            ExpressionFault::Unexpected(character.to_string())
        }
        ExpressionErrorKind::Unexpected(word) => ExpressionFault::Unexpected(word),
        ExpressionErrorKind::NotClosed | ExpressionErrorKind::UnexpectedEnd => {
            ExpressionFault::Unfinished
        }
        ExpressionErrorKind::UnsupportedPath => ExpressionFault::Path,
        ExpressionErrorKind::TooDeep | ExpressionErrorKind::TooLong => ExpressionFault::TooComplex,
        ExpressionErrorKind::Unsupported(name) => {
            ExpressionFault::UnsupportedFunction(name.clone())
        }
        ExpressionErrorKind::BadPattern(pattern) => ExpressionFault::Unexpected(pattern),
    };
    (fault, String::new())
}
