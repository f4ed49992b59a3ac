//! Responses that may come from one person who answered twice, and what becomes of them.
//!
//! They are looked for within a unit and post, where one or a few people answer. Where many do, as
//! in tables in which everybody is of one unit, only neighbours by name and by answers are
//! compared (the sorted-neighbourhood method of Hernández & Stolfo, 1995). What is found is a
//! question: only a person decides.

mod likeness;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::field::{Field, Layout};
use super::form::{Form, Question, Role};
use super::response::Response;
use likeness::Portrait;
use rows::answers::Answers;

/// Answers fewer than these are alike by chance.
const FEWEST_ANSWERS: usize = 10;

/// How many people of one unit and post are all compared with each other.
const FEW: usize = 40;

/// Of more, how many neighbours each is compared with.
const NEIGHBOURS: usize = 12;

/// Two responses, by their roots, whichever came first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(String, String)", into = "(String, String)")]
pub struct Pair {
    one: String,
    other: String,
}

impl Pair {
    /// The pair of these two.
    pub fn of(a: &str, b: &str) -> Self {
        let (one, other) = if a <= b { (a, b) } else { (b, a) };
        Self { one: one.to_owned(), other: other.to_owned() }
    }

    /// Both roots, in their alphabetical order.
    pub fn roots(&self) -> [&str; 2] {
        [&self.one, &self.other]
    }

    /// The other one of the two.
    pub fn beside(&self, root: &str) -> Option<&str> {
        match root {
            _ if root == self.one => Some(&self.other),
            _ if root == self.other => Some(&self.one),
            _ => None,
        }
    }
}

impl From<(String, String)> for Pair {
    fn from((a, b): (String, String)) -> Self {
        Self::of(&a, &b)
    }
}

impl From<Pair> for (String, String) {
    fn from(Pair { one, other }: Pair) -> Self {
        (one, other)
    }
}

/// Why two responses may be one person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// All answers are the same.
    SameContent,
    /// In one unit and post, the names are the same but for case and diacritics.
    SameName,
    /// In one unit and post, the names differ in so many letters, or one has words that the other
    /// leaves out.
    NearName {
        /// The letters that differ.
        letters: usize,
    },
    /// In one unit and post, nearly all choices and numbers are the same.
    NearAnswers {
        /// How many differ.
        differing: usize,
        /// Of how many that either has answered.
        compared: usize,
    },
}

/// Two responses that may be one person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspicion {
    /// The two.
    pub pair: Pair,
    /// Why, the strongest sign first.
    pub signs: Vec<Sign>,
}

/// What becomes of two such responses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// They are two people.
    KeepBoth,
    /// They are one, and only this response counts.
    KeepOne {
        /// Its root.
        root: String,
    },
    /// They are one, and count as one response.
    Merge {
        /// The root of the response that they become.
        into: String,
        /// The answers that are taken from the other one, by key.
        taken: BTreeSet<String>,
    },
}

impl Decision {
    /// The root that counts for both, where they are one person.
    pub fn kept(&self) -> Option<&str> {
        match self {
            Self::KeepBoth => None,
            Self::KeepOne { root } | Self::Merge { into: root, .. } => Some(root),
        }
    }
}

/// A question that two responses answer differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The key of the answer.
    pub key: String,
    /// What each says; empty where it says nothing.
    pub answers: [String; 2],
}

/// The answers in which two responses differ, in form order; those that the form does not ask come
/// last. Calculated values follow from others and are left out.
pub fn differences(form: &Form, one: &Answers, other: &Answers) -> Vec<Difference> {
    let layout = Layout::holding(form, [one, other]);
    let fields: Vec<&Field> = layout.columns(form).collect();
    let known: BTreeSet<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    let is_calculated = |field: &Field| field.question(form).is_some_and(Question::is_computed);
    let asked = fields.iter().filter(|field| !is_calculated(field)).map(|f| f.key.as_str());
    let further: BTreeSet<&str> =
        [one, other].into_iter().flat_map(Answers::iter).map(|(key, _)| key).collect();
    let further = further.into_iter().filter(|key| !known.contains(key));
    let differing = asked.chain(further).filter(|key| one.get(key) != other.get(key));
    let differing = differing.map(|key| Difference {
        key: key.to_owned(),
        answers: [one, other].map(|answers| answers.get(key).to_owned()),
    });
    differing.collect()
}

