//! Forms from the files that authors send: workbooks, ZIPs, and what only looks like one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::thread;

use phieu_xa::domain::expression::{Expression, Scope};
use phieu_xa::domain::form::{Form, Kind};
use phieu_xa::domain::problem::{ExpressionFault, FormProblem, FormProblemKind, ProblemKind};
use phieu_xa::formats::form_files;
use phieu_xa::formats::xlsform::{self, Unsupported};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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
fn a_broken_workbook_says_so() {
    for broken in
        [&b"PK\x03\x04 and then nothing of the kind"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    {
        assert_eq!(only_kind("x.xlsx", broken), FormProblemKind::Table(ProblemKind::BadArchive));
    }
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

// Workbooks made here, cell by cell.

/// A workbook with these sheets of text cells.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (line, row) in (0u32..).zip(*rows) {
            for (column, cell) in (0u16..).zip(*row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(line, column, *cell).unwrap();
            }
        }
    }
    workbook
}

const SETTINGS: (&str, &[&[&str]]) = ("settings", &[&["form_id", "version"], &["thu", "1"]]);

/// The faults of a form with this survey and these choices, each with its place.
fn faults(survey: &[&[&str]], choices: &[&[&str]]) -> Vec<(String, u64, String, FormProblemKind)> {
    let mut book = workbook(&[("survey", survey), ("choices", choices), SETTINGS]);
    placed(read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap_err())
}

fn placed(problems: Vec<FormProblem>) -> Vec<(String, u64, String, FormProblemKind)> {
    let place = |problem: FormProblem| {
        let (line, column) = (problem.line.unwrap_or_default(), problem.column.unwrap_or_default());
        (problem.sheet, line, column, problem.kind)
    };
    problems.into_iter().map(place).collect()
}

fn at(
    sheet: &str,
    line: u64,
    column: &str,
    kind: FormProblemKind,
) -> (String, u64, String, FormProblemKind) {
    (sheet.to_owned(), line, column.to_owned(), kind)
}

const CHOICES: &[&[&str]] = &[&["list_name", "name", "label"], &["xa", "a", "A"]];

#[test]
fn the_files_of_excel_97_libreoffice_and_excel_with_macros_are_read_alike() {
    let files: [(&str, &[u8]); 3] = [
        ("phieu.xls", include_bytes!("data/forms/office.xls")),
        ("phieu.ods", include_bytes!("data/forms/office.ods")),
        ("phieu.xlsm", include_bytes!("data/forms/macros.xlsm")),
    ];
    for (name, bytes) in files {
        let form = read(name, bytes).unwrap();
        assert_eq!((form.id.as_str(), form.version.as_str()), ("thu", "2026112101"), "{name}");
        assert_eq!(form.languages, ["vi"], "{name}");
        let default = |question: &str| form.question(question).unwrap().default.clone().unwrap();
        assert_eq!(default("tuoi"), Expression::Text("12.5".into()), "{name}");
        assert_eq!(default("ngay"), Expression::Text("1980-05-17".into()), "{name}");
        assert_eq!(default("dung"), Expression::Text("yes".into()), "{name}");
        assert_eq!(form.question("xa").unwrap().label.get("vi"), "Xã, phường hoặc đặc khu");
        let choices = form.choices("xa").iter().map(|choice| choice.name.as_str());
        assert_eq!(choices.collect::<Vec<_>>(), ["a", "7"], "{name}");
    }
}

