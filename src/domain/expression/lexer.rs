//! Text to tokens, each with its place.

use std::ops::Range;

use super::{ExpressionError, ExpressionErrorKind, Operator};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    Answer(String),
    Name(String),
    Dot,
    TwoDots,
    Comma,
    Slash,
    Open,
    Close,
    OpenSquare,
    CloseSquare,
    Operator(Operator),
}

/// A token and the bytes it takes.
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) place: Range<usize>,
}

/// The tokens of `source`.
pub(super) fn tokens(source: &str) -> Result<Vec<Placed>, ExpressionError> {
    let mut tokens: Vec<Placed> = Vec::new();
    let mut rest = source;
    loop {
        rest = rest.trim_start();
        let at = source.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        // XPath 1.0, 3.7: after a value `*`, `and`, `or`, `div`, `mod` are operators, else names.
        let after_value = tokens.last().is_some_and(|last| ends_value(&last.token));
        let (token, length) =
            token(rest, first, after_value).map_err(|kind| ExpressionError { at, kind })?;
        tokens.push(Placed { token, place: at..at + length });
        rest = rest.get(length..).unwrap_or_default();
    }
}

fn ends_value(token: &Token) -> bool {
    !matches!(
        token,
        Token::Operator(_) | Token::Open | Token::OpenSquare | Token::Comma | Token::Slash
    )
}

fn token(
    rest: &str,
    first: char,
    after_value: bool,
) -> Result<(Token, usize), ExpressionErrorKind> {
    let two = rest.get(..2).unwrap_or_default();
    let token = match first {
        '(' => Token::Open,
        ')' => Token::Close,
        '[' => Token::OpenSquare,
        ']' => Token::CloseSquare,
        ',' => Token::Comma,
        '/' => Token::Slash,
        '+' => Token::Operator(Operator::Plus),
        '-' => Token::Operator(Operator::Minus),
        '*' => Token::Operator(Operator::Times),
        '=' => Token::Operator(Operator::Equal),
        '!' if two == "!=" => return Ok((Token::Operator(Operator::NotEqual), 2)),
        '<' if two == "<=" => return Ok((Token::Operator(Operator::LessOrEqual), 2)),
        '>' if two == ">=" => return Ok((Token::Operator(Operator::GreaterOrEqual), 2)),
        '<' => Token::Operator(Operator::Less),
        '>' => Token::Operator(Operator::Greater),
        '\'' | '"' => {
            let text = rest.get(1..).unwrap_or_default();
            let end = text.find(first).ok_or(ExpressionErrorKind::NotClosed)?;
            return Ok((Token::Text(text.get(..end).unwrap_or_default().to_owned()), end + 2));
        }
        '$' if two == "${" => {
            let name = rest.get(2..).unwrap_or_default();
            let end = name.find('}').ok_or(ExpressionErrorKind::NotClosed)?;
            let name = name.get(..end).unwrap_or_default().trim().to_owned();
            return Ok((Token::Answer(name), end + 3));
        }
        '.' if two == ".." => return Ok((Token::TwoDots, 2)),
        '.' if !two.ends_with(|c: char| c.is_ascii_digit()) => Token::Dot,
        c if c.is_ascii_digit() || c == '.' => {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let digits = rest.get(..end).unwrap_or_default();
            let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
            let number =
                number.ok_or_else(|| ExpressionErrorKind::Unexpected(digits.to_owned()))?;
            return Ok((Token::Number(number), end));
        }
        c if is_name_start(c) => {
            let end = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
            let name = rest.get(..end).unwrap_or_default();
            let operator = match name {
                "or" => Some(Operator::Or),
                "and" => Some(Operator::And),
                "div" => Some(Operator::Divide),
                "mod" => Some(Operator::Modulo),
                _ => None,
            };
            let token = match operator {
                Some(operator) if after_value => Token::Operator(operator),
                _ => Token::Name(name.to_owned()),
            };
            return Ok((token, end));
        }
        other => return Err(ExpressionErrorKind::UnexpectedCharacter(other)),
    };
    Ok((token, first.len_utf8()))
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self {
            Self::Number(number) => return write!(f, "{number}"),
            Self::Text(text) => return write!(f, "'{text}'"),
            Self::Answer(name) => return write!(f, "${{{name}}}"),
            Self::Name(name) => name,
            Self::Dot => ".",
            Self::TwoDots => "..",
            Self::Comma => ",",
            Self::Slash => "/",
            Self::Open => "(",
            Self::Close => ")",
            Self::OpenSquare => "[",
            Self::CloseSquare => "]",
            Self::Operator(operator) => operator.sign(),
        };
        f.write_str(sign)
    }
}
