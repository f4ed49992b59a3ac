//! What groupings are called.

use super::Language;
use crate::domain::grouping::Grouping;

impl Language {
    /// The name of a grouping.
    pub fn grouping(self, grouping: Grouping) -> &'static str {
        match grouping {
            Grouping::Overall => self.by_overall(),
            Grouping::Post => self.by_post(),
            Grouping::Unit => self.by_unit(),
            Grouping::Gender => self.by_gender(),
            Grouping::AgeBand => self.by_age_band(),
        }
    }
}
