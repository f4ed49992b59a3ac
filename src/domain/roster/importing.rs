//! A roster from the rows of a foreign table: units are looked up in the official lists, and what
//! cannot be told is asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::ColumnUse;
use super::{Places, Roster, Side, Unit};
use crate::domain::gazetteer::{
    Found, Gazetteer, Placement, Province, UnitKind, UnitList, WrittenUnit, spelled,
};
use crate::domain::problem::Column;

/// A row of a table, by what its columns say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterRow {
    /// Its line in the file.
    pub line: u64,
    /// The unit.
    pub unit: WrittenUnit,
    /// What the unit is, where a column of its own says it.
    pub kind: String,
    /// Posts by name, with what the unit has of them.
    pub people: Vec<(String, Side, u32)>,
    /// What is wrong with its cells.
    pub faults: Vec<ImportFault>,
}

/// What is to be known about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFault {
    /// The line of the file.
    pub line: u64,
    /// The column; `None` where the whole line is meant.
    pub column: Option<Column>,
    /// What is wrong.
    pub kind: ImportFaultKind,
}

/// What is to be known about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportFaultKind {
    /// The cell holds no whole number from 0 to [`super::MOST_PEOPLE`]; it counts as empty.
    NotANumber(String),
    /// There is neither a code nor a name; the row is left out.
    NoUnit,
    /// The unit stands in an earlier line; the row is left out.
    UnitTwice(u64),
    /// The unit has no code and no list has its name; it comes in without a code.
    MissingCode(String),
    /// No list has this unit; it comes in as it is written.
    UnknownUnit(String),
    /// It is an old unit, and now this one.
    Moved {
        /// As it was called.
        old: String,
        /// As it is called.
        now: String,
    },
    /// It went into a unit that an earlier line went into too; their numbers do not count, as
    /// adding them up would be wrong.
    Merged {
        /// The unit of today.
        now: String,
        /// The earlier line.
        line: u64,
    },
    /// Which unit it is was asked and not answered yet; the row is left out.
    NotAnswered(String),
    /// The person left it out.
    LeftOut(String),
}

/// Which units a table names, and which are wanted of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitsWanted {
    /// Units of today; old names among them are brought up to date.
    #[default]
    Current,
    /// Units before July 2025, brought up to date.
    OldToCurrent,
    /// Units before July 2025, as they were.
    Old,
    /// As they are written, with codes of their own.
    AsWritten,
}

impl UnitsWanted {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Current, Self::OldToCurrent, Self::Old, Self::AsWritten];

    /// What fits a table best: the list that knows more of its units.
    pub fn proposed(rows: &[RosterRow], gazetteer: &Gazetteer) -> Self {
        let known = |list: UnitList| {
            let found = rows.iter().filter(|row| gazetteer.find(list, &row.unit) != Found::Nothing);
            found.count()
        };
        let (current, before) = (known(UnitList::Current), known(UnitList::Before2025));
        let most = current.max(before);
        if most * 2 < rows.len() {
            Self::AsWritten
        } else if before > current {
            Self::OldToCurrent
        } else {
            Self::Current
        }
    }
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSettings {
    /// What each column says.
    pub columns: Vec<ColumnUse>,
    /// Which units are wanted.
    pub units: UnitsWanted,
    /// Which unit a line means, by the code of one that was offered; `None` to leave it out.
    pub answers: BTreeMap<u64, Option<String>>,
}

/// A line that may mean several units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitQuestion {
    /// The line.
    pub line: u64,
    /// The unit as it is written.
    pub written: WrittenUnit,
    /// What it may be: codes and names.
    pub offered: Vec<(String, String)>,
}

/// What came of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The roster.
    pub roster: Roster,
    /// The line that each of its units comes from.
    pub lines: Vec<u64>,
    /// What is to be known about lines, in their order.
    pub faults: Vec<ImportFault>,
    /// What is to be decided.
    pub questions: Vec<UnitQuestion>,
}

