//! What follows from answers: repeats, occasions, chance, texts that mention answers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::domain::expression::{LocalTime, Value};
use phieu_xa::domain::filled::{Circumstances, Filled, RuleKind};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::xlsform;
use proptest::prelude::*;

const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";
const CHOICES: &str = "list_name,name,label::vi,label::en\n\
                       x,a,Đỏ,Red\nx,b,Xanh,Blue\nx,c,Vàng,Yellow\nx,d,Tím,Violet\n";

fn form(survey: &str) -> Rc<Form> {
    let sheets = [("survey.csv", survey), ("choices.csv", CHOICES), ("settings.csv", SETTINGS)];
    Rc::new(xlsform::read(&sheets).unwrap().form)
}

fn at(time: &str, language: &str) -> Circumstances {
    let moment = Timestamp::parse(time).unwrap();
    Circumstances {
        now: Some(LocalTime { moment, offset_minutes: 0 }),
        seed: 7,
        language: language.to_owned(),
    }
}

fn begun(survey: &str) -> Filled {
    Filled::begun(form(survey), at("2026-12-01T08:00:00Z", "vi"))
}

/// Answers one question, an hour later than everything before.
fn answer(filled: &mut Filled, key: &str, value: &str) {
    filled.answer(&[(key.to_owned(), value.to_owned())], at("2026-12-01T09:00:00Z", "vi"));
}

fn add(filled: &mut Filled, repeat: &str) {
    filled.add_instance(repeat, at("2026-12-01T09:00:00Z", "vi")).unwrap();
}

const COURSES: &str = "type,name,label,relevant,calculation,default,repeat_count\n\
    begin repeat,course,Course,,,,\n\
    text,title,Title,,,,\n\
    integer,days,Days,,,2,\n\
    text,why,Why so long?,${days} > 5,,,\n\
    calculate,place,,,position(..),,\n\
    calculate,before,,,\"indexed-repeat(${days}, ${course}, position(..) - 1)\",,\n\
    end repeat,,,,,,\n\
    calculate,count,,,count(${course}),,\n\
    calculate,total,,,sum(${days}),,\n\
    calculate,titles,,,\"join(', ', ${title})\",,\n\
    calculate,second,,,\"indexed-repeat(${title}, ${course}, 2)\",,\n";

#[test]
fn what_is_told_of_each_course_is_added_up() {
    let mut filled = begun(COURSES);
    assert_eq!((filled.value("course"), filled.value("total")), ("1", "2"));
    answer(&mut filled, "course[1]/title", "Kỹ năng số");
    add(&mut filled, "course");
    answer(&mut filled, "course[2]/title", "Tiếng Tày");
    answer(&mut filled, "course[2]/days", "10");
    assert_eq!((filled.value("count"), filled.value("total")), ("2", "12"));
    assert_eq!(filled.value("titles"), "Kỹ năng số, Tiếng Tày");
    assert_eq!(filled.value("second"), "Tiếng Tày");
    assert_eq!(filled.value("course[2]/place"), "2");
    assert_eq!(filled.value("course[2]/before"), "2");
    assert!(filled.is_asked("course[2]/why") && !filled.is_asked("course[1]/why"));
}

#[test]
fn an_instance_that_is_removed_takes_its_answers_with_it_and_the_others_move_up() {
    let mut filled = begun(COURSES);
    add(&mut filled, "course");
    add(&mut filled, "course");
    for (key, title) in
        [("course[1]/title", "A"), ("course[2]/title", "B"), ("course[3]/title", "C")]
    {
        answer(&mut filled, key, title);
    }
    filled.remove_instance("course", 2, at("2026-12-01T09:00:00Z", "vi"));
    assert_eq!(filled.value("titles"), "A, C");
    assert_eq!(filled.value("course"), "2");
    assert_eq!(filled.answers().get("course[3]/title"), "");
    for _ in 0..2 {
        filled.remove_instance("course", 1, at("2026-12-01T09:00:00Z", "vi"));
    }
    assert_eq!((filled.value("count"), filled.value("total")), ("0", "0"));
    filled.remove_instance("course", 1, at("2026-12-01T09:00:00Z", "vi"));
    assert_eq!(filled.value("course"), "0");
}

#[test]
fn a_number_says_how_often_is_asked_and_less_brings_nothing_to_loss() {
    let mut filled = begun(
        "type,name,label,repeat_count,relevant,calculation\n\
         integer,children,Children,,,\n\
         begin repeat,child,Child,${children},${children} < 9,\n\
         text,name,Name,,,\n\
         begin repeat,toy,Toy,string-length(${name}),,\n\
         text,colour,Colour,,,\n\
         end repeat,,,,,\n\
         end repeat,,,,,\n\
         calculate,toys,,,,count(${colour})\n",
    );
    assert_eq!(filled.field("child[1]/name"), None);
    answer(&mut filled, "children", "2");
    answer(&mut filled, "child[2]/name", "Lan");
    assert_eq!((filled.value("child"), filled.value("toys")), ("2", "3"));
    assert!(filled.field("child[2]/toy[3]/colour").is_some());
    answer(&mut filled, "children", "1");
    assert_eq!((filled.value("child"), filled.value("toys")), ("1", "0"));
    answer(&mut filled, "children", "2");
    assert_eq!(filled.value("child[2]/name"), "Lan");
    answer(&mut filled, "children", "9");
    assert_eq!((filled.value("child"), filled.value("toys")), ("", "0"));
    answer(&mut filled, "children", "1e9");
    assert_eq!(filled.value("child"), "");
}

