//! A sheet as it grows, row by row; which columns it needs is known when all are there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::form::Form;
use crate::domain::localized::Localized;
use crate::formats::form_files::NamedSheet;
use crate::formats::text_table::{TextRow, TextTable};

/// The column of the levels that posts need, one a post.
pub(super) const LEVEL: &str = "level";

/// A sheet under way.
pub(super) struct Draft<'f> {
    pub(super) rows: Vec<Row<'f>>,
    /// Columns that stand there even if no row fills them.
    pub(super) always: Vec<Column<'f>>,
    /// What is told apart behind `::`, in order: languages, or posts.
    pub(super) words: Vec<&'f str>,
    form: &'f Form,
    name: &'static str,
    /// The columns that are known, in order.
    known: &'static [&'static str],
}

/// A column that this product knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column<'f> {
    pub(super) name: &'static str,
    /// What stands behind `::`: the language of a text, the post of a level.
    pub(super) word: Option<&'f str>,
}

/// A row: its filled cells.
pub(super) struct Row<'f> {
    cells: BTreeMap<Column<'f>, Cow<'f, str>>,
    further: &'f [(String, String)],
}

impl<'f> Row<'f> {
    /// A row with the cells of columns that this product does not know.
    pub(super) fn new(further: &'f [(String, String)]) -> Self {
        Self { cells: BTreeMap::new(), further }
    }

    /// Fills a cell; an empty text leaves it empty.
    pub(super) fn set(&mut self, name: &'static str, text: impl Into<Cow<'f, str>>) {
        self.fill(Column { name, word: None }, text.into());
    }

    pub(super) fn set_in(
        &mut self,
        name: &'static str,
        word: &'f str,
        text: impl Into<Cow<'f, str>>,
    ) {
        self.fill(Column { name, word: Some(word) }, text.into());
    }

    pub(super) fn set_localized(&mut self, name: &'static str, text: &'f Localized) {
        for (language, text) in text.texts() {
            self.set_in(name, language, text);
        }
    }

    fn fill(&mut self, column: Column<'f>, text: Cow<'f, str>) {
        if !text.is_empty() {
            self.cells.insert(column, text);
        }
    }
}

impl<'f> Draft<'f> {
    pub(super) fn new(form: &'f Form, name: &'static str, known: &'static [&'static str]) -> Self {
        let words = form.languages.iter().map(String::as_str).collect();
        Self { rows: Vec::new(), always: Vec::new(), words, form, name, known }
    }

    /// None where it has no rows.
    pub(super) fn if_any(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The sheet with the columns that are used.
    pub(super) fn sheet(self) -> NamedSheet {
        let used = self.rows.iter().flat_map(|row| row.cells.keys()).chain(&self.always);
        let mut columns: Vec<Column<'_>> =
            used.collect::<BTreeSet<_>>().into_iter().copied().collect();
        columns.sort_by_key(|column| self.place(column));
        let further = further_headings(&self.rows);
        let header = columns.iter().map(|column| self.heading(column));
        let header = header.chain(further.iter().map(|heading| (*heading).to_owned())).collect();
        let rows = self.rows.iter().zip(2..).map(|(row, line)| {
            let known = columns.iter().map(|column| row.cells.get(column).map(Cow::as_ref));
            let unknown = further.iter().map(|heading| {
                let cell = row.further.iter().find(|(found, _)| found == heading);
                cell.map(|(_, text)| text.as_str())
            });
            let cells = known.chain(unknown).map(|cell| cell.unwrap_or_default().to_owned());
            TextRow { line, cells: cells.collect() }
        });
        let table = TextTable { header, rows: rows.collect(), problems: Vec::new() };
        (self.name.to_owned(), table)
    }

    /// Columns in the usual order; of one column the default language first, then the form's, then
    /// those that only some texts have.
    fn place(&self, column: &Column<'f>) -> (usize, usize, Option<&'f str>) {
        let position = |all: &[&str], one| all.iter().position(|known| *known == one);
        let name = position(self.known, column.name).unwrap_or(self.known.len());
        let word = column.word.and_then(|word| position(&self.words, word));
        (name, word.unwrap_or(self.words.len()), column.word)
    }

    fn heading(&self, column: &Column<'f>) -> String {
        let Column { name, word } = column;
        match word {
            None => (*name).to_owned(),
            Some(post) if *name == LEVEL => format!("{name}::{post}"),
            Some(code) if self.is_plain(code) => (*name).to_owned(),
            Some(code) => format!("{name}::{}", language(self.form, code)),
        }
    }

    /// True for a language that headings need not name: it has no code, or the form has no other
    /// and calls it nothing.
    fn is_plain(&self, code: &str) -> bool {
        let Form { languages, language_names, .. } = self.form;
        code.is_empty() || (language_names.is_empty() && *languages == [code])
    }
}

/// A language as headings and `default_language` have it: `Tiếng Việt (vi)`, or its code.
pub(super) fn language<'f>(form: &Form, code: &'f str) -> Cow<'f, str> {
    match form.language_names.get(code) {
        Some(name) => format!("{name} ({code})").into(),
        None => code.into(),
    }
}

/// The headings that this product does not know, in an order that is that of every row.
fn further_headings<'f>(rows: &[Row<'f>]) -> Vec<&'f str> {
    let mut left: Vec<&str> = Vec::new();
    let mut follows: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in rows {
        let headings = || row.further.iter().map(|(heading, _)| heading.as_str());
        for heading in headings() {
            if !left.contains(&heading) {
                left.push(heading);
            }
        }
        follows.extend(headings().skip(1).zip(headings()));
    }
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits =
            |heading: &str| left.iter().any(|earlier| follows.contains(&(heading, earlier)));
        // Rows of one sheet never wait for each other in a circle.
        let next = left.iter().position(|heading| !waits(heading)).unwrap_or_default();
        ordered.push(left.remove(next));
    }
    ordered
}
