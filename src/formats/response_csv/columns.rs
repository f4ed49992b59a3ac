//! What the columns of a table of responses are, and how a row of them is read.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::domain::answers::{Known, Names, Packer};
use crate::domain::canonical::canonical;
use crate::domain::field::{Field, MAX_INSTANCES};
use crate::domain::foreign::{DayOrder, RowIdentity, id_heading, timestamp_under};
use crate::domain::form::{ACKNOWLEDGED, Choice, Form, Kind, SEPARATOR_IN_WORDS};
use crate::domain::problem::{Column, Problem, ProblemKind, ValueFault};
use crate::domain::response::{
    CHECKSUM_COLUMN, Consent, META_COLUMNS, Mode, Response, SOURCE_COLUMN,
};
use crate::domain::search::is_plain;
use crate::domain::timestamp::Timestamp;
use crate::formats::dataset_csv;
use crate::formats::formula_guard::unguarded;
use crate::formats::text_table::PackedRow;

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
    /// What reading one row leaves for the next.
    under_way: RefCell<UnderWay>,
    /// True when one of them is a rating.
    has_rating: bool,
    meta: BTreeMap<&'static str, usize>,
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
        let all_meta = META_COLUMNS.iter().chain(&[CHECKSUM_COLUMN, SOURCE_COLUMN]);
        let mut columns = Self { headings: header.to_vec(), ..Self::default() };
        let mut taken = BTreeSet::new();
        let mut apart: BTreeMap<String, (Field, Vec<(String, usize)>)> = BTreeMap::new();
        let mut ids = Vec::new();
        for (index, heading) in header.iter().enumerate() {
            let heading = unguarded(heading);
            let key = dataset_csv::heading_key(heading);
            let meta = all_meta.clone().find(|meta| **meta == key);
            // A name as it is written goes before what is only called alike.
            let named = known_columns.named(heading);
            let worded = || if meta.is_some() { None } else { known_columns.worded(heading) };
            if let Some(field) = named.or_else(worded) {
                if !taken.insert(field.key.clone()) {
                    return Err(columns.problem_at(Some(1), index, ProblemKind::ColumnTwice));
                }
                columns.has_rating |= field.question(form).is_some_and(|q| q.rating.is_some());
                columns.fields.push((Source::Column(index), field));
            } else if let Some(meta) = meta {
                columns.meta.insert(meta, index);
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
        let packer = Packer::new(Names::knowing(names));
        let meanings = |(_, field): &(Source, Field)| Meanings::of(form, field);
        let meanings = columns.fields.iter().map(meanings).collect();
        columns.under_way = RefCell::new(UnderWay { packer, meanings });
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
        self.meta.contains_key("_form") || self.meta.contains_key("_root")
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
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(index) = self.meta.get(name) else { return Ok(None) };
        let cell = unguarded(row.cell(*index).trim());
        if cell.is_empty() {
            return Ok(None);
        }
        match read(cell) {
            Some(value) => Ok(Some(value)),
            None => {
                Err(self.problem_at(Some(row.line), *index, ProblemKind::Meta(cell.to_owned())))
            }
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
            self.meta(row, "_form", |cell| Some(said.form.of(cell, |text| text.into())))?;
        let form_id = form_id.unwrap_or_else(|| said.form.of(&form.id, |text| text.into()));
        if *form_id != *form.id {
            let (expected, found) = (form.id.clone(), form_id.to_string());
            return Err(Problem::of_line(row.line, ProblemKind::OtherForm { expected, found }));
        }
        let refused = |index: usize, cell: &str, fault: ValueFault| {
            let kind = ProblemKind::Value { value: cell.trim().to_owned(), fault };
            self.problem_at(Some(row.line), index, kind)
        };
        let mut under_way = self.under_way.borrow_mut();
        let UnderWay { packer, meanings } = &mut *under_way;
        let mut read = |at: usize, answers: &mut Packer| match self.fields.get(at) {
            Some((Source::Column(index), field)) => {
                let cell = row.cell(*index);
                if cell.is_empty() {
                    answers.push_nothing();
                    return Ok(());
                }
                let found = match meanings.get_mut(at).filter(|_| answers.known().is_some()) {
                    Some(meanings) => meanings.read(cell, || value(form, field, cell), answers),
                    None => text_of(form, field, cell).map(|answer| answers.push_text(&answer)),
                };
                found.map_err(|fault| refused(*index, cell, fault))
            }
            Some((Source::Choices(choices), _)) => {
                let mut chosen = Vec::new();
                for (choice, index) in choices {
                    match row.cell(*index).trim() {
                        "1" | "1.0" => chosen.push(choice.as_str()),
                        "" | "0" | "0.0" => {}
                        cell => {
                            let fault = ValueFault::UnknownChoice(vec!["1".into(), "0".into()]);
                            return Err(refused(*index, cell, fault));
                        }
                    }
                }
                answers.push_text(&chosen.join(" "));
                Ok(())
            }
            None => Ok(()),
        };
        packer.begin();
        if let Err(problem) = self.by_name.iter().try_for_each(|at| read(*at, packer)) {
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
        let is_sparse = packer.filled() * SPARSE < self.fields.len();
        let mut answers = packer.finish();
        if is_sparse {
            answers = answers.iter().collect();
        }
        answers.count_instances(form);
        let revision = |cell: &str| cell.parse().ok().filter(|revision| *revision > 0);
        let (root, revision) = if let Some(root) = self.meta(row, "_root", text)? {
            (root, self.meta(row, "_revision", revision)?.unwrap_or(1))
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
        Ok(Response {
            form: form_id,
            form_version: self.meta(row, "_form_version", version)?.unwrap_or_default(),
            campaign: self.meta(row, "_campaign", campaign)?.unwrap_or_default(),
            root,
            revision,
            start: self.meta(row, "_start", Timestamp::parse)?,
            end: self.meta(row, "_end", Timestamp::parse)?,
            submitted: self.meta(row, "_submitted", Timestamp::parse)?.or_else(handed_in),
            active_seconds: self.meta(row, "_active_seconds", |cell| cell.parse().ok())?,
            mode: self.meta(row, "_mode", Mode::named)?.unwrap_or_default(),
            consent: self.meta(row, "_consent", consent)?,
            answers,
            checksum: self.meta(row, CHECKSUM_COLUMN, text)?.unwrap_or_default(),
            sources: self.meta(row, SOURCE_COLUMN, sources)?.unwrap_or_else(|| Rc::clone(file)),
        })
    }
}

#[derive(Default)]
struct UnderWay {
    /// The answers of the row, by name.
    packer: Packer,
    /// Of each field what its cells meant so far.
    meanings: Vec<Meanings>,
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

/// Which of its known answers the cells of a column meant so far: to find a cell among them takes far
/// less than to read it.
#[derive(Default)]
struct Meanings {
    /// Of cells of one letter, as those of a rating; as in `others`.
    letters: Vec<(u8, usize)>,
    others: HashMap<Box<str>, usize>,
}

impl Meanings {
    /// More different cells than any choice list has.
    const MOST: usize = 10_000;

    /// Every answer that there may be means itself.
    fn of(form: &Form, field: &Field) -> Self {
        let mut meanings = Self::default();
        let known = known_answers(form, field);
        for (number, answer) in (1..).zip(known.iter().flat_map(|known| known.iter())) {
            if is_plain(answer) && unguarded(answer.trim()) == &**answer {
                meanings.remember(answer, number);
            }
        }
        meanings
    }

    fn remember(&mut self, cell: &str, number: usize) {
        match cell.as_bytes() {
            [letter] => self.letters.push((*letter, number)),
            _ if self.others.len() < Self::MOST => {
                self.others.entry(cell.into()).or_insert(number);
            }
            _ => {}
        }
    }

    /// Adds what a cell means to the answers; `read` finds out what nobody knows yet.
    fn read(
        &mut self,
        cell: &str,
        read: impl FnOnce() -> Result<String, ValueFault>,
        answers: &mut Packer,
    ) -> Result<(), ValueFault> {
        let known = match cell.as_bytes() {
            [letter] => {
                self.letters.iter().find(|(own, _)| own == letter).map(|(_, number)| number)
            }
            _ => self.others.get(cell),
        };
        if let Some(number) = known {
            answers.push_known(*number);
            return Ok(());
        }
        let answer = read()?;
        let known = answers.known().map_or(&[][..], |known| known);
        // A cell of a field that has known answers means one of them, or none.
        let number = known.iter().position(|own| **own == *answer).map_or(0, |place| place + 1);
        self.remember(cell, number);
        answers.push_known(number);
        Ok(())
    }
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
