//! A table that somebody else made, in a file: `.csv`, `.xlsx`, `.xls` or `.ods`.
//!
//! Such tables are made for people: above the headings stand titles, a heading over two columns
//! (`Bí thư`) has its parts (`Biên chế`, `Hiện có`) in the line below, and below the rows stand
//! sums.

use super::archive::{self, Archive};
use super::csv_text;
use super::form_files::stem;
use super::formula_guard::unguarded;
use super::text_table::{TextRow, TextTable};
use super::workbook;
use crate::domain::foreign::KnownHeadings;
use crate::domain::problem::{Column, Problem, ProblemKind};
use crate::domain::search::folded;

/// The headings are looked for in so many lines.
const LINES_ABOVE: usize = 30;

/// Columns of a table of answers beyond these are passed over.
const MOST_COLUMNS: u32 = 2_000;

/// The sheet of a file that says most of what is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForeignTable {
    /// The sheet's name.
    pub sheet: String,
    /// The headings; of two lines, both parts.
    pub headings: Vec<String>,
    /// The rows below.
    pub rows: Vec<TextRow>,
}

/// What headings are known by.
pub struct HeadingWords<'w> {
    /// True for a heading that is understood.
    pub knows: &'w dyn Fn(&str) -> bool,
    /// True for what stands in a line under the headings and only tells their parts apart.
    pub is_part: &'w dyn Fn(&str) -> bool,
}

/// Opens a file. The headings are the line with most words that are known.
///
/// # Errors
/// When the file cannot be read, or has no rows under a heading.
pub fn open(
    name: &str,
    bytes: &[u8],
    most_columns: u32,
    words: &HeadingWords<'_>,
) -> Result<ForeignTable, Problem> {
    let sheets = sheets(name, bytes, most_columns)?;
    let ranked = sheets.into_iter().filter_map(|(sheet, rows)| {
        let (at, known) = heading_line(&rows, words)?;
        Some((known, sheet, rows, at))
    });
    // The first of those that are equally good.
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (_, sheet, mut rows, at) = best.ok_or(Problem::of_file(ProblemKind::Empty))?;
    let mut rows = rows.split_off(at).into_iter();
    let mut headings = rows.next().map(|row| row.cells).unwrap_or_default();
    for heading in &mut headings {
        *heading = heading.trim().replace('\n', " ");
    }
    let mut rows: Vec<TextRow> = rows.collect();
    if let Some(parts) = rows.first().filter(|row| is_heading_below(row, words)) {
        headings = joined(&headings, &parts.cells);
        rows.remove(0);
    }
    if rows.is_empty() {
        return Err(Problem::of_file(ProblemKind::NoRows));
    }
    Ok(ForeignTable { sheet, headings, rows })
}

/// Opens a file as a table of answers, sums left out, texts as they were before they were guarded.
///
/// # Errors
/// As [`open`]; rows of a CSV that do not fit its headings are in [`TextTable::problems`].
pub fn open_answers(
    name: &str,
    bytes: &[u8],
    known: &KnownHeadings<'_>,
) -> Result<(ForeignTable, Vec<Problem>), Problem> {
    let words = HeadingWords {
        knows: &|heading| known.knows(heading),
        is_part: &|part| known.is_scale(part),
    };
    let mut table = open(name, bytes, MOST_COLUMNS, &words)?;
    let is_text = !archive::is_archive(bytes) && workbook::format(bytes, None).is_none();
    let mut problems = Vec::new();
    let headings = table.headings.len();
    table.rows.retain(|row| {
        let fields = row.cells.len();
        let beyond = row.cells.iter().skip(headings).any(|cell| !cell.trim().is_empty());
        let problem = if beyond {
            let column = Column { number: headings + 1, heading: String::new() };
            let kind = ProblemKind::TooManyFields { headings, fields };
            Some(Problem { line: Some(row.line), column: Some(column), kind })
        } else {
            // Spreadsheets leave out what is empty; a CSV that does so was cut.
            let is_cut = is_text && fields < headings;
            let kind = ProblemKind::TooFewFields { headings, fields };
            is_cut.then(|| Problem::of_line(row.line, kind))
        };
        let is_whole = problem.is_none();
        problems.extend(problem);
        is_whole && !is_sum(row)
    });
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let text = unguarded(cell.trim());
        if text.len() != cell.len() {
            *cell = text.to_owned();
        }
    }
    Ok((table, problems))
}

