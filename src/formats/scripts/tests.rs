use std::collections::BTreeMap;

use super::*;
use crate::domain::form::Form;
use crate::formats::dataset_csv::{Arrangement, DatasetColumns, Words};
use crate::formats::response_csv;
use crate::formats::table::Cell;
use crate::formats::variable::variables;
use crate::formats::xlsform;

/// The scripts of one response to a form, by file name.
fn scripts(survey: &str, headings: &str, row: &str) -> BTreeMap<String, String> {
    let choices = "list_name,name,label\nyes,1,\"It's \"\"so\"\", $5 `a`\"\nyes,0,No\n\
                   level,1,Low\nlevel,2,High\nlevel,na,Not mine\n";
    let competencies = "name,domain,label\nA1,A,First\n";
    let files = [
        ("survey.csv", survey),
        ("choices.csv", choices),
        ("settings.csv", "form_title,form_id,version\nF,f,1\n"),
        ("competencies.csv", competencies),
    ];
    let form: Form = xlsform::read(&files).unwrap().form;
    let text = format!("{headings},_form,_root\n{row},f,r-1\n");
    let read = response_csv::read(&form, "x.csv", text.as_bytes());
    assert_eq!(read.problems, []);
    let rows: Vec<_> = read.responses.iter().collect();
    let columns = DatasetColumns::of(&form, &rows, Words::Names, Arrangement::default());
    let table =
        Table { header: columns.header(), rows: rows.iter().map(|row| columns.row(row)).collect() };
    let files = files_of(&form, &columns, &table);
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn files_of(form: &Form, columns: &DatasetColumns<'_>, table: &Table) -> Vec<(String, Vec<u8>)> {
    files(&variables(form, columns, Language::En), table, Language::En)
}

const SURVEY: &str = "type,name,label,tna::competency,tna::scale\n\
                      text,ten-ho,Name,,\ntext,ten_ho,Other name,,\ntext,TEN.HO,Third,,\n\
                      text,with,A word of SPSS,,\n\
                      select_one yes,dong_y,Agree?,,\n\
                      select_one level,imp,Importance,A1,importance\n";

#[test]
fn names_that_a_program_would_take_for_one_are_told_apart() {
    let files = scripts(SURVEY, "ten-ho,ten_ho,dong_y,imp", "a,b,1,na");
    let heading = files["responses-spss.csv"].lines().next().unwrap().to_owned();
    assert!(heading.starts_with("ten_ho,ten_ho_2,TEN_HO_3,with_2,dong_y,imp,"), "{heading}");
    for name in ["ten_ho A", "ten_ho_2 A", "TEN_HO_3 A", "with_2 A", "v_root A"] {
        assert!(files["responses.sps"].contains(&format!("\n  {name}")), "{name}");
    }
}

#[test]
fn not_my_task_is_a_missing_value_with_its_reason_everywhere() {
    let files = scripts(SURVEY, "dong_y,imp", "1,na");
    assert!(files["responses-spss.csv"].lines().nth(1).unwrap().contains(",1,9,"));
    let sps = &files["responses.sps"];
    assert!(sps.contains("MISSING VALUES imp (9).") && sps.contains(" 9\n 'Not mine'"), "{sps}");
    assert!(files["responses.R"].contains(
        "rating(\"imp\", c(\"1\" = \"Low\", \"2\" = \"High\"), c(\"na\" = \"Not mine\"), "
    ));
    assert!(files["responses.do"].contains("replace imp = .a if raw_6 == `\"na\"'"));
}

#[test]
fn labels_cannot_break_out_of_their_quotes() {
    let files = scripts(SURVEY, "dong_y", "1");
    assert!(files["responses.R"].contains(r#""1" = "It's \"so\", $5 `a`""#));
    assert!(files["responses.sps"].contains("'1'\n 'It''s \"so\", $5 `a`'"));
    assert!(files["responses.do"].contains("1 `\"It's \"so\", \\$5 'a'\"'"));
}

#[test]
fn no_line_of_the_syntax_is_longer_than_spss_reads() {
    let long = "Ngưỡng ".repeat(60);
    let survey = format!("type,name,label\ntext,{},{long}\n", "tên".repeat(40));
    let files = scripts(&survey, &"tên".repeat(40), "x");
    let sps = &files["responses.sps"];
    assert!(sps.lines().all(|line| line.len() <= 251), "{sps}");
    let name = files["responses-spss.csv"].split(',').next().unwrap().to_owned();
    assert!(name.len() <= 64 && sps.contains(&format!("VARIABLE LABELS {name}\n '")), "{sps}");
}

#[test]
fn a_text_of_several_lines_stands_on_one_for_spss() {
    let files = scripts(SURVEY, "ten_ho", "\"one\ntwo, \"\"three\"\"\"");
    let data = &files["responses-spss.csv"];
    assert!(data.contains("\"one two, \"\"three\"\"\""), "{data}");
    assert_eq!(data.lines().count(), 2);
}

#[test]
fn of_nobody_there_are_scripts_too() {
    let survey = ("survey.csv", "type,name,label\ntext,a,A\n");
    let settings = ("settings.csv", "form_title,form_id,version\nF,f,1\n");
    let form: Form = xlsform::read(&[survey, settings]).unwrap().form;
    let columns = DatasetColumns::of(&form, &[], Words::Names, Arrangement::default());
    let table = Table { header: columns.header(), rows: Vec::<Vec<Cell>>::new() };
    assert_eq!(files_of(&form, &columns, &table).len(), 4);
}
