//! A cell as the canonical answer of a question without choices.

use super::heading::plain;
use super::moment::{self, DayOrder};
use crate::domain::canonical::canonical;
use crate::domain::form::{ACKNOWLEDGED, Form, Kind, Question};
use crate::domain::problem::ValueFault;
use rows::text::composed;

/// Reads a cell. A person who typed `5 năm` meant 5.
pub(super) fn value(
    form: &Form,
    question: &Question,
    cell: &str,
    days: DayOrder,
) -> Result<String, ValueFault> {
    let text = composed(cell);
    let text = text.trim();
    let fault = match canonical(form, question, text) {
        // `12/2/2026` is a day either way; which one is not its own to say.
        Ok(_) if has_day(&question.kind) && days == DayOrder::MonthFirst => ValueFault::NotADate,
        Ok(value) => return Ok(value),
        Err(fault) => ValueFault::of(&fault, Vec::new()),
    };
    let read = match &question.kind {
        Kind::Integer => integer(text),
        Kind::Decimal | Kind::Range(_) => {
            canonical(form, question, &ungrouped(leading_number(text))).ok()
        }
        Kind::Date => moment::date(text, days),
        Kind::Time => moment::time_of_day(text, days),
        Kind::DateTime => moment::date_time(text, days),
        Kind::Acknowledge => match truth(text) {
            Some(true) => Some(ACKNOWLEDGED.to_owned()),
            Some(false) => Some(String::new()),
            None => question
                .label
                .all()
                .any(|label| plain(label) == plain(text))
                .then(|| ACKNOWLEDGED.to_owned()),
        },
        _ => None,
    };
    read.ok_or(fault)
}

/// True for kinds that not every text is an answer to.
pub(super) fn is_narrow(kind: &Kind) -> bool {
    !matches!(kind, Kind::Text | Kind::Calculate | Kind::Hidden | Kind::Note | Kind::Meta(_))
}

fn has_day(kind: &Kind) -> bool {
    matches!(kind, Kind::Date | Kind::DateTime)
}

/// What a box says that was ticked or left.
pub(super) fn truth(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "1" | "1 0" | "true" | "yes" | "co" | "x" | "ok" | "dong y" | "toi dong y" | "da chon" => {
            Some(true)
        }
        "0" | "0 0" | "false" | "no" | "khong" | "khong dong y" | "" => {
            // A tick of its own kind has no letters.
            Some(matches!(text.trim(), "✓" | "✔" | "☑" | "✅"))
        }
        _ => None,
    }
}

/// A whole number with or without decimals that are zeros, with groups of thousands.
fn integer(text: &str) -> Option<String> {
    let number = leading_number(text);
    if let Ok(whole) = number.parse::<i64>() {
        return Some(whole.to_string());
    }
    let (before, behind) = number.rsplit_once([',', '.'])?;
    let zeros = behind.len() != 3 && !behind.is_empty() && behind.bytes().all(|byte| byte == b'0');
    if zeros {
        return before.parse::<i64>().ok().map(|whole| whole.to_string());
    }
    let mut groups = number.split(['.', ',', ' ', '\u{a0}']);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let rest: Vec<&str> = groups.collect();
    let are_groups = rest.iter().all(|group| group.len() == 3);
    let whole = format!("{first}{}", rest.concat());
    (are_groups && whole.bytes().all(|b| b.is_ascii_digit())).then_some(whole)
}

/// The number that a text begins with, where nothing but words follows it.
fn leading_number(text: &str) -> &str {
    let end = text.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let number = number.trim();
    if rest.chars().any(|c| c.is_ascii_digit()) || number.is_empty() { text } else { number }
}

/// `1.234,5` and `1,234.5` without what groups the thousands.
fn ungrouped(number: &str) -> String {
    match (number.rfind(','), number.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => number.replace('.', ""),
        (Some(_), Some(_)) => number.replace(',', ""),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, cell: &str) -> Result<String, ValueFault> {
        let mut form = Form::default();
        form.add_question(Question { name: "q".into(), ..Question::of_kind(kind) });
        value(&form, form.question("q").unwrap(), cell, DayOrder::DayFirst)
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (cell, expected) in
            [("5", "5"), ("5 năm", "5"), ("5,0", "5"), ("1.234", "1234"), (" 10 ngày", "10")]
        {
            assert_eq!(read(Kind::Integer, cell).as_deref(), Ok(expected), "{cell}");
        }
        for cell in ["5 năm 3 tháng", "năm", "5,5", "1.23.4"] {
            assert_eq!(read(Kind::Integer, cell), Err(ValueFault::NotAnInteger), "{cell}");
        }
        for (cell, expected) in [("1,5", "1.5"), ("1.234,5", "1234.5"), ("50%", "50")] {
            assert_eq!(read(Kind::Decimal, cell).as_deref(), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn a_box_is_ticked_in_many_ways() {
        for ticked in ["OK", "x", "✓", "Đồng ý", "1", "TRUE"] {
            assert_eq!(read(Kind::Acknowledge, ticked).as_deref(), Ok(ACKNOWLEDGED), "{ticked}");
        }
        assert_eq!(read(Kind::Acknowledge, "Không").as_deref(), Ok(""));
        assert!(read(Kind::Acknowledge, "có thể").is_err());
    }

    #[test]
    fn the_order_of_day_and_month_is_that_of_the_table() {
        let mut form = Form::default();
        form.add_question(Question { name: "q".into(), ..Question::of_kind(Kind::Date) });
        let question = form.question("q").unwrap();
        let read = |days| value(&form, question, "12/2/2026", days).unwrap();
        assert_eq!(read(DayOrder::DayFirst), "2026-02-12");
        assert_eq!(read(DayOrder::MonthFirst), "2026-12-02");
    }
}
