//! The sheet `choices`, and sheets or files that are one list as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::{Reader, Sheet};
use crate::domain::form::Choice;
use crate::domain::problem::FormProblemKind;

pub(in crate::formats) const COLUMNS: [&str; 3] = ["list_name", "name", "label"];

impl Reader {
    /// A sheet that is none of the standard's: a list, if it has names and the survey speaks of it.
    pub(super) fn other_sheet(&mut self, sheet: &Sheet, survey: &Sheet) {
        let is_spoken_of =
            survey.rows().any(|at| at.cells().any(|(.., c)| c.contains(&sheet.name)));
        if is_spoken_of && sheet.rows().next().is_some_and(|at| !at.cell("name").is_empty()) {
            self.choices(slice::from_ref(sheet), Some(&sheet.name));
        }
    }

    /// The list of a file whose names and labels stand in columns of other headings; gives what the
    /// list is called here, or the file's own name where there is no such file.
    pub(super) fn list_of_columns(
        &mut self,
        files: &[Sheet],
        file: &str,
        name: &str,
        label: &str,
    ) -> String {
        let Some(sheet) = files.iter().find(|sheet| sheet.name == file) else {
            return file.to_owned();
        };
        let list = format!("{file}_{name}_{label}");
        if !self.form.has_list(&list) {
            let sheet = sheet.with_columns_called(&[(name, "name"), (label, "label")]);
            self.choices(slice::from_ref(&sheet), Some(&list));
        }
        list
    }

    /// Reads sheets of lists, or of one list as a whole; a list may go on in the next sheet.
    pub(super) fn choices(&mut self, sheets: &[Sheet], whole_list: Option<&str>) {
        let mut lists: BTreeMap<&str, Vec<Choice>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for heading in sheets.iter().flat_map(|sheet| sheet.unknown_headings(&COLUMNS)) {
            if !self.choice_columns.contains(&heading) {
                self.choice_columns.push(heading);
            }
        }
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
            } else if seen.insert((list, name)) || self.form.allows_choice_twice() {
                let mut columns = at.further(&COLUMNS);
                // Lists of several sheets have one order of columns, so that one sheet can hold them.
                columns.sort_by_cached_key(|(heading, _)| self.column_place(heading));
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

    fn column_place(&self, heading: &str) -> Option<usize> {
        self.choice_columns.iter().position(|known| known == heading)
    }
}
