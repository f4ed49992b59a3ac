//! Days and times as numbers and as texts.
//!
//! The specification counts days from 1970-01-01 in UTC. Here they count from the midnight that
//! began that day on the respondent's clock: a date is then a whole number wherever one is, dates
//! and moments compare as a calendar does, and `format-date(${day} + 30, …)` cannot slip by one.
//! At an offset of 0 both countings are the same; differences of moments always are.

use time::{Date, Month};

use crate::domain::timestamp::Timestamp;

/// A moment and the clock it was read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The moment.
    pub moment: Timestamp,
    /// How far the clock is ahead of UTC.
    pub offset_minutes: i16,
}

const DAY_MILLIS: i64 = 86_400_000;
const MINUTE_MILLIS: i64 = 60_000;

/// 1970-01-01.
const EPOCH_JULIAN_DAY: i32 = 2_440_588;

impl LocalTime {
    /// Days since the midnight that began 1970-01-01 on this clock.
    pub(super) fn days(self) -> f64 {
        let local = self.moment.millis() + (i64::from(self.offset_minutes) * MINUTE_MILLIS) as f64;
        local / DAY_MILLIS as f64
    }
}

/// The days that `2026-12-02` or `2026-12-02T14:32:05.000+07:00` stands for, on a clock that is
/// `offset_minutes` ahead of UTC. A moment without an offset is of that clock.
pub(super) fn days_in(text: &str, offset_minutes: i16) -> Option<f64> {
    let text = text.trim();
    let (day, millis) = match text.split_once('T') {
        None => (text, 0),
        Some((day, clock)) => (day, millis_in(clock, offset_minutes)?),
    };
    Some((whole_days(day)? * DAY_MILLIS + millis) as f64 / DAY_MILLIS as f64)
}

/// The part of a day that `14:32`, with seconds and an offset or without, stands for.
pub(super) fn part_of_day_in(text: &str, offset_minutes: i16) -> Option<f64> {
    let millis = millis_in(text.trim(), offset_minutes)?.rem_euclid(DAY_MILLIS);
    Some(millis as f64 / DAY_MILLIS as f64)
}

