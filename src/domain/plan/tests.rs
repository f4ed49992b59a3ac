use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU16, NonZeroU64};
use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::domain::form::{Choice, Competency, DOMAIN_LIST, Kind, Question, Rating, Scale};
use crate::domain::gazetteer::Position;
use crate::domain::localized::Localized;
use crate::domain::measure::class_sizes::ClassBounds;
use crate::domain::response::tests::response;

thread_local! {
    static FORM: Rc<Form> = Rc::new(small_form());
}

fn form() -> Rc<Form> {
    FORM.with(Rc::clone)
}

/// Posts of four families; two domains, of which every post needs level 4, the secretary more.
fn small_form() -> Form {
    let text = |text: &str| Localized::new([("vi".to_owned(), text.to_owned())]);
    let mut form = Form::default();
    let families = [
        ("dang", &["bt", "cn_ubkt"][..]),
        ("hdnd", &["pct_hdnd"]),
        ("ubnd", &["ct_ubnd", "pct_ubnd", "cvp"]),
        ("mttq", &["ct_mttq"]),
    ];
    let posts = families.iter().flat_map(|(family, posts)| {
        let column = || [("nhom".to_owned(), (*family).to_owned())];
        posts.iter().map(move |post| Choice::new(post, text(post), column()))
    });
    form.add_list("chuc_danh", posts.collect());
    let domains = [("B", "Lãnh đạo, quản lý"), ("F", "Số, tự học")];
    let domains = domains.map(|(name, label)| Choice::new(name, text(label), []));
    form.add_list(DOMAIN_LIST, domains.to_vec());
    let asked = [
        ("don_vi", Role::Unit, Kind::Text),
        ("chuc_danh", Role::Post, Kind::SelectOne("chuc_danh".to_owned())),
        ("uu_tien", Role::Wishes, Kind::Rank("nang_luc".to_owned())),
        ("hinh_thuc", Role::Delivery, Kind::SelectMultiple("hinh_thuc".to_owned())),
        ("quy", Role::Quarter, Kind::SelectMultiple("quy".to_owned())),
        ("dia_diem", Role::Venue, Kind::SelectOne("dia_diem".to_owned())),
    ];
    for (name, role, kind) in asked {
        let question = Question::of_kind(kind);
        form.add_question(Question { name: name.into(), role: Some(role), ..question });
    }
    let every = families.iter().flat_map(|(_, posts)| posts.iter().copied());
    let every: Vec<&str> = every.collect();
    for code in ["B1", "B2", "B3", "B4", "B5", "B6", "F1", "F2", "F5"] {
        let mut required_levels: BTreeMap<String, u8> =
            every.iter().map(|post| ((*post).to_owned(), 4)).collect();
        if matches!(code, "B2" | "B3") {
            required_levels.insert("bt".to_owned(), 5);
        }
        form.competencies.push(Competency {
            code: code.to_owned(),
            domain: code[..1].to_owned(),
            label: text(code),
            required_levels,
            further: Vec::new(),
        });
        for (prefix, scale) in [("imp", Scale::Importance), ("abl", Scale::Ability)] {
            let rating = Some(Rating { competency: code.to_owned(), scale });
            let question = Question::of_kind(Kind::SelectOne("muc".to_owned()));
            form.add_question(Question { name: format!("{prefix}_{code}"), rating, ..question });
        }
    }
    form
}

/// Somebody of a unit and post who rates what the domain F asks for: importance 5 and this ability.
fn person(root: &str, unit: &str, post: &str, ability: u8) -> Response {
    let (ability, place) = (ability.to_string(), [("don_vi", unit), ("chuc_danh", post)]);
    let important = ["imp_F1", "imp_F2", "imp_F5"].map(|question| (question, "5"));
    let able = ["abl_F1", "abl_F2", "abl_F5"].map(|question| (question, ability.as_str()));
    let answers = [&place[..], &important, &able].concat();
    response(root, 1, &answers)
}

/// The domain F alone, or another one.
fn course(domain: &str) -> Course {
    let id = format!("k-{domain}");
    default_courses(&form(), "vi").into_iter().find(|course| course.id == id).unwrap()
}

