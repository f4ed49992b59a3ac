//! Expressions and what they are worth, by group.

use super::*;
use crate::domain::form::{Choice, Form, Kind, Question};
use crate::domain::localized::Localized;
use crate::domain::timestamp::Timestamp;
use rows::answers::Answers;

pub(super) fn form() -> Form {
    let label = |vi: &str, en: &str| {
        Localized::new([("vi", vi), ("en", en)].map(|(l, t)| (l.into(), t.into())))
    };
    let post = |name: &str, vi: &str, en: &str, group: &str| {
        Choice::new(name, label(vi, en), [("group".to_owned(), group.to_owned())])
    };
    let mut form = Form::default();
    form.add_list(
        "post",
        vec![
            post("secretary", "Bí thư", "Secretary", "party"),
            post("deputy", "Phó bí thư", "Deputy secretary", "party"),
            post("chair", "Chủ tịch", "Chair", "people"),
        ],
    );
    let mut question = Question::of_kind(Kind::SelectOne("post".into()));
    question.name = "post".into();
    question.label = label("Chức danh", "Post");
    form.add_question(question);
    form
}

/// What the questions of the tests are answered with.
const ANSWERS: [(&str, &str); 10] = [
    ("post", "deputy"),
    ("langs", "tay nung dao"),
    ("one", "1"),
    ("half", "0.5"),
    ("none", ""),
    ("na", "na"),
    ("born", "1980-05-17"),
    ("met", "2026-12-02T14:32:05.250+07:00"),
    ("name", "  Lò   Thị Mai "),
    ("age", "34"),
];

fn evaluated(source: &str) -> Value {
    let answers: Answers = ANSWERS.into_iter().collect();
    let form = form();
    let answer = |name: &str| answers.get(name);
    let all = |name: &str, _: Option<&str>| match name {
        "age" => vec!["34", "", "7", "19"],
        "none" => Vec::new(),
        one => vec![answers.get(one)],
    };
    let moment = Timestamp::parse("2026-12-01T23:30:00Z").unwrap();
    let scope = Scope::new(&form, &answer)
        .with_all(&all)
        .with_current("a b c")
        .with_positions(&[2])
        .with_language("vi")
        .with_now(LocalTime { moment, offset_minutes: 420 })
        .with_seed(1);
    scope.value(&parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}")))
}

/// Checks the text that each expression is worth.
fn check<const N: usize>(cases: [(&str, &str); N]) {
    for (source, expected) in cases {
        assert_eq!(evaluated(source).text(), expected, "{source}");
    }
}

/// Checks the number that each expression is worth, as closely as functions of angles agree.
fn check_near<const N: usize>(cases: [(&str, f64); N]) {
    for (source, expected) in cases {
        let Value::Number(number) = evaluated(source) else { panic!("{source} is no number") };
        assert!((number - expected).abs() < 1e-12, "{source} is {number}");
    }
}

fn fault(source: &str) -> ExpressionErrorKind {
    parse(source).expect_err(source).kind
}

#[test]
fn arithmetic_and_logic_bind_as_in_xpath() {
    check([
        ("1 + 2 * 3 - 4 div 2", "5"),
        ("(1 + 2) * 3 mod 4", "1"),
        ("-7 mod 3", "-1"),
        ("- - 2", "2"),
        ("-2 + 5 = 3 and not(false())", "true"),
        ("1 = 2 or 'a' != 'b'", "true"),
        ("2 >= 2 and 1 < 2 and 3 <= 3 and 4 > 3", "true"),
        ("1 < 2 = true()", "true"),
        ("6 div 4", "1.5"),
    ]);
}

