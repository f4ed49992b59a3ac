//! A form that is written and read again is the same form, as a workbook and as CSV sheets.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use phieu_xa::domain::form::Form;
use phieu_xa::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use phieu_xa::formats::form_files::{self, NamedSheet};
use phieu_xa::formats::xlsform::{self, Unsupported};
use phieu_xa::formats::xlsform_writer;
use phieu_xa::forms::BuiltIn;
use proptest::prelude::*;

fn read(files: &[(String, Vec<u8>)]) -> Result<Form, Vec<FormProblem>> {
    let sheets = form_files::sheets(files)?;
    xlsform::read_sheets(sheets, Unsupported::Refused).map(|read| read.form)
}

fn read_csv(sheets: &[(&str, &str)]) -> Result<Form, Vec<FormProblem>> {
    xlsform::read(sheets).map(|read| read.form)
}

fn as_csv((name, table): &NamedSheet) -> (String, Vec<u8>) {
    let mut writer =
        csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(&table.header).unwrap();
    for row in &table.rows {
        writer.write_record(&row.cells).unwrap();
    }
    (format!("{name}.csv"), writer.into_inner().unwrap())
}

fn through_workbook(form: &Form) -> Form {
    let bytes = xlsform_writer::write(form).unwrap();
    read(&[("form.xlsx".to_owned(), bytes)]).unwrap()
}

fn through_csv(form: &Form) -> Form {
    let files: Vec<_> = xlsform_writer::sheets(form).iter().map(as_csv).collect();
    read(&files).unwrap()
}

fn assert_comes_back(form: &Form) {
    assert_eq!(&through_csv(form), form);
    assert_eq!(&through_workbook(form), form);
}

fn sheet(form: &Form, wanted: &str) -> Vec<Vec<String>> {
    let sheets = xlsform_writer::sheets(form);
    let (_, table) = sheets.into_iter().find(|(name, _)| name == wanted).unwrap();
    let rows = table.rows.into_iter().map(|row| row.cells);
    std::iter::once(table.header).chain(rows).collect()
}

const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,Tiếng Việt (vi)\n";

