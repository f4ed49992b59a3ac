//! How long a response took.

use super::{Flag, Limits};
use crate::domain::form::{Form, Role};
use crate::domain::response::{Mode, Response};

/// The seconds a response took: those in which somebody was at it, else as its form counted them
/// (role `seconds`), else from the start to the last answer. The clock on the wall runs on while
/// people pause, so it never makes anybody faster than they were. What a helper typed from paper
/// tells nothing.
pub(super) fn seconds(form: &Form, response: &Response) -> Option<u64> {
    if response.mode == Mode::Paper {
        return None;
    }
    if let Some(seconds) = response.active_seconds {
        return Some(seconds.into());
    }
    let counted =
        form.with_role(Role::Seconds).map(|question| response.answers.get(&question.name));
    if let Some(seconds) = counted.and_then(|seconds| seconds.parse::<u64>().ok()) {
        return Some(seconds);
    }
    response.start?.seconds_until(response.end?)
}

pub(super) fn flags(
    seconds: u64,
    rated: usize,
    median: Option<f64>,
    limits: &Limits,
) -> impl Iterator<Item = Flag> {
    let is_too_fast = (seconds as f64) < limits.seconds_per_rating * rated as f64;
    let faster = median.filter(|median| (seconds as f64) < limits.share_of_median * median);
    is_too_fast
        .then_some(Flag::TooFast { seconds, rated })
        .into_iter()
        .chain(faster.map(|median| Flag::FasterThanOthers { seconds, median }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::tests::response;
    use crate::domain::timestamp::Timestamp;

    #[test]
    fn the_time_is_that_at_the_form_or_else_up_to_the_last_answer() {
        let mut row = response("r", 1, &[]);
        row.end = Timestamp::parse("2026-12-02T07:01:15Z");
        assert_eq!(seconds(&Form::default(), &row), Some(75));
        row.active_seconds = Some(40);
        assert_eq!(seconds(&Form::default(), &row), Some(40), "without the pauses");
        row.active_seconds = None;
        row.mode = Mode::Paper;
        assert_eq!(seconds(&Form::default(), &row), None);
        row.mode = Mode::Interview;
        row.end = Timestamp::parse("2026-12-02T06:00:00Z");
        assert_eq!(
            seconds(&Form::default(), &row),
            None,
            "a clock that was put back tells nothing"
        );
    }
}
