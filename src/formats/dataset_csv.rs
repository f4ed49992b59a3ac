//! A dataset as CSV: one row a person, every answer a column.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::table::{Cell, Table};
use crate::domain::dataset::Dataset;
use crate::domain::field::{Field, Instance, Layout, field_of, last_name};
use crate::domain::form::{Choice, Form, Item, Kind, Question, SEPARATOR_IN_WORDS};
use crate::domain::outline::Outline;
use crate::domain::response::{CHECKSUM_COLUMN, META_COLUMNS, Response, SOURCE_COLUMN};
use rows::answers::Answers;
use rows::text::composed;

/// In what words a dataset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words<'l> {
    /// Question and choice names, for programs.
    Names,
    /// Labels in this language, for people.
    Labels(&'l str),
}

/// How the answers of a dataset stand in its columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// Where the choices of a question stand of which several may be chosen.
    pub several: Several,
    /// True without the columns that tell who somebody is.
    pub is_nameless: bool,
    /// Of the form's languages the one of the labels, by its position; `None` for that of the
    /// screens.
    pub labels: Option<usize>,
}

impl Arrangement {
    /// The language of the labels where the screens are in this one.
    pub fn label_language<'l>(&self, form: &'l Form, screens: &'l str) -> &'l str {
        let chosen = self.labels.and_then(|at| form.languages.get(at));
        chosen.map_or(screens, String::as_str)
    }
}

/// Where several chosen answers stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Several {
    /// Together in one column.
    #[default]
    Together,
    /// Each in a column of its own: 1 where it is chosen, 0 where others are, nothing where the
    /// question was not answered.
    Apart,
    /// Both.
    Both,
}

/// The current response of everybody, by time of handing in.
pub fn table(form: &Form, dataset: &Dataset, words: Words<'_>, arrangement: Arrangement) -> Table {
    let responses = dataset.current();
    let columns = DatasetColumns::of(form, &responses, words, arrangement);
    let rows = responses.into_iter().map(|response| columns.row(response));
    Table { header: columns.header(), rows: rows.collect() }
}

/// The columns that responses have together, and how each of them fills a row.
pub struct DatasetColumns<'f> {
    form: &'f Form,
    columns: Vec<Column>,
    /// The keys of answers to questions of other versions of the form.
    others: Vec<String>,
    words: Words<'f>,
    is_nameless: bool,
}

/// What stands in a column.
pub struct Described<'f> {
    /// Its heading.
    pub heading: String,
    /// The question; `None` of what is told about the filling itself, and of other versions.
    pub question: Option<&'f Question>,
    /// True of one of several choices: 1 or 0.
    pub is_of_a_choice: bool,
}

/// A column of answers.
struct Column {
    field: Field,
    /// The choice that it is about, of several.
    choice: Option<Choice>,
}

impl<'f> DatasetColumns<'f> {
    /// The columns of these responses.
    pub fn of(
        form: &'f Form,
        responses: &[&Response],
        words: Words<'f>,
        arrangement: Arrangement,
    ) -> Self {
        let Arrangement { several, is_nameless, .. } = arrangement;
        let answers = || responses.iter().map(|response| &response.answers);
        let layout = Layout::holding(form, answers());
        let mut others: Vec<String> = Vec::new();
        if !is_nameless {
            let keys = other_columns(form, &layout, answers());
            others.extend(keys.into_iter().map(str::to_owned));
        }
        let tells_who = |field: &&Field| field.question(form).is_some_and(|q| form.tells_who(q));
        let fields = layout.columns(form).filter(|field| !is_nameless || !tells_who(field));
        let columns = fields.flat_map(|field| {
            let choices = split(form, field).filter(|_| several != Several::Together);
            let is_whole = choices.is_none() || several == Several::Both;
            let whole = is_whole.then_some(None).into_iter();
            let apart = choices.unwrap_or_default().iter().map(|choice| Some(choice.clone()));
            whole.chain(apart).map(|choice| Column { field: field.clone(), choice })
        });
        Self { form, columns: columns.collect(), others, words, is_nameless }
    }

