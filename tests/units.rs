//! The official units that ship, the sample roster, and rosters read from files against them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::io::Write;

use phieu_xa::app::protocol::{RosterPreview, RosterReply, RosterRequest};
use phieu_xa::app::registry::Registry;
use phieu_xa::domain::form::Role;
use phieu_xa::domain::gazetteer::{Found, Placement, UnitKind, UnitList, WrittenUnit};
use phieu_xa::domain::problem::ProblemKind;
use phieu_xa::domain::roster::columns::{ColumnUse, PostName};
use phieu_xa::domain::roster::importing::{ImportFaultKind, UnitsWanted};
use phieu_xa::domain::roster::{Places, Roster, Side};
use phieu_xa::forms::{self, sample_roster::sample_roster, units};
use proptest::prelude::*;

fn named(name: &str, province: &str) -> WrittenUnit {
    WrittenUnit { name: name.into(), province: province.into(), ..WrittenUnit::default() }
}

fn posts() -> Vec<PostName> {
    let form = forms::needs().unwrap();
    let list = form.with_role(Role::Post).unwrap().kind.list().unwrap();
    let choices = form.choices(list).iter();
    choices
        .map(|choice| PostName {
            name: choice.name.clone(),
            labels: ["vi", "en"].map(|code| choice.label.get(code).to_owned()).into(),
        })
        .collect()
}

#[test]
fn every_unit_of_today_is_there_with_its_kind_province_area_and_place() {
    let gazetteer = units::gazetteer();
    assert_eq!(gazetteer.provinces.len(), 34);
    assert_eq!(gazetteer.units.len(), 3321);
    let count =
        |kind| gazetteer.units.iter().filter(|unit| UnitKind::of(&unit.name) == Some(kind)).count();
    assert_eq!(UnitKind::ALL.map(count), [2621, 687, 13, 0]);
    assert!(gazetteer.units.iter().all(|unit| unit.position.is_some()));
    assert_eq!(gazetteer.units.iter().filter(|unit| unit.area_km2.is_none()).count(), 2);
    let in_thai_nguyen = |unit: &&phieu_xa::domain::gazetteer::CurrentUnit| {
        gazetteer.provinces[unit.province].name == "Tỉnh Thái Nguyên"
    };
    assert_eq!(gazetteer.units.iter().filter(in_thai_nguyen).count(), 92);
}

#[test]
fn every_unit_before_has_a_district_and_became_something() {
    let gazetteer = units::gazetteer();
    assert_eq!(gazetteer.old_provinces.len(), 63);
    assert_eq!(gazetteer.old_units.len(), 10_035);
    assert!(gazetteer.old_units.iter().all(|unit| !unit.now.is_empty()));
    assert_eq!(gazetteer.old_units.iter().filter(|unit| unit.now.len() == 1).count(), 9564);
    assert!(gazetteer.old_units.iter().all(|unit| UnitKind::of(&unit.name).is_some()));
    // Special zones that were districts without communes, and one new commune.
    let reached: BTreeSet<usize> =
        gazetteer.old_units.iter().flat_map(|unit| unit.now.iter().copied()).collect();
    assert_eq!(gazetteer.units.len() - reached.len(), 5);
}

#[test]
fn every_unit_is_found_by_its_own_name_in_its_province() {
    let gazetteer = units::gazetteer();
    for (at, unit) in gazetteer.units.iter().enumerate() {
        let province = &gazetteer.provinces[unit.province].name;
        let found = gazetteer.find(UnitList::Current, &named(&unit.name, province));
        assert_eq!(found, Found::One(at), "{}, {province}", unit.name);
    }
    for (at, unit) in gazetteer.old_units.iter().enumerate() {
        let district = gazetteer.district_of(at).unwrap();
        let province = &gazetteer.old_provinces[district.province].name;
        let written =
            WrittenUnit { district: district.name.clone(), ..named(&unit.name, province) };
        let found = gazetteer.find(UnitList::Before2025, &written);
        assert_eq!(found, Found::One(at), "{}, {}, {province}", unit.name, district.name);
    }
}

