//! Rows of a table as responses, by a mapping. A cell that is not understood counts as empty; it
//! is told, and its words can be given a meaning.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::choice_words::{ChoiceWords, Part};
use super::identity::RowIdentity;
use super::moment::{self, DayOrder};
use super::unit_words::{OfficialUnits, UnitWords};
use super::value::{truth, value};
use super::{Mapping, Meaning, WordMeaning, word_key};
use crate::domain::field::{Field, count_instances, field_of};
use crate::domain::form::{Form, Kind, Meta, Question, Role};
use crate::domain::gazetteer::WrittenUnit;
use crate::domain::problem::ValueFault;
use crate::domain::response::{Mode, Response};
use crate::domain::timestamp::Timestamp;
use rows::answers::Answers;

/// A cell that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// Its column, from 0.
    pub column: usize,
    /// What stands in it, or the part that is meant.
    pub value: String,
    /// What is wrong with it.
    pub fault: ValueFault,
}

/// Words of which nobody knows which choice they mean, or a person has said it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UnreadWord {
    /// The choice list.
    pub list: String,
    /// The words as they are written.
    pub word: String,
    /// In how many cells they stand.
    pub cells: usize,
    /// The choices that they may be, by name; none where any may be meant.
    pub offered: Vec<String>,
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// The response; `None` where the row answers nothing.
    pub response: Option<Response>,
    /// The cells that count as empty though something stands in them.
    pub faults: Vec<CellFault>,
}

/// Reads the rows of one table.
pub struct TableReader<'f> {
    form: &'f Form,
    headings: &'f [String],
    mapping: &'f Mapping,
    official: &'f dyn OfficialUnits,
    columns: Vec<Use<'f>>,
    province: Option<usize>,
    district: Option<usize>,
    lists: HashMap<&'f str, ChoiceWords<'f>>,
    units: HashMap<&'f str, UnitWords<'f>>,
    identity: RowIdentity,
    words: BTreeMap<(&'f str, String), UnreadWord>,
}

/// What is done with a column.
enum Use<'f> {
    Nothing,
    Answer(Field, Option<&'f Question>),
    Choice(String, &'f Question, &'f str),
    Id,
    Moment(When),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Submitted,
    Started,
    Ended,
}

impl<'f> TableReader<'f> {
    /// For the rows under these headings.
    pub fn new(
        form: &'f Form,
        headings: &'f [String],
        mapping: &'f Mapping,
        official: &'f dyn OfficialUnits,
    ) -> Self {
        let columns: Vec<Use> =
            mapping.columns.iter().map(|meaning| Use::of(form, meaning)).collect();
        let province_question = form.with_role(Role::Province).map(|q| q.name.as_str());
        let province = mapping.columns.iter().position(|meaning| match meaning {
            Meaning::Province => true,
            Meaning::Answer(key) => Some(key.as_str()) == province_question,
            _ => false,
        });
        let district = mapping.columns.iter().position(|column| *column == Meaning::District);
        Self {
            form,
            headings,
            mapping,
            official,
            columns,
            province,
            district,
            lists: HashMap::new(),
            units: HashMap::new(),
            identity: RowIdentity::new(headings),
            words: BTreeMap::new(),
        }
    }

