//! The official units, kept beside the forms that name them. Half a megabyte: for the worker only.
//!
//! The units since 1 July 2025 are the choices of the built-in forms, `chung/don_vi.csv`, and
//! `units/places.csv` has their areas and coordinates. The units before, of 10,035 communes in 63
//! provinces, name in the column `now` the units they went into; where they are several, the unit
//! was split, and the one with its largest part stands first.
//!
//! Sources: open packages of Vietnam's administrative units by the official codes, with areas,
//! coordinates and the table of which old unit lies in which new one, as they stood on 20 September
//! 2026. What a unit is follows from its name: seven rows of those packages had other words for it.

use std::collections::BTreeMap;

use crate::domain::gazetteer::{CurrentUnit, District, Gazetteer, OldUnit, Position, Province};
use crate::formats::csv_text;
use crate::formats::text_table::TextTable;

use super::SHARED_SHEETS;

/// Every official unit.
pub fn gazetteer() -> Gazetteer {
    let provinces = provinces();
    let units = units(&provinces);
    let old_provinces: Vec<Province> = table(include_str!("units/provinces_before.csv"))
        .rows
        .iter()
        .map(|row| Province { code: cell(&row.cells, 0), name: cell(&row.cells, 1) })
        .collect();
    let districts = districts(&old_provinces);
    let old_units = old_units(&districts, &units);
    Gazetteer::new(provinces, units, old_provinces, districts, old_units)
}

/// The provinces of today: a choice list of the built-in forms.
fn provinces() -> Vec<Province> {
    let rows = shared("choices.csv").rows.into_iter();
    let rows = rows.filter(|row| row.cells.first().is_some_and(|list| list == "tinh"));
    rows.map(|row| Province { code: cell(&row.cells, 1), name: cell(&row.cells, 2) }).collect()
}

fn units(provinces: &[Province]) -> Vec<CurrentUnit> {
    let provinces = positions(provinces.iter().map(|province| &province.code));
    let places: BTreeMap<String, Vec<String>> = table(include_str!("units/places.csv"))
        .rows
        .into_iter()
        .map(|row| (cell(&row.cells, 0), row.cells))
        .collect();
    let units = shared("don_vi.csv").rows.into_iter().filter_map(|row| {
        let code = cell(&row.cells, 0);
        let place = places.get(&code).map(Vec::as_slice).unwrap_or_default();
        let number = |column: usize| place.get(column).and_then(|cell| cell.parse::<f64>().ok());
        let position = number(2).zip(number(3)).map(Position::from);
        Some(CurrentUnit {
            name: cell(&row.cells, 1),
            province: *provinces.get(row.cells.get(2)?)?,
            area_km2: number(1),
            position,
            code,
        })
    });
    units.collect()
}

fn districts(provinces: &[Province]) -> Vec<District> {
    let provinces = positions(provinces.iter().map(|province| &province.code));
    let rows = table(include_str!("units/districts_before.csv")).rows.into_iter();
    let districts = rows.filter_map(|row| {
        Some(District {
            code: cell(&row.cells, 0),
            name: cell(&row.cells, 1),
            province: *provinces.get(row.cells.get(2)?)?,
        })
    });
    districts.collect()
}

fn old_units(districts: &[District], units: &[CurrentUnit]) -> Vec<OldUnit> {
    let districts = positions(districts.iter().map(|district| &district.code));
    let units = positions(units.iter().map(|unit| &unit.code));
    let rows = table(include_str!("units/units_before.csv")).rows.into_iter();
    let old = rows.filter_map(|row| {
        let now = row.cells.get(3)?.split(' ').filter_map(|code| units.get(code).copied());
        Some(OldUnit {
            code: cell(&row.cells, 0),
            name: cell(&row.cells, 1),
            district: *districts.get(row.cells.get(2)?)?,
            now: now.collect(),
        })
    });
    old.collect()
}

fn positions<'c>(codes: impl Iterator<Item = &'c String>) -> BTreeMap<String, usize> {
    codes.enumerate().map(|(at, code)| (code.clone(), at)).collect()
}

fn shared(name: &str) -> TextTable {
    let sheet = SHARED_SHEETS.iter().find(|(sheet, _)| *sheet == name);
    sheet.map_or_else(TextTable::default, |(_, text)| table(text))
}

/// The tests see to it that these tables can be read.
fn table(text: &str) -> TextTable {
    csv_text::parse(text).unwrap_or_default()
}

fn cell(cells: &[String], column: usize) -> String {
    cells.get(column).cloned().unwrap_or_default()
}
