//! What an expression can be worth.

/// A value of `XPath` 1.0; a set of nodes is the list of their texts.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number; `NaN` where a text is none.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// The texts of several choices, in their order.
    Several(Vec<String>),
}

impl Value {
    /// As text: of several, the first; a whole number has no decimal point.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
            Self::Several(texts) => texts.first().cloned().unwrap_or_default(),
        }
    }

    /// As number: a text that is none is `NaN`.
    pub fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Boolean(truth) => f64::from(u8::from(*truth)),
            Self::Text(text) => number_in(text),
            Self::Several(texts) => texts.first().map_or(f64::NAN, |text| number_in(text)),
        }
    }

    /// As truth: a text that is not empty, a number that is neither 0 nor `NaN`.
    pub fn truth(&self) -> bool {
        match self {
            Self::Boolean(truth) => *truth,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::Several(texts) => !texts.is_empty(),
        }
    }
}

/// `XPath`'s numbers: digits, a dot, a minus; nothing like `1e5`, `inf` or `+1`.
fn number_in(text: &str) -> f64 {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}