/// Of everything that a form can have at least one.
const EVERYTHING: [(&str, &str); 5] = [
    (
        "settings",
        "form_title,tna::title::en,form_id,version,default_language,tna::consent_version,\
         tna::minutes,instance_name,style\n\
         Đủ thứ,All of it,du-thu,007,Tiếng Việt (vi),2026-11,15,\"concat(${ten}, '-x')\",pages\n",
    ),
    (
        "choices",
        "list_name,name,label::Tiếng Việt (vi),label::English (en),nhom,media::image\n\
         post,bt,Bí thư,Secretary,dang,bt.png\n\
         post,ct,Chủ tịch,,cq,\n\
         domain,A,Lĩnh vực A,Domain A,,\n\
         lvl,01,Một,One,,\n\
         lvl,02,Hai,Two,,x.png\n",
    ),
    ("units.csv", "name,label,tinh,nhom\n00001,Xã Một,19,n\n00002,Xã Hai,22,\n"),
    (
        "competencies",
        "name,domain,label::Tiếng Việt (vi),hint::Tiếng Việt (vi),level::ct,level::bt,source\n\
         A1,A,Làm được,Gợi ý,3,5,\n\
         A2,A,Làm tốt,,,4,QĐ 1\n",
    ),
    (
        "survey",
        "type,name,label::Tiếng Việt (vi),label::English (en),hint::Tiếng Việt (vi),\
         guidance_hint::English (en),required,required_message::Tiếng Việt (vi),relevant,\
         constraint,constraint_message::English (en),calculation,trigger,choice_filter,default,\
         read_only,appearance,parameters,repeat_count,tna::role,tna::competency,tna::scale,\
         bind::odk:tag,note\n\
         start,bat_dau,,,,,,,,,,,,,,,,,,,,,,\n\
         end,ket_thuc,,,,,,,,,,,,,,,,,,,,,,\n\
         today,hom_nay,,,,,,,,,,,,,,,,,,,,,,\n\
         deviceid,may,,,,,,,,,,,,,,,,,,,,,,\n\
         username,ai,,,,,,,,,,,,,,,,,,,,,,\n\
         hidden,an,,,,,,,,,,,,,kin,,,,,,,,,\n\
         begin group,dau,Mở đầu,Opening,Gợi ý nhóm,,,,,,,,,,,,field-list,,,,,,t1,\n\
         note,chao,Xin chào,Hello,,,,,,,,,,,,,,,,,,,,\n\
         acknowledge,dong_y,Đồng ý,I agree,,,yes,Cần đồng ý,,,,,,,,,consent,,,,,,,\n\
         text,ten,Họ tên,Name,,Long help,${an} != '',,,,,,,,,,multiline,rows=5,,person,,,,ghi chú\n\
         begin group,trong,,,,,,,${ten} != '',,,,,,,,,,,,,,,\n\
         end group,,,,,,,,,,,,,,,,,,,,,,,\n\
         end group,,,,,,,,,,,,,,,,,,,,,,,\n\
         select_one post,chuc_danh,Chức danh,Post,,,,,,,,,,,,,minimal,,,post,,,t2,\n\
         select_one_from_file units.csv,don_vi,Đơn vị,Unit,,,,,,,,,,tinh = 19,,,autocomplete,,,unit,,,,\n\
         select_multiple_from_file units.csv,nhieu,Nhiều,Many,,,,,,count-selected(.) <= 2,At most two,,,,,,,,,,,,,\n\
         select_one lvl or_other,muc,Mức,Level,,,,,,,,,,,,,,,,,,,,\n\
         rank lvl,xep,Xếp hạng,Rank,,,,,,,,,,,,,,randomize=true seed=42,,,,,,\n\
         select_multiple lvl,tron,Trộn,Mixed,,,,,,,,,,,,,,\"randomize=true seed=(if(${so} > 1, 2, 3))\",,,,,,\n\
         integer,so,Số,Number,,,,,,. >= 0 and . < 10,,,,,-1,,,,,,,,,\n\
         decimal,le,Số lẻ,Decimal,,,,,,,,,,,(1.5),,,,,,,,,\n\
         range,thang,Thang,Scale,,,,,,,,,,,,,,start=-1 end=1 step=0.25,,,,,,\n\
         date,ngay,Ngày,Day,,,,,,,,,,,today(),,,,,,,,,\n\
         time,gio,Giờ,Hour,,,,,,,,,,,,,,,,,,,,\n\
         dateTime,luc,Lúc,Moment,,,,,,,,,,,,,,,,,,,,\n\
         text,khoa,Khóa,Locked,,,false ( ),,,,,,,,\"('a (b)')\",yes,,,,,,,,\n\
         calculate,tong,,,,,,,,,,${so} * 2 - -1,,,,,,,,,,,,\n\
         calculate,luc_doi,,,,,,,,,,now(),\"${so}, ${le}\",,,,,,,,,,,\n\
         calculate,tra,,,,,,,,,,instance('units')/root/item[name = ${don_vi}]/tinh,,,,,,,,,,,,\n\
         begin repeat,con,Con,Child,,,,,,,,,,,,,,,,,,,t3,\n\
         text,ten_con,Tên con ${ten},Name,,,,,,,,,,,,,,,,,,,,\n\
         begin repeat,do_choi,Đồ chơi,Toy,,,,,,,,,,,,,,,${so},,,,,\n\
         text,ten_do_choi,Tên,Name,,,,,,,,,,,,,,,,,,,,\n\
         end repeat,,,,,,,,,,,,,,,,,,,,,,,\n\
         end repeat,,,,,,,,,,,,,,,,,,,,,,,\n\
         select_one lvl,imp_A1,Quan trọng,Importance,,,,,,,,,,,,,likert,,,,A1,importance,,\n\
         select_one lvl,abl_A1,Đáp ứng,Ability,,,,,,,,,,,,,,,,,A1,ability,,\n\
         begin group,cuoi,Cuối,Last,,,,,,,,,,,,,,,,,,,,\n\
         end group,,,,,,,,,,,,,,,,,,,,,,,\n",
    ),
];

