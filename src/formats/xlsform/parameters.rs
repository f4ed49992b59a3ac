//! The column `parameters`: `name=value`, with blanks, commas or semicolons in between.

use super::At;
use super::survey::{Survey, is_no, is_yes};
use crate::domain::form::{Kind, Shuffle};

/// What the column says of a question beside its kind.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) shuffle: Option<Shuffle>,
    pub(super) lines: Option<u32>,
}

/// Every parameter of a cell with its value; `None` where something is no parameter. Within
/// brackets nothing separates: a seed may be an expression.
pub(super) fn pairs(cell: &str) -> Option<Vec<(String, &str)>> {
    let (mut open_brackets, mut open_quote) = (0usize, None);
    let words = cell.split(|c: char| {
        match c {
            _ if open_quote.is_some() => open_quote = open_quote.filter(|quote| *quote != c),
            '\'' | '"' if open_brackets > 0 => open_quote = Some(c),
            '(' => open_brackets += 1,
            ')' => open_brackets = open_brackets.saturating_sub(1),
            _ => return open_brackets == 0 && (c.is_whitespace() || c == ',' || c == ';'),
        }
        false
    });
    let pairs = words.filter(|word| !word.is_empty()).map(|word| {
        let (name, value) = word.split_once('=')?;
        Some((name.to_lowercase(), value))
    });
    pairs.collect()
}

impl<'s> Survey<'_, 's> {
    /// The parameters of a question; its kind, with the list they make of a file's columns. One
    /// that is not known for the kind is refused.
    pub(super) fn parameters(&mut self, at: At<'s>, kind: Kind) -> (Kind, Parameters) {
        let mut parameters = Parameters::default();
        let cell = at.cell("parameters");
        if matches!(kind, Kind::Range(_)) {
            return (kind, parameters);
        }
        let Some(pairs) = pairs(cell) else {
            self.refuse(at, "parameters", &format!("parameters: {cell}"));
            return (kind, parameters);
        };
        let (mut name, mut label, mut seed) = ("name", "label", None);
        for (parameter, value) in pairs {
            match (parameter.as_str(), kind.list()) {
                ("rows", None) if kind == Kind::Text => match value.parse() {
                    Ok(lines @ 1..=100) => parameters.lines = Some(lines),
                    _ => self.refuse(at, "parameters", &format!("rows={value}")),
                },
                ("randomize", Some(_)) if is_yes(value) => {
                    parameters.shuffle = Some(Shuffle { seed: None });
                }
                ("randomize", Some(_)) if is_no(value) => {}
                ("seed", Some(_)) => seed = self.parsed(at, "parameters", value),
                ("value", Some(_)) if at.cell("type").contains("_from_file") => name = value,
                ("label", Some(_)) if at.cell("type").contains("_from_file") => label = value,
                _ => self.refuse(at, "parameters", &format!("{parameter}={value}")),
            }
        }
        if let Some(shuffle) = &mut parameters.shuffle {
            shuffle.seed = seed;
        }
        let kind = if (name, label) == ("name", "label") {
            kind
        } else {
            let list = kind.list().unwrap_or_default().to_owned();
            kind.with_list(self.reader.list_of_columns(self.others, &list, name, label))
        };
        (kind, parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_commas_in_brackets_belong_to_the_value() {
        let found = pairs("randomize=true, seed=(if(${a} = ')', 1, 2));x=1").unwrap();
        let values: Vec<&str> = found.iter().map(|(_, value)| *value).collect();
        assert_eq!(values, ["true", "(if(${a} = ')', 1, 2))", "1"]);
        assert_eq!(pairs("randomize"), None);
    }
}
