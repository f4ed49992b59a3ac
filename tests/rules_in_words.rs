//! The rules of a form in words, shape by shape, and those of the built-in forms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use phieu_xa::domain::condition::{Condition, Offer, Rule};
use phieu_xa::domain::form::{Form, Item, Role};
use phieu_xa::domain::paper::Paper;
use phieu_xa::formats::xlsform;
use phieu_xa::forms::BuiltIn;
use phieu_xa::text::Language;
use phieu_xa::text::rule::Wording;

const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";
const CHOICES: &str = "list_name,name,label::vi,label::en,thuoc\n\
    co_khong,co,Có,Yes,\nco_khong,khong,Không,No,\n\
    mau,do,Đỏ,Red,\nmau,xanh,Xanh,Blue,\nmau,vang,Vàng,Yellow,\nmau,tim,Tím,Violet,\n\
    noi,ha_noi,Hà Nội,Hanoi,\nnoi,hue,Huế,Huế,\n\
    quan,ba_dinh,Ba Đình,Ba Đình,ha_noi\nquan,tay_ho,Tây Hồ,Tây Hồ,ha_noi\n\
    quan,phu_xuan,Phú Xuân,Phú Xuân,hue\n";

/// The questions that the rules of these tests speak of, then the one with the rule.
const ASKED: &str = "select_one co_khong,q1,,,\n\
    select_multiple mau,q2,,,\n\
    integer,q3,,,\n\
    text,q4,,,\n\
    select_one mau,q5,,,\n\
    select_one noi,q6,,,\n\
    integer,q7,,,\n\
    hidden,kin,,,\n\
    calculate,nua,,,${q3} div 2\n\
    calculate,loai,,,\"if(${q5} = 'do' or ${q5} = 'vang', 'nong', 'lanh')\"\n\
    calculate,nhieu,,,\"if(selected(${q2}, 'do'), 1, 0)\"\n";

fn form(rows: &str) -> Form {
    let header = "type,name,relevant,choice_filter,calculation,label";
    let lines = rows.lines().map(|row| format!("{row},\n"));
    let survey = lines.fold(format!("{header}\n"), |survey, line| survey + &line);
    let sheets = [("survey.csv", &*survey), ("choices.csv", CHOICES), ("settings.csv", SETTINGS)];
    xlsform::read(&sheets).unwrap().form
}

/// What is said of a question with that relevance.
fn said_in(language: Language, relevant: &str) -> String {
    let form = form(&format!("{ASKED}text,x,\"{relevant}\",,\n"));
    let paper = Paper::of(&form);
    let wording = Wording { language, form: &form, paper: &paper };
    let question = form.question("x").unwrap();
    let rule = Condition::of_question(&form, question);
    let sentence = wording.rule(&rule).unwrap();
    match sentence.expression {
        Some(expression) => format!("{} {expression}", sentence.words),
        None => sentence.words,
    }
}

fn said_of(relevant: &str) -> String {
    said_in(Language::Vi, relevant)
}

#[test]
fn a_choice_is_named_by_its_label() {
    assert_eq!(said_of("${q1} = 'co'"), "Chỉ trả lời nếu câu 1 chọn “Có”.");
    assert_eq!(said_in(Language::En, "${q1} = 'co'"), "Answer only if question 1 says “Yes”.");
    assert_eq!(said_of("'co' = ${q1}"), "Chỉ trả lời nếu câu 1 chọn “Có”.");
    assert_eq!(said_of("selected(${q1}, 'co')"), "Chỉ trả lời nếu câu 1 chọn “Có”.");
    assert_eq!(
        said_of("${q5} = 'do' or ${q5} = 'xanh'"),
        "Chỉ trả lời nếu câu 5 chọn “Đỏ” hoặc “Xanh”."
    );
}

#[test]
fn what_is_not_to_be_chosen_is_said_by_the_exception() {
    assert_eq!(said_of("${q5} != 'do'"), "Chỉ trả lời nếu câu 5 không chọn “Đỏ”.");
    assert_eq!(said_of("not(${q5} = 'do')"), "Chỉ trả lời nếu câu 5 không chọn “Đỏ”.");
    assert_eq!(
        said_of("${q5} != '' and ${q5} != 'do'"),
        "Chỉ trả lời nếu câu 5 chọn mục khác “Đỏ”."
    );
}

#[test]
fn one_of_several_choices_is_told_from_all_of_them() {
    assert_eq!(said_of("selected(${q2}, 'do')"), "Chỉ trả lời nếu câu 2 chọn “Đỏ”.");
    assert_eq!(
        said_of("not(selected(${q2}, 'do') or selected(${q2}, 'tim'))"),
        "Chỉ trả lời nếu câu 2 không chọn “Đỏ” hoặc “Tím”."
    );
    assert_eq!(
        said_of("selected(${q2}, 'do') and selected(${q2}, 'tim')"),
        "Chỉ trả lời nếu câu 2 chọn “Đỏ” và câu 2 chọn “Tím”."
    );
    assert_eq!(said_of("${q2} = 'do'"), "Chỉ trả lời nếu câu 2 chỉ chọn “Đỏ”.");
}

