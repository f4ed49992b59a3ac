//! Two campaigns of one desk side by side: two waves, before and after training, and what others
//! say of people.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::Beside;
use phieu_xa::domain::beside::raters::Raters;
use phieu_xa::domain::beside::waves::Waves;
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::needs::Measure;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::BuiltIn;

fn form(built_in: BuiltIn) -> Form {
    built_in.read().unwrap().form
}

fn desk(form: Form, rows: &str) -> Collector {
    let read = response_csv::read(&form, "x.csv", rows.as_bytes());
    assert_eq!(read.problems, []);
    Collector::new(form, read.responses)
}

fn opening(day: &str) -> Campaign {
    Campaign { opens: day.to_owned(), ..Campaign::default() }
}

fn waves(here: &Collector, there: &Collector, measure: Measure) -> (bool, Waves) {
    let (own, other) = (opening("2026-10-01"), opening("2026-04-01"));
    let found = match here.beside(&own, (there, &other), measure) {
        Beside::Waves(is_later, found) => Some((is_later, found)),
        _ => None,
    };
    found.unwrap()
}

/// People with a code each, who rate A1 with 5 and these abilities.
fn needs_wave(wave: &str, abilities: &[u8]) -> Collector {
    let mut rows = String::from("ho_ten,imp_A1,abl_A1,_form,_root\n");
    for (at, ability) in abilities.iter().enumerate() {
        writeln!(rows, "CB-{at},5,{ability},nhu-cau,{wave}{at}").unwrap();
    }
    desk(form(BuiltIn::Needs), &rows)
}

#[test]
fn the_same_people_a_year_later_are_compared_person_by_person() {
    let before = needs_wave("a", &[1, 2, 3, 4, 1, 2, 3, 4]);
    let after = needs_wave("b", &[2, 3, 4, 5, 2, 3, 4, 4]);
    let (is_later, found) = waves(&after, &before, Measure::Gap);
    assert!(is_later);
    assert_eq!((found.people, found.same, found.unclear), ([8, 8], 8, 0));
    let same = &found.same_people.unwrap().competencies[0];
    let of_everybody = &found.everybody.competencies[0];
    let (paired, unpaired) = (same.difference.unwrap(), of_everybody.difference.unwrap());
    assert!((paired.mean + 0.875).abs() < 1e-12 && (unpaired.mean + 0.875).abs() < 1e-12);
    // By hand: differences of −1 seven times and 0 once have a standard error of 0.125.
    assert!((paired.test.t + 7.0).abs() < 1e-9, "{paired:?}");
    assert!(same.is_clear() && !of_everybody.is_clear(), "who is who makes it sure");
    let gain = found.gains[0].everybody.unwrap();
    assert_eq!((gain.gain.improved, gain.gain.same, gain.gain.worse), (7, 1, 0));
    assert!(gain.is_clear());
}

#[test]
fn every_measure_is_compared_between_waves() {
    let before = needs_wave("a", &[1, 2, 3, 4, 1, 2, 3, 4]);
    let after = needs_wave("b", &[2, 3, 4, 5, 2, 3, 4, 4]);
    for measure in [Measure::Mwds, Measure::Gap, Measure::Rds, Measure::Pni, Measure::PniModified] {
        let same = waves(&after, &before, measure).1.same_people.unwrap();
        assert!(same.competencies[0].difference.is_some(), "{measure:?}");
    }
}

#[test]
fn what_people_apply_and_how_they_remember_themselves_is_told() {
    let before = needs_wave("a", &[3, 3, 3, 3, 3, 3]);
    let after = |rows: &str| {
        let header = "ma_phieu,truoc_khi_hoc,sau_khi_hoc,muc_ap_dung,abl_A1,_form,_root\n";
        desk(form(BuiltIn::FollowUp), &format!("{header}{rows}"))
    };
    let rows = "p1,2,4,4,4,sau-boi-duong,b1\np2,2,4,3,4,sau-boi-duong,b2\n\
                p3,3,4,0,4,sau-boi-duong,b3\np4,3,3,2,4,sau-boi-duong,b4\n\
                p5,1,3,3,4,sau-boi-duong,b5\np6,na,4,,4,sau-boi-duong,b6\n";
    let found = waves(&after(rows), &before, Measure::Gap).1.applied;
    let applying = found.applying.unwrap();
    assert_eq!((applying.people, applying.of), (3, 5), "who says nothing is not counted");
    assert!((applying.interval.low - 0.2307).abs() < 1e-4, "by Wilson: {applying:?}");
    let remembered = found.remembered.unwrap();
    assert_eq!((remembered.gain.n, remembered.gain.improved), (5, 4));
    assert!((remembered.gain.mean() - 1.4).abs() < 1e-12);
    let few = waves(&after(&rows[..rows.find("p5").unwrap()]), &before, Measure::Gap).1.applied;
    assert_eq!((few.applying, few.remembered), (None, None), "four people are not told of");
}

