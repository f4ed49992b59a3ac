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

    /// A number with the decimals that it has.
    pub fn plain_number(self, value: f64) -> String {
        let written = value.to_string();
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        self.number(value, decimals)
    }

    /// A day written `2026-12-02` as people write it; what is no such day as it stands.
    pub fn day(self, day: &str) -> String {
        match day.split('-').collect::<Vec<_>>().as_slice() {
            [year, month, date] => format!("{date}/{month}/{year}"),
            _ => day.to_owned(),
        }
    }

    /// A number as numerals of the Romans, as both languages number the parts of a document.
    pub fn roman(self, number: usize) -> String {
        const NUMERALS: [(usize, &str); 7] =
            [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        let mut left = number;
        let mut text = String::new();
        for (worth, numeral) in NUMERALS {
            while left >= worth {
                left -= worth;
                text.push_str(numeral);
            }
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
        assert_eq!(Language::Vi.plain_number(2.5), "2,5");
        assert_eq!(Language::En.plain_number(45.0), "45");
        assert_eq!([4, 7, 19].map(|n| Language::Vi.roman(n)), ["IV", "VII", "XIX"]);
    }
}
