//! The roster as a table of cells: where one is in it, what is marked, and what is typed or pasted.

use std::rc::Rc;

use crate::domain::roster::{MOST_PEOPLE, MOST_UNITS, Roster, Side, Unit};
use crate::domain::search::folded;
use crate::formats::clipboard;

/// The first columns are of the unit itself; then each post has one for either side.
const OF_UNIT: usize = 2;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The unit's name.
    Name,
    /// The unit's code.
    Code,
    /// One of the two numbers of the post at this position.
    People(usize, Side),
}

impl Column {
    /// The column at a position.
    pub fn at(column: usize) -> Self {
        let post = |column: usize| (column - OF_UNIT) / Side::ALL.len();
        match column {
            0 => Self::Name,
            1 => Self::Code,
            column if column % 2 == 0 => Self::People(post(column), Side::Quota),
            column => Self::People(post(column), Side::Actual),
        }
    }

    /// How many columns a roster has.
    pub fn count(roster: &Roster) -> usize {
        OF_UNIT + roster.posts.len() * Side::ALL.len()
    }
}

/// A cell: the line counted from 0, which is the line of defaults, among those shown; and the
/// column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where one goes from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// So many lines down, or up if negative.
    Lines(isize),
    /// So many columns to the right, or to the left if negative.
    Columns(isize),
    /// Onto the next cell to be filled, or back: from the end of a line to the start of another.
    Next(isize),
    /// To the first or last column of the line.
    LineEnd(bool),
    /// To the first or last line.
    Ends(bool),
}

/// What is shown of the roster, and what is marked in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// What units are looked for.
    pub search: String,
    /// The units shown, as positions.
    pub shown: Rc<[usize]>,
    /// Where one is.
    pub cursor: Spot,
    /// The opposite corner of the marked cells.
    pub anchor: Spot,
    /// What is typed into the cell one is at and is not taken yet.
    pub typed: Option<String>,
    /// Counts the moves, so that the screen knows when the cell wants the focus.
    pub moves: u32,
}

/// What came of a paste, or of typing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// Cells that were filled.
    pub cells: usize,
    /// Units that were added.
    pub added: usize,
    /// The first text that is no number of people, and how many there were.
    pub refused: Option<(String, usize)>,
    /// Cells for which there was no room.
    pub beyond: usize,
}

impl Grid {
    /// Shows the units that are looked for.
    pub fn show(&mut self, roster: &Roster) {
        let wanted = folded(&self.search);
        let units = roster.units.iter().enumerate();
        let shown = units.filter(|(_, unit)| {
            wanted.is_empty() || folded(&unit.name).contains(&wanted) || unit.code.contains(&wanted)
        });
        self.shown = shown.map(|(at, _)| at).collect();
        self.stay_inside(roster);
    }

    fn stay_inside(&mut self, roster: &Roster) {
        let last = Spot { line: self.shown.len(), column: Column::count(roster) - 1 };
        for spot in [&mut self.cursor, &mut self.anchor] {
            spot.line = spot.line.min(last.line);
            spot.column = spot.column.min(last.column);
        }
    }

    /// The unit of a line; `None` for the line of defaults.
    pub fn unit(&self, line: usize) -> Option<usize> {
        self.shown.get(line.checked_sub(1)?).copied()
    }

    /// The lines and columns that are marked.
    pub fn marked(&self) -> (std::ops::RangeInclusive<usize>, std::ops::RangeInclusive<usize>) {
        let (a, b) = (self.cursor, self.anchor);
        (a.line.min(b.line)..=a.line.max(b.line), a.column.min(b.column)..=a.column.max(b.column))
    }

    /// True when more than one cell is marked.
    pub fn marks_several(&self) -> bool {
        self.cursor != self.anchor
    }

    /// Goes to a cell; the marked ones reach from where one was if `extend`.
    pub fn go(&mut self, roster: &Roster, to: Spot, extend: bool) {
        self.cursor = to;
        self.stay_inside(roster);
        if !extend {
            self.anchor = self.cursor;
        }
        self.moves = self.moves.wrapping_add(1);
    }

    /// Goes on from where one is.
    pub fn step(&mut self, roster: &Roster, step: Move, extend: bool) {
        let Spot { line, column } = self.cursor;
        let columns = Column::count(roster);
        let to = match step {
            Move::Lines(by) => Spot { line: line.saturating_add_signed(by), column },
            Move::Columns(by) => Spot { line, column: column.saturating_add_signed(by) },
            Move::Next(by) => {
                let place = (line * columns + column).saturating_add_signed(by);
                Spot { line: place / columns, column: place % columns }
            }
            Move::LineEnd(last) => Spot { line, column: if last { columns - 1 } else { 0 } },
            Move::Ends(last) => Spot { line: if last { self.shown.len() } else { 1 }, column },
        };
        // Behind the last cell there is none to go to.
        if to.line <= self.shown.len() {
            self.go(roster, to, extend);
        } else if let Move::Lines(_) = step {
            self.go(roster, Spot { line: self.shown.len(), column }, extend);
        }
    }

