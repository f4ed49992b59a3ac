//! The workbooks of Excel 97 to 2003: records in the stream `Workbook` of a compound file
//! ([MS-XLS]). Older ones are refused.
//!
//! [MS-XLS]: https://learn.microsoft.com/openspecs/office_file_formats/ms-xls

use std::collections::BTreeMap;

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::cells::{Cell, Cells, Sheet};
use super::compound::{Compound, u16_at, u32_at};
use crate::domain::problem::ProblemKind;

/// The records that matter, by their numbers.
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const PASSWORD: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const SEVERAL_SHORT_NUMBERS: u16 = 0x00bd;
    pub(super) const RICH_TEXT: u16 = 0x00d6;
    pub(super) const CELL_FORMAT: u16 = 0x00e0;
    pub(super) const SHARED_TEXTS: u16 = 0x00fc;
    pub(super) const SHARED_TEXT: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const TEXT: u16 = 0x0204;
    pub(super) const TRUTH_OR_ERROR: u16 = 0x0205;
    pub(super) const FORMULA_TEXT: u16 = 0x0207;
    pub(super) const SHORT_NUMBER: u16 = 0x027e;
    pub(super) const NUMBER_FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// Excel 97 to 2003.
const VERSION: u16 = 0x0600;

/// Every sheet; `room` is how many bytes may be kept of them.
///
/// # Errors
/// When the workbook is damaged, older than 1997, or has a password.
pub(super) fn read(bytes: &[u8], room: &mut u64) -> Result<Vec<Sheet>, ProblemKind> {
    let file = Compound::open(bytes).ok_or(ProblemKind::BadArchive)?;
    if file.has("EncryptedPackage") {
        return Err(ProblemKind::Locked);
    }
    let stream = file.stream("Workbook").ok_or(ProblemKind::BadArchive)?;
    let workbook = Workbook::read(&stream)?;
    let mut sheets = Vec::new();
    for (name, start) in &workbook.sheets {
        let mut cells = Cells::new(room);
        let records = Records { rest: stream.get(*start..).unwrap_or_default() };
        workbook.fill(&mut cells, records)?;
        sheets.push(cells.sheet(name));
    }
    Ok(sheets)
}

/// A record: what it is, and its bytes.
type Record<'s> = (u16, &'s [u8]);

/// The records of a stream; after what is cut off comes nothing.
struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    /// The bytes of the records that go on where the one read last ended.
    fn continued(&mut self) -> Vec<&'s [u8]> {
        let mut parts = Vec::new();
        while u16_at(self.rest, 0) == Some(record::CONTINUE) {
            parts.extend(self.next().map(|(_, bytes)| bytes));
        }
        parts
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let end = usize::from(u16_at(self.rest, 2)?) + 4;
        let bytes = self.rest.get(4..end);
        self.rest = self.rest.get(end..).unwrap_or_default();
        Some((kind, bytes?))
    }
}

/// What the cells of all sheets share.
#[derive(Default)]
struct Workbook {
    /// The sheets' names, and where in the stream they start.
    sheets: Vec<(String, usize)>,
    texts: Vec<String>,
    /// The number format of each cell format.
    cell_formats: Vec<u16>,
    /// Whether a number format of the workbook's own shows moments.
    shows_moments: BTreeMap<u16, bool>,
    counts_from_1904: bool,
}

