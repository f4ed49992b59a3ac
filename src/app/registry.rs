//! The worker's side of a roster: the lists of units, and the table that is being read.

use std::cell::OnceCell;

use super::protocol::{PlacedUnit, RosterPreview, RosterReply, RosterRequest};
use crate::domain::clusters::Clusters;
use crate::domain::foreign::OfficialUnits;
use crate::domain::gazetteer::{Gazetteer, Placement, Province, UnitList, WrittenUnit};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::roster::columns::{self, PostName};
use crate::domain::roster::importing::{self, ImportSettings, Imported, UnitsWanted};
use crate::domain::roster::{Roster, Unit};
use crate::formats::foreign_table::ForeignTable;
use crate::formats::roster_file;
use crate::forms::units;

/// So many units of a table are shown before it is taken.
pub const SHOWN_UNITS: usize = 10;

/// So many cells of each column are shown.
const EXAMPLES: usize = 3;

/// The lists of units, read when they are first needed, and the open table.
#[derive(Debug, Default)]
pub struct Registry {
    gazetteer: OnceCell<Gazetteer>,
    open: Option<OpenTable>,
}

#[derive(Debug)]
struct OpenTable {
    name: String,
    file: ForeignTable,
    posts: Vec<String>,
}

impl OfficialUnits for Registry {
    fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(units::gazetteer)
    }
}

impl Registry {
    /// Answers the page.
    pub fn answer(&mut self, request: RosterRequest) -> RosterReply {
        match request {
            RosterRequest::Provinces(list) => RosterReply::Provinces(list, self.provinces(list)),
            RosterRequest::Units(list, provinces) => {
                RosterReply::Units(self.units(list, &provinces))
            }
            RosterRequest::Open(name, bytes, posts) => self.open(name, &bytes, &posts),
            RosterRequest::Preview(settings) => self.preview(settings),
            RosterRequest::Take(settings) => match self.import(&settings) {
                Some(imported) => RosterReply::Units(imported.roster),
                None => nothing_open(),
            },
            RosterRequest::Place(first, written) => {
                RosterReply::Placed(written.iter().map(|unit| self.place(first, unit)).collect())
            }
        }
    }

    /// Which units lie together, as a roster says it, else as the lists do.
    pub fn clusters(&self, roster: &Roster) -> Clusters {
        Clusters::of_units(roster, self.gazetteer())
    }

    fn provinces(&self, list: UnitList) -> Vec<(Province, usize)> {
        let gazetteer = self.gazetteer();
        let provinces = gazetteer.provinces_of(list).iter().cloned().enumerate();
        let counted = provinces.map(|(at, province)| {
            let units = gazetteer.positions(list);
            let own = units.filter(|unit| gazetteer.province_of(list, *unit) == Some(at));
            (province, own.count())
        });
        counted.collect()
    }

    fn units(&self, list: UnitList, codes: &[String]) -> Roster {
        let gazetteer = self.gazetteer();
        let mut roster = Roster::default();
        for at in gazetteer.positions(list) {
            let province = gazetteer.province_of(list, at);
            let province = province.and_then(|at| gazetteer.provinces_of(list).get(at));
            let Some(province) = province.filter(|known| codes.contains(&known.code)) else {
                continue;
            };
            let province = roster.province(province);
            roster.units.extend(Unit::listed(gazetteer, list, at, Some(province)));
        }
        roster
    }

    fn open(&mut self, name: String, bytes: &[u8], posts: &[PostName]) -> RosterReply {
        self.open = None;
        let file = match roster_file::open(&name, bytes, posts) {
            Ok(file) => file,
            Err(problem) => return RosterReply::Refused(name, problem),
        };
        let columns = columns::proposed(&file.headings, posts);
        let units = UnitsWanted::proposed(&roster_file::rows(&file, &columns), self.gazetteer());
        let posts = posts.iter().map(|post| post.name.clone()).collect();
        self.open = Some(OpenTable { name, file, posts });
        self.preview(ImportSettings { columns, units, ..ImportSettings::default() })
    }

    fn import(&self, settings: &ImportSettings) -> Option<Imported> {
        let open = self.open.as_ref()?;
        let rows = roster_file::rows(&open.file, &settings.columns);
        Some(importing::import(&rows, settings, &open.posts, self.gazetteer()))
    }

    fn preview(&self, settings: ImportSettings) -> RosterReply {
        let Some((open, mut first)) = self.open.as_ref().zip(self.import(&settings)) else {
            return nothing_open();
        };
        let units = first.roster.units.len();
        first.roster.units.truncate(SHOWN_UNITS);
        first.lines.truncate(SHOWN_UNITS);
        let headings = open.file.headings.iter().enumerate();
        let columns = headings.map(|(at, heading)| {
            let examples = open.file.examples(at, EXAMPLES);
            (heading.clone(), examples.into_iter().map(str::to_owned).collect())
        });
        RosterReply::Preview(Box::new(RosterPreview {
            file: open.name.clone(),
            sheet: open.file.sheet.clone(),
            columns: columns.collect(),
            settings,
            first,
            units,
            rows: open.file.rows.len(),
        }))
    }

    fn place(&self, first: UnitList, written: &WrittenUnit) -> PlacedUnit {
        let gazetteer = self.gazetteer();
        let now = |units: &[usize]| {
            let units = units.iter().filter_map(|unit| gazetteer.units.get(*unit));
            units.map(|unit| (unit.code.clone(), unit.name.clone())).collect()
        };
        match gazetteer.place(first, written) {
            Placement::Current(unit) => PlacedUnit { old: None, now: now(&[unit]) },
            Placement::Moved { old, now: unit } => PlacedUnit {
                old: gazetteer.name(UnitList::Before2025, old).map(str::to_owned),
                now: now(&[unit]),
            },
            Placement::Asked(units) => PlacedUnit { old: None, now: now(&units) },
            Placement::Unknown => PlacedUnit { old: None, now: Vec::new() },
        }
    }
}

/// The page asks about a table only after it was opened.
fn nothing_open() -> RosterReply {
    RosterReply::Refused(String::new(), Problem::of_file(ProblemKind::Empty))
}
