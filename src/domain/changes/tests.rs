use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::form::{Kind, Question};
use crate::domain::response::Response;
use crate::domain::response::tests::response;

/// A unit, a post, a value that follows from the post, and a number.
fn form() -> Form {
    let mut form = Form::default();
    for name in ["u", "p", "cu"] {
        let question = Question::of_kind(Kind::Text);
        form.add_question(Question { name: name.into(), ..question });
    }
    let calculation = crate::domain::expression::parse("concat('n-', ${p})").ok();
    let question = Question::of_kind(Kind::Calculate);
    form.add_question(Question { name: "nhom".into(), calculation, ..question });
    form.add_question(Question { name: "so".into(), ..Question::of_kind(Kind::Integer) });
    form
}

fn person(root: &str, revision: u32, unit: &str, post: &str) -> Response {
    let group = format!("n-{post}");
    response(root, revision, &[("u", unit), ("p", post), ("nhom", &group), ("so", "3")])
}

/// The responses a, b and c.
fn dataset() -> Dataset {
    let mut dataset = Dataset::default();
    for root in ["a", "b", "c"] {
        dataset.merge(person(root, 1, "1", "bt"));
    }
    dataset
}

fn entry(id: &str, change: Change) -> Entry {
    let at = Timestamp::parse("2026-12-05T08:00:00Z").unwrap();
    Entry { id: id.into(), at, change, why: "gọi điện hỏi lại".into() }
}

fn corrected(root: &str, key: &str, to: &str) -> Change {
    Change::Corrected { root: root.into(), key: key.into(), from: String::new(), to: to.into() }
}

fn decided(one: &str, other: &str, decision: Decision) -> Change {
    Change::Decided { pair: Pair::of(one, other), decision }
}

fn keep(root: &str) -> Decision {
    Decision::KeepOne { root: root.into() }
}

fn log(dataset: &Dataset, changes: impl IntoIterator<Item = Change>) -> ChangeLog {
    let mut log = ChangeLog::default();
    for (number, change) in changes.into_iter().enumerate() {
        log.add(&form(), dataset, entry(&format!("e{number}"), change)).unwrap();
    }
    log
}

fn counting(log: &ChangeLog, dataset: &Dataset) -> Vec<String> {
    let form = form();
    let effective = log.effective(&form, dataset);
    effective.counting().iter().map(|response| response.root.clone()).collect()
}

#[test]
fn a_wrong_post_is_corrected_with_what_follows_from_it_and_the_original_stays() {
    let dataset = dataset();
    let log = log(&dataset, [corrected("a", "p", "ct"), corrected("a", "p", "pct")]);
    let effective = log.effective(&form(), &dataset);
    let row = effective.row("a").unwrap();
    assert_eq!(row.response.answers.get("p"), "pct");
    assert_eq!(row.response.answers.get("nhom"), "n-pct");
    assert_eq!(row.changed_by, ["e0", "e1"]);
    assert!(!row.response.is_edited(), "the log tells of it");
    assert_eq!(dataset.of_root("a").next().unwrap().answers.get("p"), "bt");
    let said = log.entries().iter().map(|entry| match &entry.change {
        Change::Corrected { from, to, .. } => format!("{from} > {to}"),
        _ => String::new(),
    });
    assert_eq!(said.collect::<Vec<_>>(), ["bt > ct", "ct > pct"]);
}

#[test]
fn what_the_person_hands_in_later_goes_before_a_correction() {
    let mut dataset = dataset();
    let log = log(&dataset, [corrected("a", "p", "ct"), corrected("a", "u", "2")]);
    dataset.merge(person("a", 2, "1", "pct"));
    let effective = log.effective(&form(), &dataset);
    let answers = &effective.row("a").unwrap().response.answers;
    assert_eq!((answers.get("p"), answers.get("u")), ("pct", "2"));
}

#[test]
fn a_change_is_taken_back_and_so_is_taking_it_back() {
    let dataset = dataset();
    let back = |entry: &str| Change::TakenBack { entry: entry.into() };
    let aside = Change::SetAside { root: "a".into() };
    let mut log = log(&dataset, [aside]);
    assert_eq!(counting(&log, &dataset), ["b", "c"]);
    log.add(&form(), &dataset, entry("e1", back("e0"))).unwrap();
    assert_eq!(counting(&log, &dataset), ["a", "b", "c"]);
    assert!(log.taken_back().contains_key("e0"));
    assert_eq!(log.add(&form(), &dataset, entry("e2", back("e0"))), Err(ChangeFault::NoEntry));
    log.add(&form(), &dataset, entry("e3", back("e1"))).unwrap();
    assert_eq!(counting(&log, &dataset), ["b", "c"]);
    assert_eq!(log.entries().len(), 3, "nothing is struck out");
}

#[test]
fn of_two_responses_of_one_person_one_counts_or_both_together() {
    let mut dataset = dataset();
    dataset.merge(response("d", 1, &[("u", "7"), ("p", "ct"), ("so", "9"), ("cu", "x")]));
    let merge = Decision::Merge {
        into: "a".into(),
        taken: ["p", "so", "cu"].into_iter().map(str::to_owned).collect(),
    };
    let decisions = [
        decided("a", "d", merge),
        decided("b", "c", keep("c")),
        decided("a", "b", Decision::KeepBoth),
    ];
    let log = log(&dataset, decisions);
    assert_eq!(counting(&log, &dataset), ["a", "c"]);
    let effective = log.effective(&form(), &dataset);
    let answers: Vec<_> = effective.row("a").unwrap().response.answers.iter().collect();
    assert_eq!(answers, [("cu", "x"), ("nhom", "n-ct"), ("p", "ct"), ("so", "9"), ("u", "1")]);
    let gone = Standing::OnePersonWith { root: "c".into(), entry: "e1".into() };
    assert_eq!(effective.row("b").unwrap().standing, gone);
}

