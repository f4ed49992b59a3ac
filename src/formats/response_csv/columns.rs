//! What the columns of a table of responses are, and how a row of them is read.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::domain::canonical::canonical;
use crate::domain::field::{Field, MAX_INSTANCES, count_instances};
use crate::domain::foreign::{DayOrder, RowIdentity, id_heading, timestamp_under};
use crate::domain::form::{ACKNOWLEDGED, Choice, Form, Kind, SEPARATOR_IN_WORDS};
use crate::domain::problem::{Column, Problem, ProblemKind, ValueFault};
use crate::domain::response::{CHECKSUM_COLUMN, Consent, Mode, Response, SOURCE_COLUMN};
use crate::domain::timestamp::Timestamp;
use crate::formats::dataset_csv;
use crate::formats::formula_guard::unguarded;
use rows::PackedRow;
use rows::answers::{Known, Names};
use rows::cells::{CellReader, Cells};
use rows::text::is_plain;

/// Where an answer stands in a row.
enum Source {
    /// In a column.
    Column(usize),
    /// In a column for each choice, by the choices' names in the list's order.
    Choices(Vec<(String, usize)>),
}

/// Of so many columns one at least is filled in a row that takes room for all of them; in tables of
/// long repeats most are empty.
const SPARSE: usize = 4;

/// What each column of a table is.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) headings: Vec<String>,
    /// How rows without a root are told apart, before the first of them.
    pub(super) identity: RowIdentity,
    /// The answers, with where they stand.
    fields: Vec<(Source, Field)>,
    /// Which of them has which name, in the order of the names.
    by_name: Vec<usize>,
    /// How their cells are read: what one row taught holds for the next.
    cells: RefCell<CellReader>,
    /// True when one of them is a rating.
    has_rating: bool,
    meta: MetaPlaces,
    repeated: Repeated,
    /// What tells the rows of another program apart.
    id: Option<usize>,
    /// When they were handed in there.
    handed_in: Option<usize>,
    pub(super) unknown: Vec<String>,
}

impl Columns {
    pub(super) fn of(form: &Form, header: &[String]) -> Result<Self, Problem> {
        let known_columns = dataset_csv::KnownColumns::of(form);
        let mut columns = Self { headings: header.to_vec(), ..Self::default() };
        let mut taken = BTreeSet::new();
        let mut apart: BTreeMap<String, (Field, Vec<(String, usize)>)> = BTreeMap::new();
        let mut ids = Vec::new();
        for (index, heading) in header.iter().enumerate() {
            let heading = unguarded(heading);
            let key = dataset_csv::heading_key(heading);
            let meta = columns.meta.place(&key);
            // A name as it is written goes before what is only called alike.
            let named = known_columns.named(heading);
            if let (None, Some(meta)) = (&named, meta) {
                *meta = Some(index);
            } else if let Some(field) = named.or_else(|| known_columns.worded(heading)) {
                if !taken.insert(field.key.clone()) {
                    return Err(columns.problem_at(Some(1), index, ProblemKind::ColumnTwice));
                }
                columns.has_rating |= field.question(form).is_some_and(|q| q.rating.is_some());
                columns.fields.push((Source::Column(index), field));
            } else if id_heading(heading).is_some() {
                ids.extend(id_heading(heading).map(|rank| (rank, index)));
            } else if matches!(key.as_str(), "_submission_time" | "submissiondate") {
                columns.handed_in = Some(index);
            } else if let Some((field, choice)) = known_columns.of_choice(heading) {
                let entry = apart.entry(field.key.clone()).or_insert((field, Vec::new()));
                entry.1.push((choice, index));
            } else if !heading.is_empty() {
                columns.unknown.push(heading.to_owned());
            }
        }
        // Beside the whole answer, its choices say nothing more.
        let apart = apart.into_values().filter(|(field, _)| !taken.contains(&field.key));
        columns.fields.extend(apart.map(|(field, choices)| (Source::Choices(choices), field)));
        columns.id = ids.into_iter().min().map(|(_, index)| index);
        columns.identity = RowIdentity::new(&columns.headings);
        let key = |at: &usize| columns.fields.get(*at).map(|(_, field)| field.key.as_str());
        columns.by_name = (0..columns.fields.len()).collect();
        columns.by_name.sort_by_key(key);
        let names = columns.fields.iter().map(|(source, field)| {
            let known = known_answers(form, field);
            let is_whole = matches!(source, Source::Column(_));
            (field.key.as_str(), known.filter(|_| is_whole))
        });
        let names = Names::knowing(names);
        let fields = columns.by_name.iter().filter_map(|at| columns.fields.get(*at));
        let cells = fields.map(|(source, field)| cells(form, source, field)).collect();
        columns.cells = RefCell::new(CellReader::new(names, cells));
        let known = columns.fields.len();
        if known == 0 || !columns.are_of_a_response() {
            return Err(Problem::of_line(
                1,
                ProblemKind::NotThisForm { form: form.id.clone(), known, columns: header.len() },
            ));
        }
        Ok(columns)
    }