#[test]
fn an_old_unit_leads_to_one_of_today_or_to_a_question() {
    let gazetteer = units::gazetteer();
    let (mut moved, mut asked) = (0, 0);
    for old in &gazetteer.old_units {
        let district = &gazetteer.districts[old.district];
        let written = WrittenUnit {
            code: old.code.clone(),
            name: old.name.clone(),
            district: district.name.clone(),
            province: gazetteer.old_provinces[district.province].name.clone(),
        };
        match gazetteer.place(UnitList::Before2025, &written) {
            Placement::Moved { now, .. } => {
                assert_eq!(old.now, [now]);
                moved += 1;
            }
            Placement::Asked(units) => {
                assert_eq!(old.now, units);
                asked += 1;
            }
            other => panic!("{written:?}: {other:?}"),
        }
    }
    assert_eq!((moved, asked), (9564, 471));
}

#[test]
fn the_sample_adds_up_to_the_published_table() {
    let roster = sample_roster();
    assert_eq!(roster, sample_roster());
    assert_eq!(roster.units.len(), 177);
    assert_eq!(roster.faults(), []);
    let table: Vec<(&str, u64, u64)> = roster
        .posts
        .iter()
        .enumerate()
        .map(|(at, post)| (post.name.as_str(), roster.totals(at).quota, roster.totals(at).actual))
        .collect();
    assert_eq!(
        table,
        [
            ("bt", 177, 174),
            ("pbt_tt", 177, 175),
            ("ct_hdnd", 177, 9),
            ("pct_hdnd", 177, 174),
            ("ct_ubnd", 177, 171),
            ("pct_ubnd", 313, 294),
        ]
    );
    let known: BTreeSet<String> = posts().into_iter().map(|post| post.name).collect();
    for (at, post) in roster.posts.iter().enumerate() {
        assert!(known.contains(&post.name));
        for unit in 0..roster.units.len() {
            let Places { quota: Some(quota), actual: Some(actual) } = roster.places(unit, at)
            else {
                panic!("every cell is known");
            };
            assert!(actual <= quota && quota <= 2);
        }
    }
}

#[test]
fn the_units_of_provinces_are_picked_from_either_list() {
    let mut registry = Registry::default();
    let RosterReply::Provinces(_, provinces) =
        registry.answer(RosterRequest::Provinces(UnitList::Current))
    else {
        panic!()
    };
    assert_eq!(provinces.len(), 34);
    assert_eq!(provinces.iter().map(|(_, units)| units).sum::<usize>(), 3321);
    let mut units = |list| match registry.answer(RosterRequest::Units(list, vec!["19".into()])) {
        RosterReply::Units(roster) => roster,
        other => panic!("{other:?}"),
    };
    let now = units(UnitList::Current);
    assert_eq!((now.units.len(), now.provinces.len()), (92, 1));
    assert_eq!(now.faults(), []);
    let before = units(UnitList::Before2025);
    assert_eq!((before.units.len(), before.province_name(0)), (172, "Tỉnh Thái Nguyên"));
    assert!(before.units.iter().all(|unit| !unit.district.is_empty()));
    assert_eq!(before.faults(), []);
}

fn opened(registry: &mut Registry, name: &str, bytes: &[u8]) -> RosterPreview {
    match registry.answer(RosterRequest::Open(name.into(), bytes.to_vec(), posts())) {
        RosterReply::Preview(preview) => *preview,
        other => panic!("{other:?}"),
    }
}

fn taken(registry: &mut Registry, preview: RosterPreview) -> Roster {
    match registry.answer(RosterRequest::Take(preview.settings)) {
        RosterReply::Units(roster) => roster,
        other => panic!("{other:?}"),
    }
}

fn people(post: &str, side: Side) -> ColumnUse {
    ColumnUse::People(post.into(), side)
}

#[test]
fn a_table_with_its_columns_in_another_order_is_understood() {
    let mut registry = Registry::default();
    let csv = "Hiện có Bí thư;Tỉnh;Ghi chú;Tên xã, phường;Biên chế Bí thư;Mã xã\n\
        1;Thái Nguyên;;Đại Từ;2;5710\n0;Thái Nguyên;x;phan dinh phung;1;\n";
    let preview = opened(&mut registry, "ds.csv", csv.as_bytes());
    assert_eq!(
        preview.settings.columns,
        [
            people("bt", Side::Actual),
            ColumnUse::Province,
            ColumnUse::Nothing,
            ColumnUse::Name,
            people("bt", Side::Quota),
            ColumnUse::Code,
        ]
    );
    assert_eq!(preview.settings.units, UnitsWanted::Current);
    assert_eq!(preview.first.faults, []);
    let roster = taken(&mut registry, preview);
    let names: Vec<&str> = roster.units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Xã Đại Từ", "Phường Phan Đình Phùng"]);
    assert!(roster.units.iter().all(|unit| unit.code.len() == 5 && unit.position.is_some()));
    assert_eq!(roster.places(0, 0), Places { quota: Some(2), actual: Some(1) });
}

