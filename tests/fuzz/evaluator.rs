//! Any expression over a small form. The first line of the input is the expression, the further
//! ones answer the questions in their order, the last of them in several instances.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use phieu_xa::domain::expression::{LocalTime, Scope, parse};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::xlsform;

const SURVEY: &str = "\
type,name,label::vi,label::en
select_one post,post,Chức danh,Post
select_multiple post,posts,Kiêm nhiệm,Further posts
integer,age,Tuổi,Age
date,born,Ngày sinh,Day of birth
dateTime,met,Buổi gặp,Meeting
text,name,Họ và tên,Name
decimal,share,Tỷ lệ,Share
";
const CHOICES: &str = "\
list_name,name,label::vi,label::en,group
post,secretary,Bí thư,Secretary,party
post,deputy,Phó bí thư,Deputy secretary,party
post,chair,Chủ tịch,Chair,people
post,7,Khác,Other,
group,party,Đảng,Party,
group,people,Chính quyền,Government,
";
const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";

static FORM: LazyLock<Form> = LazyLock::new(|| {
    let sheets = [("survey.csv", SURVEY), ("choices.csv", CHOICES), ("settings.csv", SETTINGS)];
    xlsform::read(&sheets).expect("the form has no faults").form
});

fuzz_target!(|input: &str| {
    let mut lines = input.split('\n');
    let Ok(expression) = parse(lines.next().unwrap_or_default()) else { return };
    let answers: Vec<&str> = lines.collect();
    let answer = |name: &str| {
        let place = FORM.position(name);
        place.and_then(|place| answers.get(place)).copied().unwrap_or_default()
    };
    let all = |name: &str, _: Option<&str>| match FORM.position(name) {
        Some(6) => answers.iter().skip(6).copied().collect(),
        _ => vec![answer(name)],
    };
    let choice = FORM.choices("post").get(answers.len() % 5);
    let scope = Scope::new(&FORM, &answer)
        .with_all(&all)
        .with_current(answer("name"))
        .with_positions(&[2])
        .with_language("vi")
        .with_now(LocalTime { moment: Timestamp::from_millis(1.79e12), offset_minutes: 420 })
        .with_seed(input.len() as u64);
    for scope in [scope, Scope { choice, ..scope }] {
        let value = scope.value(&expression);
        // NaN is not equal to itself, its text is.
        assert_eq!(value.text(), scope.value(&expression).text(), "the same every time");
        let _ = scope.truth(&expression);
    }
});