    /// True when a column names the form or the person's filling of it.
    pub(super) fn says_so(&self) -> bool {
        self.meta.form.is_some() || self.meta.root.is_some()
    }

    /// True when the columns say so themselves, or most are the form's and one is a rating: a
    /// list of names and telephone numbers is no response.
    fn are_of_a_response(&self) -> bool {
        self.says_so() || (self.has_rating && self.fields.len() > self.unknown.len())
    }

    fn problem_at(&self, line: Option<u64>, index: usize, kind: ProblemKind) -> Problem {
        let heading = self.headings.get(index).cloned().unwrap_or_default();
        Problem { line, column: Some(Column { number: index + 1, heading }), kind }
    }

    /// A meta cell read by `read`; `None` where there is no such column or it is empty.
    fn meta<T>(
        &self,
        row: &PackedRow,
        place: Option<usize>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(index) = place else { return Ok(None) };
        let cell = unguarded(row.trimmed(index));
        if cell.is_empty() {
            return Ok(None);
        }
        match read(cell) {
            Some(value) => Ok(Some(value)),
            None => Err(self.problem_at(Some(row.line), index, ProblemKind::Meta(cell.to_owned()))),
        }
    }

    pub(super) fn response(
        &self,
        form: &Form,
        file: &Rc<BTreeSet<String>>,
        row: &PackedRow,
        identity: &mut RowIdentity,
    ) -> Result<Response, Problem> {
        let text = |cell: &str| Some(cell.to_owned());
        let said = &self.repeated;
        let form_id =
            self.meta(row, self.meta.form, |cell| Some(said.form.of(cell, |text| text.into())))?;
        let form_id = form_id.unwrap_or_else(|| said.form.of(&form.id, |text| text.into()));
        if *form_id != *form.id {
            let (expected, found) = (form.id.clone(), form_id.to_string());
            return Err(Problem::of_line(row.line, ProblemKind::OtherForm { expected, found }));
        }
        let refused = |index: usize, cell: &str, fault: ValueFault| {
            let kind = ProblemKind::Value { value: cell.trim().to_owned(), fault };
            self.problem_at(Some(row.line), index, kind)
        };
        let mut cells = self.cells.borrow_mut();
        cells.begin();
        while let Some(place) = cells.read_on(row) {
            let at = self.by_name.get(place).copied().unwrap_or_default();
            let Some((source, field)) = self.fields.get(at) else { break };
            let read = match source {
                Source::Column(index) => {
                    let cell = row.cell(*index);
                    let read = if cells.known().is_some() {
                        value(form, field, cell).map(|answer| cells.add(cell, &answer))
                    } else {
                        text_of(form, field, cell).map(|answer| cells.add_text(&answer))
                    };
                    read.map_err(|fault| refused(*index, cell, fault))
                }
                Source::Choices(choices) => chosen(choices, row)
                    .map(|answer| cells.add_text(&answer))
                    .map_err(|(index, cell, fault)| refused(index, cell, fault)),
            };
            if let Err(problem) = read {
                // Of several faults the first in the row is told.
                let fault = |(source, field): &(Source, Field)| match source {
                    Source::Column(index) => {
                        let cell = row.cell(*index);
                        value(form, field, cell).err().map(|fault| refused(*index, cell, fault))
                    }
                    Source::Choices(_) => None,
                };
                return Err(self.fields.iter().find_map(fault).unwrap_or(problem));
            }
        }
        let is_sparse = cells.filled() * SPARSE < self.fields.len();
        let mut answers = cells.finish();
        if is_sparse {
            answers = answers.iter().collect();
        }
        count_instances(&mut answers, form);
        let revision = |cell: &str| cell.parse().ok().filter(|revision| *revision > 0);
        let (root, revision) = if let Some(root) = self.meta(row, self.meta.root, text)? {
            (root, self.meta(row, self.meta.revision, revision)?.unwrap_or(1))
        } else {
            let cell = |at: usize| unguarded(row.cell(at).trim());
            identity.next(form, self.id.map_or("", cell), &answers, cell)
        };
        let handed_in = || {
            let at = self.handed_in?;
            let heading = self.headings.get(at)?;
            timestamp_under(heading, row.cell(at), DayOrder::default())
        };
        let in_parts = |cell: &str| {
            let sources: BTreeSet<String> =
                cell.split(SEPARATOR_IN_WORDS).map(str::to_owned).collect();
            Rc::new(sources)
        };
        let version = |cell: &str| Some(said.version.of(cell, |text| text.into()));
        let campaign = |cell: &str| Some(said.campaign.of(cell, |text| text.into()));
        let consent = |cell: &str| {
            let (version, at) = Consent::parts(cell)?;
            Some(Consent { version: said.consent.of(version, |text| text.into()), at })
        };
        let sources = |cell: &str| Some(said.sources.of(cell, in_parts));
        let at = &self.meta;
        Ok(Response {
            form: form_id,
            form_version: self.meta(row, at.form_version, version)?.unwrap_or_default(),
            campaign: self.meta(row, at.campaign, campaign)?.unwrap_or_default(),
            root,
            revision,
            start: self.meta(row, at.start, Timestamp::parse)?,
            end: self.meta(row, at.end, Timestamp::parse)?,
            submitted: self.meta(row, at.submitted, Timestamp::parse)?.or_else(handed_in),
            active_seconds: self.meta(row, at.active_seconds, |cell| cell.parse().ok())?,
            mode: self.meta(row, at.mode, Mode::named)?.unwrap_or_default(),
            consent: self.meta(row, at.consent, consent)?,
            answers,
            checksum: self.meta(row, at.checksum, text)?.unwrap_or_default(),
            sources: self.meta(row, at.source, sources)?.unwrap_or_else(|| Rc::clone(file)),
        })
    }
}