    /// Reads the next row, of a file.
    pub fn read(&mut self, file: &str, cells: &[String]) -> ReadRow {
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut ticked: BTreeMap<String, (&'f Question, BTreeSet<&'f str>)> = BTreeMap::new();
        let columns = std::mem::take(&mut self.columns);
        let (form, mut id) = (self.form, "");
        let mut times: [Option<Timestamp>; 3] = [None; 3];
        for (at, column) in columns.iter().enumerate() {
            let cell = cells.get(at).map_or("", |cell| cell.trim());
            if cell.is_empty() || (is_nothing(cell) && !column.has_choice(form, cell)) {
                continue;
            }
            let read = match column {
                Use::Nothing => Ok(()),
                Use::Answer(field, question) => {
                    let value = match question {
                        Some(question) => self.answer(question, cell, cells),
                        // How many instances a repeat has.
                        None => cell
                            .parse::<u32>()
                            .map(|count| count.to_string())
                            .map_err(|_| vec![(cell.to_owned(), ValueFault::NotAnInteger)]),
                    };
                    // Of several choices those count that are understood.
                    let (value, wrong) = match value {
                        Ok(value) => (value, Vec::new()),
                        Err(wrong) => (String::new(), wrong),
                    };
                    if !value.is_empty() {
                        given.insert(field.key.clone(), value);
                    }
                    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
                }
                Use::Choice(key, question, choice) => {
                    match self.is_ticked(question, choice, cell) {
                        Some(is_ticked) => {
                            let entry =
                                ticked.entry(key.clone()).or_insert((question, BTreeSet::new()));
                            if is_ticked {
                                entry.1.insert(choice);
                            }
                            Ok(())
                        }
                        None => Err(vec![(cell.to_owned(), self.unknown_choice(question))]),
                    }
                }
                Use::Id => {
                    id = cell;
                    Ok(())
                }
                Use::Moment(when) => match self.moment(at, cell) {
                    Some(moment) => {
                        if let Some(slot) = times.get_mut(*when as usize) {
                            *slot = Some(moment);
                        }
                        Ok(())
                    }
                    None => Err(vec![(cell.to_owned(), ValueFault::NotATime)]),
                },
            };
            let wrong = read.err().unwrap_or_default().into_iter();
            faults.extend(wrong.map(|(value, fault)| CellFault { column: at, value, fault }));
        }
        self.columns = columns;
        for (key, (question, names)) in ticked {
            let list = question.kind.list().unwrap_or_default();
            let in_order = self.form.choices(list).iter().map(|choice| choice.name.as_str());
            let names: Vec<&str> = in_order.filter(|name| names.contains(name)).collect();
            given.entry(key).or_insert_with(|| names.join(" "));
        }
        let mut answers: Answers = given.into_iter().collect();
        count_instances(&mut answers, self.form);
        let response = (!answers.is_empty()).then(|| {
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            let (root, revision) = self.identity.next(self.form, id, &answers, cell);
            let [submitted, start, end] = times;
            let of_form = |meta: Meta| {
                let mut questions = self.form.questions().iter();
                let question = questions.find(|question| question.kind == Kind::Meta(meta))?;
                moment::timestamp(answers.get(&question.name), DayOrder::DayFirst)
            };
            Response {
                form: self.form.id.as_str().into(),
                form_version: Rc::default(),
                campaign: Rc::default(),
                root,
                revision,
                start: start.or_else(|| of_form(Meta::Start)),
                end: end.or_else(|| of_form(Meta::End)),
                submitted,
                active_seconds: None,
                mode: Mode::default(),
                consent: None,
                answers,
                checksum: String::new(),
                sources: Rc::new(BTreeSet::from([file.to_owned()])),
            }
        });
        ReadRow { response, faults }
    }