fn bounds(floor: u64, cap: u64) -> ClassBounds {
    ClassBounds { floor, cap: NonZeroU64::new(cap).unwrap() }
}

fn with(settings: PlanSettings) -> Planning {
    Planning { settings, ..Planning::default() }
}

fn together(floor: u64, cap: u64) -> PlanSettings {
    PlanSettings { bounds: bounds(floor, cap), split: BTreeSet::new(), ..PlanSettings::default() }
}

fn plan(planning: &Planning, courses: &[Course], people: &[Response]) -> Plan {
    plan_at(planning, courses, &[], people)
}

fn plan_at(
    planning: &Planning,
    courses: &[Course],
    places: &[UnitPlace],
    people: &[Response],
) -> Plan {
    let people: Vec<&Response> = people.iter().collect();
    Plan::make(&form(), planning, courses, places, &people)
}

fn sizes(plan: &Plan) -> Vec<usize> {
    plan.courses[0].classes.iter().map(|class| class.seats.len()).collect()
}

#[test]
fn a_form_begins_with_a_course_for_each_domain() {
    let courses = default_courses(&form(), "vi");
    let names: Vec<&str> = courses.iter().map(|course| course.name.as_str()).collect();
    assert_eq!(names, ["Lãnh đạo, quản lý", "Số, tự học"]);
    let covered: usize = courses.iter().map(|course| course.covered().count()).sum();
    assert_eq!(covered, form().competencies.len(), "nothing is left out or taught twice");
}

#[test]
fn nobody_and_nothing_make_an_empty_plan() {
    let empty = plan(&Planning::default(), &[], &[]);
    assert_eq!(empty, Plan::default());
    let nobody = plan(&Planning::default(), &[course("F")], &[]);
    assert_eq!((nobody.courses[0].people, nobody.courses[0].classes.len()), (0, 0));
    assert_eq!(nobody.courses[0].cost(), None);
}

#[test]
fn who_is_below_the_required_level_by_one_or_more_in_the_mean_needs_the_course() {
    // F1, F2 and F5 ask for 4 of every post.
    let people =
        [person("a", "00127", "bt", 3), person("b", "00127", "cvp", 4), person("c", "", "bt", 1)];
    let made = plan(&with(together(1, 40)), &[course("F")], &people);
    let [class] = &made.courses[0].classes[..] else { panic!("one class") };
    let seats: Vec<_> = class.seats.iter().map(|seat| (seat.person, seat.shortfall)).collect();
    assert_eq!(seats, [(2, Some(3.0)), (0, Some(1.0))], "no unit comes first");
    assert_eq!(made.courses[0].mean_shortfall, Some(2.0));
    assert!((made.courses[0].priority - 4.0).abs() < 1e-9);
    assert!((class.gap - 12.0).abs() < 1e-9, "three competencies each");
}

#[test]
fn a_surplus_in_one_competency_makes_up_for_nothing_and_weights_count() {
    let rated = [("imp_F1", "5"), ("abl_F1", "2"), ("imp_F2", "5"), ("abl_F2", "5")];
    let one = response("a", 1, &[&[("chuc_danh", "bt")], &rated[..]].concat());
    let needs = |covers: &[(&str, u8)]| {
        let mut course = course("F");
        course.covers = covers.iter().map(|(code, percent)| ((*code).into(), *percent)).collect();
        plan(&with(together(1, 40)), &[course], std::slice::from_ref(&one)).courses[0].people
    };
    assert_eq!(needs(&[("F1", 100), ("F2", 100)]), 1, "(2 + 0) / 2 is 1");
    assert_eq!(needs(&[("F1", 49), ("F2", 51)]), 0);
    assert_eq!(needs(&[("F1", 0), ("F2", 100)]), 0, "what is covered by nothing is not covered");
    assert_eq!(needs(&[("F1", 255)]), 1, "more than all is all");
    assert_eq!(needs(&[("no such code", 100)]), 0);
}

