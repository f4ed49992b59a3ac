//! How many people have to answer.
//!
//! Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed.: `n₀ = z² · p(1 − p) / e²` for a share of
//! one half, and `n₀ / (1 + (n₀ − 1) / N)` of a finite population; the inverse of
//! [`Margin`](super::margin::Margin).

use super::margin::Z;

/// The sample, not rounded, of a population without end for 95 % and so many percentage points.
pub fn sample_of_any(points: f64) -> f64 {
    let error = points / 100.0;
    Z * Z * 0.25 / (error * error)
}

/// The fewest people who have to answer, of `population`, for 95 % and so many percentage points.
pub fn sample_size(population: u64, points: f64) -> u64 {
    if population == 0 {
        return 0;
    }
    let any = sample_of_any(points);
    let sample = any / (1.0 + (any - 1.0) / population as f64);
    if sample.is_nan() {
        return population;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and a sample is not negative"
    )]
    let people = sample.ceil() as u64;
    people.min(population)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_population_needs_nearly_everybody() {
        assert_eq!(sample_size(177, 5.0), 122);
        assert_eq!(sample_size(1, 5.0), 1);
        assert_eq!(sample_size(0, 5.0), 0);
        assert_eq!(sample_size(50, 0.0), 50, "no error at all takes everybody");
    }
}
