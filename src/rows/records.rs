//! The records of a CSV that comes in pieces, cut out of its bytes in one pass: a file of any size
//! is read through a buffer of a few megabytes, and cells stay where they are.
//!
//! What counts as a cell is what the `csv` crate says; a property test holds it to that.

use std::borrow::Cow;

use crate::packed_row::PackedRow;
use crate::text::composed;

/// In megabytes: no response is as long. A quotation mark that nothing closes makes a record of all
/// that follows.
pub const LONGEST_RECORD: u32 = 16;

const LONGEST: usize = LONGEST_RECORD as usize * 1024 * 1024;

/// What came next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A record.
    Record,
    /// The last one, which ends within quotation marks.
    Open,
    /// Nothing whole: more bytes must come first.
    More,
    /// The end.
    End,
    /// A record of over [`LONGEST_RECORD`], or bytes that are no UTF-8 text; nothing is read beyond.
    Broken(Broken),
}

/// Why nothing more can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A record is too long.
    TooLong,
    /// It is no UTF-8 text.
    NotUtf8,
}

/// The records of a CSV.
pub struct Records {
    classes: [u8; 256],
    separator: u8,
    buffer: Vec<u8>,
    /// Where in it the next record starts, and in which line, from 1.
    at: usize,
    line: u64,
    /// True when no more bytes are to come.
    is_whole: bool,
    broken: Option<Broken>,
}

/// What a byte outside of quotation marks is: it ends a cell, is seldom, or neither.
const STOP: u8 = 1;
const SELDOM: u8 = 2;

/// What was found of one record.
struct Found {
    /// Where the next one starts.
    end: usize,
    is_open: bool,
}

impl Records {
    /// Of cells between such separators; bytes have to be fed.
    pub fn new(separator: u8) -> Self {
        let mut classes = [0; 256];
        for (byte, class) in (0..=u8::MAX).zip(&mut classes) {
            *class = match byte {
                b'\n' | b'\r' => STOP,
                byte if byte == separator => STOP,
                b' '..=b'~' => 0,
                _ => SELDOM,
            };
        }
        let (buffer, broken) = (Vec::new(), None);
        Self { classes, separator, buffer, at: 0, line: 1, is_whole: false, broken }
    }

    /// Of a text that is whole.
    pub fn of(separator: u8, text: String) -> Self {
        Self { buffer: text.into_bytes(), is_whole: true, ..Self::new(separator) }
    }

    /// Adds the bytes that come next; `is_last` says whether they are the last ones.
    pub fn feed(&mut self, bytes: &[u8], is_last: bool) {
        if self.broken.is_some() {
            // Nothing of it is read.
            self.buffer = Vec::new();
            return;
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        self.buffer.extend_from_slice(bytes);
        self.is_whole = is_last;
    }

    /// Reads the next record that is no empty line. Cells come out as text is kept, see
    /// [`composed`].
    #[inline(never)]
    pub fn read(&mut self, row: &mut PackedRow) -> Next {
        if let Some(broken) = self.broken {
            return Next::Broken(broken);
        }
        if !self.skip_line_ends() {
            return Next::More;
        }
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return if self.is_whole { Next::End } else { Next::More };
        }
        row.begin(self.line);
        let mut pieces = Pieces::default();
        let found = self.cells(rest, row, &mut pieces);
        let length = found.as_ref().map_or(rest.len(), |found| found.end);
        if length > LONGEST {
            return self.broken(Broken::TooLong);
        }
        let Some(found) = found else { return Next::More };
        let Some(record) = rest.get(..found.end).and_then(|own| std::str::from_utf8(own).ok())
        else {
            return self.broken(Broken::NotUtf8);
        };
        row.hold(record);
        for (cell, text) in unescaped(&pieces.cells, record) {
            row.replace(cell, &text);
        }
        if !pieces.seldom.is_empty() {
            if record.contains('\0') {
                return self.broken(Broken::NotUtf8);
            }
            for cell in pieces.seldom {
                let text = row.cell(cell);
                if let Cow::Owned(text) = composed(text) {
                    row.replace(cell, &text);
                }
            }
        }
        self.line += pieces.lines;
        self.at += found.end;
        if found.is_open { Next::Open } else { Next::Record }
    }

