//! Words as units of a choice list, however they are written: looked up in the list itself, then
//! among the official units, those before July 2025 included.

use std::collections::HashMap;

use super::choice_words::ChoiceWords;
use super::heading::plain;
use crate::domain::form::{Choice, Form, Role};
use crate::domain::gazetteer::{
    CurrentUnit, Found, Gazetteer, Placement, Province, UnitList, WrittenUnit,
};

/// The official units, which somebody reads when they are first needed.
pub trait OfficialUnits {
    /// Every official unit.
    fn gazetteer(&self) -> &Gazetteer;
}

impl OfficialUnits for Gazetteer {
    fn gazetteer(&self) -> &Gazetteer {
        self
    }
}

/// The units of a form.
pub(super) struct UnitWords<'f> {
    choices: &'f [Choice],
    /// The choices as units.
    listed: Gazetteer,
    has_provinces: bool,
    official: &'f dyn OfficialUnits,
    /// What was looked up before.
    known: HashMap<WrittenKey, Result<&'f str, Vec<String>>>,
}

/// Name, district and province as they are written.
type WrittenKey = (String, String, String);

impl<'f> UnitWords<'f> {
    pub(super) fn of(form: &'f Form, list: &str, official: &'f dyn OfficialUnits) -> Self {
        let choices = form.choices(list);
        let province_list = form.with_role(Role::Province).and_then(|q| q.kind.list());
        let provinces = province_list.map_or(&[][..], |list| form.choices(list));
        let places: HashMap<&str, usize> =
            provinces.iter().enumerate().map(|(at, province)| (&*province.name, at)).collect();
        let province_of = |choice: &Choice| {
            let mut columns = choice.columns().iter();
            columns.find_map(|(_, value)| places.get(value.as_str()).copied())
        };
        let units = choices.iter().map(|choice| CurrentUnit {
            code: choice.name.clone(),
            name: called(choice).to_owned(),
            province: province_of(choice).unwrap_or(usize::MAX),
            area_km2: None,
            position: None,
        });
        let units: Vec<CurrentUnit> = units.collect();
        let has_provinces = units.iter().any(|unit| unit.province != usize::MAX);
        let provinces = provinces.iter().map(|province| Province {
            code: province.name.clone(),
            name: province.label.get("").to_owned(),
        });
        let listed = Gazetteer::new(provinces.collect(), units, Vec::new(), Vec::new(), Vec::new());
        Self { choices, listed, has_provinces, official, known: HashMap::new() }
    }

    /// The choice that a written unit is, else those that it may be.
    pub(super) fn find(
        &mut self,
        words: &ChoiceWords<'f>,
        written: &WrittenUnit,
    ) -> Result<&'f str, Vec<String>> {
        let WrittenUnit { name, district, province, .. } = written;
        let key = (name.clone(), district.clone(), province.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.look_up(words, written);
        self.known.insert(key, found.clone());
        found
    }

    fn look_up(
        &self,
        words: &ChoiceWords<'f>,
        written: &WrittenUnit,
    ) -> Result<&'f str, Vec<String>> {
        let with_district = format!("{} ({})", written.name, written.district);
        if let Some(name) = words.one(&written.name).or_else(|| words.one(&with_district)) {
            return Ok(name);
        }
        let mut offered = Vec::new();
        for written in readings(written) {
            match self.placed(&written) {
                Ok(name) => return Ok(name),
                Err(several) if offered.is_empty() => offered = several,
                Err(_) => {}
            }
        }
        Err(offered)
    }

    fn placed(&self, written: &WrittenUnit) -> Result<&'f str, Vec<String>> {
        let in_list = WrittenUnit {
            province: if self.has_provinces { written.province.clone() } else { String::new() },
            ..written.clone()
        };
        match self.listed.find(UnitList::Current, &in_list) {
            Found::One(at) => return self.choices.get(at).map(|c| &*c.name).ok_or_else(Vec::new),
            Found::Several(units) => {
                let names = units.into_iter().filter_map(|at| self.choices.get(at));
                return Err(names.map(|choice| choice.name.clone()).collect());
            }
            Found::Nothing => {}
        }
        let official = self.official.gazetteer();
        let units = match official.place(UnitList::Current, written) {
            Placement::Current(unit) | Placement::Moved { now: unit, .. } => vec![unit],
            Placement::Asked(units) => units,
            Placement::Unknown => Vec::new(),
        };
        let of_today = units.iter().filter_map(|unit| official.units.get(*unit));
        // Units of before have codes that mean others today, so that a name has to agree.
        let offered = of_today.filter_map(|unit| {
            let is_same = |choice: &&Choice| {
                choice.name == unit.code && plain(called(choice)) == plain(&unit.name)
            };
            self.choices.iter().find(is_same).map(|choice| &*choice.name)
        });
        let offered: Vec<&'f str> = offered.collect();
        match offered.as_slice() {
            [only] if units.len() == 1 => Ok(only),
            several => Err(several.iter().map(|&name| name.to_owned()).collect()),
        }
    }
}

/// What a unit is called, without the district behind it.
fn called(choice: &Choice) -> &str {
    let label = choice.label.get("");
    label.split_once(" (").filter(|_| label.ends_with(')')).map_or(label, |(name, _)| name)
}

/// A unit as it is written, and what stands behind a comma or a dash as its district and province.
fn readings(written: &WrittenUnit) -> Vec<WrittenUnit> {
    let mut readings = vec![written.clone()];
    let parts: Vec<&str> =
        written.name.split([',', ';', '–']).flat_map(|p| p.split(" - ")).collect();
    let parts: Vec<&str> =
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let read = |name: &str, district: &str, province: &str| {
        let or = |part: &str, known: &str| {
            if known.is_empty() { part.to_owned() } else { known.to_owned() }
        };
        WrittenUnit {
            code: String::new(),
            name: name.to_owned(),
            district: or(district, &written.district),
            province: or(province, &written.province),
        }
    };
    match parts.as_slice() {
        [name, district, province] => readings.push(read(name, district, province)),
        [name, place] => readings.extend([read(name, "", place), read(name, place, "")]),
        _ => {}
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{self, units};

    #[test]
    fn a_unit_is_found_by_what_it_is_called_today_or_was_before() {
        let form = forms::needs().unwrap();
        let official = units::gazetteer();
        let words = ChoiceWords::of(&form, "don_vi", None);
        let mut units = UnitWords::of(&form, "don_vi", &official);
        let mut find = |name: &str, district: &str, province: &str| {
            let written = WrittenUnit {
                code: String::new(),
                name: name.to_owned(),
                district: district.to_owned(),
                province: province.to_owned(),
            };
            units.find(&words, &written)
        };
        let code = Ok("05830");
        assert_eq!(find("dai tu", "", "Thái Nguyên"), code);
        assert_eq!(find("Xã Đại Từ, tỉnh Thái Nguyên", "", ""), code);
        assert_eq!(find("5830", "", ""), code);
        assert_eq!(find("Xã Đại Từ", "", "19"), code);
        let several = find("Xã Tân Lập", "", "").unwrap_err();
        assert!(several.len() > 1, "{several:?}");
        assert_eq!(find("Xã Không Đâu Cả", "", ""), Err(Vec::new()));
        // A unit of before that went over as a whole.
        assert_eq!(find("Xã Khôi Kỳ", "Đại Từ", "Thái Nguyên"), code);
    }
}
