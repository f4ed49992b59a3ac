//! Responses as rows: what a leader hands in, and what a trainer reads back from anywhere.

mod columns;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::csv_text::{self, CsvRows};
use super::dataset_csv;
use super::formula_guard::unguarded;
use super::table::{Cell, Profile, Table};
use super::text_table::{TextRow, TextTable};
use crate::domain::field::Layout;
use crate::domain::foreign::RowIdentity;
use crate::domain::form::{Form, Role};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::response::{CHECKSUM_COLUMN, META_COLUMNS, Response};
use crate::domain::search::slug;
use columns::Columns;
use rows::PackedRow;

/// One response as the file a leader hands in: the data profile, one row. Answers that this version
/// of the form does not ask for stand behind the others.
pub fn write(form: &Form, response: &Response) -> Vec<u8> {
    let layout = Layout::holding(form, [&response.answers]);
    let others = dataset_csv::other_columns(form, &layout, [&response.answers]);
    rows(form, &layout, &others, &[response]).to_csv(Profile::Data)
}

/// Responses with the columns of the form alone, a row each.
pub(super) fn table(form: &Form, responses: &[&Response]) -> Table {
    let layout = Layout::holding(form, responses.iter().map(|response| &response.answers));
    rows(form, &layout, &BTreeSet::new(), responses)
}

fn rows(form: &Form, layout: &Layout, others: &BTreeSet<&str>, responses: &[&Response]) -> Table {
    let rows = responses.iter().map(|response| {
        let answers = layout
            .columns(form)
            .map(|field| dataset_csv::cell(field.question(form), response.answers.get(&field.key)));
        let mut row: Vec<Cell> = answers.collect();
        row.extend(others.iter().map(|key| dataset_csv::cell(None, response.answers.get(key))));
        row.extend(response.meta().map(Cell::text));
        row.push(Cell::text(response.checksum.clone()));
        row
    });
    Table { header: header(form, layout, others), rows: rows.collect() }
}

/// The headings of such rows.
pub(super) fn header(form: &Form, layout: &Layout, others: &BTreeSet<&str>) -> Vec<String> {
    let mut header: Vec<String> = layout.columns(form).map(|field| field.key.clone()).collect();
    header.extend(others.iter().map(|&key| key.to_owned()));
    header.extend(META_COLUMNS.iter().chain(&[CHECKSUM_COLUMN]).map(|&name| name.to_owned()));
    header
}

/// A name for that file that a person can read: post, unit, short id, revision.
pub fn file_name(form: &Form, response: &Response) -> String {
    let label = |role: Role| {
        let question = form.with_role(role)?;
        let words = slug(&form.answer_in_words(question, response.answers.get(&question.name), ""));
        (!words.is_empty()).then_some(words)
    };
    let id: String = response.root.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let mut parts: Vec<String> =
        [label(Role::Post), label(Role::Unit)].into_iter().flatten().collect();
    parts.push(id);
    format!("{}_r{}.csv", parts.join("_"), response.revision)
}

/// What a file held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// The responses that could be read.
    pub responses: Vec<Response>,
    /// Why others could not, or why none could.
    pub problems: Vec<Problem>,
    /// Columns that the form does not have; their values are left out.
    pub unknown_columns: Vec<String>,
    /// True where the table says itself what it answers.
    pub is_ours: bool,
}

/// Reads the responses of a file: a response, a dataset in either profile, or a table of another
/// program whose columns are the form's.
///
/// The rows of a table without `_root` are told apart as [`RowIdentity`] does it.
pub fn read(form: &Form, file: &str, bytes: &[u8]) -> Read {
    let mut reading = Reading::start(form, file, bytes, &LastHeadings::default());
    while reading.read_rows(form, usize::MAX) {}
    reading.finish()
}

/// A file that is read a few rows at a time, so that others get a turn in between.
pub struct Reading {
    /// The file, as what its rows come from.
    source: Rc<BTreeSet<String>>,
    /// The campaign that is collected; empty where rows of any are taken.
    campaign: String,
    rows: Rows,
    /// The row that is being read.
    row: PackedRow,
    columns: Rc<Columns>,
    identity: RowIdentity,
    read: Read,
}

/// The rows of a table.
enum Rows {
    Csv(Box<CsvRows>),
    /// Of a workbook: first what is wrong with some of them.
    Table(std::vec::IntoIter<Problem>, std::vec::IntoIter<TextRow>),
}

impl Rows {
    fn none() -> Self {
        Self::Table(Vec::new().into_iter(), Vec::new().into_iter())
    }

    /// Reads the next row, or what is wrong with it; `None` after the last one.
    fn read(&mut self, row: &mut PackedRow) -> Option<Result<(), Problem>> {
        match self {
            Self::Csv(rows) => rows.read(row),
            Self::Table(problems, rows) => {
                if let Some(problem) = problems.next() {
                    return Some(Err(problem));
                }
                let TextRow { line, cells } = rows.next()?;
                row.begin(line);
                for cell in &cells {
                    row.push(cell);
                }
                Some(Ok(()))
            }
        }
    }
}

/// What the headings of the last table meant: of ten thousand response files nearly all have the
/// same, and to find out is most of the work.
#[derive(Default)]
pub struct LastHeadings(RefCell<Option<Rc<Columns>>>);

impl LastHeadings {
    fn columns(&self, form: &Form, header: &[String]) -> Result<Rc<Columns>, Problem> {
        let last = self.0.borrow().clone();
        if let Some(last) = last.filter(|last| last.headings == header) {
            return Ok(last);
        }
        let columns = Rc::new(Columns::of(form, header)?);
        self.0.replace(Some(Rc::clone(&columns)));
        Ok(columns)
    }
}

