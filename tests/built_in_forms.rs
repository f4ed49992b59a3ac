//! The forms that ship: nothing is wrong with them, they agree with each other, and each post is
//! asked for what is its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use phieu_xa::domain::canonical::AnswerFault;
use phieu_xa::domain::expression::LocalTime;
use phieu_xa::domain::field::Field;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::{ACKNOWLEDGED, Form, Kind, NOT_MY_TASK, Role, Scale};
use phieu_xa::domain::localized::Localized;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::{self, BuiltIn};
use rows::answers::Answers;

const LANGUAGES: [&str; 2] = ["vi", "en"];

fn built_in_forms() -> Vec<Rc<Form>> {
    BuiltIn::ALL.into_iter().map(|built_in| Rc::new(built_in.read().unwrap().form)).collect()
}

/// A form in which one question is answered.
fn answered(form: &Rc<Form>, question: &str, answer: &str) -> Filled {
    let answers: Answers = [(question, answer)].into_iter().collect();
    Filled::new(Rc::clone(form), answers, today())
}

fn posts(form: &Form) -> Vec<String> {
    let list = form.with_role(Role::Post).unwrap().kind.list().unwrap();
    form.choices(list).iter().map(|choice| choice.name.clone()).collect()
}

fn of_post(form: &Rc<Form>, post: &str) -> Filled {
    answered(form, &form.with_role(Role::Post).unwrap().name, post)
}

/// 2 December 2026, in Vietnam.
fn today() -> Circumstances {
    let moment = Timestamp::parse("2026-12-02T07:00:00Z").unwrap();
    Circumstances {
        now: Some(LocalTime { moment, offset_minutes: 7 * 60 }),
        ..Circumstances::default()
    }
}

#[test]
fn a_built_in_form_is_read_without_a_fault_or_a_warning() {
    for built_in in BuiltIn::ALL {
        let read = built_in.read().unwrap();
        assert_eq!(read.warnings, [], "{built_in:?}");
        let form = read.form;
        assert_eq!(form.id, built_in.id());
        assert_eq!(form.languages, LANGUAGES);
        assert_eq!(form.competencies.len(), 36);
        assert!(form.consent_question().is_some(), "{} asks for consent", form.id);
        assert!(!form.consent_version.is_empty() && form.minutes.is_some());
    }
    assert_eq!(forms::needs().unwrap().id, forms::NEEDS);
}

#[test]
fn every_text_of_a_built_in_form_is_there_in_both_languages() {
    for form in built_in_forms() {
        let check = |text: &Localized, place: &str| {
            let has_both = text.is_empty() || LANGUAGES.iter().all(|code| text.has(code));
            assert!(has_both, "{}: {place} lacks a language: {text:?}", form.id);
        };
        let check_filled = |text: &Localized, place: &str| {
            assert!(!text.is_empty(), "{}: {place} is empty", form.id);
            check(text, place);
        };
        check_filled(&form.title, "the title");
        for group in form.groups() {
            check_filled(&group.label, &group.name);
            check(&group.hint, &group.name);
        }
        for question in form.questions().iter().filter(|question| !question.label.is_empty()) {
            check(&question.label, &question.name);
            check(&question.hint, &question.name);
            check(&question.required_message, &question.name);
            check(&question.constraint_message, &question.name);
        }
        for competency in &form.competencies {
            check_filled(&competency.label, &competency.code);
        }
        // The names of units are names.
        for list in form.list_names().filter(|list| *list != "don_vi") {
            for choice in form.choices(list) {
                check_filled(&choice.label, &choice.name);
            }
        }
    }
}

#[test]
fn every_question_and_every_rule_has_words_of_its_own() {
    for form in built_in_forms() {
        for question in form.questions() {
            let Form { id, .. } = &*form;
            let name = &question.name;
            let is_silent = !question.kind.is_answered() || !question.label.is_empty();
            assert!(is_silent, "{id}: {name} asks nothing");
            let is_required = question.required.is_some();
            assert_eq!(is_required, !question.required_message.is_empty(), "{id}: {name}");
            let is_constrained = question.constraint.is_some();
            assert_eq!(is_constrained, !question.constraint_message.is_empty(), "{id}: {name}");
        }
    }
}

#[test]
fn a_post_is_asked_for_its_own_competencies_only() {
    for form in built_in_forms() {
        for post in posts(&form) {
            let filled = of_post(&form, &post);
            for question in form.questions() {
                let Some(rating) = &question.rating else { continue };
                let competency = form.competency_position(&rating.competency).unwrap();
                let levels = &form.competencies.get(competency).unwrap().required_levels;
                let is_own = levels.contains_key(&post);
                let is_asked = filled.is_asked(&question.name);
                assert_eq!(is_asked, is_own, "{}: {post}, {rating:?}", form.id);
            }
        }
    }
}