/// Where what the table says of its rows stands.
#[derive(Default)]
struct MetaPlaces {
    form: Option<usize>,
    form_version: Option<usize>,
    campaign: Option<usize>,
    root: Option<usize>,
    revision: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    submitted: Option<usize>,
    active_seconds: Option<usize>,
    mode: Option<usize>,
    consent: Option<usize>,
    checksum: Option<usize>,
    source: Option<usize>,
}

impl MetaPlaces {
    /// The place of a column; `None` for a heading of another.
    fn place(&mut self, heading: &str) -> Option<&mut Option<usize>> {
        Some(match heading {
            "_form" => &mut self.form,
            "_form_version" => &mut self.form_version,
            "_campaign" => &mut self.campaign,
            "_root" => &mut self.root,
            "_revision" => &mut self.revision,
            "_start" => &mut self.start,
            "_end" => &mut self.end,
            "_submitted" => &mut self.submitted,
            "_active_seconds" => &mut self.active_seconds,
            "_mode" => &mut self.mode,
            "_consent" => &mut self.consent,
            CHECKSUM_COLUMN => &mut self.checksum,
            SOURCE_COLUMN => &mut self.source,
            _ => return None,
        })
    }
}

/// What the rows of a table mostly say alike.
#[derive(Default)]
struct Repeated {
    form: Last<Rc<str>>,
    version: Last<Rc<str>>,
    campaign: Last<Rc<str>>,
    consent: Last<Rc<str>>,
    sources: Last<Rc<BTreeSet<String>>>,
}

/// What a cell was made into last: rows that say the same share it.
#[derive(Default)]
struct Last<T>(RefCell<(String, T)>);

impl<T: Clone> Last<T> {
    fn of(&self, cell: &str, make: impl FnOnce(&str) -> T) -> T {
        let mut last = self.0.borrow_mut();
        if last.0 != cell {
            *last = (cell.to_owned(), make(cell));
        }
        last.1.clone()
    }
}

/// The cells of a field: every answer that there may be means itself.
fn cells(form: &Form, source: &Source, field: &Field) -> Cells {
    let Source::Column(at) = source else { return Cells::default() };
    let known = known_answers(form, field);
    let answers = (1..).zip(known.iter().flat_map(|known| known.iter()));
    let means_itself = |answer: &str| is_plain(answer) && unguarded(answer.trim()) == answer;
    let meant = answers.filter(|(_, answer)| means_itself(answer));
    Cells::new(Some(*at), meant.map(|(number, answer)| (&**answer, number)))
}

