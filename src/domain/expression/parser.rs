//! Tokens to an expression, by precedence climbing.

use super::lexer::{Placed, Token, tokens};
use super::operator::NEGATION;
use super::texts::is_pattern;
use super::{
    Expression, ExpressionError, ExpressionErrorKind, Function, MAX_DEPTH, MAX_TOKENS, Operator,
    Path,
};

/// Parses one expression.
///
/// # Errors
/// The first fault of the text with its place.
pub fn parse(source: &str) -> Result<Expression, ExpressionError> {
    let tokens = tokens(source)?;
    if let Some(first_beyond) = tokens.get(MAX_TOKENS) {
        let at = first_beyond.place.start;
        return Err(ExpressionError { at, kind: ExpressionErrorKind::TooLong });
    }
    let mut parser = Parser { tokens, next: 0, depth: 0, conditions: 0, end: source.len() };
    let expression = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    /// The position of the token to read next.
    next: usize,
    depth: usize,
    /// How many look-ups' conditions the next token lies in.
    conditions: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn peek_second(&self) -> Option<&Token> {
        self.tokens.get(self.next + 1).map(|placed| &placed.token)
    }

    /// Reads over `wanted` if it comes next.
    fn skip(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), ExpressionError> {
        if self.skip(wanted) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn error(&self, kind: ExpressionErrorKind) -> ExpressionError {
        self.error_at(self.next, kind)
    }

    fn error_at(&self, token: usize, kind: ExpressionErrorKind) -> ExpressionError {
        let at = self.tokens.get(token).map_or(self.end, |placed| placed.place.start);
        ExpressionError { at, kind }
    }

    fn unexpected(&self) -> ExpressionError {
        self.error(match self.peek() {
            None => ExpressionErrorKind::UnexpectedEnd,
            Some(token) => ExpressionErrorKind::Unexpected(token.to_string()),
        })
    }

    fn unsupported_path(&self) -> ExpressionError {
        match self.peek() {
            None => self.unexpected(),
            Some(_) => self.error(ExpressionErrorKind::UnsupportedPath),
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
        let operand = match self.peek().cloned() {
            Some(Token::Number(number)) => self.leaf(Expression::Number(number)),
            Some(Token::Text(text)) => self.leaf(Expression::Text(text)),
            Some(Token::Answer(name)) => self.answer(name)?,
            Some(Token::Dot) => self.path_or(Expression::Current, ".")?,
            Some(Token::TwoDots) => {
                self.next += 1;
                self.path("..")?
            }
            Some(Token::Slash) => self.path("")?,
            Some(Token::Name(name)) => self.name(name)?,
            Some(Token::Open) => {
                self.next += 1;
                let inner = self.expression(0)?;
                self.expect(&Token::Close)?;
                inner
            }
            Some(Token::Operator(Operator::Minus)) => {
                self.next += 1;
                Expression::Negated(Box::new(self.expression(NEGATION)?))
            }
            _ => return Err(self.unexpected()),
        };
        if self.peek() == Some(&Token::OpenSquare) {
            return Err(self.unsupported_path());
        }
        Ok(operand)
    }

    fn leaf(&mut self, leaf: Expression) -> Expression {
        self.next += 1;
        leaf
    }

    fn answer(&mut self, name: String) -> Result<Expression, ExpressionError> {
        if name.starts_with("last-saved#") {
            return Err(self.error(ExpressionErrorKind::Unsupported("last-saved".to_owned())));
        }
        let written = format!("${{{name}}}");
        self.path_or(Expression::Answer(name), &written)
    }

    /// `alone`, or the path that starts there.
    fn path_or(&mut self, alone: Expression, start: &str) -> Result<Expression, ExpressionError> {
        self.next += 1;
        if self.peek() == Some(&Token::Slash) { self.path(start) } else { Ok(alone) }
    }

    /// The steps of a path after its start.
    fn path(&mut self, start: &str) -> Result<Expression, ExpressionError> {
        let mut path = Path::starting(start.to_owned());
        let mut last = String::new();
        let mut steps = 0;
        while self.skip(&Token::Slash) {
            last = match self.peek() {
                Some(Token::Name(name)) if !name.contains("::") => name.clone(),
                Some(Token::Dot) => ".".to_owned(),
                Some(Token::TwoDots) => "..".to_owned(),
                _ => return Err(self.unsupported_path()),
            };
            path.push(&last);
            self.next += 1;
            steps += 1;
        }
        // A choice has columns of its own: there `./name` is no question's.
        let is_column = self.conditions > 0 && start == "." && steps == 1 && path.name().is_some();
        Ok(if is_column { Expression::Column(last) } else { Expression::Path(path) })
    }

    fn name(&mut self, name: String) -> Result<Expression, ExpressionError> {
        if name.contains("::") {
            return Err(self.unsupported_path());
        }
        if self.peek_second() != Some(&Token::Open) {
            let start = name.clone();
            return self.path_or(Expression::Column(name), &start);
        }
        match name.as_str() {
            "instance" => {
                self.next += 2;
                self.lookup()
            }
            "current" => {
                self.next += 2;
                self.expect(&Token::Close)?;
                self.path("current()")
            }
            _ => self.call(name),
        }
    }

    fn call(&mut self, name: String) -> Result<Expression, ExpressionError> {
        let called_at = self.next;
        let Some(function) = Function::named(&name) else {
            let is_refused = Function::is_unsupported(&name);
            return Err(self.error(if is_refused {
                ExpressionErrorKind::Unsupported(name)
            } else {
                ExpressionErrorKind::UnknownFunction(name)
            }));
        };
        self.next += 2;
        let (starts, arguments): (Vec<usize>, Vec<Expression>) =
            self.arguments()?.into_iter().unzip();
        let wrong = || ExpressionErrorKind::WrongArguments(function.name());
        let in_pairs = function != Function::WeightedChecklist || arguments.len().is_multiple_of(2);
        if !function.arity().contains(&arguments.len()) || !in_pairs {
            return Err(self.error_at(called_at, wrong()));
        }
        let first_at = starts.first().copied().unwrap_or(called_at);
        if function.takes_nodes() && !arguments.first().is_some_and(is_nodes) {
            return Err(self.error_at(first_at, wrong()));
        }
        if let (Function::Regex, [_, Expression::Text(pattern)], [_, pattern_at]) =
            (function, arguments.as_slice(), starts.as_slice())
            && !is_pattern(pattern)
        {
            let kind = ExpressionErrorKind::BadPattern(pattern.clone());
            return Err(self.error_at(*pattern_at, kind));
        }
        Ok(Expression::Call(function, arguments))
    }

    /// The arguments up to the closing bracket, each with the position of its first token.
    fn arguments(&mut self) -> Result<Vec<(usize, Expression)>, ExpressionError> {
        let mut arguments = Vec::new();
        if self.skip(&Token::Close) {
            return Ok(arguments);
        }
        loop {
            arguments.push((self.next, self.expression(0)?));
            if !self.skip(&Token::Comma) {
                self.expect(&Token::Close)?;
                return Ok(arguments);
            }
        }
    }

    /// The rest of `instance(` … `'list')/root/item[condition]/column`.
    fn lookup(&mut self) -> Result<Expression, ExpressionError> {
        let Some(Token::Text(list)) = self.peek().cloned() else { return Err(self.unexpected()) };
        if list == "__last-saved" {
            return Err(self.error(ExpressionErrorKind::Unsupported("last-saved".to_owned())));
        }
        self.next += 1;
        self.expect(&Token::Close)?;
        self.step("root")?;
        self.step("item")?;
        let mut conditions = Vec::new();
        self.conditions += 1;
        while self.skip(&Token::OpenSquare) {
            conditions.push(self.expression(0)?);
            self.expect(&Token::CloseSquare)?;
        }
        self.conditions -= 1;
        let mut column = None;
        if self.skip(&Token::Slash) {
            let Some(Token::Name(name)) = self.peek().cloned() else {
                return Err(self.unsupported_path());
            };
            column = Some(name);
            self.next += 1;
        }
        Ok(Expression::Lookup { list, conditions, column })
    }

    fn step(&mut self, wanted: &str) -> Result<(), ExpressionError> {
        self.expect(&Token::Slash)?;
        match self.peek() {
            Some(Token::Name(name)) if name == wanted => {
                self.next += 1;
                Ok(())
            }
            _ => Err(self.unsupported_path()),
        }
    }
}

/// True for what names questions or choices instead of computing a value.
fn is_nodes(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Answer(_)
            | Expression::Current
            | Expression::Path(_)
            | Expression::Lookup { .. }
            | Expression::Call(Function::Randomize, _)
    )
}
