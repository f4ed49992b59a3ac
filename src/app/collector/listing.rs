//! The table of responses: which lines it has, in which order, and what stands in them.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Collector;
use super::looked::receipt;
use crate::app::protocol::{RowColumn, RowShown, Rows, RowsView, RowsWanted};
use crate::domain::changes::{EffectiveRow, Standing};
use crate::domain::form::{Form, Kind, Question, SEPARATOR_IN_WORDS};
use crate::domain::search::folded;

/// The longest list whose answers are sorted as it stands; a longer one goes by its words.
const SHORT_LIST: usize = 40;

/// The lines of the table for one view, found once for as long as nobody asks for another one.
pub(super) struct Listing {
    view: RowsView,
    /// Positions among the effective rows.
    order: Vec<usize>,
}

impl Collector {
    /// Some lines of the table of responses.
    pub fn rows(&self, wanted: RowsWanted) -> Rows {
        let rows = self.effective().rows();
        let mut kept = self.listing.borrow_mut();
        let listing = match kept.take() {
            Some(listing) if listing.view == wanted.view => kept.insert(listing),
            _ => kept.insert(self.list(&wanted.view)),
        };
        let lines = listing.order.iter().skip(wanted.from).take(wanted.count);
        let lines = lines.filter_map(|at| rows.get(*at)).map(|row| RowShown {
            root: row.response.root.clone(),
            cells: wanted.view.columns.iter().map(|column| self.cell(column, row)).collect(),
            counts: row.standing == Standing::Counts,
            is_changed: !row.changed_by.is_empty(),
        });
        let (lines, matching) = (lines.collect(), listing.order.len());
        Rows { wanted, all: rows.len(), matching, lines }
    }

    fn list(&self, view: &RowsView) -> Listing {
        let (basis, wanted) = (self.basis(), folded(&view.search));
        let names = self.looked.names(basis);
        let rows = self.effective().rows();
        let mut admits = self.looked.admitting(basis, &view.filter);
        let found = rows
            .iter()
            .zip(names)
            .enumerate()
            .filter(|(_, (row, name))| name.contains(&wanted) && admits(&row.response));
        let found = found.map(|(at, (row, _))| (at, row));
        let Some((column, from_its_end)) = &view.sort else {
            return Listing { view: view.clone(), order: found.map(|(at, _)| at).collect() };
        };
        let keys = Keys::of(&self.form, column, view.language.code());
        let mut keyed: Vec<(Key, usize)> =
            found.map(|(at, row)| (keys.key(self.cell(column, row)), at)).collect();
        keyed.sort_by(|(a, at_a), (b, at_b)| a.order(b, *from_its_end).then(at_a.cmp(at_b)));
        Listing { view: view.clone(), order: keyed.into_iter().map(|(_, at)| at).collect() }
    }

    /// What stands in a column, as it is kept.
    fn cell(&self, column: &str, row: &EffectiveRow) -> String {
        let response = &row.response;
        match RowColumn::named(column) {
            None => response.answers.get(column).to_owned(),
            Some(RowColumn::Receipt) => receipt(&self.dataset, &response.root),
            Some(RowColumn::Submitted) => {
                response.submitted.map_or(String::new(), |at| at.to_string())
            }
            Some(RowColumn::Version) => response.form_version.to_string(),
            Some(RowColumn::Mode) => response.mode.word().to_owned(),
            Some(RowColumn::Flags) => {
                let flags = self.looked.flags(self.basis()).get(&response.root).map_or(0, Vec::len);
                if flags == 0 { String::new() } else { flags.to_string() }
            }
            Some(RowColumn::Source) => {
                let sources: Vec<&str> = response.sources.iter().map(String::as_str).collect();
                sources.join(SEPARATOR_IN_WORDS)
            }
        }
    }
}

