//! The sheets of a form in the files that a person chose: a workbook, sheets as CSV, or one ZIP
//! of either.

use super::archive::{self, Archive};
use super::csv_text;
use super::text_table::{TextRow, TextTable};
use super::workbook;
use crate::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use crate::domain::search::slug;
use rows::text::composed;

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
    let cells = vec![slug(&stem(file)), stem(file)];
    let rows = vec![TextRow { line: 2, cells }];
    ("settings".to_owned(), TextTable { header, rows, problems: Vec::new() })
}

type Sheet = Result<NamedSheet, (String, ProblemKind)>;

fn sheets_of_file(name: &str, bytes: &[u8], may_unpack: bool) -> Vec<Sheet> {
    let fault = |kind| vec![Err((name.to_owned(), kind))];
    let archive = archive::is_archive(bytes).then(|| Archive::open(bytes));
    let mut archive = match archive.transpose() {
        Ok(archive) => archive,
        Err(kind) => return fault(kind),
    };
    if let Some(format) = workbook::format(bytes, archive.as_ref()) {
        match workbook::read(bytes, format, archive.as_mut()) {
            Ok(sheets) => sheets.into_iter().map(Ok).collect(),
            Err(kind) => fault(kind),
        }
    } else if let Some(archive) = archive.as_mut().filter(|_| may_unpack) {
        let inside = archive.names().into_iter().filter(|(_, name)| is_table(name));
        let inside = inside.flat_map(|(index, name)| match archive.content(index) {
            Ok(content) => sheets_of_file(&name, &content, false),
            Err(kind) => vec![Err((name, kind))],
        });
        inside.collect()
    } else if archive.is_some() {
        fault(ProblemKind::NotText)
    } else {
        match csv_text::read(bytes) {
            Ok(table) => vec![Ok((stem(name), table))],
            Err(problem) => fault(problem.kind),
        }
    }
}

/// What counts in an archive; pictures and read-me files beside it do not, nor what macOS
/// (`__MACOSX/._survey.csv`) and Excel (`~$form.xlsx`) leave beside a file of nearly its name.
fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    !file.starts_with("._")
        && !file.starts_with("~$")
        && [".csv", ".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| file.ends_with(ending))
}

/// A file's name without folders and ending: the name of its sheet. Some systems write accents in
/// names as characters of their own.
pub fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    composed(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).into_owned()
}