#[test]
fn who_answers_what_is_required_can_hand_in() {
    for form in built_in_forms() {
        for post in posts(&form) {
            let mut filled = of_post(&form, &post);
            for question in form.questions() {
                let field = filled.field(&question.name).unwrap();
                if filled.fault(field) == Some(AnswerFault::Required) {
                    let answer = some_answer(&filled, field);
                    filled.answer(&[(question.name.clone(), answer)], today());
                }
            }
            for screen in filled.screens() {
                assert_eq!(filled.faults(&screen), [], "{}", form.id);
            }
        }
    }
}

fn some_answer(filled: &Filled, field: &Field) -> String {
    let answer = match field.question(filled.form()).unwrap().kind {
        Kind::Acknowledge => ACKNOWLEDGED,
        Kind::Text => "TN-012/3",
        Kind::Date => "2026-08-31",
        _ => &filled.offered(field).first().unwrap().name,
    };
    answer.to_owned()
}

#[test]
fn every_competency_is_rated_by_ability_under_the_same_name_in_every_form() {
    for form in built_in_forms() {
        let rated = form.questions().iter().filter_map(|question| {
            let rating = question.rating.as_ref().filter(|r| r.scale == Scale::Ability)?;
            assert_eq!(question.name, format!("abl_{}", rating.competency), "{}", form.id);
            Some(rating.competency.as_str())
        });
        let codes = form.competencies.iter().map(|competency| competency.code.as_str());
        assert_eq!(rated.collect::<Vec<_>>(), codes.collect::<Vec<_>>(), "{}", form.id);
    }
}

#[test]
fn a_competency_is_called_the_same_wherever_it_stands() {
    for form in built_in_forms() {
        for competency in &form.competencies {
            let ability = form.question(&format!("abl_{}", competency.code)).unwrap();
            let group = form.groups().get(ability.group.unwrap()).unwrap();
            // With two ratings it is the heading of both, with one the question itself.
            let label = if group.is_on_one_screen() { &group.label } else { &ability.label };
            assert_eq!(*label, competency.label, "{}", form.id);
            let mut choices = form.choices("nang_luc").iter();
            let choice = choices.find(|choice| choice.name == competency.code).unwrap();
            assert_eq!(choice.label, competency.label);
        }
    }
}

#[test]
fn a_choice_of_two_forms_reads_the_same_in_both() {
    let forms = built_in_forms();
    let mut labels = BTreeMap::new();
    for form in &forms {
        let lists: BTreeSet<&str> = form.list_names().collect();
        for list in lists {
            // "Not my task" is said of oneself or of somebody else.
            for choice in form.choices(list).iter().filter(|choice| choice.name != NOT_MY_TASK) {
                let first = labels.entry((list, choice.name.as_str())).or_insert(&choice.label);
                assert_eq!(**first, choice.label, "{}: {list}", form.id);
            }
        }
    }
}

#[test]
fn competencies_to_train_or_taught_are_those_of_the_post() {
    for (built_in, name) in [(BuiltIn::ByOthers, "uu_tien"), (BuiltIn::FollowUp, "noi_dung")] {
        let form = Rc::new(built_in.read().unwrap().form);
        for post in posts(&form) {
            let filled = of_post(&form, &post);
            let own = form.competencies.iter().filter(|c| c.required_levels.contains_key(&post));
            let own: Vec<&str> = own.map(|competency| competency.code.as_str()).collect();
            let offered: Vec<&str> = filled
                .offered(filled.field(name).unwrap())
                .iter()
                .map(|choice| choice.name.as_str())
                .collect();
            assert_eq!(offered, own, "{name}: {post}");
        }
    }
}

#[test]
fn several_people_may_rate_one_but_nobody_is_followed_up_twice() {
    let roots = |built_in: BuiltIn, table: &str| {
        let form = built_in.read().unwrap().form;
        let read = response_csv::read(&form, "odk.csv", table.as_bytes());
        assert_eq!(read.problems, []);
        read.responses.into_iter().map(|response| response.root).collect::<BTreeSet<_>>().len()
    };
    let rated = "nguoi_tra_loi,ma_phieu,abl_A1\ncap_tren,TN-01,3\nngang_cap,TN-01,4\n";
    assert_eq!(roots(BuiltIn::ByOthers, rated), 2);
    let followed_up = "ma_phieu,loai_lop,abl_A1\nTN-01,so_ai,3\nTN-01,so_ai,4\n";
    assert_eq!(roots(BuiltIn::FollowUp, followed_up), 1);
}

#[test]
fn a_code_is_no_name_and_a_course_has_ended() {
    for (built_in, name, good, bad) in [
        (BuiltIn::ByOthers, "ma_phieu", "TN-012/3", "Nguyễn Văn An"),
        (BuiltIn::FollowUp, "ma_phieu", "tn012", "An Nguyen"),
        (BuiltIn::FollowUp, "ngay_ket_thuc", "2026-12-02", "2026-12-03"),
    ] {
        let form = Rc::new(built_in.read().unwrap().form);
        let fault = |value: &str| {
            let filled = answered(&form, name, value);
            filled.fault(filled.field(name).unwrap())
        };
        assert_eq!(fault(good), None, "{name}");
        assert_eq!(fault(bad), Some(AnswerFault::Constraint), "{name}");
    }
}
