//! Responses as rows: what a leader hands in, and what a trainer reads back from anywhere.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::csv_text::{self, CsvRows};
use super::dataset_csv;
use super::formula_guard::unguarded;
use super::table::{Cell, Profile, Table};
use super::text_table::{TextRow, TextTable};
use crate::domain::answers::{Answers, Names};
use crate::domain::canonical::canonical;
use crate::domain::field::{Field, Layout, MAX_INSTANCES, instances};
use crate::domain::foreign::{DayOrder, RowIdentity, id_heading, timestamp_under};
use crate::domain::form::{Choice, Form, Role, SEPARATOR_IN_WORDS};
use crate::domain::problem::{Column, Problem, ProblemKind, ValueFault};
use crate::domain::response::{
    CHECKSUM_COLUMN, Consent, META_COLUMNS, Mode, Response, SOURCE_COLUMN,
};
use crate::domain::search::slug;
use crate::domain::timestamp::Timestamp;

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
    file: String,
    /// The campaign that is collected; empty where rows of any are taken.
    campaign: String,
    rows: Rows,
    columns: Rc<Columns>,
    identity: RowIdentity,
    read: Read,
}

/// The rows of a table, each whole or with what is wrong with it.
type Rows = Box<dyn Iterator<Item = Result<TextRow, Problem>>>;

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
        let table = rows.map(|mut rows| (rows.take_header(), Box::new(rows) as Rows));
        Self::of_rows(form, file, table, last)
    }

    /// The same of a table that comes from a workbook.
    pub fn of_table(
        form: &Form,
        file: &str,
        table: Result<TextTable, Problem>,
        last: &LastHeadings,
    ) -> Self {
        let table = table.map(|TextTable { header, rows, problems }| {
            let rows = problems.into_iter().map(Err).chain(rows.into_iter().map(Ok));
            (header, Box::new(rows) as Rows)
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
            file: file.to_owned(),
            campaign: String::new(),
            rows: Box::new(std::iter::empty()),
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

    /// Reads up to so many rows more; false where that was to the end.
    pub fn read_rows(&mut self, form: &Form, most: usize) -> bool {
        for _ in 0..most {
            let row = match self.rows.next() {
                Some(Ok(row)) => row,
                Some(Err(problem)) => {
                    self.read.problems.push(problem);
                    continue;
                }
                None => return false,
            };
            let response = self.columns.response(form, &self.file, &row, &mut self.identity);
            let is_other = |response: &Response| {
                let of = &response.campaign;
                !of.is_empty() && !self.campaign.is_empty() && *of != self.campaign
            };
            match response {
                Ok(response) if is_other(&response) => {
                    let kind = ProblemKind::OtherCampaign(response.campaign);
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

/// What each column of a table is.
#[derive(Default)]
struct Columns {
    headings: Vec<String>,
    /// How rows without a root are told apart, before the first of them.
    identity: RowIdentity,
    /// The columns of answers, with what stands in them.
    fields: Vec<(usize, Field)>,
    /// What these columns are called, in order.
    names: Names,
    /// Which of them has which name.
    by_name: Vec<usize>,
    /// True when one of them is a rating.
    has_rating: bool,
    meta: BTreeMap<&'static str, usize>,
    /// What tells the rows of another program apart.
    id: Option<usize>,
    /// When they were handed in there.
    handed_in: Option<usize>,
    unknown: Vec<String>,
}

impl Columns {
    fn of(form: &Form, header: &[String]) -> Result<Self, Problem> {
        let known_columns = dataset_csv::KnownColumns::of(form);
        let all_meta = META_COLUMNS.iter().chain(&[CHECKSUM_COLUMN, SOURCE_COLUMN]);
        let mut columns = Self { headings: header.to_vec(), ..Self::default() };
        let mut taken = BTreeSet::new();
        let mut ids = Vec::new();
        for (index, heading) in header.iter().enumerate() {
            let heading = unguarded(heading);
            let key = dataset_csv::heading_key(heading);
            let meta = all_meta.clone().find(|meta| **meta == key);
            // A name as it is written goes before what is only called alike.
            let named = known_columns.named(heading);
            let worded = || if meta.is_some() { None } else { known_columns.worded(heading) };
            if let Some(field) = named.or_else(worded) {
                if !taken.insert(field.key.clone()) {
                    return Err(columns.problem_at(Some(1), index, ProblemKind::ColumnTwice));
                }
                columns.has_rating |= field.question(form).is_some_and(|q| q.rating.is_some());
                columns.fields.push((index, field));
            } else if let Some(meta) = meta {
                columns.meta.insert(meta, index);
            } else if id_heading(heading).is_some() {
                ids.extend(id_heading(heading).map(|rank| (rank, index)));
            } else if matches!(key.as_str(), "_submission_time" | "submissiondate") {
                columns.handed_in = Some(index);
            } else if !heading.is_empty() {
                columns.unknown.push(heading.to_owned());
            }
        }
        columns.id = ids.into_iter().min().map(|(_, index)| index);
        columns.identity = RowIdentity::new(&columns.headings);
        let key = |at: &usize| columns.fields.get(*at).map(|(_, field)| field.key.as_str());
        columns.by_name = (0..columns.fields.len()).collect();
        columns.by_name.sort_by_key(key);
        columns.names = Names::new(columns.fields.iter().map(|(_, field)| field.key.as_str()));
        let known = columns.fields.len();
        if known == 0 || !columns.are_of_a_response() {
            return Err(Problem::of_line(
                1,
                ProblemKind::NotThisForm { form: form.id.clone(), known, columns: header.len() },
            ));
        }
        Ok(columns)
    }

    /// True when a column names the form or the person's filling of it.
    fn says_so(&self) -> bool {
        self.meta.contains_key("_form") || self.meta.contains_key("_root")
    }

    /// True when the columns say so themselves, or most are the form's and one is a rating: a
    /// list of names and telephone numbers is no response.
    fn are_of_a_response(&self) -> bool {
        self.says_so() || (self.has_rating && self.fields.len() > self.unknown.len())
    }

    fn problem_at(&self, line: Option<u64>, index: usize, kind: ProblemKind) -> Problem {
        let heading = self.headings.get(index).cloned().unwrap_or_default();
        Problem { line, column: Some(Column { number: index + 1, heading }), kind }
    }

    /// A meta cell read by `read`; `None` where there is no such column or it is empty.
    fn meta<T>(
        &self,
        row: &TextRow,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(index) = self.meta.get(name) else { return Ok(None) };
        let cell = row.cells.get(*index).map_or("", |cell| unguarded(cell.trim()));
        if cell.is_empty() {
            return Ok(None);
        }
        match read(cell) {
            Some(value) => Ok(Some(value)),
            None => {
                Err(self.problem_at(Some(row.line), *index, ProblemKind::Meta(cell.to_owned())))
            }
        }
    }

    fn response(
        &self,
        form: &Form,
        file: &str,
        row: &TextRow,
        identity: &mut RowIdentity,
    ) -> Result<Response, Problem> {
        let text = |cell: &str| Some(cell.to_owned());
        if let Some(found) = self.meta(row, "_form", text)?.filter(|found| *found != form.id) {
            let kind = ProblemKind::OtherForm { expected: form.id.clone(), found };
            return Err(Problem::of_line(row.line, kind));
        }
        let read = |(index, field): &(usize, Field)| {
            let cell = row.cells.get(*index).map_or("", String::as_str);
            value(form, field, cell).map_err(|fault| {
                let kind = ProblemKind::Value { value: cell.trim().to_owned(), fault };
                self.problem_at(Some(row.line), *index, kind)
            })
        };
        let values: Vec<String> = self.fields.iter().map(read).collect::<Result<_, _>>()?;
        let by_name = self.by_name.iter().filter_map(|at| values.get(*at));
        let mut answers = Answers::in_order(&self.names, by_name.map(String::as_str));
        for (repeat, count) in instances(form, [&answers]) {
            answers.set(&repeat, count.to_string());
        }
        let revision = |cell: &str| cell.parse().ok().filter(|revision| *revision > 0);
        let (root, revision) = if let Some(root) = self.meta(row, "_root", text)? {
            (root, self.meta(row, "_revision", revision)?.unwrap_or(1))
        } else {
            let cell = |at: usize| row.cells.get(at).map_or("", |cell| unguarded(cell.trim()));
            identity.next(form, self.id.map_or("", cell), &answers, cell)
        };
        let handed_in = || {
            let at = self.handed_in?;
            let heading = self.headings.get(at)?;
            timestamp_under(heading, row.cells.get(at)?, DayOrder::default())
        };
        let sources = self.meta(row, SOURCE_COLUMN, |cell| {
            Some(cell.split(SEPARATOR_IN_WORDS).map(str::to_owned).collect())
        })?;
        Ok(Response {
            form: form.id.clone(),
            form_version: self.meta(row, "_form_version", text)?.unwrap_or_default(),
            campaign: self.meta(row, "_campaign", text)?.unwrap_or_default(),
            root,
            revision,
            start: self.meta(row, "_start", Timestamp::parse)?,
            end: self.meta(row, "_end", Timestamp::parse)?,
            submitted: self.meta(row, "_submitted", Timestamp::parse)?.or_else(handed_in),
            active_seconds: self.meta(row, "_active_seconds", |cell| cell.parse().ok())?,
            mode: self.meta(row, "_mode", Mode::named)?.unwrap_or_default(),
            consent: self.meta(row, "_consent", Consent::parse)?,
            answers,
            checksum: self.meta(row, CHECKSUM_COLUMN, text)?.unwrap_or_default(),
            sources: sources.unwrap_or_else(|| BTreeSet::from([file.to_owned()])),
        })
    }
}

/// A cell as the field's canonical answer, from names or from labels.
fn value(form: &Form, field: &Field, cell: &str) -> Result<String, ValueFault> {
    let text = unguarded(cell.trim());
    let Some(question) = field.question(form) else {
        let is_count = text.is_empty() || text.parse().is_ok_and(|n: usize| n <= MAX_INSTANCES);
        return if is_count { Ok(text.to_owned()) } else { Err(ValueFault::NotAnInteger) };
    };
    let fault = match canonical(form, question, text) {
        Ok(value) => return Ok(value),
        Err(fault) => fault,
    };
    let by_label = || -> Option<String> {
        let list = question.kind.list()?;
        let words = if question.kind.is_several() { text.split('|').collect() } else { vec![text] };
        let names = words.into_iter().map(|word| choice_that_reads(form, list, word));
        names.collect::<Option<Vec<&str>>>().map(|names| names.join(" "))
    };
    by_label().ok_or_else(|| {
        let choices = question.kind.list().map_or(&[][..], |list| form.choices(list));
        ValueFault::of(&fault, shown(choices))
    })
}

/// The first few choices, for a message; `…` where there are more.
fn shown(choices: &[Choice]) -> Vec<String> {
    const SHOWN: usize = 8;
    let names = choices.iter().take(SHOWN).map(|choice| choice.name.clone());
    names.chain((choices.len() > SHOWN).then(|| "…".to_owned())).collect()
}

/// The one choice of a list that reads like this: by its label in some language, or by its name
/// as a spreadsheet may have changed it, without leading zeros or in other case. None where
/// several do.
fn choice_that_reads<'f>(form: &'f Form, list: &str, word: &str) -> Option<&'f str> {
    let key = dataset_csv::heading_key(word);
    let number = without_zeros(&key);
    let reads_so = |choice: &&Choice| {
        let name = choice.name.to_lowercase();
        name == key
            || (number.is_some() && without_zeros(&name) == number)
            || form
                .languages
                .iter()
                .any(|language| dataset_csv::heading_key(&choice.distinct_label(language)) == key)
    };
    let mut found = form.choices(list).iter().filter(reads_so);
    let first = found.next()?;
    found.next().is_none().then_some(first.name.as_str())
}

/// Digits without the zeros before them and a `.0` behind; `None` for other words.
fn without_zeros(word: &str) -> Option<&str> {
    let digits = word.strip_suffix(".0").unwrap_or(word);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.trim_start_matches('0'))
}
