//! What the page asks for charts, and what the worker says.

use serde::{Deserialize, Serialize};

use super::{Scope, Who};
use crate::domain::chart::heat_table::{HeatOrder, HeatTable, HeatValue};
use crate::domain::chart::level_profile::LevelProfile;
use crate::domain::chart::need_map::NeedMap;
use crate::domain::filter::Filter;
use crate::domain::grouping::Group;

/// What a chart is to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ChartRequest {
    /// The map of one of the groups.
    Map(Scope, Group),
    /// The groups by competencies.
    Heat(Scope, HeatValue, HeatOrder),
    /// The profile of one of the groups.
    Profile(Scope, Group),
    /// The profile of one person, by the response's root.
    Person(String),
    /// The people whose name, unit, post or code has this in it.
    Find(Filter, String),
}

impl ChartRequest {
    /// True where it takes to know which units lie together.
    pub fn is_by_clusters(&self) -> bool {
        match self {
            Self::Map(scope, _) | Self::Heat(scope, ..) | Self::Profile(scope, _) => {
                scope.is_by_clusters()
            }
            Self::Person(_) | Self::Find(..) => false,
        }
    }
}

/// What it shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ChartReply {
    /// The map of the group that was asked for, or of the first that may be shown.
    Map(OfGroup<NeedMap>),
    /// The groups by competencies.
    Heat(HeatTable),
    /// The profile of the group that was asked for, or of the first that may be shown.
    Profile(OfGroup<LevelProfile>),
    /// The person's profile; `None` where there is no such response any more.
    Person(Option<(Who, LevelProfile)>),
    /// The first of the people.
    Found(Vec<Who>),
}

/// What is shown of one of several groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OfGroup<T> {
    /// The groups that may be shown, in form order, each with how many people are in it.
    pub groups: Vec<(Group, u64)>,
    /// How many are too small to be shown.
    pub hidden_groups: usize,
    /// The one that is shown; `None` where none may be.
    pub group: Option<Group>,
    /// What is shown of it.
    pub shown: T,
}
