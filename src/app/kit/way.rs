//! From page to page: straight on, but out of an instance of a repeat to the list of its
//! instances, so that one can go into any of them and come back.

use super::page::Page;

/// The page after the one at `here`.
pub(super) fn after(pages: &[Page], here: usize) -> Option<&Page> {
    beside(pages, here, here + 1)
}

/// The page before the one at `here`.
pub(super) fn before(pages: &[Page], here: usize) -> Option<&Page> {
    beside(pages, here, here.checked_sub(1)?)
}

/// The page at `beside`; where that is in another instance of a repeat, the repeat's list.
fn beside(pages: &[Page], here: usize, beside: usize) -> Option<&Page> {
    let (from, to) = (pages.get(here)?, pages.get(beside)?);
    let list = instances(from.name()).find_map(|(repeat, instance)| {
        let leaves_it = !to.name().starts_with(instance);
        let stays_in_repeat = instances(to.name()).any(|(other, _)| other == repeat);
        let is_list = |page: &&Page| page.list().is_some_and(|list| list.key == repeat);
        pages.iter().find(is_list).filter(|_| leaves_it && stays_in_repeat)
    });
    Some(list.unwrap_or(to))
}

/// The first page of an instance.
pub(super) fn into<'s>(pages: &'s [Page], repeat: &str, number: usize) -> Option<&'s Page> {
    let instance = format!("{repeat}[{number}]/");
    pages.iter().find(|page| page.name().starts_with(&instance))
}

/// The instances that a key lies in: the repeat's key, and what begins every key in the instance.
fn instances(key: &str) -> impl Iterator<Item = (&str, &str)> {
    key.match_indices("]/").filter_map(move |(end, _)| {
        let repeat = key.get(..end)?.rsplit_once('[')?.0;
        Some((repeat, key.get(..end + 2)?))
    })
}
