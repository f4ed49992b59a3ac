//! The expressions of a form: `XPath` 1.0 as `XLSForm` uses it.
//!
//! [`parse`] turns a cell's text into an [`Expression`]; [`Scope`] evaluates it over the answers.
//! Semantics follow the ODK `XForms` specification: an unanswered question is the empty text, a
//! text that is no number is `NaN`, comparisons with a number compare numbers.

mod evaluate;
mod function;
mod lexer;
mod parser;
mod value;

pub use evaluate::Scope;
pub use function::Function;
pub use parser::parse;
pub use value::Value;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number as written: `3`, `0.5`.
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// `${name}`: the answer to a question.
    Answer(String),
    /// `.`: the value of the question the expression belongs to.
    Current,
    /// A bare name: a column of the choice that is being looked at.
    Column(String),
    /// `instance('list')/root/item[condition]/column`: a look-up in a choice list.
    Lookup {
        /// The choice list's name.
        list: String,
        /// Which of its choices count; all where there is none.
        condition: Option<Box<Expression>>,
        /// The column of those choices.
        column: String,
    },
    /// A function with its arguments.
    Call(Function, Vec<Expression>),
    /// An operator between two expressions.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A minus sign before an expression.
    Negated(Box<Expression>),
}

/// The binary operators of `XPath` 1.0, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named by its sign in `Operator::sign`")]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

impl Operator {
    /// How the operator is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "div",
            Self::Modulo => "mod",
        }
    }

    /// How tightly the operator binds; a larger number binds tighter.
    fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Divide | Self::Modulo => 6,
        }
    }
}

/// Why a text is no expression, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The first character at fault, counted in bytes from 0.
    pub at: usize,
    /// What is wrong there.
    pub kind: ExpressionErrorKind,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionErrorKind {
    /// A character that no expression has.
    UnexpectedCharacter(char),
    /// A quote or `${` that is not closed.
    NotClosed,
    /// Something stands where a value, an operator or a bracket should.
    Unexpected(String),
    /// The text ends too early.
    UnexpectedEnd,
    /// A function this product does not have.
    UnknownFunction(String),
    /// A function with too few or too many arguments.
    WrongArguments(&'static str),
    /// A path other than `instance('list')/root/item[…]/column`.
    UnsupportedPath,
    /// Brackets nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_TOKENS`] words and signs.
    TooLong,
}

/// How deep brackets may nest: far beyond what people write, far from the end of the stack.
pub const MAX_DEPTH: usize = 64;

/// How many words and signs an expression may have; a chain of operators nests to its left, so
/// this bounds the stack too.
pub const MAX_TOKENS: usize = 2000;

impl Expression {
    /// Calls `visit` with this expression and every one inside it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expression)) {
        visit(self);
        match self {
            Self::Call(_, arguments) => arguments.iter().for_each(|a| a.walk(visit)),
            Self::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Negated(inner) => inner.walk(visit),
            Self::Lookup { condition: Some(condition), .. } => condition.walk(visit),
            Self::Number(_)
            | Self::Text(_)
            | Self::Answer(_)
            | Self::Current
            | Self::Column(_)
            | Self::Lookup { condition: None, .. } => {}
        }
    }

    /// The `n` of a constraint that holds the number of chosen items to `count-selected(.) <= n`.
    pub fn selection_limit(&self) -> Option<usize> {
        match self {
            Self::Binary(Operator::And, left, right) => {
                [left.selection_limit(), right.selection_limit()].into_iter().flatten().min()
            }
            Self::Binary(Operator::LessOrEqual, counted, limit) => match (&**counted, &**limit) {
                (Self::Call(Function::CountSelected, of), Self::Number(limit))
                    if of.as_slice() == [Self::Current] && (1.0..1e6).contains(limit) =>
                {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "between 1 and a million"
                    )]
                    Some(*limit as usize)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Answer(name) => write!(f, "${{{name}}}"),
            Self::Current => f.write_str("."),
            Self::Column(name) => f.write_str(name),
            Self::Lookup { list, condition, column } => {
                write!(f, "instance('{list}')/root/item")?;
                if let Some(condition) = condition {
                    write!(f, "[{condition}]")?;
                }
                write!(f, "/{column}")
            }
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{argument}")?;
                }
                f.write_str(")")
            }
            Self::Binary(operator, left, right) => {
                let own = operator.precedence();
                write_operand(f, left, own)?;
                write!(f, " {} ", operator.sign())?;
                write_operand(f, right, own + 1)
            }
            Self::Negated(inner) => {
                f.write_str("-")?;
                write_operand(f, inner, 7)
            }
        }
    }
}