#[test]
fn of_several_decisions_about_a_pair_the_last_counts_and_never_is_nobody_left() {
    let dataset = dataset();
    let changed = log(&dataset, [decided("a", "b", keep("a")), decided("b", "a", keep("b"))]);
    assert_eq!(counting(&changed, &dataset), ["b", "c"]);
    let decision = changed.decision(&Pair::of("a", "b")).unwrap().1;
    assert_eq!(decision, &keep("b"));
    let round =
        [decided("a", "b", keep("a")), decided("b", "c", keep("b")), decided("c", "a", keep("c"))];
    assert_eq!(counting(&log(&dataset, round), &dataset), ["a"]);
}

#[test]
fn a_change_that_cannot_be_made_is_refused_with_the_reason() {
    let dataset = dataset();
    let mut log = ChangeLog::default();
    let mut refused = |change: Change, why: &str| {
        let entry = Entry { why: why.into(), ..entry("e", change) };
        log.add(&form(), &dataset, entry).unwrap_err()
    };
    assert_eq!(refused(corrected("a", "p", "ct"), " "), ChangeFault::NoReason);
    assert_eq!(refused(corrected("x", "p", "ct"), "r"), ChangeFault::NoResponse);
    assert_eq!(refused(corrected("a", "khac", "ct"), "r"), ChangeFault::NoQuestion);
    assert_eq!(refused(corrected("a", "p", " bt "), "r"), ChangeFault::Nothing);
    let no_number = ChangeFault::Answer(AnswerFault::NotAnInteger);
    assert_eq!(refused(corrected("a", "so", "ba"), "r"), no_number);
    assert_eq!(refused(Change::SetAside { root: "x".into() }, "r"), ChangeFault::NoResponse);
    assert_eq!(refused(decided("a", "b", keep("c")), "r"), ChangeFault::NoResponse);
    assert_eq!(refused(Change::TakenBack { entry: "e9".into() }, ""), ChangeFault::NoEntry);
    assert_eq!(log, ChangeLog::default());
}

#[test]
fn the_logs_of_two_desks_become_one_whichever_is_restored_into_which() {
    let dataset = dataset();
    let shared = log(&dataset, [corrected("a", "p", "ct")]);
    let (mut one, mut other) = (shared.clone(), shared);
    let later = |id: &str, at: &str, root: &str| Entry {
        at: Timestamp::parse(at).unwrap(),
        ..entry(id, Change::SetAside { root: root.into() })
    };
    one.add(&form(), &dataset, later("x", "2026-12-07T08:00:00Z", "b")).unwrap();
    other.add(&form(), &dataset, later("y", "2026-12-06T08:00:00Z", "c")).unwrap();
    let (left, right) = (one.clone(), other.clone());
    one.merge(&right);
    other.merge(&left);
    assert_eq!(one, other);
    assert_eq!(counting(&one, &dataset), ["a"]);
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<ChangeLog>(&json).unwrap(), one);
}

proptest! {
    #[test]
    fn however_pairs_are_decided_each_person_counts_exactly_once(
        decisions in prop::collection::vec((0..6usize, 0..6usize, 0..3u8), 0..12),
        back in prop::collection::vec(0..12usize, 0..4),
    ) {
        const ROOTS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let mut dataset = Dataset::default();
        for root in ROOTS {
            dataset.merge(person(root, 1, "1", "bt"));
        }
        let mut log = ChangeLog::default();
        for (number, (one, other, kind)) in decisions.into_iter().enumerate() {
            let (one, other) = (ROOTS[one], ROOTS[other]);
            let decision = match kind {
                0 => Decision::KeepBoth,
                1 => keep(one),
                _ => Decision::Merge { into: one.into(), taken: BTreeSet::from(["so".into()]) },
            };
            let change = decided(one, other, decision);
            if one != other {
                log.add(&form(), &dataset, entry(&format!("e{number}"), change)).unwrap();
            }
        }
        for (number, target) in back.into_iter().enumerate() {
            let change = Change::TakenBack { entry: format!("e{target}") };
            let _ = log.add(&form(), &dataset, entry(&format!("b{number}"), change));
        }
        // Whoever is tied by decisions that hold is one person, named by the smallest root.
        let mut person_of: BTreeMap<&str, &str> = ROOTS.map(|root| (root, root)).into();
        for _ in ROOTS {
            for (i, one) in ROOTS.iter().enumerate() {
                for other in &ROOTS[i + 1..] {
                    let decision = log.decision(&Pair::of(one, other));
                    if decision.is_some_and(|(_, decision)| decision.kept().is_some()) {
                        let person = person_of[one].min(person_of[other]);
                        person_of.extend([(*one, person), (*other, person)]);
                    }
                }
            }
        }
        let people: BTreeSet<&str> = person_of.values().copied().collect();
        let counting = counting(&log, &dataset);
        let counted: BTreeSet<&str> = counting.iter().map(|root| person_of[root.as_str()]).collect();
        prop_assert_eq!(counting.len(), people.len());
        prop_assert_eq!(counted, people);
    }
}