/// The choices of a row that has a cell for each, as one answer.
///
/// # Errors
/// The cell that says neither yes nor no.
fn chosen<'r>(
    choices: &[(String, usize)],
    row: &'r PackedRow,
) -> Result<String, (usize, &'r str, ValueFault)> {
    let mut chosen = Vec::new();
    for (choice, index) in choices {
        match row.trimmed(*index) {
            "1" | "1.0" => chosen.push(choice.as_str()),
            "" | "0" | "0.0" => {}
            cell => {
                let fault = ValueFault::UnknownChoice(vec!["1".into(), "0".into()]);
                return Err((*index, cell, fault));
            }
        }
    }
    Ok(chosen.join(" "))
}

/// The answers that a field may have, where those are a list.
fn known_answers(form: &Form, field: &Field) -> Option<Known> {
    match &field.question(form)?.kind {
        Kind::SelectOne(list) => {
            let names = form.choices(list).iter().map(|choice| choice.name.as_str().into());
            Some(names.collect())
        }
        Kind::Acknowledge => Some([ACKNOWLEDGED.into()].into()),
        _ => None,
    }
}

/// A cell of a field of free text as its answer, without copying where it is written as it is
/// kept, which it mostly is.
fn text_of<'c>(form: &Form, field: &Field, cell: &'c str) -> Result<Cow<'c, str>, ValueFault> {
    let text = unguarded(cell.trim());
    let is_as_kept = match field.question(form).map(|question| &question.kind) {
        // The cells of a table are composed.
        Some(Kind::Text | Kind::Calculate | Kind::Note | Kind::Hidden | Kind::Meta(_)) => {
            text.trim().len() == text.len()
        }
        Some(Kind::Integer) => {
            let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
            text.len() < 18 && is_digits && (text.len() == 1 || !text.starts_with('0'))
        }
        _ => text.is_empty(),
    };
    if is_as_kept { Ok(Cow::Borrowed(text)) } else { value(form, field, cell).map(Cow::Owned) }
}

/// A cell as the field's canonical answer, from names or from labels.
fn value(form: &Form, field: &Field, cell: &str) -> Result<String, ValueFault> {
    let text = unguarded(cell.trim());
    let Some(question) = field.question(form) else {
        let is_count = text.is_empty() || text.parse().is_ok_and(|n: usize| n <= MAX_INSTANCES);
        return if is_count { Ok(text.to_owned()) } else { Err(ValueFault::NotAnInteger) };
    };
    let fault = match canonical(form, question, text) {
        Ok(value) => return Ok(value),
        Err(fault) => fault,
    };
    let by_label = || -> Option<String> {
        let list = question.kind.list()?;
        let words = if question.kind.is_several() { text.split('|').collect() } else { vec![text] };
        let names = words.into_iter().map(|word| choice_that_reads(form, list, word));
        names.collect::<Option<Vec<&str>>>().map(|names| names.join(" "))
    };
    by_label().ok_or_else(|| {
        let choices = question.kind.list().map_or(&[][..], |list| form.choices(list));
        ValueFault::of(&fault, shown(choices))
    })
}

/// The first few choices, for a message; `…` where there are more.
fn shown(choices: &[Choice]) -> Vec<String> {
    const SHOWN: usize = 8;
    let names = choices.iter().take(SHOWN).map(|choice| choice.name.clone());
    names.chain((choices.len() > SHOWN).then(|| "…".to_owned())).collect()
}

/// The one choice of a list that reads like this: by its label in some language, or by its name
/// as a spreadsheet may have changed it, without leading zeros or in other case. None where
/// several do.
fn choice_that_reads<'f>(form: &'f Form, list: &str, word: &str) -> Option<&'f str> {
    let key = dataset_csv::heading_key(word);
    let number = without_zeros(&key);
    let reads_so = |choice: &&Choice| {
        let name = choice.name.to_lowercase();
        name == key
            || (number.is_some() && without_zeros(&name) == number)
            || form
                .languages
                .iter()
                .any(|language| dataset_csv::heading_key(&choice.distinct_label(language)) == key)
    };
    let mut found = form.choices(list).iter().filter(reads_so);
    let first = found.next()?;
    found.next().is_none().then_some(first.name.as_str())
}

/// Digits without the zeros before them and a `.0` behind; `None` for other words.
fn without_zeros(word: &str) -> Option<&str> {
    let digits = word.strip_suffix(".0").unwrap_or(word);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.trim_start_matches('0'))
}