impl Workbook {
    fn read(stream: &[u8]) -> Result<Self, ProblemKind> {
        let mut workbook = Self::default();
        let mut records = Records { rest: stream };
        let first = records.next();
        if !first
            .is_some_and(|(kind, bytes)| kind == record::BEGIN && u16_at(bytes, 0) == Some(VERSION))
        {
            return Err(ProblemKind::BadArchive);
        }
        while let Some((kind, bytes)) = records.next() {
            match kind {
                record::PASSWORD => return Err(ProblemKind::Locked),
                record::DATE_MODE => workbook.counts_from_1904 = u16_at(bytes, 0) == Some(1),
                record::SHEET => workbook.sheets.extend(sheet(bytes)),
                record::CELL_FORMAT => {
                    workbook.cell_formats.push(u16_at(bytes, 2).unwrap_or_default());
                }
                record::NUMBER_FORMAT => {
                    let format = Texts::new(bytes.get(2..).unwrap_or_default(), []).text();
                    let shows_moments = shows_moments(&format.unwrap_or_default());
                    let number = u16_at(bytes, 0).unwrap_or_default();
                    workbook.shows_moments.insert(number, shows_moments);
                }
                record::SHARED_TEXTS => {
                    let bytes = bytes.get(8..).unwrap_or_default();
                    let mut texts = Texts::new(bytes, records.continued());
                    workbook.texts = std::iter::from_fn(|| texts.text()).collect();
                }
                record::END => return Ok(workbook),
                _ => {}
            }
        }
        Err(ProblemKind::BadArchive)
    }

    /// Adds the cells of a sheet; one that is cut off has a fault.
    fn fill(&self, cells: &mut Cells<'_>, mut records: Records<'_>) -> Result<(), ProblemKind> {
        // Charts within a sheet begin and end inside it; their cells are not the sheet's.
        let mut depth = 0usize;
        let mut formula = (0, 0);
        while let Some((kind, bytes)) = records.next() {
            match kind {
                record::BEGIN => depth += 1,
                record::END if depth <= 1 => return Ok(()),
                record::END => depth -= 1,
                _ if depth != 1 => {}
                record::SEVERAL_SHORT_NUMBERS => {
                    let (Some(row), Some(first)) = (u16_at(bytes, 0), u16_at(bytes, 2)) else {
                        continue;
                    };
                    let numbers = bytes.get(4..).unwrap_or_default().as_chunks::<6>().0;
                    for (column, entry) in (u32::from(first)..).zip(numbers) {
                        if let (Some(format), Some(bits)) = (u16_at(entry, 0), u32_at(entry, 2)) {
                            let cell = self.number(short_number(bits), format);
                            cells.add(u32::from(row), column, cell)?;
                        }
                    }
                }
                record::FORMULA_TEXT => {
                    let text = Texts::new(bytes, records.continued()).text();
                    let cell = Cell::text(&text.unwrap_or_default());
                    cells.add(formula.0, formula.1, cell)?;
                }
                _ => {
                    let (Some(row), Some(column)) = (u16_at(bytes, 0), u16_at(bytes, 2)) else {
                        continue;
                    };
                    let (row, column) = (u32::from(row), u32::from(column));
                    if kind == record::FORMULA {
                        formula = (row, column);
                    }
                    if let Some(cell) = self.cell(kind, bytes) {
                        cells.add(row, column, cell)?;
                    }
                }
            }
        }
        cells.fail(ProblemKind::BadArchive);
        Ok(())
    }

    /// The cell of a record that has one.
    fn cell(&self, kind: u16, bytes: &[u8]) -> Option<Cell> {
        let format = u16_at(bytes, 4)?;
        match kind {
            record::SHORT_NUMBER => Some(self.number(short_number(u32_at(bytes, 6)?), format)),
            record::SHARED_TEXT => {
                let text = self.texts.get(usize::try_from(u32_at(bytes, 6)?).ok()?)?;
                Some(Cell::text(text))
            }
            record::TEXT | record::RICH_TEXT => {
                Some(Cell::text(&Texts::new(bytes.get(6..)?, []).text()?))
            }
            record::TRUTH_OR_ERROR => {
                let value = *bytes.get(6)?;
                Some(if *bytes.get(7)? == 0 { Cell::truth(value != 0) } else { error(value) })
            }
            record::FORMULA if u16_at(bytes, 12)? == 0xffff => match *bytes.get(6)? {
                1 => Some(Cell::truth(*bytes.get(8)? != 0)),
                2 => Some(error(*bytes.get(8)?)),
                // Empty, or a text in a record of its own.
                _ => None,
            },
            record::NUMBER | record::FORMULA => Some(self.number(f64_at(bytes, 6)?, format)),
            _ => None,
        }
    }

