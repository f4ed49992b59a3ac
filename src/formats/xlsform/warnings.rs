//! What an author should know of a form that can be used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reader, Sheet, Sheets, fault, settings, survey};
use crate::domain::expression::Expression;
use crate::domain::form::DOMAIN_LIST;
use crate::domain::problem::FormProblemKind;
use crate::domain::search::folded;

impl Reader {
    /// Looks at the whole form: columns and lists nobody uses, texts that are missing in a
    /// language, names that are easily confused.
    pub(super) fn warn_of_the_whole(&mut self, sheets: &Sheets) {
        for (sheet, known) in
            [(&sheets.survey, &survey::COLUMNS[..]), (&sheets.settings, &settings::COLUMNS[..])]
        {
            if let Some(sheet) = sheet {
                self.warn_of_columns(sheet, known);
            }
        }
        self.warn_of_lists();
        if let Some(sheet) = &sheets.survey {
            self.warn_of_names(sheet);
            self.warn_of_translations(sheet);
        }
        for sheet in &sheets.choices {
            self.warn_of_translations(sheet);
        }
    }

    fn warn_of_columns(&mut self, sheet: &Sheet, known: &[&str]) {
        for heading in sheet.unknown_headings(known) {
            let kind = FormProblemKind::UnknownColumn(heading.clone());
            self.warnings.push(fault(&sheet.name, Some(1), Some(&heading), kind));
        }
    }

    fn warn_of_lists(&mut self) {
        let mut used: BTreeSet<&str> = BTreeSet::from([DOMAIN_LIST]);
        for question in self.form.questions() {
            used.extend(question.kind.list());
            let expressions = [&question.relevant, &question.calculation, &question.choice_filter];
            for expression in expressions.into_iter().flatten() {
                expression.walk(&mut |inner| {
                    if let Expression::Lookup { list, .. } = inner {
                        used.insert(list);
                    }
                });
            }
        }
        let unused: Vec<String> =
            self.form.list_names().filter(|list| !used.contains(list)).map(str::to_owned).collect();
        for list in unused {
            let kind = FormProblemKind::UnusedList(list);
            self.warnings.push(fault("choices", None, Some("list_name"), kind));
        }
    }

    fn warn_of_names(&mut self, sheet: &Sheet) {
        let mut seen = BTreeMap::new();
        for at in sheet.rows() {
            let name = at.cell("name");
            let earlier = seen.insert(folded(name), name);
            if !name.is_empty() && earlier.is_some_and(|earlier| earlier != name) {
                self.warn(at, "name", FormProblemKind::NearlyTheSameName(name.to_owned()));
            }
        }
    }

    fn warn_of_translations(&mut self, sheet: &Sheet) {
        let languages = sheet.languages();
        for at in sheet.rows() {
            let label = at.localized("label");
            for language in &languages {
                if !label.is_empty() && !label.has(language) {
                    let kind = FormProblemKind::MissingTranslation(language.clone());
                    self.warn(at, "label", kind);
                }
            }
        }
    }
}