#[test]
fn a_formula_counts_by_the_value_that_was_saved_with_it() {
    for bytes in
        [&include_bytes!("data/forms/office.xls")[..], include_bytes!("data/forms/office.ods")]
    {
        let form = read("phieu", bytes).unwrap();
        let calculation = form.question("gap_doi").unwrap().calculation.clone().unwrap();
        assert_eq!(calculation.to_string(), "${tuoi} * 2");
    }
    let mut book = workbook(&[
        ("survey", &[&["type", "name", "label", "default", "relevant"], &["integer", "a", "A"]]),
        SETTINGS,
    ]);
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.write_formula(1, 3, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(1, 4, Formula::new("=CONCAT(1,\" = 1\")").set_result("1 = 1")).unwrap();
    let form = read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let question = form.question("a").unwrap();
    assert_eq!(question.default, Some(Expression::Text("2".into())));
    assert_eq!(question.relevant.as_ref().unwrap().to_string(), "1 = 1");
}

#[test]
fn a_password_is_told_in_every_format() {
    let files: [&[u8]; 3] = [
        include_bytes!("data/forms/locked.xlsx"),
        include_bytes!("data/forms/locked.xls"),
        include_bytes!("data/forms/locked.ods"),
    ];
    for bytes in files {
        assert_eq!(only_kind("x", bytes), FormProblemKind::Table(ProblemKind::Locked));
    }
}

#[test]
fn a_workbook_that_was_cut_is_refused_unless_only_trimmings_were_lost() {
    let files: [&[u8]; 5] = [
        include_bytes!("data/forms/small.xlsx"),
        include_bytes!("data/forms/macros.xlsm"),
        include_bytes!("data/forms/office.xls"),
        include_bytes!("data/forms/office.ods"),
        include_bytes!("data/forms/locked.xls"),
    ];
    for whole in files {
        for length in (8..whole.len()).step_by(97) {
            match read("x", &whole[..length]) {
                Ok(form) => assert_eq!(Ok(form), read("x", whole)),
                Err(problems) => assert!(!problems.is_empty()),
            }
        }
    }
}

#[test]
fn a_workbook_without_its_sheets_says_which() {
    let mut book = workbook(&[("Sheet1", &[&["type", "name"], &["text", "a"]])]);
    let missing = FormProblemKind::MissingSheet;
    assert_eq!(
        placed(read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap_err()),
        [at("settings", 0, "", missing.clone()), at("survey", 0, "", missing)]
    );
}

#[test]
fn a_sheet_that_comes_twice_is_never_passed_over() {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let sheets = form_files::sheets(&[
        file("a/survey.csv", "type,name,label\ntext,a,A\n"),
        file("b/Survey.csv", "type,name,label\ntext,b,B\n"),
        file("settings.csv", "form_id\nx\n"),
    ]);
    let problems = xlsform::read_sheets(sheets.unwrap(), Unsupported::Refused).unwrap_err();
    assert_eq!(
        placed(problems),
        [at("Survey", 0, "", FormProblemKind::NameTwice("Survey".into()))]
    );
}

#[test]
fn names_groups_and_lists_that_do_not_fit_are_named_at_their_cells() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label"],
        &["text", "tuoi", "A"],
        &["begin group", "nhom", "N"],
        &["integer", "tuoi", "B"],
        &["select_one mat", "xa", "C"],
        &["end group"],
        &["end group"],
        &["begin group", "mo", "M"],
        &["text", "nhom", "D"],
    ];
    let choices: &[&[&str]] =
        &[&["list_name", "name", "label"], &["xa", "a", "A"], &["xa", "a", "B"], &["xa", "", "C"]];
    assert_eq!(
        faults(survey, choices),
        [
            at("choices", 3, "name", FormProblemKind::NameTwice("a".into())),
            at("choices", 4, "name", FormProblemKind::EmptyCell),
            at("survey", 4, "name", FormProblemKind::NameTwice("tuoi".into())),
            at("survey", 5, "type", FormProblemKind::MissingList("mat".into())),
            at("survey", 7, "type", FormProblemKind::GroupNotClosed),
            at("survey", 9, "name", FormProblemKind::NameTwice("nhom".into())),
            at("survey", 8, "type", FormProblemKind::GroupNotClosed),
        ]
    );
}