#[test]
fn the_screens_go_through_every_instance_and_then_to_the_list_of_them() {
    let mut filled = begun(COURSES);
    add(&mut filled, "course");
    let names = |filled: &Filled| -> Vec<String> {
        filled.screens().iter().map(|screen| screen.name().to_owned()).collect()
    };
    assert_eq!(
        names(&filled),
        ["course[1]/title", "course[1]/days", "course[2]/title", "course[2]/days", "course"]
    );
    filled.remove_instance("course", 1, at("2026-12-01T09:00:00Z", "vi"));
    filled.remove_instance("course", 1, at("2026-12-01T09:00:00Z", "vi"));
    assert_eq!(names(&filled), ["course"]);
}

#[test]
fn a_calculation_with_an_occasion_waits_for_it() {
    let mut filled = begun(
        "type,name,label,calculation,trigger\n\
         integer,a,A,,\n\
         integer,b,B,,\n\
         text,copy,Copy,${a} + ${b},${a}\n\
         text,cleared,Cleared,,\"${a}, ${b}\"\n",
    );
    answer(&mut filled, "b", "1");
    assert_eq!(filled.value("copy"), "");
    answer(&mut filled, "a", "2");
    assert_eq!(filled.value("copy"), "3");
    answer(&mut filled, "b", "5");
    assert_eq!(filled.value("copy"), "3");
    answer(&mut filled, "copy", "as I say");
    answer(&mut filled, "cleared", "x");
    assert_eq!((filled.value("copy"), filled.value("cleared")), ("as I say", "x"));
    answer(&mut filled, "a", "3");
    assert_eq!((filled.value("copy"), filled.value("cleared")), ("8", ""));
}

#[test]
fn what_is_calculated_once_stays_through_closing_and_opening() {
    let survey = "type,name,label,calculation\n\
                  text,a,A,\n\
                  calculate,first,,once(now())\n\
                  calculate,each,,now()\n";
    let mut filled = begun(survey);
    let first = filled.value("first").to_owned();
    assert!(first.starts_with("2026-12-01T08:00"), "{first}");
    answer(&mut filled, "a", "x");
    assert_eq!(filled.value("first"), first);
    assert!(filled.value("each").starts_with("2026-12-01T09:00"));
    let later = at("2027-01-01T00:00:00Z", "vi");
    let reopened = Filled::new(form(survey), filled.answers().clone(), later);
    assert_eq!(reopened.value("first"), first);
}

#[test]
fn a_text_mentions_answers_and_labels_follow_the_language() {
    let mut filled = begun(
        "type,name,label::vi,label::en,calculation\n\
         select_one x,q,Màu?,Colour?,\n\
         calculate,word,,,\"jr:choice-name(${q}, '${q}')\"\n\
         text,why,Vì sao ${word}?,Why ${ word }?,\n",
    );
    answer(&mut filled, "q", "b");
    let said = |filled: &Filled| {
        let why = filled.field("why").unwrap();
        filled.text(&why.question(filled.form()).unwrap().label, why).into_owned()
    };
    assert_eq!(said(&filled), "Vì sao Xanh?");
    filled.begin_anew(at("2026-12-01T09:00:00Z", "en"));
    assert_eq!(said(&filled), "Why Blue?");
}

#[test]
fn choices_in_an_order_of_chance_keep_it_for_one_response() {
    let survey = "type,name,label,parameters\n\
                  select_one x,q,Q,randomize=true\n\
                  integer,n,N,\n\
                  select_one x,r,R,randomize=true seed=${n}\n";
    let order = |filled: &Filled, key: &str| -> Vec<String> {
        let offered = filled.offered(filled.field(key).unwrap());
        offered.into_iter().map(|choice| choice.name.clone()).collect()
    };
    let of_person = |seed| {
        let circumstances = Circumstances { seed, ..Circumstances::default() };
        order(&Filled::begun(form(survey), circumstances), "q")
    };
    assert_eq!(of_person(1), of_person(1));
    assert!((2..20).any(|seed| of_person(seed) != of_person(1)));
    let mut filled = begun(survey);
    answer(&mut filled, "n", "42");
    let first = order(&filled, "r");
    answer(&mut filled, "q", "a");
    assert_eq!(order(&filled, "r"), first);
    let mut sorted = first.clone();
    sorted.sort();
    assert_eq!(sorted, ["a", "b", "c", "d"]);
}

