//! Tables of other programs come in as what people answered, whoever wrote them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "foreign/exports.rs"]
mod exports;
#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "of a campaign of which everything is known, the answers are used")]
mod generated;
#[path = "foreign/journey.rs"]
mod journey;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted, FileReport, ForeignPreview};
use phieu_xa::domain::foreign::{Mapping, Meaning, Recipe, WordMeaning};
use phieu_xa::domain::form::{Form, Kind};
use phieu_xa::domain::gazetteer::Gazetteer;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::roster::Roster;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::recipe_file;
use phieu_xa::formats::table::Profile;
use phieu_xa::forms::{self, units};
use phieu_xa::text::Language;
use proptest::prelude::*;

use exports::Kobo;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());
static UNITS: LazyLock<Gazetteer> = LazyLock::new(units::gazetteer);

/// Who answered; rows that say the same would be one.
fn people() -> Vec<Response> {
    let generated = generated::campaign(7, 2);
    let people = generated.dataset.current().into_iter().filter(|person| !person.is_edited());
    people.take(12).cloned().collect()
}

fn desk() -> Collector {
    Collector::new(FORM.clone(), [])
}

/// Imports a file as the worker does.
fn import(desk: &mut Collector, name: &str, bytes: &[u8]) -> FileReport {
    let mut reading = desk.start_reading(name, bytes);
    while reading.read_rows(desk.form(), 100) {}
    let mut staged = desk.stage();
    desk.stage_read(&mut staged, name, bytes, reading.finish());
    desk.merge(staged).reports.remove(0)
}

fn propose(desk: &Collector, report: &FileReport, recipes: &[String]) -> ForeignPreview {
    assert!(report.asked.is_some(), "{report:?} is not asked about");
    desk.propose(report.asked.unwrap(), recipes, &*UNITS).unwrap()
}

fn take(desk: &mut Collector, preview: &ForeignPreview) -> FileReport {
    let staged = desk.stage_aside(preview.table, &preview.mapping, &*UNITS).unwrap();
    desk.merge(staged).reports.remove(0)
}

/// Checks that everybody has these answers, whatever the root.
fn has_answers(desk: &Collector, people: &[Response], keys: &[&str]) {
    let answers = |person: &Response| -> Vec<(String, String)> {
        let answers = keys.iter().map(|key| (*key, person.answers.get(key)));
        let filled = answers.filter(|(_, value)| !value.is_empty());
        // A column a choice does not tell which was taken first.
        let in_order = |key: &str, value: &str| {
            let mut choices: Vec<&str> = value.split(' ').collect();
            if matches!(FORM.question(key).unwrap().kind, Kind::SelectMultiple(_)) {
                choices.sort_unstable();
            }
            choices.join(" ")
        };
        filled.map(|(key, value)| (key.to_owned(), in_order(key, value))).collect()
    };
    let mut expected: Vec<_> = people.iter().map(answers).collect();
    let mut found: Vec<_> = desk.dataset().current().into_iter().map(answers).collect();
    expected.sort();
    found.sort();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        let expected: BTreeMap<_, _> = expected.iter().cloned().collect();
        let found: BTreeMap<_, _> = found.iter().cloned().collect();
        assert_eq!(found, expected);
    }
}

fn all_keys() -> Vec<&'static str> {
    exports::questions(&FORM).into_iter().map(|question| question.name.as_str()).collect()
}

fn refs(people: &[Response]) -> Vec<&Response> {
    people.iter().collect()
}

#[test]
fn a_kobotoolbox_csv_by_names_is_taken_as_it_is_by_its_ids() {
    let people = people();
    let mut desk = desk();
    let csv = exports::kobo(&FORM, &refs(&people), Kobo::Names).csv(';', true, "\r\n");
    let report = import(&mut desk, "kobo.csv", &csv);
    assert_eq!((report.asked, report.new, &report.problems), (None, people.len(), &Vec::new()));
    has_answers(&desk, &people, &all_keys());
    let first = desk.dataset().current()[0].clone();
    let known = people.iter().find(|person| person.root == first.root).unwrap();
    assert_eq!(first.submitted, known.submitted);
    // What was edited there is a newer revision.
    let mut edited = people.clone();
    edited[0].answers.set("ho_ten", "Tên đã sửa");
    let csv = exports::kobo(&FORM, &refs(&edited), Kobo::Names).csv(';', true, "\r\n");
    let report = import(&mut desk, "kobo-2.csv", &csv);
    assert_eq!((report.newer, report.already_there), (1, people.len() - 1));
    has_answers(&desk, &edited, &all_keys());
}