#[test]
fn an_error_in_a_cell_is_named_by_its_own_sign() {
    let mut book = workbook(&[
        ("survey", &[&["type", "name", "label"], &["text", "a", "A"]]),
        ("choices", CHOICES),
        SETTINGS,
    ]);
    let sheet = book.worksheet_from_index(1).unwrap();
    sheet.write_formula(5, 1, Formula::new("=#REF!").set_result("#REF!")).unwrap();
    sheet.write_formula(6, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    // A note beside the table, in a column without a heading.
    sheet.write_formula(7, 9, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let error = |sign: &str| FormProblemKind::Table(ProblemKind::CellError(sign.to_owned()));
    assert_eq!(
        placed(read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap_err()),
        [at("choices", 6, "name", error("#REF!")), at("choices", 7, "label", error("#DIV/0!"))]
    );
}

#[test]
fn merged_cells_blank_rows_and_cells_of_spaces_do_no_harm() {
    let mut book = workbook(&[
        (
            "survey",
            &[
                &[" ", ""],
                &[],
                &["type", "name", " label ", "relevant", "hint", ""],
                &["text", " a ", "A", "   ", "\u{a0}", "ghi chú của người soạn"],
                &["  ", " ", "\t"],
                &["", "", "", "", "", "cả dòng này cũng là ghi chú"],
            ],
        ),
        ("choices", CHOICES),
        SETTINGS,
    ]);
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.merge_range(6, 0, 6, 1, "note", &Format::new()).unwrap();
    sheet.merge_range(7, 2, 9, 3, "Hai dòng", &Format::new()).unwrap();
    sheet.write_string(7, 0, "note").unwrap();
    sheet.write_string(7, 1, "b").unwrap();
    // A cell that is merged over two columns fills the first of them only.
    assert_eq!(
        placed(read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap_err()),
        [at("survey", 7, "name", FormProblemKind::EmptyCell)]
    );
    sheet_without_row(&mut book, 6);
    let form = read("phieu.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let names: Vec<&str> = form.questions().iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    let first = form.question("a").unwrap();
    assert_eq!((first.relevant.as_ref(), first.hint.is_empty()), (None, true));
    assert_eq!(form.question("b").unwrap().label.get("vi"), "Hai dòng");
}

fn sheet_without_row(book: &mut Workbook, row: u32) {
    let sheet = book.worksheet_from_index(0).unwrap();
    for column in 0..2 {
        sheet.write_string(row, column, " ").unwrap();
    }
}

#[test]
fn one_name_written_in_two_ways_is_one_name_and_nearly_equal_ones_are_warned_of() {
    // "tuổi" composed, and decomposed with the tone mark before and after the circumflex.
    let (composed, decomposed) = ("tuổi", "tuo\u{302}\u{309}i");
    let survey: &[&[&str]] =
        &[&["type", "name", "label"], &["text", composed, "A"], &["text", decomposed, "B"]];
    assert_eq!(
        faults(survey, CHOICES),
        [at("survey", 3, "name", FormProblemKind::NameTwice(composed.into()))]
    );
    let survey: &[&[&str]] = &[
        &["type", "name", "label", "relevant"],
        &["text", composed, "A"],
        &["text", "hoà", "B", "${tuo\u{302}\u{309}i} = 1"],
        &["text", "hòa", "C"],
        &["text", "Tuoi", "D"],
    ];
    let mut book = workbook(&[("survey", survey), SETTINGS]);
    let bytes = book.save_to_buffer().unwrap();
    let sheets = form_files::sheets(&[("phieu.xlsx".to_owned(), bytes)]).unwrap();
    let read = xlsform::read_sheets(sheets, Unsupported::Refused).unwrap();
    assert_eq!(
        read.form.question("hoà").unwrap().relevant.as_ref().unwrap().references(),
        [composed]
    );
    let near = |line, name: &str| {
        at("survey", line, "name", FormProblemKind::NearlyTheSameName(name.to_owned()))
    };
    assert_eq!(placed(read.warnings), [near(4, "hòa"), near(5, "Tuoi")]);
}

#[test]
fn a_list_in_a_file_is_found_however_its_name_is_composed() {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let sheets = form_files::sheets(&[
        file("survey.csv", "type,name,label\nselect_one_from_file đơn_vị.csv,a,A\n"),
        // As macOS names it in an archive.
        file("đơn_vi\u{323}.csv", "name,label\n01,Một\n"),
        file("settings.csv", "form_id\nx\n"),
    ]);
    let form = xlsform::read_sheets(sheets.unwrap(), Unsupported::Refused).unwrap().form;
    assert_eq!(form.choices("đơn_vị")[0].name, "01");
}

#[test]
fn what_systems_leave_in_an_archive_is_no_sheet() {
    let form: &[(&str, &[u8])] = &[
        ("form/survey.csv", b"type,name,label\ntext,a,A\n"),
        ("form/settings.csv", b"form_id\nx\n"),
        ("__MACOSX/form/._survey.csv", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        ("form/~$phieu.xlsx", b"\x05user"),
        ("form/.DS_Store", b"\0\0\0\x01Bud1"),
    ];
    assert!(read("phieu.zip", &zipped(form)).unwrap().question("a").is_some());
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

// What would take all the memory, all the stack or all the day.

#[test]
fn two_cells_in_opposite_corners_are_two_cells() {
    let mut book = workbook(&[
        ("survey", &[&["type", "name", "label"], &["text", "a", "A"]]),
        ("choices", CHOICES),
        SETTINGS,
    ]);
    for index in 0..2 {
        let sheet = book.worksheet_from_index(index).unwrap();
        sheet.write_string(0, 16_383, "xa xôi").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    }
    assert!(read("phieu.xlsx", &book.save_to_buffer().unwrap()).is_ok());
}

/// A workbook of one sheet, `survey`, with these rows as XML, and what is shared as XML from the
/// attributes on.
fn bare_workbook(rows: &str, shared: &str) -> Vec<u8> {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
         <sheet name=\"survey\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let parts = format!(
        "<Relationships xmlns=\"{PACKAGE}\">\
         <Relationship Id=\"a\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/a.xml\"/>\
         <Relationship Id=\"b\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         </Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let shared = format!("<sst xmlns=\"{MAIN}\" {shared}</t></si></sst>");
    let package = format!(
        "<Relationships xmlns=\"{PACKAGE}\">\
         <Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    zipped(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/a.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ])
}

#[test]
fn a_hundred_thousand_rows_of_a_workbook_are_too_many() {
    let mut rows = String::new();
    for row in 1..=100_000 {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>");
    }
    let too_many = FormProblemKind::Table(ProblemKind::TooManyRows(50_000));
    let problems = placed(read("phieu.xlsx", &bare_workbook(&rows, "><si><t>")).unwrap_err());
    assert_eq!(problems[0], at("survey", 0, "", too_many));
}

#[test]
fn a_hundred_thousand_rows_of_csv_are_read() {
    let mut survey = "type,name,label,relevant\nselect_one xa,n0,N,\n".to_owned();
    let mut choices = "list_name,name,label\n".to_owned();
    for row in 1..100_000 {
        let _ = writeln!(survey, "text,n{row},N,${{n{}}} = 'x'", row - 1);
    }
    for row in 0..100_000 {
        let _ = writeln!(choices, "xa,c{row},Xã {row}");
    }
    let settings = "form_id\nx\n";
    let files: [(&str, &[u8]); 3] = [
        ("survey.csv", survey.as_bytes()),
        ("choices.csv", choices.as_bytes()),
        ("settings.csv", settings.as_bytes()),
    ];
    let form = read("phieu.zip", &zipped(&files)).unwrap();
    assert_eq!((form.questions().len(), form.choices("xa").len()), (100_000, 100_000));
}

#[test]
fn thousands_of_faults_are_told_in_good_time() {
    let mut survey = "type,name,label,relevant\n".to_owned();
    for row in 0..5_000 {
        let _ = writeln!(survey, "select_one mat{row},n{row},N,\ntext,t{row},T,${{xa{row}}} = 1");
    }
    let mut choices = "list_name,name,label\n".to_owned();
    for row in 0..5_000 {
        let _ = writeln!(choices, "danh_sach_{row},a,A");
    }
    let files: [(&str, &[u8]); 3] = [
        ("survey.csv", survey.as_bytes()),
        ("choices.csv", choices.as_bytes()),
        ("settings.csv", b"form_id\nx\n"),
    ];
    assert_eq!(read("phieu.zip", &zipped(&files)).unwrap_err().len(), 10_000);
}

#[test]
fn thousands_of_files_in_an_archive_are_read_in_good_time() {
    let names: Vec<String> = (0..3_000).map(|number| format!("l{number}.csv")).collect();
    let mut files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &b"name,label\na,A\n"[..])).collect();
    files.push(("survey.csv", b"type,name,label\nselect_one_from_file l7.csv,a,A\n"));
    files.push(("settings.csv", b"form_id\nx\n"));
    assert!(read("phieu.zip", &zipped(&files)).unwrap().question("a").is_some());
}

#[test]
fn an_archive_that_states_its_size_is_refused_before_it_is_unpacked() {
    let kind = only_kind("phieu.zip", include_bytes!("data/forms/bomb.zip"));
    assert_eq!(kind, FormProblemKind::Table(ProblemKind::TooLarge(256)));
}

#[test]
fn one_long_text_that_many_cells_share_is_refused_by_size() {
    let mut rows = String::new();
    for row in 1..=300 {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
    }
    let bytes = bare_workbook(&rows, &format!("><si><t>{}", "x".repeat(1 << 20)));
    assert!(bytes.len() < 10_000);
    let kind = only_kind("phieu.xlsx", &bytes);
    assert_eq!(kind, FormProblemKind::Table(ProblemKind::TooLarge(256)));
}

#[test]
fn more_shared_texts_than_there_can_be_are_refused() {
    for count in ["4294967295", "18446744073709551615", "99999999999999999999999"] {
        let bytes = bare_workbook("", &format!("uniqueCount=\"{count}\"><si><t>x"));
        let kind = only_kind("phieu.xlsx", &bytes);
        assert_eq!(kind, FormProblemKind::Table(ProblemKind::BadArchive), "{count}");
    }
    let problems = read("phieu.xlsx", &bare_workbook("", "uniqueCount=\"1\"><si><t>x"));
    let empty = FormProblemKind::Table(ProblemKind::NoRows);
    assert_eq!(placed(problems.unwrap_err())[0].3, empty);
}

#[test]
fn rows_and_cells_that_a_libreoffice_file_repeats_stay_few() {
    let ods = |cell: &str| {
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
             <table:table table:name=\"survey\">{cell}</table:table></office:document-content>"
        );
        zipped(&[("content.xml", content.as_bytes())])
    };
    let row = |rows: u32, columns: u32| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell \
             table:number-columns-repeated=\"{columns}\" office:value-type=\"string\">\
             <text:p>type</text:p></table:table-cell></table:table-row>"
        )
    };
    let kind = |bytes: &[u8]| read("phieu.ods", bytes).unwrap_err().remove(0).kind;
    let many_rows = kind(&ods(&row(u32::MAX, 1)));
    assert_eq!(many_rows, FormProblemKind::Table(ProblemKind::TooManyRows(50_000)));
    let many_cells = kind(&ods(&row(1, u32::MAX)));
    assert_eq!(many_cells, FormProblemKind::Table(ProblemKind::TooLarge(256)));
    // The reader of another crate never came back from these.
    for cut in ["<table:table-row>", "</table:te:table-cell>", "<table:table-row", "&"] {
        let kind = kind(&ods(&format!("{}{cut}", row(1, 1))));
        assert_eq!(kind, FormProblemKind::Table(ProblemKind::BadArchive), "{cut}");
    }
}