    fn broken(&mut self, broken: Broken) -> Next {
        self.broken = Some(broken);
        Next::Broken(broken)
    }

    /// Goes over the ends of lines before a record: that of the one before, and of empty ones.
    /// False where that takes more bytes.
    fn skip_line_ends(&mut self) -> bool {
        loop {
            let next = |ahead: usize| self.buffer.get(self.at + ahead);
            let width = match (next(0), next(1)) {
                (Some(b'\r'), Some(b'\n')) => 2,
                // Its line feed may come with the next piece.
                (Some(b'\r'), None) if !self.is_whole => return false,
                (Some(b'\n' | b'\r'), _) => 1,
                _ => return true,
            };
            self.at += width;
            self.line += 1;
        }
    }

    /// Notes where the cells of the first record stand; `None` where it does not end yet.
    fn cells(&self, bytes: &[u8], row: &mut PackedRow, pieces: &mut Pieces) -> Option<Found> {
        let mut at = 0;
        loop {
            let (start, mut seldom, mut text) = (at, 0, None);
            if bytes.get(at) == Some(&b'"') {
                let quoted = Quoted::of(bytes, at + 1);
                let Some(close) = quoted.close else {
                    if !self.is_whole {
                        return None;
                    }
                    pieces.note(row.len(), quoted.is_escaped, start + 1..bytes.len());
                    pieces.seldom.push(row.len());
                    row.note(start + 1, bytes.len());
                    return Some(Found { end: bytes.len(), is_open: true });
                };
                if close + 1 == bytes.len() && !self.is_whole {
                    return None;
                }
                let inside = bytes.get(start + 1..close).unwrap_or_default();
                seldom |= inside.iter().fold(0, |all, byte| all | self.inside(*byte, pieces));
                text = Some((close, quoted.is_escaped));
                at = close + 1;
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let mut end = at;
            for byte in rest {
                let class = self.class(*byte);
                if class == STOP {
                    break;
                }
                seldom |= class;
                end += 1;
            }
            if seldom & SELDOM != 0 {
                pieces.seldom.push(row.len());
            }
            match text {
                None => row.note(start, end),
                Some((close, is_escaped)) => {
                    pieces.note(row.len(), is_escaped || end > at, start + 1..end);
                    row.note(start + 1, close);
                }
            }
            match bytes.get(end) {
                Some(byte) if *byte == self.separator => at = end + 1,
                // What ends the line is left for the next record.
                Some(_) => return Some(Found { end, is_open: false }),
                None if self.is_whole => return Some(Found { end, is_open: false }),
                None => return None,
            }
        }
    }

    fn class(&self, byte: u8) -> u8 {
        self.classes.get(usize::from(byte)).copied().unwrap_or(SELDOM)
    }

    /// What a byte between quotation marks is.
    fn inside(&self, byte: u8, pieces: &mut Pieces) -> u8 {
        pieces.lines += u64::from(byte == b'\n');
        match self.class(byte) {
            STOP if !matches!(byte, b' '..=b'~') => SELDOM,
            STOP => 0,
            class => class,
        }
    }
}

/// A text between quotation marks.
struct Quoted {
    /// Where the mark is that closes it.
    close: Option<usize>,
    /// True where marks stand in it, each twice.
    is_escaped: bool,
}

impl Quoted {
    fn of(bytes: &[u8], mut at: usize) -> Self {
        let mut is_escaped = false;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(mark) = rest.iter().position(|byte| *byte == b'"') else {
                return Self { close: None, is_escaped };
            };
            at += mark;
            if bytes.get(at + 1) != Some(&b'"') {
                return Self { close: Some(at), is_escaped };
            }
            is_escaped = true;
            at += 2;
        }
    }
}

/// The cells of a record that are not written as they are meant.
#[derive(Default)]
struct Pieces {
    /// Those with quotation marks in them, and where they stand.
    cells: Vec<(usize, std::ops::Range<usize>)>,
    /// Those in which not all letters are plain.
    seldom: Vec<usize>,
    /// How many lines end in it.
    lines: u64,
}

