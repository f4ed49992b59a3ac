//! The same people in two campaigns: by the root of the response, else by the code that people
//! were given, else by name and unit.

use std::collections::BTreeMap;

use super::Side;
use crate::domain::form::{Form, Role};
use crate::domain::response::Response;
use crate::domain::search::folded;

/// The responses of one campaign by who they are from or, where others rate, about.
pub(super) struct People<'r>(BTreeMap<String, Vec<&'r Response>>);

impl<'r> People<'r> {
    pub(super) fn of(side: &Side<'r>) -> Self {
        let mut people: BTreeMap<String, Vec<&Response>> = BTreeMap::new();
        for response in &side.responses {
            if let Some(key) = key(side.form, response) {
                people.entry(key).or_default().push(response);
            }
        }
        Self(people)
    }

    /// The responses of whom a response of another campaign is from.
    pub(super) fn same_as(&self, form: &Form, response: &Response) -> &[&'r Response] {
        let found = key(form, response).and_then(|key| self.0.get(&key));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The people who are in both campaigns.
pub(super) struct Linked<'r> {
    /// Their responses, here and there.
    pub(super) pairs: Vec<(&'r Response, &'r Response)>,
    /// How many could be several people, so that nobody can tell.
    pub(super) unclear: usize,
}

pub(super) fn linked<'r>(here: &Side<'r>, there: &Side<'r>) -> Linked<'r> {
    let roots: BTreeMap<&str, &Response> =
        there.responses.iter().map(|response| (response.root.as_str(), *response)).collect();
    let (own, others) = (People::of(here), People::of(there));
    let mut linked = Linked { pairs: Vec::new(), unclear: 0 };
    for response in &here.responses {
        if let Some(same) = roots.get(response.root.as_str()) {
            linked.pairs.push((response, same));
            continue;
        }
        match (own.same_as(here.form, response), others.same_as(here.form, response)) {
            ([_], [same]) => linked.pairs.push((response, same)),
            (_, []) | ([], _) => {}
            _ => linked.unclear += 1,
        }
    }
    linked
}

/// Whom a response is from: a code as it is written but for case and accents, a name with the unit.
fn key(form: &Form, response: &Response) -> Option<String> {
    let answer = |role| form.with_role(role).map_or("", |own| response.answers.get(&own.name));
    let written = [Role::Code, Role::Person].map(answer).into_iter().find(|own| !own.is_empty())?;
    let written = folded(written.trim());
    let is_name = written.contains(' ');
    Some(if is_name { format!("{written}\n{}", answer(Role::Unit)) } else { written })
}
