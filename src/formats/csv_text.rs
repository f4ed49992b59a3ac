//! Any CSV that people send, as a table of text: whatever its encoding, byte order mark,
//! separator or line ends.

use std::io::Cursor;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::text_table::{PackedRow, TextRow, TextTable};
use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::domain::search::{composed, is_plain};

/// Reads the bytes of a CSV, see [`parse`].
///
/// # Errors
/// As [`parse`], and when the bytes are no text.
pub fn read(bytes: &[u8]) -> Result<TextTable, Problem> {
    parse(&decoded(bytes).map_err(Problem::of_file)?)
}

/// Reads a CSV with a heading line. Text comes out in NFC.
///
/// # Errors
/// What makes the whole file unreadable; faults of single rows are in [`TextTable::problems`].
pub fn parse(text: &str) -> Result<TextTable, Problem> {
    let mut rows = CsvRows::start(text.to_owned())?;
    let mut table = TextTable { header: rows.take_header(), ..TextTable::default() };
    for row in rows {
        match row {
            Ok(row) => table.rows.push(row),
            Err(problem) => table.problems.push(problem),
        }
    }
    Ok(table)
}

/// A CSV with a heading line that is read row by row: each is whole, or what is wrong with it.
pub struct CsvRows {
    header: Vec<String>,
    headings: usize,
    records: Records,
}

impl CsvRows {
    /// Reads the heading line.
    ///
    /// # Errors
    /// When there is none that is whole.
    pub fn start(text: String) -> Result<Self, Problem> {
        let (mut records, mut row) = (Records::of(text), PackedRow::default());
        let is_open = records.read(&mut row).ok_or(Problem::of_file(ProblemKind::Empty))?;
        if is_open {
            return Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed));
        }
        let header: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
        Ok(Self { headings: header.len(), header, records })
    }

    /// The headings, the first time they are asked for.
    pub fn take_header(&mut self) -> Vec<String> {
        std::mem::take(&mut self.header)
    }

    /// Reads the next row; `None` after the last one.
    ///
    /// # Errors
    /// What is wrong with the row; others may come after it.
    pub fn read(&mut self, row: &mut PackedRow) -> Option<Result<(), Problem>> {
        let is_open = self.records.read(row)?;
        if is_open {
            return Some(Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed)));
        }
        Some(wrong_length(self.headings, row.len(), row.line).map_or(Ok(()), Err))
    }
}

impl Iterator for CsvRows {
    type Item = Result<TextRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = PackedRow::default();
        Some(self.read(&mut row)?.map(|()| in_texts(&row)))
    }
}

fn in_texts(row: &PackedRow) -> TextRow {
    TextRow { line: row.line, cells: row.cells().map(str::to_owned).collect() }
}

/// Reads the rows of a CSV of which nobody has said yet which is the heading; they may be of any
/// length.
///
/// # Errors
/// When the bytes are no text, have no rows, or end inside quotation marks.
pub fn rows(bytes: &[u8]) -> Result<Vec<TextRow>, Problem> {
    let text = decoded(bytes).map_err(Problem::of_file)?;
    let (mut records, mut row, mut rows) = (Records::of(text), PackedRow::default(), Vec::new());
    while let Some(is_open) = records.read(&mut row) {
        if is_open {
            return Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed));
        }
        rows.push(in_texts(&row));
    }
    if rows.is_empty() { Err(Problem::of_file(ProblemKind::Empty)) } else { Ok(rows) }
}

/// The rows in which something stands.
struct Records {
    reader: csv::Reader<Cursor<String>>,
    record: csv::StringRecord,
    is_first: bool,
}

impl Records {
    fn of(text: String) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&text))
            .from_reader(Cursor::new(text));
        Self { reader, record: csv::StringRecord::new(), is_first: true }
    }
}

impl Records {
    /// Reads the next row in which something stands, and tells whether it is the last one with a
    /// quotation mark that nothing closes; `None` after the last row.
    fn read(&mut self, row: &mut PackedRow) -> Option<bool> {
        loop {
            let start = self.reader.position().clone();
            match self.reader.read_record(&mut self.record) {
                Ok(true) => {}
                // From text in memory there is neither an I/O nor an encoding error.
                Ok(false) | Err(_) => return None,
            }
            let (text, end) = (self.reader.get_ref().get_ref(), self.reader.position());
            let record = &self.record;
            let line = record.position().map_or(start.line(), csv::Position::line);
            let raw = raw_record(text, &start, end);
            let is_last = end.byte() >= text.len() as u64;
            let is_excel_hint = self.is_first && raw.trim_start().starts_with("sep=");
            if is_excel_hint || record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.is_first = false;
            let is_open = is_last && is_open(raw, record.iter().next_back().unwrap_or_default());
            row.begin(line);
            if is_plain(record.as_slice()) {
                record.iter().for_each(|cell| row.push(cell));
            } else {
                record.iter().for_each(|cell| row.push(&composed(cell)));
            }
            return Some(is_open);
        }
    }
}