#[test]
fn the_forms_that_ship_come_back_as_they_are() {
    for built_in in BuiltIn::ALL {
        assert_comes_back(&built_in.read().unwrap().form);
    }
}

#[test]
fn forms_that_authors_sent_come_back_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms");
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let paths = match fs::read_dir(&path) {
            Ok(sheets) => sheets.map(|sheet| sheet.unwrap().path()).collect(),
            Err(_) => vec![path],
        };
        let file = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        };
        // What cannot be read is there for other tests.
        if let Ok(form) = read(&paths.into_iter().map(file).collect::<Vec<_>>()) {
            assert_comes_back(&form);
            compared += 1;
        }
    }
    assert!(compared >= 3, "{compared} forms were compared");
}

#[test]
fn a_form_with_everything_in_it_comes_back_as_it_is() {
    let form = read_csv(&EVERYTHING).unwrap();
    assert_eq!(form.questions().len(), 30);
    assert_comes_back(&form);
}

#[test]
fn every_known_heading_is_written_that_a_form_with_everything_has() {
    let form = read_csv(&EVERYTHING).unwrap();
    let headings = |name| sheet(&form, name).remove(0).join(",");
    assert_eq!(
        headings("survey"),
        "type,name,label::Tiếng Việt (vi),label::English (en),hint::Tiếng Việt (vi),\
         guidance_hint::English (en),required,required_message::Tiếng Việt (vi),relevant,\
         constraint,constraint_message::English (en),calculation,default,read_only,appearance,\
         parameters,choice_filter,repeat_count,trigger,tna::competency,tna::scale,tna::role,\
         bind::odk:tag,note"
    );
    assert_eq!(
        headings("choices"),
        "list_name,name,label::Tiếng Việt (vi),label::English (en),nhom,media::image,tinh"
    );
    assert_eq!(
        headings("settings"),
        "form_title,form_id,version,default_language,tna::title::English (en),\
         tna::consent_version,tna::minutes,instance_name,style"
    );
    assert_eq!(
        headings("competencies"),
        "name,domain,label::Tiếng Việt (vi),level::bt,level::ct,hint::Tiếng Việt (vi),source"
    );
}

#[test]
fn a_language_is_written_as_far_as_it_is_known() {
    let heading = |label: &str, default: &str| {
        let survey = format!("type,name,{label}\ntext,a,A\n");
        let settings = format!("form_id,default_language\nx,{default}\n");
        let form = read_csv(&[("survey", &survey), ("settings", &settings)]).unwrap();
        assert_comes_back(&form);
        sheet(&form, "survey")[0][2].clone()
    };
    assert_eq!(heading("label", ""), "label");
    assert_eq!(heading("label", "vi"), "label");
    assert_eq!(heading("label::vi", ""), "label");
    assert_eq!(heading("label", "Tiếng Việt (vi)"), "label::Tiếng Việt (vi)");
    assert_eq!(heading("label::Tiếng Việt ( vi )", "vi"), "label::Tiếng Việt (vi)");
    assert_eq!(heading("label::x ()", ""), "label");
    let form = read_csv(&[
        ("survey", "type,name,label::en,label::vi\ntext,a,A,B\n"),
        ("settings", "form_id,default_language\nx,vi\n"),
    ]);
    assert_eq!(sheet(&form.unwrap(), "survey")[0][2..], ["label::vi", "label::en"]);
}

#[test]
fn a_form_in_no_stated_language_keeps_the_words_of_or_other() {
    for label in ["label", "label::fr", "label::English (en)", "label::en,label::vi"] {
        let columns = if label.contains(',') { "A,A" } else { "A" };
        let survey = format!("type,name,{label}\nselect_one x or_other,q,{columns}\n");
        let choices = "list_name,name,label\nx,a,A\n";
        let form = read_csv(&[("survey", &survey), ("choices", choices), ("settings", SETTINGS)]);
        assert_comes_back(&form.unwrap());
    }
}