#[test]
fn a_workbook_made_for_people_is_understood() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "Bìa").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Biểu 2").unwrap();
    sheet.write(0, 0, "UBND TỈNH THÁI NGUYÊN").unwrap();
    sheet.write(1, 2, "BIỂU TỔNG HỢP CÁN BỘ CHỦ CHỐT").unwrap();
    for (column, heading) in [
        (0, "STT"),
        (1, "Đơn vị"),
        (2, "Bí thư Đảng ủy"),
        (4, "Phó Chủ tịch\nUBND"),
        (6, "Ghi chú"),
    ] {
        sheet.write(3, column, heading).unwrap();
    }
    for (column, part) in [(2, "Biên chế"), (3, "Hiện có"), (4, "Biên chế"), (5, "Hiện có")]
    {
        sheet.write(4, column, part).unwrap();
    }
    for (row, name) in [(5, "Xã Đại Từ"), (6, "Xã Đại Phúc")] {
        sheet.write(row, 1, name).unwrap();
        for (column, number) in [(0, row - 4), (2, 1), (3, 1), (4, 2), (5, 1)] {
            sheet.write(row, u16::try_from(column).unwrap(), number).unwrap();
        }
    }
    sheet.write(7, 1, "Tổng cộng").unwrap();
    sheet.write(7, 2, 2).unwrap();
    let mut registry = Registry::default();
    let preview = opened(&mut registry, "biểu.xlsx", &workbook.save_to_buffer().unwrap());
    assert_eq!(preview.sheet, "Biểu 2");
    let headings: Vec<&str> = preview.columns.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(
        headings[2..5],
        ["Bí thư Đảng ủy: Biên chế", "Bí thư Đảng ủy: Hiện có", "Phó Chủ tịch UBND: Biên chế"]
    );
    assert_eq!(preview.first.faults, []);
    assert_eq!(preview.first.lines, [6, 7]);
    let roster = taken(&mut registry, preview);
    assert_eq!(roster.units.len(), 2, "the sums are no unit");
    assert_eq!(roster.units[1].name, "Xã Đại Phúc");
    assert_eq!(roster.places(1, 1), Places { quota: Some(2), actual: Some(1) });
}

#[test]
fn old_names_in_a_file_are_brought_up_to_date_and_split_units_are_asked_about() {
    let gazetteer = units::gazetteer();
    let split = gazetteer.old_units.iter().position(|unit| unit.now.len() == 2).unwrap();
    let line = |old: usize| {
        let unit = &gazetteer.old_units[old];
        let district = gazetteer.district_of(old).unwrap();
        let province = &gazetteer.old_provinces[district.province];
        format!("{},{},{}\n", unit.name, district.name, province.name)
    };
    let whole =
        gazetteer.old_units.iter().position(|unit| unit.name == "Thị trấn Hùng Sơn").unwrap();
    let csv = format!("Xã,Huyện,Tỉnh\n{}{}", line(whole), line(split));
    let mut registry = Registry::default();
    let mut preview = opened(&mut registry, "cu.csv", csv.as_bytes());
    assert_eq!(preview.settings.units, UnitsWanted::OldToCurrent);
    assert_eq!(preview.first.roster.posts.len(), posts().len(), "no column speaks of posts");
    assert_eq!(preview.units, 1);
    let question = preview.first.questions[0].clone();
    assert_eq!((question.line, question.offered.len()), (3, 2));
    preview.settings.answers.insert(3, Some(question.offered[1].0.clone()));
    let roster = taken(&mut registry, preview);
    assert_eq!(roster.units.len(), 2);
    assert_eq!(roster.units[1].code, question.offered[1].0);
}

