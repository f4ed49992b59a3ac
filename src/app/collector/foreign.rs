//! Tables of other programs: put aside until a person has said what their columns mean, then
//! taken like other files.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Collector, Staged};
use crate::app::protocol::{FileReport, ForeignPreview, PreviewCell, PreviewRow};
use crate::domain::field::{Field, field_of};
use crate::domain::foreign::{
    CellFault, DayOrder, KnownHeadings, Mapping, Meaning, OfficialUnits, Recipe, TableReader,
    proposed,
};
use crate::domain::form::{Kind, Question};
use crate::domain::problem::{Column, Problem, ProblemKind, ValueFault};
use crate::domain::response::Response;
use crate::formats::foreign_table::{self, ForeignTable};
use crate::formats::recipe_file;
use crate::formats::response_csv::{Read, Reading};

/// So many rows are shown before a table is taken.
const SHOWN_ROWS: usize = 10;

/// So many faults and words are told.
const TOLD: usize = 200;

/// So many cells of each column are shown.
const EXAMPLES: usize = 3;

/// So many filled cells of each column are looked at for a proposal.
const SAMPLES: usize = 40;

/// So many tables wait at most; there are few who would answer more.
const MOST_ASIDE: usize = 50;

/// Tables that wait for a mapping.
#[derive(Default)]
pub(super) struct Aside {
    tables: BTreeMap<usize, AsideTable>,
    next: usize,
}

/// A table that waits for a mapping.
pub(super) struct AsideTable {
    file: String,
    table: ForeignTable,
    /// Rows that are not whole.
    problems: Vec<Problem>,
    /// How it is probably read.
    proposal: Mapping,
    /// True where that says enough to ask a person about it.
    is_likely: bool,
    /// True where that answers more than was read without it.
    says_more: bool,
}

impl Staged {
    /// Adds a table that is to be asked about, with what could be read of it without.
    fn ask(&mut self, file: &str, mut read: Read, table: AsideTable) {
        // Where more is proposed than was read, nothing is taken until it is confirmed.
        if table.is_likely && (table.says_more || read.responses.is_empty()) {
            read = Read::default();
        }
        self.asked.push((self.files.len(), table));
        self.add(file, read);
    }
}

impl Collector {
    /// Begins to read a file, a workbook too.
    pub fn start_reading(&self, file: &str, bytes: &[u8]) -> Reading {
        let reading = if foreign_table::is_workbook(bytes) {
            let known = KnownHeadings::of(&self.form);
            let table = foreign_table::open_answers(file, bytes, &known);
            let table = table.map(|(table, problems)| table.with_problems(problems));
            Reading::of_table(&self.form, file, table, &self.last_headings)
        } else {
            Reading::start(&self.form, file, bytes, &self.last_headings)
        };
        reading.of_campaign(&self.campaign)
    }

    /// Begins to read a response table of which only the beginning has come; `None` where that
    /// does not say that it is one.
    pub fn start_reading_of(&self, file: &str, beginning: &[u8]) -> Option<Reading> {
        let reading = Reading::start_of(&self.form, file, beginning, &self.last_headings)?;
        Some(reading.of_campaign(&self.campaign))
    }

    /// Stages what was read of a file; a person is asked about it where that may help.
    pub fn stage_read(&self, staged: &mut Staged, file: &str, bytes: &[u8], mut read: Read) {
        let asked = self.to_ask(file, bytes, &read);
        if !read.is_ours {
            read.responses = self.numbered(read.responses);
        }
        match asked {
            Some(table) => staged.ask(file, read, table),
            None => staged.add(file, read),
        }
    }

    /// A table that was not understood as it is, where a person may say what its columns mean.
    fn to_ask(&self, file: &str, bytes: &[u8], read: &Read) -> Option<AsideTable> {
        let may_help = |problem: &Problem| {
            matches!(
                problem.kind,
                ProblemKind::NotThisForm { .. }
                    | ProblemKind::ColumnTwice
                    | ProblemKind::Value { .. }
            )
        };
        let has_faults = read.problems.iter().any(may_help);
        if read.is_ours || (!has_faults && read.unknown_columns.is_empty()) {
            return None;
        }
        let known = KnownHeadings::of(&self.form);
        let (table, problems) = foreign_table::open_answers(file, bytes, &known).ok()?;
        let samples: Vec<Vec<&str>> =
            (0..table.headings.len()).map(|at| table.examples(at, SAMPLES)).collect();
        let proposal = proposed(&known, &table.headings, &samples);
        let is_filled = table.headings.iter().filter(|heading| !heading.is_empty()).count() > 1;
        let is_new = |(heading, meaning): (&String, &Meaning)| {
            meaning.key().is_some() && read.unknown_columns.contains(heading)
        };
        let says_more = table.headings.iter().zip(&proposal.columns).any(is_new);
        let is_likely = self.is_likely(&proposal, table.headings.len());
        let asks = has_faults || (says_more && is_likely);
        (is_filled && asks).then(|| AsideTable {
            file: file.to_owned(),
            table,
            problems,
            proposal,
            is_likely,
            says_more,
        })
    }

