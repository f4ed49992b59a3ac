//! The people who are looked at, as a plan sees them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Course, Planned};
use crate::domain::form::{Form, Question, Role};
use crate::domain::measure::high_need::is_high_need;
use crate::domain::rating::rated_questions;
use crate::domain::response::Response;
use crate::domain::tally::{Level, Tally};

/// The roles whose answers say how somebody wishes to learn, as [`Learner::wished`] has them.
pub(super) const WISHES: [Role; 4] = [Role::Delivery, Role::Duration, Role::Quarter, Role::Venue];

/// Somebody who is looked at.
pub(super) struct Learner<'r> {
    pub(super) root: &'r str,
    pub(super) unit: &'r str,
    pub(super) post: &'r str,
    /// The family of the post, as a place in [`Learners::families`].
    pub(super) family: usize,
    /// Importance and ability of each competency.
    pub(super) ratings: Vec<(Level, Level)>,
    /// The required level of each competency.
    required: Vec<Option<u8>>,
    /// The competencies wished for.
    pub(super) wishes: BTreeSet<&'r str>,
    /// What is answered to each of [`WISHES`].
    pub(super) wished: [&'r str; 4],
}

impl Learner<'_> {
    /// The levels missing in a competency; `None` without a required level or a rating.
    pub(super) fn missing(&self, competency: usize) -> Option<u8> {
        let required = self.required.get(competency).copied().flatten()?;
        let (_, ability) = self.ratings.get(competency)?;
        Some(required.saturating_sub(ability.number()?))
    }

    /// True with importance 4 or 5 and ability 1 or 2.
    pub(super) fn has_high_need(&self, competency: usize) -> bool {
        let ratings = self.ratings.get(competency);
        let numbers = ratings.and_then(|(imp, abl)| imp.number().zip(abl.number()));
        numbers.is_some_and(|(importance, ability)| is_high_need(importance, ability))
    }
}

/// Everybody who is looked at, by root: the order of rows makes no difference.
pub(super) struct Learners<'r> {
    pub(super) all: Vec<Learner<'r>>,
    /// The competencies' places in the form, by code.
    competencies: HashMap<&'r str, usize>,
    /// The people of each unit, as places in `all`.
    pub(super) units: BTreeMap<&'r str, Vec<usize>>,
    /// How often each pair of ratings was given, by competency.
    pub(super) tallies: Vec<Tally>,
    /// The questions of [`WISHES`] that take several choices.
    pub(super) takes_several: [bool; 4],
    /// By person: the place in the order of units, posts and roots.
    order: Vec<usize>,
    /// The families of posts, as people name them by their places.
    pub(super) families: Vec<String>,
}

