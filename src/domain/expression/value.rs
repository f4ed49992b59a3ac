//! What an expression can be worth.

use super::days::days_in;

/// A value of `XPath` 1.0; a set of nodes is the list of their texts.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number; `NaN` where a text is none.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// The texts of several choices or instances, in their order.
    Several(Vec<String>),
}

impl Value {
    /// What is not there: the empty text.
    pub const fn nothing() -> Self {
        Self::Text(String::new())
    }

    /// As text: of several, the first; a whole number has no decimal point.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Boolean(truth) => truth.to_string(),
            Self::Several(texts) => texts.first().cloned().unwrap_or_default(),
        }
    }

    /// As number: a day or a moment is the days since 1970 on a clock that is `offset_minutes`
    /// ahead of UTC; a text that is neither that nor a number is `NaN`.
    pub fn number(&self, offset_minutes: i16) -> f64 {
        let in_text = |text: &str| {
            number_in(text).or_else(|| days_in(text, offset_minutes)).unwrap_or(f64::NAN)
        };
        match self {
            Self::Number(number) => *number,
            Self::Boolean(truth) => f64::from(u8::from(*truth)),
            Self::Text(text) => in_text(text),
            Self::Several(texts) => texts.first().map_or(f64::NAN, |text| in_text(text)),
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

    /// True for what `coalesce` passes over: the empty text and, as in ODK Collect, `NaN`.
    pub(super) fn is_missing(&self) -> bool {
        match self {
            Self::Number(number) => number.is_nan(),
            Self::Boolean(_) => false,
            Self::Text(_) | Self::Several(_) => self.text().is_empty(),
        }
    }
}

/// `XPath` 1.0, 4.2: no exponent, no sign before zero, the infinities in words.
fn number_text(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        number.to_string()
    }
}

/// `XPath`'s numbers: digits, a dot, a minus; nothing like `1e5`, `inf` or `+1`.
fn number_in(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if plain { text.parse().ok() } else { None }
}
