//! Who has answered, held against the roster: by unit and post, and summed up.
//!
//! A post that somebody holds beside the one answered for is no further person: it is neither
//! waited for nor counted again.

mod days;
mod reminders;
mod sums;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::form::{Form, Role};
use super::response::Response;
use super::roster::{Places, Roster};
use super::search::folded;

pub use days::{Day, received_by_day};
pub use reminders::{MissingPost, Reminder, post_name};
pub use sums::{CoverageBy, CoverageGroup, CoverageSums};

/// How far a roster is covered by responses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    posts: usize,
    /// Unit by unit, each with its posts.
    cells: Vec<CoverageCell>,
    /// By unit: the kind of area that most of those who answered name; empty where nobody did.
    areas: Vec<String>,
    /// Responses from units or posts that the roster does not have, by what they say.
    pub unexpected: Vec<Unexpected>,
}

/// How far one post of one unit is covered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageCell {
    /// How many people there should be and are.
    pub places: Places,
    /// How many responses came.
    pub received: u32,
    /// How many of those who answered for another post of the unit hold this one too.
    pub held_too: u32,
}

impl CoverageCell {
    /// How many people are to answer for this post: those who are there, without those who have
    /// answered for another post that they hold.
    pub fn asked(self) -> u32 {
        let expected = self.places.expected();
        expected - self.held_too.min(expected.saturating_sub(self.received))
    }

    /// How many of them have.
    pub fn answered(self) -> u32 {
        self.received.min(self.asked())
    }

    /// How many of them have not.
    pub fn missing(self) -> u32 {
        self.asked() - self.answered()
    }

    /// How many responses came beyond the people who are there.
    pub fn doubled(self) -> u32 {
        self.received.saturating_sub(self.places.expected())
    }
}

/// Responses that the roster has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unexpected {
    /// What is not in the roster.
    pub why: Stray,
    /// The unit as it was answered.
    pub unit: String,
    /// The post as it was answered.
    pub post: String,
    /// Their roots.
    pub roots: Vec<String>,
}

/// What the roster does not have; a unit goes before a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stray {
    /// The response names no unit.
    NoUnit,
    /// No such unit.
    Unit,
    /// The response names no post.
    NoPost,
    /// No such post.
    Post,
}

impl Coverage {
    /// Holds responses against a roster, in one pass. Each counts for its primary post.
    pub fn of<'r>(
        form: &Form,
        roster: &Roster,
        responses: impl IntoIterator<Item = &'r Response>,
    ) -> Self {
        let (posts, units) = (roster.posts.len(), roster.units.len());
        let mut coverage = Self { posts, ..Self::default() };
        for unit in 0..units {
            coverage.cells.extend((0..posts).map(|post| CoverageCell {
                places: roster.places(unit, post),
                ..CoverageCell::default()
            }));
        }
        let places = Lookup::of(roster);
        let name = |role| form.with_role(role).map(|question| question.name.as_str());
        let [unit, post, further, area] =
            [Role::Unit, Role::Post, Role::ConcurrentPosts, Role::Area].map(name);
        let mut areas: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut strays: BTreeMap<(Stray, &str, &str), Vec<String>> = BTreeMap::new();
        for response in responses {
            let answer = |question: Option<&str>| question.map_or("", |q| response.answers.get(q));
            let (unit, post) = (answer(unit), answer(post));
            let at = match places.find(unit, post) {
                Ok(at) => at,
                Err(why) => {
                    strays.entry((why, unit, post)).or_default().push(response.root.clone());
                    continue;
                }
            };
            if let Some(cell) = coverage.cell_mut(at.0, at.1) {
                cell.received += 1;
            }
            let held: BTreeSet<usize> =
                answer(further).split(' ').filter_map(|post| places.post(post)).collect();
            for post in held.into_iter().filter(|post| *post != at.1) {
                if let Some(cell) = coverage.cell_mut(at.0, post) {
                    cell.held_too += 1;
                }
            }
            if !answer(area).is_empty() {
                *areas.entry(at.0).or_default().entry(answer(area)).or_default() += 1;
            }
        }
        let area_of = |unit| {
            let named = areas.get(&unit).into_iter().flatten();
            // Of areas named equally often the first by name, whatever the order of responses.
            let most = named.rev().max_by_key(|(_, people)| **people);
            most.map_or(String::new(), |(area, _)| (*area).to_owned())
        };
        coverage.areas = (0..units).map(area_of).collect();
        let strays = strays.into_iter().map(|((why, unit, post), roots)| Unexpected {
            why,
            unit: unit.to_owned(),
            post: post.to_owned(),
            roots,
        });
        coverage.unexpected = strays.collect();
        coverage
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.areas.len()
    }

    /// The posts of one unit, in the roster's order.
    pub fn unit(&self, unit: usize) -> &[CoverageCell] {
        let start = unit.saturating_mul(self.posts);
        self.cells.get(start..start.saturating_add(self.posts)).unwrap_or_default()
    }

    /// One post of one unit.
    pub fn cell(&self, unit: usize, post: usize) -> Option<CoverageCell> {
        self.unit(unit).get(post).copied()
    }

    /// The kind of area that a unit lies in, as its people say; empty where nobody has.
    pub fn area(&self, unit: usize) -> &str {
        self.areas.get(unit).map_or("", String::as_str)
    }

    /// How many responses the roster has no place for.
    pub fn unexpected_responses(&self) -> usize {
        self.unexpected.iter().map(|stray| stray.roots.len()).sum()
    }

    fn cell_mut(&mut self, unit: usize, post: usize) -> Option<&mut CoverageCell> {
        self.cells.get_mut(unit.checked_mul(self.posts)?.checked_add(post)?)
    }
}

/// Where an answer stands in a roster.
struct Lookup<'r> {
    codes: HashMap<&'r str, usize>,
    /// By folded name, for tables in which units are written out; `None` of several with one name.
    names: HashMap<String, Option<usize>>,
    posts: HashMap<&'r str, usize>,
}

impl<'r> Lookup<'r> {
    fn of(roster: &'r Roster) -> Self {
        let (mut codes, mut names) = (HashMap::new(), HashMap::new());
        for (at, unit) in roster.units.iter().enumerate() {
            codes.entry(unit.code.trim()).or_insert(at);
            names.entry(folded(&unit.name)).and_modify(|first| *first = None).or_insert(Some(at));
        }
        codes.remove("");
        names.remove("");
        let posts = roster.posts.iter().enumerate().map(|(at, post)| (post.name.as_str(), at));
        Self { codes, names, posts: posts.collect() }
    }

    fn find(&self, unit: &str, post: &str) -> Result<(usize, usize), Stray> {
        if unit.is_empty() {
            return Err(Stray::NoUnit);
        }
        let by_name = || self.names.get(&folded(unit)).copied().flatten();
        let at = self.codes.get(unit).copied().or_else(by_name).ok_or(Stray::Unit)?;
        match self.post(post) {
            Some(post) => Ok((at, post)),
            None if post.is_empty() => Err(Stray::NoPost),
            None => Err(Stray::Post),
        }
    }

    fn post(&self, name: &str) -> Option<usize> {
        self.posts.get(name).copied()
    }
}

#[cfg(test)]
mod tests;
