//! Scripts that read the responses of a data package into R, SPSS and Stata, with labels.
//!
//! They are written anew for each package, since what they say follows from its columns.

mod r;
mod spss;
mod stata;

use std::collections::BTreeSet;

use super::table::Table;
use super::variable::Variable;
use crate::domain::form::Choice;
use crate::text::Language;

/// What a script is about.
struct Subject<'a> {
    variables: &'a [Variable<'a>],
    /// The responses under these columns.
    table: &'a Table,
    language: Language,
}

/// The scripts, and what they need beside the package's own tables, as files.
pub fn files(
    variables: &[Variable<'_>],
    table: &Table,
    language: Language,
) -> Vec<(String, Vec<u8>)> {
    let subject = Subject { variables, table, language };
    let files = [
        ("responses.R", r::script(&subject).into_bytes()),
        ("responses.sps", spss::syntax(&subject).into_bytes()),
        ("responses-spss.csv", spss::data(&subject)),
        ("responses.do", stata::script(&subject).into_bytes()),
    ];
    files.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec()
}

/// Choices with their labels in a language, each name once.
fn labelled(choices: &[Choice], t: Language) -> Vec<(&str, String)> {
    let mut seen = BTreeSet::new();
    let once = choices.iter().filter(|choice| seen.insert(choice.name.as_str()));
    once.map(|choice| (choice.name.as_str(), choice.distinct_label(t.code()))).collect()
}

/// Names for columns in programs that are stricter about them: letters, digits and underscores,
/// at most so many bytes, none like another whatever the case, none of these words.
fn short_names(variables: &[Variable<'_>], most_bytes: usize, reserved: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = reserved.iter().map(|word| word.to_lowercase()).collect();
    let mut name = |heading: &str| {
        let allowed = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
        let mut plain: String = heading.chars().map(allowed).collect();
        if !plain.starts_with(char::is_alphabetic) {
            plain.insert(0, 'v');
        }
        let numbered = (1..).map(|number| {
            let ending = if number == 1 { String::new() } else { format!("_{number}") };
            format!("{}{ending}", cut(&plain, most_bytes.saturating_sub(ending.len())))
        });
        // Of endless numbers one is free.
        let free = numbered.into_iter().find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    };
    variables.iter().map(|variable| name(&variable.heading)).collect()
}

/// The beginning of a text that takes at most so many bytes.
fn cut(text: &str, most_bytes: usize) -> &str {
    let end = (0..=most_bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// What a script is about, each line a comment that begins and ends so.
fn about(text: &str, begin: &str, end: &str) -> String {
    text.split('|').map(|line| [begin, line.trim(), end, "\n"].concat()).collect()
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
