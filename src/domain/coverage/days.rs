//! How many people handed in on each day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::response::Response;
use crate::domain::timestamp::Timestamp;

/// A day on which somebody handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day, as `2026-12-02`; empty of those who do not say when.
    pub day: String,
    /// How many people handed in first on that day.
    pub received: usize,
    /// How many had by its end, with those who do not say when.
    pub so_far: usize,
}

/// The days on which people handed in, on a clock this many minutes ahead of UTC. Of several rows
/// of one root the earliest counts: who corrects an answer later has answered before.
pub fn received_by_day<'r>(
    rows: impl IntoIterator<Item = &'r Response>,
    offset_minutes: i16,
) -> Vec<Day> {
    let mut first: BTreeMap<&str, Option<Timestamp>> = BTreeMap::new();
    for row in rows {
        let known = first.entry(&row.root).or_insert(row.submitted);
        *known = match (*known, row.submitted) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    for moment in first.into_values() {
        let day = moment.map_or(String::new(), |moment| moment.local_day(offset_minutes));
        *days.entry(day).or_default() += 1;
    }
    let mut so_far = 0;
    let days = days.into_iter().map(|(day, received)| {
        so_far += received;
        Day { day, received, so_far }
    });
    days.collect()
}