impl<'r> Learners<'r> {
    pub(super) fn of(form: &'r Form, responses: &[&'r Response]) -> Self {
        let mut responses = responses.to_vec();
        responses.sort_by(|a, b| a.root.cmp(&b.root));
        responses.dedup_by(|a, b| a.root == b.root);
        let asked = |role| form.with_role(role);
        let [unit, post, wishes] = [Role::Unit, Role::Post, Role::Wishes].map(asked);
        let wanted = WISHES.map(asked);
        let rated = rated_questions(form);
        let (mut families, mut of_post) = families(form);
        // A post that the list does not have is a family that comes after all that it has.
        let answered = responses.iter().map(|r| post.map_or("", |own| r.answers.get(&own.name)));
        for stranger in answered.filter(|post| !of_post.contains_key(post)).collect::<BTreeSet<_>>()
        {
            of_post.insert(stranger, families.len());
            families.push(stranger.to_owned());
        }
        let mut learners = Self {
            all: Vec::with_capacity(responses.len()),
            competencies: HashMap::new(),
            units: BTreeMap::new(),
            tallies: vec![Tally::default(); form.competencies.len()],
            takes_several: wanted.map(|asked| asked.is_some_and(|q| q.kind.is_several())),
            order: Vec::new(),
            families,
        };
        let codes = form.competencies.iter().enumerate();
        learners.competencies = codes.map(|(at, own)| (own.code.as_str(), at)).collect();
        let mut levels: HashMap<&str, Vec<Option<u8>>> = HashMap::new();
        for response in responses {
            let answer = |question: Option<&Question>| {
                question.map_or("", |question| response.answers.get(&question.name))
            };
            let rating = |question: Option<&str>| {
                Level::of(question.map_or("", |question| response.answers.get(question)))
            };
            let ratings: Vec<(Level, Level)> =
                rated.iter().map(|(imp, abl)| (rating(*imp), rating(*abl))).collect();
            for (tally, (importance, ability)) in learners.tallies.iter_mut().zip(&ratings) {
                tally.add(*importance, *ability);
            }
            let (unit, post) = (answer(unit), answer(post));
            let required = levels.entry(post).or_insert_with(|| {
                let levels = form.competencies.iter().map(|own| &own.required_levels);
                levels.map(|levels| levels.get(post).copied()).collect()
            });
            if !unit.is_empty() {
                learners.units.entry(unit).or_default().push(learners.all.len());
            }
            learners.all.push(Learner {
                root: &response.root,
                unit,
                post,
                family: of_post.get(post).copied().unwrap_or_default(),
                ratings,
                required: required.clone(),
                wishes: answer(wishes).split_whitespace().collect(),
                wished: wanted.map(answer),
            });
        }
        let mut order: Vec<usize> = (0..learners.all.len()).collect();
        order.sort_by_key(|person| {
            learners.get(*person).map_or(("", "", ""), |own| (own.unit, own.post, own.root))
        });
        learners.order = vec![0; order.len()];
        for (place, person) in order.into_iter().enumerate() {
            if let Some(own) = learners.order.get_mut(person) {
                *own = place;
            }
        }
        learners
    }

    pub(super) fn get(&self, person: usize) -> Option<&Learner<'r>> {
        self.all.get(person)
    }

    /// The competencies that a course covers: their places, and how much of each in percent.
    pub(super) fn covered(&self, course: &Course) -> Vec<(usize, u8)> {
        let covered = course.covered().filter_map(|code| {
            Some((self.competencies.get(code).copied()?, course.percent_of(code)))
        });
        covered.collect()
    }

    /// By what the people of a class stand in order: unit, post, root.
    pub(super) fn sort_key(&self, person: usize) -> usize {
        self.order.get(person).copied().unwrap_or(0)
    }

    /// Everybody, for the result.
    pub(super) fn planned(&self) -> Vec<Planned> {
        let planned = self.all.iter().map(|own| Planned {
            root: own.root.to_owned(),
            unit: own.unit.to_owned(),
            post: own.post.to_owned(),
        });
        planned.collect()
    }

    /// How many people have no shortfall that can be told.
    pub(super) fn unjudged(&self) -> usize {
        let competencies = 0..self.tallies.len();
        let is_unjudged = |own: &&Learner| competencies.clone().all(|c| own.missing(c).is_none());
        self.all.iter().filter(is_unjudged).count()
    }

    /// How many units have one person.
    pub(super) fn single_units(&self) -> usize {
        self.units.values().filter(|people| people.len() == 1).count()
    }

    /// The person of a root.
    pub(super) fn find(&self, root: &str) -> Option<usize> {
        self.all.binary_search_by(|own| own.root.cmp(root)).ok()
    }
}

/// The levels that a course makes up for: those missing, each with how much is covered of it.
pub(super) fn levels_closed(covered: &[(usize, u8)], own: &Learner<'_>) -> f64 {
    let closed = covered.iter().map(|(competency, percent)| {
        u32::from(own.missing(*competency).unwrap_or(0)) * u32::from(*percent)
    });
    f64::from(closed.sum::<u32>()) / f64::from(super::FULL)
}

/// The families in the order in which they first stand in the list of posts, and the place of that
/// of every post.
fn families(form: &Form) -> (Vec<String>, HashMap<&str, usize>) {
    let list = form.with_role(Role::Post).and_then(|asked| asked.kind.list());
    let mut order: Vec<String> = Vec::new();
    let posts = form.choices(list.unwrap_or_default()).iter().map(|post| {
        let family = super::family_of(form, &post.name);
        let known = order.iter().position(|known| *known == family);
        let place = known.unwrap_or_else(|| {
            order.push(family.clone());
            order.len() - 1
        });
        (post.name.as_str(), place)
    });
    let of_post = posts.collect();
    (order, of_post)
}