/// Makes a roster of rows. `posts` are those of the form, in its order; the roster has those that
/// a column speaks of, or all where none does.
pub fn import(
    rows: &[RosterRow],
    settings: &ImportSettings,
    posts: &[String],
    gazetteer: &Gazetteer,
) -> Imported {
    let is_spoken_of = |post: &String| {
        settings
            .columns
            .iter()
            .any(|column| matches!(column, ColumnUse::People(name, _) if name == post))
    };
    let mut spoken_of: Vec<String> =
        posts.iter().filter(|post| is_spoken_of(post)).cloned().collect();
    let mut roster = if spoken_of.is_empty() {
        Roster::of_posts(posts.to_vec())
    } else {
        // What the file does not say of a post stays unsaid.
        let mut roster = Roster::of_posts(std::mem::take(&mut spoken_of));
        roster.posts.iter_mut().for_each(|post| post.default = Places::default());
        roster
    };
    roster.units.reserve(rows.len());
    let imported = Imported { roster, ..Imported::default() };
    let mut import = Import { settings, gazetteer, imported, seen: BTreeMap::new() };
    for row in rows {
        import.add(row);
    }
    import.imported
}

struct Import<'i> {
    settings: &'i ImportSettings,
    gazetteer: &'i Gazetteer,
    imported: Imported,
    /// Units of the roster by what tells them apart, with how each line came to them.
    seen: BTreeMap<String, (usize, Way)>,
}

/// How a line came to its unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It names the unit.
    Named,
    /// It names an old unit that is this one now.
    Moved,
}