/// True when the last cell of a raw row was opened by a quotation mark that nothing closes.
fn is_open(raw: &str, last_cell: &str) -> bool {
    let written = last_cell.replace('"', "\"\"");
    raw.strip_suffix(&written).is_some_and(|before| {
        let quotes = before.chars().filter(|c| *c == '"').count();
        before.ends_with('"') && quotes % 2 == 1
    })
}

fn raw_record<'t>(text: &'t str, start: &csv::Position, end: &csv::Position) -> &'t str {
    let byte = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
    text.get(byte(start)..byte(end)).unwrap_or_default()
}

fn wrong_length(headings: usize, fields: usize, line: u64) -> Option<Problem> {
    match fields.cmp(&headings) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less => {
            Some(Problem::of_line(line, ProblemKind::TooFewFields { headings, fields }))
        }
        std::cmp::Ordering::Greater => Some(Problem {
            line: Some(line),
            column: Some(Column { number: headings + 1, heading: String::new() }),
            kind: ProblemKind::TooManyFields { headings, fields },
        }),
    }
}

/// The bytes as text: by the byte order mark, else UTF-8 if it is valid, else UTF-16 if every
/// other byte is zero, else Windows-1258, the old code page of Vietnamese.
///
/// # Errors
/// When there is no text in them, or UTF-8 that was damaged on its way.
pub fn decoded(bytes: &[u8]) -> Result<String, ProblemKind> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0
    } else if let Some(encoding) = utf_16_without_mark(bytes) {
        encoding.decode_without_bom_handling(bytes).0
    } else if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        text
    } else if bytes.contains(&0) {
        return Err(ProblemKind::NotText);
    } else if let Some(line) = damaged_utf_8(bytes) {
        return Err(ProblemKind::Damaged(line));
    } else {
        WINDOWS_1258.decode_without_bom_handling(bytes).0
    };
    if text.trim().is_empty() {
        Err(ProblemKind::Empty)
    } else if text.contains('\0') {
        Err(ProblemKind::NotText)
    } else {
        Ok(text.into_owned())
    }
}

/// The line of the first broken character, where most of the letters beyond ASCII are UTF-8.
fn damaged_utf_8(bytes: &[u8]) -> Option<usize> {
    let (mut letters, mut broken, mut first) = (0, 0, None);
    let mut before = 0;
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        before += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            broken += 1;
            first = first.or(Some(before));
            before += chunk.invalid().len();
        }
    }
    let lines = bytes.get(..first?)?.split(|byte| *byte == b'\n').count();
    (letters > broken).then_some(lines)
}

fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = bytes.get(..bytes.len().min(1000))?;
    let zeros =
        |offset: usize| beginning.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = beginning.len() / 4;
    match () {
        () if second > many && first == 0 => Some(UTF_16LE),
        () if first > many && second == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// The separator: of comma, semicolon and tab the one that the heading line has most of and by
/// which the first rows are as long as it; headings in words may have many commas.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    // `sep=;` in the first line says it outright; Excel writes it.
    let text = text.trim_start();
    if let Some(stated) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return stated;
    }
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(s, _)| *s == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The sort leaves those that are equally many in their order.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let likely: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).collect();
    if let [(only, _)] = likely.as_slice() {
        return *only;
    }
    let fitting = likely.into_iter().find(|(separator, _)| rows_are_alike(text, *separator));
    fitting.or(counts.first()).map_or(b',', |(separator, _)| *separator)
}