    /// The headings.
    pub fn header(&self) -> Vec<String> {
        let fields: Vec<&Field> = self.columns.iter().map(|column| &column.field).collect();
        let mut whole: Vec<&Field> = fields.clone();
        whole.dedup_by_key(|field| &field.key);
        let titles = headings(self.form, &whole, self.words);
        let titles: BTreeMap<&str, String> =
            whole.iter().map(|field| field.key.as_str()).zip(titles).collect();
        let mut header: Vec<String> = Vec::new();
        for column in &self.columns {
            let title = titles.get(column.field.key.as_str()).map_or("", String::as_str);
            header.push(match (&column.choice, self.words) {
                (None, _) => title.to_owned(),
                (Some(choice), Words::Names) => format!("{title}/{}", choice.name),
                (Some(choice), Words::Labels(language)) => {
                    format!("{title}/{}", choice.distinct_label(language))
                }
            });
        }
        header.extend_from_slice(&self.others);
        header.extend(META_COLUMNS.map(str::to_owned));
        if !self.is_nameless {
            header.extend([CHECKSUM_COLUMN, SOURCE_COLUMN].map(str::to_owned));
        }
        header
    }

    /// Every column, with the question that it answers.
    pub fn described(&self) -> Vec<Described<'f>> {
        let columns = self
            .columns
            .iter()
            .map(|column| (column.field.question(self.form), column.choice.is_some()));
        let columns = columns.chain(std::iter::repeat((None, false)));
        let described = self.header().into_iter().zip(columns);
        described
            .map(|(heading, (question, is_of_a_choice))| Described {
                heading,
                question,
                is_of_a_choice,
            })
            .collect()
    }

    /// A response as a row under them.
    pub fn row(&self, response: &Response) -> Vec<Cell> {
        let (form, answers) = (self.form, &response.answers);
        let filled = self.columns.iter().map(|Column { field, choice }| match choice {
            None => answer(form, field, answers, self.words),
            Some(choice) => match answers.get(&field.key) {
                "" => Cell::Blank,
                chosen => {
                    let is_chosen = chosen.split_whitespace().any(|name| name == choice.name);
                    Cell::Count(u64::from(is_chosen))
                }
            },
        });
        let mut row: Vec<Cell> = filled.collect();
        row.extend(self.others.iter().map(|key| cell(None, answers.get(key))));
        row.extend(response.meta().map(Cell::text));
        // The checksum is that of the whole row; a file's name often says who made it.
        if !self.is_nameless {
            row.push(Cell::text(response.checksum.clone()));
            let sources: Vec<&str> = response.sources.iter().map(String::as_str).collect();
            row.push(Cell::text(sources.join(SEPARATOR_IN_WORDS)));
        }
        row
    }
}

/// The choices of a question of which several may be chosen.
pub(super) fn split<'f>(form: &'f Form, field: &Field) -> Option<&'f [Choice]> {
    match &field.question(form)?.kind {
        Kind::SelectMultiple(list) => Some(form.choices(list)),
        _ => None,
    }
}

/// The keys of answers that the form does not ask for: those given to another version of it.
pub(super) fn other_columns<'a>(
    form: &Form,
    layout: &Layout,
    answers: impl IntoIterator<Item = &'a Answers>,
) -> BTreeSet<&'a str> {
    let known: BTreeSet<&str> = layout.columns(form).map(|field| &*field.key).collect();
    let keys = answers.into_iter().flat_map(Answers::iter).map(|(key, _)| key);
    keys.filter(|key| !known.contains(key)).collect()
}

