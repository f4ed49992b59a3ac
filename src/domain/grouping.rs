//! People in groups, and a tally for every group and competency.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clusters::Clusters;
use super::coded::CodedRatings;
use super::form::{Form, Question, Role};
use super::measure::shortfall::Shortfall;
use super::rating::Rating;
use super::response::Response;
use super::tally::Tally;

/// What tells people apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Facet {
    /// The primary post.
    Post,
    /// The unit.
    Unit,
    /// The cluster of units.
    Cluster,
    /// The kind of area.
    Area,
    /// Gender.
    Gender,
    /// The age band.
    AgeBand,
    /// The highest professional qualification.
    Qualification,
}

impl Facet {
    /// Every one, as lists show them.
    pub const ALL: [Self; 7] = [
        Self::Post,
        Self::Unit,
        Self::Cluster,
        Self::Area,
        Self::Gender,
        Self::AgeBand,
        Self::Qualification,
    ];

    /// The word for it in files and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Unit => "unit",
            Self::Cluster => "cluster",
            Self::Area => "area",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
            Self::Qualification => "qualification",
        }
    }

    /// The question it is told by; `None` where the form does not ask.
    pub fn question(self, form: &Form) -> Option<&Question> {
        form.with_role(match self {
            Self::Post => Role::Post,
            Self::Unit | Self::Cluster => Role::Unit,
            Self::Area => Role::Area,
            Self::Gender => Role::Gender,
            Self::AgeBand => Role::AgeBand,
            Self::Qualification => Role::Qualification,
        })
    }

    /// The facet of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.word() == word)
    }

    /// Those that a form's questions allow.
    pub fn available(form: &Form) -> Vec<Self> {
        Self::ALL.into_iter().filter(|facet| facet.question(form).is_some()).collect()
    }
}

/// By what people are put into groups: nothing, one facet, or two.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Grouping {
    first: Option<Facet>,
    second: Option<Facet>,
}

impl Grouping {
    /// Everybody together.
    pub const OVERALL: Self = Self { first: None, second: None };

    /// By one facet.
    pub const fn by(facet: Facet) -> Self {
        Self { first: Some(facet), second: None }
    }

    /// By two facets; by one if they are the same.
    pub fn by_two(first: Facet, second: Facet) -> Self {
        Self { first: Some(first), second: Some(second).filter(|second| *second != first) }
    }

    /// True where everybody is together.
    pub fn is_overall(self) -> bool {
        self.first.is_none()
    }

    /// Its facets, none to two.
    pub fn facets(self) -> impl Iterator<Item = Facet> + Clone {
        self.first.into_iter().chain(self.second)
    }

    /// The word for it in exported files.
    pub fn word(self) -> String {
        let words: Vec<&str> = self.facets().map(Facet::word).collect();
        if words.is_empty() { "overall".to_owned() } else { words.join("+") }
    }

    /// Everybody together, and by each facet that a form's questions allow.
    pub fn single(form: &Form) -> Vec<Self> {
        let facets = Facet::available(form).into_iter().map(Self::by);
        std::iter::once(Self::OVERALL).chain(facets).collect()
    }
}

/// A group: for each facet of its grouping the answer, empty where it was not given.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Group(pub Vec<String>);

impl Group {
    /// The group of one answer.
    pub fn of(answer: &str) -> Self {
        Self(vec![answer.to_owned()])
    }
}

/// As files name it: the answers with `+` between them.
impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("+"))
    }
}

/// What is counted of one group: one tally and one shortfall for each competency of the form, in
/// its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTallies {
    /// How many people are in the group.
    pub people: u64,
    /// By the competency's position.
    pub tallies: Vec<Tally>,
    /// By the competency's position: how far people are below what their posts require.
    pub shortfalls: Vec<Shortfall>,
}

/// The tallies of one grouping, by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tallies {
    groups: BTreeMap<Group, GroupTallies>,
}

impl FromIterator<(Group, GroupTallies)> for Tallies {
    fn from_iter<T: IntoIterator<Item = (Group, GroupTallies)>>(groups: T) -> Self {
        Self { groups: groups.into_iter().collect() }
    }
}

impl Tallies {
    /// Counts responses that are counted only once.
    pub fn count<'r>(
        form: &Form,
        grouping: Grouping,
        clusters: &Clusters,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Self {
        let coded = CodedRatings::of(form, responses);
        coded.tallies(grouping, clusters, &coded.everybody())
    }

    /// Adds the tallies of other people.
    pub fn merge(&mut self, other: &Self) {
        for (name, added) in &other.groups {
            self.groups.entry(name.clone()).or_default().merge(added);
        }
    }

    /// Every group with its tallies.
    pub fn groups(&self) -> impl Iterator<Item = (&Group, &GroupTallies)> {
        self.groups.iter()
    }

    /// The groups in the order of the choices of the questions they come from, others by name.
    pub fn in_form_order(&self, form: &Form, grouping: Grouping) -> Vec<(&Group, &GroupTallies)> {
        in_form_order(form, grouping, self.groups())
    }

