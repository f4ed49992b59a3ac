//! What training is needed, computed from the responses that count.

use super::Collector;
use crate::app::protocol::{AnalysisReply, AnalysisRequest};
use crate::domain::clusters::Clusters;
use crate::domain::filter::Filter;
use crate::domain::grouping::{Grouper, Grouping, Tallies};
use crate::domain::needs::{Needs, needs};
use crate::domain::response::Response;
use crate::domain::stability::stability;

impl Collector {
    /// Which units lie together is told once it is needed.
    pub fn know_clusters(&mut self, clusters: impl FnOnce() -> Clusters) {
        if self.clusters.is_empty() {
            self.clusters = clusters();
        }
    }

    /// Answers what the page asks of the needs.
    pub fn analyse(&self, request: AnalysisRequest) -> AnalysisReply {
        match request {
            AnalysisRequest::Needs(scope) => {
                let needs = self.needs(scope.grouping, &scope.filter);
                AnalysisReply::Needs(scope, needs)
            }
            AnalysisRequest::Stability(scope, group) => {
                let people = self.looked.counting(self.basis(), &scope.filter);
                let grouper = Grouper::new(&self.form, scope.grouping, &self.clusters);
                let people = people.into_iter().filter(|person| grouper.group(person) == group);
                let needs = self.needs(scope.grouping, &scope.filter);
                let shown = needs.groups.into_iter().find(|shown| shown.group == group);
                let stability = shown.and_then(|shown| {
                    let stability = stability(&self.form, people).ok()?;
                    Some(stability.without_hidden(&shown))
                });
                AnalysisReply::Stability(scope, group, stability)
            }
        }
    }

    /// The needs of the groups of one grouping, of the responses that a filter lets through.
    pub fn needs(&self, grouping: Grouping, filter: &Filter) -> Needs {
        self.needs_of(grouping, self.looked.counting(self.basis(), filter))
    }

    pub(super) fn tallies(&self, grouping: Grouping, filter: &Filter) -> Tallies {
        let counting = self.looked.counting(self.basis(), filter);
        Tallies::count(&self.form, grouping, &self.clusters, counting)
    }

    pub(super) fn needs_of<'r>(
        &self,
        grouping: Grouping,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Needs {
        let tallies = Tallies::count(&self.form, grouping, &self.clusters, responses);
        needs(&self.form, grouping, &tallies)
    }
}
