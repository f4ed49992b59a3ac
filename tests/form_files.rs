//! Forms from the files that authors send: workbooks, ZIPs, and what only looks like one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use phieu_xa::domain::form::{Form, Kind};
use phieu_xa::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use phieu_xa::formats::form_files;
use phieu_xa::formats::xlsform::{self, Unsupported};

fn read(name: &str, bytes: &[u8]) -> Result<Form, Vec<FormProblem>> {
    let sheets = form_files::sheets(&[(name.to_owned(), bytes.to_vec())])?;
    xlsform::read_sheets(sheets, Unsupported::Refused).map(|read| read.form)
}

fn only_problem(name: &str, bytes: &[u8]) -> FormProblem {
    let mut problems = read(name, bytes).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

fn only_kind(name: &str, bytes: &[u8]) -> FormProblemKind {
    only_problem(name, bytes).kind
}

#[test]
fn a_workbook_is_read_whatever_its_case_blank_rows_and_notes() {
    let form = read("phieu.xlsx", include_bytes!("data/forms/small.xlsx")).unwrap();
    assert_eq!((form.id.as_str(), form.version.as_str()), ("thu", "2026112101"));
    assert_eq!(form.languages, ["vi", "en"]);
    assert_eq!(form.question("xa").unwrap().kind, Kind::SelectOne("xa".into()));
    let names: Vec<&str> = form.choices("xa").iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["a", "7"]);
    let age = form.question("tuoi").unwrap();
    assert_eq!(age.relevant.as_ref().unwrap().to_string(), "${xa} = 'a'");
    assert!(form.question("gap_doi").unwrap().calculation.is_some());
}

#[test]
fn a_cell_that_shows_an_error_is_named() {
    let problem = only_problem("phieu.xlsx", include_bytes!("data/forms/cell-error.xlsx"));
    assert_eq!((problem.sheet.as_str(), problem.line), ("Survey ", Some(5)));
    assert_eq!(problem.column.as_deref(), Some("Relevance"));
    assert!(matches!(problem.kind, FormProblemKind::Table(ProblemKind::CellError(_))));
}

#[test]
fn sheets_in_a_zip_come_with_their_lists() {
    let form = read("phieu.zip", include_bytes!("data/forms/sheets.zip")).unwrap();
    assert_eq!(form.question("u").unwrap().kind, Kind::SelectOne("units".into()));
    assert_eq!(form.choices("units")[0].name, "01");
}

#[test]
fn an_archive_that_would_fill_the_memory_is_refused_by_size() {
    let kind = only_kind("phieu.zip", include_bytes!("data/forms/bomb.zip"));
    assert!(matches!(kind, FormProblemKind::Table(ProblemKind::TooLarge(_))));
}

#[test]
fn a_workbook_with_a_password_is_told_from_a_broken_one() {
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.resize(512, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(only_kind("x.xlsx", &locked), FormProblemKind::Table(ProblemKind::Locked));
    let broken = b"PK\x03\x04 and then nothing of the kind";
    assert_eq!(only_kind("x.xlsx", broken), FormProblemKind::Table(ProblemKind::BadArchive));
}

#[test]
fn a_csv_called_xlsx_is_read_as_what_it_is() {
    let files = [
        ("survey.xlsx".to_owned(), b"type,name,label\ntext,a,A\n".to_vec()),
        ("settings.xlsx".to_owned(), b"form_id,version\nx,1\n".to_vec()),
    ];
    let sheets = form_files::sheets(&files).unwrap();
    let form = xlsform::read_sheets(sheets, Unsupported::Refused).unwrap().form;
    assert!(form.question("a").is_some());
}

#[test]
fn a_picture_and_an_empty_file_are_no_form() {
    let kind = |bytes: &[u8]| only_kind("x.csv", bytes);
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0"), FormProblemKind::Table(ProblemKind::NotText));
    assert_eq!(kind(b""), FormProblemKind::Table(ProblemKind::Empty));
}

#[test]
fn a_workbook_without_a_survey_says_so() {
    let files = [("choices.csv".to_owned(), b"list_name,name,label\nx,a,A\n".to_vec())];
    let sheets = form_files::sheets(&files).unwrap();
    let problems = xlsform::read_sheets(sheets, Unsupported::Refused).unwrap_err();
    let missing: Vec<_> = problems.iter().map(|p| (p.sheet.as_str(), &p.kind)).collect();
    let kind = &FormProblemKind::MissingSheet;
    assert_eq!(missing, [("settings", kind), ("survey", kind)]);
}

#[test]
fn random_damage_to_a_workbook_breaks_nothing() {
    let whole = include_bytes!("data/forms/small.xlsx");
    let mut seed = 7u32;
    for _ in 0..300 {
        let mut bytes = whole.to_vec();
        for _ in 0..8 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = seed as usize % bytes.len();
            bytes[place] = seed.to_be_bytes()[0];
        }
        let outcome = read("x.xlsx", &bytes);
        assert!(outcome.is_ok() || !outcome.unwrap_err().is_empty());
    }
}