    /// The same, to keep.
    pub fn into_form_order(self, form: &Form, grouping: Grouping) -> Vec<(Group, GroupTallies)> {
        in_form_order(form, grouping, self.groups)
    }
}

fn in_form_order<G: Borrow<Group>, T>(
    form: &Form,
    grouping: Grouping,
    groups: impl IntoIterator<Item = (G, T)>,
) -> Vec<(G, T)> {
    let places: Vec<BTreeMap<&str, usize>> = grouping
        .facets()
        .map(|facet| {
            let list = facet.question(form).and_then(|question| question.kind.list());
            let choices = list.map_or(&[][..], |list| form.choices(list));
            let names = choices.iter().map(|choice| choice.name.as_str());
            names.enumerate().map(|(place, name)| (name, place)).collect()
        })
        .collect();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_cached_key(|(group, _)| {
        let answers = group.borrow().0.iter().zip(&places);
        let place = |(answer, places): (&String, &BTreeMap<&str, usize>)| {
            places.get(answer.as_str()).copied().unwrap_or(usize::MAX)
        };
        answers.map(place).collect::<Vec<_>>()
    });
    groups
}

impl GroupTallies {
    /// So many people, of whom nothing is counted yet in so many competencies.
    pub fn of_people(people: u64, competencies: usize) -> Self {
        let mut counted = Self { people, ..Self::default() };
        counted.make_room(competencies);
        counted
    }

    /// Counts people of the group who say the same of the competency at a position.
    pub fn add(&mut self, at: usize, rating: Rating, people: u64) {
        self.make_room(at + 1);
        if let Some(tally) = self.tallies.get_mut(at) {
            tally.add_many(rating.importance, rating.ability, people);
        }
        let pair = rating.ability.number().zip(rating.required);
        if let (Some((ability, required)), Some(sum)) = (pair, self.shortfalls.get_mut(at)) {
            *sum = *sum + Shortfall::of_same(ability, required, people);
        }
    }

    fn make_room(&mut self, competencies: usize) {
        if self.tallies.len() < competencies {
            self.tallies.resize(competencies, Tally::default());
            self.shortfalls.resize(competencies, Shortfall::default());
        }
    }

    /// Adds the counts of other people.
    pub fn merge(&mut self, other: &Self) {
        self.people += other.people;
        let competencies = self.tallies.len().max(other.tallies.len());
        self.tallies.resize(competencies, Tally::default());
        self.shortfalls.resize(competencies, Shortfall::default());
        for (tally, more) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.merge(more);
        }
        for (shortfall, more) in self.shortfalls.iter_mut().zip(&other.shortfalls) {
            *shortfall = *shortfall + *more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::response_csv;
    use crate::forms;

    const ROWS: &str = "chuc_danh,gioi_tinh,don_vi,imp_A1,abl_A1,_form,_root\n\
                        bt,nu,00004,5,2,nhu-cau,a\n\
                        bt,nam,00004,5,3,nhu-cau,b\n\
                        ct_ubnd,nu,00008,4,5,nhu-cau,c\n\
                        bt,nu,,5,2,nhu-cau,d\n";

    fn tallies(grouping: Grouping, clusters: &Clusters) -> Tallies {
        let form = forms::needs().unwrap();
        let read = response_csv::read(&form, "x.csv", ROWS.as_bytes());
        Tallies::count(&form, grouping, clusters, &read.responses)
    }

    fn people(tallies: &Tallies) -> Vec<(String, u64)> {
        tallies.groups().map(|(group, counted)| (group.to_string(), counted.people)).collect()
    }

    #[test]
    fn people_are_grouped_by_two_facets_at_once() {
        let by = Grouping::by_two(Facet::Post, Facet::Gender);
        let found = people(&tallies(by, &Clusters::default()));
        let expected = [("bt+nam", 1), ("bt+nu", 2), ("ct_ubnd+nu", 1)];
        assert_eq!(found, expected.map(|(group, people)| (group.to_owned(), people)));
        assert_eq!((by.word(), Grouping::OVERALL.word()), ("post+gender".into(), "overall".into()));
        assert_eq!(Grouping::by_two(Facet::Post, Facet::Post), Grouping::by(Facet::Post));
    }

    #[test]
    fn groups_added_up_are_everybody_together() {
        let everybody = tallies(Grouping::OVERALL, &Clusters::default());
        let mut together = GroupTallies::default();
        for (_, group) in tallies(Grouping::by(Facet::Post), &Clusters::default()).groups() {
            together.merge(group);
        }
        assert_eq!(everybody.groups().next().unwrap().1, &together);
        let required = together.shortfalls[0];
        assert!(required.n > 0 && required.n <= 4, "{required:?}");
    }

    #[test]
    fn units_that_lie_together_are_one_group() {
        let gazetteer = forms::units::gazetteer();
        let clusters = Clusters::of_units(&super::super::roster::Roster::default(), &gazetteer);
        let found = people(&tallies(Grouping::by(Facet::Cluster), &clusters));
        assert_eq!(found, [(String::new(), 1), ("Quận Ba Đình".to_owned(), 3)]);
    }
}