#[test]
fn other_exports_of_kobotoolbox_and_odk_are_proposed_whole() {
    let people = people();
    let all = refs(&people);
    let kobo = |style| exports::kobo(&FORM, &all, style);
    for (name, bytes) in [
        ("groups.csv", kobo(Kobo::GroupedNames).csv(';', true, "\r\n")),
        ("labels.csv", kobo(Kobo::Labels).csv(';', true, "\r\n")),
        ("grouped-labels.csv", kobo(Kobo::GroupedLabels).csv(';', true, "\r\n")),
        ("groups.xlsx", kobo(Kobo::GroupedNames).xlsx()),
        ("labels.xlsx", kobo(Kobo::Labels).xlsx()),
        ("odk.csv", exports::odk(&FORM, &all).csv(',', false, "\n")),
    ] {
        let mut desk = desk();
        let report = import(&mut desk, name, &bytes);
        assert!(report.problems.is_empty(), "{name}: {report:?}");
        let preview = propose(&desk, &report, &[]);
        assert_eq!(preview.words, [], "{name}");
        assert_eq!((preview.unread, &preview.faults), (0, &Vec::new()), "{name}");
        assert_eq!((preview.responses, preview.first.len()), (people.len(), 10), "{name}");
        let report = take(&mut desk, &preview);
        assert_eq!((report.new, report.left_empty), (people.len(), 0), "{name}");
        has_answers(&desk, &people, &all_keys());
        for person in desk.dataset().current() {
            let known = people.iter().find(|known| known.root == person.root).unwrap();
            assert_eq!(person.submitted, known.submitted, "{name}");
            assert_eq!(person.start, known.start, "{name}");
        }
        // The same file again changes nothing.
        let again = import(&mut desk, name, &bytes);
        let preview = propose(&desk, &again, &[]);
        assert_eq!(take(&mut desk, &preview).already_there, people.len(), "{name}");
    }
}

/// A file for another program, as the desk makes it.
fn exported(people: &[Response], export: Export) -> (String, Vec<u8>) {
    let wanted = ExportWanted::plain(export, Profile::Data, Language::Vi);
    let desk = Collector::new(FORM.clone(), people.to_vec());
    desk.export(&wanted, &Roster::default(), Timestamp::from_millis(1.8e12)).unwrap()
}

#[test]
fn our_own_file_for_scripts_made_for_kobotoolbox_is_laid_out_as_theirs_and_comes_back() {
    let people = people();
    let (name, csv) = exported(&people, Export::Kobo);
    let theirs = exports::kobo(&FORM, &refs(&people), Kobo::Names).csv(';', true, "\r\n");
    let heading = |csv: &[u8]| csv.split(|byte| *byte == b'\n').next().unwrap().to_vec();
    assert_eq!(String::from_utf8(heading(&csv)), String::from_utf8(heading(&theirs)));
    let mut desk = desk();
    let report = import(&mut desk, &name, &csv);
    assert_eq!((report.asked, report.new, &report.problems), (None, people.len(), &Vec::new()));
    has_answers(&desk, &people, &all_keys());
    for person in desk.dataset().current() {
        let known = people.iter().find(|known| known.root == person.root).unwrap();
        assert_eq!(person.submitted, known.submitted);
    }
}

#[test]
fn our_own_file_for_scripts_made_for_odk_central_is_laid_out_as_theirs_and_comes_back() {
    let people = people();
    let (name, bytes) = exported(&people, Export::Odk);
    assert_eq!(name, "odk-central.zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut csv = Vec::new();
    std::io::copy(&mut zip.by_name("nhu-cau.csv").unwrap(), &mut csv).unwrap();
    let theirs = exports::odk(&FORM, &refs(&people)).csv(',', false, "\n");
    // Theirs is the one that splits several choices, and leaves out what is empty everywhere.
    let headings = |csv: &[u8]| {
        let first = String::from_utf8(csv.split(|byte| *byte == b'\n').next().unwrap().to_vec());
        let whole = |name: &str| name.split('/').next().unwrap().to_owned();
        let mut headings: Vec<String> = first.unwrap().split(',').map(whole).collect();
        headings.dedup();
        headings.retain(|name| {
            !["AttachmentsPresent", "AttachmentsExpected", "Status"].contains(&name.as_str())
        });
        headings
    };
    assert_eq!(headings(&csv), headings(&theirs));
    let mut desk = desk();
    let report = import(&mut desk, "nhu-cau.csv", &csv);
    let preview = propose(&desk, &report, &[]);
    assert_eq!((&preview.words, preview.unread), (&Vec::new(), 0));
    assert_eq!(take(&mut desk, &preview).new, people.len());
    has_answers(&desk, &people, &all_keys());
}

/// What the clerk's form at Google asks beside its grids.
const AT_GOOGLE: [&str; 9] = [
    "ho_ten",
    "tinh",
    "don_vi",
    "chuc_danh",
    "nam_chuc_danh",
    "nhom_tuoi",
    "gioi_tinh",
    "chuong_trinh",
    "chuyen_mon",
];

fn rated_keys() -> Vec<&'static str> {
    let rated = FORM.questions().iter().filter(|question| question.rating.is_some());
    rated.map(|question| question.name.as_str()).collect()
}

