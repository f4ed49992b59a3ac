//! A sheet with its cells by heading, whatever their case, spacing or older names.

use crate::domain::localized::Localized;
use crate::formats::text_table::{TextRow, TextTable};

/// One sheet of a form.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<TextRow>,
    headings: Vec<Heading>,
    /// The form's, the default one first.
    languages: Vec<String>,
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

/// The column of headings that do not count: those that stand twice, and what stands under none.
const NOBODYS: &str = ".";

impl Sheet {
    pub(super) fn new(name: String, table: TextTable) -> Self {
        let mut headings: Vec<Heading> = Vec::new();
        for written in &table.header {
            let mut heading = Heading::of(written);
            let stands_twice = headings.iter().any(|other| other.written == heading.written);
            if heading.written.is_empty() || stands_twice {
                NOBODYS.clone_into(&mut heading.column);
            }
            headings.push(heading);
        }
        Self { name, rows: table.rows, headings, languages: Vec::new() }
    }

    /// The same rows with some columns called otherwise; who had that name before loses it.
    pub(super) fn with_columns_called(&self, names: &[(&str, &str)]) -> Self {
        let mut headings = self.headings.clone();
        for heading in &mut headings {
            if let Some((_, name)) = names.iter().find(|(from, _)| heading.written == *from) {
                (*name).clone_into(&mut heading.column);
            } else if names.iter().any(|(_, name)| heading.column == *name) {
                NOBODYS.clone_into(&mut heading.column);
            }
        }
        let (name, rows) = (self.name.clone(), self.rows.clone());
        Self { name, rows, headings, languages: self.languages.clone() }
    }

    /// The form's languages; texts without a language are in the first.
    pub(super) fn set_languages(&mut self, languages: &[String]) {
        languages.clone_into(&mut self.languages);
    }

    fn default_language(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = At<'_>> {
        self.rows.iter().map(|row| At { sheet: self, row })
    }

    /// The languages of the labels, in the order of their columns.
    pub(super) fn languages(&self) -> Vec<String> {
        let labels = self.headings.iter().filter(|heading| heading.column == "label");
        labels.map(|heading| heading.language_or(self.default_language())).collect()
    }

    /// What stands behind `label::`, in the order of the columns; empty where nothing does.
    pub(super) fn label_languages(&self) -> impl Iterator<Item = &str> {
        let labels = self.headings.iter().filter(|heading| heading.column == "label");
        labels.map(|heading| heading.written.split_once("::").map_or("", |(_, rest)| rest.trim()))
    }

    /// The headings that are none of these columns, as they stand.
    pub(super) fn unknown_headings(&self, known: &[&str]) -> Vec<String> {
        let unknown = self.headings.iter().filter(|heading| {
            heading.column != NOBODYS && !known.contains(&heading.column.as_str())
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
        let Sheet { languages, .. } = self.sheet;
        let default = self.sheet.default_language();
        let columns = self.sheet.headings.iter().zip(&self.row.cells);
        let texts = columns
            .filter(|(heading, _)| heading.column == column)
            .map(|(heading, cell)| (heading.language_or(default), cell.trim().to_owned()));
        let mut texts: Vec<(String, String)> = texts.collect();
        // In one order, whatever the order of the columns: the form's, then by code.
        texts.sort_by_cached_key(|(language, _)| {
            let place = languages.iter().position(|known| known == language);
            (place.unwrap_or(languages.len()), language.clone())
        });
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
            let is_filled = !cell.is_empty() && heading.column != NOBODYS;
            is_filled.then_some((heading.column.as_str(), heading.written.as_str(), cell))
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
        let language = language.filter(|language| !language.is_empty());
        Self {
            written: written.to_owned(),
            column,
            language: language.map(|language| language_code(language).to_owned()),
        }
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
pub(super) fn language_code(language: &str) -> &str {
    name_and_code(language).map_or(language.trim(), |(_, code)| code)
}

/// `Tiếng Việt (vi)` is called `Tiếng Việt`; empty where a language is only given by its code.
pub(super) fn language_name(language: &str) -> &str {
    name_and_code(language).map_or("", |(name, _)| name)
}

fn name_and_code(language: &str) -> Option<(&str, &str)> {
    let (name, code) = language.trim().strip_suffix(')')?.rsplit_once('(')?;
    let code = code.trim();
    (!code.is_empty()).then_some((name.trim(), code))
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
