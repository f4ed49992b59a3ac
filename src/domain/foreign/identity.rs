//! What tells the rows of other programs apart.
//!
//! An id that the program gave, else the person's own code, else a digest of the row as it is
//! written, so that reading a table again in another way gives the same rows. Several rows of one
//! id or code are revisions in the order of the file, so the last one counts. A name is no code:
//! rows that only name a person are kept apart. So are rows that say who rates: their code is that
//! of the person rated, and several people rate one.

use std::collections::BTreeMap;

use crate::domain::form::{Form, Role};
use rows::answers::Answers;
use rows::digest::Digest;

/// What begins the root of a row that carries neither id nor code.
const ANONYMOUS: &str = "row-";

/// Headings of ids, the one that changes least first: `KoboToolbox` gives a submission a new `_uuid`
/// when it is edited and keeps `meta/rootUuid`; ODK Central keeps `KEY`.
const ID_HEADINGS: [&str; 9] = [
    "meta/rootuuid",
    "rootuuid",
    "key",
    "_uuid",
    "meta/instanceid",
    "meta-instanceid",
    "instanceid",
    "__id",
    "_id",
];

/// How sure a heading is that of an id, 0 the surest; `None` where it is none.
pub fn id_heading(heading: &str) -> Option<usize> {
    let heading = heading.trim().to_lowercase();
    ID_HEADINGS.iter().position(|known| *known == heading)
}

/// Gives the rows of one table their roots.
#[derive(Debug, Clone, Default)]
pub struct RowIdentity {
    /// The columns by heading, so that their order does not count.
    columns: Vec<(String, usize)>,
    seen: BTreeMap<String, u32>,
}

impl RowIdentity {
    /// For the rows under these headings.
    pub fn new(headings: &[String]) -> Self {
        let heading = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut columns: Vec<(String, usize)> =
            headings.iter().enumerate().map(|(at, text)| (heading(text), at)).collect();
        columns.sort();
        Self { columns, seen: BTreeMap::new() }
    }

    /// The root of the next row and which of its revisions it is.
    pub fn next<'c>(
        &mut self,
        form: &Form,
        id: &str,
        answers: &Answers,
        cell: impl Fn(usize) -> &'c str,
    ) -> (String, u32) {
        let root = root(form, id, answers).unwrap_or_else(|| {
            let mut digest = Digest::default();
            for (heading, at) in &self.columns {
                digest.add(heading, cell(*at).trim());
            }
            format!("{ANONYMOUS}{}", digest.finish())
        });
        let count = self.seen.entry(root.clone()).or_default();
        *count += 1;
        if root.starts_with(ANONYMOUS) { (format!("{root}-{count}"), 1) } else { (root, *count) }
    }
}

fn root(form: &Form, id: &str, answers: &Answers) -> Option<String> {
    let id = id.trim();
    let id = id.strip_prefix("uuid:").unwrap_or(id);
    if !id.is_empty() {
        return Some(id.to_owned());
    }
    let code = form.with_role(Role::Code).map_or("", |question| answers.get(&question.name));
    (!code.is_empty() && form.with_role(Role::Rater).is_none()).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_row_keeps_its_root_when_columns_change_places_and_twins_are_two() {
        let form = Form::default();
        let roots = |headings: &[&str], cells: &[&str]| {
            let mut identity = RowIdentity::new(&texts(headings));
            let mut next =
                || identity.next(&form, "", &Answers::default(), |at| cells.get(at).unwrap()).0;
            [next(), next()]
        };
        let [first, twin] = roots(&["a", "b"], &["1", "2"]);
        assert_ne!(first, twin);
        assert_eq!(roots(&["b", " a"], &["2", "1 "]), [first, twin]);
    }

    #[test]
    fn an_id_is_the_same_with_and_without_its_scheme_and_comes_again_as_a_revision() {
        let form = Form::default();
        let mut identity = RowIdentity::default();
        let mut next = |id: &str| identity.next(&form, id, &Answers::default(), |_| "");
        assert_eq!(next("uuid:7f3a"), ("7f3a".to_owned(), 1));
        assert_eq!(next("7f3a"), ("7f3a".to_owned(), 2));
        assert!(id_heading("meta/rootUuid") < id_heading("_uuid"));
        assert_eq!(id_heading("name"), None);
    }
}