#[test]
fn columns_nobody_knows_keep_their_order_though_rows_fill_few_of_them() {
    let survey = "type,name,label,x,y,z\ntext,a,A,,,3\ntext,b,B,,2,\ntext,c,C,1,2,3\n";
    let form = read_csv(&[("survey", survey), ("settings", SETTINGS)]).unwrap();
    assert_eq!(sheet(&form, "survey")[0][3..], ["x", "y", "z"]);
    assert_comes_back(&form);
}

#[test]
fn lists_of_several_sheets_agree_on_one_order_of_columns() {
    let sheets = [
        ("survey", "type,name,label\nselect_one a,q,Q\nselect_one b,r,R\n"),
        ("choices", "list_name,name,label,x,y\na,1,A,1,2\n"),
        ("b.csv", "name,label,y,x\n1,B,1,2\n"),
        ("settings", SETTINGS),
    ];
    assert_comes_back(&read_csv(&sheets).unwrap());
}

#[test]
fn a_list_of_other_columns_of_a_file_comes_back_as_a_list_of_its_own() {
    let survey = "type,name,label,parameters\n\
                  select_one_from_file u.csv,q,Q,value=ma label=ten\n\
                  select_one_from_file u.csv,r,R,\n";
    let list = "name,label,ma,ten,tinh\nx,X,01,Xã Một,19\ny,Y,02,Xã Hai,22\n";
    let form = read_csv(&[("survey", survey), ("u.csv", list), ("settings", SETTINGS)]).unwrap();
    let kind = &form.question("q").unwrap().kind;
    let names: Vec<_> = form.choices(kind.list().unwrap()).iter().map(|c| c.name.clone()).collect();
    assert_eq!(names, ["01", "02"]);
    assert_comes_back(&form);
}

#[test]
fn names_that_no_language_changes_are_written_in_each() {
    let labels = |rows: &str| {
        let choices = format!("list_name,name,label::vi,label::en\n{rows}");
        let survey = "type,name,label::vi,label::en\nselect_one x,q,Q,Q\n";
        let form = read_csv(&[("survey", survey), ("choices", &choices), ("settings", SETTINGS)]);
        let form = form.unwrap();
        assert_comes_back(&form);
        sheet(&form, "choices").remove(1)[2..].to_vec()
    };
    assert_eq!(labels("x,a,Xã,\nx,b,Phường,\n"), ["Xã", "Xã"]);
    assert_eq!(labels("x,a,SMS,SMS\nx,b,Zalo,Zalo\n"), ["SMS", "SMS"]);
    assert_eq!(labels("x,a,Xã,\nx,b,Phường,Ward\n"), ["Xã", ""]);
    assert_eq!(labels("x,a,,Commune\nx,b,Phường,\n"), ["", "Commune"]);
}

#[test]
fn groups_without_a_question_come_back_where_others_begin() {
    let survey = "type,name,label\n\
                  begin group,a,A\nbegin group,b,B\nend group,,\ntext,q1,Q\n\
                  begin group,c,C\nbegin group,d,D\nend group,,\nend group,,\nend group,,\n\
                  text,q2,Q\n\
                  begin group,e,E\nend group,,\nbegin repeat,f,F\ntext,q3,Q\nend repeat,,\n\
                  begin group,g,G\nbegin group,h,H\nend group,,\nend group,,\n";
    assert_comes_back(&read_csv(&[("survey", survey), ("settings", SETTINGS)]).unwrap());
}

#[test]
fn texts_stay_texts_whatever_they_look_like() {
    let mut survey = String::from("type,name,label,note\n");
    for (number, text) in TEXTS.iter().enumerate() {
        writeln!(survey, "text,q{number},\"{text}\",\"{text}\"").unwrap();
    }
    let form = read_csv(&[("survey", &survey), ("settings", SETTINGS)]).unwrap();
    let again = through_workbook(&form);
    for (number, text) in TEXTS.iter().enumerate() {
        let question = again.question(&format!("q{number}")).unwrap();
        assert_eq!(question.label.get("vi"), *text);
    }
    assert_comes_back(&form);
}

