//! What of a form is printed, in which order and with which numbers.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use phieu_xa::domain::condition::Rule;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::paper::{Block, Paper};
use phieu_xa::formats::xlsform;
use phieu_xa::forms::BuiltIn;

const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";
const CHOICES: &str = "list_name,name,label\nx,a,A\nx,b,B\n";

fn form(survey: &str) -> Form {
    let sheets = [("survey.csv", survey), ("choices.csv", CHOICES), ("settings.csv", SETTINGS)];
    xlsform::read(&sheets).unwrap().form
}

/// The names on the paper in order, with their numbers, and groups in brackets.
fn written(form: &Form, paper: &Paper, blocks: &[Block]) -> String {
    let parts = blocks.iter().map(|block| match block {
        Block::Part(part) => {
            format!("{}({})", form.groups()[part.group].name, written(form, paper, &part.blocks))
        }
        Block::Question(asked) => {
            let name = &form.questions()[asked.question].name;
            let number = paper.number(asked.question);
            number.map_or_else(|| name.clone(), |number| format!("{number}:{name}"))
        }
        Block::Ratings(table) => {
            let sections = table.sections.iter().map(|section| {
                section.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>().join("+")
            });
            format!("[{}]", sections.collect::<Vec<_>>().join("|"))
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn outline(survey: &str) -> String {
    let form = form(survey);
    let paper = Paper::of(&form);
    written(&form, &paper, &paper.blocks)
}

#[test]
fn questions_are_numbered_and_what_nobody_sees_is_left_out() {
    let survey = "type,name,label,calculation,appearance,relevant\n\
        start,s,,,,\nhidden,h,,,,\ntext,a,A,,,\nnote,n,N,,,\nnote,m,M,,screen-only,\n\
        acknowledge,c,C,,consent,\n\
        begin group,g,G,,,\ncalculate,k,,1,,\ntext,shown,S,1,,\ntext,never,X,,,false()\nend group,,,,,\n\
        begin group,w,W,,screen-only,\ntext,web,Web,,,\nend group,,,,,\n\
        select_one x,b,B,,,\n";
    assert_eq!(outline(survey), "1:a n c 2:b");
}

#[test]
fn a_repeat_is_printed_more_than_once() {
    let survey = "type,name,label,repeat_count\nbegin repeat,r,R,\ntext,a,A,\nend repeat,,,\n\
        integer,n,N,\nbegin repeat,t,T,${n}\ntext,b,B,\nend repeat,,,\n\
        begin repeat,two,Two,2\ntext,c,C,\nend repeat,,,\n";
    let form = form(survey);
    let copies = Paper::of(&form).blocks.into_iter().filter_map(|block| match block {
        Block::Part(part) => part.copies,
        _ => None,
    });
    let n = form.position("n");
    assert_eq!(copies.collect::<Vec<_>>(), [(3, None), (3, n), (2, None)]);
}

#[test]
fn digits_follow_from_what_a_number_may_be() {
    let survey = "type,name,label,constraint\ninteger,a,A,. >= 0 and . <= 45\n\
        integer,b,B,. <= 45\ninteger,c,C,\n";
    let paper = Paper::of(&form(survey));
    let digits = paper.blocks.iter().map(|block| match block {
        Block::Question(asked) => asked.digits,
        _ => None,
    });
    assert_eq!(digits.collect::<Vec<_>>(), [Some(2), None, None], "below zero has a minus");
}

#[test]
fn rules_about_what_is_not_on_the_paper_are_left_to_the_expression() {
    let survey = "type,name,label,appearance,relevant\ntext,a,A,screen-only,\n\
        text,b,B,,${a} = 'x'\n";
    let paper = Paper::of(&form(survey));
    assert_eq!(paper.rules(), [&Rule::Beyond("${a} = 'x'".to_owned())]);
}

#[test]
fn competencies_of_the_built_in_forms_are_one_table_with_a_line_each() {
    for built_in in BuiltIn::ALL {
        let form = built_in.read().unwrap().form;
        let paper = Paper::of(&form);
        let written = written(&form, &paper, &paper.blocks);
        let table = "[A1+A2+A3+A4+A5|B1+B2+B3+B4+B5+B6|C1+C2+C3+C4+C5+C6|\
            D1+D2+D3+D4+D5+D6+D7+D8+D9|E1+E2+E3+E4+E5|F1+F2+F3+F4+F5]";
        assert!(written.contains(table), "{written}");
        assert!(!written.contains("gt_luu_o_dau"), "what is said of this device is not printed");
    }
}

#[test]
fn posts_fall_into_the_classes_that_rules_name() {
    let form = BuiltIn::Needs.read().unwrap().form;
    let paper = Paper::of(&form);
    let [(question, classes)] = paper.classified().collect::<Vec<_>>()[..] else { panic!("one") };
    assert_eq!(form.questions()[question].name, "chuc_danh");
    let sizes: Vec<usize> = classes.members().iter().map(Vec::len).collect();
    assert_eq!(sizes, [4, 3, 7, 5]);
    assert_eq!(classes.of("ct_ubnd"), Some(3));
    assert_eq!(classes.covering(&classes.members()[1]), Some(vec![2]));
    assert_eq!(classes.covering(&["bt".to_owned(), "ct_hdnd".to_owned()]), None);
}
