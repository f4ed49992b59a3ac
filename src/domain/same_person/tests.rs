use super::*;
use crate::domain::form::{Kind, Question};
use crate::domain::response::tests::response;

/// A name, a unit, a post, twenty ratings and a value that follows from the post.
fn form() -> Form {
    let mut form = Form::default();
    for (name, role) in [("ten", Role::Person), ("u", Role::Unit), ("p", Role::Post)] {
        let question = Question::of_kind(Kind::Text);
        form.add_question(Question { name: name.into(), role: Some(role), ..question });
    }
    let calculation = crate::domain::expression::parse("${p}").ok();
    let question = Question::of_kind(Kind::Calculate);
    form.add_question(Question { name: "nhom".into(), calculation, ..question });
    for number in 0..20 {
        let question = Question::of_kind(Kind::Integer);
        form.add_question(Question { name: format!("q{number:02}"), ..question });
    }
    form
}

/// A response with this name, unit and post, and the ratings as digits.
fn person(root: &str, [name, unit, post]: [&str; 3], ratings: &str) -> Response {
    let mut row = response(root, 1, &[("ten", name), ("u", unit), ("p", post), ("nhom", post)]);
    for (number, rating) in ratings.chars().enumerate() {
        row.answers.set(&format!("q{number:02}"), rating.to_string());
    }
    row
}

fn found(people: &[Response]) -> Vec<(Pair, Vec<Sign>)> {
    let people: Vec<&Response> = people.iter().collect();
    let found = suspicions(&form(), &people).into_iter();
    found.map(|suspicion| (suspicion.pair, suspicion.signs)).collect()
}

const HERE: &str = "12345123451234512345";
const ELSE: &str = "55123444112233554321";

#[test]
fn the_same_content_under_two_roots_is_asked_about_wherever_it_comes_from() {
    let people = ["a", "b", "c"].map(|root| person(root, ["", "", ""], HERE));
    let pairs = [("a", "b"), ("a", "c")].map(|(a, b)| (Pair::of(b, a), vec![Sign::SameContent]));
    assert_eq!(found(&people), pairs);
}

#[test]
fn the_same_or_nearly_the_same_name_in_one_unit_and_post_is_asked_about() {
    let signs = |one: &str, other: &str| {
        let people = [person("a", [one, "1", "pct"], HERE), person("b", [other, "1", "pct"], ELSE)];
        found(&people).into_iter().flat_map(|(_, signs)| signs).collect::<Vec<_>>()
    };
    assert_eq!(signs("Nguyễn Văn An", "NGUYEN VAN AN"), [Sign::SameName]);
    assert_eq!(signs("Nguyễn Văn Hùng", "Nguyễn Văn Hưngg"), [Sign::NearName { letters: 1 }]);
    assert_eq!(signs("Nguyễn Hùng", "Nguyễn Văn Hùng"), [Sign::NearName { letters: 4 }]);
    assert_eq!(signs("Nguyễn Văn Hùng", "Trần Thị Mai"), []);
    assert_eq!(signs("P0001234567890", "P0001234567891"), [], "codes differ or do not");
    assert_eq!(signs("", ""), []);
}

#[test]
fn the_same_name_elsewhere_is_somebody_else() {
    let people = [
        person("a", ["Nguyễn Văn An", "1", "bt"], HERE),
        person("b", ["Nguyễn Văn An", "2", "bt"], ELSE),
        person("c", ["Nguyễn Văn An", "1", "pct"], ELSE),
    ];
    assert_eq!(found(&people), []);
}

#[test]
fn nearly_the_same_answers_in_one_unit_and_post_are_asked_about() {
    let near = HERE.replacen("12", "11", 1);
    let people = [
        person("a", ["", "1", "pct"], HERE),
        person("b", ["", "1", "pct"], &near),
        person("c", ["", "1", "pct"], ELSE),
    ];
    let sign = Sign::NearAnswers { differing: 1, compared: 20 };
    assert_eq!(found(&people), [(Pair::of("a", "b"), vec![sign])]);
}

#[test]
fn in_a_table_in_which_everybody_is_of_one_unit_two_of_one_name_are_still_found() {
    let mut people: Vec<Response> = (0..600u32)
        .map(|number| {
            let digit = |place: u32| {
                let mixed = number.wrapping_mul(2_654_435_761).wrapping_add(place * 40_503);
                char::from_digit((mixed >> 7) % 5 + 1, 10).unwrap()
            };
            let letter =
                |place: u32| char::from_u32(97 + (number / 26u32.pow(place)) % 26).unwrap();
            let name = format!("nguoi {}{}{}xx", letter(0), letter(1), letter(2)).repeat(3);
            let ratings: String = (0..20).map(digit).collect();
            person(&format!("r{number:04}"), [&name, "1", "bt"], &ratings)
        })
        .collect();
    let twice = Response { root: "z".into(), ..people[234].clone() };
    people.push(person("z", [twice.answers.get("ten"), "1", "bt"], ELSE));
    let pair = Pair::of("r0234", "z");
    assert!(found(&people).contains(&(pair, vec![Sign::SameName])));
}

#[test]
fn the_differences_are_shown_question_by_question_in_the_order_of_the_form() {
    let mut one = person("a", ["An", "1", "bt"], HERE).answers;
    let other = person("b", ["Anh", "1", "pct"], HERE).answers;
    one.set("cau_cu", "x");
    let differences = differences(&form(), &one, &other);
    let keys: Vec<&str> = differences.iter().map(|difference| difference.key.as_str()).collect();
    assert_eq!(keys, ["ten", "p", "cau_cu"], "the calculated value follows the post");
    assert_eq!(differences[0].answers, ["An", "Anh"].map(str::to_owned));
}
