//! Tables as the sheets of one workbook (`.xlsx`): typed cells, headings that stay in sight, filters,
//! widths that fit.
//!
//! No text is a formula there, whatever it begins with, so none is guarded but those that would
//! be taken for guarded ones when they are read. What a workbook cannot hold is told, never lost in
//! silence.

mod charts;

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};
use serde::{Deserialize, Serialize};

use super::formula_guard::unguarded;
use super::table::{Cell, Table};
use super::xlsx_text::{LONGEST_TEXT, NARROWEST, WIDEST, unmarked};

pub use charts::RankingCharts;

/// Rows of a sheet, its headings among them.
const MOST_ROWS: u32 = 1_048_576;

/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// What a sheet's name holds, in units of UTF-16.
const LONGEST_NAME: usize = 31;

/// What stands at the end of a text that was cut.
const CUT: &str = " […]";

/// So many rows tell how wide a column is to be.
const MEASURED_ROWS: u32 = 500;

/// What a workbook could not hold as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookNote {
    /// So many texts of a sheet are longer than a cell may be and were cut.
    TextsCut {
        /// The sheet.
        sheet: String,
        /// How many.
        texts: usize,
    },
    /// A sheet has more rows than it may have; they go on in others.
    GoesOn {
        /// The sheet.
        sheet: String,
        /// How many sheets there are of it.
        sheets: usize,
    },
    /// A sheet of so many responses would be more than a browser can write; it was left out.
    LeftOut {
        /// The sheet.
        sheet: String,
        /// How many responses.
        rows: usize,
    },
    /// So many columns of a sheet are more than it may have and were left out.
    ColumnsLeftOut {
        /// The sheet.
        sheet: String,
        /// How many.
        columns: usize,
    },
}

/// How the numbers of a sheet look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As they are.
    Plain,
    /// With two decimals.
    Measures,
    /// With two decimals, and the deeper the larger from a column on.
    Heat(u16),
}

/// A workbook that is written sheet by sheet and row by row.
pub struct Book {
    workbook: Workbook,
    names: BTreeSet<String>,
    notes: Vec<BookNote>,
    formats: Formats,
    open: Option<OpenSheet>,
    most_rows: u32,
}

/// The sheet that rows go to.
struct OpenSheet {
    /// Its name, as it was asked for.
    name: String,
    header: Vec<String>,
    look: Look,
    /// How many sheets there are of it.
    sheets: usize,
    /// The row that comes next.
    next: u32,
    widths: Vec<usize>,
    texts_cut: usize,
}

struct Formats {
    heading: Format,
    text: Format,
    day: Format,
    measure: Format,
}

impl Formats {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            heading: top.clone().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin),
            // Whatever a person types into such a cell later stays a text too.
            text: top.clone().set_num_format("@").set_text_wrap(),
            day: top.clone().set_num_format("dd/mm/yyyy"),
            measure: top.set_num_format("0.00"),
        }
    }
}