/// True when the first rows have as many fields as the heading.
fn rows_are_alike(text: &str, separator: u8) -> bool {
    const LOOKED_AT: usize = 10;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let rows = reader.records().take(LOOKED_AT).map_while(Result::ok);
    let mut lengths =
        rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).map(|row| row.len());
    let heading = lengths.next();
    lengths.all(|length| Some(length) == heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let table = read(bytes).unwrap();
        assert_eq!(table.problems, []);
        let rows = table.rows.into_iter().map(|row| row.cells);
        std::iter::once(table.header).chain(rows).collect()
    }

    #[test]
    fn a_table_is_read_whatever_program_saved_it() {
        let expected = [["xã", "chức danh"], ["Đại Từ", "Bí thư; PBT"]];
        let plain = "xã,chức danh\nĐại Từ,Bí thư; PBT\n";
        let excel = "\u{feff}xã;chức danh\r\nĐại Từ;\"Bí thư; PBT\"\r\n";
        let tabs = "xã\tchức danh\nĐại Từ\tBí thư; PBT";
        for text in [plain, excel, tabs] {
            assert_eq!(cells(text.as_bytes()), expected, "{text}");
        }
        let units: Vec<u16> = plain.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(cells(&little), expected);
        assert_eq!(cells(&big), expected);
        assert_eq!(cells(&[&[0xff, 0xfe][..], &little].concat()), expected);
        assert_eq!(cells(&[&[0xfe, 0xff][..], &big].concat()), expected);
    }

    #[test]
    fn commas_in_headings_do_not_hide_the_separator() {
        let table = "Ghi rõ xã, phường, đặc khu;Tuổi\r\nĐại Từ;45\r\n";
        assert_eq!(cells(table.as_bytes())[1], ["Đại Từ", "45"]);
        let table = "Xã; phường; đặc khu,Tuổi\r\nĐại Từ,45\r\n";
        assert_eq!(cells(table.as_bytes())[1], ["Đại Từ", "45"]);
    }

    #[test]
    fn windows_1258_becomes_the_same_letters_as_utf_8() {
        // Windows-1258 writes the tone as a letter of its own behind the vowel.
        let saved = b"xa\xde,ch\xfd\xecc\nT\xe2n C\xfd\xd5ng,Bi\xec th\xfd\n";
        let rows = cells(saved);
        assert_eq!(rows[0][0], "xã");
        assert_eq!(rows[0][1], "chức");
        assert_eq!(rows[1][1], "Bí thư");
    }

    #[test]
    fn what_is_no_table_is_refused_as_what_it_is() {
        let kind = |bytes: &[u8]| read(bytes).unwrap_err().kind;
        assert_eq!(kind(b""), ProblemKind::Empty);
        assert_eq!(kind(b" \r\n \n"), ProblemKind::Empty);
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), ProblemKind::NotText);
        assert_eq!(kind(&vec![0; 10_000_000]), ProblemKind::NotText);
    }

    #[test]
    fn a_broken_row_is_named_by_its_line_and_the_others_are_read() {
        let table = read(b"a,b\n1,2\n3\n4,5,6\n7,8\n9,\"x\n").unwrap();
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 5]);
        let problems: Vec<_> = table.problems.iter().map(|p| (p.line, &p.kind)).collect();
        assert_eq!(
            problems,
            [
                (Some(3), &ProblemKind::TooFewFields { headings: 2, fields: 1 }),
                (Some(4), &ProblemKind::TooManyFields { headings: 2, fields: 3 }),
                (Some(6), &ProblemKind::QuoteNotClosed),
            ]
        );
    }

    #[test]
    fn a_quotation_mark_inside_a_cell_is_not_an_open_one() {
        assert_eq!(cells(b"a,b\n1,15\" wide")[1], ["1", "15\" wide"]);
        assert_eq!(cells(b"a,b\n1,\"say \"\"x\"\"\"\n")[1], ["1", "say \"x\""]);
        let table = read(b"a,b\n1,\"say \"\"x\n").unwrap();
        assert_eq!(table.problems[0].kind, ProblemKind::QuoteNotClosed);
    }

    #[test]
    fn excels_line_about_the_separator_is_no_heading() {
        assert_eq!(cells(b"sep=;\r\na;b\r\n1;2\r\n"), [["a", "b"], ["1", "2"]]);
    }

    #[test]
    fn damaged_utf_8_is_refused_with_its_line_and_not_read_as_another_code_page() {
        let mut bytes = "tên,lớp\nTrường mở,ở xã\n".as_bytes().to_vec();
        let at = bytes.iter().position(|byte| *byte == b'T').unwrap() + 2;
        bytes.insert(at, 0xff);
        assert_eq!(read(&bytes).unwrap_err().kind, ProblemKind::Damaged(2));
    }

    #[test]
    fn line_breaks_in_an_answer_keep_the_count_of_lines_right() {
        let table = read(b"a,b\n\"one\ntwo\",2\n3,4\n").unwrap();
        assert_eq!(table.rows[0].cells[0], "one\ntwo");
        assert_eq!(table.rows[1].line, 4);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(table) = read(&bytes) {
                prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
            }
        }
    }
}
