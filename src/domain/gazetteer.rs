//! The official units: those of today, those before 1 July 2025, and what became of each.
//!
//! A unit is named by people, so it is looked for as it is written: by code, by name with or
//! without "Xã" and diacritics, within its province and district where these are known. A name
//! that fits several units, and an old unit that was split, are asked about and never guessed.

mod index;
mod names;

use serde::{Deserialize, Serialize};

use index::Index;
pub use names::{UnitKind, province_key, spelled};

/// Which of the two lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitList {
    /// The units since 1 July 2025.
    #[default]
    Current,
    /// The units before, with their districts.
    Before2025,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Province {
    /// Its official code; empty where it is not known.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Where a unit lies, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl From<(f64, f64)> for Position {
    fn from((latitude, longitude): (f64, f64)) -> Self {
        Self { latitude, longitude }
    }
}

impl From<Position> for (f64, f64) {
    fn from(Position { latitude, longitude }: Position) -> Self {
        (latitude, longitude)
    }
}

/// A unit of today.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentUnit {
    /// Its official code.
    pub code: String,
    /// Its name, with "Xã" or the like.
    pub name: String,
    /// The position of its province among [`Gazetteer::provinces`].
    pub province: usize,
    /// Its area in square kilometres.
    pub area_km2: Option<f64>,
    /// Where it lies.
    pub position: Option<Position>,
}

/// A unit before 1 July 2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldUnit {
    /// Its official code; units of today have many of these codes, and mean others by them.
    pub code: String,
    /// Its name, with "Xã" or the like.
    pub name: String,
    /// The position of its district among [`Gazetteer::districts`].
    pub district: usize,
    /// The units of today it lies in, as positions: one that it went into as a whole, or several
    /// that it was split among, the one with the largest part first.
    pub now: Vec<usize>,
}

/// A district; there are none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The position of its province among [`Gazetteer::old_provinces`].
    pub province: usize,
}

/// Every official unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gazetteer {
    /// The provinces of today.
    pub provinces: Vec<Province>,
    /// The units of today.
    pub units: Vec<CurrentUnit>,
    /// The provinces before 1 July 2025.
    pub old_provinces: Vec<Province>,
    /// Their districts.
    pub districts: Vec<District>,
    /// Their units.
    pub old_units: Vec<OldUnit>,
    current: Index,
    before: Index,
}

/// A unit as somebody wrote it; what is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenUnit {
    /// A code.
    pub code: String,
    /// A name, with or without "Xã" or the like.
    pub name: String,
    /// The district, by code or name.
    pub district: String,
    /// The province, by code or name.
    pub province: String,
}

/// What a written unit is in one of the lists, as positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(usize),
    /// One of these; what is written does not tell which.
    Several(Vec<usize>),
    /// None of them.
    Nothing,
}

/// Which unit of today a written one is, as positions among [`Gazetteer::units`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// It is a unit of today.
    Current(usize),
    /// It is an old unit that went into this one as a whole.
    Moved {
        /// The old unit, as a position among [`Gazetteer::old_units`].
        old: usize,
        /// The unit of today.
        now: usize,
    },
    /// It is one of these: the old unit was split, or several units are called so.
    Asked(Vec<usize>),
    /// No list has it.
    Unknown,
}

impl Gazetteer {
    /// Both lists, ready to look in.
    pub fn new(
        provinces: Vec<Province>,
        units: Vec<CurrentUnit>,
        old_provinces: Vec<Province>,
        districts: Vec<District>,
        old_units: Vec<OldUnit>,
    ) -> Self {
        let current = Index::of(units.iter().map(|unit| (unit.code.as_str(), unit.name.as_str())));
        let before =
            Index::of(old_units.iter().map(|unit| (unit.code.as_str(), unit.name.as_str())));
        Self { provinces, units, old_provinces, districts, old_units, current, before }
    }

    /// The provinces of a list.
    pub fn provinces_of(&self, list: UnitList) -> &[Province] {
        match list {
            UnitList::Current => &self.provinces,
            UnitList::Before2025 => &self.old_provinces,
        }
    }

    /// The positions of the units of a list.
    pub fn positions(&self, list: UnitList) -> std::ops::Range<usize> {
        match list {
            UnitList::Current => 0..self.units.len(),
            UnitList::Before2025 => 0..self.old_units.len(),
        }
    }

    /// The name of a unit in a list.
    pub fn name(&self, list: UnitList, unit: usize) -> Option<&str> {
        match list {
            UnitList::Current => self.units.get(unit).map(|unit| unit.name.as_str()),
            UnitList::Before2025 => self.old_units.get(unit).map(|unit| unit.name.as_str()),
        }
    }