fn whole_days(day: &str) -> Option<i64> {
    let mut parts = day.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = Month::try_from(u8::try_from(digits(parts.next()?, 2)?).ok()?).ok()?;
    let day = u8::try_from(digits(parts.next()?, 2)?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    let date = Date::from_calendar_date(i32::from(year), month, day).ok()?;
    Some(i64::from(date.to_julian_day() - EPOCH_JULIAN_DAY))
}

/// Milliseconds since midnight; negative or beyond a day where the clocks differ.
fn millis_in(clock: &str, offset_minutes: i16) -> Option<i64> {
    let (time, own_offset) = match clock.rfind(['+', '-', 'Z']) {
        None => (clock, i64::from(offset_minutes)),
        Some(at) => (clock.get(..at)?, offset_in(clock.get(at..)?)?),
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("00".chars()).take(3).collect();
    let mut parts = time.split(':');
    let hours = digits(parts.next()?, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(parts.next()?, 2).filter(|minutes| *minutes < 60)?;
    let seconds = match parts.next() {
        None => 0,
        Some(seconds) => digits(seconds, 2).filter(|seconds| *seconds < 60)?,
    };
    if parts.next().is_some() {
        return None;
    }
    let minutes = i64::from(hours) * 60 + i64::from(minutes);
    let local = minutes + i64::from(offset_minutes) - own_offset;
    let millis = i64::from(seconds) * 1000 + i64::from(digits(&thousandths, 3)?);
    Some(local * MINUTE_MILLIS + millis)
}

/// `Z`, `+07:00` or `+07`, in minutes.
fn offset_in(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, text) =
        text.strip_prefix('+').map(|rest| (1, rest)).or(text.strip_prefix('-').map(|r| (-1, r)))?;
    let (hours, minutes) = text.split_once(':').unwrap_or((text, "00"));
    let hours = digits(hours, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)?;
    Some(sign * (i64::from(hours) * 60 + i64::from(minutes)))
}

/// A number of exactly that many digits.
fn digits(text: &str, count: usize) -> Option<u16> {
    let right = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// A number of days as a calendar and a clock show it.
struct Shown {
    date: Date,
    millis: i64,
}

impl Shown {
    /// None for what is no number and for days outside the years 0 to 9999.
    fn new(days: f64) -> Option<Self> {
        let all = super::numbers::whole(libm::round(days * DAY_MILLIS as f64));
        let day = i32::try_from(all.div_euclid(DAY_MILLIS)).ok()?;
        let date = Date::from_julian_day(day.checked_add(EPOCH_JULIAN_DAY)?).ok()?;
        let known = !days.is_nan() && date.year() >= 0;
        known.then_some(Self { date, millis: all.rem_euclid(DAY_MILLIS) })
    }

    fn day(&self) -> String {
        let Self { date, .. } = self;
        format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }

    fn hour(&self) -> i64 {
        self.millis / (60 * MINUTE_MILLIS)
    }

    fn minute(&self) -> i64 {
        self.millis / MINUTE_MILLIS % 60
    }

    fn second(&self) -> i64 {
        self.millis / 1000 % 60
    }
}

/// `2026-12-02`; empty where it is no day.
pub(super) fn day_text(days: f64) -> String {
    Shown::new(days).map_or_else(String::new, |shown| shown.day())
}

/// `2026-12-02T14:32:05.000+07:00`; empty where it is no moment.
pub(super) fn moment_text(days: f64, offset_minutes: i16) -> String {
    let Some(shown) = Shown::new(days) else { return String::new() };
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let offset = offset_minutes.unsigned_abs();
    format!(
        "{}T{:02}:{:02}:{:02}.{:03}{sign}{:02}:{:02}",
        shown.day(),
        shown.hour(),
        shown.minute(),
        shown.second(),
        shown.millis % 1000,
        offset / 60,
        offset % 60
    )
}

/// Writes a day or moment by the specification's letters (`%d/%m/%Y`); a letter it does not have
/// stays as it is.
pub(super) fn formatted(days: f64, pattern: &str, language: &str) -> String {
    let Some(shown) = Shown::new(days) else { return String::new() };
    let date = shown.date;
    let mut written = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            written.push(letter);
            continue;
        }
        let part = match letters.next() {
            Some('Y') => format!("{:04}", date.year()),
            Some('y') => format!("{:02}", date.year() % 100),
            Some('m') => format!("{:02}", u8::from(date.month())),
            Some('n') => u8::from(date.month()).to_string(),
            Some('b') => month_name(date.month(), language),
            Some('d') => format!("{:02}", date.day()),
            Some('e') => date.day().to_string(),
            Some('a') => day_name(date.weekday(), language),
            Some('H') => format!("{:02}", shown.hour()),
            Some('h') => shown.hour().to_string(),
            Some('M') => format!("{:02}", shown.minute()),
            Some('S') => format!("{:02}", shown.second()),
            Some('3') => format!("{:03}", shown.millis % 1000),
            Some('%') | None => "%".to_owned(),
            Some(other) => format!("%{other}"),
        };
        written.push_str(&part);
    }
    written
}

/// As the Unicode CLDR abbreviates months, in the form's language: Vietnamese or else English.
fn month_name(month: Month, language: &str) -> String {
    if language == "vi" {
        format!("thg {}", u8::from(month))
    } else {
        month.to_string().chars().take(3).collect()
    }
}

/// As the Unicode CLDR abbreviates the days of the week.
fn day_name(day: time::Weekday, language: &str) -> String {
    match day.number_from_monday() {
        7 if language == "vi" => "CN".to_owned(),
        number if language == "vi" => format!("Th {}", number + 1),
        _ => day.to_string().chars().take(3).collect(),
    }
}