/// The pairs that may be one person, those with the strongest signs first. Where a form asks who
/// rates, several responses for one person are what is wanted, and only copies are named.
pub fn suspicions(form: &Form, responses: &[&Response]) -> Vec<Suspicion> {
    let mut found: BTreeMap<Pair, Vec<Sign>> = BTreeMap::new();
    for pair in copies(responses) {
        found.entry(pair).or_default().push(Sign::SameContent);
    }
    if form.with_role(Role::Rater).is_none() {
        for people in blocks(form, responses) {
            for [one, other] in neighbours(&people) {
                let signs = one.signs(other);
                if !signs.is_empty() {
                    found.entry(Pair::of(one.root(), other.root())).or_default().extend(signs);
                }
            }
        }
    }
    let mut suspicions: Vec<Suspicion> =
        found.into_iter().map(|(pair, signs)| Suspicion { pair, signs }).collect();
    suspicions.sort_by_key(|suspicion| suspicion.signs.iter().map(strength).min());
    suspicions
}

/// The order of signs, from the strongest.
fn strength(sign: &Sign) -> usize {
    match sign {
        Sign::SameContent => 0,
        Sign::SameName => 1,
        Sign::NearAnswers { .. } => 2,
        Sign::NearName { .. } => 3,
    }
}

/// Responses that say the same as an earlier one, each with the first that does.
fn copies(responses: &[&Response]) -> Vec<Pair> {
    let mut first: BTreeMap<Vec<(&str, &str)>, &str> = BTreeMap::new();
    let mut pairs = Vec::new();
    for response in responses.iter().filter(|r| r.answers.len() >= FEWEST_ANSWERS) {
        match first.entry(response.answers.iter().collect()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(&response.root);
            }
            std::collections::btree_map::Entry::Occupied(known) => {
                pairs.push(Pair::of(known.get(), &response.root));
            }
        }
    }
    pairs
}

/// The people of each unit and post of which several answered.
fn blocks<'r>(form: &Form, responses: &[&'r Response]) -> Vec<Vec<Portrait<'r>>> {
    let role = |role| form.with_role(role).map(|question| question.name.as_str());
    let (Some(unit), Some(post)) = (role(Role::Unit), role(Role::Post)) else { return Vec::new() };
    let mut blocks: BTreeMap<[&str; 2], Vec<&Response>> = BTreeMap::new();
    for response in responses {
        let place = [unit, post].map(|question| response.answers.get(question));
        if !place.contains(&"") {
            blocks.entry(place).or_default().push(response);
        }
    }
    let several = blocks.into_values().filter(|block| block.len() > 1);
    let compared = likeness::Compared::of(form);
    several.map(|block| block.into_iter().map(|r| Portrait::of(&compared, r)).collect()).collect()
}

/// The pairs to compare: all of a few; of many, those next to each other by name or by answers.
fn neighbours<'p, 'r>(people: &'p [Portrait<'r>]) -> Vec<[&'p Portrait<'r>; 2]> {
    let within = |order: &[&'p Portrait<'r>], reach: usize| {
        let mut pairs = Vec::new();
        for (at, one) in order.iter().enumerate() {
            pairs.extend(order.iter().skip(at + 1).take(reach).map(|other| [*one, *other]));
        }
        pairs
    };
    let mut order: Vec<&Portrait> = people.iter().collect();
    if people.len() <= FEW {
        return within(&order, people.len());
    }
    order.sort_by(|a, b| a.name().cmp(b.name()));
    let by_name = within(&order, NEIGHBOURS);
    order.sort_by(|a, b| a.answers().cmp(b.answers()));
    let by_answers = within(&order, NEIGHBOURS);
    let mut seen = BTreeSet::new();
    let both = by_name.into_iter().chain(by_answers);
    both.filter(|[one, other]| seen.insert(Pair::of(one.root(), other.root()))).collect()
}

#[cfg(test)]
mod tests;
