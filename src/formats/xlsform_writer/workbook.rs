//! Sheets as the bytes of an `.xlsx` that is pleasant to read.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use crate::formats::form_files::NamedSheet;
use crate::formats::text_table::TextTable;
use crate::formats::workbook::MOST_ROWS;
use crate::formats::xlsx_text::{LONGEST_TEXT, NARROWEST, WIDEST, unmarked};

/// Every cell is a text: neither a leading zero nor a leading `=` means anything.
///
/// # Errors
/// What a workbook cannot hold, at its cell.
pub(super) fn write(sheets: &[NamedSheet]) -> Result<Vec<u8>, Box<FormProblem>> {
    for (name, table) in sheets {
        check(name, table)?;
    }
    written(sheets)
        .map_err(|error| fault("", None, None, FormProblemKind::NotWritten(error.to_string())))
        .map_err(Box::new)
}

fn check(name: &str, table: &TextTable) -> Result<(), Box<FormProblem>> {
    // Reading refuses more, so writing does too.
    if table.rows.len() >= MOST_ROWS {
        let kind = FormProblemKind::Table(ProblemKind::TooManyRows(MOST_ROWS));
        return Err(Box::new(fault(name, None, None, kind)));
    }
    let header = table.header.iter().map(|heading| (1, heading, heading));
    let cells = table.rows.iter().flat_map(|row| {
        table.header.iter().zip(&row.cells).map(|(heading, cell)| (row.line, heading, cell))
    });
    let is_too_long = |text: &str| text.encode_utf16().count() > LONGEST_TEXT;
    match header.chain(cells).find(|(.., text)| is_too_long(text)) {
        Some((line, heading, _)) => {
            let kind = FormProblemKind::TextTooLong(LONGEST_TEXT);
            Err(Box::new(fault(name, Some(line), Some(heading), kind)))
        }
        None => Ok(()),
    }
}

fn fault(
    sheet: &str,
    line: Option<u64>,
    column: Option<&str>,
    kind: FormProblemKind,
) -> FormProblem {
    FormProblem {
        sheet: sheet.to_owned(),
        line,
        column: column.map(str::to_owned),
        kind,
        suggestion: None,
        excerpt: None,
    }
}

fn written(sheets: &[NamedSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same form gives the same bytes, whenever it is written.
    let no_time = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&no_time));
    for (name, table) in sheets {
        write_sheet(workbook.add_worksheet().set_name(name)?, table)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, table: &TextTable) -> Result<(), XlsxError> {
    // What an author types later stays a text too.
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let heading = text.clone().set_bold().set_border_bottom(FormatBorder::Thin);
    for (number, title) in (0u16..).zip(&table.header) {
        sheet.set_column_format(number, &text)?;
        sheet.set_column_width(number, width(table, number))?;
        sheet.write_string_with_format(0, number, unmarked(title), &heading)?;
    }
    for (line, row) in (1u32..).zip(&table.rows) {
        for (number, cell) in (0u16..).zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(line, number, unmarked(cell), &text)?;
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// As wide as the longest line of the column, within reason.
fn width(table: &TextTable, column: u16) -> f64 {
    let column = usize::from(column);
    // Beside a heading stands the sign of the filter.
    let heading = table.header.get(column).map_or(0, |heading| heading.chars().count() + 3);
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let lines = cells.flat_map(|cell| cell.lines()).map(|line| line.chars().count() + 1);
    lines.chain([heading]).max().unwrap_or_default().clamp(NARROWEST, WIDEST) as f64
}
