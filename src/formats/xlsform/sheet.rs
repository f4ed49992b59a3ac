//! A sheet with its cells by heading, whatever their case, spacing or older names.

use crate::domain::localized::Localized;
use crate::formats::text_table::{TextRow, TextTable};

/// One sheet of a form.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<TextRow>,
    headings: Vec<Heading>,
    default_language: String,
}

/// A heading as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Heading {
    /// As it stands.
    written: String,
    /// The column's name in the `XLSForm` standard.
    column: String,
    /// The language of a text, by its code.
    language: Option<String>,
}

/// A cell's row, with its sheet: where a fault is.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) row: &'s TextRow,
}

/// Columns whose texts have languages.
const TRANSLATED: [&str; 7] = [
    "label",
    "hint",
    "guidance_hint",
    "required_message",
    "constraint_message",
    "tna::title",
    "media",
];

impl Sheet {
    pub(super) fn new(name: String, table: TextTable) -> Self {
        let headings = table.header.iter().map(|written| Heading::of(written)).collect();
        Self { name, rows: table.rows, headings, default_language: String::new() }
    }

    /// The same rows with some columns called otherwise; who had that name before loses it.
    pub(super) fn with_columns_called(&self, names: &[(&str, &str)]) -> Self {
        let mut headings = self.headings.clone();
        for heading in &mut headings {
            if let Some((_, name)) = names.iter().find(|(from, _)| heading.written == *from) {
                (*name).clone_into(&mut heading.column);
            } else if names.iter().any(|(_, name)| heading.column == *name) {
                heading.column.clone_from(&heading.written);
                heading.column.insert(0, '.');
            }
        }
        let (name, rows) = (self.name.clone(), self.rows.clone());
        Self { name, rows, headings, default_language: self.default_language.clone() }
    }

    /// Texts without a language are in this one.
    pub(super) fn set_default_language(&mut self, language: &str) {
        language.clone_into(&mut self.default_language);
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = At<'_>> {
        self.rows.iter().map(|row| At { sheet: self, row })
    }

    /// The languages of the labels, in the order of their columns.
    pub(super) fn languages(&self) -> Vec<String> {
        let labels = self.headings.iter().filter(|heading| heading.column == "label");
        labels.map(|heading| heading.language_or(&self.default_language)).collect()
    }

    /// The headings that are none of these columns, as they stand.
    pub(super) fn unknown_headings(&self, known: &[&str]) -> Vec<String> {
        let unknown = self.headings.iter().filter(|heading| {
            !heading.written.is_empty() && !known.contains(&heading.column.as_str())
        });
        unknown.map(|heading| heading.written.clone()).collect()
    }
}

impl<'s> At<'s> {
    /// The cell of a column, without blanks around it; empty where there is no such column.
    pub(super) fn cell(self, column: &str) -> &'s str {
        let place = self.sheet.headings.iter().position(|heading| heading.column == column);
        place.and_then(|place| self.row.cells.get(place)).map_or("", |cell| cell.trim())
    }

    /// A text with its translations: `label`, `label::Tiếng Việt (vi)`, `label::en`.
    pub(super) fn localized(self, column: &str) -> Localized {
        let default = &self.sheet.default_language;
        let columns = self.sheet.headings.iter().zip(&self.row.cells);
        let texts = columns
            .filter(|(heading, _)| heading.column == column)
            .map(|(heading, cell)| (heading.language_or(default), cell.trim().to_owned()));
        let mut texts: Vec<(String, String)> = texts.collect();
        texts.sort_by_key(|(language, _)| language != default);
        Localized::new(texts)
    }

    /// The filled cells of columns that are none of these, by heading as it stands.
    pub(super) fn further(self, known: &[&str]) -> Vec<(String, String)> {
        let further = self.cells().filter(|(column, ..)| !known.contains(column));
        further.map(|(_, written, cell)| (written.to_owned(), cell.to_owned())).collect()
    }

    /// Every filled cell with its heading, as columns name it and as it stands.
    pub(super) fn cells(self) -> impl Iterator<Item = (&'s str, &'s str, &'s str)> {
        self.sheet.headings.iter().zip(&self.row.cells).filter_map(|(heading, cell)| {
            let cell = cell.trim();
            (!cell.is_empty()).then_some((heading.column.as_str(), heading.written.as_str(), cell))
        })
    }
}

impl Heading {
    fn of(written: &str) -> Self {
        let written = written.trim();
        let (base, rest) = match written.split_once("::") {
            Some((base, rest)) => (standard(base), Some(rest.trim())),
            None => (standard(written), None),
        };
        let (column, language) = match (base.as_str(), rest) {
            // `bind::relevant`, `control::appearance`: the older, longer way.
            ("bind" | "control", Some(rest)) => (standard(rest), None),
            ("tna", Some(rest)) => match rest.split_once("::") {
                Some((rest, language)) => (format!("tna::{}", lower(rest)), Some(language)),
                None => (format!("tna::{}", lower(rest)), None),
            },
            (_, Some(rest)) if TRANSLATED.contains(&base.as_str()) => (base, Some(rest)),
            (_, Some(rest)) => (format!("{base}::{rest}"), None),
            (_, None) => (base, None),
        };
        Self { written: written.to_owned(), column, language: language.map(language_code) }
    }

    fn language_or(&self, default: &str) -> String {
        self.language.clone().unwrap_or_else(|| default.to_owned())
    }
}

/// A heading in lower case with `_` for blanks, by the name that is in use today.
fn standard(heading: &str) -> String {
    let name = lower(heading);
    let today = match name.as_str() {
        "relevance" => "relevant",
        "readonly" => "read_only",
        "calculate" => "calculation",
        "caption" => "label",
        "value" | "tag" => "name",
        "jr:count" => "repeat_count",
        "requiredmsg" | "jr:requiredmsg" | "noapperrorstring" => "required_message",
        "jr:constraintmsg" | "constraintmsg" => "constraint_message",
        "id_string" => "form_id",
        "title" => "form_title",
        _ => return name,
    };
    today.to_owned()
}

fn lower(heading: &str) -> String {
    let words: Vec<String> = heading.split_whitespace().map(str::to_lowercase).collect();
    words.join("_")
}

/// `Tiếng Việt (vi)` is `vi`; a language without a code in brackets is its own code.
pub(super) fn language_code(language: &str) -> String {
    let language = language.trim();
    match language.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((_, code)) => code.trim().to_owned(),
        None => language.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_whatever_their_case_spacing_and_age() {
        for (written, column) in [
            ("Constraint  Message", "constraint_message"),
            ("relevance", "relevant"),
            ("readOnly", "read_only"),
            ("bind::relevant", "relevant"),
            ("control::appearance", "appearance"),
            ("list name", "list_name"),
            ("TNA::Role", "tna::role"),
            ("level::bt", "level::bt"),
        ] {
            assert_eq!(Heading::of(written).column, column, "{written}");
        }
        let label = Heading::of("Label::Tiếng Việt (vi)");
        assert_eq!((label.column.as_str(), label.language.as_deref()), ("label", Some("vi")));
        let title = Heading::of("tna::title::English (en)");
        assert_eq!((title.column.as_str(), title.language.as_deref()), ("tna::title", Some("en")));
    }
}
