//! How sure a ranking is: work that takes long and that nobody waits for.

use gloo::timers::future::TimeoutFuture;

use super::{DeskWorker, OpenCampaign, TURN_MS, no_campaign};
use crate::app::collector::StabilityMaking;
use crate::app::protocol::{Reply, Scope};
use crate::domain::grouping::Group;

impl DeskWorker {
    /// Begins to find out how sure a ranking is, in place of what was begun before: the page looks
    /// at another one now. At once answered where it cannot be told.
    pub(super) fn begin_stability(&mut self, scope: Scope, group: Group) -> Option<Reply> {
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return Some(no_campaign());
        };
        if scope.is_by_clusters() {
            collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
        }
        match collector.begin_stability(scope, group) {
            Ok(making) => {
                self.stability = Some(making);
                None
            }
            Err(reply) => Some(Reply::Analysis(*reply)),
        }
    }

    /// Draws people for a moment, and tells the page when that was enough. Where the data have
    /// changed since, the page has asked anew.
    pub(super) async fn go_on_with_stability(&mut self) {
        let is_current = |making: &StabilityMaking| {
            self.open.as_ref().is_some_and(|open| open.collector.is_current(making))
        };
        let making = self.stability.take();
        let Some(mut making) = making.filter(is_current) else { return };
        let started = js_sys::Date::now();
        while making.go_on(1) {
            // A clock that was set back must not keep it here.
            if (js_sys::Date::now() - started).abs() > TURN_MS {
                self.stability = Some(making);
                return TimeoutFuture::new(0).await;
            }
        }
        self.reply(&Reply::Analysis(making.finish()));
    }
}
