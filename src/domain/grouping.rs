//! People in groups, and a tally for every group and competency.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::{Form, Question, Role, Scale};
use super::response::Response;
use super::tally::{Level, Tally};

/// By what people are put into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grouping {
    /// Everybody together.
    Overall,
    /// By the primary post.
    Post,
    /// By the unit.
    Unit,
    /// By gender.
    Gender,
    /// By age band.
    AgeBand,
}

impl Grouping {
    /// Every grouping, as lists show them.
    pub const ALL: [Self; 5] = [Self::Overall, Self::Post, Self::Unit, Self::Gender, Self::AgeBand];

    /// The word for it in exported files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Post => "post",
            Self::Unit => "unit",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
        }
    }

    /// The question whose answer is the group; `None` for everybody together, or where the form
    /// does not ask.
    pub fn question(self, form: &Form) -> Option<&Question> {
        form.with_role(match self {
            Self::Overall => return None,
            Self::Post => Role::Post,
            Self::Unit => Role::Unit,
            Self::Gender => Role::Gender,
            Self::AgeBand => Role::AgeBand,
        })
    }

    /// The groupings that a form's questions allow.
    pub fn available(form: &Form) -> Vec<Self> {
        let asked = |g: &Self| *g == Self::Overall || g.question(form).is_some();
        Self::ALL.into_iter().filter(asked).collect()
    }
}

/// The tallies of one group: one for each competency of the form, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTallies {
    /// How many people are in the group.
    pub people: u64,
    /// By the competency's position.
    pub tallies: Vec<Tally>,
}

/// The tallies of one grouping, by group; the group is the answer to the grouping's question,
/// empty for everybody together and for people who did not answer it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tallies {
    groups: BTreeMap<String, GroupTallies>,
}

impl Tallies {
    /// Counts responses in one pass.
    pub fn count<'r>(
        form: &Form,
        grouping: Grouping,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Self {
        let rated = rated_questions(form);
        let by = grouping.question(form).map(|question| question.name.as_str());
        let mut tallies = Self::default();
        for response in responses {
            let answer = |question: Option<&str>| question.map_or("", |q| response.answers.get(q));
            let group = tallies.groups.entry(answer(by).to_owned()).or_default();
            group.people += 1;
            group.tallies.resize(rated.len(), Tally::default());
            for (tally, (importance, ability)) in group.tallies.iter_mut().zip(&rated) {
                tally.add(Level::of(answer(*importance)), Level::of(answer(*ability)));
            }
        }
        tallies
    }

    /// Adds the tallies of other people.
    pub fn merge(&mut self, other: &Self) {
        for (name, added) in &other.groups {
            let group = self.groups.entry(name.clone()).or_default();
            group.people += added.people;
            if group.tallies.len() < added.tallies.len() {
                group.tallies.resize(added.tallies.len(), Tally::default());
            }
            for (tally, more) in group.tallies.iter_mut().zip(&added.tallies) {
                tally.merge(more);
            }
        }
    }

    /// Every group with its tallies, by the group's name.
    pub fn groups(&self) -> impl Iterator<Item = (&str, &GroupTallies)> {
        self.groups.iter().map(|(name, group)| (name.as_str(), group))
    }

    /// The groups in the order of the choices of the question they come from, others by name.
    pub fn in_form_order(&self, form: &Form, grouping: Grouping) -> Vec<(&str, &GroupTallies)> {
        let list = grouping.question(form).and_then(|question| question.kind.list());
        let choices = list.map_or(&[][..], |list| form.choices(list));
        let places: BTreeMap<&str, usize> = choices
            .iter()
            .enumerate()
            .map(|(place, choice)| (choice.name.as_str(), place))
            .collect();
        let mut groups: Vec<_> = self.groups().collect();
        groups.sort_by_key(|(name, _)| places.get(name).copied().unwrap_or(usize::MAX));
        groups
    }
}

/// For each competency the names of the questions that rate its importance and its ability.
pub(super) fn rated_questions(form: &Form) -> Vec<(Option<&str>, Option<&str>)> {
    let mut rated = vec![(None, None); form.competencies.len()];
    for question in form.questions() {
        let Some(rating) = &question.rating else { continue };
        let position = form.competency_position(&rating.competency);
        if let Some(pair) = position.and_then(|position| rated.get_mut(position)) {
            match rating.scale {
                Scale::Importance => pair.0 = Some(question.name.as_str()),
                Scale::Ability => pair.1 = Some(question.name.as_str()),
            }
        }
    }
    rated
}