    fn number(&self, number: f64, cell_format: u16) -> Cell {
        let format = self.cell_formats.get(usize::from(cell_format)).copied().unwrap_or_default();
        let of_own = self.shows_moments.get(&format).copied();
        if of_own.unwrap_or(matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)) {
            let kind = ExcelDateTimeType::DateTime;
            Cell::moment(ExcelDateTime::new(number, kind, self.counts_from_1904))
        } else {
            Cell::number(number)
        }
    }
}

/// The name of a sheet of cells and where it starts; none for charts and modules.
fn sheet(bytes: &[u8]) -> Option<(String, usize)> {
    let start = usize::try_from(u32_at(bytes, 0)?).ok()?;
    let is_cells = *bytes.get(5)? == 0;
    let length = usize::from(*bytes.get(6)?);
    let is_wide = *bytes.get(7)? & 1 != 0;
    let name = Texts::new(bytes.get(8..)?, []).characters(length, is_wide)?;
    is_cells.then_some((name, start))
}

/// True when a number format shows days or times: a letter of theirs outside quotes, brackets and
/// what is escaped.
fn shows_moments(format: &str) -> bool {
    let mut letters = format.chars();
    let mut closing = None;
    while let Some(letter) = letters.next() {
        match (closing, letter) {
            (Some(end), letter) => closing = (letter != end).then_some(end),
            (None, '"') => closing = Some('"'),
            (None, '[') => closing = Some(']'),
            (None, '\\' | '_' | '*') => {
                letters.next();
            }
            (None, 'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S') => return true,
            (None, _) => {}
        }
    }
    false
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..)?.first_chunk().map(|number| f64::from_le_bytes(*number))
}

/// A number in four bytes: a whole one, or the upper half of a floating one, perhaps hundredfold.
fn short_number(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn error(code: u8) -> Cell {
    let shown = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell::Error(shown.to_owned())
}

/// Texts in a record and those that go on after it.
struct Texts<'s> {
    bytes: &'s [u8],
    further: std::vec::IntoIter<&'s [u8]>,
}

impl<'s> Texts<'s> {
    fn new(bytes: &'s [u8], further: impl Into<Vec<&'s [u8]>>) -> Self {
        Self { bytes, further: further.into().into_iter() }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((first, rest)) = self.bytes.split_first() {
                self.bytes = rest;
                return Some(*first);
            }
            self.bytes = self.further.next()?;
        }
    }

    fn number<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut number = [0; N];
        for byte in &mut number {
            *byte = self.byte()?;
        }
        Some(number)
    }

    fn skip(&mut self, mut count: usize) {
        while let Some(left) = count.checked_sub(self.bytes.len()).filter(|left| *left > 0) {
            count = left;
            let Some(further) = self.further.next() else { break };
            self.bytes = further;
        }
        self.bytes = self.bytes.get(count..).unwrap_or_default();
    }

    /// A text with its length, its kind, and what it says of fonts and readings behind it.
    fn text(&mut self) -> Option<String> {
        let length = u16::from_le_bytes(self.number()?);
        let flags = self.byte()?;
        let fonts = if flags & 8 != 0 { u16::from_le_bytes(self.number()?) } else { 0 };
        let readings = if flags & 4 != 0 { u32::from_le_bytes(self.number()?) } else { 0 };
        let text = self.characters(usize::from(length), flags & 1 != 0)?;
        self.skip(usize::from(fonts) * 4);
        self.skip(usize::try_from(readings).unwrap_or(usize::MAX));
        Some(text)
    }

    /// So many characters of one or two bytes each; a record that goes on says anew which.
    fn characters(&mut self, length: usize, mut is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.bytes.is_empty() {
                is_wide = self.byte()? & 1 != 0;
                continue;
            }
            units.push(if is_wide {
                u16::from_le_bytes(self.number()?)
            } else {
                u16::from(self.byte()?)
            });
        }
        Some(String::from_utf16_lossy(&units))
    }
}
