use super::*;

fn roster() -> Roster {
    let mut roster = Roster::of_posts(["bt".to_owned(), "pct".to_owned(), "cvp".to_owned()]);
    for (code, name) in [("1", "Xã A"), ("2", "Xã B"), ("3", "Phường C")] {
        roster.units.push(Unit { code: code.into(), name: name.into(), ..Unit::default() });
    }
    roster
}

#[test]
fn a_cell_that_nobody_filled_follows_the_default_of_its_post() {
    let mut roster = roster();
    roster.set(1, 1, Side::Actual, Some(0));
    roster.set_default(1, Side::Quota, Some(2));
    roster.set_default(1, Side::Actual, None);
    assert_eq!(roster.places(0, 1), Places { quota: Some(2), actual: None });
    assert_eq!(roster.places(1, 1), Places { quota: Some(2), actual: Some(0) });
    assert_eq!(roster.totals(1), Totals { quota: 6, actual: 0, expected: 4 });
    roster.set(1, 1, Side::Actual, None);
    assert_eq!(roster.units[1].places, [], "nothing is kept of a cell that follows the default");
}

#[test]
fn posts_come_and_go_with_what_units_said_of_them() {
    let mut roster = roster();
    roster.set(0, 0, Side::Quota, Some(3));
    roster.set(0, 2, Side::Quota, Some(7));
    roster.remove_post(1);
    assert_eq!(roster.places(0, 0).quota, Some(3));
    assert_eq!(roster.places(0, 1).quota, Some(7));
    roster.add_post("pct", Places::full(2));
    roster.add_post("pct", Places::full(9));
    assert_eq!(roster.posts.len(), 3);
    assert_eq!(roster.places(0, 2), Places::full(2));
    roster.remove_post(9);
    roster.set(9, 9, Side::Quota, Some(1));
}

#[test]
fn doubled_units_and_missing_codes_are_named() {
    let mut roster = roster();
    roster.units[1].code = " 1 ".into();
    roster.units[1].name = "xã a".into();
    roster.units[2].code = String::new();
    roster.units[2].name = " ".into();
    let faults: Vec<_> =
        roster.faults().into_iter().map(|fault| (fault.unit, fault.kind)).collect();
    assert_eq!(
        faults,
        [
            (1, RosterFaultKind::CodeTwice(0)),
            (1, RosterFaultKind::NameTwice(0)),
            (2, RosterFaultKind::MissingCode),
            (2, RosterFaultKind::MissingName),
        ]
    );
    roster.fill_codes();
    assert_eq!(roster.units[2].code, "dv0001");
}

#[test]
fn another_list_of_units_adds_those_that_are_new() {
    let mut roster = roster();
    let mut other = Roster::of_posts(["cvp".to_owned()]);
    let province = other.province(&Province { code: "19".into(), name: "Tỉnh T".into() });
    for code in ["3", "4"] {
        let unit = Unit { code: code.into(), province: Some(province), ..Unit::default() };
        other.units.push(unit);
    }
    other.set(1, 0, Side::Quota, Some(5));
    assert_eq!(roster.extend(&other), 1);
    assert_eq!(roster.units[3].code, "4");
    assert_eq!(roster.province_name(3), "Tỉnh T");
    assert_eq!(roster.places(3, 2), Places { quota: Some(5), actual: Some(1) });
}

#[test]
fn a_roster_is_kept_compactly_and_a_damaged_one_does_no_harm() {
    let mut roster = roster();
    roster.set(1, 1, Side::Quota, Some(2));
    let json = serde_json::to_string(&roster).unwrap();
    assert!(
        json.contains(r#"{"code":"2","name":"Xã B","places":[[null,null],[2,null]]}"#),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Roster>(&json).unwrap(), roster);
    let odd = r#"{"posts":[{"name":"a"}],"units":[{"code":"","name":"","province":7,
        "places":[[1,99999999],[2,2],[3,3]]}]}"#;
    let odd: Roster = serde_json::from_str(odd).unwrap();
    assert_eq!(odd.province_name(0), "");
    assert_eq!(odd.totals(0), Totals { quota: 1, actual: 9999, expected: 9999 });
    assert_eq!(odd.totals(5), Totals::default());
}
