//! Tables of other programs, in words.

use super::Language;
use crate::domain::foreign::{DayOrder, Meaning, RecipeFault};

impl Language {
    /// What a column says that is no answer.
    pub fn meaning_beside(self, meaning: &Meaning) -> &'static str {
        match meaning {
            Meaning::Nothing | Meaning::Answer(_) | Meaning::Choice(..) => self.use_nothing(),
            Meaning::Id => self.means_id(),
            Meaning::Submitted => self.means_submitted(),
            Meaning::Started => self.means_started(),
            Meaning::Ended => self.means_ended(),
            Meaning::District => self.use_district(),
            Meaning::Province => self.use_province(),
        }
    }

    /// What `2/12/2026` means.
    pub fn day_order(self, days: DayOrder) -> &'static str {
        match days {
            DayOrder::DayFirst => self.days_day_first(),
            DayOrder::MonthFirst => self.days_month_first(),
        }
    }

    /// Why a file is no recipe that can be used.
    pub fn recipe_fault(self, fault: RecipeFault) -> &'static str {
        match fault {
            RecipeFault::Damaged => self.recipe_damaged(),
            RecipeFault::Newer => self.recipe_newer(),
            RecipeFault::OtherForm => self.recipe_other_form(),
            RecipeFault::OtherTable => self.recipe_other_table(),
        }
    }
}
