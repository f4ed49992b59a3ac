//! A dataset goes out for Excel, is sorted and edited in `LibreOffice` with Vietnamese settings,
//! saved as a workbook and as a CSV, and comes back as it was but for the edit; and whatever people
//! write stays text there. Where there is no `LibreOffice` with its Python, nothing is checked, and
//! the tests say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "other tests look at what is known of the campaign")]
mod generated;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted, PlanWanted};
use phieu_xa::app::registry::Registry;
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::filter::Filter;
use phieu_xa::domain::plan::Planning;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::roster::Roster;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::formula_guard::unguarded;
use phieu_xa::formats::table::Profile;
use phieu_xa::text::Language;

/// The Python that can speak to `LibreOffice`, if there is one.
fn python() -> Option<&'static str> {
    let works = |python: &&str| {
        let asked = Command::new(python).args(["-c", "import uno"]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    let has_office = Command::new("soffice").arg("--version").output().is_ok();
    ["python3", "/usr/bin/python3"].into_iter().filter(|_| has_office).find(works)
}

fn collected(form: &phieu_xa::domain::form::Form, file: &Path) -> Collector {
    let mut collector = Collector::new(form.clone(), []);
    let (name, bytes) = (file.to_string_lossy(), fs::read(file).unwrap());
    let mut staged = collector.stage();
    let mut reading = collector.start_reading(&name, &bytes);
    while reading.read_rows(form, 1000) {}
    staged.add(&name, reading.finish());
    let reports = collector.merge(staged).reports;
    assert_eq!(reports[0].problems, [], "{name}");
    assert_eq!(reports[0].unknown_columns, Vec::<String>::new(), "{name}");
    collector
}

fn answers(rows: Vec<&Response>) -> BTreeMap<String, BTreeMap<String, String>> {
    let own = |text: &str| text.to_owned();
    let row =
        |row: &Response| row.answers.iter().map(|(key, value)| (own(key), own(value))).collect();
    rows.into_iter().map(|response| (response.root.clone(), row(response))).collect()
}

#[test]
fn a_dataset_sorted_and_edited_in_libreoffice_comes_back_as_it_was_but_for_the_edit() {
    let Some(python) = python() else {
        eprintln!("NOT CHECKED: without LibreOffice and its Python no dataset went through it");
        return;
    };
    let made = generated::campaign(6, 8);
    let collector = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
    let export = Export::Dataset;
    let (roster, now) = (Roster::default(), Timestamp::from_millis(1.8e12));
    let (name, csv) = collector
        .export(&ExportWanted::plain(export, Profile::Excel, Language::Vi), &roster, now)
        .unwrap();
    let folder = std::env::temp_dir().join(format!("phieu-xa-office-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let source = folder.join(name);
    fs::write(&source, &csv).unwrap();

    // The name in the third row is written anew.
    let header = String::from_utf8(csv).unwrap();
    let header = header.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    let headings: Vec<&str> = header.split(';').map(|heading| heading.trim_matches('"')).collect();
    let label = made.form.question("ho_ten").unwrap().label.get("vi");
    let column = headings.iter().position(|heading| *heading == label).unwrap();
    let edited = Command::new(python)
        .arg("-B")
        .arg("tests/office/edit.py")
        .args([&source, &folder])
        .args([column.to_string().as_str(), "3", "Người Được Sửa"])
        .output()
        .unwrap();
    assert!(edited.status.success(), "{}", String::from_utf8_lossy(&edited.stderr));

    let mut expected = answers(collector.dataset().current());
    let third = collector.dataset().current()[2].root.clone();
    expected.get_mut(&third).unwrap().insert("ho_ten".into(), "Người Được Sửa".into());
    for saved in ["saved.csv", "saved.xlsx"] {
        let back = collected(&made.form, &folder.join(saved));
        let found = answers(back.dataset().current());
        for (root, answers) in &expected {
            assert_eq!(found.get(root), Some(answers), "{root} in {saved}");
        }
        assert_eq!(found.len(), expected.len(), "{saved}");
        let is_edited = |root: &str| back.dataset().of_root(root).next().unwrap().is_edited();
        assert!(is_edited(&third), "{saved}");
        let honest = made.dataset.current().into_iter().filter(|row| !row.is_edited());
        let changed: Vec<&str> =
            honest.map(|row| row.root.as_str()).filter(|root| is_edited(root)).collect();
        assert_eq!(changed, [third.as_str()], "{saved}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What people may write that a spreadsheet would run.
const DANGEROUS: [&str; 10] = [
    "=1+1",
    "+84 912 345 678",
    "-3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    " =1+1",
    "\"=1+1",
    "'=1+1",
    "\u{feff}=cmd|' /C calc'!A0",
];

#[test]
fn whatever_people_write_is_a_text_in_libreoffice_and_comes_back_from_it() {
    let Some(python) = python() else {
        eprintln!("NOT CHECKED: without LibreOffice and its Python no file was opened by it");
        return;
    };
    let made = generated::campaign(6, 8);
    let rows = made.dataset.current().into_iter().zip(DANGEROUS).map(|(row, text)| {
        let mut row = row.clone();
        row.answers.set("ho_ten", text);
        row.seal();
        row
    });
    let collector = Collector::new((*made.form).clone(), rows);
    let folder = std::env::temp_dir().join(format!("phieu-xa-look-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (roster, now) = (Roster::default(), Timestamp::from_millis(1.8e12));
    let mut files = Vec::new();
    for profile in [Profile::Data, Profile::Excel] {
        let (name, bytes) = collector
            .export(&ExportWanted::plain(Export::Dataset, profile, Language::Vi), &roster, now)
            .unwrap();
        fs::write(folder.join(&name), bytes).unwrap();
        files.push(folder.join(name));
    }
    let plan = PlanWanted { filter: Filter::default(), planning: Planning::default(), shown: None };
    let (campaign, official) = (Campaign::default(), Registry::default());
    let mut making = collector.begin_book(&campaign, &official, &plan, Language::Vi, now).unwrap();
    while making.go_on().unwrap() {}
    fs::write(folder.join("ket-qua.xlsx"), making.finish().unwrap().1).unwrap();
    files.push(folder.join("ket-qua.xlsx"));

    let form = &made.form;
    let label = form.question("ho_ten").unwrap().label.get("vi");
    for language in ["vi-VN", "en-US"] {
        let looked = Command::new(python)
            .arg("-B")
            .arg("tests/office/look.py")
            .args([&folder.to_string_lossy(), language])
            .args(&files)
            .output()
            .unwrap();
        assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stderr));
        let found: Vec<serde_json::Value> = serde_json::from_slice(&looked.stdout).unwrap();
        for (file, found) in files.iter().zip(&found) {
            assert_eq!(found["formulas"], 0, "{} in {language}", file.display());
            let named = found["sheets"].as_object().unwrap().values().find_map(|sheet| {
                let headings = sheet[0].as_array().unwrap();
                let column = headings.iter().position(|h| h == "ho_ten" || h == label)?;
                let cells = sheet.as_array().unwrap()[1..].iter();
                let texts = cells.map(|row| row[column].as_str().unwrap().to_owned());
                Some(texts.collect::<Vec<String>>())
            });
            let texts = named.unwrap();
            for text in DANGEROUS {
                let text = text.trim();
                let is_it = |cell: &String| unguarded(cell.trim()) == text;
                assert!(texts.iter().any(is_it), "{text:?} in {} of {texts:?}", file.display());
            }
        }
        assert_eq!(found[2]["charts"], 2, "the ranking and the map");
        // Blanks around an answer are not read.
        let mut expected = answers(collector.dataset().current());
        let names = expected.values_mut().filter_map(|answers| answers.get_mut("ho_ten"));
        names.for_each(|name| *name = name.trim().to_owned());
        for file in &files {
            let saved = format!("{}-{language}.xlsx", file.display());
            let back = collected(form, Path::new(&saved));
            let mut found = answers(back.dataset().current());
            // Of a CSV it takes a first apostrophe for its own; of a person's that is lost.
            for (root, answers) in &mut found {
                let before = expected.get(root).and_then(|before| before.get("ho_ten"));
                if before.is_some_and(|name| name.starts_with('\'')) {
                    answers.extend(before.map(|name| ("ho_ten".to_owned(), name.clone())));
                }
            }
            assert_eq!(found, expected, "{saved}");
            let edited = back.dataset().current().iter().filter(|row| row.is_edited()).count();
            let changed = |text: &&&str| text.trim() != **text || text.starts_with('\'');
            assert!(edited <= DANGEROUS.iter().filter(changed).count(), "{saved}: {edited}");
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}