    /// The words that were not understood so far, or have a meaning because a person said so; those
    /// of most cells first.
    pub fn words(&self) -> Vec<UnreadWord> {
        let mut words: Vec<UnreadWord> = self.words.values().cloned().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.cells));
        words
    }

    /// A cell as an answer, or the parts of it that are not understood.
    fn answer(
        &mut self,
        question: &'f Question,
        cell: &str,
        row: &[String],
    ) -> Result<String, Vec<(String, ValueFault)>> {
        let days = self.mapping.days;
        let Some(list) = question.kind.list() else {
            let read = value(self.form, question, cell, days);
            return read.map_err(|fault| vec![(cell.to_owned(), fault)]);
        };
        if question.kind.is_several() {
            return self.several(question, list, cell);
        }
        if let Some(said) = self.said(list, cell) {
            return Ok(said);
        }
        let found = if question.role == Some(Role::Unit) {
            self.unit(question, list, cell, row)
        } else {
            self.choice_words(question, list).one(cell).ok_or_else(Vec::new)
        };
        found.map(str::to_owned).map_err(|offered| {
            self.note(list, cell, offered);
            vec![(cell.to_owned(), self.unknown_choice(question))]
        })
    }

    fn several(
        &mut self,
        question: &'f Question,
        list: &'f str,
        cell: &str,
    ) -> Result<String, Vec<(String, ValueFault)>> {
        if let Some(said) = self.said(list, cell) {
            return Ok(said);
        }
        let parts = self.choice_words(question, list).several(cell);
        let mut names: Vec<String> = Vec::new();
        let mut wrong = Vec::new();
        for part in parts {
            let name = match part {
                Part::Choice(name) => name.to_owned(),
                Part::Unknown(word) => self.said(list, &word).unwrap_or_else(|| {
                    self.note(list, &word, Vec::new());
                    wrong.push((word, self.unknown_choice(question)));
                    String::new()
                }),
            };
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        if wrong.is_empty() { Ok(names.join(" ")) } else { Err(wrong) }
    }

    fn unit(
        &mut self,
        question: &'f Question,
        list: &'f str,
        cell: &str,
        row: &[String],
    ) -> Result<&'f str, Vec<String>> {
        let beside = |at: Option<usize>| {
            at.and_then(|at| row.get(at)).map_or(String::new(), |cell| cell.trim().to_owned())
        };
        let written = WrittenUnit {
            code: String::new(),
            name: cell.to_owned(),
            district: beside(self.district),
            province: beside(self.province),
        };
        self.choice_words(question, list);
        let (form, official) = (self.form, self.official);
        let Some(words) = self.lists.get(list) else { return Err(Vec::new()) };
        let units = self.units.entry(list).or_insert_with(|| UnitWords::of(form, list, official));
        units.find(words, &written)
    }

    fn choice_words(&mut self, question: &'f Question, list: &'f str) -> &ChoiceWords<'f> {
        let form = self.form;
        self.lists.entry(list).or_insert_with(|| ChoiceWords::of(form, list, question.role))
    }

    /// The choice that a person said a word means; empty where it means none.
    fn said(&mut self, list: &'f str, word: &str) -> Option<String> {
        let words = self.mapping.words.get(list).filter(|words| !words.is_empty())?;
        let said = words.get(&word_key(word))?;
        self.note(list, word, Vec::new());
        let name = match said {
            // A choice that the form does not have any more means nothing.
            WordMeaning::Choice(name) => {
                let choice = self.form.choices(list).iter().find(|choice| choice.name == *name);
                choice.map(|choice| choice.name.clone())
            }
            WordMeaning::NoAnswer => None,
        };
        Some(name.unwrap_or_default())
    }

    fn note(&mut self, list: &'f str, word: &str, offered: Vec<String>) {
        let noted = self.words.entry((list, word_key(word))).or_insert_with(|| UnreadWord {
            list: list.to_owned(),
            word: word.to_owned(),
            cells: 0,
            offered,
        });
        noted.cells += 1;
    }

    fn is_ticked(&mut self, question: &'f Question, choice: &str, cell: &str) -> Option<bool> {
        let list = question.kind.list()?;
        let is_named = self.choice_words(question, list).one(cell) == Some(choice);
        if is_named && truth(cell) != Some(false) { Some(true) } else { truth(cell) }
    }

    fn moment(&self, column: usize, cell: &str) -> Option<Timestamp> {
        let heading = self.headings.get(column).map_or("", String::as_str);
        moment::timestamp_under(heading, cell, self.mapping.days)
    }

    fn unknown_choice(&self, question: &Question) -> ValueFault {
        const SHOWN: usize = 5;
        let choices = question.kind.list().map_or(&[][..], |list| self.form.choices(list));
        let labels = choices.iter().take(SHOWN).map(|choice| choice.label.get("").to_owned());
        let more = (choices.len() > SHOWN).then(|| "…".to_owned());
        ValueFault::UnknownChoice(labels.chain(more).collect())
    }
}

impl<'f> Use<'f> {
    /// True where a list has a choice of this name.
    fn has_choice(&self, form: &Form, name: &str) -> bool {
        let Self::Answer(_, Some(question)) = self else { return false };
        form.choice(question, name).is_some()
    }

    fn of(form: &'f Form, meaning: &Meaning) -> Self {
        match meaning {
            Meaning::Nothing | Meaning::District | Meaning::Province => Self::Nothing,
            Meaning::Id => Self::Id,
            Meaning::Submitted => Self::Moment(When::Submitted),
            Meaning::Started => Self::Moment(When::Started),
            Meaning::Ended => Self::Moment(When::Ended),
            Meaning::Answer(key) => match field_of(form, key) {
                Some(field) => {
                    let question = field.question(form);
                    Self::Answer(field, question)
                }
                // A recipe for an older version of the form.
                None => Self::Nothing,
            },
            Meaning::Choice(key, name) => {
                let question = field_of(form, key).and_then(|field| field.question(form));
                let choice = question.and_then(|question| form.choice(question, name));
                match question.zip(choice) {
                    Some((question, choice)) => Self::Choice(key.clone(), question, &choice.name),
                    None => Self::Nothing,
                }
            }
        }
    }
}

/// What programs and people write where there is nothing.
fn is_nothing(cell: &str) -> bool {
    matches!(cell, "-" | "–" | "—" | "n/a" | "N/A" | "NA" | "NULL" | "null" | "#N/A")
}
