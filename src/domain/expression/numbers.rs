//! Functions of numbers; mathematics by `libm`, so that every machine agrees to the last digit.

/// The whole part; what is no number is 0, what is too large is the largest.
pub(super) fn whole(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates and takes NaN for 0")]
    let whole = number as i64;
    whole
}

/// How far decimals can be counted to either side of the point; as in ODK Collect, what lies
/// beyond is `NaN`.
const MOST_DECIMALS: i64 = 30;

/// Rounds to so many decimals, or to tens and hundreds with a negative number of them; a half
/// goes up, towards positive infinity, as in `XPath`.
///
/// The point is moved in the decimal text, so that `1.005` is rounded as it is written and not
/// as the binary number just below it.
pub(super) fn round(number: f64, decimals: f64) -> f64 {
    if !number.is_finite() {
        return number;
    }
    let decimals = whole(decimals);
    if !(-MOST_DECIMALS..=MOST_DECIMALS).contains(&decimals) {
        return f64::NAN;
    }
    let moved = |number: f64, by: i64| format!("{number}e{by}").parse().unwrap_or(f64::NAN);
    let shifted: f64 = moved(number, decimals);
    let below = libm::floor(shifted);
    moved(if shifted - below >= 0.5 { below + 1.0 } else { below }, -decimals)
}

/// The sum of what is a number: as in ODK Collect, an unanswered question adds nothing.
pub(super) fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    // The sum of nothing would be -0.
    numbers.filter(|number| !number.is_nan()).fold(0.0, |sum, number| sum + number)
}

/// The greatest or least of what is a number; `NaN` where nothing is.
pub(super) fn extreme(numbers: impl Iterator<Item = f64>, better: fn(f64, f64) -> f64) -> f64 {
    numbers.filter(|number| !number.is_nan()).reduce(better).unwrap_or(f64::NAN)
}

/// True when `count` lies between the bounds; a bound of -1, as any below 0, does not apply.
pub(super) fn is_within(count: f64, least: f64, most: f64) -> bool {
    (least < 0.0 || count >= least) && (most < 0.0 || count <= most)
}