impl Import<'_> {
    fn add(&mut self, row: &RosterRow) {
        self.imported.faults.extend(row.faults.iter().cloned());
        let WrittenUnit { code, name, .. } = &row.unit;
        if code.trim().is_empty() && name.trim().is_empty() {
            self.note(row, ImportFaultKind::NoUnit);
            return;
        }
        match self.settings.units {
            UnitsWanted::AsWritten => self.add_written(row),
            UnitsWanted::Current => self.place(row, UnitList::Current),
            UnitsWanted::OldToCurrent => self.place(row, UnitList::Before2025),
            UnitsWanted::Old => match self.gazetteer.find(UnitList::Before2025, &with_kind(row)) {
                Found::One(unit) => self.add_listed(row, UnitList::Before2025, unit, Way::Named),
                Found::Several(units) => self.ask(row, UnitList::Before2025, &units),
                Found::Nothing => self.add_unknown(row),
            },
        }
    }

    fn place(&mut self, row: &RosterRow, first: UnitList) {
        match self.gazetteer.place(first, &with_kind(row)) {
            Placement::Current(unit) => self.add_listed(row, UnitList::Current, unit, Way::Named),
            Placement::Moved { old, now } => {
                let name =
                    |list, unit| self.gazetteer.name(list, unit).unwrap_or_default().to_owned();
                let (old, new) = (name(UnitList::Before2025, old), name(UnitList::Current, now));
                // A unit that kept its name has nothing to tell.
                if spelled(&old) != spelled(&new) {
                    self.note(row, ImportFaultKind::Moved { old, now: new });
                }
                self.add_listed(row, UnitList::Current, now, Way::Moved);
            }
            Placement::Asked(units) => self.ask(row, UnitList::Current, &units),
            Placement::Unknown => self.add_unknown(row),
        }
    }

    /// Follows the answer of the person, or asks.
    fn ask(&mut self, row: &RosterRow, list: UnitList, units: &[usize]) {
        let code = |unit: usize| match list {
            UnitList::Current => self.gazetteer.units.get(unit).map(|unit| &unit.code),
            UnitList::Before2025 => self.gazetteer.old_units.get(unit).map(|unit| &unit.code),
        };
        let offered = units
            .iter()
            .filter_map(|unit| Some((code(*unit)?.clone(), self.full_name(list, *unit))));
        let question =
            UnitQuestion { line: row.line, written: row.unit.clone(), offered: offered.collect() };
        let answer = self.settings.answers.get(&row.line);
        let chosen = answer
            .and_then(Option::as_ref)
            .and_then(|answer| units.iter().copied().find(|unit| code(*unit) == Some(answer)));
        self.imported.questions.push(question);
        match (chosen, answer) {
            (Some(unit), _) if list == UnitList::Current => {
                self.add_listed(row, UnitList::Current, unit, Way::Moved);
            }
            (Some(unit), _) => self.add_listed(row, UnitList::Before2025, unit, Way::Named),
            (None, Some(None)) => {
                self.note(row, ImportFaultKind::LeftOut(row.unit.name.clone()));
            }
            (None, _) => self.note(row, ImportFaultKind::NotAnswered(row.unit.name.clone())),
        }
    }

    /// A name with what tells it from others of that name.
    fn full_name(&self, list: UnitList, unit: usize) -> String {
        let name = self.gazetteer.name(list, unit).unwrap_or_default();
        let district = match list {
            UnitList::Current => None,
            UnitList::Before2025 => self.gazetteer.district_of(unit).map(|d| d.name.as_str()),
        };
        let province = self.gazetteer.province_of(list, unit);
        let province = province.and_then(|at| self.gazetteer.provinces_of(list).get(at));
        let parts = [Some(name), district, province.map(|province| province.name.as_str())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn add_listed(&mut self, row: &RosterRow, list: UnitList, at: usize, way: Way) {
        let gazetteer = self.gazetteer;
        let province = gazetteer.province_of(list, at);
        let province = province.and_then(|at| gazetteer.provinces_of(list).get(at));
        let province = province.map(|province| self.imported.roster.province(province));
        if let Some(unit) = Unit::listed(gazetteer, list, at, province) {
            self.push(row, unit, way);
        }
    }

    fn add_unknown(&mut self, row: &RosterRow) {
        let name = with_kind(row).name;
        self.note(
            row,
            if row.unit.code.trim().is_empty() {
                ImportFaultKind::MissingCode(name)
            } else {
                ImportFaultKind::UnknownUnit(if name.is_empty() {
                    row.unit.code.clone()
                } else {
                    name
                })
            },
        );
        self.add_unit(row);
    }

    fn add_written(&mut self, row: &RosterRow) {
        if row.unit.code.trim().is_empty() {
            self.note(row, ImportFaultKind::MissingCode(with_kind(row).name));
        }
        self.add_unit(row);
    }

    fn add_unit(&mut self, row: &RosterRow) {
        let WrittenUnit { code, name, district, province } = with_kind(row);
        let province = (!province.is_empty()).then(|| {
            self.imported.roster.province(&Province { code: String::new(), name: province })
        });
        self.push(row, Unit { code, name, district, province, ..Unit::default() }, Way::Named);
    }

    fn push(&mut self, row: &RosterRow, unit: Unit, way: Way) {
        let key = if unit.code.is_empty() {
            format!("{}\n{}\n{:?}", spelled(&unit.name), spelled(&unit.district), unit.province)
        } else {
            unit.code.clone()
        };
        if let Some((at, first)) = self.seen.get(&key).copied() {
            let line = self.imported.lines.get(at).copied().unwrap_or(0);
            if first == Way::Named && way == Way::Named {
                self.note(row, ImportFaultKind::UnitTwice(line));
                return;
            }
            // Only a line that names the unit itself speaks for all of it.
            if first == Way::Moved
                && let Some(unit) = self.imported.roster.units.get_mut(at)
            {
                unit.places.clear();
            }
            if way == Way::Named {
                self.fill(at, row);
                self.seen.insert(key, (at, way));
            }
            self.note(row, ImportFaultKind::Merged { now: unit.name, line });
            return;
        }
        let at = self.imported.roster.units.len();
        self.imported.roster.units.push(unit);
        self.imported.lines.push(row.line);
        self.fill(at, row);
        self.seen.insert(key, (at, way));
    }

    fn fill(&mut self, unit: usize, row: &RosterRow) {
        let roster = &mut self.imported.roster;
        for (post, side, people) in &row.people {
            if let Some(post) = roster.post(post) {
                roster.set(unit, post, *side, Some(*people));
            }
        }
    }

    fn note(&mut self, row: &RosterRow, kind: ImportFaultKind) {
        self.imported.faults.push(ImportFault { line: row.line, column: None, kind });
    }
}

/// The unit with what a column of its own says it is.
fn with_kind(row: &RosterRow) -> WrittenUnit {
    let mut unit = row.unit.clone();
    if let Some(kind) = UnitKind::of(&row.kind)
        && UnitKind::of(&unit.name).is_none()
        && !unit.name.trim().is_empty()
    {
        unit.name = format!("{} {}", kind.word(), unit.name.trim());
    }
    unit
}

#[cfg(test)]
mod tests;
