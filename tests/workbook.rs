//! A trainer takes everything out as one workbook or one package, and it comes back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "other tests look at what is known of the campaign")]
mod generated;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::rc::Rc;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted, PlanWanted};
use phieu_xa::app::registry::Registry;
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::changes::{Change, ChangeLog, Entry};
use phieu_xa::domain::filter::Filter;
use phieu_xa::domain::plan::{Planning, default_courses};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::archive::Archive;
use phieu_xa::formats::dataset_csv::Arrangement;
use phieu_xa::formats::table::Profile;
use phieu_xa::formats::workbook;
use phieu_xa::text::Language;

fn now() -> Timestamp {
    Timestamp::parse("2026-12-02T07:00:00Z").unwrap()
}

/// The workbook of what is collected, written to its end.
fn workbook_of(desk: &Collector, campaign: &Campaign) -> Vec<u8> {
    let file_name =
        if campaign.name.is_empty() { "nhu-cau-ket-qua.xlsx" } else { "dot-thu-ket-qua.xlsx" };
    let courses = Some(default_courses(desk.form(), "vi"));
    let plan = PlanWanted {
        filter: Filter::default(),
        planning: Planning { courses, ..Planning::default() },
        shown: None,
    };
    let official = Registry::default();
    let mut making = desk.begin_book(campaign, &official, &plan, Language::Vi, now()).unwrap();
    let mut before = 0;
    while making.go_on().unwrap() {
        let (done, total) = making.progress();
        assert!(total == 0 || (done > before && done < total), "{done} of {total}");
        before = done;
    }
    let (name, bytes, notes) = making.finish().unwrap();
    assert_eq!((name.as_str(), notes), (file_name, Vec::new()));
    bytes
}

fn sheets(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut archive = Archive::open(bytes).unwrap();
    let format = workbook::format(bytes, Some(&archive)).unwrap();
    let sheets = workbook::rows(bytes, format, Some(&mut archive), 1000).unwrap();
    let cells = sheets.into_iter().map(|(name, rows)| {
        (name, rows.into_iter().map(|row| row.cells).collect::<Vec<Vec<String>>>())
    });
    cells.collect()
}

fn taken_in(desk: &Collector, file: &str, bytes: &[u8]) -> Collector {
    let mut desk = Collector::new(desk.form().clone(), []);
    let mut staged = desk.stage();
    let mut reading = desk.start_reading(file, bytes);
    while reading.read_rows(desk.form(), 1000) {}
    desk.stage_read(&mut staged, file, bytes, reading.finish());
    let reports = desk.merge(staged).reports;
    assert_eq!((&reports[0].problems, reports[0].asked), (&Vec::new(), None));
    desk
}

#[test]
fn everything_that_a_desk_knows_is_in_one_workbook() {
    let made = generated::campaign(6, 8);
    let collected = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
    let first = made.dataset.current()[0].root.clone();
    let change = Change::SetAside { root: first };
    let entry = Entry { id: "e1".into(), at: now(), change, why: "=thử".into() };
    let desk = collected.with_log(ChangeLog::of(vec![entry]));
    let campaign = Campaign {
        name: "Đợt thử".into(),
        roster: Rc::new(made.roster.clone()),
        ..Campaign::default()
    };
    let sheets = sheets(&workbook_of(&desk, &campaign));
    let people = made.dataset.len() - 1;
    assert_eq!(sheets["Giới thiệu"][1], ["Đợt khảo sát", "Đợt thử"]);
    assert_eq!(sheets["Phiếu"].len(), people + 1, "who was set aside is not in it");
    assert_eq!(sheets["Phiếu (mã)"].len(), people + 1);
    let codes = &sheets["Phiếu (mã)"];
    let column = |name: &str| codes[0].iter().position(|heading| heading == name).unwrap();
    assert!(codes[1..].iter().all(|row| row[column("_root")].len() > 1));
    assert!(codes[1..].iter().any(|row| row[column("don_vi")].starts_with('0')), "zeros stay");
    let ranking = &sheets["Xếp hạng nhu cầu"];
    assert_eq!(ranking[1][0], "1");
    let scores: Vec<f64> = ranking[1..].iter().map(|row| row[3].parse().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores.len() > 20, "{scores:?}");
    assert!(sheets["Bảng màu"].len() > 3 && sheets["Nhu cầu theo nhóm"].len() > 100);
    assert_eq!(sheets["Độ bao phủ"].len(), 1 + 8 * made.roster.posts.len());
    assert!(sheets["Kế hoạch lớp"].len() > 1);
    assert_eq!(sheets["Nhật ký sửa"][1][9], "=thử", "a text is a text, whatever it begins with");
    assert!(sheets["Bảng mã"].iter().any(|row| row[0] == "gioi_tinh" && row[3] == "nu"));
}

