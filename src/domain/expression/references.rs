//! What an expression depends on, and where in its text a name stands.

use std::ops::Range;

use super::lexer::{Token, tokens};
use super::{Expression, Function};

impl Expression {
    /// The names of the questions, groups and repeats it depends on, each once.
    pub fn references(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.walk(&mut |inner| {
            let name = match inner {
                Self::Answer(name) => Some(name.as_str()),
                Self::Path(path) => path.name(),
                Self::Call(Function::ChoiceName, arguments) => match arguments.last() {
                    Some(Self::Text(quoted)) => Some(quoted_name(quoted)),
                    _ => None,
                },
                _ => None,
            };
            names.extend(name.filter(|name| !names.contains(name)));
        });
        names
    }

    /// The bare names outside look-ups, each once: columns of a choice, where there is one.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        let mut left = vec![self];
        while let Some(inner) = left.pop() {
            match inner {
                Self::Column(name) if !columns.contains(&name.as_str()) => columns.push(name),
                Self::Call(_, arguments) => left.extend(arguments),
                Self::Binary(_, one, other) => left.extend([&**one, &**other]),
                Self::Negated(one) => left.push(one),
                _ => {}
            }
        }
        columns
    }

    /// The names of the choice lists it looks into, each once.
    pub fn lists(&self) -> Vec<&str> {
        let mut lists = Vec::new();
        self.walk(&mut |inner| {
            let list = match inner {
                Self::Lookup { list, .. } => Some(list.as_str()),
                Self::Call(Function::PullData, arguments) => match arguments.first() {
                    Some(Self::Text(list)) => Some(list.as_str()),
                    _ => None,
                },
                _ => None,
            };
            lists.extend(list.filter(|list| !lists.contains(list)));
        });
        lists
    }
}

/// The questions that a text of the form mentions as `${name}`, with the bytes of each.
pub fn mentions(text: &str) -> Vec<(&str, Range<usize>)> {
    let starts = text.match_indices("${").map(|(start, _)| start);
    let found = starts.filter_map(|start| {
        let inside = text.get(start + 2..)?;
        let length = inside.find('}')?;
        Some((inside.get(..length)?.trim(), start..start + length + 3))
    });
    found.collect()
}

/// The question that a text names: `jr:choice-name` takes `'${name}'` or a path, in quotes.
pub(super) fn quoted_name(text: &str) -> &str {
    let name = text.trim();
    match name.strip_prefix("${").and_then(|name| name.strip_suffix('}')) {
        Some(name) => name.trim(),
        None => name.rsplit('/').next().unwrap_or_default(),
    }
}

/// Where `name` stands in an expression's text, first as `${name}`, else as a function or a step
/// of a path, else in quotes as lists are: the bytes to underline.
pub fn locate(source: &str, name: &str) -> Option<Range<usize>> {
    let ranked = tokens(source).ok()?.into_iter().filter_map(|placed| {
        let rank = match &placed.token {
            Token::Answer(found) if found == name => 0,
            Token::Name(found) if found == name => 1,
            Token::Text(quoted) if quoted_name(quoted) == name => 2,
            _ => return None,
        };
        Some((rank, placed.place))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, place)| place)
}

/// The word or sign at a byte of an expression's text, as an error gives it: the bytes to
/// underline; empty at the end of the text.
pub fn place_at(source: &str, at: usize) -> Range<usize> {
    let Some(rest) = source.get(at..) else { return source.len()..source.len() };
    // Of what is not closed, the opening sign; of what is no word, one character.
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let word = rest.find(|c: char| !(c.is_alphanumeric() || "_-.:".contains(c)));
    let length = word.unwrap_or(rest.len()).max(sign);
    let quoted = rest.starts_with(['\'', '"', '$']);
    let token = quoted.then(|| closed_length(rest)).flatten();
    at..at + token.unwrap_or(length)
}

/// How long a quoted text or a `${name}` at the start of `rest` is, if it is closed.
fn closed_length(rest: &str) -> Option<usize> {
    let opening = rest.chars().next()?;
    let closing = if opening == '$' { '}' } else { opening };
    rest.get(1..)?.find(closing).map(|end| end + 2)
}
