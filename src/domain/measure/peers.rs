//! What peers think of somebody, without saying who thinks what.
//!
//! Methods.md, section 9: a mean of peers is shown from three on.

use super::NoValue;
use super::quantile::mean;

/// The fewest peers whose mean is shown.
pub const FEWEST_PEERS: usize = 3;

/// The mean of what each peer gave one person.
pub fn peer_mean(ratings: &[f64]) -> Result<f64, NoValue> {
    match mean(ratings) {
        None => Err(NoValue::Nobody),
        Some(_) if ratings.len() < FEWEST_PEERS => Err(NoValue::TooFew),
        Some(mean) => Ok(mean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_peers_would_know_of_each_other() {
        assert_eq!(peer_mean(&[3.0, 4.0]), Err(NoValue::TooFew));
        assert_eq!(peer_mean(&[3.0, 4.0, 5.0]), Ok(4.0));
        assert_eq!(peer_mean(&[]), Err(NoValue::Nobody));
    }
}
