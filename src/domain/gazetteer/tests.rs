use super::*;

fn province(code: &str, name: &str) -> Province {
    Province { code: code.into(), name: name.into() }
}

fn unit(code: &str, name: &str, province: usize) -> CurrentUnit {
    CurrentUnit { code: code.into(), name: name.into(), province, area_km2: None, position: None }
}

fn old(code: &str, name: &str, district: usize, now: &[usize]) -> OldUnit {
    OldUnit { code: code.into(), name: name.into(), district, now: now.to_vec() }
}

/// Two provinces that became one.
fn gazetteer() -> Gazetteer {
    let district = |code: &str, name: &str, province| District {
        code: code.into(),
        name: name.into(),
        province,
    };
    Gazetteer::new(
        vec![province("19", "Tỉnh Thái Nguyên"), province("01", "Thành phố Hà Nội")],
        vec![
            unit("05443", "Phường Phan Đình Phùng", 0),
            unit("05710", "Xã Đại Từ", 0),
            unit("05788", "Xã Văn Hán", 0),
            unit("05860", "Xã Xà Phìn", 0),
            unit("00166", "Phường Phương Liên", 1),
            unit("00199", "Phường Tân Hoà", 1),
        ],
        vec![
            province("06", "Tỉnh Bắc Kạn"),
            province("19", "Tỉnh Thái Nguyên"),
            province("01", "Thành phố Hà Nội"),
        ],
        vec![
            district("058", "Thành Phố Bắc Kạn", 0),
            district("171", "Huyện Đại Từ", 1),
            district("172", "Huyện Đồng Hỷ", 1),
            district("001", "Quận Ba Đình", 2),
        ],
        vec![
            old("05710", "Thị trấn Hùng Sơn", 1, &[1]),
            old("05443", "Xã Tân Lập", 1, &[1]),
            old("05444", "Xã Tân Lập", 2, &[2]),
            old("05445", "Xã Khe Mo", 2, &[2, 0]),
            old("00001", "Phường 05", 3, &[4]),
            old("00002", "Xã Tân Lắp", 3, &[5]),
        ],
    )
}

fn named(name: &str) -> WrittenUnit {
    WrittenUnit { name: name.into(), ..WrittenUnit::default() }
}

#[test]
fn a_unit_is_found_by_its_name_however_it_is_typed() {
    let gazetteer = gazetteer();
    for typed in ["Xã Đại Từ", "xa dai tu", "Đại Từ", "X. Đại Từ", " ĐẠI  TỪ "]
    {
        assert_eq!(gazetteer.find(UnitList::Current, &named(typed)), Found::One(1), "{typed}");
    }
    for (typed, unit) in [("Xà Phìn", 3), ("Xa Phin", 3), ("Phương Liên", 4), ("Tân Hòa", 5)]
    {
        assert_eq!(gazetteer.find(UnitList::Current, &named(typed)), Found::One(unit), "{typed}");
    }
    assert_eq!(gazetteer.find(UnitList::Before2025, &named("Phường 5")), Found::One(4));
    assert_eq!(gazetteer.find(UnitList::Current, &named("Đại Tư Nhân")), Found::Nothing);
}

#[test]
fn a_spelling_tells_names_apart_that_plain_letters_do_not() {
    let gazetteer = gazetteer();
    assert_eq!(gazetteer.find(UnitList::Before2025, &named("Tân Lắp")), Found::One(5));
    let found = gazetteer.find(UnitList::Before2025, &named("tan lap"));
    assert_eq!(found, Found::Several(vec![1, 2, 5]));
}

#[test]
fn district_and_province_tell_namesakes_apart_by_name_or_code() {
    let gazetteer = gazetteer();
    for (district, unit) in [("Đồng Hỷ", 2), ("huyen dai tu", 1), ("172", 2)] {
        let written = WrittenUnit { district: district.into(), ..named("Tân Lập") };
        assert_eq!(gazetteer.find(UnitList::Before2025, &written), Found::One(unit), "{district}");
    }
    for province in ["Hà Nội", "TP. Hà Nội", "1", "01"] {
        let written = WrittenUnit { province: province.into(), ..named("tan lap") };
        assert_eq!(gazetteer.find(UnitList::Before2025, &written), Found::One(5), "{province}");
    }
}

#[test]
fn a_code_without_its_zeros_is_found_and_a_name_counts_more_than_a_code() {
    let gazetteer = gazetteer();
    let code = WrittenUnit { code: "5710".into(), ..WrittenUnit::default() };
    assert_eq!(gazetteer.find(UnitList::Current, &code), Found::One(1));
    assert_eq!(gazetteer.find(UnitList::Before2025, &code), Found::One(0));
    // The code is Đại Từ's today, but the name is of the town that had it.
    let written = WrittenUnit { code: "05710".into(), ..named("Thị trấn Hùng Sơn") };
    let placement = gazetteer.place(UnitList::Current, &written);
    assert_eq!(placement, Placement::Moved { old: 0, now: 1 });
}

#[test]
fn a_unit_that_went_over_as_a_whole_is_placed_and_a_split_one_is_asked_about() {
    let gazetteer = gazetteer();
    let place = |name: &str| gazetteer.place(UnitList::Before2025, &named(name));
    assert_eq!(place("Hùng Sơn"), Placement::Moved { old: 0, now: 1 });
    assert_eq!(place("Khe Mo"), Placement::Asked(vec![2, 0]));
    assert_eq!(place("Đại Từ"), Placement::Current(1));
    assert_eq!(place("Không Đâu"), Placement::Unknown);
    assert_eq!(gazetteer.place(UnitList::Current, &named("")), Placement::Unknown);
}

#[test]
fn namesakes_are_asked_about_unless_all_of_them_are_one_unit_today() {
    let gazetteer = gazetteer();
    let place = |name: &str, province: &str| {
        let written = WrittenUnit { province: province.into(), ..named(name) };
        gazetteer.place(UnitList::Current, &written)
    };
    assert_eq!(place("Tân Lập", "Thái Nguyên"), Placement::Asked(vec![1, 2]));
    assert_eq!(place("Tân Lắp", "Thái Nguyên"), Placement::Asked(vec![1, 2]));
    assert_eq!(place("Tân Lập", "Bắc Kạn"), Placement::Unknown);
}