/// The instances of one repeat, a row each, with keys: `_root` is the response's, `_key` the
/// instance's own, `_parent` that of the instance around it or the response's.
pub fn repeat_table(
    form: &Form,
    dataset: &Dataset,
    repeat: usize,
    words: Words<'_>,
    is_nameless: bool,
) -> Table {
    let around = form.repeats_around(Some(repeat));
    let is_inside = |field: &&Field| {
        let group = match field.item {
            Item::Question(position) => form.questions().get(position).and_then(|q| q.group),
            Item::Group(position) => form.groups().get(position).and_then(|group| group.parent),
        };
        form.repeats_around(group) == around
    };
    let one_each = Layout::new(form, &Outline::of(form), &|_| 1);
    let tells_who = |field: &&Field| field.question(form).is_some_and(|q| form.tells_who(q));
    let inside = one_each.columns(form).filter(is_inside);
    let columns: Vec<&Field> = inside.filter(|field| !is_nameless || !tells_who(field)).collect();
    let mut header = ["_root", "_key", "_parent"].map(str::to_owned).to_vec();
    header.extend(columns.iter().map(|field| {
        let label = label(form, field, words);
        if label.is_empty() { last_name(&field.key).to_owned() } else { label }
    }));
    let mut rows = Vec::new();
    for response in dataset.current() {
        let layout = Layout::holding(form, [&response.answers]);
        let mut instances: Vec<&Instance> =
            layout.columns(form).filter(is_inside).map(|field| &field.instance).collect();
        instances.dedup();
        for instance in instances {
            let key = key_of(form, &around, instance);
            let parent = key.rsplit_once('/').map(|(parent, _)| parent);
            let mut row = vec![
                Cell::text(response.root.clone()),
                Cell::text(format!("{}/{key}", response.root)),
                Cell::text(parent.map_or_else(
                    || response.root.clone(),
                    |parent| format!("{}/{parent}", response.root),
                )),
            ];
            row.extend(columns.iter().map(|column| {
                let key = format!("{key}/{}", last_name(&column.key));
                let field = Field { item: column.item, instance: instance.clone(), key };
                answer(form, &field, &response.answers, words)
            }));
            rows.push(row);
        }
    }
    Table { header, rows }
}

/// The key of an instance: `outer[1]/inner[2]`.
fn key_of(form: &Form, repeats: &[usize], instance: &Instance) -> String {
    let names = repeats.iter().filter_map(|repeat| form.name_of(Item::Group(*repeat)));
    let parts = names.zip(instance.numbers()).map(|(name, number)| format!("{name}[{number}]"));
    parts.collect::<Vec<_>>().join("/")
}

/// What was answered, in these words.
fn answer(form: &Form, field: &Field, answers: &Answers, words: Words<'_>) -> Cell {
    let value = answers.get(&field.key);
    match (field.question(form), words) {
        (Some(question), Words::Labels(language)) if question.kind.list().is_some() => {
            Cell::text(form.answer_in_distinct_words(question, value, language))
        }
        (question, _) => cell(question, value),
    }
}

/// An answer as a cell: numbers as numbers, days as days, all else as text; how many instances a
/// repeat has is a
/// number.
pub(super) fn cell(question: Option<&Question>, value: &str) -> Cell {
    let is_number =
        question.is_none_or(|question| matches!(question.kind, Kind::Integer | Kind::Decimal));
    if question.is_some_and(|question| question.kind == Kind::Date) && !value.is_empty() {
        return Cell::Day(value.to_owned());
    }
    match value.parse::<f64>() {
        Ok(number) if is_number && number.to_string() == value => Cell::Number(number),
        _ => Cell::text(value),
    }
}

/// The columns' headings; in words, what is in a repeat or reads like another column has its key
/// behind it.
fn headings(form: &Form, fields: &[&Field], words: Words<'_>) -> Vec<String> {
    let labels: Vec<String> = fields.iter().map(|field| label(form, field, words)).collect();
    let mut seen: BTreeSet<String> = fields.iter().map(|field| heading_key(&field.key)).collect();
    let keys = labels.iter().map(|label| heading_key(label));
    let twice: BTreeSet<String> = keys.filter(|key| !seen.insert(key.clone())).collect();
    let columns = fields.iter().zip(labels);
    columns
        .map(|(field, label)| {
            if label.is_empty() {
                field.key.clone()
            } else if twice.contains(&heading_key(&label)) || !field.instance.numbers().is_empty() {
                format!("{label} ({})", field.key)
            } else {
                label
            }
        })
        .collect()
}

