//! A table of units and posts that somebody keeps in a file: `.csv`, `.xlsx`, `.xls` or `.ods`.

use super::foreign_table::{self, ForeignTable, HeadingWords, is_sum};
use super::formula_guard::unguarded;
use super::text_table::TextRow;
use crate::domain::gazetteer::WrittenUnit;
use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::domain::roster::columns::{self, ColumnUse, PostName};
use crate::domain::roster::importing::{ImportFault, ImportFaultKind, RosterRow};
use crate::domain::roster::{MOST_PEOPLE, MOST_UNITS};

/// Columns beyond these are passed over.
const MOST_COLUMNS: u32 = 256;

/// Opens a file. The headings are the line with most words that are known.
///
/// # Errors
/// When the file cannot be read, or has no rows under a heading, or more than a roster may have.
pub fn open(name: &str, bytes: &[u8], posts: &[PostName]) -> Result<ForeignTable, Problem> {
    let words = HeadingWords {
        knows: &|heading| columns::is_known(heading, posts),
        is_part: &|part| columns::side(part).0.is_some(),
    };
    let table = foreign_table::open(name, bytes, MOST_COLUMNS, &words)?;
    if table.rows.len() > MOST_UNITS {
        return Err(Problem::of_file(ProblemKind::TooManyRows(MOST_UNITS)));
    }
    Ok(table)
}

/// The rows by what their columns say. A row whose only filled cells of the unit are a sum's
/// (`Tổng cộng`) is none.
pub fn rows(table: &ForeignTable, columns: &[ColumnUse]) -> Vec<RosterRow> {
    let rows = table.rows.iter().filter(|row| !is_sum(row));
    rows.map(|row| roster_row(table, row, columns)).collect()
}

fn roster_row(table: &ForeignTable, row: &TextRow, columns: &[ColumnUse]) -> RosterRow {
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
                        heading: table.headings.get(at).cloned().unwrap_or_default(),
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
