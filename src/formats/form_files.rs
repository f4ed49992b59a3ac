//! The sheets of a form in the files that a person chose: a workbook, sheets as CSV, or one ZIP
//! of either.

use super::archive;
use super::csv_text;
use super::text_table::{TextRow, TextTable};
use super::workbook;
use crate::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use crate::domain::search::slug;

/// A sheet: its name and what stands in it.
pub type NamedSheet = (String, TextTable);

/// Reads every sheet of the files.
///
/// # Errors
/// Every file that could not be read, by its name.
pub fn sheets(files: &[(String, Vec<u8>)]) -> Result<Vec<NamedSheet>, Vec<FormProblem>> {
    let mut sheets = Vec::new();
    let mut faults = Vec::new();
    for (name, bytes) in files {
        for read in sheets_of_file(name, bytes, true) {
            match read {
                Ok(sheet) => sheets.push(sheet),
                Err((file, kind)) => faults.push(FormProblem {
                    sheet: file,
                    line: None,
                    column: None,
                    kind: FormProblemKind::Table(kind),
                    suggestion: None,
                    excerpt: None,
                }),
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let has =
        |wanted: &str| sheets.iter().any(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
    if let [(file, _)] = files
        && has("survey")
        && !has("settings")
    {
        sheets.push(settings_of_file(file));
    }
    Ok(sheets)
}

/// A form without settings is called like its file, as in pyxform.
fn settings_of_file(file: &str) -> NamedSheet {
    let header = ["form_id", "form_title"].map(str::to_owned).to_vec();
    let cells = vec![slug(stem(file)), stem(file).to_owned()];
    let rows = vec![TextRow { line: 2, cells }];
    ("settings".to_owned(), TextTable { header, rows, problems: Vec::new() })
}

type Sheet = Result<NamedSheet, (String, ProblemKind)>;

fn sheets_of_file(name: &str, bytes: &[u8], may_unpack: bool) -> Vec<Sheet> {
    let fault = |kind| vec![Err((name.to_owned(), kind))];
    if workbook::is_workbook(bytes) {
        match workbook::read(bytes) {
            Ok(sheets) => sheets.into_iter().map(Ok).collect(),
            Err(kind) => fault(kind),
        }
    } else if archive::is_archive(bytes) {
        let names = match archive::names(bytes) {
            Ok(names) if may_unpack => names,
            Ok(_) => return fault(ProblemKind::NotText),
            Err(kind) => return fault(kind),
        };
        let inside = names.iter().filter(|name| is_table(name)).flat_map(|inner| {
            match archive::content(bytes, inner) {
                Ok(content) => sheets_of_file(inner, &content, false),
                Err(kind) => vec![Err((inner.clone(), kind))],
            }
        });
        inside.collect()
    } else {
        match csv_text::read(bytes) {
            Ok(table) => vec![Ok((stem(name).to_owned(), table))],
            Err(problem) => fault(problem.kind),
        }
    }
}

/// What counts in an archive; pictures and read-me files beside it do not.
fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| name.ends_with(ending))
}

/// A file's name without folders and ending: the name of its sheet.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