impl Book {
    /// An empty workbook.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn new() -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // The library would ask the machine for the time.
        let no_time = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&no_time));
        Ok(Self {
            workbook,
            names: BTreeSet::new(),
            notes: Vec::new(),
            formats: Formats::new(),
            open: None,
            most_rows: MOST_ROWS,
        })
    }

    /// A whole table as a sheet.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn add(&mut self, name: &str, table: &Table, look: Look) -> Result<(), XlsxError> {
        self.begin(name, table.header.clone(), look)?;
        for row in &table.rows {
            self.add_row(row)?;
        }
        self.end()
    }

    /// A whole table as a sheet, with charts beside it.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn add_with_charts(
        &mut self,
        name: &str,
        table: &Table,
        charts: &RankingCharts,
    ) -> Result<(), XlsxError> {
        self.begin(name, table.header.clone(), Look::Measures)?;
        for row in &table.rows {
            self.add_row(row)?;
        }
        let rows = u32::try_from(table.rows.len()).unwrap_or(MOST_ROWS);
        if let Some(sheet) = self.workbook.worksheets_mut().last_mut() {
            charts.insert(sheet, table.header.len(), rows)?;
        }
        self.end()
    }

    /// Begins a sheet; the rows that are added from now on are its rows.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn begin(
        &mut self,
        name: &str,
        mut header: Vec<String>,
        look: Look,
    ) -> Result<(), XlsxError> {
        let left_out = header.len().saturating_sub(MOST_COLUMNS);
        if left_out > 0 {
            header.truncate(MOST_COLUMNS);
            let sheet = name.to_owned();
            self.notes.push(BookNote::ColumnsLeftOut { sheet, columns: left_out });
        }
        let widths = header.iter().map(|heading| heading.chars().count() + 3).collect();
        let name = name.to_owned();
        self.open =
            Some(OpenSheet { name, header, look, sheets: 0, next: 0, widths, texts_cut: 0 });
        self.begin_part()
    }

    /// Adds a row to the sheet that was begun.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn add_row(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        if self.open.as_ref().is_some_and(|open| open.next >= self.most_rows) {
            self.end_part()?;
            self.begin_part()?;
        }
        let (Some(open), Some(sheet)) = (&mut self.open, self.workbook.worksheets_mut().last_mut())
        else {
            return Ok(());
        };
        if open.next <= MEASURED_ROWS {
            for (cell, width) in row.iter().zip(&mut open.widths) {
                *width = (*width).max(width_of(cell));
            }
        }
        for (column, cell) in (0u16..).zip(row).take(open.header.len()) {
            open.texts_cut += usize::from(self.formats.write(sheet, open, column, cell)?);
        }
        open.next += 1;
        Ok(())
    }

    /// Ends the sheet that was begun.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn end(&mut self) -> Result<(), XlsxError> {
        self.end_part()?;
        if let Some(OpenSheet { name: sheet, sheets, texts_cut: texts, .. }) = self.open.take() {
            if texts > 0 {
                self.notes.push(BookNote::TextsCut { sheet: sheet.clone(), texts });
            }
            if sheets > 1 {
                self.notes.push(BookNote::GoesOn { sheet, sheets });
            }
        }
        Ok(())
    }

    /// Tells that a sheet of so many responses was left out.
    pub fn leave_out(&mut self, name: &str, rows: usize) {
        self.notes.push(BookNote::LeftOut { sheet: name.to_owned(), rows });
    }

    /// The workbook's bytes, and what it could not hold as it is.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn finish(mut self) -> Result<(Vec<u8>, Vec<BookNote>), XlsxError> {
        Ok((self.workbook.save_to_buffer()?, self.notes))
    }

    fn begin_part(&mut self) -> Result<(), XlsxError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.sheets += 1;
        let name = free_name(&open.name, open.sheets, &mut self.names);
        let sheet = self.workbook.add_worksheet().set_name(name)?;
        for (column, heading) in (0u16..).zip(&open.header) {
            let (heading, _) = fitting(heading);
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        open.next = 1;
        Ok(())
    }

    fn end_part(&mut self) -> Result<(), XlsxError> {
        let (Some(open), Some(sheet)) = (&mut self.open, self.workbook.worksheets_mut().last_mut())
        else {
            return Ok(());
        };
        for (column, width) in (0u16..).zip(&open.widths) {
            sheet.set_column_width(column, (*width).clamp(NARROWEST, WIDEST) as f64)?;
        }
        let last_row = open.next.saturating_sub(1);
        let last_column = u16::try_from(open.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        if let (Look::Heat(first), 1..) = (open.look, last_row)
            && first <= last_column
        {
            let scale = ConditionalFormat2ColorScale::new()
                .set_minimum_color("FFFFFF")
                .set_maximum_color("E07A3F");
            sheet.add_conditional_format(1, first, last_row, last_column, &scale)?;
        }
        Ok(())
    }
}

