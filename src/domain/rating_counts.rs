//! How many people of each group gave the same ratings: what desks send each other instead of
//! responses. Integer counts, so those of several desks add up to exactly what all their responses
//! together would give.

use std::collections::{BTreeMap, BTreeSet};

use super::clusters::Clusters;
use super::coded::CodedRatings;
use super::form::Form;
use super::grouping::{Group, GroupTallies, Grouping, Tallies};
use super::rating::Rating;
use super::response::Response;

/// The ratings of one group, by the competency's position: how many people gave each.
pub type GroupCounts = Vec<BTreeMap<Rating, u64>>;

/// The ratings of the groups of one grouping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatingCounts {
    groups: BTreeMap<Group, GroupCounts>,
    /// What was hidden where it was counted: a competency of a group, by its position, or with
    /// `None` the group.
    hidden: BTreeSet<(Group, Option<usize>)>,
}

impl RatingCounts {
    /// Counts responses that are counted only once.
    pub fn count<'r>(
        form: &Form,
        grouping: Grouping,
        clusters: &Clusters,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Self {
        let coded = CodedRatings::of(form, responses);
        coded.counts(grouping, clusters, &coded.everybody())
    }

    /// The ratings of a group, a competency each.
    pub fn of_group(&self, group: &Group) -> &[BTreeMap<Rating, u64>] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// What was hidden where it was counted: groups, or with a position a competency of one.
    pub fn hidden(&self) -> impl Iterator<Item = (&Group, Option<usize>)> {
        self.hidden.iter().map(|(group, at)| (group, *at))
    }

    /// Adds people of a group who gave the competency at a position the same rating.
    pub fn add(&mut self, group: Group, at: usize, rating: Rating, people: u64) {
        let counted = self.groups.entry(group).or_default();
        if counted.len() <= at {
            counted.resize(at + 1, BTreeMap::new());
        }
        if let Some(counted) = counted.get_mut(at) {
            *counted.entry(rating).or_default() += people;
        }
    }

    /// Remembers that a competency of a group, or the whole group, was hidden where it was counted.
    pub fn hide(&mut self, group: Group, at: Option<usize>) {
        self.hidden.insert((group, at));
    }

    /// Adds the counts of other people.
    pub fn merge(&mut self, other: &Self) {
        for (group, counted) in &other.groups {
            for (at, ratings) in counted.iter().enumerate() {
                for (rating, people) in ratings {
                    self.add(group.clone(), at, *rating, *people);
                }
            }
        }
        self.hidden.extend(other.hidden.iter().cloned());
    }

    /// The tallies of the same people, of so many competencies. Everybody of a group counts in each
    /// competency, rated or not, but where that was hidden.
    pub fn tallies(&self, competencies: usize) -> Tallies {
        let groups = self.groups.iter().map(|(group, counted)| {
            let people = counted.iter().map(|ratings| ratings.values().sum()).max().unwrap_or(0);
            let mut tallies = GroupTallies::of_people(people, competencies);
            for (at, ratings) in counted.iter().enumerate() {
                for (rating, people) in ratings {
                    tallies.add(at, *rating, *people);
                }
            }
            (group.clone(), tallies)
        });
        groups.collect()
    }
}
