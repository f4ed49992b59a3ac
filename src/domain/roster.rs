//! The units of a campaign and, for each unit and post, how many people there should be and are.
//!
//! Most units have the same: a post has a default, and a cell that nobody filled follows it.

pub mod columns;
mod faults;
pub mod importing;

use serde::{Deserialize, Serialize};

use super::gazetteer::{Gazetteer, Position, Province, UnitKind, UnitList};

pub use faults::{RosterFault, RosterFaultKind};

/// The most units that a roster has; there are 3,321 today and were 10,035 before.
pub const MOST_UNITS: usize = 20_000;

/// The most people that one cell may stand for.
pub const MOST_PEOPLE: u32 = 9999;

/// Units and posts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// The provinces of its units.
    #[serde(default)]
    pub provinces: Vec<Province>,
    /// The posts, as columns.
    #[serde(default)]
    pub posts: Vec<RosterPost>,
    /// The units in order, as rows.
    #[serde(default)]
    pub units: Vec<Unit>,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPost {
    /// Its name among the choices of the form's question with the role post.
    pub name: String,
    /// What a unit has that says nothing else.
    #[serde(default)]
    pub default: Places,
}

/// A unit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code, by which answers name it.
    pub code: String,
    /// Its name, with "Xã" or the like where that is known.
    pub name: String,
    /// Its district, for a unit before July 2025.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// The position of its province among [`Roster::provinces`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<usize>,
    /// Its area in square kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_km2: Option<f64>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What it says of the posts, in their order; what is missing at the end follows the default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Places>,
}

impl Unit {
    /// A unit of one of the official lists, in a roster where its province has this position.
    pub fn listed(
        gazetteer: &Gazetteer,
        list: UnitList,
        at: usize,
        province: Option<usize>,
    ) -> Option<Self> {
        match list {
            UnitList::Current => gazetteer.units.get(at).map(|unit| Self {
                code: unit.code.clone(),
                name: unit.name.clone(),
                province,
                area_km2: unit.area_km2,
                position: unit.position,
                ..Self::default()
            }),
            UnitList::Before2025 => gazetteer.old_units.get(at).map(|unit| Self {
                code: unit.code.clone(),
                name: unit.name.clone(),
                district: gazetteer.district_of(at).map_or(String::new(), |d| d.name.clone()),
                province,
                ..Self::default()
            }),
        }
    }

    /// Drops what says nothing at the end.
    fn trim(&mut self) {
        while self.places.last() == Some(&Places::default()) {
            self.places.pop();
        }
    }

    /// What people call it: its name, with the district behind it where there is one.
    pub fn called(&self) -> String {
        match (self.name.trim(), self.district.trim()) {
            ("", _) => self.code.clone(),
            (name, "") => name.to_owned(),
            (name, district) => format!("{name} ({district})"),
        }
    }

    /// What it is, as its name says.
    pub fn kind(&self) -> Option<UnitKind> {
        UnitKind::of(&self.name)
    }
}

/// How many people hold a post; a side that is `None` says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Option<u32>, Option<u32>)", into = "(Option<u32>, Option<u32>)")]
pub struct Places {
    /// How many there should be.
    pub quota: Option<u32>,
    /// How many there are.
    pub actual: Option<u32>,
}

impl From<(Option<u32>, Option<u32>)> for Places {
    fn from((quota, actual): (Option<u32>, Option<u32>)) -> Self {
        let bounded = |people: Option<u32>| people.map(|people| people.min(MOST_PEOPLE));
        Self { quota: bounded(quota), actual: bounded(actual) }
    }
}

impl From<Places> for (Option<u32>, Option<u32>) {
    fn from(Places { quota, actual }: Places) -> Self {
        (quota, actual)
    }
}

/// Which of the two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// How many there should be.
    Quota,
    /// How many there are.
    Actual,
}

impl Side {
    /// Both, as columns stand.
    pub const ALL: [Self; 2] = [Self::Quota, Self::Actual];
}

impl Places {
    /// The same number on both sides.
    pub fn full(people: u32) -> Self {
        Self { quota: Some(people), actual: Some(people) }
    }

    /// One of the two.
    pub fn get(self, side: Side) -> Option<u32> {
        match side {
            Side::Quota => self.quota,
            Side::Actual => self.actual,
        }
    }

    /// Sets one of the two.
    pub fn set(&mut self, side: Side, people: Option<u32>) {
        match side {
            Side::Quota => self.quota = people,
            Side::Actual => self.actual = people,
        }
    }

    /// How many people may answer: those who are there; where nobody counted them, those who
    /// should be.
    pub fn expected(self) -> u32 {
        self.actual.or(self.quota).unwrap_or(0)
    }

    fn or(self, default: Self) -> Self {
        Self { quota: self.quota.or(default.quota), actual: self.actual.or(default.actual) }
    }
}

/// Sums over units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many there should be.
    pub quota: u64,
    /// How many there are.
    pub actual: u64,
    /// How many may answer.
    pub expected: u64,
}

