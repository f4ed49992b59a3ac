//! Another campaign of the desk beside the open one.

use super::Collector;
use crate::app::protocol::Beside;
use crate::domain::beside::raters::raters;
use crate::domain::beside::waves::waves;
use crate::domain::beside::{Side, have_in_common};
use crate::domain::campaign::Campaign;
use crate::domain::filter::Filter;
use crate::domain::needs::Measure;

impl Collector {
    /// What another campaign says beside this one.
    pub fn beside(
        &self,
        own: &Campaign,
        (other, campaign): (&Self, &Campaign),
        measure: Measure,
    ) -> Beside {
        let (here, there) = (self.side(), other.side());
        if !have_in_common(&here, &there) {
            return Beside::NothingInCommon;
        }
        match (here.is_of_raters(), there.is_of_raters()) {
            (false, true) => return Beside::Raters(raters(&here, &there)),
            (true, false) => return Beside::Raters(raters(&there, &here)),
            _ => {}
        }
        // Who tells what was taught answers after the others; else the days tell.
        let is_later = match (here.tells_taught(), there.tells_taught()) {
            (true, false) => true,
            (false, true) => false,
            _ => own.opens >= campaign.opens,
        };
        let (after, before) = if is_later { (&here, &there) } else { (&there, &here) };
        Beside::Waves(is_later, waves(after, before, measure))
    }

    fn side(&self) -> Side<'_> {
        let responses = self.looked.counting(self.basis(), &Filter::default());
        Side { form: &self.form, responses }
    }
}