#[test]
fn a_google_form_with_its_grids_is_proposed_whole() {
    let people = people();
    let csv = exports::google(&FORM, &refs(&people), &AT_GOOGLE).csv(',', false, "\n");
    let mut desk = desk();
    let report = import(&mut desk, "Khảo sát.csv", &csv);
    let preview = propose(&desk, &report, &[]);
    assert_eq!(preview.words, []);
    let unused: Vec<&str> = preview
        .columns
        .iter()
        .zip(&preview.mapping.columns)
        .filter(|(_, meaning)| **meaning == Meaning::Nothing)
        .map(|((heading, _), _)| heading.as_str())
        .collect();
    assert_eq!(unused, ["Địa chỉ email"]);
    assert_eq!(take(&mut desk, &preview).new, people.len());
    let keys: Vec<&str> = AT_GOOGLE.into_iter().chain(rated_keys()).collect();
    has_answers(&desk, &people, &keys);
    let submitted = |people: &[&Response]| -> Vec<_> {
        let mut times: Vec<_> = people.iter().map(|person| person.submitted).collect();
        times.sort();
        times
    };
    assert_eq!(submitted(&desk.dataset().current()), submitted(&refs(&people)));
}

#[test]
fn a_table_typed_by_hand_is_read_with_its_titles_abbreviations_and_sums() {
    let people = people();
    let mut desk = desk();
    let report = import(&mut desk, "tong-hop.xlsx", &exports::typed(&FORM, &refs(&people)).xlsx());
    let preview = propose(&desk, &report, &[]);
    assert_eq!(preview.words, []);
    assert_eq!((preview.unread, &preview.faults), (0, &Vec::new()));
    assert_eq!(take(&mut desk, &preview).new, people.len());
    let keys = [
        "ho_ten",
        "tinh",
        "don_vi",
        "chuc_danh",
        "nhom_tuoi",
        "gioi_tinh",
        "nam_chuc_danh",
        "imp_A1",
        "abl_A1",
        "imp_A2",
        "abl_A2",
        "imp_A3",
        "abl_A3",
    ];
    has_answers(&desk, &people, &keys);
}

#[test]
fn words_that_nobody_knows_are_asked_about_once_and_a_recipe_knows_them_next_time() {
    let people = people();
    let google = exports::google(&FORM, &refs(&people), &AT_GOOGLE);
    let strange = |separator| {
        let csv = String::from_utf8(google.csv(separator, false, "\n")).unwrap();
        csv.replace("Rất quan trọng", "Cực kỳ cần").into_bytes()
    };
    let mut desk = desk();
    let report = import(&mut desk, "a.csv", &strange(','));
    let preview = propose(&desk, &report, &[]);
    let [word] = preview.words.as_slice() else { panic!("{:?}", preview.words) };
    assert_eq!((word.list.as_str(), word.word.as_str()), ("quan_trong", "Cực kỳ cần"));
    assert_eq!(preview.unread, word.cells);

    let mut mapping: Mapping = preview.mapping.clone();
    mapping.say("quan_trong", "Cực kỳ cần", Some(WordMeaning::Choice("5".to_owned())));
    let preview = desk.preview(preview.table, mapping, &*UNITS).unwrap();
    assert_eq!(preview.unread, 0);
    let headings = preview.columns.iter().map(|(heading, _)| heading.clone()).collect();
    let recipe = Recipe::new("a", &FORM.id, headings, preview.mapping.clone());
    let recipe = recipe_file::write(&recipe);
    assert_eq!(take(&mut desk, &preview).new, people.len());
    has_answers(&desk, &people, &rated_keys());

    let report = import(&mut desk, "b.csv", &strange(';'));
    let preview = propose(&desk, &report, &[recipe]);
    assert_eq!((preview.recipe.as_deref(), preview.unread), (Some("a"), 0));
    assert_eq!(take(&mut desk, &preview).already_there, people.len());
}

#[test]
fn what_was_edited_there_comes_again_as_a_newer_revision() {
    let people = people();
    let mut desk = desk();
    let export = |people: &[Response]| exports::odk(&FORM, &refs(people)).csv(',', false, "\n");
    let mut take_csv = |people: &[Response]| {
        let report = import(&mut desk, "odk.csv", &export(people));
        let preview = propose(&desk, &report, &[]);
        let report = take(&mut desk, &preview);
        (report.new, report.newer, report.already_there)
    };
    assert_eq!(take_csv(&people), (12, 0, 0));
    let mut edited = people.clone();
    edited[3].answers.set("ho_ten", "Tên đã sửa");
    assert_eq!(take_csv(&edited), (0, 1, 11));
    assert_eq!(take_csv(&people), (0, 0, 12), "an older export brings nothing back");
    has_answers(&desk, &edited, &all_keys());
}