#[test]
fn the_trainer_chooses_who_needs_a_course() {
    let rated = [("imp_F1", "5"), ("abl_F1", "2"), ("imp_F2", "5"), ("abl_F2", "5")];
    let high = response("a", 1, &rated);
    let wishing = response("b", 1, &[("uu_tien", "A1 F5")]);
    let who = |rules: &[NeedRule]| {
        let rules = rules.iter().copied().collect();
        let planning = with(PlanSettings { rules, ..together(1, 40) });
        let made = plan(&planning, &[course("F")], &[high.clone(), wishing.clone()]);
        (made.courses[0].people, made.courses[0].mean_shortfall, made.unjudged)
    };
    // Without a post there is no required level.
    assert_eq!(who(&[NeedRule::Shortfall]), (0, None, 2));
    assert_eq!(who(&[NeedRule::HighNeed]), (1, None, 2));
    assert_eq!(who(&[NeedRule::Wish]), (1, None, 2));
    assert_eq!(who(&[NeedRule::Wish, NeedRule::HighNeed]), (2, None, 2));
    assert_eq!(who(&[]), (0, None, 2));
}

#[test]
fn families_of_posts_learn_apart_and_small_ones_with_the_next() {
    let posts = ["bt", "cn_ubkt", "pct_hdnd", "ct_ubnd", "pct_ubnd", "cvp", "ct_mttq"];
    let people: Vec<Response> = posts
        .iter()
        .enumerate()
        .map(|(at, post)| person(&format!("r{at}"), &format!("u{at}"), post, 1))
        .collect();
    let split = PlanSettings { split: [Split::Family].into(), ..together(2, 40) };
    let made = plan(&with(split.clone()), &[course("F")], &people);
    let families: Vec<_> =
        made.courses[0].classes.iter().map(|class| class.families.join(" ")).collect();
    assert_eq!(families, ["dang", "hdnd ubnd mttq"]);
    assert_eq!(sizes(&made), [2, 5]);
    let online = PlanSettings { too_few: TooFew::Online, ..split };
    let made = plan(&with(online), &[course("F")], &people);
    let classes: Vec<_> = made.courses[0]
        .classes
        .iter()
        .map(|class| (class.families.join(" "), class.is_online))
        .collect();
    let expected = [("dang", false), ("ubnd", false), ("hdnd mttq", true)];
    assert_eq!(classes, expected.map(|(families, online)| (families.to_owned(), online)));
}

#[test]
fn beginners_learn_apart_from_those_who_nearly_can() {
    let people: Vec<Response> =
        (0..6).map(|at| person(&format!("r{at}"), "", "bt", 1 + 2 * (at % 2))).collect();
    let planning = with(PlanSettings { split: [Split::Level].into(), ..together(2, 40) });
    let made = plan(&planning, &[course("F")], &people);
    let bands: Vec<_> = made.courses[0].classes.iter().map(|class| class.bands.clone()).collect();
    assert_eq!(bands, [vec![Band::Near], vec![Band::Far]]);
}

#[test]
fn units_near_each_other_learn_together_and_a_small_place_goes_to_the_next() {
    let place = |code: &str, latitude: f64, longitude: f64| UnitPlace {
        code: code.into(),
        name: code.into(),
        province: "Thái Nguyên".into(),
        position: Some(Position { latitude, longitude }),
    };
    // Two to the west, two to the east, 200 km apart; one far to the north.
    let places = [
        place("w1", 21.5, 105.0),
        place("w2", 21.6, 105.1),
        place("e1", 21.5, 107.0),
        place("e2", 21.6, 107.1),
        UnitPlace { position: None, ..place("x", 0.0, 0.0) },
    ];
    let people: Vec<Response> = ["e1", "w1", "e2", "w2", "x", "nowhere", ""]
        .iter()
        .enumerate()
        .map(|(at, unit)| person(&format!("r{at}"), unit, "bt", 1))
        .collect();
    let settings = PlanSettings { split: [Split::Place].into(), ..together(2, 40) };
    let made = plan_at(&with(settings), &[course("F")], &places, &people);
    let units: Vec<&[String]> = made.clusters.iter().map(|own| own.units.as_slice()).collect();
    assert_eq!(units, [&["nowhere"][..], &["w1", "w2"], &["e1", "e2"], &["x"], &[]]);
    assert!(made.clusters[1].across_km.is_some_and(|km| (10.0..20.0).contains(&km)));
    assert_eq!(made.clusters[3].across_km, None);
    let clusters: Vec<_> =
        made.courses[0].classes.iter().map(|class| class.clusters.clone()).collect();
    assert_eq!(clusters, [vec![0, 1], vec![2], vec![3, 4]]);
}

