//! Numbers as each language writes them: `1.234,5` in Vietnamese, `1,234.5` in English.

use super::Language;

impl Language {
    /// A number with this many decimals.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let written = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        let (group, point) = match self {
            Self::Vi => ('.', ","),
            Self::En => (',', "."),
        };
        let mut text = String::new();
        let is_zero = written.chars().all(|c| matches!(c, '0' | '.'));
        if value < 0.0 && !is_zero {
            text.push('−');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(point);
            text.push_str(fraction);
        }
        text
    }

    /// A whole number.
    pub fn count(self, value: usize) -> String {
        self.number(value as f64, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_languages_way() {
        assert_eq!(Language::Vi.number(1234.5, 2), "1.234,50");
        assert_eq!(Language::En.number(1_234_567.0, 0), "1,234,567");
        assert_eq!(Language::Vi.number(-0.25, 1), "−0,2");
        assert_eq!(Language::Vi.number(-0.001, 2), "0,00");
        assert_eq!(Language::Vi.count(412), "412");
    }
}
