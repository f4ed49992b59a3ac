//! How long a form takes to open, and an answer to be followed: `cargo bench`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::trivially_copy_pass_by_ref,
    reason = "a benchmark fails by panicking, and its arguments come by reference"
)]

use std::fmt::Write as _;
use std::rc::Rc;

use divan::Bencher;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::Form;
use phieu_xa::formats::xlsform;
use phieu_xa::forms::BuiltIn;
use rows::answers::Answers;

fn main() {
    divan::main();
}

fn form(rows: &str) -> Rc<Form> {
    let survey = format!("type,name,label,relevant,calculation\n{rows}");
    let settings = "form_title,form_id,version,default_language\nB,b,1,vi\n";
    let read = xlsform::read(&[("survey.csv", &survey), ("settings.csv", settings)]);
    Rc::new(read.expect("the form of a benchmark has no fault").form)
}

/// A thousand questions, every second of them asked only where the one before it says so.
fn thousand_questions() -> Rc<Form> {
    let mut rows = String::new();
    for number in (0..1000).step_by(2) {
        let relevant = format!("${{q{number}}} = 'co' or ${{q0}} > {number}");
        writeln!(rows, "text,q{number},Q,,\ninteger,q{},Q,{relevant},", number + 1).unwrap();
    }
    form(&rows)
}

/// A question, and a hundred values that follow from each other, the first from it.
fn chain_of_hundred() -> Rc<Form> {
    let mut rows = "integer,c0,C,,\n".to_owned();
    for number in 1..=100 {
        let before = number - 1;
        writeln!(rows, "calculate,c{number},,,\"if(${{c{before}}} > 0, ${{c{before}}} + 1, 0)\"")
            .unwrap();
    }
    form(&rows)
}

fn answered(form: &Rc<Form>) -> Answers {
    let names = form.questions().iter().map(|question| question.name.as_str());
    names.map(|name| (name, "1")).collect()
}

#[divan::bench]
fn opening_a_form_of_a_thousand_questions(bencher: Bencher<'_, '_>) {
    let form = thousand_questions();
    let answers = answered(&form);
    bencher
        .bench_local(|| Filled::new(Rc::clone(&form), answers.clone(), Circumstances::default()));
}

#[divan::bench]
fn an_answer_that_a_chain_of_a_hundred_follows(bencher: Bencher<'_, '_>) {
    let form = chain_of_hundred();
    let mut filled = Filled::new(form, Answers::default(), Circumstances::default());
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        filled.answer(&[("c0".to_owned(), number.to_string())], Circumstances::default());
    });
    assert_eq!(filled.value("c100"), (number + 100).to_string());
}

#[divan::bench]
fn an_answer_in_a_form_of_a_thousand_questions(bencher: Bencher<'_, '_>) {
    let form = thousand_questions();
    let answers = answered(&form);
    let mut filled = Filled::new(form, answers, Circumstances::default());
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        // All five hundred conditions depend on it.
        filled.answer(&[("q0".to_owned(), number.to_string())], Circumstances::default());
    });
}

#[divan::bench(args = BuiltIn::ALL)]
fn opening_a_built_in_form(bencher: Bencher<'_, '_>, form: &BuiltIn) {
    let form = Rc::new(form.read().unwrap().form);
    let answers = answered(&form);
    bencher
        .bench_local(|| Filled::new(Rc::clone(&form), answers.clone(), Circumstances::default()));
}

#[divan::bench(args = BuiltIn::ALL)]
fn reading_the_sheets_of_a_built_in_form(form: &BuiltIn) -> Form {
    form.read().unwrap().form
}
