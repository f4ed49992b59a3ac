use super::*;
use crate::domain::gazetteer::Gazetteer;
use crate::domain::problem::ValueFault;
use crate::forms;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// Reads rows under headings as it is proposed, with words that a person gave a meaning.
fn read(headings: &[&str], rows: &[&[&str]], words: &[(&str, &str, &str)]) -> Vec<ReadRow> {
    let form = forms::needs().unwrap();
    let known = KnownHeadings::of(&form);
    let headings = texts(headings);
    let samples: Vec<Vec<&str>> = (0..headings.len())
        .map(|at| rows.iter().map(|row| row[at]).filter(|cell| !cell.is_empty()).collect())
        .collect();
    let mut mapping = proposed(&known, &headings, &samples);
    for (list, word, choice) in words {
        mapping.say(list, word, Some(WordMeaning::Choice((*choice).to_owned())));
    }
    let official = Gazetteer::default();
    let mut reader = TableReader::new(&form, &headings, &mapping, &official);
    rows.iter().map(|row| reader.read("x.csv", &texts(row))).collect()
}

fn answers(row: &ReadRow) -> Vec<(String, String)> {
    let response = row.response.as_ref().unwrap();
    response.answers.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn words_become_codes_and_what_nobody_knows_is_told_and_left_empty() {
    let headings = ["Chức vụ", "Giới tính", "Mức độ quan trọng [Ngoại ngữ]", "Tuổi"];
    let row: &[&str] = &["PCT UBND", "Nữ", "rất cần", "Từ 45 đến 54"];
    let rows = read(&headings, &[row], &[]);
    let expected = [("chuc_danh", "pct_ubnd"), ("gioi_tinh", "nu"), ("nhom_tuoi", "45_54")];
    assert_eq!(answers(&rows[0]), pairs(&expected));
    let [fault] = rows[0].faults.as_slice() else { panic!("{:?}", rows[0].faults) };
    assert_eq!((fault.column, fault.value.as_str()), (2, "rất cần"));
    assert!(matches!(fault.fault, ValueFault::UnknownChoice(_)));

    let rows = read(&headings, &[row], &[("quan_trong", "Rất cần.", "5")]);
    assert_eq!(rows[0].faults, []);
    assert!(answers(&rows[0]).contains(&("imp_F3".to_owned(), "5".to_owned())));
}

#[test]
fn split_choices_make_one_answer_and_zeros_make_none() {
    let headings = ["q-tieng_dt/tay", "q-tieng_dt/nung", "imp_A1"];
    let rows = read(&headings, &[&["1", "0", "5"], &["0", "0", "4"], &["", "True", "3"]], &[]);
    let languages = rows.iter().map(|row| {
        let response = row.response.as_ref().unwrap();
        response.answers.get("tieng_dt").to_owned()
    });
    assert_eq!(languages.collect::<Vec<_>>(), ["tay", "", "nung"]);
}

#[test]
fn an_id_is_the_root_and_times_are_those_of_the_response() {
    let headings = ["_uuid", "_submission_time", "start", "imp_A1"];
    let row: &[&str] = &["7f3a", "2026-12-02T07:12:00", "2026-12-02T14:00:00.000+07:00", "5"];
    let rows = read(&headings, &[row], &[]);
    let response = rows[0].response.as_ref().unwrap();
    assert_eq!((response.root.as_str(), response.revision), ("7f3a", 1));
    let at = |moment: Option<crate::domain::timestamp::Timestamp>| moment.unwrap().to_string();
    assert_eq!(at(response.submitted), "2026-12-02T07:12:00Z");
    assert_eq!(at(response.start), "2026-12-02T07:00:00Z");
}

#[test]
fn a_row_that_answers_nothing_is_no_response() {
    let rows = read(&["STT", "imp_A1"], &[&["1", ""], &["2", "-"]], &[]);
    assert!(rows.iter().all(|row| row.response.is_none()));
}

#[test]
fn reading_a_table_in_another_way_gives_the_same_rows() {
    let headings = ["Giới tính", "Mức độ quan trọng [Ngoại ngữ]"];
    let row: &[&[&str]] = &[&["Nam", "rất cần"]];
    let root = |words: &[(&str, &str, &str)]| {
        read(&headings, row, words)[0].response.as_ref().unwrap().root.clone()
    };
    assert_eq!(root(&[]), root(&[("quan_trong", "rất cần", "5")]));
}

#[test]
fn columns_that_are_called_the_same_are_the_questions_in_form_order() {
    let form = forms::needs().unwrap();
    let known = KnownHeadings::of(&form);
    let rated = form.questions().iter().filter(|question| question.rating.is_some());
    let headings: Vec<String> = rated.clone().map(|q| q.label.get("vi").to_owned()).collect();
    let proposal = proposed(&known, &headings, &vec![Vec::new(); headings.len()]);
    let expected: Vec<Meaning> = rated.map(|q| Meaning::Answer(q.name.clone())).collect();
    assert_eq!(proposal.columns, expected);
}

#[test]
fn a_heading_like_a_label_is_proposed_when_what_stands_in_it_fits() {
    let form = forms::needs().unwrap();
    let known = KnownHeadings::of(&form);
    let headings = texts(&["Giới tính của đồng chí", "Trình độ chuyên môn", "Số điện thoại"]);
    let samples = vec![vec!["Nam", "Nữ"], vec!["Đại học", "Thạc sĩ"], vec!["0912345678"]];
    let answer = |key: &str| Meaning::Answer(key.to_owned());
    let proposal = proposed(&known, &headings, &samples);
    assert_eq!(proposal.columns, [answer("gioi_tinh"), answer("chuyen_mon"), Meaning::Nothing]);
    let samples = vec![vec!["0912"], vec!["x"], vec!["0912345678"]];
    assert_eq!(proposed(&known, &headings, &samples).columns, vec![Meaning::Nothing; 3]);
}

#[test]
fn a_column_says_what_no_other_says() {
    let mut mapping =
        Mapping { columns: vec![Meaning::Id, Meaning::Nothing], ..Mapping::default() };
    mapping.choose(1, Meaning::Id);
    assert_eq!(mapping.columns, [Meaning::Nothing, Meaning::Id]);
}
