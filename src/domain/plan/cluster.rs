//! Units that lie near each other.
//!
//! The units of a province are halved across the longer side of the area they lie in, until no two
//! of a part are farther apart than the settings allow: parts are of one piece, about equally
//! large, and neighbours in the list are neighbours on the map. Distances are those on a sphere
//! taken as flat, which at 100 km is off by some metres. Units whose place is unknown are put
//! together by province; where that is unknown too, each is by itself, in the order of names.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::learner::Learners;
use crate::domain::gazetteer::Position;

/// A degree of latitude in kilometres.
const DEGREE_KM: f64 = 111.195;

/// Where a unit lies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitPlace {
    /// Its code, as answers name it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of its province; empty where it is not known.
    pub province: String,
    /// Its coordinates.
    pub position: Option<Position>,
}

/// Units that lie near each other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Their province; empty where it is not known.
    pub province: String,
    /// Their codes; empty for people whose unit is not known.
    pub units: Vec<String>,
    /// The unit that lies nearest to their middle, by code.
    pub centre: String,
    /// At most so many kilometres between two of them; `None` where their places are not known.
    pub across_km: Option<f64>,
}

/// Every cluster, and which unit is in which.
pub(super) struct Clusters {
    all: Vec<Cluster>,
    of_unit: HashMap<String, usize>,
    unknown: usize,
}

impl Clusters {
    /// The place of a unit's cluster.
    pub(super) fn of(&self, unit: &str) -> usize {
        self.of_unit.get(unit).copied().unwrap_or(self.unknown)
    }

    pub(super) fn into_clusters(self) -> Vec<Cluster> {
        self.all
    }
}

/// A unit with its coordinates, in degrees east and north.
type Point<'p> = (&'p UnitPlace, f64, f64);

/// The clusters of the units that people are from.
pub(super) fn clusters(learners: &Learners<'_>, places: &[UnitPlace], widest_km: u32) -> Clusters {
    let mut known: HashMap<&str, &UnitPlace> = HashMap::new();
    for place in places {
        known.entry(place.code.as_str()).or_insert(place);
    }
    let strangers: Vec<UnitPlace> = learners
        .units
        .keys()
        .filter(|code| !known.contains_key(**code))
        .map(|code| UnitPlace {
            code: (*code).to_owned(),
            name: (*code).to_owned(),
            ..UnitPlace::default()
        })
        .collect();
    let here = learners.units.keys().filter_map(|code| known.get(*code).copied());
    let mut provinces: BTreeMap<&str, Vec<&UnitPlace>> = BTreeMap::new();
    for place in here.chain(&strangers) {
        provinces.entry(&place.province).or_default().push(place);
    }
    let mut all = Vec::new();
    for (province, units) in provinces {
        let (points, placeless): (Vec<&UnitPlace>, Vec<&UnitPlace>) =
            units.into_iter().partition(|unit| coordinates(unit).is_some());
        let mut points: Vec<Point<'_>> = points
            .into_iter()
            .filter_map(|unit| coordinates(unit).map(|(east, north)| (unit, east, north)))
            .collect();
        if !points.is_empty() {
            halve(province, &mut points, f64::from(widest_km), &mut all);
        }
        all.extend(without_place(province, placeless));
    }
    let unknown = all.len();
    if learners.all.iter().any(|own| own.unit.is_empty()) {
        all.push(Cluster::default());
    }
    let units = all.iter().enumerate().flat_map(|(at, cluster): (usize, &Cluster)| {
        cluster.units.iter().map(move |unit| (unit.clone(), at))
    });
    Clusters { of_unit: units.collect(), all, unknown }
}

/// Coordinates that can be reckoned with: a table may have others.
fn coordinates(unit: &UnitPlace) -> Option<(f64, f64)> {
    let Position { latitude, longitude } = unit.position?;
    let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    is_on_earth.then_some((longitude, latitude))
}

/// Halves units until they lie near enough to each other.
fn halve(province: &str, points: &mut [Point<'_>], widest: f64, all: &mut Vec<Cluster>) {
    let (east_km, north_km) = sides(points);
    let across = libm::hypot(east_km, north_km);
    let half = points.len() / 2;
    if across <= widest || half == 0 || across <= 0.0 {
        all.push(cluster(province, points, across));
        return;
    }
    let is_wide = east_km > north_km;
    points.sort_by(|a, b| {
        let along = |point: &Point<'_>| if is_wide { point.1 } else { point.2 };
        along(a).total_cmp(&along(b)).then_with(|| a.0.code.cmp(&b.0.code))
    });
    let (one, other) = points.split_at_mut(half);
    halve(province, one, widest, all);
    halve(province, other, widest, all);
}

/// The sides of the area that units lie in, from west to east and from south to north.
fn sides(points: &[Point<'_>]) -> (f64, f64) {
    let ends = |along: fn(&Point<'_>) -> f64| {
        let values = points.iter().map(along);
        let (first, last) = (values.clone().reduce(f64::min), values.reduce(f64::max));
        first.zip(last).unwrap_or_default()
    };
    let (west, east) = ends(|point| point.1);
    let (south, north) = ends(|point| point.2);
    let middle = f64::midpoint(south, north).to_radians();
    ((east - west) * DEGREE_KM * libm::cos(middle), (north - south) * DEGREE_KM)
}

fn cluster(province: &str, points: &[Point<'_>], across: f64) -> Cluster {
    let count = points.len() as f64;
    let east = points.iter().map(|point| point.1).sum::<f64>() / count;
    let north = points.iter().map(|point| point.2).sum::<f64>() / count;
    let off = |point: &&Point<'_>| libm::hypot(point.1 - east, point.2 - north);
    let centre = points
        .iter()
        .min_by(|a, b| off(a).total_cmp(&off(b)).then_with(|| a.0.code.cmp(&b.0.code)));
    let mut units: Vec<String> = points.iter().map(|(unit, ..)| unit.code.clone()).collect();
    units.sort();
    Cluster {
        province: province.to_owned(),
        units,
        centre: centre.map_or(String::new(), |(unit, ..)| unit.code.clone()),
        across_km: Some(across),
    }
}

/// Units whose places are not known.
fn without_place(province: &str, mut units: Vec<&UnitPlace>) -> Vec<Cluster> {
    units.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.code.cmp(&b.code)));
    let together: Vec<Vec<&UnitPlace>> = match units.as_slice() {
        [] => Vec::new(),
        _ if province.is_empty() => units.into_iter().map(|unit| vec![unit]).collect(),
        _ => vec![units],
    };
    let clusters = together.into_iter().map(|units| Cluster {
        province: province.to_owned(),
        centre: units.first().map_or(String::new(), |unit| unit.code.clone()),
        units: units.iter().map(|unit| unit.code.clone()).collect(),
        across_km: None,
    });
    clusters.collect()
}
