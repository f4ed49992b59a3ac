//! What goes out comes back: a response, a dataset in either profile.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted};
use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::response::{Consent, Mode, Response};
use phieu_xa::domain::roster::Roster;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::dataset_csv::{self, Arrangement, Several, Words};
use phieu_xa::formats::table::Profile;
use phieu_xa::formats::{response_csv, xlsform};
use phieu_xa::forms;
use phieu_xa::text::Language;
use proptest::prelude::*;
use rows::answers::Answers;
use std::sync::LazyLock;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

fn response(form: &Form, root: &str, revision: u32, given: &Answers) -> Response {
    let mut response = Response {
        form: form.id.as_str().into(),
        form_version: form.version.as_str().into(),
        campaign: "c1".into(),
        root: root.to_owned(),
        revision,
        start: Timestamp::parse("2026-12-02T07:00:00Z"),
        end: Timestamp::parse("2026-12-02T07:11:00Z"),
        submitted: Timestamp::parse("2026-12-02T07:12:00Z"),
        active_seconds: Some(540),
        mode: Mode::Respondent,
        consent: Consent::parse("2026-11@2026-12-02T07:00:01Z"),
        answers: Filled::new(Rc::new(form.clone()), given.clone(), Circumstances::default())
            .response_answers(),
        checksum: String::new(),
        sources: Rc::new([format!("{root}.csv")].into()),
    };
    response.seal();
    response
}

/// Phường Việt Hưng of Hà Nội and of Quảng Ninh.
const AMBIGUOUS_UNITS: [(&str, &str); 2] = [("01", "00127"), ("22", "06661")];

fn answers() -> impl Strategy<Value = Answers> {
    let rating = prop::sample::select(vec!["1", "2", "3", "4", "5", "na"]);
    let post = prop::sample::select(vec!["bt", "ct_ubnd", "ct_mttq", "tb_hdnd"]);
    // Two provinces have a commune of this name each.
    let unit = prop::sample::select(vec![("19", "05443"), AMBIGUOUS_UNITS[0], AMBIGUOUS_UNITS[1]]);
    let languages = prop::sample::subsequence(vec!["tay", "nung", "mong", "dao"], 0..4);
    (
        post,
        unit,
        rating.clone(),
        rating,
        languages,
        0u8..46,
        ".{0,20}|[\u{b}\n\t a]{0,4}x|=1\\+1|\"a\";\n,b|'-x",
    )
        .prop_map(|(post, unit, importance, ability, languages, years, text)| {
            let mut answers: Answers = [
                ("dong_y", "OK".to_owned()),
                ("tinh", unit.0.to_owned()),
                ("don_vi", unit.1.to_owned()),
                ("chuc_danh", post.to_owned()),
                ("nam_chuc_danh", years.to_string()),
                ("tieng_dt_co", "co".to_owned()),
                ("tieng_dt", languages.join(" ")),
                ("kien_nghi", text),
            ]
            .into_iter()
            .collect();
            for code in ["A1", "B2", "F5"] {
                answers.set(&format!("imp_{code}"), importance);
                answers.set(&format!("abl_{code}"), ability);
            }
            answers
        })
}

fn several() -> impl Strategy<Value = Several> {
    prop::sample::select(vec![Several::Together, Several::Apart, Several::Both])
}

fn dataset(form: &Form, given: &[Answers]) -> Dataset {
    let mut dataset = Dataset::default();
    for (index, answers) in given.iter().enumerate() {
        dataset.merge(response(form, &format!("root-{index}"), 1, answers));
    }
    dataset
}

/// The dataset for programs, with several choices in these places.
fn for_programs(form: &Form, dataset: &Dataset, several: Several) -> Vec<u8> {
    let arrangement = Arrangement { several, ..Arrangement::default() };
    dataset_csv::table(form, dataset, Words::Names, arrangement).to_csv(Profile::Data)
}

fn imported(form: &Form, bytes: &[u8]) -> Dataset {
    let read = response_csv::read(form, "dataset.csv", bytes);
    assert_eq!(read.problems, []);
    assert_eq!(read.unknown_columns, [""; 0]);
    let mut dataset = Dataset::default();
    for response in read.responses {
        dataset.merge(response);
    }
    dataset
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_response_file_comes_back_as_it_was_handed_in(given in answers()) {
        let form = &*FORM;
        let response = response(form, "7f3a", 2, &given);
        let bytes = response_csv::write(form, &response);
        let read = response_csv::read(form, "7f3a.csv", &bytes);
        prop_assert_eq!(read.problems, []);
        prop_assert!(!read.responses[0].is_edited());
        prop_assert_eq!(&read.responses, &[response]);
    }

    #[test]
    fn a_dataset_exported_and_imported_is_the_same_byte_for_byte(
        given in prop::collection::vec(answers(), 1..6), several in several()
    ) {
        let form = &*FORM;
        let dataset = dataset(form, &given);
        let first = for_programs(form, &dataset, several);
        let again = imported(form, &first);
        prop_assert_eq!(&again, &dataset);
        prop_assert_eq!(first, for_programs(form, &again, several));
    }

    #[test]
    fn a_dataset_in_words_for_excel_comes_back_as_the_same_answers(
        given in prop::collection::vec(answers(), 1..4),
        language in prop::sample::select(vec!["vi", "en"]),
        several in several(),
    ) {
        let form = &*FORM;
        let dataset = dataset(form, &given);
        let arrangement = Arrangement { several, ..Arrangement::default() };
        let excel = dataset_csv::table(form, &dataset, Words::Labels(language), arrangement);
        prop_assert_eq!(imported(form, &excel.to_csv(Profile::Excel)), dataset);
    }

    #[test]
    fn no_file_breaks_the_import(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let form = &*FORM;
        let read = response_csv::read(form, "x.csv", &bytes);
        prop_assert!(!read.problems.is_empty());
    }
}

