//! The cells of a row looked up among the answers that there may be: nearly all of them mean one
//! that an earlier row had, and only the others take somebody who knows the form.

use std::collections::HashMap;

use crate::answers::{Answers, Known, Names, Packer};
use crate::packed_row::PackedRow;

/// How the cells of rows become answers, one row after the other.
#[derive(Default)]
pub struct CellReader {
    /// In the order of the packer's names.
    columns: Vec<Cells>,
    packer: Packer,
}

/// The cells of one column.
#[derive(Default)]
pub struct Cells {
    /// Which cell of a row it is; `None` where the answer stands in several.
    at: Option<usize>,
    meanings: Meanings,
}

/// Which of its known answers the cells of a column meant so far, by its number.
#[derive(Default)]
struct Meanings {
    /// Of cells of one letter, as those of a rating; 0 where that is not known.
    letters: Vec<u16>,
    others: HashMap<Box<str>, u16>,
}

impl Cells {
    /// A column at this place of a row, of which these cells mean the known answers of these
    /// numbers, from 1.
    pub fn new<'c>(at: Option<usize>, meant: impl IntoIterator<Item = (&'c str, usize)>) -> Self {
        let mut meanings = Meanings::default();
        for (cell, number) in meant {
            meanings.remember(cell, number);
        }
        Self { at, meanings }
    }
}

impl Meanings {
    /// More different cells than any choice list has.
    const MOST: usize = 10_000;

    fn remember(&mut self, cell: &str, number: usize) {
        // Of more answers than this there are no numbers.
        let Ok(number) = u16::try_from(number) else { return };
        match cell.as_bytes() {
            [letter] => {
                self.letters.resize(usize::from(u8::MAX) + 1, 0);
                if let Some(known) = self.letters.get_mut(usize::from(*letter)) {
                    *known = number;
                }
            }
            _ if self.others.len() < Self::MOST => {
                self.others.entry(cell.into()).or_insert(number);
            }
            _ => {}
        }
    }

    fn number(&self, cell: &str) -> Option<usize> {
        let number = match cell.as_bytes() {
            [letter] => self.letters.get(usize::from(*letter)).filter(|number| **number > 0),
            _ => self.others.get(cell),
        };
        number.map(|number| usize::from(*number))
    }
}

impl CellReader {
    /// For the answers of these names, each with where it stands, in the order of the names.
    pub fn new(names: Names, columns: Vec<Cells>) -> Self {
        Self { columns, packer: Packer::new(names) }
    }

    /// Begins a row.
    pub fn begin(&mut self) {
        self.packer.begin();
    }

    /// Reads on until the place of an answer that somebody else has to find out and to add with
    /// [`Self::add`] or [`Self::add_text`]; `None` at the end of the row.
    #[inline(never)]
    pub fn read_on(&mut self, row: &PackedRow) -> Option<usize> {
        loop {
            let place = self.packer.next();
            let column = self.columns.get(place)?;
            let cell = column.at.map(|at| row.cell(at));
            match (cell, self.packer.known()) {
                (Some(""), _) => self.packer.push_nothing(),
                (Some(cell), Some(_)) => match column.meanings.number(cell) {
                    Some(number) => self.packer.push_known(number),
                    None => return Some(place),
                },
                _ => return Some(place),
            }
        }
    }

    /// The answers that the next question may have, where it is one of such.
    pub fn known(&self) -> Option<&Known> {
        self.packer.known()
    }

    /// Adds what a cell means whose answers are known: one of them, or none. The next cell like it
    /// is read without asking.
    pub fn add(&mut self, cell: &str, answer: &str) {
        let place = self.packer.next();
        let known = self.packer.known().map_or(&[][..], |known| known);
        let number = known.iter().position(|own| **own == *answer).map_or(0, |at| at + 1);
        if let Some(column) = self.columns.get_mut(place).filter(|_| number > 0) {
            column.meanings.remember(cell, number);
        }
        self.packer.push_known(number);
    }

    /// Adds an answer in words.
    pub fn add_text(&mut self, answer: &str) {
        self.packer.push_text(answer);
    }

    /// How many questions of the row are answered.
    pub fn filled(&self) -> usize {
        self.packer.filled()
    }

    /// The answers of the row.
    pub fn finish(&mut self) -> Answers {
        self.packer.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_asked_about_once_and_then_known() {
        let known: Known = ["1", "na"].map(Box::from).into();
        let names = Names::knowing([("a", Some(known)), ("b", None)]);
        let columns = vec![Cells::new(Some(1), [("1", 1)]), Cells::new(Some(0), [])];
        let mut reader = CellReader::new(names, columns);
        let mut asked = Vec::new();
        let mut read = |cells: [&str; 2]| {
            let mut row = PackedRow::default();
            row.begin(1);
            for cell in cells {
                row.push(cell);
            }
            reader.begin();
            while let Some(place) = reader.read_on(&row) {
                asked.push(place);
                match reader.known() {
                    Some(_) => reader.add(row.cell(1), "na"),
                    None => reader.add_text(row.cell(0)),
                }
            }
            let answers = reader.finish();
            (answers.get("a").to_owned(), answers.get("b").to_owned())
        };
        let said = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read(["", "1"]), said("1", ""));
        assert_eq!(read(["chữ", "không"]), said("na", "chữ"));
        assert_eq!(read(["", "không"]), said("na", ""));
        assert_eq!(asked, [0, 1], "once about the new word, once about the text");
    }
}
