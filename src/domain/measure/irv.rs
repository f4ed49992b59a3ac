//! How much the answers of one person vary.
//!
//! Dunn, A. M., Heggestad, E. D., Shanock, L. R., & Theilgard, N. (2018). Intra-individual response
//! variability as an indicator of insufficient effort responding. *Journal of Business and
//! Psychology* 33, 105-121. None at all is straight-lining; very much may be chance.

use crate::domain::tally::{Level, Moments};

/// The standard deviation (n − 1) of the ratings given, 0 to 2.83; `None` of fewer than two.
pub fn irv(levels: &[Level]) -> Option<f64> {
    let numbers = levels.iter().filter_map(|level| level.number());
    numbers.map(|number| (i64::from(number), 1)).collect::<Moments>().sd()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_ratings_are_passed_over() {
        let rated = |levels: &[u8]| levels.iter().map(|l| Level::Rated(*l)).collect::<Vec<_>>();
        assert_eq!(irv(&rated(&[3, 3, 3])), Some(0.0));
        assert_eq!(irv(&[Level::Rated(1), Level::NotMyTask, Level::Rated(3)]), Some(2f64.sqrt()));
        assert_eq!(irv(&rated(&[3])), None);
    }
}
