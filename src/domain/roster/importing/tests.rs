use super::*;
use crate::domain::gazetteer::{CurrentUnit, District, OldUnit};

fn gazetteer() -> Gazetteer {
    let province = Province { code: "19".into(), name: "Tỉnh Thái Nguyên".into() };
    let unit = |code: &str, name: &str| CurrentUnit {
        code: code.into(),
        name: name.into(),
        province: 0,
        area_km2: Some(1.5),
        position: None,
    };
    let old = |code: &str, name: &str, now: &[usize]| OldUnit {
        code: code.into(),
        name: name.into(),
        district: 0,
        now: now.to_vec(),
    };
    Gazetteer::new(
        vec![province.clone()],
        vec![unit("05710", "Xã Đại Từ"), unit("05788", "Xã Văn Hán")],
        vec![province],
        vec![District { code: "171".into(), name: "Huyện Đại Từ".into(), province: 0 }],
        vec![
            old("05710", "Thị trấn Hùng Sơn", &[0]),
            old("05711", "Xã Bình Thuận", &[0]),
            old("05712", "Xã Khe Mo", &[1, 0]),
        ],
    )
}

fn row(line: u64, code: &str, name: &str, people: u32) -> RosterRow {
    let unit = WrittenUnit { code: code.into(), name: name.into(), ..WrittenUnit::default() };
    RosterRow {
        line,
        unit,
        people: vec![("bt".into(), Side::Quota, people)],
        ..RosterRow::default()
    }
}

fn settings(units: UnitsWanted) -> ImportSettings {
    let columns =
        vec![ColumnUse::Code, ColumnUse::Name, ColumnUse::People("bt".into(), Side::Quota)];
    ImportSettings { columns, units, ..ImportSettings::default() }
}

fn imported(rows: &[RosterRow], settings: &ImportSettings) -> Imported {
    import(rows, settings, &["bt".to_owned(), "ct".to_owned()], &gazetteer())
}

fn faults(imported: &Imported) -> Vec<(u64, &ImportFaultKind)> {
    imported.faults.iter().map(|fault| (fault.line, &fault.kind)).collect()
}

#[test]
fn units_get_their_code_and_place_from_the_list_and_posts_of_the_file_only() {
    let rows = [row(2, "", "dai tu", 3), row(3, "5788", "", 2)];
    let imported = imported(&rows, &settings(UnitsWanted::Current));
    let roster = &imported.roster;
    assert_eq!(faults(&imported), []);
    assert_eq!(roster.posts.len(), 1);
    assert_eq!(
        (roster.units[0].code.as_str(), roster.units[0].name.as_str()),
        ("05710", "Xã Đại Từ")
    );
    assert_eq!(roster.units[1].area_km2, Some(1.5));
    assert_eq!(roster.province_name(1), "Tỉnh Thái Nguyên");
    assert_eq!(roster.places(1, 0), Places { quota: Some(2), actual: None });
}

#[test]
fn doubled_empty_and_unknown_rows_are_told_by_their_lines() {
    let rows = [
        row(2, "05710", "Xã Đại Từ", 1),
        row(3, "", "Đại Từ", 1),
        row(4, "", "", 1),
        row(5, "", "Xã Nơi Khác", 1),
        row(6, "x9", "Xã Nơi Kia", 1),
        row(7, "", "xã nơi khác", 1),
    ];
    let imported = imported(&rows, &settings(UnitsWanted::Current));
    assert_eq!(imported.lines, [2, 5, 6]);
    assert_eq!(
        faults(&imported),
        [
            (3, &ImportFaultKind::UnitTwice(2)),
            (4, &ImportFaultKind::NoUnit),
            (5, &ImportFaultKind::MissingCode("Xã Nơi Khác".into())),
            (6, &ImportFaultKind::UnknownUnit("Xã Nơi Kia".into())),
            (7, &ImportFaultKind::MissingCode("xã nơi khác".into())),
            (7, &ImportFaultKind::UnitTwice(5)),
        ]
    );
}

#[test]
fn old_units_become_those_of_today_and_numbers_of_merged_ones_are_not_added_up() {
    let rows = [row(2, "05710", "Hùng Sơn", 1), row(3, "", "Bình Thuận", 1)];
    let wanted = UnitsWanted::proposed(&rows, &gazetteer());
    assert_eq!(wanted, UnitsWanted::OldToCurrent);
    let imported = imported(&rows, &settings(wanted));
    assert_eq!(imported.roster.units.len(), 1);
    assert_eq!(imported.roster.places(0, 0), Places::default());
    let moved =
        |old: &str| ImportFaultKind::Moved { old: old.into(), now: "Xã Đại Từ".into() };
    assert_eq!(
        faults(&imported),
        [
            (2, &moved("Thị trấn Hùng Sơn")),
            (3, &moved("Xã Bình Thuận")),
            (3, &ImportFaultKind::Merged { now: "Xã Đại Từ".into(), line: 2 }),
        ]
    );
}

#[test]
fn old_units_can_stay_as_they_were() {
    let rows = [row(2, "", "Hùng Sơn", 4), row(3, "05712", "", 1)];
    let imported = imported(&rows, &settings(UnitsWanted::Old));
    assert_eq!(faults(&imported), []);
    assert_eq!(imported.roster.units[0].district, "Huyện Đại Từ");
    assert_eq!(imported.roster.places(0, 0).quota, Some(4));
}

#[test]
fn a_split_unit_is_asked_about_and_comes_in_as_it_is_answered() {
    let rows = [row(2, "", "Xã Khe Mo", 2)];
    let mut settings = settings(UnitsWanted::OldToCurrent);
    let asked = imported(&rows, &settings);
    assert_eq!(asked.roster.units.len(), 0, "never guessed");
    assert_eq!(asked.questions[0].offered.len(), 2);
    assert_eq!(asked.questions[0].offered[0].1, "Xã Văn Hán, Tỉnh Thái Nguyên");
    assert_eq!(faults(&asked), [(2, &ImportFaultKind::NotAnswered("Xã Khe Mo".into()))]);

    settings.answers.insert(2, Some("05788".into()));
    let answered = imported(&rows, &settings);
    assert_eq!(answered.roster.units[0].name, "Xã Văn Hán");
    assert_eq!(answered.questions.len(), 1, "the answer can be changed");
    assert_eq!(faults(&answered), []);

    settings.answers.insert(2, Some("99999".into()));
    assert_eq!(imported(&rows, &settings).roster.units.len(), 0);
    settings.answers.insert(2, None);
    let left_out = imported(&rows, &settings);
    assert_eq!(faults(&left_out), [(2, &ImportFaultKind::LeftOut("Xã Khe Mo".into()))]);
}

#[test]
fn units_of_ones_own_come_in_as_they_are_written() {
    let mut written = row(2, "TN1", "Đại Từ", 1);
    written.kind = "thị trấn".into();
    let imported = imported(&[written], &settings(UnitsWanted::AsWritten));
    let unit = &imported.roster.units[0];
    assert_eq!((unit.code.as_str(), unit.name.as_str()), ("TN1", "Thị trấn Đại Từ"));
    assert_eq!(unit.kind(), Some(UnitKind::ThiTran));
}
