//! Tallies as a file: for other programs, and for other desks, which add them up.
//!
//! A row a group, competency, rating and required level that somebody has, with how many people.
//! What is hidden of a group, or of one of its competencies, is one row without a count. The counts
//! that are there are exact, so that tallies can be added: small ones are among them, and the file
//! is not for publishing.

use std::collections::BTreeMap;

use super::csv_text;
use super::export::{competency_name, group_name, grouping_name};
use super::formula_guard::unguarded;
use super::table::{Cell, Table};
use super::text_table::TextRow;
use crate::domain::form::{Form, NOT_MY_TASK};
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::hidden_cells;
use crate::domain::problem::{Column, Problem, ProblemKind, ValueFault};
use crate::domain::rating::Rating;
use crate::domain::rating_counts::RatingCounts;
use crate::domain::tally::Level;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;

const HEADER: [&str; 11] = [
    "group_by",
    "group",
    "competency",
    "importance",
    "ability",
    "required",
    "count",
    "_form",
    "_desk",
    "_made",
    "_rows",
];

/// More people than any survey has; what is above was damaged.
const MOST_PEOPLE: u64 = 1_000_000_000;

/// Where tallies come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The form that was answered.
    pub form: String,
    /// The desk that counted.
    pub desk: String,
    /// When it did.
    pub made: Timestamp,
}

/// The tallies of another desk.
#[derive(Debug, Clone, PartialEq)]
pub struct TallyFile {
    /// Where they come from.
    pub origin: Origin,
    /// What was counted, by grouping.
    pub counts: BTreeMap<Grouping, RatingCounts>,
}

