//! Numbers as each language writes them: `1.234,5` in Vietnamese, `1,234.5` in English.

use super::Language;
use crate::domain::canonical::canonical;
use crate::domain::form::{Form, Kind, Question, Steps};

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

    /// A number as one types it: without groups, `1234,5`.
    fn typed_number(self, value: f64) -> String {
        let written = value.to_string();
        match self {
            Self::Vi => written.replace('.', ","),
            Self::En => written,
        }
    }

    /// How a typed number is understood, where that is not as it was typed: `1.500` is one and a
    /// half, and nothing may hang on who reads it.
    pub fn understood_number(
        self,
        form: &Form,
        question: &Question,
        typed: &str,
    ) -> Option<String> {
        if !matches!(question.kind, Kind::Integer | Kind::Decimal | Kind::Range(_)) {
            return None;
        }
        let typed = typed.trim();
        // Whoever has typed no more than the point is not done.
        if typed.ends_with([',', '.']) {
            return None;
        }
        let value = canonical(form, question, typed).ok()?.parse().ok()?;
        let understood = self.typed_number(value);
        if understood == typed {
            return None;
        }
        Some(if looks_grouped(typed) {
            self.understood_not_grouped(&understood, &typed.replace([',', '.'], ""))
        } else {
            self.understood_as(&understood)
        })
    }

    /// From where to where the numbers of a range go, and in what steps.
    pub fn range_ends(self, steps: &Steps) -> String {
        let [start, end, step] =
            [steps.start, steps.end, steps.step.abs()].map(|number| self.plain_number(number));
        if step == "1" {
            self.range_from_to(&start, &end)
        } else {
            self.range_in_steps(&start, &end, &step)
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

    /// How many people, or whatever else is counted far up.
    pub fn number_of(self, people: u64) -> String {
        self.number(people as f64, 0)
    }
}

/// True where the point or comma may have been meant to group thousands.
fn looks_grouped(typed: &str) -> bool {
    let mut groups = typed.trim_start_matches('-').split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let mut others = groups.peekable();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && others.peek().is_some()
        && others.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_can_be_read_in_two_ways_is_read_back() {
        let of = |kind, typed| {
            let question = Question::of_kind(kind);
            [Language::Vi, Language::En]
                .map(|t| t.understood_number(&Form::default(), &question, typed))
                .map(Option::unwrap_or_default)
        };
        let typed = |typed| of(Kind::Decimal, typed);
        assert_eq!(typed("1,5"), ["", "Read as 1.5."]);
        assert_eq!(typed("1.5"), ["Hiểu là 1,5.", ""]);
        let [vi, en] = typed("1.500");
        assert!(vi.starts_with("Hiểu là 1,5.") && vi.contains("1500"), "{vi}");
        assert!(en.starts_with("Read as 1.5.") && en.contains("1500"), "{en}");
        assert_eq!(typed("0.125")[0], "Hiểu là 0,125.");
        assert!(typed("-2.250")[0].contains("-2250"));
        for done in ["", "-", "1500", "x", "1.", "1.500.000"] {
            assert_eq!(typed(done), ["", ""], "{done}");
        }
        assert_eq!(of(Kind::Integer, "007")[0], "Hiểu là 7.");
        assert_eq!(of(Kind::Text, "007")[0], "");
    }

    #[test]
    fn a_range_says_its_ends_and_steps() {
        let range = |start, end, step| Language::Vi.range_ends(&Steps { start, end, step });
        assert_eq!(range(1.0, 10.0, 1.0), "Từ 1 đến 10.");
        assert_eq!(range(0.0, 2.5, 0.5), "Từ 0 đến 2,5, mỗi bước 0,5.");
    }

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
