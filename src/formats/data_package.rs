//! Everything for programs as one ZIP: a Frictionless Data Package (datapackage.org, version 2),
//! with the metadata of W3C CSVW (w3.org/TR/tabular-metadata) for the responses beside it.

use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::codebook::MOST_CHOICES;
use super::dataset_csv::{DatasetColumns, Described, column_label};
use super::table::{Cell, Profile, Table};
use crate::domain::form::{Choice, Form, Kind};
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
    others: &[(String, Vec<u8>)],
) -> Result<Vec<u8>, ZipError> {
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.name,
        "title": about.title,
        "created": about.made.to_string(),
        "resources": resources.iter().map(Resource::described).collect::<Vec<Value>>(),
    });
    let mut zip = ZipWriter::new(Cursor::default());
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), ZipError> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(bytes)?)
    };
    add("datapackage.json", pretty(&package).as_bytes())?;
    for resource in resources {
        add(&resource.path(), &resource.table.to_csv(Profile::Data))?;
        let metadata = csvw(resource, about.language);
        add(&format!("{}-metadata.json", resource.path()), pretty(&metadata).as_bytes())?;
    }
    for (name, bytes) in others {
        add(name, bytes)?;
    }
    zip.finish().map(Cursor::into_inner)
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
pub fn response_fields(form: &Form, columns: &DatasetColumns<'_>, t: Language) -> Vec<Value> {
    columns.described().into_iter().map(|column| response_field(form, column, t)).collect()
}

fn response_field(form: &Form, column: Described<'_>, t: Language) -> Value {
    let Described { heading, question, is_of_a_choice } = column;
    let mut field = match question.map(|question| &question.kind) {
        _ if is_of_a_choice => json!({ "type": "integer", "constraints": { "enum": [0, 1] } }),
        None => match heading.as_str() {
            "_revision" | "_active_seconds" => json!({ "type": "integer" }),
            "_start" | "_end" | "_submitted" => json!({ "type": "datetime" }),
            _ => json!({ "type": "string" }),
        },
        Some(Kind::Integer) => json!({ "type": "integer" }),
        Some(Kind::Decimal | Kind::Range(_)) => json!({ "type": "number" }),
        Some(Kind::Date) => json!({ "type": "date" }),
        Some(Kind::SelectOne(list)) => {
            let is_ordered = question.is_some_and(|question| question.rating.is_some());
            of_choices(form.choices(list), is_ordered, t)
        }
        Some(_) => json!({ "type": "string" }),
    };
    set(&mut field, "title", json!(column_label(form, &heading, t.code())));
    set(&mut field, "name", json!(heading));
    field
}

/// A text that is one of these choices.
fn of_choices(choices: &[Choice], is_ordered: bool, t: Language) -> Value {
    if choices.is_empty() || choices.len() > MOST_CHOICES {
        return json!({ "type": "string" });
    }
    let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
    let category =
        |choice: &Choice| json!({ "value": choice.name, "label": choice.label.get(t.code()) });
    json!({
        "type": "string",
        "constraints": { "enum": names },
        "categories": choices.iter().map(category).collect::<Vec<Value>>(),
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
        json!({
            "titles": field.get("name"),
            "dc:title": field.get("title").or(field.get("name")),
            "datatype": datatype,
        })
    });
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": t.code() }],
        "url": resource.path(),
        "dc:title": resource.title,
        "tableSchema": { "columns": columns.collect::<Vec<Value>>() },
    })
}
