//! What training is needed, computed from the responses that count.

use std::cell::RefCell;
use std::rc::Rc;

use super::Collector;
use crate::app::protocol::{AnalysisReply, AnalysisRequest, Beside, Scope};
use crate::domain::campaign::Campaign;
use crate::domain::chart::counted::CountedGroup;
use crate::domain::chart::heat_table::{HeatOrder, HeatTable, HeatValue};
use crate::domain::chart::need_map::NeedMap;
use crate::domain::clusters::Clusters;
use crate::domain::coded::CodedRatings;
use crate::domain::compare::compare;
use crate::domain::coverage::{CoverageBy, CoverageGroup};
use crate::domain::filter::Filter;
use crate::domain::grouping::{Facet, Group, Grouping, Tallies};
use crate::domain::needs::{CountedNeeds, GroupNeeds, Needs, needs};
use crate::domain::obstacles::obstacles;
use crate::domain::stability::{Drawing, stability};
use crate::formats::report::Findings;
use crate::forms::obstacle_kinds::obstacle_kind;
use crate::forms::standards::evaluation_of;

impl Collector {
    /// Which units lie together is told once it is needed.
    pub fn know_clusters(&mut self, clusters: impl FnOnce() -> Clusters) {
        if self.clusters.is_empty() {
            self.clusters = clusters();
            self.last_counted = RefCell::default();
        }
    }

    /// Answers what the page asks of the needs.
    pub fn analyse(&self, request: AnalysisRequest, campaign: &Campaign) -> AnalysisReply {
        match request {
            AnalysisRequest::Needs(scope, group) => {
                let needs = self.counted_in(&scope).of_one(&self.form, &group);
                AnalysisReply::Needs(scope, needs)
            }
            AnalysisRequest::Stability(scope, group) => {
                let found = self.begin_stability(scope, group).map(|mut making| {
                    while making.go_on(usize::MAX) {}
                    making.finish()
                });
                found.unwrap_or_else(|nothing| *nothing)
            }
            AnalysisRequest::Comparison(scope, groups, measure) => {
                let tallies = self.tallies(scope.grouping, &scope.filter);
                let wanted = [&groups[0], &groups[1]];
                let found = compare(&self.form, scope.grouping, &tallies, wanted, measure);
                AnalysisReply::Comparison(scope, groups, found)
            }
            // The worker answers, which reads the other campaign.
            AnalysisRequest::Beside(id, measure) => {
                AnalysisReply::Beside(id, measure, Box::new(Beside::Unreadable))
            }
            AnalysisRequest::Obstacles(filter) => {
                let counting = self.looked.counting(self.basis(), &filter);
                let found = obstacles(&self.form, &counting, obstacle_kind);
                AnalysisReply::Obstacles(filter, found)
            }
            AnalysisRequest::Report(filter) => {
                let findings = Box::new(self.findings(&filter, campaign));
                AnalysisReply::Report(filter, findings)
            }
        }
    }

    fn findings(&self, filter: &Filter, campaign: &Campaign) -> Findings {
        let (form, roster) = (&self.form, &campaign.roster);
        let counting = self.looked.counting(self.basis(), filter);
        let overall = self.tallies(Grouping::OVERALL, filter);
        let needs = needs(form, Grouping::OVERALL, &overall);
        let elsewhere = self.received_of(Grouping::OVERALL, filter).flat_map(Tallies::groups);
        let elsewhere: u64 = elsewhere.map(|(_, group)| group.people).sum();
        // Of tallies alone it cannot be told.
        let everybody = needs.groups.first().filter(|_| elsewhere == 0);
        let stability = everybody.and_then(|everybody| {
            let (ratings, people) = self.rated(filter);
            let found = stability(ratings, &people).ok()?;
            Some(found.without_hidden(everybody))
        });
        let counted = CountedGroup::all(form, Grouping::OVERALL, &overall);
        let shown = counted.iter().find(|group| !group.is_hidden());
        let by_post = Grouping::by(Facet::Post);
        let posts = self.tallies(by_post, filter);
        let coverage = self.coverage(filter, roster);
        let coverage_by_post = coverage.by(roster, CoverageBy::Post).into_iter();
        let coverage_by_post = coverage_by_post.filter_map(|(group, sums)| match group {
            CoverageGroup::Post(post) => Some((post, sums)),
            _ => None,
        });
        let quality = self.quality(filter);
        Findings {
            people: counting.len() as u64,
            elsewhere,
            coverage: (!roster.units.is_empty()).then(|| coverage.total()),
            coverage_by_post: coverage_by_post.collect(),
            profile: self.people(filter, &evaluation_of(campaign, form)).overall,
            stability,
            map: shown.map(|group| NeedMap::of(form, group)).unwrap_or_default(),
            heat: HeatTable::of(form, by_post, &posts, HeatValue::Gap, HeatOrder::Form),
            obstacles: obstacles(form, &counting, obstacle_kind),
            flagged: [quality.left_out as u64, quality.flagged_people as u64],
            moved_places: moved_places(&quality.with, &quality.without),
            needs,
        }
    }