#[test]
fn a_unit_is_never_emptied_where_there_is_another_week() {
    // Two of one unit need the same course, in two classes: they go in different weeks.
    let people: Vec<Response> =
        (0..4).map(|at| person(&format!("r{at}"), ["u", "v"][at / 2], "bt", 1)).collect();
    let made = plan(&with(together(1, 2)), &[course("F")], &people);
    assert_eq!(made.clashes, []);
    for class in &made.courses[0].classes {
        let units: BTreeSet<&str> =
            class.seats.iter().map(|seat| made.people[seat.person].unit.as_str()).collect();
        assert_eq!(units, ["u", "v"].into());
    }
    // With one week it cannot be, and in one class neither: it is said.
    let tight = PlanSettings { weeks: 1, ..together(1, 2) };
    let made = plan(&with(tight), &[course("F")], &people);
    let away = made.clashes.iter().map(|clash| match clash {
        Clash::UnitAway { unit, week, people, classes } => (&**unit, *week, *people, classes.len()),
        other => panic!("{other:?}"),
    });
    let away: Vec<_> = away.collect();
    assert_eq!(away, [("u", 1, 2, 2), ("v", 1, 2, 2)]);
    let one = plan(&with(together(1, 40)), &[course("F")], &people);
    assert_eq!(one.clashes.len(), 2);
}

#[test]
fn who_is_alone_in_a_unit_may_go_and_it_is_said_how_many_these_are() {
    let people = [person("a", "u", "bt", 1), person("b", "v", "bt", 1), person("c", "", "bt", 1)];
    let made = plan(&with(together(1, 40)), &[course("F")], &people);
    assert_eq!((made.clashes.len(), made.single_units), (0, 2));
}

#[test]
fn nobody_is_in_two_classes_in_one_week_and_a_class_without_a_week_is_told() {
    let rated = ["B1", "B2", "B3", "B4", "B5", "B6", "F1", "F2", "F5"];
    let names: Vec<String> = rated.iter().map(|code| format!("abl_{code}")).collect();
    let mut answers: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    answers.push(("chuc_danh", "bt"));
    let people = [response("a", 1, &answers)];
    let courses = [course("B"), course("F")];
    let made = plan(&with(together(1, 40)), &courses, &people);
    let weeks: Vec<_> = made.courses.iter().map(|own| own.classes[0].week).collect();
    assert_eq!((weeks, made.clashes), (vec![Some(1), Some(2)], Vec::new()));
    assert_eq!(made.courses[0].course, "k-B", "the one that makes up for more comes first");
    let tight = PlanSettings { weeks: 1, ..together(1, 40) };
    let made = plan(&with(tight), &courses, &people);
    let class = ClassId { course: "k-F".into(), number: 1 };
    assert_eq!(made.clashes, [Clash::NoWeek(class)]);
    let long = Course { days: 6, ..course("F") };
    let made = plan(&with(together(1, 40)), &[course("B"), long], &people);
    assert_eq!((made.courses[1].classes[0].week, made.courses[1].weeks()), (Some(2), Some((2, 3))));
}

#[test]
fn no_more_classes_are_held_at_once_than_there_are_rooms() {
    let people: Vec<Response> =
        (0..6).map(|at| person(&format!("r{at}"), &format!("u{at}"), "bt", 1)).collect();
    let most_at_once = NonZeroU16::new(2);
    let settings = PlanSettings { weeks: 2, most_at_once, ..together(1, 1) };
    let made = plan(&with(settings), &[course("F")], &people);
    let weeks: Vec<_> = made.courses[0].classes.iter().map(|class| class.week).collect();
    assert_eq!(weeks, [Some(1), Some(2), Some(1), Some(2), None, None]);
    assert_eq!(made.clashes.len(), 2);
}