/// Writes an operand, in brackets where it binds more loosely than `needed`.
fn write_operand(
    f: &mut std::fmt::Formatter<'_>,
    operand: &Expression,
    needed: u8,
) -> std::fmt::Result {
    match operand {
        Expression::Binary(operator, ..) if operator.precedence() < needed => {
            write!(f, "({operand})")
        }
        _ => write!(f, "{operand}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::form::{Choice, Form};
    use crate::domain::localized::Localized;
    use proptest::prelude::*;

    fn form() -> Form {
        let post = |name: &str, group: &str| {
            Choice::new(name, Localized::default(), [("nhom".to_owned(), group.to_owned())])
        };
        let mut form = Form::default();
        form.add_list("chuc_danh", vec![post("bt", "dang"), post("ct_ubnd", "ubnd")]);
        form
    }

    fn evaluated(source: &str, answers: &[(&str, &str)], current: &str) -> Value {
        let answers: Answers = answers.iter().copied().collect();
        let form = form();
        let answer = |name: &str| answers.get(name);
        let scope = Scope { form: &form, answer: &answer, current, choice: None };
        scope.value(&parse(source).unwrap())
    }

    #[test]
    fn arithmetic_and_logic_bind_as_in_xpath() {
        assert_eq!(evaluated("1 + 2 * 3 - 4 div 2", &[], ""), Value::Number(5.0));
        assert_eq!(evaluated("(1 + 2) * 3 mod 4", &[], ""), Value::Number(1.0));
        assert_eq!(evaluated("-2 + 5 = 3 and not(false())", &[], ""), Value::Boolean(true));
        assert_eq!(evaluated("1 = 2 or 'a' != 'b'", &[], ""), Value::Boolean(true));
        assert_eq!(
            evaluated("2 >= 2 and 1 < 2 and 3 <= 3 and 4 > 3", &[], ""),
            Value::Boolean(true)
        );
    }

    #[test]
    fn a_rating_that_is_no_number_is_never_a_gap() {
        let gap = "if(${i} > ${a}, 'A1 ', '')";
        assert_eq!(evaluated(gap, &[("i", "5"), ("a", "2")], ""), Value::Text("A1 ".into()));
        assert_eq!(evaluated(gap, &[("i", "na"), ("a", "na")], ""), Value::Text(String::new()));
        assert_eq!(evaluated(gap, &[], ""), Value::Text(String::new()));
    }

    #[test]
    fn chosen_items_are_counted_and_found_by_whole_names() {
        let chosen = [("q", "tay nung")];
        assert_eq!(evaluated("selected(${q}, ' nung ')", &chosen, ""), Value::Boolean(true));
        assert_eq!(evaluated("selected(${q}, 'nun')", &chosen, ""), Value::Boolean(false));
        assert_eq!(evaluated("count-selected(.) <= 1", &[], "a b"), Value::Boolean(false));
        assert_eq!(evaluated("string-length(.) = 2", &[], "xã"), Value::Boolean(true));
        assert_eq!(evaluated("coalesce(${q}, 'x')", &[], ""), Value::Text("x".into()));
    }

    #[test]
    fn a_posts_group_is_looked_up_in_the_choice_list() {
        let group = "instance('chuc_danh')/root/item[name = ${chuc_danh}]/nhom";
        assert_eq!(evaluated(group, &[("chuc_danh", "ct_ubnd")], "").text(), "ubnd");
        assert_eq!(evaluated(group, &[], "").text(), "");
        assert_eq!(
            evaluated(&format!("{group} = 'dang'"), &[("chuc_danh", "bt")], ""),
            Value::Boolean(true)
        );
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
            ("instance('x')/root/thing/y", 19),
            ("1..2", 0),
        ] {
            assert_eq!(parse(source).unwrap_err().at, at, "{source}");
        }
        let deep = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(parse(&deep).unwrap_err().kind, ExpressionErrorKind::TooLong);
        let nested = format!("{}1{}", "(".repeat(100), ")".repeat(100));
        assert_eq!(parse(&nested).unwrap_err().kind, ExpressionErrorKind::TooDeep);
    }

    #[test]
    fn the_visible_limit_of_a_choice_is_read_from_its_constraint() {
        let limit = |source| parse(source).unwrap().selection_limit();
        assert_eq!(limit("count-selected(.) <= 5"), Some(5));
        assert_eq!(limit("not(selected(., 'khong')) and count-selected(.) <= 3"), Some(3));
        assert_eq!(limit("count-selected(.) >= 5"), None);
        assert_eq!(limit("count-selected(.) <= -1"), None);
    }

    fn expressions() -> impl Strategy<Value = Expression> {
        let name = "[a-z][a-z0-9_]{0,5}".prop_filter("no operator", |name| {
            !["or", "and", "div", "mod"].contains(&name.as_str())
        });
        let leaf = prop_oneof![
            (0u32..10_000).prop_map(|n| Expression::Number(f64::from(n) / 4.0)),
            "[^']{0,8}".prop_map(Expression::Text),
            name.clone().prop_map(Expression::Answer),
            name.clone().prop_map(Expression::Column),
            Just(Expression::Current),
        ];
        leaf.prop_recursive(4, 24, 3, move |inner| {
            let operator = prop_oneof![
                Just(Operator::Or),
                Just(Operator::And),
                Just(Operator::Equal),
                Just(Operator::NotEqual),
                Just(Operator::Less),
                Just(Operator::GreaterOrEqual),
                Just(Operator::Plus),
                Just(Operator::Minus),
                Just(Operator::Times),
                Just(Operator::Divide),
                Just(Operator::Modulo),
            ];
            prop_oneof![
                (operator, inner.clone(), inner.clone()).prop_map(|(o, l, r)| Expression::Binary(
                    o,
                    Box::new(l),
                    Box::new(r)
                )),
                inner.clone().prop_map(|e| Expression::Negated(Box::new(e))),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|a| Expression::Call(Function::Concat, a)),
                (name.clone(), prop::option::of(inner), name.clone()).prop_map(
                    |(list, c, column)| {
                        Expression::Lookup { list, condition: c.map(Box::new), column }
                    }
                ),
            ]
        })
    }

    proptest! {
        #[test]
        fn an_expression_written_and_read_again_is_the_same(expression in expressions()) {
            prop_assert_eq!(parse(&expression.to_string()), Ok(expression));
        }

        #[test]
        fn no_text_breaks_the_parser(text in ".{0,60}") {
            let _ = parse(&text).map(|expression| expression.to_string());
        }
    }
}
