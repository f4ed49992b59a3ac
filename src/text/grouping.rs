//! What groupings and measures are called.

use super::Language;
use crate::domain::grouping::{Facet, Grouping};
use crate::domain::needs::Measure;

impl Language {
    /// The name of a grouping.
    pub fn grouping(self, grouping: Grouping) -> String {
        if grouping.is_overall() {
            return self.by_overall().to_owned();
        }
        let names: Vec<&str> = grouping.facets().map(|facet| self.facet(facet)).collect();
        names.join(" · ")
    }

    /// What tells people apart.
    pub fn facet(self, facet: Facet) -> &'static str {
        match facet {
            Facet::Post => self.by_post(),
            Facet::Unit => self.by_unit(),
            Facet::Cluster => self.by_cluster(),
            Facet::Area => self.by_area(),
            Facet::Gender => self.by_gender(),
            Facet::AgeBand => self.by_age_band(),
            Facet::Qualification => self.by_qualification(),
        }
    }

    /// A measure by which competencies are ranked.
    pub fn measure(self, measure: Measure) -> &'static str {
        match measure {
            Measure::Mwds => self.col_mwds_long(),
            Measure::Gap => self.measure_gap(),
            Measure::Rds => self.measure_rds(),
            Measure::PniModified => self.col_pni_long(),
            Measure::Pni => self.measure_pni(),
            Measure::HighNeed => self.col_high_need_long(),
            Measure::Shortfall => self.col_shortfall_long(),
            Measure::BelowRequired => self.col_below_long(),
        }
    }

    /// The same as the heading of a column.
    pub fn measure_short(self, measure: Measure) -> &'static str {
        match measure {
            Measure::Mwds => self.col_mwds(),
            Measure::Gap => self.col_gap(),
            Measure::Rds => self.col_rds(),
            Measure::PniModified => self.col_pni(),
            Measure::Pni => self.col_pni_original(),
            Measure::HighNeed => self.col_high_need(),
            Measure::Shortfall => self.col_shortfall(),
            Measure::BelowRequired => self.col_below(),
        }
    }
}