#[test]
fn an_answer_at_all_and_none_are_told() {
    for answered in ["${q4} != ''", "string-length(${q4}) > 0", "not(${q4} = '')"] {
        assert_eq!(said_of(answered), "Chỉ trả lời nếu câu 4 đã được trả lời.", "{answered}");
    }
    for answered in ["${q1} != ''", "count-selected(${q1}) > 0", "count-selected(${q1}) >= 1"] {
        assert_eq!(said_of(answered), "Chỉ trả lời nếu câu 1 đã được trả lời.", "{answered}");
    }
    assert_eq!(said_of("count-selected(${q2}) > 0"), "Chỉ trả lời nếu câu 2 đã được trả lời.");
    assert_eq!(said_of("${q4} = ''"), "Chỉ trả lời nếu câu 4 bỏ trống.");
    assert_eq!(
        said_of("count-selected(${q2}) > 0 and not(selected(${q2}, 'tim'))"),
        "Chỉ trả lời nếu câu 2 đã được trả lời và không chọn “Tím”."
    );
    assert_eq!(
        said_of("${q2} != '' and selected(${q2}, 'tim')"),
        "Chỉ trả lời nếu câu 2 chọn “Tím”."
    );
}

#[test]
fn numbers_are_compared_in_words() {
    for (relevant, words) in [
        ("${q3} > 5", "câu 3 lớn hơn 5"),
        ("${q3} >= 5.5", "câu 3 từ 5,5 trở lên"),
        ("5 > ${q3}", "câu 3 nhỏ hơn 5"),
        ("not(${q3} > 5)", "câu 3 không quá 5"),
        ("${q3} = 1000", "câu 3 bằng 1.000"),
        ("number(${q3}) != 0", "câu 3 khác 0"),
        ("${q3} < ${q7}", "câu 3 nhỏ hơn câu 7"),
        ("count-selected(${q2}) >= 2", "số mục chọn ở câu 2 từ 2 trở lên"),
        ("${q3} > 5 and ${q3} <= 9", "câu 3 lớn hơn 5 và câu 3 không quá 9"),
    ] {
        assert_eq!(said_of(relevant), format!("Chỉ trả lời nếu {words}."), "{relevant}");
    }
}

#[test]
fn and_and_or_keep_apart_what_belongs_together() {
    assert_eq!(
        said_of("${q1} = 'co' and (${q3} > 5 or ${q4} != '')"),
        "Chỉ trả lời nếu câu 1 chọn “Có” và (câu 3 lớn hơn 5 hoặc câu 4 đã được trả lời)."
    );
    assert_eq!(
        said_of("${q1} = 'co' and ${q3} > 5 and ${q4} != ''"),
        "Chỉ trả lời nếu câu 1 chọn “Có”, câu 3 lớn hơn 5 và câu 4 đã được trả lời."
    );
    assert_eq!(
        said_of("not(${q1} = 'co' and ${q3} > 5)"),
        "Chỉ trả lời nếu câu 1 không chọn “Có” hoặc câu 3 không quá 5."
    );
}

#[test]
fn a_calculation_is_followed_to_the_question_behind_it() {
    assert_eq!(said_of("${loai} = 'nong'"), "Chỉ trả lời nếu câu 5 chọn “Đỏ” hoặc “Vàng”.");
    assert_eq!(said_of("${nhieu} = 1"), "Chỉ trả lời nếu câu 2 chọn “Đỏ”.");
    assert_eq!(said_of("${nhieu} < 1"), "Chỉ trả lời nếu câu 2 không chọn “Đỏ”.");
}

#[test]
fn what_has_no_words_is_left_to_the_organiser_with_its_expression() {
    for relevant in ["${nua} > 2", "${kin} = 'a'", "today() > '2027-01-01'", "random() > 0.5"] {
        let said = said_of(relevant);
        assert!(said.starts_with("Theo hướng dẫn của người tổ chức. "), "{relevant}: {said}");
        assert!(said.ends_with(&*relevant.replace("\"\"", "\"")), "{said}");
    }
}

#[test]
fn what_a_question_before_says_already_is_not_said_again() {
    let rows = "select_one co_khong,a,,,\nselect_one mau,b,${a} = 'co',,\n\
                text,c,\"${a} = 'co' and ${b} = 'do'\",,\n";
    let form = form(rows);
    let paper = Paper::of(&form);
    let wording = Wording { language: Language::Vi, form: &form, paper: &paper };
    let rule = Condition::of_question(&form, form.question("c").unwrap());
    assert_eq!(wording.rule(&rule).unwrap().words, "Chỉ trả lời nếu câu 2 chọn “Đỏ”.");
}

#[test]
fn a_group_s_rule_is_said_at_the_group() {
    let rows = "select_one co_khong,a,,,\nbegin group,g,${a} = 'co',,\n\
                text,b,\"${a} = 'co'\",,\nend group,,,,\n";
    let form = form(rows);
    let paper = Paper::of(&form);
    let wording = Wording { language: Language::Vi, form: &form, paper: &paper };
    let Some(Item::Group(group)) = form.item("g") else { panic!("a group") };
    let rule = Condition::of_group(&form, group);
    assert_eq!(
        wording.part_rule(&rule).unwrap().words,
        "Chỉ trả lời phần này nếu câu 1 chọn “Có”."
    );
    assert_eq!(Condition::of_question(&form, form.question("b").unwrap()), Rule::ALWAYS);
}

