//! Any CSV that people send, as a table of text: whatever its encoding, byte order mark,
//! separator or line ends.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::text_table::{TextRow, TextTable};
use crate::domain::problem::{Column, Problem, ProblemKind};
use rows::PackedRow;
use rows::records::{Broken, LONGEST_RECORD, Next, Records};

/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
    is_broken: bool,
}

impl CsvRows {
    /// Reads the heading line.
    ///
    /// # Errors
    /// When there is none that is whole.
    pub fn start(text: String) -> Result<Self, Problem> {
        Self::of_records(Records::of(separator(&text), text))
    }

    /// The same of a file of which only the beginning has come, which is UTF-8 text; `None` where
    /// that does not tell what it is.
    pub fn start_of(beginning: &[u8]) -> Option<Self> {
        let mut beginning = beginning;
        while let Some(rest) = beginning.strip_prefix(BYTE_ORDER_MARK) {
            beginning = rest;
        }
        let text = match std::str::from_utf8(beginning) {
            Ok(text) => text,
            // The piece may end within a letter.
            Err(error) if error.error_len().is_none() => {
                std::str::from_utf8(beginning.get(..error.valid_up_to())?).ok()?
            }
            Err(_) => return None,
        };
        let mut records = Records::new(separator(text));
        records.feed(beginning, false);
        Self::of_records(records).ok()
    }

    fn of_records(mut records: Records) -> Result<Self, Problem> {
        let mut row = PackedRow::default();
        match next_filled(&mut records, &mut row, true) {
            Next::Record => {}
            Next::End | Next::More => return Err(Problem::of_file(ProblemKind::Empty)),
            Next::Open => return Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed)),
            Next::Broken(broken) => return Err(broken_at(row.line, broken)),
        }
        let header: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
        Ok(Self { headings: header.len(), header, records, is_broken: false })
    }

    /// Adds the bytes that come next; `is_last` says whether they are the last ones.
    pub fn feed(&mut self, bytes: &[u8], is_last: bool) {
        self.records.feed(bytes, is_last);
    }

    /// True where nothing more can be read, whatever comes.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// The headings, the first time they are asked for.
    pub fn take_header(&mut self) -> Vec<String> {
        std::mem::take(&mut self.header)
    }

    /// Reads the next row; `None` after the last one, or where more bytes have to come first.
    ///
    /// # Errors
    /// What is wrong with the row; others may come after it.
    pub fn read(&mut self, row: &mut PackedRow) -> Option<Result<(), Problem>> {
        Some(match next_filled(&mut self.records, row, false) {
            Next::Record => wrong_length(self.headings, row.len(), row.line).map_or(Ok(()), Err),
            Next::Open => Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed)),
            Next::Broken(broken) if !self.is_broken => {
                self.is_broken = true;
                Err(broken_at(row.line, broken))
            }
            Next::Broken(_) | Next::More | Next::End => return None,
        })
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
    let (mut row, mut rows) = (PackedRow::default(), Vec::new());
    let mut records = Records::of(separator(&text), text);
    loop {
        match next_filled(&mut records, &mut row, rows.is_empty()) {
            Next::Record => rows.push(in_texts(&row)),
            Next::Open => return Err(Problem::of_line(row.line, ProblemKind::QuoteNotClosed)),
            Next::Broken(broken) => return Err(broken_at(row.line, broken)),
            Next::More | Next::End => break,
        }
    }
    if rows.is_empty() { Err(Problem::of_file(ProblemKind::Empty)) } else { Ok(rows) }
}

/// Reads the next record in which something stands; before the first one there may be Excel's line
/// about the separator.
fn next_filled(records: &mut Records, row: &mut PackedRow, is_first: bool) -> Next {
    loop {
        let next = records.read(row);
        if !matches!(next, Next::Record | Next::Open) {
            return next;
        }
        let is_excel_hint = is_first && row.cell(0).trim_start().starts_with("sep=");
        if !is_excel_hint && row.cells().any(|cell| !cell.trim().is_empty()) {
            return next;
        }
    }
}

fn broken_at(line: u64, broken: Broken) -> Problem {
    let kind = match broken {
        Broken::TooLong => ProblemKind::LineTooLong(LONGEST_RECORD),
        Broken::NotUtf8 => ProblemKind::NotText,
    };
    Problem::of_line(line, kind)
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
        // Files that were put one behind the other have more than one mark.
        Ok(text.trim_start_matches('\u{feff}').to_owned())
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
    let stated = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    if let Some(stated) = stated.filter(|byte| matches!(byte, b'\t' | b' '..=b'~' if *byte != b'"'))
    {
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
