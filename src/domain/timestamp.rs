//! Moments in UTC, as text in RFC 3339 and as milliseconds since 1970.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

/// A moment, to the second, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp {
    seconds: i64,
}

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z, as browsers count.
    ///
    /// A clock outside the years 1 to 9999 is held to 1970, so that every moment can be written.
    pub fn from_millis(millis: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the check that follows")]
        let seconds = (millis / 1000.0).floor() as i64;
        let known = OffsetDateTime::from_unix_timestamp(seconds).is_ok_and(|t| t.year() > 0);
        Self { seconds: if known { seconds } else { 0 } }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> f64 {
        self.seconds as f64 * 1000.0
    }

    /// The seconds from here to a later moment; `None` where it is earlier.
    pub fn seconds_until(self, later: Self) -> Option<u64> {
        u64::try_from(later.seconds - self.seconds).ok()
    }

    /// One second later.
    #[must_use]
    pub fn next_second(self) -> Self {
        Self { seconds: self.seconds.saturating_add(1) }
    }

    /// The day, as `2026-12-02`, on a clock this many minutes ahead of UTC.
    pub fn local_day(self, offset_minutes: i16) -> String {
        let local = Self { seconds: self.seconds + i64::from(offset_minutes) * 60 };
        local.to_string().chars().take(10).collect()
    }

    /// Reads RFC 3339, with any offset; parts of a second are left out.
    ///
    /// By hand, since a row has three or four moments, and what `time` has for it takes ten times as
    /// long and fifteen kilobytes.
    pub fn parse(text: &str) -> Option<Self> {
        let (moment, zone) = text.split_at_checked(19)?;
        let moment: &[u8; 19] = moment.as_bytes().try_into().ok()?;
        let signs = [moment[4], moment[7], moment[13], moment[16]];
        if signs != *b"--::" || !matches!(moment[10], b'T' | b't' | b' ') {
            return None;
        }
        let small = |from: usize| u8::try_from(digits(moment.get(from..from + 2)?)?).ok();
        let month = time::Month::try_from(small(5)?).ok()?;
        let year = digits(moment.get(..4)?)?;
        let day = Date::from_calendar_date(year.into(), month, small(8)?).ok()?;
        let moment = day.with_hms(small(11)?, small(14)?, small(17)?).ok()?;
        let seconds = moment.assume_utc().unix_timestamp() - offset(zone)?;
        let is_shown = OffsetDateTime::from_unix_timestamp(seconds).is_ok_and(|t| t.year() >= 0);
        is_shown.then_some(Self { seconds })
    }

    /// The moment as text, `2026-12-02T07:32:05Z`.
    pub(super) fn text(self) -> Option<[u8; 20]> {
        let moment = OffsetDateTime::from_unix_timestamp(self.seconds).ok()?;
        let (year, month, day) = moment.to_calendar_date();
        let year = u16::try_from(year).ok()?;
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut put = |at: usize, number: u16| {
            for (digit, of) in text.iter_mut().skip(at).zip([10, 1]) {
                *digit = u8::try_from(number / of % 10).map_or(b'0', |digit| b'0' + digit);
            }
        };
        put(0, year / 100);
        put(2, year % 100);
        put(5, u8::from(month).into());
        put(8, day.into());
        put(11, moment.hour().into());
        put(14, moment.minute().into());
        put(17, moment.second().into());
        Some(text)
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.text();
        f.write_str(text.as_ref().and_then(|text| std::str::from_utf8(text).ok()).unwrap_or(""))
    }
}

/// The number that digits make; `None` where not all are digits.
fn digits(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0u16, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// How many seconds a clock is ahead of UTC, from what follows the seconds of a moment.
fn offset(zone: &str) -> Option<i64> {
    let zone = match zone.strip_prefix('.') {
        Some(part) => {
            let zone = part.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == part.len() {
                return None;
            }
            zone
        }
        None => zone,
    };
    match zone.as_bytes() {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), hours @ .., b':', ten, one] if hours.len() == 2 => {
            let (hours, minutes) = (digits(hours)?, digits(&[*ten, *one])?);
            let ahead = i64::from(hours) * 3600 + i64::from(minutes) * 60;
            let is_clock = hours < 24 && minutes < 60;
            is_clock.then_some(if *sign == b'-' { -ahead } else { ahead })
        }
        _ => None,
    }
}