#[test]
fn the_workbook_is_a_dataset_that_comes_back() {
    let made = generated::campaign(6, 8);
    let desk = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
    let bytes = workbook_of(&desk, &Campaign::default());
    let back = taken_in(&desk, "ket-qua.xlsx", &bytes);
    let (back, there) = (back.dataset().current(), desk.dataset().current());
    assert_eq!(back.len(), there.len());
    assert!(back.iter().zip(&there).all(|(back, there)| back.says_the_same(there)));
}

#[test]
fn of_nobody_there_are_sheets_with_headings() {
    let made = generated::campaign(6, 8);
    let desk = Collector::new((*made.form).clone(), []);
    let sheets = sheets(&workbook_of(&desk, &Campaign::default()));
    for sheet in ["Phiếu", "Phiếu (mã)", "Xếp hạng nhu cầu", "Kế hoạch lớp", "Nhật ký sửa"]
    {
        assert_eq!(sheets[sheet].len(), 1, "{sheet}");
    }
}

/// The files of a package.
fn package(arrangement: Arrangement) -> BTreeMap<String, String> {
    let made = generated::campaign(6, 8);
    let desk = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
    let plain = ExportWanted::plain(Export::Package, Profile::Data, Language::Vi);
    let wanted = ExportWanted { arrangement, ..plain };
    let (_, bytes) = desk.export(&wanted, &made.roster, now()).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let files = zip.len();
    let read = |at: usize| {
        let mut file = zip.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    (0..files).map(read).collect()
}

#[test]
fn a_package_describes_every_column_of_every_table() {
    let files = package(Arrangement::default());
    let described: serde_json::Value = serde_json::from_str(&files["datapackage.json"]).unwrap();
    let resources = described["resources"].as_array().unwrap();
    for resource in resources {
        let table = &files[resource["path"].as_str().unwrap()];
        let headings: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, headings, "{}", resource["name"]);
    }
    let names: Vec<&str> =
        resources.iter().map(|resource| resource["name"].as_str().unwrap()).collect();
    let of_the_form = ["codebook", "competencies", "levels", "groups", "clusters"];
    let of_people = ["needs", "tally", "coverage", "changes"];
    assert_eq!(names, [&["responses"], &of_the_form[..], &of_people[..]].concat());
    assert_eq!(resources[0]["schema"]["primaryKey"], serde_json::json!(["_root"]));
    let fields = resources[0]["schema"]["fields"].as_array().unwrap();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
    let rating = field("imp_A1");
    assert_eq!(rating["categoriesOrdered"], true);
    let label = "Rất quan trọng";
    assert_eq!(rating["categories"][4], serde_json::json!({ "value": 5, "label": label }));
    let reasons = serde_json::json!([
        { "value": "", "label": "không trả lời hoặc không được hỏi" },
        { "value": "na", "label": "Không thuộc nhiệm vụ của tôi" },
    ]);
    assert_eq!(rating["missingValues"], reasons);
    assert_eq!(
        (&rating["tna::competency"], &rating["tna::scale"]),
        (&"A1".into(), &"importance".into())
    );
    assert_eq!(field("nam_chuc_danh")["type"], "integer");
    assert!(files["README.md"].contains("`needs.csv`"));
    assert!(files.contains_key("nhu-cau.xlsx"), "the form is there");
    let csvw: serde_json::Value =
        serde_json::from_str(&files["responses.csv-metadata.json"]).unwrap();
    let columns = csvw["tableSchema"]["columns"].as_array().unwrap();
    assert_eq!(columns.len(), fields.len());
    let rating = columns.iter().find(|column| column["titles"] == "imp_A1").unwrap();
    assert_eq!(rating["null"], serde_json::json!(["", "na"]));
    for script in ["responses.R", "responses.sps", "responses-spss.csv", "responses.do"] {
        assert!(files["README.md"].contains(script) && files.contains_key(script), "{script}");
    }
}

#[test]
fn a_package_without_names_has_neither_names_nor_what_was_corrected() {
    let files = package(Arrangement { is_nameless: true, ..Arrangement::default() });
    assert!(!files.contains_key("changes.csv"));
    let heading = files["responses.csv"].lines().next().unwrap();
    assert!(!heading.split(',').any(|name| name == "ho_ten" || name == "_source"), "{heading}");
}
