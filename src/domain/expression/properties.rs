//! What holds for every text and every expression.

use proptest::prelude::*;

use super::tests::form;
use super::*;
use crate::domain::timestamp::Timestamp;
use rows::answers::Answers;

fn operators() -> impl Strategy<Value = Operator> {
    prop::sample::select(vec![
        Operator::Or,
        Operator::And,
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Plus,
        Operator::Minus,
        Operator::Times,
        Operator::Divide,
        Operator::Modulo,
    ])
}

/// Names of questions, lists and columns that exist, of operators, and any others.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["a", "b", "post", "group", "name", "label", "or", "div"])
            .prop_map(str::to_owned),
        "[a-zđ_][a-z0-9_.-]{0,5}",
    ]
}

/// Texts that mean something to some function, and any others.
fn texts() -> impl Strategy<Value = String> {
    let meant = vec![
        "2026-12-02",
        "2026-12-02T14:32:05.000+07:00",
        "9999-12-31",
        "14:32",
        "-7.5",
        "%d/%m/%Y %H:%3",
        "[a-z]{2,}",
        "x y",
        "${post}",
        "post",
        "post-0",
        "/data/post:label",
        "Infinity",
        "",
    ];
    prop_oneof![prop::sample::select(meant).prop_map(str::to_owned), "[^']{0,8}", "[^\"]{0,8}"]
}

fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0u32..10_000).prop_map(|n| f64::from(n) / 4.0),
        0.0..1e30f64,
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
    ]
}

fn paths() -> impl Strategy<Value = Expression> {
    let starts = prop_oneof![
        Just("current()".to_owned()),
        Just("..".to_owned()),
        Just(String::new()),
        names(),
        names().prop_map(|name| format!("${{{name}}}")),
    ];
    let steps = prop_oneof![Just(".".to_owned()), Just("..".to_owned()), names()];
    (starts, prop::collection::vec(steps, 1..4)).prop_map(|(start, steps)| {
        let mut path = Path::starting(start);
        for step in &steps {
            path.push(step);
        }
        Expression::Path(path)
    })
}

fn nodes() -> impl Strategy<Value = Expression> {
    prop_oneof![names().prop_map(Expression::Answer), Just(Expression::Current), paths()]
}

fn calls(inner: impl Strategy<Value = Expression> + Clone) -> impl Strategy<Value = Expression> {
    let arguments = prop::collection::vec(inner, 6);
    (prop::sample::select(Function::ALL.to_vec()), arguments, nodes(), 0..4usize).prop_map(
        |(function, mut arguments, nodes, more)| {
            let (fewest, most) = (*function.arity().start(), *function.arity().end());
            arguments.truncate((fewest + more).min(most).min(6));
            if function == Function::WeightedChecklist {
                arguments.truncate(arguments.len() / 2 * 2);
            }
            if function.takes_nodes() {
                arguments[0] = nodes;
            }
            if function == Function::Regex && !matches!(arguments[1], Expression::Number(_)) {
                arguments[1] = Expression::Text("[0-9]+|x".to_owned());
            }
            Expression::Call(function, arguments)
        },
    )
}

/// Every kind of expression that a text can be.
fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        numbers().prop_map(Expression::Number),
        texts().prop_map(Expression::Text),
        names().prop_map(Expression::Column),
        nodes(),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let conditions = prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            (operators(), inner.clone(), inner.clone()).prop_map(|(operator, left, right)| {
                Expression::Binary(operator, Box::new(left), Box::new(right))
            }),
            inner.clone().prop_map(|inner| Expression::Negated(Box::new(inner))),
            calls(inner),
            (texts(), conditions, prop::option::of(names())).prop_map(
                |(list, conditions, column)| Expression::Lookup { list, conditions, column }
            ),
        ]
    })
}

/// Texts made of the language's own words, which come further than any others.
fn near_expressions() -> impl Strategy<Value = String> {
    let words = vec![
        "(",
        ")",
        "[",
        "]",
        ",",
        "/",
        "..",
        ".",
        "'",
        "\"",
        "${a}",
        "${",
        "}",
        "a",
        "or",
        "div",
        "*",
        "-",
        "+",
        "=",
        "!=",
        "<",
        "1",
        "2.5",
        "selected",
        "instance('post')/root/item",
        "current()",
        "if(",
        "regex(",
        "'x'",
        " ",
        "|",
        "@",
        "::",
        "đ",
        "\u{a0}",
        "🙂",
    ];
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.concat())
}

fn evaluated(expression: &Expression, first: &str, second: &str, seed: u64) -> Value {
    let answers: Answers = [("a", first), ("b", second)].into_iter().collect();
    let form = form();
    let answer = |name: &str| answers.get(name);
    let all = |_: &str, _: Option<&str>| vec![first, second, ""];
    let now = LocalTime {
        moment: Timestamp::from_millis(seed as f64),
        offset_minutes: i16::try_from(seed % 1680).unwrap() - 840,
    };
    let scope = Scope::new(&form, &answer).with_all(&all).with_current(second).with_now(now);
    scope.with_seed(seed).with_language("vi").value(expression)
}

proptest! {
    #[test]
    fn an_expression_written_and_read_again_is_the_same(expression in expressions()) {
        prop_assert_eq!(parse(&expression.to_string()), Ok(expression));
    }

    #[test]
    fn no_text_breaks_the_parser(text in prop_oneof![".{0,60}".boxed(), near_expressions().boxed()]) {
        match parse(&text) {
            Ok(expression) => {
                prop_assert_eq!(parse(&expression.to_string()), Ok(expression));
            }
            Err(error) => {
                prop_assert!(text.get(place_at(&text, error.at)).is_some());
            }
        }
    }

    #[test]
    fn no_expression_breaks_the_evaluator(
        expression in expressions(),
        first in texts(),
        second in ".{0,20}",
        seed in any::<u64>(),
    ) {
        let value = evaluated(&expression, &first, &second, seed);
        let written = value.text();
        prop_assert!(!written.contains("inf") || matches!(value, Value::Text(_) | Value::Several(_)));
        // NaN is not equal to itself, its text is.
        prop_assert_eq!(written, evaluated(&expression, &first, &second, seed).text());
    }

    #[test]
    fn every_name_an_expression_depends_on_is_found_in_its_text(expression in expressions()) {
        let source = expression.to_string();
        for name in expression.references() {
            prop_assert!(locate(&source, name).is_some(), "{name} in {source}");
        }
    }

    #[test]
    fn a_day_is_a_number_and_back(days in -700_000i32..2_900_000) {
        let text = days::day_text(f64::from(days));
        prop_assert_eq!(days::days_in(&text, 420), Some(f64::from(days)));
        let moment = days::moment_text(f64::from(days) + 0.25, 420);
        prop_assert_eq!(days::days_in(&moment, 420), Some(f64::from(days) + 0.25));
    }
}