#[test]
fn numbers_are_written_as_xpath_writes_them() {
    check([
        ("3.0", "3"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("-0.4 * 0", "0"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("pow(10, 21)", "1000000000000000000000"),
        ("pow(10, -7)", "0.0000001"),
    ]);
}

#[test]
fn texts_become_numbers_only_where_they_are_some() {
    check([
        ("number('12')", "12"),
        ("number(' -1.5 ')", "-1.5"),
        ("number('')", "NaN"),
        ("number('1e5')", "NaN"),
        ("number('+1')", "NaN"),
        ("number('inf')", "NaN"),
        ("number('xã')", "NaN"),
        ("number(true())", "1"),
        ("${none} + 1", "NaN"),
        ("string(12)", "12"),
    ]);
}

#[test]
fn truth_follows_xpath_except_where_a_text_says_it() {
    check([
        ("boolean('false')", "true"),
        ("boolean('')", "false"),
        ("boolean(0)", "false"),
        ("boolean(0 div 0)", "false"),
        ("boolean(instance('post')/root/item[name = 'x'])", "false"),
        ("boolean-from-string('false')", "false"),
        ("boolean-from-string('TRUE')", "true"),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('yes')", "false"),
    ]);
}

#[test]
fn a_rating_that_is_no_number_is_never_a_gap() {
    check([
        ("if(${age} > ${one}, 'A1 ', '')", "A1 "),
        ("if(${na} > ${na}, 'A1 ', '')", ""),
        ("if(${none} > ${age}, 'A1 ', '')", ""),
    ]);
}

#[test]
fn comparisons_compare_numbers_texts_truths_and_sets() {
    check([
        ("${one} = 1.0", "true"),
        ("${one} = '1.0'", "false"),
        ("${none} = ''", "true"),
        ("${none} = 0", "false"),
        ("${none} != 0", "true"),
        ("true() = 'x'", "true"),
        ("instance('post')/root/item/group = 'people'", "true"),
        ("instance('post')/root/item/group != 'people'", "true"),
        ("'people' = instance('post')/root/item/group", "true"),
        ("instance('post')/root/item[name = 'x']/group = ''", "false"),
        ("instance('post')/root/item/name = instance('post')/root/item/group", "false"),
    ]);
}

#[test]
fn what_is_not_needed_is_not_evaluated() {
    check([
        ("if(true(), 'then', 'else')", "then"),
        ("if('', 'then', 'else')", "else"),
        ("coalesce(${none}, ${one})", "1"),
        ("coalesce(${none}, number('x'), 'third')", "third"),
        ("coalesce(${none}, '')", ""),
        ("once('new')", "a b c"),
    ]);
}

#[test]
fn chosen_items_are_counted_and_found_by_whole_names() {
    check([
        ("selected(${langs}, ' nung ')", "true"),
        ("selected(${langs}, 'nun')", "false"),
        ("selected(${none}, '')", "false"),
        ("count-selected(.) <= 1", "false"),
        ("count-selected(${none})", "0"),
        ("selected-at(${langs}, 0)", "tay"),
        ("selected-at(${langs}, 2)", "dao"),
        ("selected-at(${langs}, 3)", ""),
        ("selected-at(${langs}, -1)", ""),
        ("selected-at(${langs}, 'x')", ""),
    ]);
}

#[test]
fn a_pattern_must_fit_the_whole_text() {
    check([
        ("regex(${age}, '[0-9]+')", "true"),
        ("regex(${age}, '[0-9]')", "false"),
        ("regex('ab', 'a|ab')", "true"),
        ("regex('0912345678', '^0\\d{9}$')", "true"),
        ("regex('Xã', 'X.')", "true"),
        ("regex('ab\n', 'ab')", "false"),
        ("regex('x', concat('[', ']'))", "false"),
    ]);
    assert_eq!(fault("regex(., '(')"), ExpressionErrorKind::BadPattern("(".into()));
    assert_eq!(fault("regex(., 'a)(b')"), ExpressionErrorKind::BadPattern("a)(b".into()));
    assert_eq!(parse("regex(., '(?=a)')").unwrap_err().at, 9);
}

#[test]
fn texts_are_cut_and_searched_by_characters() {
    check([
        ("string-length('xã')", "2"),
        ("string-length()", "5"),
        ("substr('Điện Biên', 5)", "Biên"),
        ("substr('Điện Biên', 0, 4)", "Điện"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 1, -1)", "ell"),
        ("substr('hello', 4, 2)", ""),
        ("substr('hello', 9)", ""),
        ("substring-before('a/b/c', '/')", "a"),
        ("substring-after('a/b/c', '/')", "b/c"),
        ("substring-before('abc', 'x')", ""),
        ("substring-after('abc', '')", "abc"),
        ("contains('xã Mường Phăng', 'Phăng')", "true"),
        ("contains('abc', '')", "true"),
        ("starts-with('abc', 'ab')", "true"),
        ("ends-with('abc', 'ab')", "false"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("translate('a-b-c', '-', '')", "abc"),
        ("translate('aa', 'aa', 'xy')", "xx"),
        ("normalize-space(${name})", "Lò Thị Mai"),
        ("normalize-space()", "a b c"),
    ]);
}

#[test]
fn texts_of_several_values_are_put_together() {
    check([
        ("concat('a', 1, true())", "a1true"),
        ("concat(${age})", "34719"),
        ("join(', ', ${age})", "34, , 7, 19"),
        ("join('-', 'a', 'b', ${one})", "a-b-1"),
        ("join(' ', instance('post')/root/item[group = 'party']/name)", "secretary deputy"),
    ]);
}

#[test]
fn numbers_are_rounded_half_up_to_decimals_tens_and_hundreds() {
    check([
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(-0.4)", "0"),
        ("round(0.49999999999999994)", "0"),
        ("round(1.005, 2)", "1.01"),
        ("round(3.14159, 3)", "3.142"),
        ("round(1234, -2)", "1200"),
        ("round(1250, -2)", "1300"),
        ("round(5, 31)", "NaN"),
        ("round('x')", "NaN"),
        ("round(1 div 0, 2)", "Infinity"),
        ("int(2.9)", "2"),
        ("int(-2.9)", "-2"),
        ("int('')", "NaN"),
    ]);
}

#[test]
fn mathematics_is_there() {
    check([
        ("abs(-3)", "3"),
        ("pow(2, 10)", "1024"),
        ("sqrt(16)", "4"),
        ("sqrt(-1)", "NaN"),
        ("log10(1000)", "3"),
        ("exp10(3)", "1000"),
        ("exp(0)", "1"),
        ("log(1)", "0"),
        ("log(0)", "-Infinity"),
    ]);
    let pi = std::f64::consts::PI;
    check_near([
        ("pi()", pi),
        ("sin(pi() div 2)", 1.0),
        ("cos(pi())", -1.0),
        ("tan(pi() div 4)", 1.0),
        ("asin(1)", pi / 2.0),
        ("acos(0)", pi / 2.0),
        ("atan(1)", pi / 4.0),
        ("atan2(1, -1)", pi * 0.75),
        ("log(exp(2))", 2.0),
    ]);
}

#[test]
fn repeats_are_counted_and_summed_over_all_instances() {
    check([
        ("count(${age})", "4"),
        ("count(${none})", "0"),
        ("count-non-empty(${age})", "3"),
        ("sum(${age})", "60"),
        ("sum(/data/house/age)", "60"),
        ("sum(${none})", "0"),
        ("max(${age})", "34"),
        ("min(${age})", "7"),
        ("max(1, 5, 'x', ${one})", "5"),
        ("min(${none})", "NaN"),
        ("max(-3, -5)", "-3"),
        ("indexed-repeat(${age}, ${house}, 3)", "7"),
        ("indexed-repeat(${age}, ${house}, 9)", ""),
        ("indexed-repeat(${age}, ${house}, ${none})", "34"),
        ("position(..)", "2"),
        ("position()", "2"),
        ("index()", "2"),
    ]);
}

#[test]
fn a_checklist_holds_between_its_bounds() {
    check([
        ("checklist(1, 2, ${one}, 0, '')", "true"),
        ("checklist(2, 3, ${one}, 0, '')", "false"),
        ("checklist(-1, 1, 1, 1)", "false"),
        ("checklist(2, -1, true(), 1 = 1, 'no')", "true"),
        ("weighted-checklist(3, 5, 1, 2.5, true(), 1)", "true"),
        ("weighted-checklist(3, 5, 1, 2.5, 0, 1)", "false"),
    ]);
}

#[test]
fn choices_are_looked_up_by_conditions_and_places() {
    check([
        ("instance('post')/root/item[name = ${post}]/group", "party"),
        ("instance('post')/root/item[name = ${none}]/group", ""),
        ("instance('post')/root/item[2]/name", "deputy"),
        ("instance('post')/root/item[group = 'party'][2]/name", "deputy"),
        ("instance('post')/root/item[position() = 3]/name", "chair"),
        ("instance('post')/root/item[9]/name", ""),
        ("count(instance('post')/root/item)", "3"),
        ("count(instance('post')/root/item[group = 'party'])", "2"),
        ("instance('post')/root/item[./name = current()/../post]/label", "Phó bí thư"),
        ("instance('post')/root/item[. = ${post}]/name", "deputy"),
        ("instance('post')/root/item[current()/. = 'a b c']/name", "secretary"),
        ("pulldata('post', 'group', 'name', 'chair')", "people"),
        ("pulldata('post', 'group', 'name', 'x')", ""),
        ("pulldata('x', 'group', 'name', 'x')", ""),
    ]);
}

#[test]
fn labels_are_in_the_language_of_the_scope() {
    check([
        ("jr:choice-name(${post}, '${post}')", "Phó bí thư"),
        ("jr:choice-name('chair', '/data/post')", "Chủ tịch"),
        ("jr:choice-name('x', '${post}')", ""),
        ("jr:itext('post-0')", "Bí thư"),
        ("jr:itext('/data/post:label')", "Chức danh"),
        ("jr:itext('x')", ""),
        ("instance('post')/root/item[1]/label", "Bí thư"),
    ]);
}

#[test]
fn paths_lead_to_questions_by_their_last_step() {
    check([
        ("../post", "deputy"),
        ("./one", "1"),
        ("/data/group/one", "1"),
        ("group/one", "1"),
        ("current()/../one", "1"),
        ("${house}/one", "1"),
        ("current()", "a b c"),
        ("current()/.", "a b c"),
        ("./.", "a b c"),
        ("..", ""),
    ]);
}

#[test]
fn the_clock_is_the_respondents() {
    check([
        ("today()", "2026-12-02"),
        ("now()", "2026-12-02T06:30:00.000+07:00"),
        ("today() = date(now())", "true"),
        ("today() <= now()", "true"),
    ]);
    let form = form();
    let answer = |_: &str| "";
    let value = Scope::new(&form, &answer).value(&parse("concat(today(), now())").unwrap());
    assert_eq!(value.text(), "");
}

#[test]
fn dates_compare_as_days() {
    check([
        ("${born} < today()", "true"),
        ("'2026-01-31' < '2026-02-01'", "true"),
        ("${born} = '1980-05-17'", "true"),
        ("${met} > '2026-12-02'", "true"),
        ("${met} < '2026-12-03'", "true"),
        ("'2026-01-01T00:00:00Z' < '2026-01-01T01:00:00+07:00'", "false"),
        ("'2026-01-01T00:00:00Z' <= '2026-01-01T07:00:00+07:00'", "true"),
        ("'2026-02-30' < today()", "false"),
        ("${none} < today()", "false"),
    ]);
}

#[test]
fn arithmetic_on_dates_gives_days() {
    check([
        ("number('1970-01-02')", "1"),
        ("date('2026-01-01') + 30", "20484"),
        ("date(date('2026-01-01') + 30)", "2026-01-31"),
        ("today() - ${born}", "17000"),
        ("int((today() - ${born}) div 365.25)", "46"),
        ("'2026-12-03T06:30' - now()", "1"),
        ("number('2026-1-1')", "NaN"),
        ("date('2026-12-02T22:00:00Z')", "2026-12-03"),
        ("date('')", ""),
        ("date('mai')", ""),
        ("date(-1)", "1969-12-31"),
        ("date(1 div 0)", ""),
        ("date-time('2026-01-01')", "2026-01-01T00:00:00.000+07:00"),
        ("date-time(decimal-date-time(${met}) + 1)", "2026-12-03T14:32:05.250+07:00"),
        ("decimal-date-time('1970-01-01T12:00:00.000+07:00')", "0.5"),
        ("decimal-date-time('')", "NaN"),
        ("decimal-time('18:00')", "0.75"),
        ("decimal-time('12:00:00.000+07:00')", "0.5"),
        ("decimal-time('20:00:00.000Z')", "0.125"),
        ("decimal-time('1970-01-01T06:00:00.000+07:00')", "0.25"),
        ("decimal-time('25:00')", "NaN"),
    ]);
}

#[test]
fn days_and_moments_are_written_by_the_letters_of_odk() {
    check([
        ("format-date(${born}, '%d/%m/%Y')", "17/05/1980"),
        ("format-date(${born}, '%e.%n.%y %%')", "17.5.80 %"),
        ("format-date('2026-12-06', '%a %b')", "CN thg 12"),
        ("format-date('2026-12-07', '%a')", "Th 2"),
        ("format-date(today() + 30, '%d/%m/%Y')", "01/01/2027"),
        ("format-date-time(${met}, '%H:%M:%S.%3')", "14:32:05.250"),
        ("format-date-time('2026-12-01T23:05:00Z', '%h giờ %M')", "6 giờ 05"),
        ("format-date('', '%Y')", ""),
        ("format-date('x', '%Y')", ""),
        ("format-date(${born}, '%Q %')", "%Q %"),
    ]);
}

#[test]
fn chance_follows_its_seed() {
    check([
        ("random() = random()", "false"),
        ("random() >= 0 and random() < 1", "true"),
        ("string-length(uuid())", "36"),
        ("substr(uuid(), 14, 15)", "4"),
        ("regex(uuid(12), '[0-9A-Z]{12}')", "true"),
        ("string-length(uuid(100000))", "256"),
        ("uuid(-1)", ""),
        ("count(randomize(${age}))", "4"),
        (
            "join('', randomize(instance('post')/root/item/name, 42)) = join('', randomize(instance('post')/root/item/name, 42))",
            "true",
        ),
    ]);
    assert_eq!(evaluated("random()"), evaluated("random()"));
}

#[test]
fn a_seeded_shuffle_is_that_of_the_specification() {
    // From the tests of Enketo's `openrosa-xpath-evaluator`.
    for (seed, expected) in [(42, "AFCBDE"), (-42, "EDAFBC"), (1, "BFEACD"), (11_111_111, "ACDBFE")]
    {
        let mut draws = dice::ParkMiller::new(seed);
        let shuffled: String =
            dice::shuffled("ABCDEF".chars(), || draws.fraction()).iter().collect();
        assert_eq!(shuffled, expected, "{seed}");
    }
}

#[test]
fn what_is_no_expression_is_refused_with_its_place() {
    for (source, at) in [
        ("", 0),
        ("1 +", 3),
        ("selcted(${a}, 'b')", 0),
        ("1 + selected(${a})", 4),
        ("(1", 2),
        ("1 2", 2),
        ("'abc", 0),
        ("${abc", 0),
        ("a ? b", 2),
        ("${a} | ${b}", 5),
        ("instance('x')/root/thing/y", 19),
        ("instance(${x})/root/item", 9),
        ("1..2", 0),
        ("sum(1 + 2)", 4),
        ("count('a')", 6),
        ("weighted-checklist(1, 2, 3, 4, 5)", 0),
        ("/", 1),
        ("/data/*", 6),
        ("//name", 1),
        ("/data/house[1]/age", 11),
        ("${house}[1]", 8),
        ("child::a", 0),
        ("current(1)", 8),
        ("if(1)", 0),
    ] {
        assert_eq!(parse(source).unwrap_err().at, at, "{source}");
    }
    assert_eq!(fault(&"9".repeat(400)), ExpressionErrorKind::Unexpected("9".repeat(400)));
}

#[test]
fn what_is_known_but_beyond_this_product_is_refused_by_name() {
    for (source, name) in [
        ("area(${a})", "area"),
        ("distance(${a})", "distance"),
        ("digest('a', 'MD5')", "digest"),
        ("floor(1.5)", "floor"),
        ("upper-case('a')", "upper-case"),
        ("${last-saved#a}", "last-saved"),
        ("instance('__last-saved')/root/item/a", "last-saved"),
    ] {
        assert_eq!(fault(source), ExpressionErrorKind::Unsupported(name.into()), "{source}");
    }
    assert_eq!(fault("selcted(.)"), ExpressionErrorKind::UnknownFunction("selcted".into()));
}

#[test]
fn nesting_beyond_reason_is_refused_before_the_stack_ends() {
    let nested =
        |open: &str, close: &str, times| format!("{}1{}", open.repeat(times), close.repeat(times));
    assert_eq!(fault(&nested("(", ")", 10_000)), ExpressionErrorKind::TooLong);
    assert_eq!(fault(&nested("(", ")", 100)), ExpressionErrorKind::TooDeep);
    assert_eq!(fault(&nested("-", "", 100)), ExpressionErrorKind::TooDeep);
    assert_eq!(fault(&nested("not(", ")", 100)), ExpressionErrorKind::TooDeep);
    let lookups = nested("instance('post')/root/item[", "]", 100);
    assert_eq!(fault(&lookups), ExpressionErrorKind::TooDeep);
    let chain = parse(&nested("1 + ", "", MAX_TOKENS / 2 - 1)).unwrap();
    assert_eq!(parse(&chain.to_string()), Ok(chain));
}

#[test]
fn the_deepest_expressions_fit_a_browsers_stack() {
    let deepest = || {
        // The opening, the closing, their words, and the levels that one of them takes.
        for (open, close, words, levels) in [
            ("not(", ")", 3, 1),
            ("-(", ")", 3, 2),
            ("count(instance('post')/root/item[", "])", 13, 2),
        ] {
            let depth = (MAX_DEPTH - 2) / levels;
            let nested = format!("{}0{}", open.repeat(depth), close.repeat(depth));
            let chain = " + 1".repeat((MAX_TOKENS - words * depth - 1) / 2);
            let expression = parse(&format!("{nested}{chain}")).unwrap();
            assert_eq!(parse(&expression.to_string()).as_ref(), Ok(&expression));
            assert!(expression.references().is_empty());
            Scope::new(&form(), &|_| "").value(&expression);
        }
    };
    // As much as a browser gives to a module; a release build takes less of it.
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(deepest).unwrap();
    thread.join().unwrap();
}

#[test]
fn look_ups_in_look_ups_end() {
    let mut form = Form::default();
    let numbered = |n: i32| Choice::new(&n.to_string(), Localized::default(), []);
    form.add_list("many", (0..3000).map(numbered).collect());
    let answer = |_: &str| "";
    let nested = (0..5)
        .fold("1".to_owned(), |inner, _| format!("count(instance('many')/root/item[{inner} > 0])"));
    let started = std::time::Instant::now();
    Scope::new(&form, &answer).value(&parse(&nested).unwrap());
    let grown = (0..9)
        .fold("'x'".to_owned(), |inner, _| format!("join({inner}, instance('many')/root/item)"));
    Scope::new(&form, &answer).value(&parse(&grown).unwrap());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn the_visible_limit_of_a_choice_is_read_from_its_constraint() {
    let limit = |source| parse(source).unwrap().selection_limit();
    assert_eq!(limit("count-selected(.) <= 5"), Some(5));
    assert_eq!(limit("not(selected(., 'khong')) and count-selected(.) <= 3"), Some(3));
    assert_eq!(limit("count-selected(.) >= 5"), None);
    assert_eq!(limit("count-selected(.) <= -1"), None);
}

#[test]
fn an_expression_names_what_it_depends_on() {
    let source = "if(${a} > ../b, jr:choice-name(${c}, '${q}'), \
                  instance('post')/root/item[name = ${a} and group = /data/x/d]/label) \
                  + pulldata('prices', 'p', 'n', current()/../e)";
    let expression = parse(source).unwrap();
    assert_eq!(expression.references(), ["a", "b", "q", "c", "d", "e"]);
    assert_eq!(expression.lists(), ["post", "prices"]);
}

#[test]
fn the_place_to_underline_is_the_whole_word() {
    let under = |source: &str, at| source[place_at(source, at)].to_owned();
    assert_eq!(under("1 + selcted(.)", 4), "selcted");
    assert_eq!(under("${tuổi} x", 0), "${tuổi}");
    assert_eq!(under("a = 'b c' 'd'", 4), "'b c'");
    assert_eq!(under("'not closed", 0), "'");
    assert_eq!(under("a ? b", 2), "?");
    assert_eq!(under("1 +", 3), "");
    let found = |source: &str, name| locate(source, name).map(|place| source[place].to_owned());
    assert_eq!(found("1 + ${ tuổi }", "tuổi").as_deref(), Some("${ tuổi }"));
    assert_eq!(found("../tuoi + 1", "tuoi").as_deref(), Some("tuoi"));
    assert_eq!(found("instance('post')/root/item", "post").as_deref(), Some("'post'"));
    assert_eq!(found("count('count', ${count})", "count").as_deref(), Some("${count}"));
    assert_eq!(found("${a}", "b"), None);
}
