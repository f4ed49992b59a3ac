//! The responses in the layouts of `KoboToolbox` and ODK Central, so that scripts that people have
//! for those run on ours. What these programs know and we do not stays blank.
//!
//! Layouts after formpack (`KoboToolbox`) and `briefcase.js` (ODK Central). Texts that would run as
//! formulas are guarded, which neither of them does.

use super::dataset_csv::{Words, cell, repeat_table, split};
use super::table::{Cell, Table};
use crate::domain::dataset::Dataset;
use crate::domain::field::{Field, field_of};
use crate::domain::form::{Choice, Form, Question};
use crate::domain::response::Response;
use crate::domain::timestamp::Timestamp;

/// What stands before the id of a response there.
const SCHEME: &str = "uuid:";

/// What stands behind the answers in a file of `KoboToolbox`.
const KOBO_LAST: [&str; 11] = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "meta/rootUuid",
    "_index",
];

/// What stands behind the answers in a file of ODK Central.
const ODK_LAST: [&str; 12] = [
    "meta-instanceID",
    "meta-instanceName",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "DeviceID",
    "Edits",
    "FormVersion",
];

/// The questions that are answered once, each as a field.
fn fields(form: &Form, is_nameless: bool) -> Vec<(Field, &Question)> {
    let once = form.questions().iter().filter(|question| {
        question.kind.has_value()
            && form.repeats_around(question.group).is_empty()
            && !(is_nameless && form.tells_who(question))
    });
    once.filter_map(|question| Some((field_of(form, &question.name)?, question))).collect()
}

/// The file of `KoboToolbox`: names as headings, of several choices all and each in a column.
/// It has no repeats.
pub fn kobo_table(form: &Form, dataset: &Dataset, is_nameless: bool) -> Table {
    let columns: Vec<(Field, &Question, &[Choice])> = fields(form, is_nameless)
        .into_iter()
        .map(|(field, question)| {
            let choices = split(form, &field).unwrap_or_default();
            (field, question, choices)
        })
        .collect();
    let mut header = time_headings(form);
    for (_, question, choices) in &columns {
        header.push(question.name.clone());
        header.extend(choices.iter().map(|choice| format!("{}/{}", question.name, choice.name)));
    }
    header.extend(KOBO_LAST.map(str::to_owned));
    let rows = (1..).zip(dataset.current()).map(|(number, response)| {
        let mut row = times(form, response);
        for (field, question, choices) in &columns {
            let value = response.answers.get(&field.key);
            row.push(cell(Some(question), value));
            row.extend(choices.iter().map(|choice| match value {
                "" => Cell::Blank,
                chosen => Cell::Count(u64::from(chosen.split(' ').any(|name| name == choice.name))),
            }));
        }
        let submitted = response.submitted.map_or_else(String::new, |time| time.to_string());
        row.extend([
            Cell::Count(number),
            Cell::text(response.root.clone()),
            Cell::text(submitted.trim_end_matches('Z')),
            Cell::Blank,
            Cell::Blank,
            Cell::text("submitted_via_web"),
            Cell::Blank,
            Cell::text(response.form_version.to_string()),
            Cell::Blank,
            Cell::text(format!("{SCHEME}{}", response.root)),
            Cell::Count(number),
        ]);
        row
    });
    Table { header, rows: rows.collect() }
}

/// The files of ODK Central, each with its name: the form's, with groups before the names of their
/// questions, and one for each repeat.
pub fn odk_tables(form: &Form, dataset: &Dataset, is_nameless: bool) -> Vec<(String, Table)> {
    let columns = fields(form, is_nameless);
    let mut header = vec!["SubmissionDate".to_owned()];
    header.extend(time_headings(form));
    header.extend(columns.iter().map(|(_, question)| path(form, question.group, &question.name)));
    header.extend(ODK_LAST.map(str::to_owned));
    let rows = dataset.current().into_iter().map(|response| odk_row(form, &columns, response));
    let mut tables = vec![(format!("{}.csv", form.id), Table { header, rows: rows.collect() })];
    for repeat in form.repeats() {
        let Some(group) = form.groups().get(repeat) else { continue };
        let table = repeat_table(form, dataset, repeat, Words::Names, is_nameless);
        let name = format!("{}-{}.csv", form.id, path(form, group.parent, &group.name));
        tables.push((name, keys_last(table)));
    }
    tables
}

fn odk_row(form: &Form, columns: &[(Field, &Question)], response: &Response) -> Vec<Cell> {
    let mut row = vec![moment(response.submitted)];
    row.extend(times(form, response));
    let answers = columns
        .iter()
        .map(|(field, question)| cell(Some(question), response.answers.get(&field.key)));
    row.extend(answers);
    let key = Cell::text(format!("{SCHEME}{}", response.root));
    row.extend([
        key.clone(),
        Cell::Blank,
        key,
        Cell::Blank,
        Cell::Blank,
        Cell::Count(0),
        Cell::Count(0),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::Count(u64::from(response.revision.saturating_sub(1))),
        Cell::text(response.form_version.to_string()),
    ]);
    row
}

/// The instances of a repeat as ODK Central has them: the keys behind the answers.
fn keys_last(table: Table) -> Table {
    let mut header: Vec<String> = table.header.into_iter().skip(OWN_KEYS).collect();
    header.extend(["PARENT_KEY", "KEY"].map(str::to_owned));
    let rows = table.rows.into_iter().map(|row| {
        let mut cells = row.into_iter().skip(1);
        let keys = [cells.next(), cells.next()].map(|key| match key {
            Some(Cell::Text(key)) => Cell::text(format!("{SCHEME}{key}")),
            other => other.unwrap_or(Cell::Blank),
        });
        let [own, parent] = keys;
        let mut row: Vec<Cell> = cells.collect();
        row.extend([parent, own]);
        row
    });
    Table { header, rows: rows.collect() }
}

/// How many keys [`repeat_table`] begins a row with: the response's, its own, and its parent's.
const OWN_KEYS: usize = 3;

/// A name behind the groups that it lies in.
fn path(form: &Form, group: Option<usize>, name: &str) -> String {
    let groups = form.ancestry(group).filter_map(|group| form.groups().get(group));
    let mut names: Vec<&str> = groups.map(|group| group.name.as_str()).collect();
    names.reverse();
    names.push(name);
    names.join("-")
}

/// When it was begun and ended, under the names by which their forms ask for it; not where the form
/// does so itself.
const TIMES: [&str; 2] = ["start", "end"];

fn time_headings(form: &Form) -> Vec<String> {
    let own = TIMES.into_iter().filter(|name| form.question(name).is_none());
    own.map(str::to_owned).collect()
}

fn times(form: &Form, response: &Response) -> Vec<Cell> {
    let times = TIMES.into_iter().zip([response.start, response.end]);
    let own = times.filter(|(name, _)| form.question(name).is_none());
    own.map(|(_, time)| moment(time)).collect()
}

fn moment(time: Option<Timestamp>) -> Cell {
    Cell::text(time.map_or_else(String::new, |time| time.to_string()))
}