/// Reads a date as machines write it (`2026-12-02`) or as people do (`2/12/2026`, `02-12-2026`),
/// and gives it back as `2026-12-02`; `None` where there is no such day.
pub fn canonical_date(text: &str) -> Option<String> {
    let text = text.trim();
    let of_machines = || match text.as_bytes() {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
            Some((digits(&[*d1, *d2])?, digits(&[*m1, *m2])?, digits(year)?))
        }
        _ => None,
    };
    let of_people = || {
        let mut parts = text.split(['/', '-', '.']).map(|part| part.trim().parse::<u16>());
        let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        let is_whole = parts.next().is_none() && (1000..=9999).contains(&year);
        is_whole.then_some((day, month, year))
    };
    let (day, month, year) = of_machines().or_else(of_people)?;
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()?;
    Some(format!("{year:04}-{:02}-{:02}", u8::from(month), date.day()))
}

/// Reads a time of day (`7:05`, `07:05:30`, `07:05:00.000+07:00`) and gives it back as `07:05`.
pub fn canonical_time(text: &str) -> Option<String> {
    let mut parts = text.trim().split(':');
    let (hour, minute): (u8, u8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::format_description::well_known::Rfc3339;

    #[test]
    fn a_moment_is_written_in_utc_and_read_back() {
        let moment = Timestamp::parse("2026-12-02T14:32:05+07:00").unwrap();
        assert_eq!(moment.to_string(), "2026-12-02T07:32:05Z");
        assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
        assert_eq!(Timestamp::from_millis(moment.millis()), moment);
        assert_eq!(Timestamp::parse("hôm qua"), None);
    }

    proptest! {
        #[test]
        fn moments_are_written_and_read_as_rfc_3339_says(seconds in -62_135_596_800..253_402_300_800i64) {
            let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let text = moment.format(&Rfc3339).unwrap();
            prop_assert_eq!(Timestamp { seconds }.to_string(), text.as_str());
            prop_assert_eq!(Timestamp::parse(&text), Some(Timestamp { seconds }));
        }

        #[test]
        fn what_is_nearly_a_moment_is_one_only_where_the_standard_has_it(
            text in "2026-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9][Zz]"
        ) {
            let standard = OffsetDateTime::parse(&text, &Rfc3339).ok();
            let found = Timestamp::parse(&text).map(|moment| moment.seconds);
            prop_assert_eq!(found, standard.map(OffsetDateTime::unix_timestamp));
        }
    }

    #[test]
    fn moments_of_other_clocks_and_with_parts_of_seconds_are_read() {
        let noon = Timestamp::parse("2026-12-02T12:00:00Z");
        for text in ["2026-12-02T19:00:00.250+07:00", "2026-12-02t08:30:00-03:30"] {
            assert_eq!(Timestamp::parse(text), noon, "{text}");
        }
        let bad = ["", ".Z", "+7:00", "+24:00", "+07:60", "07:00", ".5", "+07:00x", "+0à:0"];
        for zone in bad {
            assert_eq!(Timestamp::parse(&format!("2026-12-02T12:00:00{zone}")), None, "{zone}");
        }
        assert_eq!(Timestamp::parse("0000-01-01T00:00:00+23:59").map(|own| own.to_string()), None);
    }

    #[test]
    fn the_day_is_that_of_the_local_clock() {
        let evening = Timestamp::parse("2026-12-02T18:30:00Z").unwrap();
        assert_eq!(evening.local_day(420), "2026-12-03");
        assert_eq!(evening.local_day(0), "2026-12-02");
    }

    #[test]
    fn a_clock_gone_wild_still_gives_a_moment_that_can_be_written() {
        for millis in [f64::NAN, f64::INFINITY, -1e300, 1e300] {
            assert_eq!(Timestamp::from_millis(millis).to_string(), "1970-01-01T00:00:00Z");
        }
    }

    #[test]
    fn times_are_read_with_and_without_seconds_and_zones() {
        for text in ["7:05", "07:05", "07:05:30", "07:05:00.000+07:00"] {
            assert_eq!(canonical_time(text).as_deref(), Some("07:05"), "{text}");
        }
        for text in ["", "24:00", "7", "7:60", "bảy giờ"] {
            assert_eq!(canonical_time(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_machines_and_as_people_write_them() {
        for text in ["2026-12-02", "2/12/2026", "02-12-2026", " 2.12.2026 "] {
            assert_eq!(canonical_date(text).as_deref(), Some("2026-12-02"), "{text}");
        }
        for text in ["", "31/02/2026", "2026", "2/12/26", "mai", "1/2/2026/3"] {
            assert_eq!(canonical_date(text), None, "{text}");
        }
    }
}