impl Formats {
    /// Writes a cell of a row; true where its text had to be cut.
    fn write(
        &self,
        sheet: &mut Worksheet,
        open: &OpenSheet,
        column: u16,
        cell: &Cell,
    ) -> Result<bool, XlsxError> {
        let row = open.next;
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => {
                let looks_guarded = unguarded(text) != text;
                let (text, is_cut) =
                    if looks_guarded { fitting(&format!("'{text}")) } else { fitting(text) };
                sheet.write_string_with_format(row, column, text, &self.text)?;
                return Ok(is_cut);
            }
            Cell::Day(day) => match ExcelDateTime::parse_from_str(day) {
                Ok(date) => {
                    sheet.write_datetime_with_format(row, column, &date, &self.day)?;
                }
                // Years before 1900 are no days there.
                Err(_) => {
                    sheet.write_string_with_format(row, column, day, &self.text)?;
                }
            },
            Cell::Count(count) => {
                sheet.write_number(row, column, *count as f64)?;
            }
            Cell::Number(number) if open.look == Look::Plain => {
                sheet.write_number(row, column, *number)?;
            }
            Cell::Number(number) => {
                sheet.write_number_with_format(row, column, *number, &self.measure)?;
            }
        }
        Ok(false)
    }
}

/// The text as it fits into a cell, and whether it had to be cut.
fn fitting(text: &str) -> (String, bool) {
    let text = unmarked(text);
    // A letter takes one or two units, and no fewer bytes.
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return (text.into_owned(), false);
    }
    let cut = beginning(&text, LONGEST_TEXT - CUT.encode_utf16().count());
    (format!("{cut}{CUT}"), true)
}

/// As much of a text from its beginning as takes so many units of UTF-16.
fn beginning(text: &str, room: usize) -> &str {
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > room
    });
    beyond.map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

/// How many characters a cell needs, by its longest line.
fn width_of(cell: &Cell) -> usize {
    match cell {
        Cell::Blank => 0,
        Cell::Text(text) => {
            text.lines().map(|line| line.chars().count() + 1).max().unwrap_or_default()
        }
        Cell::Day(_) => 11,
        Cell::Count(count) => count.checked_ilog10().unwrap_or_default() as usize + 2,
        Cell::Number(_) => NARROWEST,
    }
}