/// What a column is called in words; nothing where only its name can be told.
fn label(form: &Form, field: &Field, words: Words<'_>) -> String {
    let Words::Labels(language) = words else { return String::new() };
    let question = match field.item {
        Item::Question(position) => form.questions().get(position),
        Item::Group(position) => {
            let label = form.groups().get(position).map(|group| group.label.get(language));
            return label.unwrap_or_default().to_owned();
        }
    };
    let Some(question) = question else { return String::new() };
    let label = question.label.get(language);
    let competency =
        question.rating.as_ref().and_then(|rating| form.competency(&rating.competency));
    match competency {
        Some(competency) => {
            format!("{} · {} · {label}", competency.code, competency.label.get(language))
        }
        None => label.to_owned(),
    }
}

/// What the column of a key is called for people; its key where it has no label.
pub fn column_label(form: &Form, key: &str, language: &str) -> String {
    let field = field_of(form, key);
    let label = field.map(|field| label(form, &field, Words::Labels(language)));
    label.filter(|label| !label.is_empty()).unwrap_or_else(|| key.to_owned())
}

/// The columns that a form may have, by their headings in names or in the words of any language.
pub(super) struct KnownColumns<'f> {
    form: &'f Form,
    /// By heading as it is compared, worked out where a heading is no name: of ten thousand small
    /// files it would be most of the work.
    by_heading: OnceCell<BTreeMap<String, Option<Field>>>,
}

impl<'f> KnownColumns<'f> {
    pub(super) fn of(form: &'f Form) -> Self {
        Self { form, by_heading: OnceCell::new() }
    }

    /// The field whose key the heading is.
    pub(super) fn named(&self, heading: &str) -> Option<Field> {
        field_of(self.form, composed(heading).trim())
    }

    /// The question and the choice that a heading such as `question/choice` is about.
    pub(super) fn of_choice(&self, heading: &str) -> Option<(Field, String)> {
        heading.match_indices('/').find_map(|(slash, _)| {
            let (question, choice) = heading.split_at(slash);
            let field = self.named(question).or_else(|| self.worded(question))?;
            let choices = split(self.form, &field)?;
            let wanted = heading_key(choice.get(1..)?);
            let languages = &self.form.languages;
            let reads_so = |own: &&Choice| {
                let mut words = languages.iter().map(|language| own.distinct_label(language));
                heading_key(&own.name) == wanted || words.any(|label| heading_key(&label) == wanted)
            };
            let choice = choices.iter().find(reads_so)?;
            Some((field, choice.name.clone()))
        })
    }

    /// The field that a heading names in words, or in a repeat by its key in brackets behind them.
    pub(super) fn worded(&self, heading: &str) -> Option<Field> {
        let written = composed(heading);
        let bracketed = written.trim().strip_suffix(')').and_then(|open| open.rsplit_once('('));
        let by_heading = self.by_heading.get_or_init(|| by_heading(self.form));
        let worded = by_heading.get(&heading_key(heading)).cloned().flatten();
        worded.or_else(|| field_of(self.form, bracketed?.1))
    }
}

/// Every column by what it is called in any language; `None` where several are called so.
fn by_heading(form: &Form) -> BTreeMap<String, Option<Field>> {
    let layout = Layout::holding(form, []);
    let fields: Vec<&Field> = layout.columns(form).collect();
    let mut by_heading: BTreeMap<String, Option<Field>> = BTreeMap::new();
    let languages = form.languages.iter().map(|language| Words::Labels(language));
    for words in languages.chain([Words::Names]) {
        for (field, heading) in fields.iter().zip(headings(form, &fields, words)) {
            let known = by_heading.entry(heading_key(&heading)).or_insert(Some((*field).clone()));
            if known.as_ref().is_some_and(|known| known != *field) {
                *known = None;
            }
        }
    }
    by_heading
}

/// A heading or label as it is compared: NFC, lower case, single spaces.
pub(super) fn heading_key(heading: &str) -> String {
    let composed = composed(heading).to_lowercase();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