#[test]
fn the_author_sees_what_every_rule_comes_to() {
    let mut filled = begun(
        "type,name,label,required,relevant,constraint\n\
         integer,age,Age,yes,,. > 17\n\
         text,job,Job,,${age} > 20,\n",
    );
    answer(&mut filled, "age", "12");
    let rules = filled.rules();
    let told: Vec<_> = rules
        .iter()
        .map(|rule| (rule.key.as_str(), rule.kind, rule.value.as_ref().map(Value::truth)))
        .collect();
    assert_eq!(
        told,
        [
            ("age", RuleKind::Required, Some(true)),
            ("age", RuleKind::Constraint, Some(false)),
            ("job", RuleKind::Relevant, Some(false)),
        ]
    );
}

#[test]
fn a_computed_value_never_stands_in_the_way_of_handing_in() {
    let mut filled = begun(
        "type,name,label,calculation,required\n\
         integer,a,A,,\n\
         decimal,twice,Twice,${a} * 2,yes\n\
         integer,half,Half,${a} div 2,\n",
    );
    let faults = |filled: &Filled| -> usize {
        filled.screens().iter().map(|screen| filled.faults(screen).len()).sum()
    };
    assert_eq!((filled.value("twice"), filled.value("half"), faults(&filled)), ("", "", 0));
    answer(&mut filled, "a", "7");
    assert_eq!((filled.value("twice"), filled.value("half"), faults(&filled)), ("14", "3", 0));
}

#[test]
fn a_default_follows_from_those_before_it_and_comes_with_every_new_instance() {
    let mut filled = begun(
        "type,name,label,default,repeat_count\n\
         integer,a,A,5,\n\
         integer,b,B,${a} + 1,\n\
         integer,c,C,${nothing} + 1,\n\
         integer,nothing,N,,\n\
         begin repeat,r,R,,${b}\n\
         text,t,T,xin,\n\
         end repeat,,,,\n",
    );
    assert_eq!((filled.value("b"), filled.value("c")), ("6", ""));
    assert_eq!(filled.value("r[6]/t"), "xin");
    answer(&mut filled, "r[6]/t", "chào");
    answer(&mut filled, "b", "2");
    answer(&mut filled, "b", "7");
    assert_eq!((filled.value("r[6]/t"), filled.value("r[7]/t")), ("chào", "xin"));
}

#[test]
fn an_occasion_in_one_instance_is_none_in_another() {
    let mut filled = begun(
        "type,name,label,calculation,trigger\n\
         begin repeat,r,R,,\n\
         text,copy,Copy,'now',${c}\n\
         begin repeat,s,S,,\n\
         text,c,C,,\n\
         end repeat,,,,\n\
         end repeat,,,,\n",
    );
    add(&mut filled, "r");
    answer(&mut filled, "r[2]/s[1]/c", "x");
    assert_eq!((filled.value("r[1]/copy"), filled.value("r[2]/copy")), ("", "now"));
}

/// Questions that depend on each other in many ways.
const TANGLE: &str = "type,name,label,relevant,calculation,choice_filter,repeat_count,default\n\
    integer,a,A,,,,,\n\
    integer,b,B,${a} > 1,,,,3\n\
    calculate,c,,,${a} + ${b},,,\n\
    begin group,g,G,${c} != 7,,,,\n\
    select_one x,d,D,,,name != ${e},,\n\
    select_one x,e,E,,,,,\n\
    begin repeat,r,R,,,,,\n\
    integer,f,F,${g_on} = 'yes',,,,\n\
    calculate,h,,,${f} * position(..) + ${a},,,\n\
    end repeat,,,,,,,\n\
    end group,,,,,,,\n\
    calculate,g_on,,,\"if(${b} > 2, 'yes', 'no')\",,,\n\
    begin repeat,s,S,,,,${a},\n\
    integer,i,I,,,,,${a}\n\
    end repeat,,,,,,,\n\
    calculate,sum,,,sum(${h}) + sum(${i}) + count(${r}),,,\n";

proptest! {
    #[test]
    fn working_out_what_follows_gives_the_same_as_working_out_everything(
        steps in prop::collection::vec((0..8usize, 0..6u32), 1..25)
    ) {
        let keys = ["a", "b", "d", "e", "r[1]/f", "r[2]/f", "s[1]/i"];
        let mut filled = begun(TANGLE);
        let now = at("2026-12-01T09:00:00Z", "vi");
        for (step, value) in steps {
            match keys.get(step) {
                Some(&key) if "de".contains(key) => {
                    let choice = ["", "a", "b", "c", "d", "x"][value as usize];
                    answer(&mut filled, key, choice);
                }
                Some(key) => answer(&mut filled, key, &value.to_string()),
                None if value == 0 => filled.remove_instance("r", 1, now.clone()),
                None => { filled.add_instance("r", now.clone()); }
            }
            let anew = Filled::new(Rc::clone(filled.form()), filled.answers().clone(), now.clone());
            prop_assert_eq!(filled.response_answers(), anew.response_answers());
            prop_assert_eq!(filled.screens(), anew.screens());
        }
    }
}