#[test]
fn courses_that_make_up_for_the_same_are_ordered_by_deadline_then_by_importance() {
    let people = [response(
        "a",
        1,
        &[("chuc_danh", "cvp"), ("imp_F1", "3"), ("abl_F1", "2"), ("imp_F2", "5"), ("abl_F2", "2")],
    )];
    let of = |id: &str, code: &str, deadline: &str| Course {
        covers: [(code.to_owned(), FULL)].into(),
        deadline: deadline.into(),
        ..Course::new(id.into(), id.into())
    };
    let order = |courses: &[Course]| -> Vec<String> {
        let made = plan(&with(together(1, 40)), courses, &people);
        made.courses.into_iter().map(|course| course.course).collect()
    };
    assert_eq!(order(&[of("one", "F1", ""), of("two", "F2", "")]), ["two", "one"]);
    let due = [of("one", "F1", "2027-06-30"), of("two", "F2", ""), of("x", "F2", "2027-01-31")];
    assert_eq!(order(&due), ["x", "one", "two"]);
}

#[test]
fn a_class_learns_as_most_of_its_people_wish_and_a_tie_is_said_to_be_one() {
    let wishing = |root: &str, quarter: &str, place: &str| {
        let mut one = person(root, "", "bt", 1);
        one.answers.set("quy", quarter);
        one.answers.set("dia_diem", place);
        one
    };
    let people =
        [wishing("a", "q1 q2", "tinh"), wishing("b", "q2", "tai_xa"), wishing("c", "", "")];
    let made = plan(&with(together(1, 40)), &[course("F")], &people);
    let wishes = &made.courses[0].classes[0].wishes;
    let quarter = Wish { chosen: vec!["q2".into()], votes: 2, answered: 2 };
    let venue = Wish { chosen: vec!["tai_xa".into(), "tinh".into()], votes: 1, answered: 2 };
    assert_eq!((&wishes.quarter, &wishes.venue), (&quarter, &venue));
    assert_eq!(wishes.delivery, Wish::default());
}

#[test]
fn costs_are_told_by_class_and_by_level_made_up_for() {
    let people: Vec<Response> = (0..3).map(|at| person(&format!("r{at}"), "", "bt", 2)).collect();
    let mut costly = course("F");
    assert_eq!(plan(&with(together(1, 2)), &[costly.clone()], &people).courses[0].cost(), None);
    (costly.cost_per_class, costly.cost_per_person) = (Some(10_000_000), Some(500_000));
    let made = plan(&with(together(1, 2)), &[costly.clone()], &people);
    let plan_of_course = &made.courses[0];
    let costs: Vec<_> = plan_of_course.classes.iter().map(|class| class.cost).collect();
    assert_eq!(costs, [Some(11_000_000), Some(10_500_000)]);
    assert_eq!(plan_of_course.cost(), Some(21_500_000));
    // Three people, three competencies, two levels each.
    assert_eq!(plan_of_course.cost_per_gap(), Some(21_500_000.0 / 18.0));
    costly.cost_per_person = Some(u64::MAX);
    assert!(plan(&with(together(1, 2)), &[costly], &people).courses[0].cost().is_some());
}