/// Counts as a table: for programs and desks, or in the words of a language for people.
pub fn table(
    form: &Form,
    counts: &[(Grouping, RatingCounts)],
    origin: &Origin,
    words: Option<Language>,
) -> Table {
    let mut rows = Vec::new();
    for (grouping, counts) in counts {
        let mut add = |group: &Group, at: Option<usize>, rating: Option<(&Rating, &u64)>| {
            let competency = at.and_then(|at| form.competencies.get(at));
            let name = competency.map(|own| competency_name(form, &own.code, words));
            let given = |of: fn(&Rating) -> Level| match rating {
                Some((rating, _)) => level(of(rating), words),
                None => Cell::Blank,
            };
            let required = rating.and_then(|(rating, _)| rating.required);
            rows.push(vec![
                Cell::text(grouping_name(*grouping, words)),
                Cell::text(group_name(form, *grouping, group, words)),
                Cell::text(name.unwrap_or_default()),
                given(|rating| rating.importance),
                given(|rating| rating.ability),
                required.map_or(Cell::Blank, |level| Cell::Count(level.into())),
                rating.map_or(Cell::Blank, |(_, people)| Cell::Count(*people)),
            ]);
        };
        let tallies = counts.tallies(form.competencies.len());
        let groups = tallies.in_form_order(form, *grouping);
        for ((group, _), hidden) in groups.iter().zip(hidden_cells(&groups)) {
            if hidden.iter().all(|hidden| *hidden) {
                add(group, None, None);
                continue;
            }
            for (at, (ratings, hidden)) in counts.of_group(group).iter().zip(hidden).enumerate() {
                if hidden {
                    add(group, Some(at), None);
                } else {
                    for counted in ratings {
                        add(group, Some(at), Some(counted));
                    }
                }
            }
        }
        for (group, at) in counts.hidden() {
            add(group, at, None);
        }
    }
    let header = match words {
        None => HEADER.map(str::to_owned).to_vec(),
        Some(t) => [
            t.group_by(),
            t.col_group(),
            t.col_competency(),
            t.col_importance(),
            t.col_ability(),
            t.col_required(),
            t.col_people(),
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    if words.is_none() {
        let (made, lines) = (origin.made.to_string(), rows.len() as u64);
        let origin = [&origin.form, &origin.desk, &made].map(Cell::text);
        for row in &mut rows {
            row.extend(origin.clone());
            row.push(Cell::Count(lines));
        }
    }
    Table { header, rows }
}

fn level(level: Level, words: Option<Language>) -> Cell {
    match (level, words) {
        (Level::Missing, Some(t)) => Cell::text(t.no_answer()),
        (Level::NotMyTask, Some(t)) => Cell::text(t.not_my_task()),
        (Level::Missing, None) => Cell::Blank,
        (Level::NotMyTask, None) => Cell::text(NOT_MY_TASK),
        (Level::Rated(level), _) => Cell::Count(level.into()),
    }
}

/// True of a file that begins like [`table`] writes it for programs, saved by a spreadsheet or not.
pub fn is_tally_file(bytes: &[u8]) -> bool {
    let heading = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let heading = String::from_utf8_lossy(heading.get(..1000).unwrap_or(heading)).into_owned();
    let cells = heading.split([',', ';', '\t']).map(|cell| cell.trim_matches(['"', '\u{feff}']));
    let cells: Vec<&str> = cells.collect();
    HEADER.iter().all(|name| cells.contains(name))
}

/// Reads the tallies that another desk counted of the same form.
///
/// # Errors
/// The first thing that is wrong: half a tally would be a wrong number, so none of it is taken.
pub fn read(form: &Form, bytes: &[u8]) -> Result<TallyFile, Problem> {
    let table = csv_text::read(bytes)?;
    if let Some(problem) = table.problems.into_iter().next() {
        return Err(problem);
    }
    let places: Option<Vec<usize>> =
        HEADER.iter().map(|name| table.header.iter().position(|heading| heading == name)).collect();
    let [first, ..] = table.rows.as_slice() else {
        return Err(Problem::of_file(ProblemKind::NoRows));
    };
    let row = |row| Some(Row { row, places: places.as_deref()? });
    let incomplete = || Problem::of_file(ProblemKind::TallyIncomplete);
    let origin = row(first).ok_or_else(incomplete)?.origin(form)?;
    if row(first).ok_or_else(incomplete)?.cell("_rows") != table.rows.len().to_string() {
        return Err(incomplete());
    }
    let mut counts: BTreeMap<Grouping, RatingCounts> = BTreeMap::new();
    for (line, own) in table.rows.iter().enumerate() {
        let row = row(own).ok_or_else(incomplete)?;
        if line > 0 && row.origin(form)? != origin {
            return Err(Problem::of_line(own.line, ProblemKind::TallyIncomplete));
        }
        let by = row.grouping()?;
        let counted = counts.entry(by).or_default();
        match (row.competency(form)?, row.people()?) {
            (Some(at), Some(people)) => counted.add(row.group(by), at, row.rating()?, people),
            (at, None) => counted.hide(row.group(by), at),
            (None, Some(_)) => {
                return Err(row.fault("competency", ValueFault::UnknownChoice(Vec::new())));
            }
        }
    }
    Ok(TallyFile { origin, counts })
}

/// A row of such a file.
struct Row<'t> {
    row: &'t TextRow,
    /// Where the columns of [`HEADER`] stand.
    places: &'t [usize],
}

impl Row<'_> {
    fn column(&self, name: &str) -> usize {
        let known = HEADER.iter().position(|own| *own == name);
        known.and_then(|known| self.places.get(known)).copied().unwrap_or_default()
    }

    fn cell(&self, name: &str) -> &str {
        self.row.cells.get(self.column(name)).map_or("", |cell| cell.trim())
    }

    fn fault(&self, name: &'static str, fault: ValueFault) -> Problem {
        let column = Column { number: self.column(name) + 1, heading: name.to_owned() };
        let kind = ProblemKind::Value { value: self.cell(name).to_owned(), fault };
        Problem { line: Some(self.row.line), column: Some(column), kind }
    }

    fn origin(&self, form: &Form) -> Result<Origin, Problem> {
        let found = self.cell("_form");
        if found != form.id {
            let (expected, found) = (form.id.clone(), found.to_owned());
            return Err(Problem::of_line(
                self.row.line,
                ProblemKind::OtherForm { expected, found },
            ));
        }
        let meta = |name: &str| {
            let kind = ProblemKind::Meta(self.cell(name).to_owned());
            let column = Column { number: self.column(name) + 1, heading: name.to_owned() };
            Problem { line: Some(self.row.line), column: Some(column), kind }
        };
        let desk = unguarded(self.cell("_desk")).to_owned();
        let made = Timestamp::parse(self.cell("_made")).filter(|_| !desk.is_empty());
        let made = made.ok_or_else(|| meta(if desk.is_empty() { "_desk" } else { "_made" }))?;
        Ok(Origin { form: form.id.clone(), desk, made })
    }

    fn grouping(&self) -> Result<Grouping, Problem> {
        let word = self.cell("group_by");
        if word == Grouping::OVERALL.word() {
            return Ok(Grouping::OVERALL);
        }
        let known = || Facet::ALL.map(|facet| facet.word().to_owned()).to_vec();
        let facet = Facet::named(word);
        facet
            .map(Grouping::by)
            .ok_or_else(|| self.fault("group_by", ValueFault::UnknownChoice(known())))
    }

    fn group(&self, by: Grouping) -> Group {
        if by.is_overall() { Group::default() } else { Group::of(unguarded(self.cell("group"))) }
    }

    /// The competency's position; `None` where the row is about the whole group.
    fn competency(&self, form: &Form) -> Result<Option<usize>, Problem> {
        let code = self.cell("competency");
        if code.is_empty() {
            return Ok(None);
        }
        let place = form.competency_position(code);
        let known = || form.competencies.iter().map(|own| own.code.clone()).collect();
        place.map(Some).ok_or_else(|| self.fault("competency", ValueFault::UnknownChoice(known())))
    }

    fn rating(&self) -> Result<Rating, Problem> {
        let level = |name: &'static str| {
            let level = Level::of(self.cell(name));
            let is_read = level.word() == self.cell(name);
            is_read.then_some(level).ok_or_else(|| self.fault(name, ValueFault::OutOfRange))
        };
        let required = match level("required")? {
            Level::Missing => None,
            Level::Rated(level) => Some(level),
            Level::NotMyTask => return Err(self.fault("required", ValueFault::OutOfRange)),
        };
        Ok(Rating { importance: level("importance")?, ability: level("ability")?, required })
    }

    /// How many people; `None` where that is hidden.
    fn people(&self) -> Result<Option<u64>, Problem> {
        let count = self.cell("count");
        if count.is_empty() {
            return Ok(None);
        }
        let people: u64 =
            count.parse().map_err(|_| self.fault("count", ValueFault::NotAnInteger))?;
        if people > MOST_PEOPLE {
            return Err(self.fault("count", ValueFault::OutOfRange));
        }
        Ok(Some(people))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clusters::Clusters;
    use crate::formats::response_csv;
    use crate::formats::table::Profile;
    use crate::forms;

    const BY_UNIT: Grouping = Grouping::by(Facet::Unit);

    fn origin() -> Origin {
        let made = Timestamp::parse("2026-12-05T08:00:00Z").unwrap();
        Origin { form: "nhu-cau".into(), desk: "tỉnh A".into(), made }
    }

    /// Units by people: each rates A1 with 5 and 2 and B1 as not their task; a secretary each.
    fn counts(by: Grouping, units: &[(&str, usize)]) -> RatingCounts {
        let form = forms::needs().unwrap();
        let mut rows = String::from("chuc_danh,don_vi,imp_A1,abl_A1,imp_B1,abl_B1,_form,_root\n");
        for (unit, people) in units {
            let row = |person| format!("bt,{unit},5,2,na,na,nhu-cau,{unit}-{person}\n");
            rows.extend((0..*people).map(row));
        }
        let read = response_csv::read(&form, "x.csv", rows.as_bytes());
        RatingCounts::count(&form, by, &Clusters::default(), &read.responses)
    }

    fn written(counts: &[(Grouping, RatingCounts)]) -> String {
        let table = table(&forms::needs().unwrap(), counts, &origin(), None);
        String::from_utf8(table.to_csv(Profile::Data)).unwrap()
    }

    fn units(units: &[(&str, usize)]) -> String {
        written(&[(BY_UNIT, counts(BY_UNIT, units))])
    }

    #[test]
    fn another_desk_reads_what_was_counted() {
        let both = [Grouping::OVERALL, BY_UNIT].map(|by| (by, counts(by, &[("05443", 9)])));
        let text = written(&both);
        assert!(is_tally_file(text.as_bytes()) && !is_tally_file(b"don_vi,_form\n"));
        let read = read(&forms::needs().unwrap(), text.as_bytes()).unwrap();
        assert_eq!(read, TallyFile { origin: origin(), counts: both.into_iter().collect() });
    }

    #[test]
    fn of_a_small_unit_only_that_it_is_hidden_is_told() {
        let tally = units(&[("05443", 2), ("00127", 9), ("06661", 3)]);
        let of = |unit: &str| -> Vec<&str> {
            tally.lines().filter(|line| line.contains(unit)).collect()
        };
        assert!(
            of("05443").len() == 1 && of("05443")[0].starts_with("unit,05443,,,,,,"),
            "{tally}"
        );
        assert!(of("00127")[0].starts_with("unit,00127,A1,5,2,"), "{tally}");
        assert!(tally.contains("unit,00127,B1,na,na,"), "{tally}");
        let by_subtraction = units(&[("05443", 2), ("00127", 9), ("06661", 30)]);
        assert!(by_subtraction.contains("unit,00127,,,,,,"), "{by_subtraction}");
    }

    #[test]
    fn what_a_desk_below_had_hidden_is_told_above() {
        let form = forms::needs().unwrap();
        let below = read(&form, units(&[("05443", 2), ("00127", 9), ("06661", 3)]).as_bytes());
        let above = written(&below.unwrap().counts.into_iter().collect::<Vec<_>>());
        assert!(above.contains("unit,00127,A1,5,2,"), "{above}");
        let again = read(&form, above.as_bytes()).unwrap();
        assert_eq!(again.counts[&BY_UNIT].hidden().count(), 2);
    }

    #[test]
    fn half_a_tally_another_form_and_a_damaged_cell_are_refused_by_line_and_column() {
        let form = forms::needs().unwrap();
        let whole = units(&[("05443", 9)]);
        let fault = |text: &str| read(&form, text.as_bytes()).unwrap_err();
        let cut = whole.lines().take(3).collect::<Vec<_>>().join("\n");
        assert_eq!(fault(&cut), Problem::of_file(ProblemKind::TallyIncomplete));
        let other = fault(&whole.replace(",nhu-cau,", ",khac,"));
        assert!(matches!(other.kind, ProblemKind::OtherForm { .. }) && other.line == Some(2));
        for (from, to, column) in [
            ("A1,5,2,", "A1,6,2,", 4),
            (",9,nhu-cau", ",x,nhu-cau", 7),
            ("unit,", "xã,", 1),
            (",A1,", ",Z9,", 3),
        ] {
            let fault = fault(&whole.replacen(from, to, 1));
            let place = (fault.line, fault.column.map(|column| column.number));
            assert_eq!(place, (Some(2), Some(column)), "{to}");
        }
    }
}
