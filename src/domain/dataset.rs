//! The responses merged at a desk.
//!
//! Merging is a union of rows, so neither the order of files nor importing one twice matters:
//! every distinct row of a root is kept, and the one of highest precedence is current.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::response::Response;

/// Responses by root, each root's rows from the current one down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    people: BTreeMap<String, Vec<Rc<Response>>>,
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

/// A row that is new, or that was there from fewer files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// The row as it was; `None` where there was none.
    pub before: Option<Rc<Response>>,
    /// As it is now.
    pub after: Rc<Response>,
}

impl Dataset {
    /// Merges one response; says what became of it, and what changed by that.
    pub fn merge(&mut self, response: impl Into<Rc<Response>>) -> (Taken, Option<RowChange>) {
        let mut response: Rc<Response> = response.into();
        let rows = self.people.entry(response.root.clone()).or_default();
        if let Some(same) = rows.iter_mut().find(|row| row.says_the_same(&response)) {
            if response.sources.is_subset(&same.sources) {
                return (Taken::AlreadyThere, None);
            }
            let before = Some(Rc::clone(same));
            let sources = std::mem::take(&mut Rc::make_mut(&mut response).sources);
            Rc::make_mut(same).sources.extend(sources);
            let after = Rc::clone(same);
            return (Taken::AlreadyThere, Some(RowChange { before, after }));
        }
        let taken = match rows.first() {
            None => Taken::New,
            _ if rows.iter().any(|row| row.revision == response.revision) => Taken::Differs,
            Some(current) if response.revision > current.revision => Taken::Newer,
            Some(_) => Taken::Older,
        };
        let place = rows.partition_point(|row| row.precedence(&response).is_gt());
        rows.insert(place, Rc::clone(&response));
        (taken, Some(RowChange { before: None, after: response }))
    }

    /// Takes one row out, where it is there.
    pub fn remove(&mut self, response: &Response) {
        if let Some(rows) = self.people.get_mut(&response.root) {
            rows.retain(|row| !row.says_the_same(response));
            if rows.is_empty() {
                self.people.remove(&response.root);
            }
        }
    }

    /// The current response of every root, by time of handing in, then by root.
    pub fn current(&self) -> Vec<&Response> {
        self.current_rows().into_iter().map(|row| &**row).collect()
    }

    /// The same, to be held as they are.
    pub(super) fn current_rows(&self) -> Vec<&Rc<Response>> {
        let mut current: Vec<&Rc<Response>> =
            self.people.values().filter_map(|rows| rows.first()).collect();
        current.sort_by(|a, b| (a.submitted, &a.root).cmp(&(b.submitted, &b.root)));
        current
    }

    /// Every row of every root, history too.
    pub fn rows(&self) -> impl Iterator<Item = &Response> {
        self.people.values().flatten().map(|row| &**row)
    }

    /// The rows of one root, the current one first.
    pub fn of_root(&self, root: &str) -> &[Rc<Response>] {
        self.people.get(root).map_or(&[], Vec::as_slice)
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
        assert_eq!(dataset.merge(response("r", 2, &[("a", "2")])).0, Taken::New);
        assert_eq!(dataset.merge(response("r", 1, &[("a", "1")])).0, Taken::Older);
        assert_eq!(dataset.merge(response("r", 3, &[("a", "3")])).0, Taken::Newer);
        assert_eq!(dataset.merge(response("r", 3, &[("a", "3")])).0, Taken::AlreadyThere);
        assert_eq!(dataset.current()[0].answers.get("a"), "3");
        assert_eq!(dataset.of_root("r").len(), 3);
    }

    #[test]
    fn of_one_revision_the_row_nobody_edited_counts() {
        let mut edited = response("r", 1, &[("a", "1")]);
        edited.answers.set("a", "5");
        for order in [[0, 1], [1, 0]] {
            let rows = [edited.clone(), response("r", 1, &[("a", "1")])];
            let mut dataset = Dataset::default();
            let taken: Vec<Taken> =
                order.iter().map(|i| dataset.merge(rows[*i].clone()).0).collect();
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
                response.sources.insert(source);
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
