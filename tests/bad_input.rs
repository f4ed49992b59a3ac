//! The files people send by mistake: each gets its message or is read right, and what was
//! there stays.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::problem::{Problem, ProblemKind, ValueFault};
use phieu_xa::formats::response_csv;
use phieu_xa::forms;
use std::sync::LazyLock;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

const HEADER: &str = "chuc_danh,gioi_tinh,imp_A1,abl_A1,_form,_root,_revision,_submitted";
const ROW: &str = "bt,nam,5,3,nhu-cau,7f3a,1,2026-12-02T07:12:00Z";

fn problems(bytes: &[u8]) -> Vec<Problem> {
    let read = response_csv::read(&FORM, "x.csv", bytes);
    assert_eq!(read.responses, []);
    read.problems
}

fn only_problem(bytes: &[u8]) -> Problem {
    let mut problems = problems(bytes);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

fn row_problem(row: &str) -> Problem {
    only_problem(format!("{HEADER}\n{row}\n").as_bytes())
}

fn at(problem: &Problem) -> (Option<u64>, Option<(usize, &str)>) {
    (problem.line, problem.column.as_ref().map(|c| (c.number, c.heading.as_str())))
}

#[test]
fn an_empty_file_a_picture_and_zeros_are_told_apart_from_tables() {
    assert_eq!(only_problem(b"").kind, ProblemKind::Empty);
    assert_eq!(only_problem(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").kind, ProblemKind::NotText);
    assert_eq!(only_problem(&vec![0; 10_000_000]).kind, ProblemKind::NotText);
}

#[test]
fn a_table_of_something_else_is_refused_by_its_columns() {
    let problem = only_problem(b"ten,so_dien_thoai\nA,1\n");
    let expected = ProblemKind::NotThisForm { form: "nhu-cau".into(), known: 0, columns: 2 };
    assert_eq!((problem.line, problem.kind), (Some(1), expected));
}

#[test]
fn a_response_to_another_form_is_refused_by_name() {
    let problem = row_problem(&ROW.replace("nhu-cau", "sau-boi-duong"));
    let kind = ProblemKind::OtherForm { expected: "nhu-cau".into(), found: "sau-boi-duong".into() };
    assert_eq!((problem.line, problem.kind), (Some(2), kind));
}

#[test]
fn a_list_of_people_is_no_response_though_some_columns_are_called_the_same() {
    let problem = only_problem("ho_ten,gioi_tinh,so_dien_thoai\nA,nam,1\n".as_bytes());
    assert!(matches!(problem.kind, ProblemKind::NotThisForm { known: 2, columns: 3, .. }));
}

#[test]
fn a_dataset_of_another_form_is_refused_once_and_not_row_by_row() {
    let row = ROW.replace("nhu-cau", "khac");
    let text = format!("{HEADER}\n{row}\n{row}\n{row}\n");
    let problem = only_problem(text.as_bytes());
    assert_eq!(problem.line, None);
    assert!(matches!(problem.kind, ProblemKind::OtherForm { .. }));
}

#[test]
fn two_people_of_one_name_stay_two_people() {
    let text =
        "ho_ten,chuc_danh,imp_A1,abl_A1\nNguyễn Văn Hùng,bt,5,2\nNguyễn Văn Hùng,ct_ubnd,4,2\n";
    let read = response_csv::read(&FORM, "x.csv", text.as_bytes());
    assert_eq!(read.problems, []);
    assert_ne!(read.responses[0].root, read.responses[1].root);
}

#[test]
fn what_a_spreadsheet_does_to_codes_is_undone() {
    let text = "tinh,don_vi,chuc_danh,imp_A1,abl_A1,_root\n1,4,BT,5.0,NA,r\n";
    let read = response_csv::read(&FORM, "x.csv", text.as_bytes());
    assert_eq!(read.problems, []);
    let answers = &read.responses[0].answers;
    let values = ["tinh", "don_vi", "chuc_danh", "imp_A1", "abl_A1"].map(|name| answers.get(name));
    assert_eq!(values, ["01", "00004", "bt", "5", "na"]);
}

#[test]
fn a_heading_line_alone_is_no_response() {
    assert_eq!(only_problem(HEADER.as_bytes()).kind, ProblemKind::NoRows);
}

#[test]
fn a_row_that_is_cut_too_long_or_open_is_named_by_its_line() {
    let kind = ProblemKind::TooManyFields { headings: 8, fields: 9 };
    let problem = row_problem(&format!("{ROW},thừa"));
    assert_eq!((at(&problem), problem.kind.clone()), ((Some(2), Some((9, ""))), kind));
    let problem = row_problem("bt,nam,5");
    assert_eq!(problem.kind, ProblemKind::TooFewFields { headings: 8, fields: 3 });
    let problem = row_problem(&ROW.replace("bt", "\"bt"));
    assert_eq!((problem.line, problem.kind), (Some(2), ProblemKind::QuoteNotClosed));
}

#[test]
fn a_value_that_is_none_of_the_choices_is_named_by_line_and_column() {
    for (row, column, value) in [
        (ROW.replace(",5,", ",7,"), (3, "imp_A1"), "7"),
        (ROW.replace("bt", "vua"), (1, "chuc_danh"), "vua"),
    ] {
        let problem = row_problem(&row);
        assert_eq!(at(&problem), (Some(2), Some(column)));
        let ProblemKind::Value { value: found, fault: ValueFault::UnknownChoice(choices) } =
            problem.kind
        else {
            panic!("{:?}", problem.kind)
        };
        assert_eq!(found, value);
        assert!(!choices.is_empty(), "the message offers what would do");
    }
}

#[test]
fn a_date_that_is_none_is_named_by_line_and_column() {
    let problem = row_problem(&ROW.replace("2026-12-02T07", "2026-13-32T07"));
    assert_eq!(at(&problem), (Some(2), Some((8, "_submitted"))));
    assert_eq!(problem.kind, ProblemKind::Meta("2026-13-32T07:12:00Z".into()));
    let problem = row_problem(&ROW.replace(",1,", ",0,"));
    assert_eq!(problem.kind, ProblemKind::Meta("0".into()));
}

#[test]
fn one_bad_row_does_not_keep_the_good_ones_out() {
    let bad = ROW.replace("7f3a", "8a").replace(",5,", ",7,");
    let text = format!("{HEADER}\n{ROW}\n{bad}\n{}\n", ROW.replace("7f3a", "9b"));
    let read = response_csv::read(&FORM, "x.csv", text.as_bytes());
    let roots: Vec<&str> = read.responses.iter().map(|r| r.root.as_str()).collect();
    assert_eq!(roots, ["7f3a", "9b"]);
    assert_eq!(read.problems[0].line, Some(3));
}

#[test]
fn the_same_table_is_read_from_utf_16_windows_1258_and_excel() {
    let text = format!("{HEADER},kien_nghi\n{ROW},Trường mở lớp ở xã\n");
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let excel = format!("\u{feff}{}", text.replace(',', ";").replace('\n', "\r\n"));
    let windows_1258 = [
        format!("{HEADER},kien_nghi\n{ROW},").as_bytes(),
        // Tones are letters of their own: "Trường mở lớp ở xã".
        b"Tr\xfd\xf5\xccng m\xf5\xd2 l\xf5\xecp \xf5\xd2 xa\xde\n",
    ]
    .concat();
    for bytes in [text.as_bytes(), &utf_16, excel.as_bytes(), &windows_1258] {
        let read = response_csv::read(&FORM, "x.csv", bytes);
        assert_eq!(read.problems, []);
        assert_eq!(read.responses[0].answers.get("kien_nghi"), "Trường mở lớp ở xã");
        assert_eq!(read.responses[0].answers.get("imp_A1"), "5");
    }
}

#[test]
fn reordered_missing_and_foreign_columns_do_not_matter() {
    let text = "_root,ghi chú,imp_A1,CHUC_DANH,_form,abl_A1\n7f3a,x,5,bt,nhu-cau,2\n";
    let read = response_csv::read(&FORM, "x.csv", text.as_bytes());
    assert_eq!(read.problems, []);
    assert_eq!(read.unknown_columns, ["ghi chú"]);
    assert_eq!(read.responses[0].answers.get("chuc_danh"), "bt");
}

#[test]
fn what_was_there_stays_when_a_file_is_refused() {
    let mut dataset = Dataset::default();
    let good = response_csv::read(&FORM, "x.csv", format!("{HEADER}\n{ROW}\n").as_bytes());
    good.responses.into_iter().for_each(|response| {
        dataset.merge(response);
    });
    let before = dataset.clone();
    for bytes in [&b""[..], b"\x89PNG\r\n\x1a\n\0", b"a,b\n1,2\n"] {
        for response in response_csv::read(&FORM, "y.csv", bytes).responses {
            dataset.merge(response);
        }
    }
    assert_eq!(dataset, before);
}