    /// The position of a unit's province in the same list.
    pub fn province_of(&self, list: UnitList, unit: usize) -> Option<usize> {
        match list {
            UnitList::Current => self.units.get(unit).map(|unit| unit.province),
            UnitList::Before2025 => self.district_of(unit).map(|district| district.province),
        }
    }

    /// The district of an old unit.
    pub fn district_of(&self, old: usize) -> Option<&District> {
        self.districts.get(self.old_units.get(old)?.district)
    }

    /// Looks for a unit in one list. A name counts more than a code, since the two lists give one
    /// code to different units.
    pub fn find(&self, list: UnitList, written: &WrittenUnit) -> Found {
        let index = match list {
            UnitList::Current => &self.current,
            UnitList::Before2025 => &self.before,
        };
        let by_code = index.by_code(&written.code);
        if written.name.trim().is_empty() {
            return by_code.map_or(Found::Nothing, Found::One);
        }
        let name = |unit: usize| self.name(list, unit).unwrap_or_default();
        if let Some(unit) = by_code.filter(|unit| names::is_called(name(*unit), &written.name)) {
            return Found::One(unit);
        }
        let mut units = index.by_name(&written.name);
        units.retain(|unit| self.lies_in(list, *unit, written));
        // As it is spelled, where that tells units apart; else what it looks like in plain letters.
        narrow(&mut units, |unit| names::has_kind_of(name(unit), &written.name));
        narrow(&mut units, |unit| names::is_spelled_like(name(unit), &written.name));
        match *units.as_slice() {
            [] => Found::Nothing,
            [unit] => Found::One(unit),
            _ => Found::Several(units),
        }
    }

    /// Which unit of today this is. Where both lists know it, it is looked for in `first`.
    pub fn place(&self, first: UnitList, written: &WrittenUnit) -> Placement {
        let lists = match first {
            UnitList::Current => [UnitList::Current, UnitList::Before2025],
            UnitList::Before2025 => [UnitList::Before2025, UnitList::Current],
        };
        let found = lists.into_iter().map(|list| (list, self.find(list, written)));
        let known = found.into_iter().find(|(_, found)| *found != Found::Nothing);
        match known {
            None | Some((_, Found::Nothing)) => Placement::Unknown,
            Some((UnitList::Current, Found::One(unit))) => Placement::Current(unit),
            Some((UnitList::Current, Found::Several(units))) => Placement::Asked(units),
            Some((UnitList::Before2025, Found::One(old))) => self.place_old(&[old]),
            Some((UnitList::Before2025, Found::Several(old))) => self.place_old(&old),
        }
    }

    /// What became of an old unit that is one of these.
    fn place_old(&self, old: &[usize]) -> Placement {
        let units = old.iter().filter_map(|unit| self.old_units.get(*unit));
        let mut now: Vec<usize> = Vec::new();
        for unit in units.flat_map(|unit| &unit.now) {
            if !now.contains(unit) {
                now.push(*unit);
            }
        }
        match (now.as_slice(), old.first()) {
            ([now], Some(old)) => Placement::Moved { old: *old, now: *now },
            ([], _) | (_, None) => Placement::Unknown,
            _ => Placement::Asked(now),
        }
    }

    /// True unless what is written about district and province says otherwise. The province of an
    /// old unit may be written as it was or as it is.
    fn lies_in(&self, list: UnitList, unit: usize, written: &WrittenUnit) -> bool {
        let own = self.province_of(list, unit).and_then(|at| self.provinces_of(list).get(at));
        let in_province = written.province.trim().is_empty()
            || own.is_some_and(|province| is_province(province, &written.province))
            || list == UnitList::Before2025 && self.lies_now_in(unit, &written.province);
        let district = self.district_of(unit).filter(|_| list == UnitList::Before2025);
        in_province
            && (written.district.trim().is_empty()
                || district.is_none_or(|district| {
                    district.code == written.district.trim()
                        || names::district_key(&district.name)
                            == names::district_key(&written.district)
                }))
    }

    fn lies_now_in(&self, old: usize, province: &str) -> bool {
        let now = self.old_units.get(old).and_then(|unit| unit.now.first());
        let now = now.and_then(|unit| self.units.get(*unit));
        let now = now.and_then(|unit| self.provinces.get(unit.province));
        now.is_some_and(|now| is_province(now, province))
    }
}

/// True when a written province, by code or name, is this one.
fn is_province(province: &Province, written: &str) -> bool {
    let written = written.trim();
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        // A spreadsheet takes the zero off `01`.
        return province.code.trim_start_matches('0') == written.trim_start_matches('0');
    }
    province_key(&province.name) == province_key(written)
}

/// Keeps those that fit, unless none does.
fn narrow(units: &mut Vec<usize>, fits: impl Fn(usize) -> bool) {
    if units.iter().any(|unit| fits(*unit)) {
        units.retain(|unit| fits(*unit));
    }
}

#[cfg(test)]
mod tests;