impl Reading {
    /// Reads the headings; what is wrong with the whole file is known then.
    pub fn start(form: &Form, file: &str, bytes: &[u8], last: &LastHeadings) -> Self {
        let text = csv_text::decoded(bytes).map_err(Problem::of_file);
        let rows = text.and_then(CsvRows::start);
        let table = rows.map(|mut rows| (rows.take_header(), Rows::Csv(Box::new(rows))));
        Self::of_rows(form, file, table, last)
    }

    /// Begins to read a file of which only the beginning has come, where that says that it is a
    /// table of responses: what follows has to be fed.
    pub fn start_of(
        form: &Form,
        file: &str,
        beginning: &[u8],
        last: &LastHeadings,
    ) -> Option<Self> {
        let mut rows = CsvRows::start_of(beginning)?;
        let table = (rows.take_header(), Rows::Csv(Box::new(rows)));
        let reading = Self::of_rows(form, file, Ok(table), last);
        (reading.read.is_ours && reading.read.problems.is_empty()).then_some(reading)
    }

    /// Adds the bytes that come next; `is_last` says whether they are the last ones.
    pub fn feed(&mut self, bytes: &[u8], is_last: bool) {
        if let Rows::Csv(rows) = &mut self.rows {
            rows.feed(bytes, is_last);
        }
    }

    /// True where what was taken for UTF-8 is something else, so that the file has to be read as a
    /// whole.
    pub fn is_misread(&self) -> bool {
        self.read.problems.iter().any(|problem| problem.kind == ProblemKind::NotText)
    }

    /// True where nothing more can be read, whatever comes.
    pub fn is_broken(&self) -> bool {
        matches!(&self.rows, Rows::Csv(rows) if rows.is_broken())
    }

    /// The same of a table that comes from a workbook.
    pub fn of_table(
        form: &Form,
        file: &str,
        table: Result<TextTable, Problem>,
        last: &LastHeadings,
    ) -> Self {
        let table = table.map(|TextTable { header, rows, problems }| {
            (header, Rows::Table(problems.into_iter(), rows.into_iter()))
        });
        Self::of_rows(form, file, table, last)
    }

    fn of_rows(
        form: &Form,
        file: &str,
        table: Result<(Vec<String>, Rows), Problem>,
        last: &LastHeadings,
    ) -> Self {
        let mut reading = Self {
            source: Rc::new(BTreeSet::from([file.to_owned()])),
            campaign: String::new(),
            rows: Rows::none(),
            row: PackedRow::default(),
            columns: Rc::default(),
            identity: RowIdentity::default(),
            read: Read::default(),
        };
        let (header, rows) = match table {
            Ok(table) => table,
            Err(problem) => {
                reading.read.problems.push(problem);
                return reading;
            }
        };
        match last.columns(form, &header) {
            Ok(columns) => {
                reading.read.is_ours = columns.says_so();
                reading.read.unknown_columns.clone_from(&columns.unknown);
                reading.identity = columns.identity.clone();
                reading.columns = columns;
                reading.rows = rows;
            }
            Err(problem) => {
                reading.read.is_ours = says_so(&header);
                reading.read.problems.push(problem);
            }
        }
        reading
    }

    /// Refuses rows that name another campaign than this one.
    #[must_use]
    pub fn of_campaign(mut self, id: &str) -> Self {
        id.clone_into(&mut self.campaign);
        self
    }

    /// Reads up to so many rows more; false where that was to the end of what has come.
    pub fn read_rows(&mut self, form: &Form, most: usize) -> bool {
        for _ in 0..most {
            match self.rows.read(&mut self.row) {
                Some(Ok(())) => {}
                Some(Err(problem)) => {
                    self.read.problems.push(problem);
                    continue;
                }
                None => return false,
            }
            let row = &self.row;
            let response = self.columns.response(form, &self.source, row, &mut self.identity);
            let is_other = |response: &Response| {
                let of = &response.campaign;
                !of.is_empty() && !self.campaign.is_empty() && **of != *self.campaign
            };
            match response {
                Ok(response) if is_other(&response) => {
                    let kind = ProblemKind::OtherCampaign(response.campaign.to_string());
                    self.read.problems.push(Problem::of_line(row.line, kind));
                }
                Ok(response) => self.read.responses.push(response),
                Err(problem) => self.read.problems.push(problem),
            }
        }
        true
    }

    /// How many responses were read so far.
    pub fn count(&self) -> usize {
        self.read.responses.len()
    }

    /// What the file held.
    pub fn finish(mut self) -> Read {
        self.read.problems.sort_by_key(|problem| problem.line);
        if self.read.responses.is_empty() {
            self.read.problems = said_once(self.read.problems);
            if self.read.problems.is_empty() {
                self.read.problems.push(Problem::of_line(1, ProblemKind::NoRows));
            }
        }
        self.read
    }
}

/// True when a table names the form or the person's filling of it.
fn says_so(header: &[String]) -> bool {
    let mut headings = header.iter().map(|h| dataset_csv::heading_key(unguarded(h)));
    headings.any(|heading| matches!(heading.as_str(), "_form" | "_root"))
}

/// The same fault in every row is one of the file: a dataset of another form, for one.
fn said_once(problems: Vec<Problem>) -> Vec<Problem> {
    match problems.split_first() {
        Some((first, others)) if !others.is_empty() => {
            if first.column.is_none() && others.iter().all(|other| other.kind == first.kind) {
                vec![Problem::of_file(first.kind.clone())]
            } else {
                problems
            }
        }
        _ => problems,
    }
}
