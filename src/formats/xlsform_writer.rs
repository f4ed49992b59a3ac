//! A form as the sheets of an `XLSForm`, and as a workbook of them: the way back of `xlsform.rs`.
//!
//! What is written reads back to the same form. Lists that came as files of their own are lists
//! of the sheet `choices`; columns that this product does not know stand behind those it does.

mod draft;
mod survey;
mod workbook;

use super::form_files::NamedSheet;
use super::xlsform::{CHOICE_COLUMNS, COMPETENCY_COLUMNS, SETTING_COLUMNS};
use crate::domain::form::{Form, Role};
use crate::domain::localized::Localized;
use crate::domain::problem::FormProblem;
use draft::{Draft, Row};

/// The sheets of a form: `survey`, `settings`, and `choices` and `competencies` where it has any.
pub fn sheets(form: &Form) -> Vec<NamedSheet> {
    let drafts =
        [Some(survey::draft(form)), choices(form), Some(settings(form)), competencies(form)];
    drafts.into_iter().flatten().map(Draft::sheet).collect()
}

/// A form as the bytes of an `.xlsx`.
///
/// # Errors
/// What a workbook cannot hold, at its cell.
pub fn write(form: &Form) -> Result<Vec<u8>, Box<FormProblem>> {
    workbook::write(&sheets(form))
}

fn choices(form: &Form) -> Option<Draft<'_>> {
    let mut draft = Draft::new(form, "choices", &CHOICE_COLUMNS);
    for list in form.list_names() {
        let choices = form.choices(list);
        // Other programs show a dash, not another language's text, where there is none.
        let is_for_all = choices.iter().all(|choice| choice.label.is_one_text());
        draft.rows.extend(choices.iter().map(|choice| {
            let mut row = Row::new(choice.columns());
            row.set("list_name", list);
            row.set("name", choice.name.as_str());
            row.set_localized("label", &choice.label);
            if is_for_all {
                repeat_label(&mut row, &choice.label, &form.languages);
            }
            row
        }));
    }
    draft.if_any()
}

/// Gives a choice its one text in the languages after its own too, which fall back to it.
fn repeat_label<'f>(row: &mut Row<'f>, label: &'f Localized, languages: &'f [String]) {
    let Some((own, text)) = label.texts().next() else { return };
    let place = languages.iter().position(|language| language == own);
    for language in languages.iter().skip(place.map_or(languages.len(), |place| place + 1)) {
        row.set_in("label", language, text);
    }
}

fn settings(form: &Form) -> Draft<'_> {
    let mut row = Row::new(&form.further);
    let default = form.languages.first().map_or("", String::as_str);
    let title = form.title.texts().find(|(language, _)| *language == default);
    row.set("form_title", title.map_or("", |(_, text)| text));
    row.set("form_id", form.id.as_str());
    row.set("version", form.version.as_str());
    row.set("default_language", draft::language(form, default));
    for (language, text) in form.title.texts().filter(|(language, _)| *language != default) {
        row.set_in("tna::title", language, text);
    }
    row.set("tna::consent_version", form.consent_version.as_str());
    row.set("tna::minutes", form.minutes.map_or_else(String::new, |n| n.to_string()));
    let mut draft = Draft::new(form, "settings", &SETTING_COLUMNS);
    draft.rows.push(row);
    draft
}

fn competencies(form: &Form) -> Option<Draft<'_>> {
    let mut draft = Draft::new(form, "competencies", &COMPETENCY_COLUMNS);
    draft.words = posts(form);
    draft.rows.extend(form.competencies.iter().map(|competency| {
        let mut row = Row::new(&competency.further);
        row.set("name", competency.code.as_str());
        row.set("domain", competency.domain.as_str());
        row.set_localized("label", &competency.label);
        for (post, level) in &competency.required_levels {
            row.set_in(draft::LEVEL, post, level.to_string());
        }
        row
    }));
    draft.if_any()
}

/// The posts in the order of their list.
fn posts(form: &Form) -> Vec<&str> {
    let list = form.with_role(Role::Post).and_then(|question| question.kind.list());
    let choices = list.map_or(&[][..], |list| form.choices(list));
    choices.iter().map(|choice| choice.name.as_str()).collect()
}