#[test]
fn a_mapping_that_was_wrong_is_set_right_by_reading_the_file_again() {
    let people = people();
    let csv = exports::google(&FORM, &refs(&people), &AT_GOOGLE).csv(',', false, "\n");
    let mut desk = desk();
    let report = import(&mut desk, "a.csv", &csv);
    let mut preview = propose(&desk, &report, &[]);
    let right = preview.mapping.clone();
    let at = right.columns.iter().position(|c| c.key() == Some("gioi_tinh")).unwrap();
    preview.mapping.choose(at, Meaning::Nothing);
    assert_eq!(take(&mut desk, &preview).new, people.len());
    let report = import(&mut desk, "a.csv", &csv);
    let preview = propose(&desk, &report, &[]);
    assert_eq!(preview.mapping, right);
    assert_eq!(take(&mut desk, &preview).newer, people.len());
    has_answers(&desk, &people, &AT_GOOGLE);
}

#[test]
fn only_what_is_not_understood_is_asked_about() {
    let mut desk = desk();
    let ours = "chuc_danh,imp_A1,ghi_chu,_form,_root\nbt,5,x,nhu-cau,a\n";
    let by_names = "chuc_danh,imp_A1,ghi chú\nbt,5,x\n";
    for table in [ours, by_names] {
        let report = import(&mut desk, "x.csv", table.as_bytes());
        assert_eq!((report.asked, report.new, report.unknown_columns.len()), (None, 1, 1));
    }
    // Some rows are read; the words of others can be given a meaning.
    let table = "chuc_danh,imp_A1\nct_ubnd,5\nct_ubnd,cực kỳ\n";
    let report = import(&mut desk, "y.csv", table.as_bytes());
    assert_eq!((report.new, report.problems.len(), report.asked.is_some()), (1, 1, true));
    let preview = propose(&desk, &report, &[]);
    let report = take(&mut desk, &preview);
    assert_eq!((report.new, report.already_there, report.left_empty), (1, 1, 1));
    // A list of people is refused, and may be looked at all the same.
    let list = "Họ tên,Số điện thoại,Địa chỉ\nA,0912,x\n";
    let report = import(&mut desk, "z.csv", list.as_bytes());
    assert_eq!((report.problems.len(), report.asked.is_some()), (1, true));
    for nothing in ["", "\u{0}\u{0}", "PK\u{3}\u{4}"] {
        assert_eq!(import(&mut desk, "n.csv", nothing.as_bytes()).asked, None);
    }
}

#[test]
fn the_official_units_of_before_are_brought_up_to_date() {
    let mut desk = desk();
    let table = "Xã,Huyện,Tỉnh,Chức danh,Mức độ quan trọng [Ngoại ngữ]\n\
        Khôi Kỳ,Đại Từ,Thái Nguyên,Bí thư Đảng ủy,5\n\
        Xã không có thật,,Thái Nguyên,Bí thư Đảng ủy,4\n";
    let report = import(&mut desk, "x.csv", table.as_bytes());
    let preview = propose(&desk, &report, &[]);
    assert_eq!(preview.words.len(), 1, "{:?}", preview.words);
    take(&mut desk, &preview);
    let mut units: Vec<&str> =
        desk.dataset().current().into_iter().map(|row| row.answers.get("don_vi")).collect();
    units.sort_unstable();
    assert_eq!(units, ["", "05830"]);
}

#[test]
fn every_kind_of_question_but_notes_has_a_column_in_the_exports() {
    assert!(exports::questions(&FORM).iter().all(|question| question.kind != Kind::Note));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_table_breaks_the_desk(
        headings in prop::collection::vec("imp_A1|don_vi|tieng_dt/tay|Giới tính|_uuid|start|\\PC{0,12}", 1..6),
        cells in prop::collection::vec("[0-9/:. ,-]{0,12}|\\PC{0,12}", 0..18),
    ) {
        let mut text = headings.join(",");
        for row in cells.chunks(headings.len()) {
            text.push('\n');
            text.push_str(&row.join(","));
        }
        let mut desk = desk();
        let report = import(&mut desk, "x.csv", text.as_bytes());
        if let Some(number) = report.asked {
            let preview = desk.propose(number, &[], &*UNITS).unwrap();
            take(&mut desk, &preview);
        }
    }

    #[test]
    fn no_bytes_break_the_desk(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut desk = desk();
        import(&mut desk, "x.csv", &bytes);
    }
}
