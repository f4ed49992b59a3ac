//! The longest run of one and the same answer.
//!
//! Johnson, J. A. (2005). Ascertaining the validity of individual protocols from web-based
//! personality inventories. *Journal of Research in Personality* 39(1), 103-129. Long runs are
//! legitimate where everything is important; that of ability weighs more.

use crate::domain::tally::Level;

/// How many equal ratings follow each other at most; what is no rating ends a run.
pub fn longstring(levels: &[Level]) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, Level::Missing);
    for level in levels {
        run = match level {
            Level::Rated(_) if *level == last => run + 1,
            Level::Rated(_) => 1,
            Level::Missing | Level::NotMyTask => 0,
        };
        longest = longest.max(run);
        last = *level;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<Level> {
        text.chars().map(|c| Level::of(&c.to_string().replace('n', "na"))).collect()
    }

    #[test]
    fn a_run_ends_at_a_missing_answer() {
        assert_eq!(longstring(&levels("5555-55555")), 5);
        assert_eq!(longstring(&levels("12n22")), 2);
        assert_eq!(longstring(&levels("nnn")), 0);
        assert_eq!(longstring(&levels("")), 0);
    }
}