const TEXTS: [&str; 14] = [
    "=1+1",
    "+84 912",
    "-3",
    "@SUM(A1)",
    "007",
    "1e5",
    "TRUE",
    "2026-12-02",
    "hai\ndòng\n\nvà tab\tở giữa",
    "👩‍👩‍👧‍👦 🇻🇳",
    "_x000D_ _x005F_",
    "<b>&amp;</b>",
    "'nháy",
    "x\u{a0}y\u{200b}",
];

#[test]
fn a_text_longer_than_a_cell_is_refused_with_its_place() {
    let form_with = |length: usize| {
        // Characters that take two places each, as Excel counts.
        let text = "𝐱".repeat(length / 2);
        let survey = format!("type,name,label,note\ntext,a,A,\ntext,b,B,{text}\n");
        read_csv(&[("survey", &survey), ("settings", SETTINGS)]).unwrap()
    };
    assert_comes_back(&form_with(32_766));
    let problem = xlsform_writer::write(&form_with(32_768)).unwrap_err();
    let place = (problem.sheet.as_str(), problem.line, problem.column.as_deref());
    assert_eq!(place, ("survey", Some(3), Some("note")));
    assert_eq!(problem.kind, FormProblemKind::TextTooLong(32_767));
}

#[test]
fn more_rows_than_are_read_are_not_written() {
    let list = |name: &str| {
        let rows = (0..30_000).map(|row| format!("{name},{row},A\n"));
        format!("list_name,name,label\n{}", rows.collect::<String>())
    };
    let survey = "type,name,label\nselect_one a,q,Q\nselect_one b,r,R\n";
    let (a, b) = (list("a"), list("b"));
    let form =
        read_csv(&[("survey", survey), ("choices", &a), ("choices", &b), ("settings", SETTINGS)]);
    let problem = xlsform_writer::write(&form.unwrap()).unwrap_err();
    assert_eq!(problem.sheet, "choices");
    assert_eq!(problem.kind, FormProblemKind::Table(ProblemKind::TooManyRows(50_000)));
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let form = read_csv(&EVERYTHING).unwrap();
    assert_eq!(xlsform_writer::write(&form).unwrap(), xlsform_writer::write(&form).unwrap());
}

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        2 => "\\PC{0,8}".prop_map(|text| text.replace('$', "")),
    ]
}

fn expressions() -> impl Strategy<Value = String> {
    let pool = vec![
        "",
        "",
        "${q0} = 'a'",
        "${q0} != '' and (1 + 2) * 3 > -4",
        "selected(${q0}, \"it's\")",
        "not(true())",
        "if(${q0} = '', 1.50, 2 div 3)",
        "regex(${q0}, '[0-9]+')",
        "instance('l0')/root/item[name = 'a'][1]/label",
        "../q0 = 1 or current()/../q0 = 2",
        "string-length(${q0})-1",
        "jr:choice-name(${q0}, '${q0}')",
        "coalesce(${q0}, today())",
    ];
    prop::sample::select(pool).prop_map(str::to_owned)
}

/// The rows of a survey sheet, as cells of [`HEADINGS`], headings that vary left out.
fn questions() -> impl Strategy<Value = Vec<Vec<String>>> {
    let types = vec![
        ("text", ""),
        ("text", "rows=3"),
        ("integer", ""),
        ("decimal", ""),
        ("range", "start=0 end=3 step=.5"),
        ("date", ""),
        ("note", ""),
        ("calculate", ""),
        ("acknowledge", ""),
        ("hidden", ""),
        ("email", ""),
        ("select_one l0", "randomize=yes;seed=7"),
        ("select_one l0 or_other", ""),
        ("select_multiple l1", "randomize=true, seed=(${q0} + 1)"),
        ("rank l1", ""),
        ("begin group", ""),
        ("end group", ""),
        ("begin repeat", ""),
        ("end repeat", ""),
    ];
    let flags = prop::sample::select(vec!["", "yes", "no", "true()", "false( )"]);
    let defaults =
        prop::sample::select(vec!["", "7", "(7)", "a b", "('')", "(' a')", "('(')", "-(1)"]);
    let row = (
        prop::sample::select(types),
        prop::collection::vec(cells(), 6),
        prop::collection::vec(expressions(), 4),
        flags,
        defaults,
        prop::sample::subsequence(vec!["minimal", "w1", "field-list"], 0..3),
    );
    prop::collection::vec(row, 0..12).prop_map(|rows| {
        let rows = rows.into_iter().map(
            |((word, parameters), texts, expressions, flag, default, words)| {
                let mut cells = vec![word.to_owned(), parameters.to_owned(), flag.to_owned()];
                cells.extend([default.to_owned(), words.join(" ")]);
                cells.extend(texts);
                cells.extend(expressions);
                cells
            },
        );
        rows.collect()
    })
}

