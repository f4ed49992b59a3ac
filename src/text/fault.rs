//! What is wrong, in words: where it is, what it is, what to do.

use super::Language;
use crate::domain::canonical::AnswerFault;
use crate::domain::encryption::EncryptionFault;
use crate::domain::problem::{
    ExpressionFault, FormProblem, FormProblemKind, Problem, ProblemKind, ValueFault,
};

impl Language {
    /// Why an answer does not do, where the form has no words of its own for it.
    pub fn answer_fault(self, fault: &AnswerFault) -> &'static str {
        match fault {
            AnswerFault::Required => self.fault_required(),
            AnswerFault::Constraint => self.fault_constraint(),
            AnswerFault::NotAnInteger => self.fault_integer(),
            AnswerFault::NotANumber => self.fault_number(),
            AnswerFault::NotADate => self.fault_date(),
            AnswerFault::NotATime => self.fault_time(),
            AnswerFault::OutOfRange => self.fault_range(),
            AnswerFault::UnknownChoice => self.fault_choice(),
        }
    }

    /// What is wrong in a file, with line and column.
    pub fn problem(self, problem: &Problem) -> String {
        let what = self.problem_kind(&problem.kind);
        match (problem.line, &problem.column) {
            (None, _) => what,
            (Some(line), None) => self.at_line(&line, &what),
            (Some(line), Some(column)) => {
                self.at_cell(&line, &column.number, &column.heading, &what)
            }
        }
    }

    fn problem_kind(self, kind: &ProblemKind) -> String {
        match kind {
            ProblemKind::Empty => self.problem_empty().to_owned(),
            ProblemKind::NotText => self.problem_not_text().to_owned(),
            ProblemKind::Damaged(line) => self.problem_damaged(line),
            ProblemKind::Unreadable(reason) => self.problem_unreadable(reason),
            ProblemKind::TooLarge(megabytes) => self.problem_too_large(megabytes),
            ProblemKind::BadArchive => self.problem_bad_archive().to_owned(),
            ProblemKind::ArchiveTooDeep => self.problem_archive_too_deep().to_owned(),
            ProblemKind::Locked => self.problem_locked().to_owned(),
            ProblemKind::Encryption(fault) => self.encryption_fault(fault),
            ProblemKind::TooManyRows(most) => self.problem_too_many_rows(most),
            ProblemKind::CellError(error) => self.problem_cell_error(error),
            ProblemKind::NoRows => self.problem_no_rows().to_owned(),
            ProblemKind::ColumnTwice => self.problem_column_twice().to_owned(),
            ProblemKind::NotThisForm { form, known, columns } => {
                self.problem_not_this_form(known, columns, form)
            }
            ProblemKind::OtherForm { expected, found } => self.problem_other_form(found, expected),
            ProblemKind::OtherCampaign(id) => self.problem_other_campaign(&shortened(id)),
            ProblemKind::TooManyFields { headings, fields } => {
                self.problem_too_many_fields(fields, headings)
            }
            ProblemKind::TooFewFields { headings, fields } => {
                self.problem_too_few_fields(fields, headings)
            }
            ProblemKind::QuoteNotClosed => self.problem_quote().to_owned(),
            ProblemKind::LineTooLong(megabytes) => self.problem_line_too_long(megabytes),
            ProblemKind::Value { value, fault } => {
                let expected = match fault {
                    ValueFault::NotAnInteger => self.expected_integer().to_owned(),
                    ValueFault::NotANumber => self.expected_number().to_owned(),
                    ValueFault::NotADate => self.expected_date().to_owned(),
                    ValueFault::NotATime => self.expected_time().to_owned(),
                    ValueFault::OutOfRange => self.expected_range().to_owned(),
                    ValueFault::UnknownChoice(choices) => self.expected_choice(&choices.join(", ")),
                };
                self.problem_value(&shortened(value), &expected)
            }
            ProblemKind::TallyIncomplete => self.problem_tally_incomplete().to_owned(),
            ProblemKind::OwnTally => self.problem_own_tally().to_owned(),
            ProblemKind::Meta(value) => self.problem_meta(&shortened(value)),
            ProblemKind::Transfer(fault) => self.transfer_fault(fault),
        }
    }

    /// Why something encrypted does not open.
    pub fn encryption_fault(self, fault: &EncryptionFault) -> String {
        let said = match fault {
            EncryptionFault::NotEncrypted => self.encryption_not_encrypted(),
            EncryptionFault::Unsupported => self.encryption_unsupported(),
            EncryptionFault::KeyNeeded(Some(key)) => return self.encryption_key_needed_named(key),
            EncryptionFault::KeyNeeded(None) => self.encryption_key_needed(),
            EncryptionFault::WrongKey(Some(key)) => return self.encryption_wrong_key_named(key),
            EncryptionFault::WrongKey(None) => self.encryption_wrong_key(),
            EncryptionFault::PassphraseNeeded => self.encryption_passphrase_needed(),
            EncryptionFault::WrongPassphrase => self.encryption_wrong_passphrase(),
            EncryptionFault::TooMuchWork => self.encryption_too_much_work(),
            EncryptionFault::Truncated => self.encryption_truncated(),
            EncryptionFault::Altered => self.encryption_altered(),
            EncryptionFault::TruncatedOrAltered => self.encryption_truncated_or_altered(),
            EncryptionFault::NoSecretKey => self.encryption_no_secret_key(),
            EncryptionFault::NotAPublicKey => self.encryption_not_a_public_key(),
        };
        said.to_owned()
    }

    /// What is wrong in a form, with sheet, line and column.
    pub fn form_problem(self, problem: &FormProblem) -> String {
        let what = match &problem.kind {
            FormProblemKind::MissingSheet => self.form_missing_sheet().to_owned(),
            FormProblemKind::Table(ProblemKind::NoRows) => self.form_no_questions().to_owned(),
            FormProblemKind::Table(kind) => self.problem_kind(kind),
            FormProblemKind::EmptyCell => self.form_empty_cell().to_owned(),
            FormProblemKind::UnknownType(word) => self.form_unknown_type(word),
            FormProblemKind::BadName(name) => self.form_bad_name(name),
            FormProblemKind::NameTwice(name) => self.form_name_twice(name),
            FormProblemKind::MissingList(list) => self.form_missing_list(list),
            FormProblemKind::MissingQuestion(name) => self.form_missing_question(name),
            FormProblemKind::MissingCompetency(code) => self.form_missing_competency(code),
            FormProblemKind::UnknownWord(word) => self.form_unknown_word(word),
            FormProblemKind::Expression(fault) => {
                self.form_expression(&self.expression_fault(fault))
            }
            FormProblemKind::UnsupportedType(word) => self.form_unsupported_type(word),
            FormProblemKind::UnsupportedRule(word) => self.form_unsupported_rule(word),
            FormProblemKind::UnknownColumn(heading) => self.form_unknown_column(heading),
            FormProblemKind::UnusedList(list) => self.form_unused_list(list),
            FormProblemKind::MissingTranslation(language) => {
                self.form_missing_translation(language)
            }
            FormProblemKind::NearlyTheSameName(name) => self.form_nearly_same(name),
            FormProblemKind::Circle(names) => self.form_circle(&names.join(" → ")),
            FormProblemKind::GroupNotClosed => self.form_group().to_owned(),
            FormProblemKind::TextTooLong(most) => self.form_text_too_long(&self.count(*most)),
            FormProblemKind::NotWritten(reason) => return self.form_not_writable(reason),
        };
        let what = match &problem.suggestion {
            Some(suggestion) => self.with_suggestion(&what, suggestion),
            None => what,
        };
        match (problem.line, &problem.column) {
            (Some(line), Some(column)) => self.at_form_cell(&problem.sheet, &line, column, &what),
            (Some(line), None) => self.at_form_line(&problem.sheet, &line, &what),
            (None, _) => self.at_sheet(&problem.sheet, &what),
        }
    }
}

impl Language {
    fn expression_fault(self, fault: &ExpressionFault) -> String {
        match fault {
            ExpressionFault::UnknownFunction(name) => self.expression_unknown_function(name),
            ExpressionFault::UnsupportedFunction(name) => self.expression_unsupported(name),
            ExpressionFault::WrongArguments(name) => self.expression_arguments(name),
            ExpressionFault::Unfinished => self.expression_unfinished().to_owned(),
            ExpressionFault::Unexpected(word) => self.expression_unexpected(word),
            ExpressionFault::Path => self.expression_path().to_owned(),
            ExpressionFault::TooComplex => self.expression_too_complex().to_owned(),
        }
    }
}

/// A value as it fits into a message.
pub(super) fn shortened(value: &str) -> String {
    const LONGEST: usize = 60;
    if value.chars().count() <= LONGEST {
        value.to_owned()
    } else {
        value.chars().take(LONGEST).chain(['…']).collect()
    }
}
