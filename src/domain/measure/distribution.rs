//! Probabilities and quantiles of the distributions that the tests of this folder refer to.
//!
//! Computed by `statrs`. Each is `None` where the distribution does not exist, as with no degrees
//! of freedom, or where the number asked about is none.

use statrs::distribution::{
    Binomial, ChiSquared, ContinuousCDF, DiscreteCDF, FisherSnedecor, Normal, StudentsT,
};

/// The probability, in the standard normal distribution, of a value at least so far from zero.
pub fn normal_two_sided(z: f64) -> Option<f64> {
    finite(2.0 * Normal::standard().sf(z.abs()))
}

/// The probability, in the standard normal distribution, of a value up to this one.
pub fn normal_below(z: f64) -> Option<f64> {
    finite(Normal::standard().cdf(z))
}

/// The value of the standard normal distribution below which this share, between 0 and 1, lies.
pub fn normal_quantile(share: f64) -> Option<f64> {
    inside(share).and_then(|share| finite(Normal::standard().inverse_cdf(share)))
}

/// The probability, in Student's t distribution, of a value at least so far from zero.
pub fn t_two_sided(t: f64, freedom: f64) -> Option<f64> {
    finite(2.0 * StudentsT::new(0.0, 1.0, freedom).ok()?.sf(t.abs()))
}

/// The value of Student's t distribution below which this share, between 0 and 1, lies.
pub fn t_quantile(share: f64, freedom: f64) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, freedom).ok()?;
    inside(share).and_then(|share| finite(t.inverse_cdf(share)))
}

/// The value of Fisher's F distribution below which this share, between 0 and 1, lies.
pub fn f_quantile(share: f64, numerator: f64, denominator: f64) -> Option<f64> {
    let f = FisherSnedecor::new(numerator, denominator).ok()?;
    inside(share).and_then(|share| finite(f.inverse_cdf(share)))
}

/// The probability, in the chi-squared distribution, of a value this large or larger.
pub fn chi_squared_above(value: f64, freedom: f64) -> Option<f64> {
    finite(ChiSquared::new(freedom).ok()?.sf(value.max(0.0)))
}

/// The probability that of `n` fair coins `heads` or fewer show heads.
pub fn fair_coins_up_to(heads: u64, n: u64) -> Option<f64> {
    finite(Binomial::new(0.5, n).ok()?.cdf(heads))
}

fn inside(share: f64) -> Option<f64> {
    (share > 0.0 && share < 1.0).then_some(share)
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

    proptest! {
        #[test]
        fn no_number_makes_them_fail(a in any::<f64>(), b in any::<f64>(), c in 0.0..1.0) {
            let found = [
                normal_two_sided(a),
                normal_below(a),
                normal_quantile(a),
                t_two_sided(a, b),
                t_quantile(c, b.abs().min(1e9)),
                f_quantile(c, a.abs().clamp(0.1, 1e6), b.abs().clamp(0.1, 1e6)),
                chi_squared_above(a, b),
            ];
            prop_assert!(found.into_iter().flatten().all(f64::is_finite));
        }
    }
}