/// True for the bytes of a workbook.
pub fn is_workbook(bytes: &[u8]) -> bool {
    let archive = archive::is_archive(bytes).then(|| Archive::open(bytes).ok()).flatten();
    workbook::format(bytes, archive.as_ref()).is_some()
}

type NamedRows = (String, Vec<TextRow>);

fn sheets(name: &str, bytes: &[u8], most_columns: u32) -> Result<Vec<NamedRows>, Problem> {
    let archive = archive::is_archive(bytes).then(|| Archive::open(bytes)).transpose();
    let mut archive = archive.map_err(Problem::of_file)?;
    match workbook::format(bytes, archive.as_ref()) {
        Some(format) => {
            workbook::rows(bytes, format, archive.as_mut(), most_columns).map_err(Problem::of_file)
        }
        None if archive.is_some() => Err(Problem::of_file(ProblemKind::NotText)),
        None => Ok(vec![(stem(name), csv_text::rows(bytes)?)]),
    }
}

/// The line of the headings, as a position, and how many of them are known.
fn heading_line(rows: &[TextRow], words: &HeadingWords<'_>) -> Option<(usize, usize)> {
    let mut best = None;
    for (at, row) in rows.iter().take(LINES_ABOVE).enumerate() {
        let filled: Vec<&String> =
            row.cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
        let known = filled.iter().filter(|cell| (words.knows)(cell)).count();
        // Where nothing is known, a line with one cell is a title.
        let is_better =
            best.is_none_or(|(_, most, is_row)| (known, filled.len() > 1) > (most, is_row));
        if is_better {
            best = Some((at, known, filled.len() > 1));
        }
        // Nobody writes a second line that says more.
        if known > 2 && known * 2 > filled.len() {
            break;
        }
    }
    best.map(|(at, known, _)| (at, known))
}

/// True when a line under the headings only tells their parts apart.
fn is_heading_below(row: &TextRow, words: &HeadingWords<'_>) -> bool {
    let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    filled.len() > 1 && filled.iter().all(|cell| (words.is_part)(cell))
}

/// Each heading with its part; one that stands over several columns holds until the next.
fn joined(headings: &[String], parts: &[String]) -> Vec<String> {
    let mut above = "";
    let count = headings.len().max(parts.len());
    let columns = (0..count).map(|at| {
        let heading = headings.get(at).map_or("", String::as_str);
        let part = parts.get(at).map_or("", |part| part.trim());
        if !heading.is_empty() {
            above = heading;
        }
        match (heading, part) {
            (_, "") => heading.to_owned(),
            (_, part) => format!("{above}: {part}"),
        }
    });
    columns.collect()
}

impl ForeignTable {
    /// What stands in a column's first filled cells.
    pub fn examples(&self, column: usize, most: usize) -> Vec<&str> {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(most).collect()
    }

    /// The table with its rows that are not whole.
    pub fn with_problems(self, problems: Vec<Problem>) -> TextTable {
        TextTable { header: self.headings, rows: self.rows, problems }
    }
}

/// True for a row under the others that adds them up.
pub(super) fn is_sum(row: &TextRow) -> bool {
    let words = row
        .cells
        .iter()
        .map(|cell| folded(cell))
        .find(|cell| !cell.is_empty() && cell.chars().any(char::is_alphabetic));
    words.is_some_and(|words| {
        matches!(
            words.trim_end_matches([':', '.']),
            "tong" | "tong so" | "tong cong" | "cong" | "total"
        )
    })
}
