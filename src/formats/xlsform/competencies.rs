//! The sheet `competencies`: what is rated, and the level each post needs.

use std::collections::BTreeMap;

use super::{Reader, Sheet};
use crate::domain::form::Competency;
use crate::domain::problem::FormProblemKind;

pub(in crate::formats) const COLUMNS: [&str; 3] = ["name", "domain", "label"];

/// What the headings of levels begin with; a post follows.
const LEVEL: &str = "level::";

impl Reader {
    pub(super) fn competencies(&mut self, sheet: &Sheet) {
        for at in sheet.rows() {
            let code = at.cell("name");
            if code.is_empty() {
                self.report(at, "name", FormProblemKind::EmptyCell);
                continue;
            }
            if self.form.competency_position(code).is_some() {
                self.report(at, "name", FormProblemKind::NameTwice(code.to_owned()));
                continue;
            }
            let mut required_levels = BTreeMap::new();
            for (column, _, cell) in at.cells() {
                let Some(post) = column.strip_prefix(LEVEL) else { continue };
                match cell.parse() {
                    Ok(level @ 1..=5) => {
                        required_levels.insert(post.to_owned(), level);
                    }
                    _ => self.report(at, column, FormProblemKind::UnknownWord(cell.to_owned())),
                }
            }
            self.form.competencies.push(Competency {
                code: code.to_owned(),
                domain: at.cell("domain").to_owned(),
                label: at.localized("label"),
                required_levels,
                further: at
                    .cells()
                    .filter(|(column, ..)| !COLUMNS.contains(column) && !column.starts_with(LEVEL))
                    .map(|(_, written, cell)| (written.to_owned(), cell.to_owned()))
                    .collect(),
            });
        }
    }
}
