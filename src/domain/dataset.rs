//! The responses merged at a desk.
//!
//! Merging is a union of rows, so neither the order of files nor importing one twice matters:
//! every distinct row of a root is kept, and the one of highest precedence is current.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::rc::Rc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::response::Response;

/// Responses by root, each root's rows from the current one down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    people: IndexMap<Box<str>, Vec<Row>>,
}

/// A row, with what takes long to find out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    response: Rc<Response>,
    is_edited: bool,
}

impl Row {
    /// What decides between two rows of one root: the higher revision, then one that was not
    /// edited by hand, then what the responses say.
    fn precedence(&self, other: &Self) -> Ordering {
        let revisions = self.response.revision.cmp(&other.response.revision);
        revisions
            .then_with(|| other.is_edited.cmp(&self.is_edited))
            .then_with(|| self.response.precedence(&other.response))
    }
}

/// What became of a response that was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// The first of its root.
    New,
    /// It replaces an older revision.
    Newer,
    /// It is kept behind a newer revision.
    Older,
    /// The same row was there.
    AlreadyThere,
    /// The same revision was there with other content: one was changed by hand.
    Differs,
}

/// What merging a response came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// What became of it.
    pub taken: Taken,
    /// True where it was changed after it was handed in.
    pub is_edited: bool,
    /// What changed by it.
    pub change: Option<RowChange>,
}

/// A row that is new, or that was there from fewer files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// The row as it was; `None` where there was none.
    pub before: Option<Rc<Response>>,
    /// As it is now.
    pub after: Rc<Response>,
}

impl Dataset {
    /// Merges one response.
    pub fn merge(&mut self, response: impl Into<Rc<Response>>) -> Merge {
        let response: Rc<Response> = response.into();
        let is_edited = response.is_edited();
        let row = Row { response: Rc::clone(&response), is_edited };
        let Some(rows) = self.people.get_mut(&*response.root) else {
            self.people.insert(response.root.as_str().into(), vec![row]);
            let change = Some(RowChange { before: None, after: response });
            return Merge { taken: Taken::New, is_edited, change };
        };
        let same = rows.iter_mut().find(|row| row.response.says_the_same(&response));
        if let Some(Row { response: same, .. }) = same {
            let is_known = response.sources.is_subset(&same.sources);
            let change = (!is_known).then(|| {
                let before = Some(Rc::clone(same));
                let all = same.sources.union(&response.sources).cloned().collect();
                Rc::make_mut(same).sources = Rc::new(all);
                RowChange { before, after: Rc::clone(same) }
            });
            return Merge { taken: Taken::AlreadyThere, is_edited, change };
        }
        let current = rows.first().map(|row| row.response.revision);
        let taken = match current {
            _ if rows.iter().any(|row| row.response.revision == response.revision) => {
                Taken::Differs
            }
            Some(current) if response.revision < current => Taken::Older,
            _ => Taken::Newer,
        };
        let place = rows.partition_point(|own| own.precedence(&row).is_gt());
        rows.insert(place, row);
        Merge { taken, is_edited, change: Some(RowChange { before: None, after: response }) }
    }

    /// Takes one row out, where it is there.
    pub fn remove(&mut self, response: &Response) {
        if let Some(rows) = self.people.get_mut(&*response.root) {
            rows.retain(|row| !row.response.says_the_same(response));
            if rows.is_empty() {
                self.people.swap_remove(&*response.root);
            }
        }
    }

    /// The current response of every root, by time of handing in, then by root.
    pub fn current(&self) -> Vec<&Response> {
        self.current_rows().into_iter().map(|row| &**row).collect()
    }

    /// The same, to be held as they are.
    pub(super) fn current_rows(&self) -> Vec<&Rc<Response>> {
        let current = self.people.values().filter_map(|rows| Some(&rows.first()?.response));
        // By what lies side by side: rows are all over the memory.
        let mut current: Vec<_> = current.map(|row| (row.submitted, &*row.root, row)).collect();
        current.sort_unstable_by_key(|(submitted, root, _)| (*submitted, *root));
        current.into_iter().map(|(_, _, row)| row).collect()
    }

    /// How many current responses were changed after they were handed in.
    pub fn edited(&self) -> usize {
        let current = self.people.values().filter_map(|rows| rows.first());
        current.filter(|row| row.is_edited).count()
    }

    /// Every row of every root, history too.
    pub fn rows(&self) -> impl Iterator<Item = &Response> {
        self.people.values().flatten().map(|row| &*row.response)
    }

    /// The files that the rows came from.
    pub fn sources(&self) -> BTreeSet<&str> {
        // Most rows came from the file of the row before them.
        let mut all: Vec<&Rc<BTreeSet<String>>> = self.rows().map(|row| &row.sources).collect();
        all.dedup_by(|a, b| Rc::ptr_eq(a, b));
        all.into_iter().flat_map(|sources| sources.iter().map(String::as_str)).collect()
    }

    /// The rows of one root, the current one first.
    pub fn of_root(&self, root: &str) -> impl Iterator<Item = &Rc<Response>> {
        self.people.get(root).into_iter().flatten().map(|row| &row.response)
    }

    /// How many people answered.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// True when nobody did.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::response::tests::response;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_highest_revision_counts_and_the_older_ones_stay_as_history() {
        let mut dataset = Dataset::default();
        assert_eq!(dataset.merge(response("r", 2, &[("a", "2")])).taken, Taken::New);
        assert_eq!(dataset.merge(response("r", 1, &[("a", "1")])).taken, Taken::Older);
        assert_eq!(dataset.merge(response("r", 3, &[("a", "3")])).taken, Taken::Newer);
        assert_eq!(dataset.merge(response("r", 3, &[("a", "3")])).taken, Taken::AlreadyThere);
        assert_eq!(dataset.current()[0].answers.get("a"), "3");
        assert_eq!(dataset.of_root("r").count(), 3);
    }

    #[test]
    fn of_one_revision_the_row_nobody_edited_counts() {
        let mut edited = response("r", 1, &[("a", "1")]);
        edited.answers.set("a", "5");
        for order in [[0, 1], [1, 0]] {
            let rows = [edited.clone(), response("r", 1, &[("a", "1")])];
            let mut dataset = Dataset::default();
            let taken: Vec<Taken> =
                order.iter().map(|i| dataset.merge(rows[*i].clone()).taken).collect();
            assert_eq!(taken, [Taken::New, Taken::Differs]);
            assert_eq!(dataset.current()[0].answers.get("a"), "1");
        }
    }

    fn responses() -> impl Strategy<Value = Vec<Response>> {
        let one = ("[ab]", 1u32..4, "[12]", "[xyz]", any::<bool>()).prop_map(
            |(root, revision, answer, source, edited)| {
                let mut response = response(&root, revision, &[("q", &answer)]);
                if edited {
                    response.answers.set("q", "9");
                }
                response.sources = Rc::new([source].into());
                response
            },
        );
        prop::collection::vec(one, 0..12)
    }

    fn merged(responses: impl IntoIterator<Item = Response>) -> Dataset {
        let mut dataset = Dataset::default();
        for response in responses {
            dataset.merge(response);
        }
        dataset
    }

    proptest! {
        #[test]
        fn the_order_of_files_does_not_matter(
            (given, shuffled) in responses().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))
        ) {
            prop_assert_eq!(merged(given), merged(shuffled));
        }

        #[test]
        fn importing_twice_changes_nothing(given in responses()) {
            let twice = given.iter().chain(&given).cloned();
            prop_assert_eq!(merged(twice), merged(given.clone()));
        }
    }
}