/// The table of a campaign of these answers, as texts under their headings.
fn written(given: &[(&str, &str)], arrangement: Arrangement) -> (String, Vec<String>) {
    let form = &*FORM;
    let answers: Answers = given.iter().copied().collect();
    let dataset = dataset(form, &[answers]);
    let table = dataset_csv::table(form, &dataset, Words::Names, arrangement);
    (String::from_utf8(table.to_csv(Profile::Data)).unwrap(), table.header)
}

#[test]
fn several_choices_stand_apart_and_who_gave_no_answer_has_blanks() {
    let arrangement = Arrangement { several: Several::Apart, ..Arrangement::default() };
    let given = [("dong_y", "OK"), ("tieng_dt_co", "co"), ("tieng_dt", "tay dao")];
    let (text, header) = written(&given, arrangement);
    let row: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
    let cell = |name: &str| row[header.iter().position(|heading| heading == name).unwrap()];
    assert_eq!(
        [cell("tieng_dt/tay"), cell("tieng_dt/nung"), cell("tieng_dt/dao")],
        ["1", "0", "1"]
    );
    assert!(!header.iter().any(|heading| heading == "tieng_dt"));
    let other = header.iter().find(|heading| heading.starts_with("chuong_trinh/")).unwrap();
    assert_eq!(cell(other), "", "nobody answered it");
}

#[test]
fn labels_are_in_any_language_of_the_form_and_read_back() {
    let form = xlsform::read(&[
        (
            "survey.csv",
            "type,name,label::vi,label::Tày (tyz),label::en\n\
            select_one co_khong,lop,Muốn dự lớp?,Dặc pây slon?,Want a class?\n",
        ),
        (
            "choices.csv",
            "list_name,name,label::vi,label::Tày (tyz),label::en\n\
            co_khong,co,Có,Mì,Yes\nco_khong,khong,Không,Bấu,No\n",
        ),
        ("settings.csv", "form_id,version,form_title\nthu,1,Thử\n"),
    ]);
    let form = form.unwrap().form;
    let given: Answers = [("lop", "co")].into_iter().collect();
    let desk = Collector::new(form.clone(), [response(&form, "r", 1, &given)]);
    let now = Timestamp::parse("2026-12-02T07:00:00Z").unwrap();
    for (labels, heading, answer) in [
        (None, "Muốn dự lớp?", "Có"),
        (Some(1), "Dặc pây slon?", "Mì"),
        (Some(2), "Want a class?", "Yes"),
    ] {
        let plain = ExportWanted::plain(Export::Dataset, Profile::Excel, Language::Vi);
        let arrangement = Arrangement { labels, ..Arrangement::default() };
        let wanted = ExportWanted { arrangement, ..plain };
        let (_, bytes) = desk.export(&wanted, &Roster::default(), now).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(heading) && text.contains(&format!("\n{answer};")), "{text}");
        assert_eq!(imported(&form, &bytes).current()[0].answers.get("lop"), "co");
    }
}

#[test]
fn without_names_nothing_tells_who_somebody_is() {
    let arrangement = Arrangement { is_nameless: true, ..Arrangement::default() };
    let own = "Tôi là Nông Văn Bình";
    let given = [("dong_y", "OK"), ("ho_ten", "Nông Văn Bình"), ("kien_nghi", own)];
    let (text, header) = written(&given, arrangement);
    assert!(!text.contains("Bình") && !text.contains("root-0.csv"), "{text}");
    for gone in ["ho_ten", "kien_nghi", "_checksum", "_source"] {
        assert!(!header.iter().any(|heading| heading == gone), "{gone}");
    }
    assert!(header.iter().any(|heading| heading == "don_vi") && text.contains("root-0"));
}

#[test]
fn what_a_course_taught_comes_back_from_columns_of_its_own() {
    let form = forms::BuiltIn::FollowUp.read().unwrap().form;
    let given = [("dong_y", "OK"), ("chuc_danh", "bt"), ("noi_dung", "A1 F2")];
    let given: Answers = given.into_iter().collect();
    let dataset = dataset(&form, &[given]);
    for several in [Several::Apart, Several::Both] {
        let back = imported(&form, &for_programs(&form, &dataset, several));
        assert_eq!(back.current()[0].answers.get("noi_dung"), "A1 F2", "{several:?}");
    }
}