/// The headings of generated rows behind `name`; those in braces are texts in some language.
const HEADINGS: &str = "type,parameters,required,default,appearance,{label},{label},{hint},{guidance_hint},x_note,bind::y,relevant,constraint,calculation,repeat_count";

fn generated(
    rows: &[Vec<String>],
    languages: [&str; 4],
    default: &str,
    choices: &[(String, String)],
) -> Vec<(String, Vec<u8>)> {
    let mut of_labels = languages.iter();
    let mut headings = vec!["name".to_owned()];
    headings.extend(HEADINGS.split(',').map(|heading| {
        match heading.strip_prefix('{').and_then(|base| base.strip_suffix('}')) {
            Some(base) => format!("{base}{}", of_labels.next().unwrap()),
            None => heading.to_owned(),
        }
    }));
    let mut survey = vec![headings];
    let first = ["q0", "text"].map(str::to_owned);
    survey.push(first.into_iter().chain(std::iter::repeat_n(String::new(), 14)).collect());
    let mut open = Vec::new();
    let end = |word: &str| {
        let cells = [String::new(), word.replace("begin", "end")];
        cells.into_iter().chain(std::iter::repeat_n(String::new(), 14)).collect::<Vec<_>>()
    };
    for (number, row) in rows.iter().enumerate() {
        let word = row[0].as_str();
        if word.starts_with("end ") {
            survey.extend(open.pop().map(end));
            continue;
        }
        if word.starts_with("begin") {
            if open.len() == 4 {
                continue;
            }
            open.push(word);
        }
        survey.push([vec![format!("q{}", number + 1)], row.clone()].concat());
    }
    survey.extend(open.into_iter().rev().map(end));
    let mut lists =
        vec![["list_name", "name", "label", "label::fr", "z"].map(str::to_owned).to_vec()];
    for (number, (label, column)) in choices.iter().enumerate() {
        let list = format!("l{}", number % 2);
        lists.push(vec![list, format!("0{number}"), label.clone(), column.clone(), label.clone()]);
    }
    let title = choices[0].0.clone();
    let settings = vec![
        ["form_id", "form_title", "tna::title::fr", "default_language", "odd"]
            .map(str::to_owned)
            .to_vec(),
        vec!["x".to_owned(), title.clone(), title, default.to_owned(), choices[0].1.clone()],
    ];
    let file = |name: &str, rows: Vec<Vec<String>>| {
        let mut writer =
            csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        for row in rows {
            writer.write_record(row).unwrap();
        }
        (format!("{name}.csv"), writer.into_inner().unwrap())
    };
    vec![file("survey", survey), file("choices", lists), file("settings", settings)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_form_comes_back_as_it_is(
        rows in questions(),
        languages in prop::sample::select(vec![
            ["", "::en", "", "::en"],
            ["::Tiếng Việt (vi)", "::English (en)", "::English (en)", "::Tiếng Việt (vi)"],
            ["::en", "", "::vi", "::fr"],
            ["", "", "", ""],
            ["::en", "::Anh (en)", "::x ()", "::"],
        ]),
        default in prop::sample::select(vec!["", "vi", "Tiếng Việt (vi)", "en", "English (en)"]),
        choices in prop::collection::vec((cells(), cells()), 2..6),
    ) {
        let files = generated(&rows, languages, default, &choices);
        let form = read(&files).unwrap();
        prop_assert_eq!(&through_csv(&form), &form);
        prop_assert_eq!(&through_workbook(&form), &form);
    }
}
