//! An answer in its one text, and why a text is no answer.

use serde::{Deserialize, Serialize};

use super::form::{ACKNOWLEDGED, Form, Kind, Question};
use super::timestamp::{canonical_date, canonical_time};
use rows::text::composed;

/// Why an answer does not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerFault {
    /// It must be answered.
    Required,
    /// It breaks the question's constraint.
    Constraint,
    /// It is no whole number.
    NotAnInteger,
    /// It is no number.
    NotANumber,
    /// There is no such day.
    NotADate,
    /// There is no such time.
    NotATime,
    /// It is not between the ends of the question's range.
    OutOfRange,
    /// It is not among the choices.
    UnknownChoice,
}

/// An answer in its canonical text, however a person or another program wrote it: a decimal
/// comma becomes a dot, a day becomes `2026-12-02`, choices are their names.
pub fn canonical(form: &Form, question: &Question, value: &str) -> Result<String, AnswerFault> {
    let value = composed(value);
    let value = value.trim();
    if value.is_empty() {
        return Ok(String::new());
    }
    match &question.kind {
        Kind::Text | Kind::Calculate | Kind::Note | Kind::Hidden | Kind::Meta(_) => {
            Ok(value.to_owned())
        }
        Kind::Integer => match value.parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(AnswerFault::NotAnInteger),
        },
        Kind::Decimal => number(value).map(|number| number.to_string()),
        Kind::Range(steps) => match number(value)? {
            number if steps.hold(number) => Ok(number.to_string()),
            _ => Err(AnswerFault::OutOfRange),
        },
        Kind::Date => canonical_date(value).ok_or(AnswerFault::NotADate),
        Kind::Time => canonical_time(value).ok_or(AnswerFault::NotATime),
        Kind::DateTime => {
            let (date, time) = value.split_once(['T', ' ']).ok_or(AnswerFault::NotATime)?;
            let date = canonical_date(date).ok_or(AnswerFault::NotADate)?;
            let time = canonical_time(time).ok_or(AnswerFault::NotATime)?;
            Ok(format!("{date}T{time}"))
        }
        Kind::Acknowledge if value.eq_ignore_ascii_case(ACKNOWLEDGED) => {
            Ok(ACKNOWLEDGED.to_owned())
        }
        Kind::SelectOne(_) if form.choice(question, value).is_some() => Ok(value.to_owned()),
        Kind::SelectMultiple(_) | Kind::Rank(_)
            if value.split_whitespace().all(|name| form.choice(question, name).is_some()) =>
        {
            Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Kind::Acknowledge | Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) => {
            Err(AnswerFault::UnknownChoice)
        }
    }
}

/// A number with a decimal comma or point.
fn number(value: &str) -> Result<f64, AnswerFault> {
    let dotted = value.replacen(',', ".", 1);
    let is_plain = dotted.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    match dotted.parse() {
        Ok(number) if is_plain => Ok(number),
        _ => Err(AnswerFault::NotANumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_kept_in_one_way_however_they_are_typed() {
        let mut form = Form::default();
        for (name, kind) in [("so", Kind::Decimal), ("nguyen", Kind::Integer), ("ngay", Kind::Date)]
        {
            form.add_question(Question { name: name.to_owned(), ..Question::of_kind(kind) });
        }
        let kept = |name, value| canonical(&form, form.question(name).unwrap(), value);
        assert_eq!(kept("so", "1,5").as_deref(), Ok("1.5"));
        assert_eq!(kept("so", "1.50").as_deref(), Ok("1.5"));
        assert_eq!(kept("so", "inf"), Err(AnswerFault::NotANumber));
        assert_eq!(kept("nguyen", "1,5"), Err(AnswerFault::NotAnInteger));
        assert_eq!(kept("ngay", "2/12/2026").as_deref(), Ok("2026-12-02"));
        assert_eq!(kept("ngay", "31/2/2026"), Err(AnswerFault::NotADate));
    }

    #[test]
    fn a_range_takes_the_numbers_that_its_steps_lead_to() {
        let mut form = Form::default();
        let steps = crate::domain::form::Steps { start: 1.0, end: 2.0, step: 0.1 };
        let question = Question { name: "r".into(), ..Question::of_kind(Kind::Range(steps)) };
        form.add_question(question.clone());
        let kept = |value| canonical(&form, &question, value);
        assert_eq!(kept("1,3").as_deref(), Ok("1.3"));
        for wrong in ["0.9", "2.1", "1.25"] {
            assert_eq!(kept(wrong), Err(AnswerFault::OutOfRange), "{wrong}");
        }
    }
}
