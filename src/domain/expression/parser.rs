//! Tokens to an expression, by precedence climbing.

use super::lexer::{Token, tokens};
use super::{
    Expression, ExpressionError, ExpressionErrorKind, Function, MAX_DEPTH, MAX_TOKENS, Operator,
};

/// Parses one expression.
///
/// # Errors
/// The first fault of the text with its place.
pub fn parse(source: &str) -> Result<Expression, ExpressionError> {
    let tokens = tokens(source)?;
    if let Some((at, _)) = tokens.get(MAX_TOKENS) {
        return Err(ExpressionError { at: *at, kind: ExpressionErrorKind::TooLong });
    }
    let mut parser = Parser { tokens, next: 0, depth: 0, end: source.len() };
    let expression = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }

    fn error(&self, kind: ExpressionErrorKind) -> ExpressionError {
        let at = self.tokens.get(self.next).map_or(self.end, |(at, _)| *at);
        ExpressionError { at, kind }
    }

    fn unexpected(&self) -> ExpressionError {
        self.error(match self.peek() {
            None => ExpressionErrorKind::UnexpectedEnd,
            Some(token) => ExpressionErrorKind::Unexpected(written(token)),
        })
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), ExpressionError> {
        if self.peek() == Some(wanted) {
            self.next += 1;
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// An expression whose operators bind at least as tightly as `weakest`.
    fn expression(&mut self, weakest: u8) -> Result<Expression, ExpressionError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(ExpressionErrorKind::TooDeep));
        }
        let mut left = self.operand()?;
        while let Some(Token::Operator(operator)) = self.peek() {
            let operator = *operator;
            if operator.precedence() < weakest {
                break;
            }
            self.next += 1;
            let right = self.expression(operator.precedence() + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression, ExpressionError> {
        let Some(token) = self.peek().cloned() else { return Err(self.unexpected()) };
        match token {
            Token::Number(number) => self.leaf(Expression::Number(number)),
            Token::Text(text) => self.leaf(Expression::Text(text)),
            Token::Answer(name) => self.leaf(Expression::Answer(name)),
            Token::Dot => self.leaf(Expression::Current),
            Token::Name(name) => self.name(&name),
            Token::Open => {
                self.next += 1;
                let inner = self.expression(0)?;
                self.expect(&Token::Close)?;
                Ok(inner)
            }
            Token::Operator(Operator::Minus) => {
                self.next += 1;
                Ok(Expression::Negated(Box::new(self.expression(7)?)))
            }
            _ => Err(self.unexpected()),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "reads as one arm among others that may fail")]
    fn leaf(&mut self, leaf: Expression) -> Result<Expression, ExpressionError> {
        self.next += 1;
        Ok(leaf)
    }

    fn name(&mut self, name: &str) -> Result<Expression, ExpressionError> {
        if self.tokens.get(self.next + 1).map(|(_, token)| token) != Some(&Token::Open) {
            return self.leaf(Expression::Column(name.to_owned()));
        }
        if name == "instance" {
            self.next += 2;
            return self.lookup();
        }
        let function = Function::named(name)
            .ok_or_else(|| self.error(ExpressionErrorKind::UnknownFunction(name.to_owned())))?;
        let called_at = self.next;
        self.next += 2;
        let arguments = self.arguments()?;
        let (fewest, most) = function.arity();
        if (fewest..=most).contains(&arguments.len()) {
            Ok(Expression::Call(function, arguments))
        } else {
            self.next = called_at;
            Err(self.error(ExpressionErrorKind::WrongArguments(function.name())))
        }
    }

    fn arguments(&mut self) -> Result<Vec<Expression>, ExpressionError> {
        let mut arguments = Vec::new();
        if self.peek() == Some(&Token::Close) {
            self.next += 1;
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(0)?);
            if self.peek() == Some(&Token::Comma) {
                self.next += 1;
            } else {
                self.expect(&Token::Close)?;
                return Ok(arguments);
            }
        }
    }

    /// The rest of `instance(` … `'list')/root/item[condition]/column`.
    fn lookup(&mut self) -> Result<Expression, ExpressionError> {
        let Some(Token::Text(list)) = self.take() else {
            self.next -= 1;
            return Err(self.unexpected());
        };
        self.expect(&Token::Close)?;
        self.step("root")?;
        self.step("item")?;
        let condition = if self.peek() == Some(&Token::OpenSquare) {
            self.next += 1;
            let condition = self.expression(0)?;
            self.expect(&Token::CloseSquare)?;
            Some(Box::new(condition))
        } else {
            None
        };
        self.expect(&Token::Slash)?;
        if let Some(Token::Name(column)) = self.take() {
            Ok(Expression::Lookup { list, condition, column })
        } else {
            self.next -= 1;
            Err(self.error(ExpressionErrorKind::UnsupportedPath))
        }
    }

    fn step(&mut self, wanted: &str) -> Result<(), ExpressionError> {
        self.expect(&Token::Slash)?;
        match self.peek() {
            Some(Token::Name(name)) if name == wanted => {
                self.next += 1;
                Ok(())
            }
            _ => Err(self.error(ExpressionErrorKind::UnsupportedPath)),
        }
    }
}

fn written(token: &Token) -> String {
    match token {
        Token::Number(number) => number.to_string(),
        Token::Text(text) => format!("'{text}'"),
        Token::Answer(name) => format!("${{{name}}}"),
        Token::Name(name) => name.clone(),
        Token::Dot => ".".into(),
        Token::Comma => ",".into(),
        Token::Slash => "/".into(),
        Token::Open => "(".into(),
        Token::Close => ")".into(),
        Token::OpenSquare => "[".into(),
        Token::CloseSquare => "]".into(),
        Token::Operator(operator) => operator.sign().into(),
    }
}
