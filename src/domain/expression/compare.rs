//! Comparisons.

use super::{Operator, Value};

/// `XPath` 1.0, 3.4: a set compares true when one of its texts does; with a boolean as booleans,
/// with a number as numbers, else `=` and `!=` as texts and the others as numbers, which days and
/// moments are too.
pub(super) fn compare(
    comparison: Operator,
    left: &Value,
    right: &Value,
    offset_minutes: i16,
) -> bool {
    let for_equality = matches!(comparison, Operator::Equal | Operator::NotEqual);
    match (left, right) {
        (Value::Several(texts), other) if !matches!(other, Value::Boolean(_)) => texts
            .iter()
            .any(|text| compare(comparison, &Value::Text(text.clone()), other, offset_minutes)),
        (other, Value::Several(texts)) if !matches!(other, Value::Boolean(_)) => texts
            .iter()
            .any(|text| compare(comparison, other, &Value::Text(text.clone()), offset_minutes)),
        (Value::Text(left), Value::Text(right)) if for_equality => {
            (left == right) == (comparison == Operator::Equal)
        }
        (Value::Boolean(_), _) | (_, Value::Boolean(_)) if for_equality => {
            (left.truth() == right.truth()) == (comparison == Operator::Equal)
        }
        _ => {
            let (left, right) = (left.number(offset_minutes), right.number(offset_minutes));
            #[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
            match comparison {
                Operator::Equal => left == right,
                Operator::NotEqual => left != right,
                Operator::Less => left < right,
                Operator::LessOrEqual => left <= right,
                Operator::Greater => left > right,
                _ => left >= right,
            }
        }
    }
}