#[test]
fn what_two_courses_teach_and_what_none_teaches_is_pointed_out() {
    let people = [person("a", "", "bt", 1), person("b", "", "bt", 5)];
    let one = Course {
        covers: [("F1".to_owned(), FULL), ("F2".to_owned(), 50)].into(),
        ..Course::new("one".into(), "Một".into())
    };
    let two = Course {
        covers: [("F2".to_owned(), FULL)].into(),
        ..Course::new("two".into(), "Hai".into())
    };
    let made = plan(&with(together(1, 40)), &[one.clone(), two], &people);
    let overlap = Overlap {
        courses: ["one".into(), "two".into()],
        competencies: vec!["F2".into()],
        people: 1,
    };
    assert_eq!(made.overlaps, [overlap]);
    let uncovered = Uncovered { competency: "F5".into(), below: 1, high_need: 1 };
    assert_eq!(made.uncovered, [uncovered]);
    assert!(made.unreached.is_empty());
    // Taken out by hand, nobody reaches the person any more.
    let mut planning = with(together(1, 40));
    planning.add_move(Move::Person { course: "one".into(), root: "a".into(), to: None });
    let made = plan(&planning, &[one], &people);
    assert_eq!((made.unreached, made.courses[0].left_out.clone()), (vec![0], vec![0]));
}

#[test]
fn what_is_moved_by_hand_stays_moved_and_the_totals_follow() {
    let people: Vec<Response> =
        (0..4).map(|at| person(&format!("r{at}"), &format!("u{at}"), "bt", 1)).collect();
    let costly = Course { cost_per_person: Some(10), ..course("F") };
    let mut planning = with(together(1, 2));
    let before = plan(&planning, std::slice::from_ref(&costly), &people);
    assert_eq!(sizes(&before), [2, 2]);
    let to =
        |root: &str, to: Option<u32>| Move::Person { course: "k-F".into(), root: root.into(), to };
    planning.add_move(to("r0", None));
    planning.add_move(to("r0", Some(2)));
    assert_eq!(planning.moves.len(), 1, "the last one holds");
    planning.add_move(to("r2", None));
    let second = ClassId { course: "k-F".into(), number: 2 };
    planning.add_move(Move::Week { class: second.clone(), week: 7 });
    let made = plan(&planning, std::slice::from_ref(&costly), &people);
    assert_eq!((sizes(&made), &made.courses[0].left_out), (vec![0, 3], &vec![2]));
    let class = &made.courses[0].classes[1];
    assert_eq!((class.week, class.is_week_moved, class.cost), (Some(7), true, Some(30)));
    assert_eq!(made.courses[0].classes[0].cost, Some(0), "nobody comes");
    assert!(class.seats.iter().any(|seat| seat.is_moved && seat.person == 0));
    assert_eq!(made.courses[0].cost(), Some(30));
    assert_eq!(made.idle_moves, []);
}

#[test]
fn a_move_that_cannot_be_done_any_more_is_told_and_not_lost() {
    let people = [person("a", "u", "bt", 1), person("b", "u", "bt", 5)];
    let mut planning = with(together(1, 40));
    let to = |course: &str, root: &str, to| Move::Person {
        course: course.into(),
        root: root.into(),
        to,
    };
    let week = |number, week| Move::Week { class: ClassId { course: "k-F".into(), number }, week };
    for one in [
        to("gone", "a", Some(1)),
        to("k-F", "gone", Some(1)),
        to("k-F", "b", None),
        to("k-F", "a", Some(9)),
        week(9, 1),
        week(1, 99),
        to("k-F", "a", Some(1)),
    ] {
        planning.moves.push(one);
    }
    let made = plan(&planning, &[course("F")], &people);
    let why: Vec<_> = made.idle_moves.iter().map(|idle| (idle.at, idle.why)).collect();
    let expected = [
        (0, WhyIdle::NoCourse),
        (1, WhyIdle::NoPerson),
        (2, WhyIdle::NoNeed),
        (3, WhyIdle::NoClass),
        (4, WhyIdle::NoClass),
        (5, WhyIdle::NoWeek),
    ];
    assert_eq!(why, expected);
    assert_eq!(sizes(&made), [1]);
}

#[test]
fn moving_by_hand_into_one_week_is_done_and_the_clash_is_told() {
    let people: Vec<Response> = (0..2).map(|at| person(&format!("r{at}"), "u", "bt", 1)).collect();
    let mut planning = with(together(1, 1));
    let before = plan(&planning, &[course("F")], &people);
    assert_eq!(before.clashes, []);
    let class = ClassId { course: "k-F".into(), number: 2 };
    planning.add_move(Move::Week { class, week: 1 });
    let made = plan(&planning, &[course("F")], &people);
    assert!(matches!(&made.clashes[..], [Clash::UnitAway { week: 1, people: 2, .. }]));
}

