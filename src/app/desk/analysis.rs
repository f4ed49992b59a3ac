//! What is shown of the needs, and how.

use super::{Computed, Desk, DeskMsg};
use crate::app::protocol::{AnalysisReply, AnalysisRequest, Beside, Request, Scope};
use crate::app::route::Step;
use crate::app::{Effect, Facts, Msg};
use crate::domain::compare::Comparison;
use crate::domain::filter::Filter;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::{Measure, Needs};
use crate::domain::obstacles::Obstacles;
use crate::domain::plan::Course;
use crate::domain::stability::Stability;
use crate::formats::report::{Findings, Report};
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
    /// The two groups that are compared, once there are two.
    pub compared: Option<[Group; 2]>,
    /// How far they are apart.
    pub comparison: Computed<Comparison>,
    /// The campaign that is put beside the open one, by id, once one is chosen.
    pub beside: Option<String>,
    /// What it says.
    pub beside_found: Computed<Beside>,
    /// What stands in the way.
    pub obstacles: Computed<Obstacles>,
    /// What the report is made of.
    pub findings: Computed<Findings>,
    /// The day on which that was found.
    pub found_on: String,
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
    /// Another group is to be compared: the first, or the second.
    ComparedChosen(usize, Group),
    /// Another campaign is to be put beside the open one, by id.
    BesideChosen(String),
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
        self.comparison.age();
        self.beside_found.age();
        self.obstacles.age();
        self.findings.age();
    }

    /// Asks for what a step shows and is not there.
    pub(super) fn fill(&mut self, step: Step, filter: &Filter) -> Vec<Request> {
        let scope = Scope { filter: filter.clone(), grouping: self.grouping };
        let wanted = match step {
            Step::Needs | Step::Compare if self.needs.is_to_ask() => {
                AnalysisRequest::Needs(scope, self.group.clone())
            }
            Step::Needs if self.shown().is_some() && self.stability.is_to_ask() => {
                AnalysisRequest::Stability(scope, self.group.clone())
            }
            Step::Compare if self.shown().is_some() => {
                let Some(groups) = self.compared.clone() else { return Vec::new() };
                if !self.comparison.is_to_ask() {
                    return Vec::new();
                }
                AnalysisRequest::Comparison(scope, groups, self.measure)
            }
            Step::Beside => {
                let Some(id) = self.beside.clone() else { return Vec::new() };
                if !self.beside_found.is_to_ask() {
                    return Vec::new();
                }
                AnalysisRequest::Beside(id, self.measure)
            }
            Step::Obstacles if self.obstacles.is_to_ask() => {
                AnalysisRequest::Obstacles(filter.clone())
            }
            Step::Report if self.findings.is_to_ask() => AnalysisRequest::Report(filter.clone()),
            _ => return Vec::new(),
        };
        vec![Request::Analysis(wanted)]
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
                self.needs.age();
                self.stability = Computed::default();
            }
            AnalysisMsg::ComparedChosen(place, group) => {
                let chosen = self.compared.as_mut().and_then(|groups| groups.get_mut(place));
                if let Some(chosen) = chosen {
                    *chosen = group;
                }
                self.comparison.age();
            }
            AnalysisMsg::MeasureChosen(measure) => {
                self.measure = measure;
                self.comparison.age();
                self.beside_found.age();
            }
            AnalysisMsg::BesideChosen(id) => {
                self.beside = Some(id);
                self.beside_found = Computed::default();
            }
            AnalysisMsg::DomainsWanted(by_domain) => self.by_domain = by_domain,
            AnalysisMsg::SortChosen(column) => {
                let (sorted_by, descending) = self.sort;
                let text_or_rank = matches!(column, NeedsColumn::Rank | NeedsColumn::Competency);
                let again = sorted_by == column;
                self.sort = (column, if again { !descending } else { !text_or_rank });
            }
        }
    }

    /// Keeps the two groups that are compared, as far as they are there; else takes the first two
    /// that are shown.
    fn choose_compared(&mut self) {
        let shown: Vec<&Group> = self.needs.get().map_or_else(Vec::new, |needs| {
            let shown = needs.groups.iter().filter(|group| !group.is_hidden);
            shown.map(|group| &group.group).collect()
        });
        let is_there = |groups: &[Group; 2]| groups.iter().all(|group| shown.contains(&group));
        if !self.compared.as_ref().is_some_and(is_there) {
            self.compared = match shown.as_slice() {
                [first, second, ..] => Some([(*first).clone(), (*second).clone()]),
                _ => None,
            };
            self.comparison.age();
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
                    self.choose_compared();
                }
            }
            AnalysisReply::Stability(scope, group, stability) => {
                if is_asked(&scope, self) && group == self.group {
                    self.stability.set(stability);
                }
            }
            AnalysisReply::Comparison(scope, groups, comparison) => {
                let is_current =
                    self.compared.as_ref() == Some(&groups) && comparison.measure == self.measure;
                if is_asked(&scope, self) && is_current {
                    self.comparison.set(comparison);
                }
            }
            AnalysisReply::Beside(id, measure, found) => {
                if self.beside.as_ref() == Some(&id) && measure == self.measure {
                    self.beside_found.set(*found);
                }
            }
            AnalysisReply::Report(asked, findings) => {
                if asked == *filter {
                    self.findings.set(*findings);
                }
            }
            AnalysisReply::Obstacles(asked, obstacles) => {
                if asked == *filter {
                    self.obstacles.set(obstacles);
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

    /// The report as a file; `None` where nothing was found yet.
    pub(super) fn report_file(&self, language: Language) -> Option<Effect> {
        let filter = self.filter_in_words(language);
        let courses = self.plan.courses(&self.form, language);
        let report = self.report(filter.as_deref(), &courses, language)?;
        let name = format!("{}-{}.html", Step::Report.word(), self.file_stem());
        Some(Effect::Download { name, bytes: report.file().into_bytes() })
    }

    /// What the report says; `None` where nothing was found yet.
    pub fn report<'d>(
        &'d self,
        filter: Option<&'d str>,
        courses: &'d [Course],
        language: Language,
    ) -> Option<Report<'d>> {
        let made = self.plan.made.get();
        Some(Report {
            campaign: &self.file.campaign,
            form: &self.form,
            filter,
            findings: self.analysis.findings.get()?,
            plan: made.map(|made| (&made.plan, courses)),
            today: &self.analysis.found_on,
            t: language,
        })
    }

    /// Takes in what the worker says of the needs.
    pub(super) fn analysed(
        &mut self,
        reply: AnalysisReply,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        self.analysis.found_on = facts.now.local_day(facts.utc_offset);
        self.analysis.replied(reply, &self.review.filter);
        self.fill_step(language)
    }
}
