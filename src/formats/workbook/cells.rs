//! The cells of a sheet, as they come, and the table they make.

use std::collections::BTreeMap;

use calamine::{DataRef, ExcelDateTime};

use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::formats::archive::LARGEST_UNPACKED;
use crate::formats::text_table::{TextRow, TextTable};
use rows::text::composed;

/// The most rows of one sheet.
pub const MOST_ROWS: usize = 50_000;

/// The most columns of one sheet, as the programs that write workbooks have it.
const MOST_COLUMNS: u32 = 16_384;

/// What a cell takes apart from its text, roughly.
const BYTES_A_CELL: u64 = 80;

/// What a cell of the table takes apart from its text, empty ones before it too.
const BYTES_A_PLACE: u64 = size_of::<String>() as u64;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    /// `#REF!` and its kin.
    Error(String),
}

/// The filled cells of a sheet. Two cells in opposite corners, or one long text that a million
/// cells share, are a small file; what is kept of them must fit the memory.
pub(super) struct Cells<'r> {
    /// By row, then by column, both counted from 0.
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// How many more bytes may be kept of the whole workbook.
    room: &'r mut u64,
    /// What makes the sheet as a whole unreadable.
    fault: Option<ProblemKind>,
}

impl<'r> Cells<'r> {
    pub(super) fn new(room: &'r mut u64) -> Self {
        Self { rows: BTreeMap::new(), room, fault: None }
    }

    /// Says why the sheet cannot be read.
    pub(super) fn fail(&mut self, fault: ProblemKind) {
        self.fault.get_or_insert(fault);
        self.rows.clear();
    }

    /// True when no more cells can help.
    pub(super) fn has_failed(&self) -> bool {
        self.fault.is_some()
    }

    pub(super) fn add(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ProblemKind> {
        let length = match &cell {
            Cell::Text(text) if text.is_empty() => return Ok(()),
            Cell::Text(text) | Cell::Error(text) => text.len(),
        };
        if self.fault.is_some() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(ProblemKind::TooLarge(LARGEST_UNPACKED));
        }
        spend(self.room, length as u64 + BYTES_A_CELL)?;
        self.rows.entry(row).or_default().insert(column, cell);
        // One row is the heading.
        if self.rows.len() > MOST_ROWS + 1 {
            self.fail(ProblemKind::TooManyRows(MOST_ROWS));
        }
        Ok(())
    }

    /// What was kept, of the sheet of this name.
    pub(super) fn sheet(self, name: &str) -> Sheet {
        Sheet { name: composed(name).into_owned(), rows: self.rows, fault: self.fault }
    }
}

/// The filled cells of a sheet that was read to its end.
pub(super) struct Sheet {
    /// What the sheet is called.
    pub(super) name: String,
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    fault: Option<ProblemKind>,
}

impl Sheet {
    /// The rows under the first filled one, which is the heading; what stands in columns without a
    /// heading is a note that nobody reads. `room` is how many bytes may still be kept.
    pub(super) fn table(self, room: &mut u64) -> Result<TextTable, ProblemKind> {
        let mut table = TextTable::default();
        table.problems.extend(self.fault.map(Problem::of_file));
        let mut rows = self.rows.into_iter();
        let Some((line, headings)) = rows.next() else { return Ok(table) };
        let mut places = BTreeMap::new();
        for (column, heading) in headings {
            match heading {
                Cell::Error(error) => table.problems.push(cell_error(line, column, "", error)),
                Cell::Text(heading) => {
                    places.insert(column, table.header.len());
                    table.header.push(heading);
                }
            }
        }
        for (line, row) in rows {
            let mut cells: Vec<String> = Vec::new();
            for (column, cell) in row {
                let Some(place) = places.get(&column).copied() else { continue };
                match cell {
                    Cell::Error(error) => {
                        let heading = table.header.get(place).map_or("", String::as_str);
                        table.problems.push(cell_error(line, column, heading, error));
                    }
                    Cell::Text(text) => {
                        spend(room, (place + 1 - cells.len()) as u64 * BYTES_A_PLACE)?;
                        cells.resize(place, String::new());
                        cells.push(text);
                    }
                }
            }
            if !cells.is_empty() {
                table.rows.push(TextRow { line: u64::from(line) + 1, cells });
            }
        }
        Ok(table)
    }

    /// Every row from its first column on, as far as `most_columns`. An error of the spreadsheet
    /// shows as it does there.
    pub(super) fn rows(
        self,
        most_columns: u32,
        room: &mut u64,
    ) -> Result<Vec<TextRow>, ProblemKind> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut rows = Vec::new();
        for (line, row) in self.rows {
            let mut cells: Vec<String> = Vec::new();
            for (column, cell) in row.into_iter().take_while(|(column, _)| *column < most_columns) {
                let place = usize::try_from(column).unwrap_or(usize::MAX);
                spend(room, (place + 1).saturating_sub(cells.len()) as u64 * BYTES_A_PLACE)?;
                cells.resize(place, String::new());
                let (Cell::Text(text) | Cell::Error(text)) = cell;
                cells.push(text);
            }
            rows.push(TextRow { line: u64::from(line) + 1, cells });
        }
        Ok(rows)
    }
}

fn spend(room: &mut u64, bytes: u64) -> Result<(), ProblemKind> {
    *room = room.checked_sub(bytes).ok_or(ProblemKind::TooLarge(LARGEST_UNPACKED))?;
    Ok(())
}

fn cell_error(line: u32, column: u32, heading: &str, error: String) -> Problem {
    let number = usize::try_from(column).unwrap_or(usize::MAX).saturating_add(1);
    Problem {
        line: Some(u64::from(line) + 1),
        column: Some(Column { number, heading: heading.to_owned() }),
        kind: ProblemKind::CellError(error),
    }
}

impl Cell {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(composed(text.trim()).into_owned())
    }

    /// A whole number has no decimal point.
    pub(super) fn number(number: f64) -> Self {
        Self::Text(number.to_string())
    }

    /// As `XLSForm` writes it.
    pub(super) fn truth(truth: bool) -> Self {
        Self::Text(if truth { "yes" } else { "no" }.to_owned())
    }

    /// `2026-12-02`, `14:32:05`, or both with a `T` between them.
    pub(super) fn moment(moment: ExcelDateTime) -> Self {
        let serial = moment.as_f64();
        if moment.is_duration() || !(0.0..2_958_466.0).contains(&serial) {
            return Self::number(serial);
        }
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let date = format!("{year:04}-{month:02}-{day:02}");
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        Self::Text(match (serial < 1.0, time.as_str()) {
            (true, _) => time,
            (false, "00:00:00") => date,
            (false, _) => format!("{date}T{time}"),
        })
    }

    /// A cell as `calamine` reads it.
    pub(super) fn of(value: &DataRef<'_>) -> Self {
        match value {
            DataRef::Empty => Self::Text(String::new()),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Self::text(text)
            }
            DataRef::SharedString(text) => Self::text(text),
            DataRef::Float(number) => Self::number(*number),
            DataRef::Int(number) => Self::Text(number.to_string()),
            DataRef::Bool(truth) => Self::truth(*truth),
            DataRef::DateTime(moment) => Self::moment(*moment),
            DataRef::Error(error) => Self::Error(error.to_string()),
        }
    }
}
