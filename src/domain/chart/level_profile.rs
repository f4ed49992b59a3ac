//! How a group of people, or one person, stands to what is required of them.

use serde::{Deserialize, Serialize};

use super::counted::CountedGroup;
use crate::domain::form::{Form, Role};
use crate::domain::rating::rated_questions;
use crate::domain::response::Response;
use crate::domain::tally::Level;

/// The competencies of one group or person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LevelProfile {
    /// How many people it is of; `None` where even that is hidden.
    pub people: Option<u64>,
    /// In form order, those that somebody rated and that may be shown.
    pub rows: Vec<ProfileRow>,
    /// How many competencies are left out because too few rated them.
    pub hidden: usize,
    /// How many competencies nobody rated.
    pub unrated: usize,
}

/// One competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileRow {
    /// Its code.
    pub competency: String,
    /// How many rated their ability.
    pub n: u64,
    /// Mean ability, or the person's; `None` where only importance is rated.
    pub ability: Option<f64>,
    /// Mean importance, or the person's.
    pub importance: Option<f64>,
    /// The level that the post requires, or the mean of those of several posts.
    pub required: Option<f64>,
    /// The share, 0 to 1, of people below the level of their post.
    pub below: Option<f64>,
    /// The mean of the levels missing.
    pub shortfall: Option<f64>,
}

impl LevelProfile {
    /// The profile of a group, without what may not be shown.
    pub fn of_group(form: &Form, group: &CountedGroup) -> Self {
        let mut profile =
            Self { people: (!group.is_hidden()).then(|| group.people()), ..Self::default() };
        for (competency, (tally, shortfall, hidden)) in form.competencies.iter().zip(group.cells())
        {
            let (ability, importance) = (tally.ability(), tally.importance());
            if ability.n() + importance.n() == 0 {
                profile.unrated += 1;
            } else if hidden {
                profile.hidden += 1;
            } else {
                profile.rows.push(ProfileRow {
                    competency: competency.code.clone(),
                    n: ability.n(),
                    ability: ability.mean(),
                    importance: importance.mean(),
                    required: shortfall.mean_required(),
                    below: shortfall.share_below(),
                    shortfall: shortfall.mean(),
                });
            }
        }
        profile
    }

    /// The profile of the person behind a response, for the trainer alone.
    pub fn of_person(form: &Form, response: &Response) -> Self {
        let answer = |name: &str| response.answers.get(name);
        let post = form.with_role(Role::Post).map_or("", |question| answer(&question.name));
        let mut profile = Self { people: Some(1), ..Self::default() };
        for (competency, (importance, ability)) in
            form.competencies.iter().zip(rated_questions(form))
        {
            let level = |question: Option<&str>| Level::of(answer(question?)).number();
            let (importance, ability) = (level(importance), level(ability));
            if importance.or(ability).is_none() {
                profile.unrated += 1;
                continue;
            }
            let required = competency.required_levels.get(post).copied();
            let missing = ability.zip(required).map(|(own, level)| level.saturating_sub(own));
            profile.rows.push(ProfileRow {
                competency: competency.code.clone(),
                n: ability.is_some().into(),
                ability: ability.map(f64::from),
                importance: importance.map(f64::from),
                required: required.map(f64::from),
                below: missing.map(|missing| if missing > 0 { 1.0 } else { 0.0 }),
                shortfall: missing.map(f64::from),
            });
        }
        profile
    }

    /// True when a level is required of any competency.
    pub fn has_levels(&self) -> bool {
        self.rows.iter().any(|row| row.required.is_some())
    }
}