impl Pieces {
    fn note(&mut self, cell: usize, is_meant: bool, written: std::ops::Range<usize>) {
        if is_meant {
            self.cells.push((cell, written));
        }
    }
}

/// Cells with quotation marks in them as they are meant.
fn unescaped<'r>(
    cells: &'r [(usize, std::ops::Range<usize>)],
    record: &'r str,
) -> impl Iterator<Item = (usize, String)> + 'r {
    cells.iter().map(|(cell, written)| {
        let mut written = record.get(written.clone()).unwrap_or_default().chars().peekable();
        let (mut text, mut is_inside) = (String::new(), true);
        while let Some(letter) = written.next() {
            let is_mark = letter == '"' && is_inside;
            if is_mark && written.next_if_eq(&'"').is_none() {
                is_inside = false;
            } else {
                text.push(letter);
            }
        }
        (*cell, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Lines = Vec<(u64, Vec<String>)>;

    /// The records of a text that comes in pieces of these sizes, and how it ended.
    fn records(text: &str, sizes: &[usize]) -> (Lines, Next) {
        let mut records = Records::new(b',');
        let (mut row, mut found) = (PackedRow::default(), Vec::new());
        let (mut left, mut sizes) = (text.as_bytes(), sizes.iter().cycle());
        loop {
            match records.read(&mut row) {
                Next::Record => {}
                Next::More => {
                    let size = sizes.next().map_or(left.len(), |size| (*size).min(left.len()));
                    let (piece, others) = left.split_at(size);
                    records.feed(piece, others.is_empty());
                    left = others;
                    continue;
                }
                Next::Open => {
                    found.push((row.line, row.cells().map(str::to_owned).collect()));
                    return (found, Next::Open);
                }
                end => return (found, end),
            }
            found.push((row.line, row.cells().map(str::to_owned).collect()));
        }
    }

    fn of_the_crate(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(|cell| composed(cell).into_owned()).collect());
        rows.collect()
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_crate_however_the_text_is_cut(
            text in "([a,\"\n]|\r\n|\"a\"|,,|ộ|\"\"|\u{7}){0,24}",
            sizes in prop::collection::vec(1usize..9, 1..4),
        ) {
            let (whole, end) = records(&text, &[]);
            let cells: Vec<Vec<String>> = whole.iter().map(|(_, cells)| cells.clone()).collect();
            prop_assert_eq!(&cells, &of_the_crate(&text));
            prop_assert_eq!(records(&text, &sizes), (whole, end));
        }
    }

    #[test]
    fn a_record_is_named_by_the_line_it_starts_in_whatever_ends_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}{end}\"x\n\ny\",1{end}c,d");
            let lines: Vec<u64> = records(&text, &[3]).0.iter().map(|row| row.0).collect();
            assert_eq!(lines, [1, 3, 6], "{end:?}");
        }
    }

    #[test]
    fn a_mark_that_nothing_closes_is_told_and_does_not_fill_the_memory() {
        assert_eq!(records("a\n\"b,c\nd", &[2]).1, Next::Open);
        let text = format!("a\n\"{}", "b\n".repeat(LONGEST));
        let (found, end) = records(&text, &[1 << 22]);
        assert_eq!((found.len(), end), (1, Next::Broken(Broken::TooLong)));
        let mut records = Records::new(b',');
        records.feed(text.as_bytes(), false);
        let mut row = PackedRow::default();
        while records.read(&mut row) == Next::Record {}
        records.feed(text.as_bytes(), false);
        assert_eq!(records.buffer.capacity(), 0, "nothing is kept of what is not read");
    }

    #[test]
    fn what_is_no_text_is_told_where_it_begins() {
        let mut records = Records::new(b',');
        records.feed(b"a,b\n\xff,c\nd,e\n", true);
        let mut row = PackedRow::default();
        assert_eq!(records.read(&mut row), Next::Record);
        for _ in 0..2 {
            assert_eq!(records.read(&mut row), Next::Broken(Broken::NotUtf8));
        }
    }
}
