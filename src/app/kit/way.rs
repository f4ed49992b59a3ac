//! From screen to screen: straight on, but out of an instance of a repeat to the list of its
//! instances, so that one can go into any of them and come back.

use crate::domain::filled::Screen;

/// The screen after the one at `here`.
pub(super) fn after(screens: &[Screen], here: usize) -> Option<&Screen> {
    beside(screens, here, here + 1)
}

/// The screen before the one at `here`.
pub(super) fn before(screens: &[Screen], here: usize) -> Option<&Screen> {
    beside(screens, here, here.checked_sub(1)?)
}

/// The screen at `beside`; where that is in another instance of a repeat, the repeat's list.
fn beside(screens: &[Screen], here: usize, beside: usize) -> Option<&Screen> {
    let (from, to) = (screens.get(here)?, screens.get(beside)?);
    let list = instances(from.name()).find_map(|(repeat, instance)| {
        let leaves_it = !to.name().starts_with(instance);
        let stays_in_repeat = instances(to.name()).any(|(other, _)| other == repeat);
        let is_list = |screen: &&Screen| screen.list().is_some_and(|list| list.key == repeat);
        screens.iter().find(is_list).filter(|_| leaves_it && stays_in_repeat)
    });
    Some(list.unwrap_or(to))
}

/// The first screen of an instance.
pub(super) fn into<'s>(screens: &'s [Screen], repeat: &str, number: usize) -> Option<&'s Screen> {
    let instance = format!("{repeat}[{number}]/");
    screens.iter().find(|screen| screen.name().starts_with(&instance))
}

/// The instances that a key lies in: the repeat's key, and what begins every key in the instance.
fn instances(key: &str) -> impl Iterator<Item = (&str, &str)> {
    key.match_indices("]/").filter_map(move |(end, _)| {
        let repeat = key.get(..end)?.rsplit_once('[')?.0;
        Some((repeat, key.get(..end + 2)?))
    })
}