#[test]
fn answers_that_name_an_old_unit_are_placed() {
    let mut registry = Registry::default();
    let written = ["Thị trấn Hùng Sơn", "Xã Đại Từ", "Không Đâu"].map(|name| named(name, "19"));
    let request = RosterRequest::Place(UnitList::Before2025, written.into());
    let RosterReply::Placed(placed) = registry.answer(request) else { panic!() };
    assert_eq!(placed[0].old.as_deref(), Some("Thị trấn Hùng Sơn"));
    assert_eq!(placed[0].now.len(), 1);
    assert_eq!((placed[1].old.clone(), placed[1].now[0].1.as_str()), (None, "Xã Đại Từ"));
    assert_eq!(placed[2].now, []);
}

#[test]
fn ten_thousand_rows_are_read_and_twenty_thousand_are_refused() {
    let gazetteer = units::gazetteer();
    let mut csv = "Mã,Tên xã,Bí thư,Chủ tịch UBND\n".to_owned();
    for unit in gazetteer.old_units.iter().take(10_000) {
        csv.extend([&unit.code, ",", &unit.name, ",1,1\n"]);
    }
    let mut registry = Registry::default();
    let preview = opened(&mut registry, "lớn.csv", csv.as_bytes());
    assert_eq!((preview.rows, preview.settings.units), (10_000, UnitsWanted::OldToCurrent));
    let mut old = preview;
    old.settings.units = UnitsWanted::Old;
    let roster = taken(&mut registry, old);
    assert_eq!(roster.units.len(), 10_000);
    assert_eq!(roster.totals(1).quota, 10_000);

    let many = format!("Mã,Tên xã\n{}", "1,x\n".repeat(20_001));
    let reply = registry.answer(RosterRequest::Open("x.csv".into(), many.into(), posts()));
    let RosterReply::Refused(_, problem) = reply else { panic!() };
    assert_eq!(problem.kind, ProblemKind::TooManyRows(20_000));
}

#[test]
fn doubled_units_missing_codes_and_numbers_that_are_none_are_told_by_line_and_column() {
    let csv = "Mã,Tên xã,Bí thư\n5710,Đại Từ,một\n,Đại Từ,1\n,Xã Chưa Có,-2\n,,\n,,5\n";
    let mut registry = Registry::default();
    let preview = opened(&mut registry, "sai.csv", csv.as_bytes());
    let faults: Vec<_> = preview
        .first
        .faults
        .iter()
        .map(|fault| (fault.line, fault.column.as_ref().map(|column| column.number), &fault.kind))
        .collect();
    assert_eq!(
        faults,
        [
            (2, Some(3), &ImportFaultKind::NotANumber("một".into())),
            (3, None, &ImportFaultKind::UnitTwice(2)),
            (4, Some(3), &ImportFaultKind::NotANumber("-2".into())),
            (4, None, &ImportFaultKind::MissingCode("Xã Chưa Có".into())),
            (6, None, &ImportFaultKind::NoUnit),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_file_breaks_the_reader(
        lines in prop::collection::vec(
            "(Mã|Tên xã|Bí thư|Tổng|Đại Từ|[0-9]{1,12}|[;,\"\t ]|.){0,12}", 0..12
        ),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        uses in prop::collection::vec(0usize..6, 0..8),
    ) {
        let mut registry = Registry::default();
        for file in [lines.join("\n").into_bytes(), bytes] {
            let reply = registry.answer(RosterRequest::Open("x".into(), file, posts()));
            if let RosterReply::Preview(mut preview) = reply {
                preview.settings.columns = uses
                    .iter()
                    .map(|number| match ColumnUse::OF_UNITS.get(*number) {
                        Some(column) => column.clone(),
                        None => people("bt", Side::Actual),
                    })
                    .collect();
                for units in UnitsWanted::ALL {
                    preview.settings.units = units;
                    registry.answer(RosterRequest::Take(preview.settings.clone()));
                }
            }
        }
    }
}

#[test]
fn what_is_no_table_is_refused_as_what_it_is() {
    let mut registry = Registry::default();
    let mut refused = |bytes: &[u8]| match registry.answer(RosterRequest::Open(
        "x".into(),
        bytes.to_vec(),
        posts(),
    )) {
        RosterReply::Refused(_, problem) => problem.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(b""), ProblemKind::Empty);
    assert_eq!(refused("Mã,Tên xã\n".as_bytes()), ProblemKind::NoRows);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0"), ProblemKind::NotText);
    assert_eq!(refused("Mã,Tên\n1,\"x\n".as_bytes()), ProblemKind::QuoteNotClosed);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"x").unwrap();
    assert_eq!(refused(&zip.finish().unwrap().into_inner()), ProblemKind::NotText);
}