#[test]
fn filters_are_said_or_tried() {
    let offer = |filter: &str, kind: &str| {
        let form = form(&format!("{ASKED}{kind},x,,\"{filter}\",\n"));
        let paper = Paper::of(&form);
        let wording = Wording { language: Language::Vi, form: &form, paper: &paper };
        let offer = Offer::of(&form, form.question("x").unwrap());
        match &offer {
            Offer::Always(kept) => format!("{kept:?}"),
            Offer::ByCondition(groups) => {
                let groups = groups.iter().map(|(condition, members)| {
                    format!("{} {members:?}", wording.choices_if(condition))
                });
                groups.collect::<Vec<_>>().join(" ")
            }
            other => wording.offer(other).unwrap().words,
        }
    };
    assert_eq!(offer("name != 'do'", "select_one mau"), "[1, 2, 3]");
    assert_eq!(offer("name != ${q5}", "select_one mau"), "Không chọn lại mục đã chọn ở câu 5.");
    assert_eq!(
        offer("selected(${q2}, name)", "rank mau"),
        "Chỉ chọn trong những mục đã chọn ở câu 2."
    );
    assert_eq!(
        offer("thuoc = ${q6}", "select_one quan"),
        "Nếu câu 6 chọn “Hà Nội”: [0, 1] Nếu câu 6 chọn “Huế”: [2]"
    );
    assert_eq!(
        offer("name = 'do' or ${q1} = 'co'", "select_one mau"),
        "Ai cũng chọn được: [0] Nếu câu 1 chọn “Có”: [1, 2, 3]"
    );
    assert_eq!(offer("name != ${nua}", "select_one mau"), "Theo hướng dẫn của người tổ chức.");
}

#[test]
fn every_rule_of_the_built_in_forms_has_words() {
    for built_in in BuiltIn::ALL {
        let form = built_in.read().unwrap().form;
        let paper = Paper::of(&form);
        for rule in paper.rules() {
            assert!(matches!(rule, Rule::When(_)), "{built_in:?}: {rule:?}");
        }
        for offer in paper.offers() {
            assert!(!matches!(offer, Offer::Beyond(_)), "{built_in:?}: {offer:?}");
        }
    }
}

#[test]
fn the_rules_of_the_built_in_self_assessment_read_well() {
    let form = BuiltIn::Needs.read().unwrap().form;
    let paper = Paper::of(&form);
    let said = |language| {
        let wording = Wording { language, form: &form, paper: &paper };
        let rules = paper.rules().into_iter().filter_map(|rule| wording.rule(rule));
        let offers = paper.offers().into_iter().filter_map(|offer| wording.offer(offer));
        rules.chain(offers).map(|sentence| sentence.words).collect::<Vec<_>>()
    };
    let vietnamese = said(Language::Vi);
    for sentence in [
        "Chỉ trả lời nếu câu 5 chọn “Có”.",
        "Chỉ trả lời nếu câu 12 chọn mục khác “Chưa qua đào tạo”.",
        "Chỉ trả lời nếu câu 20 chọn “Tiếng khác”.",
        "Chỉ trả lời nếu câu 26 không chọn “Chưa tham gia lớp nào”.",
        "Chỉ dành cho nhóm 1, 2 hoặc 3 ở câu 4.",
        "Chỉ trả lời nếu có năng lực được chấm mức quan trọng cao hơn mức làm được.",
        "Chỉ ghi mục phù hợp với câu 2.",
        "Không chọn lại mục đã chọn ở câu 4.",
        "Chỉ chọn những năng lực có mức quan trọng cao hơn mức làm được.",
    ] {
        assert!(vietnamese.iter().any(|said| said == sentence), "{sentence}: {vietnamese:#?}");
    }
    let english = said(Language::En);
    let sentence = "Answer only if question 26 does not say “I attended none”.";
    assert!(english.iter().any(|said| said == sentence), "{english:#?}");
    assert_eq!(english.len(), vietnamese.len());
}

#[test]
fn whom_a_rule_concerns_is_listed_where_they_are_few() {
    let rows = "select_one mau,chuc,,,\ntext,x,${chuc} = 'do' or ${chuc} = 'tim',,\n";
    let mut form = form(rows);
    let mut post = form.question("chuc").unwrap().clone();
    post.role = Some(Role::Post);
    let mut of_posts = Form::default();
    let colours = form.choices("mau").to_vec();
    of_posts.add_list("mau", colours);
    of_posts.add_question(post);
    of_posts.add_question(form.question("x").unwrap().clone());
    form = of_posts;
    let paper = Paper::of(&form);
    let wording = Wording { language: Language::Vi, form: &form, paper: &paper };
    let rule = Condition::of_question(&form, form.question("x").unwrap());
    assert_eq!(wording.rule(&rule).unwrap().words, "Chỉ dành cho: Đỏ; Tím.");
}
