//! What is wrong with the units of a roster.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Roster;
use crate::domain::gazetteer::spelled;

/// A fault in a roster, at one of its units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterFault {
    /// The position of the unit.
    pub unit: usize,
    /// What is wrong.
    pub kind: RosterFaultKind,
}

/// What is wrong with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RosterFaultKind {
    /// The unit at this position has the same code.
    CodeTwice(usize),
    /// The unit at this position has the same name, in the same province and district.
    NameTwice(usize),
    /// It has no code, so that no answer can name it.
    MissingCode,
    /// It has no name.
    MissingName,
}

impl Roster {
    /// Everything that is wrong with the units, in their order.
    pub fn faults(&self) -> Vec<RosterFault> {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: BTreeMap<(Option<usize>, &str, String), usize> = BTreeMap::new();
        let mut faults = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            let mut add = |kind| faults.push(RosterFault { unit: at, kind });
            let code = unit.code.trim();
            if code.is_empty() {
                add(RosterFaultKind::MissingCode);
            } else if let Some(first) = codes.get(code) {
                add(RosterFaultKind::CodeTwice(*first));
            } else {
                codes.insert(code, at);
            }
            if unit.name.trim().is_empty() {
                add(RosterFaultKind::MissingName);
                continue;
            }
            let name = (unit.province, unit.district.as_str(), spelled(&unit.name));
            if let Some(first) = names.get(&name) {
                add(RosterFaultKind::NameTwice(*first));
            } else {
                names.insert(name, at);
            }
        }
        faults
    }

    /// Gives every unit without a code one that no other has.
    pub fn fill_codes(&mut self) {
        let mut taken: std::collections::BTreeSet<String> =
            self.units.iter().map(|unit| unit.code.trim().to_owned()).collect();
        let mut number = 0;
        for unit in &mut self.units {
            if !unit.code.trim().is_empty() {
                continue;
            }
            unit.code = loop {
                number += 1;
                let code = format!("dv{number:04}");
                if taken.insert(code.clone()) {
                    break code;
                }
            };
        }
    }
}