impl Totals {
    /// One of the first two.
    pub fn get(self, side: Side) -> u64 {
        match side {
            Side::Quota => self.quota,
            Side::Actual => self.actual,
        }
    }
}

impl Roster {
    /// A roster without units, with one person a post.
    pub fn of_posts(names: impl IntoIterator<Item = String>) -> Self {
        let posts = names.into_iter().map(|name| RosterPost { name, default: Places::full(1) });
        Self { posts: posts.collect(), ..Self::default() }
    }

    /// The units alone: what those who answer need to know of it.
    #[must_use]
    pub fn units_only(&self) -> Self {
        let units = self.units.iter().map(|unit| Unit {
            places: Vec::new(),
            area_km2: None,
            position: None,
            ..unit.clone()
        });
        Self { provinces: self.provinces.clone(), posts: Vec::new(), units: units.collect() }
    }

    /// The position of a post.
    pub fn post(&self, name: &str) -> Option<usize> {
        self.posts.iter().position(|post| post.name == name)
    }

    /// What holds for a unit and a post.
    pub fn places(&self, unit: usize, post: usize) -> Places {
        let default = self.posts.get(post).map(|post| post.default).unwrap_or_default();
        self.own_places(unit, post).or(default)
    }

    /// What a unit says itself of a post.
    pub fn own_places(&self, unit: usize, post: usize) -> Places {
        let own = self.units.get(unit).and_then(|unit| unit.places.get(post));
        own.copied().unwrap_or_default()
    }

    /// Fills a cell; with `None` it follows the default.
    pub fn set(&mut self, unit: usize, post: usize, side: Side, people: Option<u32>) {
        if post >= self.posts.len() {
            return;
        }
        let Some(unit) = self.units.get_mut(unit) else { return };
        if unit.places.len() <= post {
            unit.places.resize(post + 1, Places::default());
        }
        if let Some(places) = unit.places.get_mut(post) {
            places.set(side, people.map(|people| people.min(MOST_PEOPLE)));
        }
        unit.trim();
    }

    /// Changes what units have that say nothing else.
    pub fn set_default(&mut self, post: usize, side: Side, people: Option<u32>) {
        if let Some(post) = self.posts.get_mut(post) {
            post.default.set(side, people.map(|people| people.min(MOST_PEOPLE)));
        }
    }

    /// Takes a post out, with what units said of it.
    pub fn remove_post(&mut self, post: usize) {
        if post >= self.posts.len() {
            return;
        }
        self.posts.remove(post);
        for unit in &mut self.units {
            if post < unit.places.len() {
                unit.places.remove(post);
            }
        }
    }

    /// Adds a post behind the others, unless it is there.
    pub fn add_post(&mut self, name: &str, default: Places) {
        if self.post(name).is_none() {
            for unit in &mut self.units {
                unit.places.truncate(self.posts.len());
            }
            self.posts.push(RosterPost { name: name.to_owned(), default });
        }
    }

    /// The sums of a post over all units.
    pub fn totals(&self, post: usize) -> Totals {
        let mut totals = Totals::default();
        for unit in 0..self.units.len() {
            let places = self.places(unit, post);
            totals.quota += u64::from(places.quota.unwrap_or(0));
            totals.actual += u64::from(places.actual.unwrap_or(0));
            totals.expected += u64::from(places.expected());
        }
        totals
    }

    /// The name of a unit's province.
    pub fn province_name(&self, unit: usize) -> &str {
        let province = self.units.get(unit).and_then(|unit| unit.province);
        let province = province.and_then(|at| self.provinces.get(at));
        province.map_or("", |province| province.name.as_str())
    }

    /// The position of a province, which is added where it is not there.
    pub fn province(&mut self, province: &Province) -> usize {
        if let Some(at) = self.provinces.iter().position(|known| known == province) {
            return at;
        }
        self.provinces.push(province.clone());
        self.provinces.len() - 1
    }

    /// Adds the units of another roster that are not there yet by their codes, and says how many
    /// they were. What it says of posts is taken where this roster has the post.
    pub fn extend(&mut self, other: &Self) -> usize {
        let known: std::collections::BTreeSet<String> = self
            .units
            .iter()
            .map(|unit| unit.code.clone())
            .filter(|code| !code.is_empty())
            .collect();
        let before = self.units.len();
        for (at, unit) in other.units.iter().enumerate() {
            if known.contains(&unit.code) {
                continue;
            }
            let province = unit.province.and_then(|at| other.provinces.get(at));
            let province = province.map(|province| self.province(province));
            let places = self.posts.iter().map(|post| {
                other.post(&post.name).map(|post| other.own_places(at, post)).unwrap_or_default()
            });
            let mut unit = Unit { province, places: places.collect(), ..unit.clone() };
            unit.trim();
            self.units.push(unit);
        }
        self.units.len() - before
    }
}

#[cfg(test)]
mod tests;
