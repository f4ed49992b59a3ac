//! For SPSS and PSPP: a syntax file, and a file of the responses as they read text files best.
//!
//! Their limits: names of 64 bytes, labels of variables of 255 and of values of 120 bytes, lines of
//! 251 bytes, texts of 32,767 bytes, and no line break inside a text.

use std::fmt::Write as _;

use super::{Subject, about, cut, labelled, one_line, short_names};
use crate::domain::form::NOT_MY_TASK;
use crate::formats::formula_guard::guarded;
use crate::formats::table::Cell;
use crate::formats::variable::{Holds, Variable, levels, not_my_task};

const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 255;
const LONGEST_VALUE_LABEL: usize = 120;
const LONGEST_TEXT: usize = 32_767;
/// How much of a text stands on a line, so that quotes and what is before it find place too.
const LONGEST_PIECE: usize = 100;

/// What cannot be the name of a variable.
const RESERVED: [&str; 13] =
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

/// The number of "not my task": no level, and missing for every computation.
const REASON: u8 = 9;

pub(super) fn syntax(subject: &Subject<'_>) -> String {
    let t = subject.language;
    let names = short_names(subject.variables, LONGEST_NAME, &RESERVED);
    let columns: Vec<(&String, &Variable<'_>)> = names.iter().zip(subject.variables).collect();
    // SPSS takes a file for UTF-8 by its mark.
    let mut text = format!("\u{feff}{}", about(t.script_spss_about(), "* ", "."));
    text.push_str("SET DECIMAL=DOT.\n");
    text.push_str("GET DATA /TYPE=TXT /FILE='responses-spss.csv' /ENCODING='UTF8'\n");
    text.push_str(" /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2\n");
    text.push_str(" /VARIABLES=");
    for (at, (name, variable)) in columns.iter().enumerate() {
        let _ = write!(text, "\n  {name} {}", format_of(variable, at, subject));
    }
    text.push_str(".\n");
    for (at, (name, variable)) in columns.iter().enumerate() {
        let label = cut(&variable.label, LONGEST_LABEL);
        let _ = writeln!(text, "VARIABLE LABELS {name}\n {}.", quoted(label));
        let values: Vec<(String, String)> = match variable.holds {
            Holds::Choice(choices) => {
                let quoted_name = |(name, label): (&str, String)| (quoted(name), label);
                labelled(choices, t).into_iter().map(quoted_name).collect()
            }
            Holds::Level(choices) => {
                let reason = not_my_task(choices).map(|choice| (REASON, choice));
                let all = levels(choices).chain(reason);
                all.map(|(level, choice)| (level.to_string(), choice.label.get(t.code()).into()))
                    .collect()
            }
            _ => Vec::new(),
        };
        if !values.is_empty() {
            let _ = write!(text, "VALUE LABELS {name}");
            for (value, label) in &values {
                let _ = write!(text, "\n {value}\n {}", quoted(cut(label, LONGEST_VALUE_LABEL)));
            }
            text.push_str(".\n");
        }
        if is_guarded(variable, at, subject) {
            let _ = writeln!(text, "IF (SUBSTR({name},1,1) = \"'\") {name} = SUBSTR({name},2).");
        }
        if matches!(variable.holds, Holds::Level(choices) if not_my_task(choices).is_some()) {
            let _ = writeln!(text, "MISSING VALUES {name} ({REASON}).");
            let _ = writeln!(text, "VARIABLE LEVEL {name} (ORDINAL).");
        }
    }
    text.push_str("EXECUTE.\n");
    text
}

/// How a column is read.
fn format_of(variable: &Variable<'_>, at: usize, subject: &Subject<'_>) -> String {
    match variable.holds {
        Holds::Level(_) | Holds::Chosen => "F1.0".to_owned(),
        Holds::Whole => "F12.0".to_owned(),
        Holds::Number => "F16.6".to_owned(),
        Holds::Day => "SDATE10".to_owned(),
        Holds::Text | Holds::Choice(_) | Holds::Moment => {
            let cells = subject.table.rows.iter().filter_map(|row| row.get(at));
            let longest = cells.map(|cell| value(cell, variable).len()).max().unwrap_or(0);
            let names = match variable.holds {
                Holds::Choice(choices) => choices.iter().map(|choice| choice.name.len()).max(),
                _ => None,
            };
            format!("A{}", longest.max(names.unwrap_or(0)).clamp(1, LONGEST_TEXT))
        }
    }
}

/// True where a text of the column has the apostrophe before it that keeps a spreadsheet from
/// running it, and no other text begins with one.
fn is_guarded(variable: &Variable<'_>, at: usize, subject: &Subject<'_>) -> bool {
    let texts = || {
        subject.table.rows.iter().filter_map(|row| match row.get(at)? {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    let is_own = |text: &str| text.starts_with('\'') && guarded(text) == text;
    variable.holds == Holds::Text
        && texts().any(|text| guarded(text) != text)
        && !texts().any(is_own)
}

/// A text in quotes, in pieces that fit on lines.
fn quoted(text: &str) -> String {
    let text = one_line(text);
    let (mut rest, mut pieces) = (text.as_str(), Vec::new());
    loop {
        let piece = cut(rest, LONGEST_PIECE);
        pieces.push(format!("'{}'", piece.replace('\'', "''")));
        rest = rest.get(piece.len()..).unwrap_or_default();
        if rest.is_empty() || piece.is_empty() {
            return pieces.join(" +\n ");
        }
    }
}

/// The responses, with short names as headings.
pub(super) fn data(subject: &Subject<'_>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = short_names(subject.variables, LONGEST_NAME, &RESERVED);
    let rows = subject.table.rows.iter().map(|row| {
        let cells = row.iter().zip(subject.variables);
        cells.map(|(cell, variable)| value(cell, variable)).collect()
    });
    for row in std::iter::once(names).chain(rows) {
        let row: Vec<String> = row;
        // Writing to memory fails only on rows of different lengths; a table has none.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn value(cell: &Cell, variable: &Variable<'_>) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) | Cell::Day(text) => match variable.holds {
            Holds::Level(_) if text == NOT_MY_TASK => REASON.to_string(),
            _ => cut(&guarded(&one_line(text)), LONGEST_TEXT).to_owned(),
        },
    }
}
