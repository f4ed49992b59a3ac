use super::*;
use crate::domain::form::{Kind, Question};
use crate::domain::measure::margin::Margin;
use crate::domain::response::tests::response;
use crate::domain::roster::{Side, Unit};
use crate::domain::timestamp::Timestamp;

fn form() -> Form {
    let mut form = Form::default();
    let roles =
        [("u", Role::Unit), ("p", Role::Post), ("c", Role::ConcurrentPosts), ("a", Role::Area)];
    for (name, role) in roles {
        let question = Question::of_kind(Kind::Text);
        form.add_question(Question { name: name.into(), role: Some(role), ..question });
    }
    form
}

/// Three units with a secretary and two deputies each; nobody chairs the council by that alone.
fn roster() -> Roster {
    let mut roster = Roster::of_posts(["bt", "pct", "ct"].map(str::to_owned));
    for (code, name) in [("1", "Xã A"), ("2", "Xã B"), ("3", "Phường C")] {
        roster.units.push(Unit { code: code.into(), name: name.into(), ..Unit::default() });
    }
    roster.set_default(1, Side::Quota, Some(2));
    roster.set_default(1, Side::Actual, Some(2));
    roster
}

fn coverage(rows: &[(&str, &str, &str, &str)]) -> Coverage {
    let rows: Vec<Response> = rows
        .iter()
        .enumerate()
        .map(|(at, (unit, post, further, area))| {
            let answers = [("u", *unit), ("p", *post), ("c", *further), ("a", *area)];
            response(&at.to_string(), 1, &answers)
        })
        .collect();
    Coverage::of(&form(), &roster(), &rows)
}

#[test]
fn what_is_missing_doubled_and_unexpected_is_counted_unit_by_unit() {
    let coverage = coverage(&[
        ("1", "bt", "", ""),
        ("1", "bt", "", ""),
        ("1", "pct", "", ""),
        ("xã b", "bt", "", ""),
        ("9", "bt", "", ""),
        ("", "bt", "", ""),
        ("1", "cvp", "", ""),
        ("1", "", "", ""),
    ]);
    let cells: Vec<_> = coverage.unit(0).iter().map(|c| (c.missing(), c.doubled())).collect();
    assert_eq!(cells, [(0, 1), (1, 0), (1, 0)]);
    assert_eq!(coverage.cell(1, 0).unwrap().received, 1, "a unit that is written out is found");
    let strays: Vec<_> =
        coverage.unexpected.iter().map(|s| (s.why, s.unit.as_str(), s.roots.len())).collect();
    assert_eq!(
        strays,
        [
            (Stray::NoUnit, "", 1),
            (Stray::Unit, "9", 1),
            (Stray::NoPost, "1", 1),
            (Stray::Post, "1", 1)
        ]
    );
    let total = coverage.total();
    assert_eq!((total.asked, total.answered, total.missing(), total.doubled), (12, 3, 9, 1));
    assert_eq!(total.rate(), Some(0.25));
    assert_eq!(coverage.units_by_state(), [0, 2, 1]);
    assert_eq!(coverage.cell(7, 0), None);
}

#[test]
fn who_holds_two_posts_is_asked_once() {
    let coverage =
        coverage(&[("1", "bt", "ct bt", ""), ("1", "pct", "ct", ""), ("1", "pct", "", "")]);
    let chair = coverage.cell(0, 2).unwrap();
    assert_eq!((chair.asked(), chair.missing(), chair.doubled()), (0, 0, 0));
    assert_eq!(coverage.unit_sums(0).margin(), Margin::Everybody);
    assert_eq!(coverage.reminders().first().map(|reminder| reminder.unit), Some(1));
}

#[test]
fn the_sums_of_every_breakdown_are_those_of_the_whole() {
    let coverage = coverage(&[
        ("1", "bt", "", "nui"),
        ("1", "pct", "", "nui"),
        ("1", "pct", "", "dong_bang"),
        ("3", "bt", "", "b"),
        ("3", "pct", "", "a"),
    ]);
    let areas: Vec<&str> = (0..3).map(|unit| coverage.area(unit)).collect();
    assert_eq!(areas, ["nui", "", "a"], "the one named most; of two, the first by name");
    for by in [CoverageBy::Province, CoverageBy::Kind, CoverageBy::Area, CoverageBy::Post] {
        let groups = coverage.by(&roster(), by);
        let asked: u64 = groups.iter().map(|(_, sums)| sums.asked).sum();
        let answered: u64 = groups.iter().map(|(_, sums)| sums.answered).sum();
        assert_eq!((asked, answered), (12, 5), "{by:?}");
    }
    let kinds = coverage.by(&roster(), CoverageBy::Kind);
    assert_eq!(kinds.len(), 2);
    assert_eq!(kinds[1].1.rate(), Some(0.5), "the ward has two of four");
}

#[test]
fn a_reminder_names_each_unit_with_the_posts_that_are_missing() {
    let mut roster = roster();
    let coverage = coverage(&[
        ("1", "bt", "", ""),
        ("2", "bt", "", ""),
        ("2", "pct", "", ""),
        ("2", "pct", "", ""),
        ("2", "ct", "", ""),
    ]);
    assert_eq!(
        coverage.reminder_text(&form(), &roster, "vi"),
        "- Xã A: pct (2); ct\n- Phường C: bt; pct (2); ct\n"
    );
    for (unit, name) in [(0, "Tỉnh S"), (2, "Tỉnh T")] {
        let province = crate::domain::gazetteer::Province { code: name.into(), name: name.into() };
        roster.units[unit].province = Some(roster.province(&province));
    }
    assert_eq!(
        coverage.reminder_text(&form(), &roster, "vi"),
        "Tỉnh S\n- Xã A: pct (2); ct\n\nTỉnh T\n- Phường C: bt; pct (2); ct\n"
    );
}

#[test]
fn a_person_counts_on_the_day_of_the_first_handing_in() {
    let at = |root: &str, moment: &str| {
        let mut row = response(root, 1, &[]);
        row.submitted = Timestamp::parse(moment);
        row
    };
    let rows = [
        at("a", "2026-12-04T01:00:00Z"),
        at("a", "2026-12-02T18:30:00Z"),
        at("b", "2026-12-03T01:00:00Z"),
        at("c", "2026-12-05T01:00:00Z"),
        at("d", ""),
    ];
    let days = received_by_day(&rows, 420);
    let days: Vec<_> = days.iter().map(|d| (d.day.as_str(), d.received, d.so_far)).collect();
    assert_eq!(days, [("", 1, 1), ("2026-12-03", 2, 3), ("2026-12-05", 1, 4)]);
}
