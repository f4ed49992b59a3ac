use super::*;
use crate::domain::expression::parse;
use crate::domain::form::{Choice, Kind};
use crate::domain::localized::Localized;

fn form() -> Form {
    let mut form = Form::default();
    let choice = |name: &str| Choice::new(name, Localized::default(), []);
    form.add_list("l", ["a", "b", "c"].map(choice).to_vec());
    for (name, kind, calculation) in [
        ("one", Kind::SelectOne("l".into()), None),
        ("several", Kind::SelectMultiple("l".into()), None),
        ("number", Kind::Integer, None),
        ("first", Kind::Calculate, Some("if(${one} = 'a', 1, 2)")),
        ("second", Kind::Calculate, Some("${first} + 1")),
    ] {
        form.add_question(Question {
            name: name.into(),
            calculation: calculation.map(|text| parse(text).unwrap()),
            ..Question::of_kind(kind)
        });
    }
    form
}

fn read(text: &str) -> Option<Condition> {
    Condition::of(&form(), None, &parse(text).unwrap())
}

fn among(choices: &[&str], blank: bool) -> Condition {
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    Condition::Among { question: 0, choices, blank }
}

#[test]
fn what_hangs_on_one_choice_is_tried_with_each() {
    assert_eq!(read("${one} = 'a' or ${one} = 'c'"), Some(among(&["a", "c"], false)));
    assert_eq!(read("${one} != 'a'"), Some(among(&["b", "c"], true)));
    assert_eq!(read("string-length(${one}) = 1 and ${one} > 'x'"), Some(Condition::Never));
    assert_eq!(read("${one} = ${one}"), Some(Condition::Always));
    assert_eq!(read("${second} = 2"), Some(among(&["a"], false)));
    assert_eq!(
        read("${one} != ''"),
        Some(Condition::Answered { question: 0, holds: true }),
        "any choice will do"
    );
}

#[test]
fn what_holds_for_all_and_for_none_is_known() {
    assert_eq!(read("true()"), Some(Condition::Always));
    assert_eq!(read("1 = 2"), Some(Condition::Never));
    assert_eq!(read("false() or ${number} > 3"), read("${number} > 3"));
    assert_eq!(read("${one} = 'a' and ${one} = 'b'"), Some(Condition::Never));
}

#[test]
fn an_answer_is_needed_once() {
    assert_eq!(
        read("count-selected(${several}) > 0 and selected(${several}, 'a')"),
        read("selected(${several}, 'a')")
    );
    assert_eq!(read("not(not(selected(${several}, 'a')))"), read("selected(${several}, 'a')"));
}

#[test]
fn what_cannot_be_told_is_not_guessed() {
    for text in [
        ". > 3",
        "name = 'a'",
        "../x = 1",
        "now() > 1",
        "${number} * 2 > 3",
        "regex(${number}, '1')",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_long_chain_comes_to_an_end() {
    let chain = vec!["${number} > 1"; 400].join(" or ");
    assert_eq!(read(&chain), None);
    let short = vec!["${number} > 1"; 50].join(" or ");
    assert_eq!(read(&short), read("${number} > 1"));
}
