//! People of one unit who gave exactly the same ratings.

use std::collections::BTreeMap;

use super::ratings::Rated;
use super::{Flag, Limits};
use crate::domain::form::{Form, Role};
use crate::domain::response::Response;

/// For each response, whose ratings in its unit are the same. Where all ratings of a person are
/// the same, others agree by chance: that is flagged as what it is.
pub(super) fn find(
    form: &Form,
    responses: &[&Response],
    rated: &[Rated],
    limits: &Limits,
) -> Vec<Option<Flag>> {
    let mut found = vec![None; responses.len()];
    let Some(unit) = form.with_role(Role::Unit) else { return found };
    let mut same: BTreeMap<(&str, Vec<u8>), Vec<usize>> = BTreeMap::new();
    for (at, (response, rated)) in responses.iter().zip(rated).enumerate() {
        let unit = response.answers.get(&unit.name);
        if !unit.is_empty() && rated.count() >= limits.fewest_ratings && !rated.is_constant() {
            same.entry((unit, rated.vector())).or_default().push(at);
        }
    }
    for group in same.into_values().filter(|group| group.len() > 1) {
        for at in &group {
            let others = group.iter().filter(|other| *other != at);
            let roots = others.filter_map(|other| responses.get(*other));
            let roots = roots.map(|response| response.root.clone()).collect();
            let count = rated.get(*at).map_or(0, Rated::count);
            if let Some(flag) = found.get_mut(*at) {
                *flag = Some(Flag::SameAsOthers { roots, rated: count });
            }
        }
    }
    found
}
