//! What the page asks of the needs, and what the worker says.

use serde::{Deserialize, Serialize};

use crate::domain::beside::raters::Raters;
use crate::domain::beside::waves::Waves;
use crate::domain::compare::Comparison;
use crate::domain::filter::Filter;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::{Measure, Needs};
use crate::domain::obstacles::Obstacles;
use crate::domain::stability::Stability;
use crate::formats::report::Findings;

/// What the page wants to know of the needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnalysisRequest {
    /// The groups of a grouping, and the needs of one of them, or of the first that is shown.
    Needs(Scope, Group),
    /// How sure the ranking of one of the groups is.
    Stability(Scope, Group),
    /// How far two of the groups are apart by a measure.
    Comparison(Scope, [Group; 2], Measure),
    /// What another campaign, by its id, says beside this one by a measure.
    Beside(String, Measure),
    /// What stands in the way of these people.
    Obstacles(Filter),
    /// What a report says of them.
    Report(Filter),
}

/// What the worker says of the needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnalysisReply {
    /// The groups, and the needs of the one that was asked for; of the others there are none here.
    Needs(Scope, Needs),
    /// How sure a group's ranking is; `None` where it cannot be told.
    Stability(Scope, Group, Option<Stability>),
    /// How far two groups are apart.
    Comparison(Scope, [Group; 2], Comparison),
    /// What another campaign says beside this one.
    Beside(String, Measure, Box<Beside>),
    /// What stands in the way.
    Obstacles(Filter, Obstacles),
    /// What a report says.
    Report(Filter, Box<Findings>),
}

/// Whose needs: those of responses that a filter lets through, in groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scope {
    /// Which responses.
    pub filter: Filter,
    /// By what people are grouped.
    pub grouping: Grouping,
}

impl Scope {
    /// True where it takes to know which units lie together.
    pub fn is_by_clusters(&self) -> bool {
        self.grouping.facets().any(|facet| facet == Facet::Cluster)
    }
}

impl AnalysisRequest {
    /// True where it takes to know which units lie together.
    pub fn is_by_clusters(&self) -> bool {
        match self {
            Self::Needs(scope, _) | Self::Stability(scope, _) | Self::Comparison(scope, ..) => {
                scope.is_by_clusters()
            }
            Self::Beside(..) | Self::Obstacles(_) | Self::Report(_) => false,
        }
    }
}

/// What another campaign says beside the open one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Beside {
    /// Two waves of a survey; `true` where the open campaign is the later one.
    Waves(bool, Waves),
    /// What people say of themselves beside what others say of them.
    Raters(Raters),
    /// They ask for no competency in common.
    NothingInCommon,
    /// It cannot be read.
    Unreadable,
}
