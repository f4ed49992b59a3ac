//! Units that lie together: those of one district, or of what was one until July 2025.

use std::collections::{BTreeMap, BTreeSet};

use super::gazetteer::Gazetteer;
use super::roster::Roster;

/// Which cluster each unit lies in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    by_unit: BTreeMap<String, String>,
}

impl Clusters {
    /// Of a roster's units, by the district that it names, and of all other units of today, by the
    /// former district that most of what went into them belonged to.
    pub fn of_units(roster: &Roster, gazetteer: &Gazetteer) -> Self {
        let mut parts: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for old in &gazetteer.old_units {
            for unit in &old.now {
                *parts.entry(*unit).or_default().entry(old.district).or_default() += 1;
            }
        }
        let largest = |parts: &BTreeMap<usize, usize>| {
            parts
                .iter()
                .max_by_key(|(district, units)| (**units, usize::MAX - **district))
                .map(|(district, _)| *district)
        };
        let shared = shared_names(gazetteer);
        let former = gazetteer.units.iter().enumerate().map(|(at, unit)| {
            let district = parts.get(&at).and_then(largest);
            let district = district.and_then(|district| gazetteer.districts.get(district));
            let name = match district {
                Some(district) if shared.contains(district.name.as_str()) => {
                    let province = gazetteer.old_provinces.get(district.province);
                    let province = province.map_or("", |province| province.name.as_str());
                    format!("{} ({province})", district.name)
                }
                Some(district) => district.name.clone(),
                // An island that was a district without communes.
                None => unit.name.clone(),
            };
            (unit.code.clone(), name)
        });
        let named = roster.units.iter().filter(|unit| !unit.district.is_empty());
        let named = named.map(|unit| (unit.code.clone(), unit.district.clone()));
        Self { by_unit: former.chain(named).collect() }
    }

    /// True where nothing is known of any unit.
    pub fn is_empty(&self) -> bool {
        self.by_unit.is_empty()
    }

    /// The cluster of a unit, by code; empty where it is not known.
    pub fn of(&self, unit: &str) -> &str {
        self.by_unit.get(unit).map_or("", String::as_str)
    }
}

/// The names that several districts have.
fn shared_names(gazetteer: &Gazetteer) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let names = gazetteer.districts.iter().map(|district| district.name.as_str());
    names.filter(|name| !seen.insert(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Unit;
    use crate::forms::units;

    #[test]
    fn a_unit_of_today_lies_in_the_district_that_it_mostly_came_from() {
        let gazetteer = units::gazetteer();
        let clusters = Clusters::of_units(&Roster::default(), &gazetteer);
        let known = gazetteer.units.iter().filter(|unit| !clusters.of(&unit.code).is_empty());
        assert_eq!(known.count(), gazetteer.units.len());
        assert_eq!(clusters.of("00004"), "Quận Ba Đình");
        assert_eq!(clusters.of("nowhere"), "");
    }

    #[test]
    fn a_roster_s_own_districts_come_first() {
        let roster = Roster {
            units: vec![Unit {
                code: "00004".into(), district: "Cụm 1".into(), ..Unit::default()
            }],
            ..Roster::default()
        };
        let clusters = Clusters::of_units(&roster, &units::gazetteer());
        assert_eq!(clusters.of("00004"), "Cụm 1");
    }
}
