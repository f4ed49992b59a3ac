//! Probabilities and quantiles of the distributions that the tests of this folder refer to.
//!
//! Computed by `statrs`. Each is `None` where the distribution does not exist, as with no degrees
//! of freedom, where the number asked about is none, or where there are so many degrees of freedom
//! that a survey never has them. Quantiles are found here from the probabilities: for tens of
//! millions of degrees of freedom those of `statrs` 0.19 do not come to an end.

use statrs::distribution::{
    Binomial, ChiSquared, Continuous, ContinuousCDF, DiscreteCDF, FisherSnedecor, Normal, StudentsT,
};

/// The probability, in the standard normal distribution, of a value at least so far from zero.
pub fn normal_two_sided(z: f64) -> Option<f64> {
    finite(2.0 * Normal::standard().sf(number(z)?.abs()))
}

/// The probability, in the standard normal distribution, of a value up to this one.
pub fn normal_below(z: f64) -> Option<f64> {
    finite(Normal::standard().cdf(number(z)?))
}

/// The value of the standard normal distribution below which this share, between 0 and 1, lies.
pub fn normal_quantile(share: f64) -> Option<f64> {
    inside(share).and_then(|share| finite(Normal::standard().inverse_cdf(share)))
}

/// The probability, in Student's t distribution, of a value at least so far from zero.
pub fn t_two_sided(t: f64, freedom: f64) -> Option<f64> {
    finite(2.0 * StudentsT::new(0.0, 1.0, usual(freedom)?).ok()?.sf(number(t)?.abs()))
}

/// The value of Student's t distribution below which this share, between 0 and 1, lies.
pub fn t_quantile(share: f64, freedom: f64) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, usual(freedom)?).ok()?;
    if inside(share)? < 0.5 {
        return t_quantile(1.0 - share, freedom).map(|value| -value);
    }
    // The first terms of the expansion by Cornish and Fisher; t is further out than z.
    let z = normal_quantile(share)?;
    let (square, by) = (z * z, 1.0 / freedom);
    let second = (5.0 * square + 16.0) * square + 3.0;
    let third = ((3.0 * square + 19.0) * square + 17.0) * square - 15.0;
    let guess = z + z * by * ((square + 1.0) / 4.0 + by * (second / 96.0 + by * third / 384.0));
    quantile(&t, share, z, guess)
}

/// The value of Fisher's F distribution below which this share, between 0 and 1, lies.
pub fn f_quantile(share: f64, numerator: f64, denominator: f64) -> Option<f64> {
    let f = FisherSnedecor::new(usual(numerator)?, usual(denominator)?).ok()?;
    quantile(&f, inside(share)?, 0.0, 1.0)
}

/// More than halving needs to go from the largest number to the smallest difference.
const MOST_STEPS: usize = 2200;

/// The value, from `low` up, below which this share lies, looked for from a guess: by Newton's
/// steps, or by halving the range where such a step would leave it.
fn quantile<D>(distribution: &D, share: f64, mut low: f64, guess: f64) -> Option<f64>
where
    D: Continuous<f64, f64> + ContinuousCDF<f64, f64>,
{
    let mut high = f64::INFINITY;
    let mut value = guess;
    for _ in 0..MOST_STEPS {
        let away = distribution.cdf(value) - share;
        if away < 0.0 {
            low = value;
        } else {
            high = value;
        }
        let step = value - away / distribution.pdf(value);
        let next = match step {
            step if low < step && step < high => step,
            _ if high.is_finite() => f64::midpoint(low, high),
            _ => value * 2.0 + 1.0,
        };
        // The error after a step of Newton's is about the square of that before it.
        let is_near = (next - value).abs() <= 1e-8 * value.abs();
        if is_near && (next.total_cmp(&step).is_eq() || high - low <= 1e-15 * value.abs()) {
            return finite(next);
        }
        value = next;
    }
    finite(value)
}

/// The probability, in the chi-squared distribution, of a value this large or larger.
pub fn chi_squared_above(value: f64, freedom: f64) -> Option<f64> {
    finite(ChiSquared::new(usual(freedom)?).ok()?.sf(number(value)?.clamp(0.0, MOST_FREEDOM)))
}

/// The probability that of `n` fair coins `heads` or fewer show heads.
pub fn fair_coins_up_to(heads: u64, n: u64) -> Option<f64> {
    finite(Binomial::new(0.5, n).ok()?.cdf(heads))
}

/// Degrees of freedom, as many as people at most.
const MOST_FREEDOM: f64 = 1e8;

fn usual(freedom: f64) -> Option<f64> {
    (0.01..=MOST_FREEDOM).contains(&freedom).then_some(freedom)
}

fn inside(share: f64) -> Option<f64> {
    (share > 0.0 && share < 1.0).then_some(share)
}

fn number(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_the_tables_of_text_books_print_comes_out() {
        let close = |found: Option<f64>, printed: f64| (found.unwrap() - printed).abs() < 5e-4;
        assert!(close(normal_quantile(0.975), 1.960));
        assert!(close(normal_two_sided(-1.960), 0.05));
        assert!(close(normal_below(1.645), 0.95));
        assert!(close(t_quantile(0.975, 4.0), 2.776));
        assert!(close(t_two_sided(2.776, 4.0), 0.05));
        assert!(close(f_quantile(0.95, 3.0, 10.0), 3.708));
        assert!(close(chi_squared_above(18.307, 10.0), 0.05));
        assert!(close(fair_coins_up_to(1, 4), 5.0 / 16.0));
    }

    #[test]
    fn what_does_not_exist_has_no_value() {
        assert_eq!(t_quantile(0.975, 0.0), None);
        assert_eq!(t_two_sided(f64::NAN, 3.0), None);
        assert_eq!(normal_quantile(0.0), None);
        assert_eq!(normal_quantile(f64::NAN), None);
        assert_eq!(f_quantile(0.5, 0.0, 1.0), None);
        assert_eq!(chi_squared_above(1.0, 0.0), None);
    }

    fn any_number() -> impl Strategy<Value = f64> {
        prop_oneof![any::<f64>(), 0.001..200.0, 1.0..1e9]
    }

    proptest! {
        #[test]
        fn no_number_makes_them_fail(a in any_number(), b in any_number(), c in 0.0..1.0) {
            let found = [
                normal_two_sided(a),
                normal_below(a),
                normal_quantile(a),
                t_two_sided(a, b),
                t_quantile(c, b),
                f_quantile(c, a, b),
                chi_squared_above(a, b),
            ];
            prop_assert!(found.into_iter().flatten().all(f64::is_finite));
        }
    }
}