    /// Begins to find out how sure a ranking is; at once answered where it cannot be told, as of
    /// tallies alone.
    ///
    /// # Errors
    /// That answer.
    pub fn begin_stability(
        &self,
        scope: Scope,
        group: Group,
    ) -> Result<StabilityMaking, Box<AnalysisReply>> {
        let has_received = self.received_of(scope.grouping, &scope.filter).next().is_some();
        let shown = self.counted_in(&scope).needs_of(&self.form, &group).filter(|_| !has_received);
        let drawing = shown.as_ref().and_then(|_| {
            let (ratings, people) = self.rated(&scope.filter);
            let people = ratings.in_group(scope.grouping, &self.clusters, &people, &group);
            Drawing::begin(ratings, &people).ok()
        });
        match shown.zip(drawing) {
            Some((shown, drawing)) => {
                Ok(StabilityMaking { scope, group, shown, drawing, state: self.state })
            }
            None => Err(Box::new(AnalysisReply::Stability(scope, group, None))),
        }
    }

    /// True while what was begun is still about the data as they are.
    pub fn is_current(&self, making: &StabilityMaking) -> bool {
        making.state == self.state
    }

    /// What is counted in a scope; asked again, as for another of its groups, it is there.
    fn counted_in(&self, scope: &Scope) -> Rc<CountedNeeds> {
        let mut last = self.last_counted.borrow_mut();
        if let Some((_, counted)) = last.as_ref().filter(|(known, _)| known == scope) {
            return Rc::clone(counted);
        }
        let tallies = self.tallies(scope.grouping, &scope.filter);
        let counted = Rc::new(CountedNeeds::of(&self.form, scope.grouping, tallies));
        *last = Some((scope.clone(), Rc::clone(&counted)));
        counted
    }

    /// The needs of the groups of one grouping, of the responses that a filter lets through.
    pub fn needs(&self, grouping: Grouping, filter: &Filter) -> Needs {
        let tallies = self.tallies(grouping, filter);
        CountedNeeds::of(&self.form, grouping, tallies).all(&self.form)
    }

    /// The tallies of the groups of one grouping: of the responses that a filter lets through, and
    /// of other desks' where it lets all through.
    pub(super) fn tallies(&self, grouping: Grouping, filter: &Filter) -> Tallies {
        let mut tallies = self.own_tallies(grouping, filter);
        for received in self.received_of(grouping, filter) {
            tallies.merge(received);
        }
        tallies
    }

    /// The needs of everybody that a filter lets through, without other desks'.
    pub(super) fn own_needs(&self, filter: &Filter) -> Needs {
        needs(&self.form, Grouping::OVERALL, &self.own_tallies(Grouping::OVERALL, filter))
    }

    fn own_tallies(&self, grouping: Grouping, filter: &Filter) -> Tallies {
        let (ratings, people) = self.rated(filter);
        ratings.tallies(grouping, &self.clusters, &people)
    }

    /// What the people rate who count, with the positions of those whom a filter lets through.
    pub(super) fn rated(&self, filter: &Filter) -> (&CodedRatings, Vec<usize>) {
        let basis = self.basis();
        (self.looked.ratings(basis), self.looked.counting_places(basis, filter))
    }
}

/// How sure a ranking is, while it is being found out.
pub struct StabilityMaking {
    scope: Scope,
    group: Group,
    shown: GroupNeeds,
    drawing: Drawing,
    /// The state of the data that it is about.
    state: u64,
}

impl StabilityMaking {
    /// Draws up to so many times more; false where that was the last time.
    pub fn go_on(&mut self, samples: usize) -> bool {
        self.drawing.go_on(samples)
    }

    /// What came out.
    pub fn finish(self) -> AnalysisReply {
        let stability = self.drawing.finish().without_hidden(&self.shown);
        AnalysisReply::Stability(self.scope, self.group, Some(stability))
    }
}

/// How many competencies have another place in the second ranking.
fn moved_places(with: &Needs, without: &Needs) -> u64 {
    let ranks = |needs: &Needs| -> Vec<Option<usize>> {
        let everybody = needs.groups.first();
        everybody.map_or_else(Vec::new, |group| group.needs.iter().map(|need| need.rank).collect())
    };
    let pairs = ranks(with).into_iter().zip(ranks(without));
    pairs.filter(|(with, without)| with != without).count() as u64
}
