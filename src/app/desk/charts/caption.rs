//! What is written around charts, on screen and in files.

use super::super::Desk;
use super::{Charts, MapLines};
use crate::app::route::Step;
use crate::domain::chart::heat_table::{HeatOrder, HeatValue};
use crate::domain::form::Role;
use crate::domain::grouping::{Group, Grouping};
use crate::formats::chart::Caption;
use crate::formats::export::group_name;
use crate::text::Language;

impl Desk {
    /// What is written around the chart of a step: title, whose answers, how to read it.
    pub fn chart_caption(&self, step: Step, t: Language) -> Caption {
        let (title, whose, method) = match step {
            Step::Map => (t.map_title().to_owned(), self.whose_map(t), map_method(&self.charts, t)),
            Step::Heatmap => self.heat_words(t),
            _ => (t.profile_title().to_owned(), self.whose_profile(t), self.profile_method(t)),
        };
        let campaign = self.file.campaign.name.clone();
        let filter = self.filter_in_words(t).map(|words| t.only_responses(&words));
        let about = [campaign, whose].into_iter().chain(filter).filter(|line| !line.is_empty());
        Caption { title, about: about.collect(), method }
    }

    /// Which responses are looked at; `None` where all are.
    pub fn filter_in_words(&self, t: Language) -> Option<String> {
        let filter = &self.review.filter;
        let conditions = filter.conditions.iter().map(|own| t.condition(&self.form, own));
        let flags = filter.flags_below.map(|below| t.filter_flags(&below));
        let words: Vec<String> = conditions.chain(flags).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    fn whose(
        &self,
        grouping: Grouping,
        group: Option<&Group>,
        people: Option<u64>,
        t: Language,
    ) -> String {
        let (Some(group), Some(people)) = (group, people) else { return String::new() };
        let name = group_name(&self.form, grouping, group, Some(t));
        t.chart_whose(&name, &t.number(people as f64, 0))
    }

    fn whose_map(&self, t: Language) -> String {
        let Some(map) = self.charts.map.get() else { return String::new() };
        let grouping = super::chart_grouping(Step::Map, &self.form, self.analysis.grouping);
        self.whose(grouping, map.group.as_ref(), map.shown.people, t)
    }

    fn whose_profile(&self, t: Language) -> String {
        if self.charts.is_protected && self.charts.person.is_some() {
            let one = self.charts.one.get().and_then(|one| one.as_ref().as_ref());
            let Some((who, _)) = one else { return String::new() };
            let answers = [(Role::Post, &who.post), (Role::Unit, &who.unit)];
            let place = answers.into_iter().filter(|(_, answer)| !answer.is_empty());
            let place = place.filter_map(|(role, answer)| {
                let question = self.form.with_role(role)?;
                Some(self.form.answer_in_words(question, answer, t.code()))
            });
            let name = if who.name.is_empty() { &who.receipt } else { &who.name };
            return std::iter::once(name.clone()).chain(place).collect::<Vec<_>>().join(" · ");
        }
        let Some(profile) = self.charts.profile.get() else { return String::new() };
        let grouping = super::chart_grouping(Step::Profile, &self.form, self.analysis.grouping);
        self.whose(grouping, profile.group.as_ref(), profile.shown.people, t)
    }

    fn heat_words(&self, t: Language) -> (String, String, Vec<String>) {
        let Some(table) = self.charts.heat.get() else { return Default::default() };
        let value = match table.value {
            HeatValue::Gap => t.heat_method_gap(),
            HeatValue::Shortfall => t.heat_method_shortfall(),
            HeatValue::HighNeed => t.heat_method_high_need(),
        };
        let order = match table.order {
            HeatOrder::Form => t.heat_method_form(),
            HeatOrder::Alike => t.heat_method_alike(),
        };
        let people: u64 = table.rows.iter().map(|row| row.people).sum();
        let whose = t.heat_whose(
            &t.count(table.rows.len()),
            &t.number(people as f64, 0),
            &t.count(table.hidden_rows),
        );
        let title = t.heat_title(&t.grouping(table.grouping), &value_name(table.value, t));
        (title, whose, vec![value.to_owned(), order.to_owned()])
    }

    fn profile_method(&self, t: Language) -> Vec<String> {
        let is_person = self.charts.is_protected && self.charts.person.is_some();
        let mut method =
            vec![if is_person { t.profile_method_person() } else { t.profile_method() }.to_owned()];
        let Some(profile) = self.shown_profile() else { return method };
        if !profile.has_levels() && !profile.rows.is_empty() {
            method.push(t.profile_no_levels().to_owned());
        }
        method.extend(left_out(profile.hidden, profile.unrated, t));
        method
    }
}

/// What stands in the cells of the groups by competencies.
pub fn value_name(value: HeatValue, t: Language) -> &'static str {
    match value {
        HeatValue::Gap => t.heat_gap(),
        HeatValue::Shortfall => t.heat_shortfall(),
        HeatValue::HighNeed => t.heat_high_need(),
    }
}

fn map_method(charts: &Charts, t: Language) -> Vec<String> {
    let lines = match charts.lines {
        MapLines::Means => t.map_method_means().to_owned(),
        MapLines::Medians => t.map_method_medians().to_owned(),
        MapLines::Midpoint => t.map_method_midpoint().to_owned(),
        MapLines::Own => t.map_method_own(
            &t.plain_number(charts.own_lines.importance),
            &t.plain_number(charts.own_lines.ability),
        ),
        MapLines::Focus => t.map_method_focus().to_owned(),
    };
    let mut method = vec![lines];
    if charts.with_intervals {
        method.push(t.map_method_intervals().to_owned());
    }
    if let Some(map) = charts.map.get() {
        method.extend(left_out(map.shown.hidden, map.shown.unrated, t));
    }
    method
}

/// How many competencies are not in a chart, and why.
fn left_out(hidden: usize, unrated: usize, t: Language) -> impl Iterator<Item = String> {
    let hidden = (hidden > 0).then(|| t.chart_hidden(&t.count(hidden)));
    let unrated = (unrated > 0).then(|| t.chart_unrated(&t.count(unrated)));
    hidden.into_iter().chain(unrated)
}