    /// True for a mapping by which a table answers the form: a list of names and telephone numbers
    /// does not, though some of its columns are called the same.
    fn is_likely(&self, mapping: &Mapping, columns: usize) -> bool {
        let keys = mapping.columns.iter().filter_map(Meaning::key);
        let fields: Vec<Field> = keys.filter_map(|key| field_of(&self.form, key)).collect();
        let is_rated = |question: &Question| question.rating.is_some();
        if self.form.questions().iter().any(is_rated) {
            fields.iter().filter_map(|field| field.question(&self.form)).any(is_rated)
        } else {
            fields.len() > 1 && fields.len() * 2 >= columns
        }
    }

    /// Keeps the tables of an import that are to be asked about, and says so in its reports.
    pub(super) fn put_aside(&mut self, staged: &mut Staged) {
        for (file, table) in staged.asked.drain(..) {
            let Some((report, _)) = staged.files.get_mut(file) else { continue };
            if self.aside.tables.len() >= MOST_ASIDE {
                if report.problems.is_empty() {
                    report.problems.push(self.not_this_form(&table));
                }
                continue;
            }
            report.asked = Some(self.aside.next);
            self.aside.tables.insert(self.aside.next, table);
            self.aside.next += 1;
        }
    }

    fn not_this_form(&self, table: &AsideTable) -> Problem {
        let known = table.proposal.columns.iter().filter_map(Meaning::key).count();
        let (form, columns) = (self.form.id.clone(), table.table.headings.len());
        Problem::of_file(ProblemKind::NotThisForm { form, known, columns })
    }

    /// Forgets a table that waits.
    pub fn drop_aside(&mut self, table: usize) {
        self.aside.tables.remove(&table);
    }

    /// How a table that waits is probably read: by the last recipe that fits, else by its
    /// headings. `None` where it is not there any more.
    pub fn propose(
        &self,
        table: usize,
        recipes: &[String],
        official: &dyn OfficialUnits,
    ) -> Option<ForeignPreview> {
        let aside = self.aside.tables.get(&table)?;
        let is_for_it =
            |recipe: &Recipe| recipe.form == self.form.id && recipe.fits(&aside.table.headings);
        let read = recipes.iter().rev().map(|text| recipe_file::read(text.as_bytes()));
        let recipe = read.filter_map(Result::ok).find(is_for_it);
        let mapping = match &recipe {
            Some(recipe) => recipe.mapping_for(&aside.table.headings, aside.proposal.clone()),
            None => aside.proposal.clone(),
        };
        let preview = self.preview(table, mapping, official)?;
        Some(ForeignPreview { recipe: recipe.map(|recipe| recipe.name), ..preview })
    }

