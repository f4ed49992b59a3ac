//! The sheets of a workbook as tables of text: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`.
//!
//! Formulas count by their cached values; macros, formats and pictures are passed over.

use std::io::Cursor;

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};

use super::archive;
use super::text_table::{TextRow, TextTable};
use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::domain::search::composed;

/// The most rows of one sheet.
pub const MOST_ROWS: usize = 50_000;

/// What an old workbook, or one with a password, begins with.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// True when the bytes are a workbook rather than a table or an archive of tables.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND_FILE)
        || (archive::is_archive(bytes)
            && archive::names(bytes).is_ok_and(|names| {
                let is_main = |name: &String| name == "xl/workbook.xml" || name == "content.xml";
                names.iter().any(|name| is_main(name) || name == "xl/workbook.bin")
            }))
}

/// Every sheet with its name; an empty sheet has no header.
///
/// # Errors
/// When the workbook cannot be opened at all.
pub fn read(bytes: &[u8]) -> Result<Vec<(String, TextTable)>, ProblemKind> {
    if archive::is_archive(bytes) {
        archive::names(bytes)?;
    }
    let is_locked = bytes.starts_with(COMPOUND_FILE) && has_encrypted_package(bytes);
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|_| if is_locked { ProblemKind::Locked } else { ProblemKind::BadArchive })?;
    let sheets = workbook.sheet_names().into_iter().map(|name| {
        let table = match workbook.worksheet_range(&name) {
            Ok(range) => table(&range),
            Err(error) => TextTable {
                problems: vec![Problem::of_file(ProblemKind::Unreadable(error.to_string()))],
                ..TextTable::default()
            },
        };
        (name, table)
    });
    Ok(sheets.collect())
}

/// A workbook with a password is a compound file with a stream of this name, in UTF-16.
fn has_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn table(range: &Range<Data>) -> TextTable {
    let mut table = TextTable::default();
    if range.height() > MOST_ROWS {
        table.problems.push(Problem::of_file(ProblemKind::TooManyRows(MOST_ROWS)));
        return table;
    }
    let first = range.start().map_or(1, |(row, _)| u64::from(row) + 1);
    for (line, row) in (first..).zip(range.rows()) {
        let cells: Vec<String> = row.iter().map(text).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        for (place, cell) in row.iter().enumerate() {
            if let Data::Error(error) = cell {
                let heading = table.header.get(place).cloned().unwrap_or_default();
                table.problems.push(Problem {
                    line: Some(line),
                    column: Some(Column { number: place + 1, heading }),
                    kind: ProblemKind::CellError(error.to_string()),
                });
            }
        }
        if table.header.is_empty() {
            table.header = cells;
        } else {
            table.rows.push(TextRow { line, cells });
        }
    }
    table
}

/// A cell as it reads: a whole number without a decimal point, a truth as `XLSForm` writes it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            composed(text.trim())
        }
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}
