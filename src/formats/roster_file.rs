//! A table of units and posts that somebody keeps in a file: `.csv`, `.xlsx`, `.xls` or `.ods`.
//!
//! Such tables are made for people: above the headings stand titles, a heading over two columns
//! (`Bí thư`) has its parts (`Biên chế`, `Hiện có`) in the line below, and below the rows stand
//! sums.

use super::archive::{self, Archive};
use super::csv_text;
use super::form_files::stem;
use super::formula_guard::unguarded;
use super::text_table::TextRow;
use super::workbook;
use crate::domain::gazetteer::WrittenUnit;
use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::domain::roster::columns::{self, ColumnUse, PostName};
use crate::domain::roster::importing::{ImportFault, ImportFaultKind, RosterRow};
use crate::domain::roster::{MOST_PEOPLE, MOST_UNITS};
use crate::domain::search::folded;

/// Columns beyond these are passed over.
const MOST_COLUMNS: u32 = 256;

/// The headings are looked for in so many lines.
const LINES_ABOVE: usize = 30;

/// The sheet of a file that says most about units and posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterFile {
    /// The sheet's name.
    pub sheet: String,
    /// The headings; of two lines, both parts.
    pub headings: Vec<String>,
    /// The rows below.
    pub rows: Vec<TextRow>,
}

/// Opens a file. The headings are the line with most words that are known.
///
/// # Errors
/// When the file cannot be read, or has no rows under a heading, or more than a roster may have.
pub fn open(name: &str, bytes: &[u8], posts: &[PostName]) -> Result<RosterFile, Problem> {
    let sheets = sheets(name, bytes)?;
    let ranked = sheets.into_iter().filter_map(|(sheet, rows)| {
        let (at, known) = heading_line(&rows, posts)?;
        Some((known, sheet, rows, at))
    });
    // The first of those that are equally good.
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (_, sheet, mut rows, at) = best.ok_or(Problem::of_file(ProblemKind::Empty))?;
    let mut rows = rows.split_off(at).into_iter();
    let mut headings = rows.next().map(|row| row.cells).unwrap_or_default();
    for heading in &mut headings {
        *heading = heading.trim().replace('\n', " ");
    }
    let mut rows: Vec<TextRow> = rows.collect();
    if let Some(parts) = rows.first().filter(|row| is_heading_below(row)) {
        headings = joined(&headings, &parts.cells);
        rows.remove(0);
    }
    match rows.len() {
        0 => Err(Problem::of_file(ProblemKind::NoRows)),
        count if count > MOST_UNITS => Err(Problem::of_file(ProblemKind::TooManyRows(MOST_UNITS))),
        _ => Ok(RosterFile { sheet, headings, rows }),
    }
}

type NamedRows = (String, Vec<TextRow>);

fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<NamedRows>, Problem> {
    let archive = archive::is_archive(bytes).then(|| Archive::open(bytes)).transpose();
    let mut archive = archive.map_err(Problem::of_file)?;
    match workbook::format(bytes, archive.as_ref()) {
        Some(format) => {
            workbook::rows(bytes, format, archive.as_mut(), MOST_COLUMNS).map_err(Problem::of_file)
        }
        None if archive.is_some() => Err(Problem::of_file(ProblemKind::NotText)),
        None => Ok(vec![(stem(name), csv_text::rows(bytes)?)]),
    }
}

/// The line of the headings, as a position, and how many of them are known.
fn heading_line(rows: &[TextRow], posts: &[PostName]) -> Option<(usize, usize)> {
    let known = rows.iter().take(LINES_ABOVE).enumerate().map(|(at, row)| {
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
        (at, filled.filter(|cell| columns::is_known(cell, posts)).count())
    });
    known.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// True when a line under the headings only tells sides apart.
fn is_heading_below(row: &TextRow) -> bool {
    let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    filled.len() > 1 && filled.iter().all(|cell| columns::side(cell).0.is_some())
}

/// Each heading with its part; one that stands over several columns holds until the next.
fn joined(headings: &[String], parts: &[String]) -> Vec<String> {
    let mut above = "";
    let count = headings.len().max(parts.len());
    let columns = (0..count).map(|at| {
        let heading = headings.get(at).map_or("", String::as_str);
        let part = parts.get(at).map_or("", |part| part.trim());
        if !heading.is_empty() {
            above = heading;
        }
        match (heading, part) {
            (_, "") => heading.to_owned(),
            (_, part) => format!("{above}: {part}"),
        }
    });
    columns.collect()
}

impl RosterFile {
    /// The rows by what their columns say. A row whose only filled cells of the unit are a sum's
    /// (`Tổng cộng`) is none.
    pub fn rows(&self, columns: &[ColumnUse]) -> Vec<RosterRow> {
        let rows = self.rows.iter().filter(|row| !is_sum(row));
        rows.map(|row| self.row(row, columns)).collect()
    }

    fn row(&self, row: &TextRow, columns: &[ColumnUse]) -> RosterRow {
        let mut read = RosterRow { line: row.line, ..RosterRow::default() };
        for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
            let text = unguarded(cell.trim()).replace('\n', " ");
            match column {
                ColumnUse::Nothing => {}
                ColumnUse::Code => read.unit.code = text,
                ColumnUse::Name => read.unit.name = text,
                ColumnUse::Kind => read.kind = text,
                ColumnUse::District => read.unit.district = text,
                ColumnUse::Province => read.unit.province = text,
                ColumnUse::People(post, side) => match people(&text) {
                    Ok(Some(people)) => read.people.push((post.clone(), *side, people)),
                    Ok(None) => {}
                    Err(()) => read.faults.push(ImportFault {
                        line: row.line,
                        column: Some(Column {
                            number: at + 1,
                            heading: self.headings.get(at).cloned().unwrap_or_default(),
                        }),
                        kind: ImportFaultKind::NotANumber(text),
                    }),
                },
            }
        }
        if read.unit == WrittenUnit::default() && read.people.is_empty() {
            read.faults.clear();
        }
        read
    }

    /// What stands in a column's first filled cells.
    pub fn examples(&self, column: usize, most: usize) -> Vec<&str> {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(most).collect()
    }
}

/// A number of people; an empty cell and a dash say nothing.
fn people(text: &str) -> Result<Option<u32>, ()> {
    let text = text.trim();
    if matches!(text, "" | "-" | "–") {
        return Ok(None);
    }
    // `2,0` and `2.0` are what a spreadsheet makes of 2.
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let number = whole.parse::<u32>().ok().filter(|number| *number <= MOST_PEOPLE);
    number.map(Some).ok_or(())
}

fn is_sum(row: &TextRow) -> bool {
    let words = row
        .cells
        .iter()
        .map(|cell| folded(cell))
        .find(|cell| !cell.is_empty() && cell.chars().any(char::is_alphabetic));
    words.is_some_and(|words| {
        matches!(
            words.trim_end_matches([':', '.']),
            "tong" | "tong so" | "tong cong" | "cong" | "total"
        )
    })
}
