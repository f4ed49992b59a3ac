//! The sheets of a workbook as tables of text: `.xlsx`, `.xlsm`, `.xls` and `.ods`.
//!
//! Formulas count by their cached values; macros, formats and pictures are passed over.
//!
//! The first two are read by `calamine`. What it has for the others ends the program or never
//! comes back on a file that was cut or changed, so they have readers of their own here.

mod cells;
mod compound;
mod ods;
mod xls;

use std::io::Cursor;

use calamine::{Reader, Xlsx, XlsxError};

use super::archive::{Archive, MOST_BYTES};
use super::form_files::NamedSheet;
use super::text_table::TextRow;
use crate::domain::problem::ProblemKind;
use cells::{Cell, Cells, Sheet};

pub use cells::MOST_ROWS;

/// What a workbook is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML: `.xlsx`, and `.xlsm` with macros.
    Xlsx,
    /// `OpenDocument`: `.ods`.
    Ods,
    /// A compound file: `.xls`, or any workbook of Excel with a password.
    Compound,
}

/// The format of a workbook, whatever its name; `archive` is what the bytes are as a ZIP. None
/// when they are a table, or an archive of tables.
pub fn format(bytes: &[u8], archive: Option<&Archive<'_>>) -> Option<Format> {
    if compound::is_compound(bytes) {
        return Some(Format::Compound);
    }
    let archive = archive?;
    if archive.position("xl/workbook.xml").is_some() {
        Some(Format::Xlsx)
    } else if ods::PARTS.iter().any(|part| archive.position(part).is_some()) {
        Some(Format::Ods)
    } else {
        None
    }
}

/// Every sheet with its name, as a table under a heading; an empty sheet has none. A workbook that
/// is a ZIP is given as [`Archive`] too, which knows that it does not fill the memory.
///
/// # Errors
/// When the workbook cannot be opened at all.
pub fn read(
    bytes: &[u8],
    format: Format,
    archive: Option<&mut Archive<'_>>,
) -> Result<Vec<NamedSheet>, ProblemKind> {
    let mut room = MOST_BYTES;
    let sheets = sheets(bytes, format, archive, &mut room)?;
    sheets.into_iter().map(|sheet| Ok((sheet.name.clone(), sheet.table(&mut room)?))).collect()
}

/// Every sheet with its name, as rows of which nobody has said yet which is the heading; cells
/// beyond so many columns are passed over.
///
/// # Errors
/// As [`read`], and when a sheet cannot be read.
pub fn rows(
    bytes: &[u8],
    format: Format,
    archive: Option<&mut Archive<'_>>,
    most_columns: u32,
) -> Result<Vec<(String, Vec<TextRow>)>, ProblemKind> {
    let mut room = MOST_BYTES;
    let sheets = sheets(bytes, format, archive, &mut room)?;
    let rows = sheets.into_iter().map(|sheet| {
        let name = sheet.name.clone();
        Ok((name, sheet.rows(most_columns, &mut room)?))
    });
    rows.collect()
}

fn sheets(
    bytes: &[u8],
    format: Format,
    archive: Option<&mut Archive<'_>>,
    room: &mut u64,
) -> Result<Vec<Sheet>, ProblemKind> {
    match (format, archive) {
        (Format::Compound, _) => xls::read(bytes, room),
        (Format::Xlsx, Some(archive)) => read_xlsx(bytes, archive, room),
        (Format::Ods, Some(archive)) => ods::read(archive, room),
        (Format::Xlsx | Format::Ods, None) => Err(ProblemKind::BadArchive),
    }
}

fn read_xlsx(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    room: &mut u64,
) -> Result<Vec<Sheet>, ProblemKind> {
    for (index, name) in archive.names() {
        if name.to_lowercase().ends_with("sharedstrings.xml")
            && !states_its_texts(&archive.content(index)?)
        {
            return Err(ProblemKind::BadArchive);
        }
    }
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| ProblemKind::BadArchive)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let mut cells = Cells::new(room);
        let unreadable = |error: XlsxError| ProblemKind::Unreadable(error.to_string());
        let mut reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(error) => {
                // A chart has no cells, and that is all there is to say.
                if !matches!(error, XlsxError::NotAWorksheet(_)) {
                    cells.fail(unreadable(error));
                }
                sheets.push(cells.sheet(&name));
                continue;
            }
        };
        loop {
            match reader.next_cell() {
                Ok(Some(cell)) => {
                    let (row, column) = cell.get_position();
                    cells.add(row, column, Cell::of(cell.get_value()))?;
                    if cells.has_failed() {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    cells.fail(unreadable(error));
                    break;
                }
            }
        }
        sheets.push(cells.sheet(&name));
    }
    Ok(sheets)
}

/// True when the shared texts of a workbook are no more than its bytes can be: `calamine` makes
/// room for as many as are stated.
fn states_its_texts(content: &[u8]) -> bool {
    let text = String::from_utf8_lossy(content);
    text.split("uniqueCount").skip(1).all(|stated| {
        let digits = stated.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '>');
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        match digits.get(..end) {
            None | Some("") => true,
            Some(count) => count.parse().is_ok_and(|count: usize| count <= content.len()),
        }
    })
}