    /// What stands in a cell, and whether it is there by default only.
    pub fn text(&self, roster: &Roster, spot: Spot) -> (String, bool) {
        let number =
            |people: Option<u32>| people.map_or(String::new(), |people| people.to_string());
        match (self.unit(spot.line), Column::at(spot.column)) {
            (None, Column::People(post, side)) => {
                let post = roster.posts.get(post);
                (number(post.and_then(|post| post.default.get(side))), false)
            }
            (None, _) => (String::new(), false),
            (Some(unit), Column::People(post, side)) => {
                let is_own = roster.own_places(unit, post).get(side).is_some();
                (number(roster.places(unit, post).get(side)), !is_own)
            }
            (Some(unit), column) => {
                let unit = roster.units.get(unit);
                let text = unit.map(|unit| match column {
                    Column::Name => unit.name.clone(),
                    _ => unit.code.clone(),
                });
                (text.unwrap_or_default(), false)
            }
        }
    }

    /// The marked cells as a spreadsheet takes them.
    pub fn copied(&self, roster: &Roster) -> String {
        let (lines, columns) = self.marked();
        let rows: Vec<Vec<String>> = lines
            .map(|line| {
                columns.clone().map(|column| self.text(roster, Spot { line, column }).0).collect()
            })
            .collect();
        clipboard::text(&rows)
    }

    /// Takes what was typed into the cell one is at.
    pub fn take_typed(&mut self, roster: &mut Rc<Roster>) -> Option<Filled> {
        let typed = self.typed.take()?;
        let mut filled = Filled::default();
        self.fill_spot(roster, self.cursor, &typed, &mut filled);
        Some(filled)
    }

    /// Empties the marked cells; those of posts follow their defaults again. Names and codes stay.
    pub fn clear(&mut self, roster: &mut Rc<Roster>) {
        let (lines, columns) = self.marked();
        for line in lines {
            for column in columns.clone() {
                if let Column::People(..) = Column::at(column) {
                    self.fill_spot(roster, Spot { line, column }, "", &mut Filled::default());
                }
            }
        }
    }

    /// Fills cells from the first marked one on; one single cell fills all that are marked. Lines
    /// that begin with a name below the last one are new units, unless only some are shown.
    pub fn paste(&mut self, roster: &mut Rc<Roster>, text: &str) -> Filled {
        let block = clipboard::cells(text);
        let (lines, columns) = self.marked();
        let mut filled = Filled::default();
        if let [row] = block.as_slice()
            && let [cell] = row.as_slice()
        {
            for line in lines {
                for column in columns.clone() {
                    self.fill_spot(roster, Spot { line, column }, cell, &mut filled);
                }
            }
            return filled;
        }
        let may_add = *columns.start() == 0 && folded(&self.search).is_empty();
        for (line, row) in (*lines.start()..).zip(&block) {
            let has_name = row.first().is_some_and(|name| !name.is_empty());
            if line > self.shown.len() && may_add && has_name && roster.units.len() < MOST_UNITS {
                Rc::make_mut(roster).units.push(Unit::default());
                self.show(roster);
                filled.added += 1;
            }
            for (column, cell) in (*columns.start()..).zip(row) {
                if line > self.shown.len() || column >= Column::count(roster) {
                    filled.beyond += 1;
                } else {
                    self.fill_spot(roster, Spot { line, column }, cell, &mut filled);
                }
            }
        }
        let last = Spot {
            line: lines.start() + block.len().saturating_sub(1),
            column: columns.start()
                + block.iter().map(Vec::len).max().unwrap_or(1).saturating_sub(1),
        };
        self.cursor = Spot { line: *lines.start(), column: *columns.start() };
        self.anchor = last;
        self.stay_inside(roster);
        self.moves = self.moves.wrapping_add(1);
        filled
    }

    fn fill_spot(&self, roster: &mut Rc<Roster>, spot: Spot, text: &str, filled: &mut Filled) {
        fill(roster, self.unit(spot.line), Column::at(spot.column), text, filled);
    }
}

/// Fills a cell of a unit, or of the defaults.
pub(super) fn fill(
    roster: &mut Rc<Roster>,
    unit: Option<usize>,
    column: Column,
    text: &str,
    filled: &mut Filled,
) {
    let text = text.trim();
    match (unit, column) {
        (_, Column::People(post, side)) => {
            let Ok(people) = people(text) else {
                let (_, count) = filled.refused.get_or_insert_with(|| (text.to_owned(), 0));
                *count += 1;
                return;
            };
            let roster = Rc::make_mut(roster);
            match unit {
                Some(unit) => roster.set(unit, post, side, people),
                None => roster.set_default(post, side, people),
            }
        }
        (Some(unit), column) => {
            let Some(unit) = Rc::make_mut(roster).units.get_mut(unit) else { return };
            match column {
                Column::Name => text.clone_into(&mut unit.name),
                _ => text.clone_into(&mut unit.code),
            }
        }
        (None, _) => return,
    }
    filled.cells += 1;
}

/// A number of people as it is typed; nothing for nothing.
fn people(text: &str) -> Result<Option<u32>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number <= MOST_PEOPLE);
    number.map(Some).ok_or(())
}

/// The lines to draw of those behind the headings: what is in view, and some around.
pub fn window(lines: usize, first_in_view: usize, in_view: usize) -> std::ops::Range<usize> {
    /// Enough for a page of the keyboard.
    const AROUND: usize = 12;
    let start = first_in_view.saturating_sub(AROUND).min(lines);
    let end = first_in_view.saturating_add(in_view).saturating_add(AROUND).min(lines);
    start..end
}

#[cfg(test)]
mod tests;
