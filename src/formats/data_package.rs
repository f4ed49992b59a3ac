//! Everything for programs as one ZIP: a Frictionless Data Package (datapackage.org, version 2),
//! with the metadata of W3C CSVW (w3.org/TR/tabular-metadata) for the responses beside it.

use serde_json::{Value, json};
use zip::result::ZipError;

use super::archive;
use super::table::{Cell, Profile, Table};
use super::variable::{Holds, Variable, levels, not_my_task};
use crate::domain::form::Choice;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;

/// What a package is called, and by whom it was made.
pub struct About<'a> {
    /// Its name for programs: lower case letters, digits and hyphens.
    pub name: &'a str,
    /// Its title for people.
    pub title: &'a str,
    /// When it was made.
    pub made: Timestamp,
    /// The language of labels and of what people read.
    pub language: Language,
}

/// One table of a package.
pub struct Resource {
    /// Its name for programs, and that of its file without the ending.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// What stands in it.
    pub table: Table,
    /// Its columns, where more is known of them than what stands in them.
    pub fields: Option<Vec<Value>>,
    /// The columns by which a row is known.
    pub key: &'static [&'static str],
    /// The column that names a row of the responses.
    pub of_response: Option<&'static str>,
}

impl Resource {
    /// A table whose columns are as what stands in them.
    pub fn plain(name: &str, title: &str, table: Table) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            table,
            fields: None,
            key: &[],
            of_response: None,
        }
    }

    fn path(&self) -> String {
        format!("{}.csv", self.name)
    }

    fn fields(&self) -> Vec<Value> {
        self.fields.clone().unwrap_or_else(|| inferred(&self.table))
    }

    fn described(&self) -> Value {
        let mut schema = json!({ "fields": self.fields(), "missingValues": [""] });
        if !self.key.is_empty() {
            set(&mut schema, "primaryKey", json!(self.key));
        }
        if let Some(field) = self.of_response {
            let reference = json!({ "resource": RESPONSES, "fields": ["_root"] });
            let key = json!([{ "fields": [field], "reference": reference }]);
            set(&mut schema, "foreignKeys", key);
        }
        json!({
            "name": self.name,
            "title": self.title,
            "type": "table",
            "path": self.path(),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "header": true },
            "schema": schema,
        })
    }
}

/// The name of the table of responses.
pub const RESPONSES: &str = "responses";

/// Writes a package of these tables and other files, each with its name.
///
/// # Errors
/// Only where the library fails.
pub fn write(
    about: &About<'_>,
    resources: &[Resource],
    others: Vec<(String, Vec<u8>)>,
) -> Result<Vec<u8>, ZipError> {
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.name,
        "title": about.title,
        "created": about.made.to_string(),
        "resources": resources.iter().map(Resource::described).collect::<Vec<Value>>(),
    });
    let described = ("datapackage.json".to_owned(), pretty(&package).into_bytes());
    let tables = resources.iter().flat_map(|resource| {
        let metadata = pretty(&csvw(resource, about.language)).into_bytes();
        [
            (resource.path(), resource.table.to_csv(Profile::Data)),
            (format!("{}-metadata.json", resource.path()), metadata),
        ]
    });
    archive::write(std::iter::once(described).chain(tables).chain(others))
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The columns of responses, with what the form says of them.
pub fn response_fields(variables: &[Variable<'_>], t: Language) -> Vec<Value> {
    variables.iter().map(|variable| response_field(variable, t)).collect()
}

fn response_field(variable: &Variable<'_>, t: Language) -> Value {
    let mut field = match variable.holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Whole => json!({ "type": "integer" }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Day => json!({ "type": "date" }),
        Holds::Moment => json!({ "type": "datetime" }),
        Holds::Chosen => json!({ "type": "integer", "constraints": { "enum": [0, 1] } }),
        Holds::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
            let label = |choice: &Choice| (json!(choice.name), choice.label.get(t.code()).into());
            of_categories("string", &json!(names), choices.iter().map(label), false)
        }
        Holds::Level(choices) => {
            let numbers: Vec<u8> = levels(choices).map(|(level, _)| level).collect();
            let label =
                |(level, choice): (u8, &Choice)| (json!(level), choice.label.get(t.code()).into());
            let labels = levels(choices).map(label);
            let mut field = of_categories("integer", &json!(numbers), labels, true);
            let blank = json!({ "value": "", "label": t.package_blank() });
            let reason = not_my_task(choices)
                .map(|reason| json!({ "value": reason.name, "label": reason.label.get(t.code()) }));
            let missing: Vec<Value> = std::iter::once(blank).chain(reason).collect();
            set(&mut field, "missingValues", json!(missing));
            field
        }
    };
    set(&mut field, "title", json!(variable.label));
    set(&mut field, "name", json!(variable.heading));
    let question = variable.question;
    if let Some(role) = question.and_then(|question| question.role) {
        set(&mut field, "tna::role", json!(role.word()));
    }
    if let Some(rating) = question.and_then(|question| question.rating.as_ref()) {
        set(&mut field, "tna::competency", json!(rating.competency));
        set(&mut field, "tna::scale", json!(rating.scale.word()));
    }
    field
}

/// What is one of these values, each with its label.
fn of_categories(
    kind: &str,
    values: &Value,
    labels: impl Iterator<Item = (Value, String)>,
    is_ordered: bool,
) -> Value {
    let categories = labels.map(|(value, label)| json!({ "value": value, "label": label }));
    json!({
        "type": kind,
        "constraints": { "enum": values },
        "categories": categories.collect::<Vec<Value>>(),
        "categoriesOrdered": is_ordered,
    })
}

/// The columns of a table by what stands in them.
fn inferred(table: &Table) -> Vec<Value> {
    let columns = table.header.iter().enumerate();
    let fields = columns.map(|(at, heading)| {
        let cells = || table.rows.iter().filter_map(|row| row.get(at));
        let all = |is_so: fn(&Cell) -> bool| cells().all(is_so);
        let is_empty = all(|cell| *cell == Cell::Blank);
        let kind = if is_empty {
            "string"
        } else if all(|cell| matches!(cell, Cell::Blank | Cell::Count(_))) {
            "integer"
        } else if all(|cell| matches!(cell, Cell::Blank | Cell::Count(_) | Cell::Number(_))) {
            "number"
        } else if all(|cell| matches!(cell, Cell::Blank | Cell::Day(_))) {
            "date"
        } else {
            "string"
        };
        json!({ "name": heading, "type": kind })
    });
    fields.collect()
}

/// The same of a table for readers of CSVW.
fn csvw(resource: &Resource, t: Language) -> Value {
    let columns = resource.fields().into_iter().map(|field| {
        let datatype = match field.get("type").and_then(Value::as_str) {
            Some("integer") => "integer",
            Some("number") => "number",
            Some("date") => "date",
            Some("datetime") => "dateTimeStamp",
            _ => "string",
        };
        let missing = field.get("missingValues").and_then(Value::as_array);
        let missing = missing.into_iter().flatten().filter_map(|value| value.get("value"));
        let mut column = json!({
            "titles": field.get("name"),
            "dc:title": field.get("title").or(field.get("name")),
            "datatype": datatype,
        });
        let missing: Vec<&Value> = missing.collect();
        if !missing.is_empty() {
            set(&mut column, "null", json!(missing));
        }
        column
    });
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": t.code() }],
        "url": resource.path(),
        "dc:title": resource.title,
        "tableSchema": { "columns": columns.collect::<Vec<Value>>() },
    })
}
