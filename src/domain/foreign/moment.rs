//! Days and times as other programs and people write them.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::domain::timestamp::{Timestamp, canonical_date};

/// What `2/12/2026` means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// The second of December, as in Vietnam.
    #[default]
    DayFirst,
    /// The twelfth of February, as in the United States.
    MonthFirst,
}

impl DayOrder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// Which one some cells show: a thirteenth month there is not. `None` where they show neither.
    pub fn shown_by<'c>(cells: impl IntoIterator<Item = &'c str>) -> Option<Self> {
        let (mut day_first, mut month_first) = (false, false);
        for cell in cells {
            for date in cell.split_whitespace() {
                let parts: Vec<&str> = date.trim_end_matches(',').split('/').collect();
                let [first, second, year] = *parts.as_slice() else { continue };
                let is_day = |part: &str| part.parse().is_ok_and(|n: u8| (13..=31).contains(&n));
                day_first |= year.len() == 4 && is_day(first);
                month_first |= year.len() == 4 && is_day(second);
            }
        }
        match (day_first, month_first) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

/// What a cell says of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Moment {
    /// `2026-12-02`.
    date: Option<String>,
    /// Seconds since midnight.
    seconds: Option<u32>,
    /// `Z` or `+07:00`.
    offset: Option<String>,
}

/// The days that a spreadsheet's number may mean: the years 1927 to 2119. Smaller ones are years.
const SERIAL_DAYS: std::ops::Range<f64> = 10_000.0..80_000.0;

/// The day that spreadsheets count from, 1899-12-30.
const SERIAL_EPOCH_JULIAN_DAY: i32 = 2_415_019;

const SECONDS_A_DAY: f64 = 86_400.0;

impl Moment {
    fn read(text: &str, days: DayOrder) -> Option<Self> {
        let text = text.trim();
        if let Ok(serial) = text.replacen(',', ".", 1).parse::<f64>() {
            return Self::of_serial(serial);
        }
        let mut moment = Self::default();
        // `2026-12-02T14:05:33` has no blank in it.
        let spaced = match text.split_once('T') {
            Some((date, time)) if date.ends_with(|c: char| c.is_ascii_digit()) => {
                format!("{date} {time}")
            }
            _ => text.to_owned(),
        };
        for part in spaced.split_whitespace() {
            let part = part.trim_matches(',');
            match part.to_lowercase().as_str() {
                // After midnight and after noon, in English and Vietnamese.
                "am" | "sa" => moment.seconds = Some(before_noon(moment.seconds?)),
                "pm" | "ch" => {
                    moment.seconds = Some(before_noon(moment.seconds?) + 12 * 3600);
                }
                zone if zone.starts_with("gmt") || zone.starts_with("utc") => {
                    moment.offset = Some(offset(zone.get(3..)?)?);
                }
                _ if part.contains(':') && moment.seconds.is_none() => {
                    let (clock, zone) = split_zone(part);
                    moment.seconds = Some(seconds(clock)?);
                    if !zone.is_empty() {
                        moment.offset = Some(offset(zone)?);
                    }
                }
                _ if moment.date.is_none() => moment.date = Some(day(part, days)?),
                _ => return None,
            }
        }
        Some(moment)
    }

    fn of_serial(serial: f64) -> Option<Self> {
        let seconds = ((serial.fract() * SECONDS_A_DAY).round()).clamp(0.0, SECONDS_A_DAY - 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "both are held to their ranges"
        )]
        let (days, seconds) = (serial.trunc().clamp(-1.0, 80_000.0) as i32, seconds as u32);
        if (0.0..1.0).contains(&serial) {
            return Some(Self { seconds: Some(seconds), ..Self::default() });
        }
        if !SERIAL_DAYS.contains(&serial) {
            return None;
        }
        let date = Date::from_julian_day(SERIAL_EPOCH_JULIAN_DAY + days).ok()?;
        let (year, month, day) = date.to_calendar_date();
        let date = format!("{year:04}-{:02}-{day:02}", u8::from(month));
        Some(Self { date: Some(date), seconds: (seconds > 0).then_some(seconds), offset: None })
    }
}

/// Twelve o'clock is the first hour of both halves of the day.
fn before_noon(seconds: u32) -> u32 {
    seconds % (12 * 3600)
}

fn day(part: &str, days: DayOrder) -> Option<String> {
    let numbers: Vec<&str> = part.split(['/', '-', '.']).collect();
    match *numbers.as_slice() {
        [year, month, day] if year.len() == 4 => {
            canonical_date(&format!("{year}-{month:0>2}-{day:0>2}"))
        }
        [month, day, year] if days == DayOrder::MonthFirst => {
            canonical_date(&format!("{day}/{month}/{year}"))
        }
        [day, month, year] => canonical_date(&format!("{day}/{month}/{year}")),
        _ => None,
    }
}

/// `14:05:33.123+07:00` as its clock and its zone.
fn split_zone(part: &str) -> (&str, &str) {
    let place = part.find(['Z', 'z', '+', '-']).unwrap_or(part.len());
    part.split_at_checked(place).unwrap_or((part, ""))
}

fn seconds(clock: &str) -> Option<u32> {
    let mut parts = clock.split(':').map(|part| part.split('.').next().unwrap_or_default());
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: u32 = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    let is_clock = hour < 24 && minute < 60 && second < 61 && parts.next().is_none();
    is_clock.then_some(hour * 3600 + minute * 60 + second.min(59))
}