/// How the cells of a column are put in order.
enum Keys<'f> {
    Numbers,
    /// By the place of the choice.
    Places(HashMap<&'f str, usize>),
    /// By the words of the choice.
    Words(HashMap<&'f str, String>),
    Texts,
}

impl<'f> Keys<'f> {
    fn of(form: &'f Form, column: &str, language: &str) -> Self {
        let question = form.question(column);
        let list = question.and_then(|question| question.kind.list());
        let choices = list.map_or(&[][..], |list| form.choices(list)).iter();
        let is_several = |question: &Question| question.kind.is_several();
        match question.map(|question| &question.kind) {
            Some(Kind::Integer | Kind::Decimal) => Self::Numbers,
            None if column == RowColumn::Flags.word() => Self::Numbers,
            _ if list.is_none() || question.is_some_and(is_several) => Self::Texts,
            _ if choices.len() <= SHORT_LIST => {
                Self::Places(choices.enumerate().map(|(at, one)| (one.name.as_str(), at)).collect())
            }
            _ => Self::Words(
                choices.map(|one| (one.name.as_str(), folded(one.label.get(language)))).collect(),
            ),
        }
    }

    fn key(&self, cell: String) -> Key {
        if cell.is_empty() {
            return Key::Nothing;
        }
        let number = match self {
            Self::Numbers => cell.parse().ok(),
            Self::Places(places) => places.get(cell.as_str()).map(|place| *place as f64),
            Self::Words(words) => {
                return Key::Text(words.get(cell.as_str()).cloned().unwrap_or(cell));
            }
            Self::Texts => return Key::Text(folded(&cell)),
        };
        number.map_or(Key::Text(cell), Key::Number)
    }
}

/// By what a line is sorted.
enum Key {
    Nothing,
    Number(f64),
    Text(String),
}

impl Key {
    /// Numbers go before texts, and nothing comes last whichever way.
    fn order(&self, other: &Self, from_its_end: bool) -> Ordering {
        let rank = |key: &Self| match key {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Nothing => 2,
        };
        let order = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            _ => return rank(self).cmp(&rank(other)),
        };
        if from_its_end { order.reverse() } else { order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter::{Filter, Test};
    use crate::domain::response::tests::response;
    use crate::forms;
    use crate::text::Language;

    fn view(columns: &[&str]) -> RowsView {
        RowsView {
            filter: Filter::default(),
            search: String::new(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            sort: None,
            language: Language::Vi,
        }
    }

    fn collector() -> Collector {
        let person = |root: &str, name: &str, post: &str, years: &str| {
            let told = [("ho_ten", name), ("chuc_danh", post), ("nam_chuc_danh", years)];
            response(root, 1, &told)
        };
        let people = [
            person("a", "Nguyễn Văn Đạt", "ct_ubnd", "9"),
            person("b", "Lê Thị Bình", "bt", "10"),
            person("c", "Đặng An", "ct_ubnd", ""),
        ];
        Collector::new(forms::needs().unwrap(), people)
    }

    fn roots(collector: &Collector, view: RowsView) -> Vec<String> {
        let rows = collector.rows(RowsWanted { view, from: 0, count: 10 });
        assert_eq!(rows.lines.len(), rows.matching);
        rows.lines.into_iter().map(|line| line.root).collect()
    }

    #[test]
    fn a_response_is_found_by_name_post_or_code_without_diacritics() {
        let collector = collector();
        let code = collector.dataset().of_root("b").next().unwrap().receipt();
        for (search, found) in
            [("dat", &["a"][..]), ("chu tich ubnd", &["a", "c"]), (&code, &["b"]), ("zz", &[])]
        {
            let view = RowsView { search: search.to_owned(), ..view(&["ho_ten"]) };
            assert_eq!(roots(&collector, view), found, "{search}");
        }
    }

    #[test]
    fn numbers_go_by_size_choices_as_the_form_has_them_and_what_is_empty_last() {
        let collector = collector();
        let sorted = |column: &str, from_its_end| {
            let sort = Some((column.to_owned(), from_its_end));
            roots(&collector, RowsView { sort, ..view(&["ho_ten"]) })
        };
        assert_eq!(sorted("nam_chuc_danh", false), ["a", "b", "c"]);
        assert_eq!(sorted("nam_chuc_danh", true), ["b", "a", "c"]);
        assert_eq!(sorted("chuc_danh", false), ["b", "a", "c"]);
        assert_eq!(sorted("ho_ten", false), ["c", "b", "a"], "Đặng, Lê, Nguyễn");
    }

    #[test]
    fn the_lines_in_view_come_with_how_many_there_are() {
        let collector = collector();
        let mut filtered = view(&["ho_ten", "_submitted"]);
        let chairs = Test::OneOf(["ct_ubnd".to_owned()].into());
        filtered.filter.set("chuc_danh", Some(chairs));
        let rows = collector.rows(RowsWanted { view: filtered, from: 1, count: 1 });
        assert_eq!((rows.all, rows.matching), (3, 2));
        assert_eq!(rows.lines[0].cells, ["Đặng An", "2026-12-02T07:12:00Z"]);
    }
}
