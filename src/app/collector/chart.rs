//! What charts show of the responses that count.

use super::Collector;
use super::looked::who;
use crate::app::protocol::{ChartReply, ChartRequest, OfGroup, Scope, Who};
use crate::domain::chart::counted::CountedGroup;
use crate::domain::chart::heat_table::HeatTable;
use crate::domain::chart::level_profile::LevelProfile;
use crate::domain::chart::need_map::NeedMap;
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::grouping::Group;
use crate::domain::search::folded;

/// So many people are offered; who is not among them is looked for by more of the name.
const OFFERED: usize = 20;

impl Collector {
    /// Computes what a chart shows.
    pub fn chart(&self, request: &ChartRequest) -> ChartReply {
        match request {
            ChartRequest::Map(scope, group) => {
                ChartReply::Map(self.of_group(scope, group, NeedMap::of))
            }
            ChartRequest::Heat(Scope { filter, grouping }, value, order) => {
                let tallies = self.tallies(*grouping, filter);
                ChartReply::Heat(HeatTable::of(&self.form, *grouping, &tallies, *value, *order))
            }
            ChartRequest::Profile(scope, group) => {
                ChartReply::Profile(self.of_group(scope, group, LevelProfile::of_group))
            }
            ChartRequest::Person(root) => {
                let row = self.effective().row(root);
                ChartReply::Person(row.map(|row| {
                    let profile = LevelProfile::of_person(&self.form, &row.response);
                    (who(self.basis(), &row.response), profile)
                }))
            }
            ChartRequest::Find(filter, text) => ChartReply::Found(self.found(filter, text)),
        }
    }

    fn of_group<T: Default>(
        &self,
        Scope { filter, grouping }: &Scope,
        wanted: &Group,
        show: fn(&Form, &CountedGroup) -> T,
    ) -> OfGroup<T> {
        let tallies = self.tallies(*grouping, filter);
        let mut groups = CountedGroup::all(&self.form, *grouping, &tallies);
        let all = groups.len();
        groups.retain(|group| !group.is_hidden());
        let chosen = groups.iter().find(|group| group.group == wanted).or(groups.first());
        OfGroup {
            hidden_groups: all - groups.len(),
            group: chosen.map(|group| group.group.clone()),
            shown: chosen.map_or_else(T::default, |group| show(&self.form, group)),
            groups: groups.iter().map(|group| (group.group.clone(), group.people())).collect(),
        }
    }

    fn found(&self, filter: &Filter, text: &str) -> Vec<Who> {
        let (basis, wanted) = (self.basis(), folded(text));
        let rows = self.effective().rows().iter().zip(self.looked.names(basis));
        let mut admits = self.looked.admitting(basis, filter);
        let found = rows.filter(|(row, name)| name.contains(&wanted) && admits(&row.response));
        found.take(OFFERED).map(|(row, _)| who(basis, &row.response)).collect()
    }
}
