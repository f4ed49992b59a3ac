//! Two campaigns side by side: two waves of one survey, the time before and after training, or what
//! people say of themselves beside what superiors and colleagues say of them.

pub mod applied;
pub mod linked;
pub mod raters;
pub mod waves;

use std::collections::BTreeMap;

use super::form::{Form, Role};
use super::grouping::{GroupTallies, Grouping, Tallies};
use super::rating::{RatingReader, rated_questions};
use super::response::Response;
use super::tally::Level;

/// The responses to one campaign that count.
pub struct Side<'r> {
    /// The form they answer.
    pub form: &'r Form,
    /// The responses.
    pub responses: Vec<&'r Response>,
}

impl Side<'_> {
    /// True where somebody else than the person rated answers.
    pub fn is_of_raters(&self) -> bool {
        self.form.with_role(Role::Rater).is_some()
    }

    /// True where people say what they were taught.
    pub fn tells_taught(&self) -> bool {
        self.form.with_role(Role::Taught).is_some()
    }

    /// The codes of the competencies that the form asks for.
    fn rated(&self) -> Vec<&str> {
        let asked = self.form.competencies.iter().zip(rated_questions(self.form));
        asked
            .filter(|(_, (_, ability))| ability.is_some())
            .map(|(own, _)| own.code.as_str())
            .collect()
    }

    /// The tallies of everybody, of these competencies in this order.
    fn counted(&self, codes: &[&str]) -> GroupTallies {
        let tallies = Tallies::count(
            self.form,
            Grouping::OVERALL,
            &super::clusters::Clusters::default(),
            self.responses.iter().copied(),
        );
        let Some((_, counted)) = tallies.groups().next() else {
            return GroupTallies::of_people(0, codes.len());
        };
        let places = codes.iter().filter_map(|code| self.form.competency_position(code));
        let (tallies, shortfalls) = places
            .filter_map(|at| Some((counted.tallies.get(at)?.clone(), *counted.shortfalls.get(at)?)))
            .unzip();
        GroupTallies { people: counted.people, tallies, shortfalls }
    }

    /// What a response says of each competency, by code.
    fn ratings<'f>(&'f self, reader: &mut RatingReader, response: &Response) -> ByCode<'f> {
        let codes = self.form.competencies.iter().map(|own| own.code.as_str());
        codes.zip(reader.ratings(response)).collect()
    }
}

type ByCode<'f> = BTreeMap<&'f str, super::rating::Rating>;

/// The ability that a response says of a competency.
fn ability(ratings: &ByCode, code: &str) -> Option<u8> {
    ratings.get(code).map_or(Level::Missing, |rating| rating.ability).number()
}

/// True where both sides ask for a competency.
pub fn have_in_common(one: &Side, other: &Side) -> bool {
    !shared(one, other).is_empty()
}

/// The competencies that both sides ask for, in the order of the first.
fn shared<'f>(one: &'f Side, other: &Side) -> Vec<&'f str> {
    let there = other.rated();
    one.rated().into_iter().filter(|code| there.contains(code)).collect()
}