#[test]
fn a_course_that_a_file_names_twice_and_settings_beyond_sense_do_no_harm() {
    let people = [person("a", "u", "bt", 1)];
    let settings = PlanSettings { weeks: u16::MAX, ..together(u64::MAX, 1) };
    let long = Course { days: u16::MAX, ..course("F") };
    let made = plan(&with(settings), &[long.clone(), long], &people);
    assert_eq!(made.courses.len(), 1);
    assert_eq!(made.courses[0].classes[0].week, Some(1));
    let none = PlanSettings { weeks: 0, ..together(0, 1) };
    assert_eq!(plan(&with(none), &[course("F")], &people).courses[0].classes[0].week, Some(1));
}

#[test]
fn the_settings_are_read_as_they_were_written_and_what_is_missing_is_usual() {
    let mut planning = with(together(3, 9));
    planning.courses = Some(vec![course("F")]);
    planning.add_move(Move::Person { course: "k-F".into(), root: "r".into(), to: Some(2) });
    let text = serde_json::to_string(&planning).unwrap();
    assert_eq!(serde_json::from_str::<Planning>(&text).unwrap(), planning);
    assert_eq!(serde_json::from_str::<Planning>("{}").unwrap(), Planning::default());
}

/// Somebody made of numbers: their unit, post and the abilities of two domains.
fn made_up(at: usize, (unit, post, first, second): (usize, usize, u8, u8)) -> Response {
    const POSTS: [&str; 6] = ["bt", "pct_hdnd", "ct_ubnd", "cvp", "ct_mttq", "khong_co"];
    let (unit, first, second) = (format!("u{unit}"), first.to_string(), second.to_string());
    let answers = [
        ("don_vi", if unit == "u0" { "" } else { &*unit }),
        ("chuc_danh", POSTS[post]),
        ("imp_F1", "5"),
        ("abl_F1", &*first),
        ("imp_B2", "5"),
        ("abl_B2", &*second),
    ];
    response(&format!("r{at:03}"), 1, &answers)
}

fn anybody() -> impl Strategy<Value = (usize, usize, u8, u8)> {
    (0usize..8, 0usize..6, 0u8..=5, 0u8..=5)
}

fn any_settings() -> impl Strategy<Value = PlanSettings> {
    let splits = prop::collection::btree_set(prop::sample::select(&Split::ALL[..]), 0..=3);
    let rules = prop::collection::btree_set(prop::sample::select(&NeedRule::ALL[..]), 1..=2);
    let bounds = (0u64..12, 1u64..12).prop_map(|(floor, cap)| bounds(floor, cap));
    let online = any::<bool>().prop_map(|on| if on { TooFew::Online } else { TooFew::Merge });
    (splits, rules, bounds, online, 1u16..8, 0u16..3).prop_map(
        |(split, rules, bounds, too_few, weeks, most)| PlanSettings {
            rules,
            bounds,
            split,
            widest_km: 30,
            too_few,
            weeks,
            most_at_once: NonZeroU16::new(most),
        },
    )
}