/// A name that a sheet may have and none has yet.
fn free_name(name: &str, part: usize, taken: &mut BTreeSet<String>) -> String {
    let is_allowed = |letter: &char| {
        !letter.is_control() && !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\')
    };
    let plain: String = name.chars().filter(is_allowed).collect();
    let mut number = part;
    loop {
        let ending = if number > 1 { format!(" {number}") } else { String::new() };
        let own = beginning(plain.trim_matches(TRIMMED), LONGEST_NAME - ending.len());
        let own = match own.trim_end_matches(TRIMMED) {
            "" => "_",
            own => own,
        };
        let name = format!("{own}{ending}");
        // One name is Excel's own.
        if name.to_lowercase() != "history" && taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

/// What a sheet's name neither begins nor ends with.
const TRIMMED: [char; 2] = ['\'', ' '];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::archive::Archive;
    use crate::formats::workbook;

    fn read(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
        let mut archive = Archive::open(bytes).unwrap();
        let format = workbook::format(bytes, Some(&archive)).unwrap();
        let sheets = workbook::rows(bytes, format, Some(&mut archive), 1000).unwrap();
        let cells = |(name, rows): (String, Vec<crate::formats::text_table::TextRow>)| {
            (name, rows.into_iter().map(|row| row.cells).collect())
        };
        sheets.into_iter().map(cells).collect()
    }

    fn table(header: &[&str], rows: Vec<Vec<Cell>>) -> Table {
        Table { header: header.iter().map(|&heading| heading.to_owned()).collect(), rows }
    }

    #[test]
    fn what_is_written_is_read_back_with_its_types() {
        let mut book = Book::new().unwrap();
        let row = vec![
            Cell::text("=1+1"),
            Cell::text("007"),
            Cell::Day("2026-12-02".into()),
            Cell::Number(1.5),
            Cell::Count(12),
            Cell::text("hai\ndòng"),
        ];
        let rows = table(&["a", "b", "c", "d", "e", "f"], vec![row]);
        book.add("Phiếu", &rows, Look::Plain).unwrap();
        let (bytes, notes) = book.finish().unwrap();
        assert_eq!(notes, []);
        let [(name, rows)] = &read(&bytes)[..] else { panic!("one sheet") };
        assert_eq!(name, "Phiếu");
        assert_eq!(rows[1], ["=1+1", "007", "2026-12-02", "1.5", "12", "hai\ndòng"]);
    }

    #[test]
    fn a_text_like_the_insides_of_a_workbook_is_a_text() {
        let mut book = Book::new().unwrap();
        let texts = ["<r><b></r>", "<r><t>x</t></r>", "&lt;", "_x0041_", "\u{1}\u{b}x"];
        let rows = texts.map(|text| vec![Cell::text(text)]);
        book.add("<r></r>", &table(&["<r><b></r>"], rows.to_vec()), Look::Plain).unwrap();
        let sheets = read(&book.finish().unwrap().0);
        let read: Vec<&str> = sheets[0].1.iter().map(|row| row[0].trim()).collect();
        assert_eq!(read[..5], ["<r><b></r>", texts[0], texts[1], texts[2], texts[3]]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let mut book = Book::new().unwrap();
        book.most_rows = 3;
        let long = "ộ".repeat(40_000);
        let rows = ["1", "2", "3", "4", &long].map(|text| vec![Cell::text(text)]);
        book.add("Phiếu", &table(&["a"], rows.to_vec()), Look::Plain).unwrap();
        let (bytes, notes) = book.finish().unwrap();
        let sheet = || "Phiếu".to_owned();
        assert_eq!(
            notes,
            [
                BookNote::TextsCut { sheet: sheet(), texts: 1 },
                BookNote::GoesOn { sheet: sheet(), sheets: 3 }
            ]
        );
        let sheets = read(&bytes);
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Phiếu", "Phiếu 2", "Phiếu 3"]);
        assert_eq!(sheets[1].1, [["a"], ["3"], ["4"]]);
        let cut = &sheets[2].1[1][0];
        assert!(cut.ends_with("ộộ […]") && cut.chars().count() == LONGEST_TEXT);
        let mut wide = Book::new().unwrap();
        let header: Vec<String> = (0..MOST_COLUMNS + 2).map(|number| number.to_string()).collect();
        wide.begin("Rộng", header, Look::Plain).unwrap();
        let columns = BookNote::ColumnsLeftOut { sheet: "Rộng".into(), columns: 2 };
        assert_eq!(wide.finish().unwrap().1, [columns]);
    }

    #[test]
    fn sheets_have_names_of_their_own_that_every_program_takes() {
        let mut taken = BTreeSet::new();
        let mut name = |name: &str| free_name(name, 1, &mut taken);
        assert_eq!(name("Lớp: 1/2 [a]"), "Lớp 12 a");
        assert_eq!(name("lớp 12 A"), "lớp 12 A 2");
        let long = "Danh sách học viên các lớp bồi dưỡng";
        assert_eq!(name(long), "Danh sách học viên các lớp bồi");
        assert_eq!(name(long), "Danh sách học viên các lớp bồ 2");
        assert_eq!(name("???"), "_");
        assert_eq!(name("History"), "History 2");
        assert_eq!(name("Mục lặp của những người ở xã '"), "Mục lặp của những người ở xã");
        let emoji = name(&"🙂".repeat(30));
        assert_eq!(emoji.encode_utf16().count(), 30, "two units a letter: {emoji}");
    }
}