/// `Z`, `+7`, `+07`, `+0700` or `+07:00` as RFC 3339 has it.
fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "Z" | "z" | "") {
        return Some("Z".to_owned());
    }
    let sign = zone.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: String = zone.chars().skip(1).filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        3 | 4 => digits.split_at_checked(digits.len() - 2)?,
        _ => return None,
    };
    Some(format!("{sign}{hours:0>2}:{minutes}"))
}

/// The day of a cell, as `2026-12-02`.
pub(super) fn date(text: &str, days: DayOrder) -> Option<String> {
    Moment::read(text, days)?.date
}

/// The time of day of a cell, as `07:05`; also `7h05`.
pub(super) fn time_of_day(text: &str, days: DayOrder) -> Option<String> {
    let text = text.trim().to_lowercase();
    let with_hour = text.replacen(" giờ ", ":", 1).replacen('h', ":", 1);
    let whole = if with_hour.ends_with(':') { format!("{with_hour}00") } else { with_hour };
    let moment = Moment::read(&whole, days)?;
    moment.seconds.map(|seconds| clock(seconds, false))
}

/// The day and the time of day of a cell.
pub(super) fn date_time(text: &str, days: DayOrder) -> Option<String> {
    let moment = Moment::read(text, days)?;
    Some(format!("{}T{}", moment.date?, clock(moment.seconds.unwrap_or(0), false)))
}

/// A moment in the column of this heading. `KoboToolbox` writes `_submission_time` in UTC without
/// saying so.
pub fn timestamp_under(heading: &str, text: &str, days: DayOrder) -> Option<Timestamp> {
    let in_utc = (heading.trim() == "_submission_time").then(|| format!("{text}Z"));
    let in_utc = in_utc.and_then(|text| timestamp(&text, days));
    in_utc.or_else(|| timestamp(text, days))
}

/// A moment. One that does not say of which clock it is is of Vietnam's.
pub(super) fn timestamp(text: &str, days: DayOrder) -> Option<Timestamp> {
    let moment = Moment::read(text, days)?;
    let offset = moment.offset.as_deref().unwrap_or("+07:00");
    Timestamp::parse(&format!(
        "{}T{}{offset}",
        moment.date?,
        clock(moment.seconds.unwrap_or(0), true)
    ))
}

fn clock(seconds: u32, in_full: bool) -> String {
    let (hour, minute) = (seconds / 3600, seconds / 60 % 60);
    if in_full {
        format!("{hour:02}:{minute:02}:{:02}", seconds % 60)
    } else {
        format!("{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY_FIRST: DayOrder = DayOrder::DayFirst;

    #[test]
    fn a_day_is_read_however_a_program_writes_it() {
        for written in
            ["2026-12-02", "2/12/2026", "02.12.2026", "46358", "46358,5", "2026-12-02T23:10:00Z"]
        {
            assert_eq!(date(written, DAY_FIRST).as_deref(), Some("2026-12-02"), "{written}");
        }
        assert_eq!(date("12/2/2026", DayOrder::MonthFirst).as_deref(), Some("2026-12-02"));
        for wrong in ["2026", "31/2/2026", "1/1", "hôm qua", ""] {
            assert_eq!(date(wrong, DAY_FIRST), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_says_its_clock_or_is_of_vietnam() {
        let expected = Timestamp::parse("2026-12-02T14:05:33+07:00");
        for written in [
            "2026-12-02T14:05:33.120+07:00",
            "2026-12-02T07:05:33Z",
            "02/12/2026 14:05:33",
            "14:05:33 02/12/2026",
            "2026/12/02 2:05:33 CH GMT+7",
            "2026/12/02 2:05:33 PM GMT+7",
            "46358.587187500",
        ] {
            assert_eq!(timestamp(written, DAY_FIRST), expected, "{written}");
        }
        assert_eq!(
            timestamp("2026/12/02 12:05:00 SA", DAY_FIRST),
            Timestamp::parse("2026-12-02T00:05:00+07:00")
        );
    }

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for written in ["7:05", "07:05:30", "7h05", "7 giờ 05", "7:05 SA", "0.2954"] {
            assert_eq!(time_of_day(written, DAY_FIRST).as_deref(), Some("07:05"), "{written}");
        }
        assert_eq!(time_of_day("7h", DAY_FIRST).as_deref(), Some("07:00"));
        assert_eq!(time_of_day("25:00", DAY_FIRST), None);
    }

    #[test]
    fn a_thirteenth_month_tells_the_order_of_days_and_months() {
        assert_eq!(DayOrder::shown_by(["1/2/2026", "12/25/2026 1:00"]), Some(DayOrder::MonthFirst));
        assert_eq!(DayOrder::shown_by(["25/12/2026"]), Some(DayOrder::DayFirst));
        assert_eq!(DayOrder::shown_by(["1/2/2026", "x", "", "3/15", "2026/12/25"]), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,30}|[0-9:/+TZ. -]{0,24}") {
            let _ = (date(&text, DAY_FIRST), time_of_day(&text, DAY_FIRST));
            let _ = (date_time(&text, DAY_FIRST), timestamp(&text, DAY_FIRST));
        }
    }
}