/// Units along a line; of some the place is not known.
fn places() -> Vec<UnitPlace> {
    let places = (1u8..8).map(|unit| UnitPlace {
        code: format!("u{unit}"),
        name: format!("Xã {unit}"),
        province: if unit < 6 { "T" } else { "" }.into(),
        position: (unit != 3)
            .then(|| Position { latitude: 21.0 + f64::from(unit) / 10.0, longitude: 105.0 }),
    });
    places.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_needs_a_course_is_in_one_class_of_it_and_sizes_are_as_bounded(
        people in prop::collection::vec(anybody(), 0..60),
        settings in any_settings(),
    ) {
        let people: Vec<Response> =
            people.into_iter().enumerate().map(|(at, own)| made_up(at, own)).collect();
        let courses = [course("F"), course("B")];
        let made = plan_at(&with(settings.clone()), &courses, &places(), &people);
        let cap = settings.bounds.cap.get();
        for own in &made.courses {
            let seats = own.classes.iter().flat_map(|class| &class.seats).map(|seat| seat.person);
            let seated: BTreeSet<usize> = seats.clone().collect();
            prop_assert_eq!(seats.count(), own.people, "nobody is lost");
            prop_assert_eq!(seated.len(), own.people, "nobody sits twice");
            // Classes of one group differ by one at most.
            let mut groups: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            for class in &own.classes {
                let key = (&class.families, &class.bands, &class.clusters, class.is_online);
                let key = format!("{key:?}");
                groups.entry(key).or_default().push(class.seats.len() as u64);
                prop_assert!(!class.seats.is_empty());
                prop_assert!(class.seats.len() as u64 <= cap);
            }
            for sizes in groups.values() {
                prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
            }
        }
    }

    #[test]
    fn no_unit_is_emptied_and_nobody_is_in_two_places_unless_it_is_told(
        people in prop::collection::vec(anybody(), 0..40),
        settings in any_settings(),
    ) {
        let people: Vec<Response> =
            people.into_iter().enumerate().map(|(at, own)| made_up(at, own)).collect();
        let courses = [course("F"), Course { days: 7, ..course("B") }];
        let made = plan_at(&with(settings.clone()), &courses, &places(), &people);
        let mut away: BTreeMap<(u16, &str), BTreeSet<usize>> = BTreeMap::new();
        let mut busy: BTreeSet<(u16, usize)> = BTreeSet::new();
        let (mut without_week, mut load) = (0, BTreeMap::<u16, u16>::new());
        for class in made.courses.iter().flat_map(|own| &own.classes) {
            let Some(first) = class.week else { without_week += 1; continue };
            prop_assert!(first + class.weeks - 1 <= settings.weeks);
            for week in first..first + class.weeks {
                *load.entry(week).or_default() += 1;
                for seat in &class.seats {
                    prop_assert!(busy.insert((week, seat.person)), "in two classes in one week");
                    let unit = made.people[seat.person].unit.as_str();
                    if !class.is_online && !unit.is_empty() {
                        away.entry((week, unit)).or_default().insert(seat.person);
                    }
                }
            }
        }
        if let Some(most) = settings.most_at_once {
            prop_assert!(load.values().all(|classes| *classes <= most.get()));
        }
        let team = |unit: &str| made.people.iter().filter(|one| one.unit == unit).count();
        let emptied: BTreeSet<(u16, &str)> = away
            .iter()
            .filter(|((_, unit), gone)| team(unit) > 1 && gone.len() == team(unit))
            .map(|(place, _)| *place)
            .collect();
        let told: BTreeSet<(u16, &str)> = made.clashes.iter().filter_map(|clash| match clash {
            Clash::UnitAway { unit, week, .. } => Some((*week, unit.as_str())),
            _ => None,
        }).collect();
        prop_assert_eq!(told, emptied);
        let no_week = made.clashes.iter().filter(|clash| matches!(clash, Clash::NoWeek(_)));
        prop_assert_eq!(no_week.count(), without_week);
    }

    #[test]
    fn the_order_of_rows_places_and_courses_makes_no_difference(
        people in prop::collection::vec(anybody(), 1..40),
        settings in any_settings(),
        turn in 0usize..40,
    ) {
        let mut rows: Vec<Response> =
            people.into_iter().enumerate().map(|(at, own)| made_up(at, own)).collect();
        let courses = [course("F"), course("B")];
        let mut planning = with(settings);
        planning.add_move(Move::Person {
            course: "k-F".into(),
            root: "r000".into(),
            to: Some(1),
        });
        let one = plan_at(&planning, &courses, &places(), &rows);
        let (length, mut turned_places) = (rows.len(), places());
        rows.rotate_left(turn % length);
        rows.reverse();
        // The same row twice is one person.
        rows.push(rows[0].clone());
        turned_places.reverse();
        let [f, b] = courses;
        let other = plan_at(&planning, &[b, f], &turned_places, &rows);
        prop_assert_eq!(one, other);
    }
}
