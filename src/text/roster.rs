//! What is to be known about a roster, in words.

use super::Language;
use crate::domain::roster::columns::ColumnUse;
use crate::domain::roster::importing::{ImportFault, ImportFaultKind, UnitsWanted};
use crate::domain::roster::{Roster, RosterFault, RosterFaultKind, Side};

impl Language {
    /// The name of one of the two numbers.
    pub fn side(self, side: Side) -> &'static str {
        match side {
            Side::Quota => self.side_quota(),
            Side::Actual => self.side_actual(),
        }
    }

    /// What a column of a file says; `post` gives the name of a post.
    pub fn column_use(self, column: &ColumnUse, post: impl Fn(&str) -> String) -> String {
        match column {
            ColumnUse::Nothing => self.use_nothing().to_owned(),
            ColumnUse::Code => self.use_code().to_owned(),
            ColumnUse::Name => self.use_name().to_owned(),
            ColumnUse::Kind => self.use_kind().to_owned(),
            ColumnUse::District => self.use_district().to_owned(),
            ColumnUse::Province => self.use_province().to_owned(),
            ColumnUse::People(name, side) => self.use_people(&post(name), &self.side(*side)),
        }
    }

    /// How the units of a file are understood.
    pub fn units_wanted_as(self, units: UnitsWanted) -> &'static str {
        match units {
            UnitsWanted::Current => self.units_current(),
            UnitsWanted::OldToCurrent => self.units_old_to_current(),
            UnitsWanted::Old => self.units_old(),
            UnitsWanted::AsWritten => self.units_as_written(),
        }
    }

    /// What is to be known about a line of a file.
    pub fn import_fault(self, fault: &ImportFault) -> String {
        let what = match &fault.kind {
            ImportFaultKind::NotANumber(text) => self.import_not_a_number(text),
            ImportFaultKind::NoUnit => self.import_no_unit().to_owned(),
            ImportFaultKind::UnitTwice(line) => self.import_unit_twice(line),
            ImportFaultKind::MissingCode(unit) => self.import_missing_code(unit),
            ImportFaultKind::UnknownUnit(unit) => self.import_unknown_unit(unit),
            ImportFaultKind::Moved { old, now } => self.import_moved(old, now),
            ImportFaultKind::Merged { now, line } => self.import_merged(now, line),
            ImportFaultKind::NotAnswered(unit) => self.import_not_answered(unit),
            ImportFaultKind::LeftOut(unit) => self.import_left_out(unit),
        };
        match &fault.column {
            Some(column) => self.at_cell(&fault.line, &column.number, &column.heading, &what),
            None => self.at_line(&fault.line, &what),
        }
    }

    /// What is wrong with a unit of a roster.
    pub fn roster_fault(self, roster: &Roster, fault: &RosterFault) -> String {
        let number = fault.unit + 1;
        let unit = roster.units.get(fault.unit).map_or("", |unit| unit.name.as_str());
        match fault.kind {
            RosterFaultKind::CodeTwice(other) => {
                self.fault_code_twice(&number, &unit, &(other + 1))
            }
            RosterFaultKind::NameTwice(other) => {
                self.fault_name_twice(&number, &unit, &(other + 1))
            }
            RosterFaultKind::MissingCode => self.fault_missing_code(&number, &unit),
            RosterFaultKind::MissingName => self.fault_missing_name(&number),
        }
    }
}