    /// A table that waits, as it would be read. `None` where it is not there any more.
    pub fn preview(
        &self,
        table: usize,
        mapping: Mapping,
        official: &dyn OfficialUnits,
    ) -> Option<ForeignPreview> {
        let aside = self.aside.tables.get(&table)?;
        let ForeignTable { sheet, headings, rows } = &aside.table;
        let mut keys: Vec<String> = Vec::new();
        for key in mapping.columns.iter().filter_map(Meaning::key) {
            if !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
        let columns = headings.iter().enumerate().map(|(at, heading)| {
            let examples = aside.table.examples(at, EXAMPLES);
            (heading.clone(), examples.into_iter().map(str::to_owned).collect())
        });
        let mut preview = ForeignPreview {
            table,
            file: aside.file.clone(),
            sheet: sheet.clone(),
            columns: columns.collect(),
            rows: rows.len() + aside.problems.len(),
            has_days: self.has_days(aside, &mapping),
            faults: aside.problems.iter().take(TOLD).cloned().collect(),
            ..ForeignPreview::default()
        };
        let mut reader = TableReader::new(&self.form, headings, &mapping, official);
        for row in rows {
            let read = reader.read(&aside.file, &row.cells);
            preview.responses += usize::from(read.response.is_some());
            preview.unread += read.faults.len();
            for fault in &read.faults {
                // Words are asked about by themselves.
                let is_word = matches!(fault.fault, ValueFault::UnknownChoice(_));
                if !is_word && preview.faults.len() < TOLD {
                    preview.faults.push(problem(headings, row.line, fault));
                }
            }
            if preview.first.len() < SHOWN_ROWS {
                let cells = keys.iter().map(|key| {
                    let is_of_key = |fault: &&CellFault| {
                        let meaning = mapping.columns.get(fault.column);
                        meaning.and_then(Meaning::key) == Some(key)
                    };
                    let unread = read.faults.iter().find(is_of_key);
                    let response = read.response.as_ref();
                    PreviewCell {
                        value: response.map_or("", |row| row.answers.get(key)).to_owned(),
                        unread: unread.map(|fault| fault.value.clone()),
                    }
                });
                let (cells, is_taken) = (cells.collect(), read.response.is_some());
                preview.first.push(PreviewRow { line: row.line, cells, is_taken });
            }
        }
        preview.words = reader.words();
        preview.words.truncate(TOLD);
        Some(ForeignPreview { mapping, keys, ..preview })
    }

    /// True where days stand in the table whose order has to be known.
    fn has_days(&self, aside: &AsideTable, mapping: &Mapping) -> bool {
        let is_of_days = |meaning: &Meaning| match meaning {
            Meaning::Submitted | Meaning::Started | Meaning::Ended => true,
            Meaning::Answer(key) => {
                let field = field_of(&self.form, key);
                let question = field.as_ref().and_then(|field| field.question(&self.form));
                question.is_some_and(|q| matches!(q.kind, Kind::Date | Kind::DateTime))
            }
            _ => false,
        };
        mapping.columns.iter().enumerate().filter(|(_, meaning)| is_of_days(meaning)).any(
            |(at, _)| {
                let cells = aside.table.examples(at, SAMPLES);
                DayOrder::shown_by(cells.iter().copied()).is_none()
                    && cells
                        .iter()
                        .any(|cell| cell.matches('/').count() == 2 && !starts_with_year(cell))
            },
        )
    }

    /// Reads a table that waits, for good; it waits no more. `None` where it is not there any more.
    pub fn stage_aside(
        &mut self,
        table: usize,
        mapping: &Mapping,
        official: &dyn OfficialUnits,
    ) -> Option<Staged> {
        let AsideTable { file, table, problems, .. } = self.aside.tables.remove(&table)?;
        let mut staged = self.stage();
        let mut reader = TableReader::new(&self.form, &table.headings, mapping, official);
        let mut report = FileReport { file: file.clone(), problems, ..FileReport::default() };
        let mut responses = Vec::new();
        for row in &table.rows {
            let read = reader.read(&file, &row.cells);
            report.left_empty += read.faults.len();
            responses.extend(read.response);
        }
        if responses.is_empty() && report.problems.is_empty() {
            report.problems.push(Problem::of_line(1, ProblemKind::NoRows));
        }
        staged.files.push((report, self.numbered(responses)));
        Some(staged)
    }

    /// Other programs do not number what was edited and exported again: a row that says something
    /// else than before is the next revision of its root, and one that was there keeps its own.
    fn numbered(&self, mut responses: Vec<Response>) -> Vec<Response> {
        let mut last: BTreeMap<String, u32> = BTreeMap::new();
        for response in &mut responses {
            let known: Vec<&Rc<Response>> = self.dataset.of_root(&response.root).collect();
            let newest = known.iter().map(|row| row.revision).max().unwrap_or(0);
            let newest = last.get(&response.root).copied().unwrap_or(newest);
            let is_same = |row: &&&Rc<Response>| {
                response.revision = row.revision;
                response.says_the_same(row)
            };
            let same = known.iter().find(is_same).map(|row| row.revision);
            response.revision = same.unwrap_or(newest + 1);
            last.insert(response.root.clone(), newest.max(response.revision));
        }
        responses
    }
}

/// A fault of a cell with its place.
fn problem(headings: &[String], line: u64, fault: &CellFault) -> Problem {
    let heading = headings.get(fault.column).cloned().unwrap_or_default();
    Problem {
        line: Some(line),
        column: Some(Column { number: fault.column + 1, heading }),
        kind: ProblemKind::Value { value: fault.value.clone(), fault: fault.fault.clone() },
    }
}

fn starts_with_year(cell: &str) -> bool {
    cell.split('/').next().is_some_and(|year| year.trim().len() == 4)
}
