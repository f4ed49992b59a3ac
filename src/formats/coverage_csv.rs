//! Coverage and reminders as tables: with codes for programs, or in the words of a language for
//! people.

use super::export::Words;
use super::table::{Cell, Table};
use crate::domain::coverage::{Coverage, post_name};
use crate::domain::form::Form;
use crate::domain::roster::{Roster, Unit};

/// Every unit and post with what should be there, what is, and what came.
pub fn coverage_table(form: &Form, roster: &Roster, coverage: &Coverage, words: Words) -> Table {
    let mut header = place_headings(words);
    header.extend(match words {
        None => ["quota", "actual", "asked", "received", "missing", "doubled"].map(str::to_owned),
        Some(t) => t.coverage_columns().map(str::to_owned),
    });
    let count = |people: u32| Cell::Count(people.into());
    let mut rows = Vec::new();
    for (at, unit) in roster.units.iter().enumerate() {
        for (post, cell) in coverage.unit(at).iter().enumerate() {
            let mut row = place(form, roster, (at, unit), post, words);
            row.extend(
                [cell.places.quota, cell.places.actual].map(|n| n.map_or(Cell::Blank, count)),
            );
            row.extend([cell.asked(), cell.received, cell.missing(), cell.doubled()].map(count));
            rows.push(row);
        }
    }
    Table { header, rows }
}

/// Whom to remind: a row for each unit and post from which somebody is missing.
pub fn reminder_table(form: &Form, roster: &Roster, coverage: &Coverage, words: Words) -> Table {
    let mut header = place_headings(words);
    header.push(words.map_or("missing", |t| t.col_missing()).to_owned());
    let mut rows = Vec::new();
    for reminder in coverage.reminders() {
        let Some(unit) = roster.units.get(reminder.unit) else { continue };
        for missing in &reminder.posts {
            let mut row = place(form, roster, (reminder.unit, unit), missing.post, words);
            row.push(Cell::Count(missing.missing.into()));
            rows.push(row);
        }
    }
    Table { header, rows }
}

fn place_headings(words: Words) -> Vec<String> {
    match words {
        None => ["province", "unit_code", "unit", "post"].map(str::to_owned).to_vec(),
        Some(t) => [t.use_province(), t.roster_code(), t.roster_unit(), t.by_post()]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn place(
    form: &Form,
    roster: &Roster,
    (at, unit): (usize, &Unit),
    post: usize,
    words: Words,
) -> Vec<Cell> {
    let post = match words {
        None => roster.posts.get(post).map_or(String::new(), |post| post.name.clone()),
        Some(t) => post_name(form, roster, post, t.code()),
    };
    [roster.province_name(at).to_owned(), unit.code.clone(), unit.called(), post]
        .map(Cell::text)
        .to_vec()
}
