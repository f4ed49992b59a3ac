//! The sheet `settings`.

use super::{Reader, Sheet};
use crate::domain::problem::FormProblemKind;
use crate::domain::search::slug;

pub(in crate::formats) const COLUMNS: [&str; 14] = [
    "form_title",
    "form_id",
    "version",
    "default_language",
    "instance_name",
    "style",
    "clean_text_values",
    "allow_choice_duplicates",
    "name",
    "namespaces",
    "sms_keyword",
    "tna::title",
    "tna::consent_version",
    "tna::minutes",
];

/// The columns that become part of the form; what stands in others is only kept.
const USED: [&str; 7] = [
    "form_title",
    "form_id",
    "version",
    "default_language",
    "tna::title",
    "tna::consent_version",
    "tna::minutes",
];

impl Reader {
    pub(super) fn settings(&mut self, sheet: &Sheet) {
        let Some(at) = sheet.rows().next() else {
            let fault =
                super::fault(&sheet.name, None, Some("form_id"), FormProblemKind::EmptyCell);
            return self.faults.push(fault);
        };
        let own = at.localized("form_title");
        let translated = at.localized("tna::title");
        self.form.title = own.or(translated);
        self.form.id = match at.cell("form_id") {
            "" => slug(self.form.title.get("")),
            id => id.to_owned(),
        };
        if self.form.id.is_empty() {
            self.report(at, "form_id", FormProblemKind::EmptyCell);
        }
        at.cell("version").clone_into(&mut self.form.version);
        at.cell("tna::consent_version").clone_into(&mut self.form.consent_version);
        self.form.further = at.further(&USED);
        self.form.minutes = at.cell("tna::minutes").parse().ok();
    }
}
