//! The workbooks of `LibreOffice`: XML in a ZIP (OASIS `OpenDocument` 1.3, part 3).

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::{XmlVersion, escape};

use super::cells::{Cell, Cells, Sheet};
use crate::domain::problem::ProblemKind;
use crate::formats::archive::Archive;

/// The part with the cells, and the one that holds everything where there is a password.
pub(super) const PARTS: [&str; 2] = ["content.xml", "encrypted-package"];

/// No cell shows more spaces side by side than this.
const MOST_SPACES: usize = 1000;

/// Every sheet; `room` is how many bytes may be kept of them.
///
/// # Errors
/// When the workbook is damaged or has a password.
pub(super) fn read(archive: &mut Archive<'_>, room: &mut u64) -> Result<Vec<Sheet>, ProblemKind> {
    let manifest = archive.position("META-INF/manifest.xml").map(|at| archive.content(at));
    let manifest = manifest.transpose()?.unwrap_or_default();
    let has_password = String::from_utf8_lossy(&manifest).contains("encryption-data");
    let content = archive.position("content.xml").filter(|_| !has_password);
    let content = archive.content(content.ok_or(ProblemKind::Locked)?)?;
    let content = String::from_utf8_lossy(&content);
    let mut reader = Reader::from_str(&content);
    reader.config_mut().expand_empty_elements = true;
    let mut sheets = Vec::new();
    loop {
        match next(&mut reader)? {
            Event::Start(start) if named(&start, "table:table") => {
                let name = attribute(&start, "table:name").unwrap_or_default();
                let mut cells = Cells::new(room);
                read_table(&mut reader, &mut cells)?;
                sheets.push(cells.sheet(&name));
            }
            // What was there before a change, and what other files once said.
            Event::Start(start)
                if named(&start, "table:tracked-changes") || named(&start, "table:dde-links") =>
            {
                pass_over(&mut reader, &start)?;
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// The next piece of the file.
fn next<'c>(reader: &mut Reader<&'c [u8]>) -> Result<Event<'c>, ProblemKind> {
    reader.read_event().map_err(|_| ProblemKind::BadArchive)
}

fn pass_over(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<(), ProblemKind> {
    reader.read_to_end(start.name()).map(drop).map_err(|_| ProblemKind::BadArchive)
}

fn named(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut known = attributes.with_checks(false).flatten();
    let value = known.find(|attribute| attribute.key.as_ref() == name)?;
    value.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// How many times a row or cell stands there.
fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// The rows of a sheet, up to its end.
fn read_table(reader: &mut Reader<&[u8]>, cells: &mut Cells<'_>) -> Result<(), ProblemKind> {
    let mut row = 0u32;
    loop {
        match next(reader)? {
            Event::Start(start) if named(&start, "table:table-row") => {
                let count = repeated(&start, "table:number-rows-repeated");
                let filled = read_row(reader)?;
                let after = row.saturating_add(count);
                // Rows without anything are repeated to the end of the sheet.
                let rows = if filled.is_empty() { after..after } else { row..after };
                for row in rows {
                    for (column, count, cell) in &filled {
                        for column in *column..column.saturating_add(*count) {
                            cells.add(row, column, cell.clone())?;
                        }
                    }
                    if cells.has_failed() {
                        break;
                    }
                }
                row = after;
            }
            // Drawings have texts, and even tables, that are not the sheet's.
            Event::Start(start) if named(&start, "table:shapes") => pass_over(reader, &start)?,
            Event::End(end) if end.name().as_ref() == "table:table" => return Ok(()),
            Event::Eof => return Err(ProblemKind::BadArchive),
            _ => {}
        }
    }
}

/// The filled cells of a row, up to its end: column, how many alike side by side, and the cell.
fn read_row(reader: &mut Reader<&[u8]>) -> Result<Vec<(u32, u32, Cell)>, ProblemKind> {
    let mut filled = Vec::new();
    let mut column = 0u32;
    loop {
        match next(reader)? {
            Event::Start(start)
                if named(&start, "table:table-cell")
                    || named(&start, "table:covered-table-cell") =>
            {
                let count = repeated(&start, "table:number-columns-repeated");
                let cell = read_cell(reader, &start)?;
                if cell != Cell::Text(String::new()) {
                    filled.push((column, count, cell));
                }
                column = column.saturating_add(count);
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(filled),
            Event::Eof => return Err(ProblemKind::BadArchive),
            _ => {}
        }
    }
}

/// What a cell is worth: its value where it has one, else its text.
fn read_cell(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Cell, ProblemKind> {
    let shown = read_paragraphs(reader, start)?;
    if attribute(start, "calcext:value-type").as_deref() == Some("error") {
        return Ok(Cell::Error(shown));
    }
    let value = |name| attribute(start, name);
    Ok(match value("office:value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            let number = value("office:value").and_then(|number| number.parse().ok());
            number.map_or_else(|| Cell::text(&shown), Cell::number)
        }
        Some("date") => Cell::text(&value("office:date-value").unwrap_or(shown)),
        Some("time") => Cell::text(&value("office:time-value").unwrap_or(shown)),
        Some("boolean") => Cell::truth(value("office:boolean-value").as_deref() == Some("true")),
        Some("string") => Cell::text(&value("office:string-value").unwrap_or(shown)),
        _ => Cell::Text(String::new()),
    })
}

/// The paragraphs of a cell, up to its end; its comments and drawings are passed over.
fn read_paragraphs(
    reader: &mut Reader<&[u8]>,
    cell: &BytesStart<'_>,
) -> Result<String, ProblemKind> {
    let mut text = String::new();
    let mut paragraphs = 0;
    let mut is_in_paragraph = false;
    loop {
        match next(reader)? {
            Event::Start(start) if named(&start, "text:p") => {
                if paragraphs > 0 {
                    text.push('\n');
                }
                paragraphs += 1;
                is_in_paragraph = true;
            }
            Event::End(end) if end.name().as_ref() == "text:p" => is_in_paragraph = false,
            Event::Start(start) if named(&start, "text:s") => {
                let count = repeated(&start, "text:c");
                let count = usize::try_from(count).unwrap_or(MOST_SPACES).min(MOST_SPACES);
                text.extend(std::iter::repeat_n(' ', count));
            }
            Event::Start(start) if named(&start, "text:tab") => text.push('\t'),
            Event::Start(start) if named(&start, "text:line-break") => text.push('\n'),
            Event::Start(start)
                if !is_in_paragraph
                    || named(&start, "office:annotation")
                    || start.name().as_ref().starts_with("draw:") =>
            {
                pass_over(reader, &start)?;
            }
            Event::Text(piece) if is_in_paragraph => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if is_in_paragraph => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if is_in_paragraph => match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(
                    escape::resolve_predefined_entity(&reference.xml10_content())
                        .unwrap_or_default(),
                ),
            },
            Event::End(end) if end.name() == cell.name() => return Ok(text),
            Event::Eof => return Err(ProblemKind::BadArchive),
            _ => {}
        }
    }
}
