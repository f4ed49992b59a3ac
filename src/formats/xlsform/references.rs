//! The expressions of the sheet `survey`, and the names that they and the texts use.

use std::ops::Range;

use super::At;
use super::survey::{Survey, is_no, is_yes};
use crate::domain::expression::{self, Expression, ExpressionErrorKind, Function};
use crate::domain::localized::Localized;
use crate::domain::problem::{Excerpt, ExpressionFault, FormProblemKind};

/// A name that a cell uses, to be looked up when all are known.
pub(super) struct Reference<'s> {
    at: At<'s>,
    column: &'s str,
    text: &'s str,
    name: String,
    /// Where it stands in the text, if that is known already.
    place: Option<Range<usize>>,
}

impl<'s> Survey<'_, 's> {
    /// A text with its translations; what it mentions as `${name}` is noted.
    pub(super) fn text(&mut self, at: At<'s>, column: &'s str) -> Localized {
        for (known, heading, text) in at.cells() {
            if known == column {
                for (name, place) in expression::mentions(text) {
                    let (name, place) = (name.to_owned(), Some(place));
                    self.references.push(Reference { at, column: heading, text, name, place });
                }
            }
        }
        at.localized(column)
    }

    /// The questions whose change is an occasion: `${a}`, or `${a}, ${b}`.
    pub(super) fn triggers(&mut self, at: At<'s>) -> Vec<String> {
        let text = at.cell("trigger");
        let mut names = Vec::new();
        let mut rest = text.to_owned();
        for (name, place) in expression::mentions(text) {
            rest = rest.replacen(text.get(place.clone()).unwrap_or_default(), "", 1);
            let (column, place) = ("trigger", Some(place));
            self.references.push(Reference { at, column, text, name: name.to_owned(), place });
            if name == at.cell("name") {
                self.refuse(at, "trigger", "trigger");
            }
            names.push(name.to_owned());
        }
        let rest = rest.trim_matches([',', ' ']);
        if !rest.is_empty() {
            self.reader.report(at, "trigger", FormProblemKind::UnknownWord(rest.to_owned()));
        }
        names
    }

    /// A cell that is yes, no or an expression.
    pub(super) fn condition(&mut self, at: At<'s>, column: &'static str) -> Option<Expression> {
        match at.cell(column) {
            cell if is_yes(cell) => Some(Expression::Call(Function::True, Vec::new())),
            cell if is_no(cell) => None,
            _ => self
                .expression(at, column)
                .filter(|expression| *expression != Expression::Call(Function::False, Vec::new())),
        }
    }

    /// A default is a text, or an expression where it calls a function or names a question.
    pub(super) fn default_answer(&mut self, at: At<'s>) -> Option<Expression> {
        match at.cell("default") {
            "" => None,
            cell if cell.contains("${") || cell.contains('(') => self.expression(at, "default"),
            cell => Some(Expression::Text(cell.to_owned())),
        }
    }

    /// An expression; every name it uses is noted.
    pub(super) fn expression(&mut self, at: At<'s>, column: &'static str) -> Option<Expression> {
        let text = at.cell(column);
        if text.is_empty() { None } else { self.parsed(at, column, text) }
    }

    /// An expression that stands in a cell, or in a part of it.
    pub(super) fn parsed(
        &mut self,
        at: At<'s>,
        column: &'static str,
        text: &'s str,
    ) -> Option<Expression> {
        match expression::parse(text) {
            Ok(expression) => {
                for name in expression.references() {
                    let (name, place) = (name.to_owned(), None);
                    self.references.push(Reference { at, column, text, name, place });
                }
                if column != "choice_filter" {
                    for name in expression.columns() {
                        let kind = FormProblemKind::UnknownWord(name.to_owned());
                        self.reader.report(at, column, kind);
                    }
                }
                let form = &self.reader.form;
                let missing = expression.lists().into_iter().filter(|list| !form.has_list(list));
                for list in missing.map(str::to_owned).collect::<Vec<String>>() {
                    self.reader.report(at, column, FormProblemKind::MissingList(list));
                }
                Some(expression)
            }
            Err(error) => {
                let place = expression::place_at(text, error.at);
                let (fault, word) = expression_fault(error.kind);
                let kind = FormProblemKind::Expression(fault);
                self.reader.report_with(at, column, kind, &word, Function::names());
                self.underline(text, place);
                None
            }
        }
    }

    /// Shows the fault reported last in its text.
    fn underline(&mut self, text: &str, place: Range<usize>) {
        if let Some(fault) = self.reader.faults.last_mut() {
            fault.excerpt = Some(Excerpt::of(text, place));
        }
    }

    /// Looks up every name that was used, now that all are known.
    pub(super) fn look_up(&mut self) {
        let form = &self.reader.form;
        let known: Vec<String> = form.questions().iter().map(|q| q.name.clone()).collect();
        for Reference { at, column, text, name, place } in std::mem::take(&mut self.references) {
            if self.reader.form.item(&name).is_some() {
                continue;
            }
            let kind = FormProblemKind::MissingQuestion(name.clone());
            self.reader.report_with(at, column, kind, &name, known.iter().map(String::as_str));
            if let Some(place) = place.or_else(|| expression::locate(text, &name)) {
                self.underline(text, place);
            }
        }
    }
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
