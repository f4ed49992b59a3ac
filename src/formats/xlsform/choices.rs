//! The sheet `choices`, and sheets or files that are one list as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::{Reader, Sheet};
use crate::domain::form::Choice;
use crate::domain::problem::FormProblemKind;

impl Reader {
    /// A sheet that is none of the standard's: a list, if it has names.
    pub(super) fn other_sheet(&mut self, sheet: &Sheet) {
        if sheet.rows().next().is_some_and(|at| !at.cell("name").is_empty()) {
            self.choices(slice::from_ref(sheet), Some(&sheet.name));
        }
    }

    /// Reads sheets of lists, or of one list as a whole; a list may go on in the next sheet.
    pub(super) fn choices(&mut self, sheets: &[Sheet], whole_list: Option<&str>) {
        let mut lists: BTreeMap<&str, Vec<Choice>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for at in sheets.iter().flat_map(Sheet::rows) {
            let list = whole_list.unwrap_or_else(|| at.cell("list_name"));
            let name = at.cell("name");
            if list.is_empty() || name.is_empty() {
                // A line of notes between lists is a habit of authors.
                if !(list.is_empty() && name.is_empty()) {
                    let column = if list.is_empty() { "list_name" } else { "name" };
                    self.report(at, column, FormProblemKind::EmptyCell);
                }
            } else if name.contains(char::is_whitespace) {
                self.report(at, "name", FormProblemKind::BadName(name.to_owned()));
            } else if seen.insert((list, name)) {
                let further = at.cells().filter(|(column, ..)| {
                    !["list_name", "name", "label", "media"].contains(column)
                });
                let columns =
                    further.map(|(_, written, cell)| (written.to_owned(), cell.to_owned()));
                let choice = Choice::new(name, at.localized("label"), columns);
                lists.entry(list).or_default().push(choice);
            } else {
                self.report(at, "name", FormProblemKind::NameTwice(name.to_owned()));
            }
        }
        for (list, choices) in lists {
            self.form.add_list(list, choices);
        }
    }
}