#[test]
fn a_code_that_stands_twice_and_people_who_are_too_few_are_told() {
    let twice = "ho_ten,imp_A1,abl_A1,_form,_root\nX1,5,2,nhu-cau,a\nx1,5,2,nhu-cau,b\n";
    let after = "ho_ten,imp_A1,abl_A1,_form,_root\nX1,5,3,nhu-cau,c\n";
    let (before, after) = (desk(form(BuiltIn::Needs), twice), desk(form(BuiltIn::Needs), after));
    let (_, found) = waves(&after, &before, Measure::Gap);
    assert_eq!((found.same, found.unclear, found.same_people), (0, 1, None));
    assert_eq!(found.gains, []);
}

#[test]
fn what_a_course_taught_is_compared_with_what_it_did_not() {
    let before = needs_wave("a", &[2, 2, 3, 3, 2, 3, 2, 2, 3, 3, 2, 3]);
    let mut rows = String::from("ma_phieu,noi_dung,abl_A1,_form,_root\n");
    for (at, ability) in [4, 4, 5, 4, 4, 5, 2, 3, 3, 3, 2, 4].iter().enumerate() {
        let taught = if at < 6 { "A1 B1" } else { "B1" };
        writeln!(rows, "cb-{at},{taught},{ability},sau-boi-duong,f{at}").unwrap();
    }
    let after = desk(form(BuiltIn::FollowUp), &rows);
    // The follow-up comes after, whichever campaign is open.
    let (is_later, found) = waves(&before, &after, Measure::Shortfall);
    assert!(!is_later && found.tells_taught);
    let gain = &found.gains[0];
    let (taught, others) = (gain.taught.unwrap().gain, gain.others.unwrap().gain);
    assert_eq!((taught.n, others.n), (6, 6));
    let beyond = gain.beyond.unwrap();
    assert!((beyond.mean - (taught.mean() - others.mean())).abs() < 1e-12);
    assert!(beyond.interval.low > 0.0, "{beyond:?}");
}

fn raters(own: &Collector, others: &Collector) -> Raters {
    let found = match own.beside(&Campaign::default(), (others, &Campaign::default()), Measure::Gap)
    {
        Beside::Raters(found) => Some(found),
        _ => None,
    };
    found.unwrap()
}

#[test]
fn superiors_stand_beside_self_ratings_and_colleagues_only_from_three_on() {
    let own = needs_wave("a", &[4, 4, 5, 3, 4, 5]);
    let mut rows = String::from("nguoi_tra_loi,ma_phieu,abl_A1,_form,_root\n");
    for person in 0..6 {
        writeln!(rows, "cap_tren,CB-{person},3,danh-gia-cap-tren,s{person}").unwrap();
        let colleagues = if person == 0 { 2 } else { 3 };
        for colleague in 0..colleagues {
            let row = format!("ngang_cap,CB-{person},{},danh-gia-cap-tren", 2 + colleague);
            writeln!(rows, "{row},p{person}{colleague}").unwrap();
        }
    }
    let found = raters(&own, &desk(form(BuiltIn::ByOthers), &rows));
    let superior = found.superiors.competencies[0].found.unwrap();
    assert!((superior.own - 25.0 / 6.0).abs() < 1e-12 && (superior.other - 3.0).abs() < 1e-12);
    assert!((superior.agreement.unwrap().exact - 1.0 / 6.0).abs() < 1e-12);
    let overall = found.superiors.overall.unwrap();
    assert_eq!((overall.higher, overall.near, overall.lower), (5, 1, 0));
    assert_eq!((found.peers.people, found.peers.too_few), (5, 1), "two know of each other");
    assert!((found.peers.competencies[0].found.unwrap().other - 3.0).abs() < 1e-12);
}

#[test]
fn of_fewer_than_five_people_no_number_is_told() {
    let own = needs_wave("a", &[4, 4, 5, 3]);
    let mut rows = String::from("nguoi_tra_loi,ma_phieu,abl_A1,_form,_root\n");
    for person in 0..4 {
        writeln!(rows, "cap_tren,CB-{person},3,danh-gia-cap-tren,s{person}").unwrap();
    }
    let found = raters(&own, &desk(form(BuiltIn::ByOthers), &rows));
    assert_eq!((found.superiors.overall, found.superiors.competencies[0].found), (None, None));
}
