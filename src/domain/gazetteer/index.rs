//! Positions of units by code and by name.

use std::collections::BTreeMap;

use super::names::{unit_key, whole_key};

/// Where the units of a list are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    codes: BTreeMap<String, usize>,
    names: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// The index of units given by code and name.
    pub(super) fn of<'u>(units: impl Iterator<Item = (&'u str, &'u str)>) -> Self {
        let mut index = Self::default();
        for (at, (code, name)) in units.enumerate() {
            index.codes.insert(code_key(code), at);
            index.names.entry(unit_key(name)).or_default().push(at);
        }
        index
    }

    pub(super) fn by_code(&self, code: &str) -> Option<usize> {
        let key = code_key(code);
        if key.is_empty() { None } else { self.codes.get(&key).copied() }
    }

    /// Those that are called so in plain letters. Nothing in a name may be left out, so that a
    /// name is found or not; one that was mistyped is for a person to see.
    pub(super) fn by_name(&self, name: &str) -> Vec<usize> {
        let (key, whole) = (unit_key(name), whole_key(name));
        let named = |key: &str| self.names.get(key).cloned().unwrap_or_default();
        let mut units = named(&key);
        if whole != key {
            units.extend(named(&whole));
        }
        units
    }
}

/// A code without the zeros in front, which spreadsheets take away.
fn code_key(code: &str) -> String {
    code.trim().trim_start_matches('0').to_owned()
}
