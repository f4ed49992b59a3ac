//! What is shown of the needs, and how.

use super::{Computed, Desk, DeskMsg};
use crate::app::protocol::{AnalysisReply, AnalysisRequest, Request, Scope};
use crate::app::route::Step;
use crate::app::{Effect, Msg};
use crate::domain::filter::Filter;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::{Measure, Needs};
use crate::domain::stability::Stability;
use crate::text::Language;

/// What is shown of the needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// By what people are grouped.
    pub grouping: Grouping,
    /// The group that is shown.
    pub group: Group,
    /// By what competencies are ranked.
    pub measure: Measure,
    /// True where they are ranked within their domains.
    pub by_domain: bool,
    /// The column that the table of every number is sorted by, and whether from its largest number
    /// down.
    pub sort: (NeedsColumn, bool),
    /// The needs by that grouping.
    pub needs: Computed<Needs>,
    /// How sure the ranking of that group is; `None` where it cannot be told.
    pub stability: Computed<Option<Stability>>,
}

/// A column of the table of needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name of `Need` or `Measures`")]
pub enum NeedsColumn {
    #[default]
    Rank,
    Competency,
    NImportance,
    NAbility,
    NPairs,
    MeanImportance,
    SdImportance,
    MeanAbility,
    SdAbility,
    Gap,
    Mwds,
    Rds,
    ShareNeed,
    ShareTie,
    ShareSurplus,
    Pni,
    PniOriginal,
    HighNeed,
    Shortfall,
    BelowRequired,
}

/// Something that happened while looking at the needs.
#[derive(Debug, Clone)]
pub enum AnalysisMsg {
    /// People are to be grouped by this first, or not at all.
    GroupedBy(Option<Facet>),
    /// And by this second, or by the first alone.
    AlsoGroupedBy(Option<Facet>),
    /// Another group is to be shown.
    GroupChosen(Group),
    /// Competencies are to be ranked by this.
    MeasureChosen(Measure),
    /// They are to be ranked within their domains, or all together.
    DomainsWanted(bool),
    /// The table is to be sorted by this column, the other way round if it is already.
    SortChosen(NeedsColumn),
}

impl From<AnalysisMsg> for Msg {
    fn from(msg: AnalysisMsg) -> Self {
        Self::Desk(DeskMsg::Analysis(msg))
    }
}

impl Analysis {
    /// What was computed holds no longer.
    pub(super) fn age(&mut self) {
        self.needs.age();
        self.stability.age();
    }

    /// Asks for what a step shows and is not there.
    pub(super) fn fill(&mut self, step: Step, filter: &Filter) -> Vec<Request> {
        if step != Step::Needs {
            return Vec::new();
        }
        let scope = Scope { filter: filter.clone(), grouping: self.grouping };
        let mut wanted = Vec::new();
        if self.needs.is_to_ask() {
            wanted.push(AnalysisRequest::Needs(scope));
        } else if self.shown().is_some() && self.stability.is_to_ask() {
            wanted.push(AnalysisRequest::Stability(scope, self.group.clone()));
        }
        wanted.into_iter().map(Request::Analysis).collect()
    }

    /// The needs as they are grouped now.
    pub fn shown(&self) -> Option<&Needs> {
        self.needs.get().map(|needs| &**needs).filter(|needs| needs.grouping == self.grouping)
    }

    fn update(&mut self, msg: AnalysisMsg) {
        match msg {
            AnalysisMsg::GroupedBy(first) => {
                let second = self.grouping.facets().nth(1);
                self.group_by(match (first, second) {
                    (None, _) => Grouping::OVERALL,
                    (Some(first), None) => Grouping::by(first),
                    (Some(first), Some(second)) => Grouping::by_two(first, second),
                });
            }
            AnalysisMsg::AlsoGroupedBy(second) => {
                let Some(first) = self.grouping.facets().next() else { return };
                self.group_by(match second {
                    None => Grouping::by(first),
                    Some(second) => Grouping::by_two(first, second),
                });
            }
            AnalysisMsg::GroupChosen(group) => {
                self.group = group;
                self.stability.age();
            }
            AnalysisMsg::MeasureChosen(measure) => self.measure = measure,
            AnalysisMsg::DomainsWanted(by_domain) => self.by_domain = by_domain,
            AnalysisMsg::SortChosen(column) => {
                let (sorted_by, descending) = self.sort;
                let text_or_rank = matches!(column, NeedsColumn::Rank | NeedsColumn::Competency);
                let again = sorted_by == column;
                self.sort = (column, if again { !descending } else { !text_or_rank });
            }
        }
    }

    fn group_by(&mut self, grouping: Grouping) {
        self.grouping = grouping;
        self.age();
    }

    /// Takes in what the worker says, unless it is about other people by now.
    fn replied(&mut self, reply: AnalysisReply, filter: &Filter) {
        let is_asked =
            |scope: &Scope, own: &Self| scope.filter == *filter && scope.grouping == own.grouping;
        match reply {
            AnalysisReply::Needs(scope, needs) => {
                if is_asked(&scope, self) {
                    let mut shown = needs.groups.iter().filter(|group| !group.is_hidden);
                    if !shown.clone().any(|group| group.group == self.group) {
                        let first = shown.next();
                        self.group = first.map_or_else(Group::default, |first| first.group.clone());
                    }
                    self.needs.set(needs);
                }
            }
            AnalysisReply::Stability(scope, group, stability) => {
                if is_asked(&scope, self) && group == self.group {
                    self.stability.set(stability);
                }
            }
        }
    }
}

impl Desk {
    /// Does what a trainer wants while looking at the needs.
    pub(super) fn analyse(&mut self, msg: AnalysisMsg, language: Language) -> Vec<Effect> {
        self.analysis.update(msg);
        self.fill_step(language)
    }

    /// Takes in what the worker says of the needs.
    pub(super) fn analysed(&mut self, reply: AnalysisReply, language: Language) -> Vec<Effect> {
        self.analysis.replied(reply, &self.review.filter);
        self.fill_step(language)
    }
}