#[test]
fn an_expression_without_end_is_refused_at_its_cell() {
    let many = |part: &str| part.repeat(10_000);
    let expressions = [
        (format!("{}1{}", many("("), many(")")), "("),
        (format!("{}1{}", many("not("), many(")")), "not"),
        (format!("{}1", many("-")), "-"),
        (format!("1{}", many(" and 1")), "1"),
        (format!("1{}", many(" + 1")), "1"),
        (format!("{}'x'{}", many("concat("), many(")")), "concat"),
        (format!("{}1{}", many("instance('xa')/root/item["), many("]")), ""),
        (format!("selected(., {}){}", many("if(1, "), many(", 2)")), "if"),
    ];
    // The browser gives wasm a megabyte of stack.
    let within_the_stack = thread::Builder::new().stack_size(1 << 20);
    let checked = within_the_stack.spawn(move || {
        for column in ["relevant", "constraint", "calculation", "choice_filter", "required"] {
            for (expression, sign) in &expressions {
                let survey =
                    format!("type,name,label,{column}\ntext,a,A,\ntext,b,B,\"{expression}\"\n");
                let files: [(&str, &[u8]); 3] = [
                    ("survey.csv", survey.as_bytes()),
                    ("choices.csv", b"list_name,name,label\nxa,a,A\n"),
                    ("settings.csv", b"form_id\nx\n"),
                ];
                let problem = only_problem("phieu.zip", &zipped(&files));
                let kind = FormProblemKind::Expression(ExpressionFault::TooComplex);
                assert_eq!((problem.line, &problem.kind), (Some(3), &kind), "{sign}");
                assert_eq!(problem.column.as_deref(), Some(column));
                let excerpt = problem.excerpt.unwrap();
                let marked = excerpt.text.chars().skip(excerpt.start).take(excerpt.length);
                assert!(marked.collect::<String>().starts_with(sign), "{sign}");
            }
        }
    });
    checked.unwrap().join().unwrap();
}

#[test]
fn the_longest_expression_that_is_read_does_not_exhaust_the_stack() {
    let within_the_stack = thread::Builder::new().stack_size(1 << 20);
    let checked = within_the_stack.spawn(|| {
        let long = format!("1{}", " + 1".repeat(999));
        let survey = format!("type,name,label,relevant\ntext,a,A,{long}\n");
        let settings = "form_id\nx\n";
        let files: [(&str, &[u8]); 2] =
            [("survey.csv", survey.as_bytes()), ("settings.csv", settings.as_bytes())];
        let form = read("phieu.zip", &zipped(&files)).unwrap();
        let relevant = form.question("a").unwrap().relevant.clone().unwrap();
        assert_eq!(relevant.to_string(), long);
        let answer = |_: &str| "";
        assert_eq!(Scope::new(&form, &answer).value(&relevant).text(), "1000");
        assert_eq!(relevant.clone(), relevant);
    });
    checked.unwrap().join().unwrap();
}
