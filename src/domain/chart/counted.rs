//! The groups that charts are drawn of: their tallies, what their posts require of them, and what
//! of this is hidden.

use std::collections::BTreeMap;

use crate::domain::form::{Form, Role};
use crate::domain::grouping::{Grouping, Tallies};
use crate::domain::measure::shortfall::Shortfall;
use crate::domain::needs::hidden_cells;
use crate::domain::response::Response;
use crate::domain::suppression;
use crate::domain::tally::Tally;

/// People counted by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    tallies: Tallies,
    required: BTreeMap<String, Vec<Requirement>>,
}

/// What the posts of a group's people require in one competency, and how far they are below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Requirement {
    /// Over those who rated their ability and whose post requires a level.
    pub shortfall: Shortfall,
    /// The sum of their posts' levels.
    sum: u64,
}

/// One group as charts see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedGroup<'c> {
    /// The answer that the group comes from.
    pub name: &'c str,
    /// How many people are in it.
    pub people: u64,
    /// By competency.
    pub tallies: &'c [Tally],
    /// By competency.
    pub required: &'c [Requirement],
    /// By competency, what may not be shown.
    pub hidden: Vec<bool>,
    /// By competency, where what posts require may not be shown, because few posts require it.
    hidden_required: Vec<bool>,
}

impl Requirement {
    /// The mean of the levels that are required; `None` where nobody's post requires one.
    pub fn mean(&self) -> Option<f64> {
        (self.shortfall.n > 0).then(|| self.sum as f64 / self.shortfall.n as f64)
    }

    fn add(&mut self, tally: &Tally, level: Option<u8>) {
        let more = Shortfall::of(&tally.ability(), level);
        self.sum += more.n * u64::from(level.unwrap_or(0));
        self.shortfall = self.shortfall + more;
    }
}

impl Counted {
    /// Counts responses; what a post requires is looked up post by post.
    pub fn of<'r>(
        form: &Form,
        grouping: Grouping,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Self {
        let post = form.with_role(Role::Post).map(|question| question.name.as_str());
        let mut by_post: BTreeMap<&str, Vec<&Response>> = BTreeMap::new();
        for response in responses {
            let post = post.map_or("", |question| response.answers.get(question));
            by_post.entry(post).or_default().push(response);
        }
        let mut counted = Self::default();
        for (post, responses) in by_post {
            let tallies = Tallies::count(form, grouping, responses);
            for (name, group) in tallies.groups() {
                let own = counted.required.entry(name.to_owned()).or_default();
                own.resize(form.competencies.len(), Requirement::default());
                let competencies = form.competencies.iter().zip(&group.tallies);
                for (requirement, (competency, tally)) in own.iter_mut().zip(competencies) {
                    requirement.add(tally, competency.required_levels.get(post).copied());
                }
            }
            counted.tallies.merge(&tallies);
        }
        counted
    }

    /// The groups in form order.
    pub fn groups(&self, form: &Form, grouping: Grouping) -> Vec<CountedGroup<'_>> {
        let groups = self.tallies.in_form_order(form, grouping);
        let hidden = hidden_cells(&groups);
        let mut counted: Vec<CountedGroup> = groups
            .into_iter()
            .zip(hidden)
            .map(|((name, group), hidden)| CountedGroup {
                name,
                people: group.people,
                tallies: &group.tallies,
                required: self.required.get(name).map_or(&[], Vec::as_slice),
                hidden_required: hidden.clone(),
                hidden,
            })
            .collect();
        for competency in 0..form.competencies.len() {
            let people = counted.iter().map(|group| {
                group.required.get(competency).map_or(0, |required| required.shortfall.n)
            });
            let few = suppression::hidden(&people.collect::<Vec<_>>());
            for (group, is_few) in counted.iter_mut().zip(few) {
                if let Some(cell) = group.hidden_required.get_mut(competency) {
                    *cell |= is_few;
                }
            }
        }
        counted
    }
}

impl CountedGroup<'_> {
    /// True when nothing of it is shown, not even how many people are in it.
    pub fn is_hidden(&self) -> bool {
        !self.hidden.is_empty() && self.hidden.iter().all(|hidden| *hidden)
    }

    /// By competency: its tally, what is required unless that is hidden, and whether all of it is.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&Tally, Option<&Requirement>, bool)> {
        let required = self.required.iter().zip(&self.hidden_required);
        let required = required.map(|(required, hidden)| (!hidden).then_some(required));
        let cells = self.tallies.iter().zip(required).zip(&self.hidden);
        cells.map(|((tally, required), hidden)| (tally, required, *hidden))
    }
}
