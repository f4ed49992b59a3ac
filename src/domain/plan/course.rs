//! Courses: what they cover, how long they take and what they cost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::form::Form;

/// How much a course covers of a competency that it covers wholly, in percent.
pub const FULL: u8 = 100;

/// How many days of a week are taught.
const DAYS_A_WEEK: u16 = 5;

/// The longest course, in days.
const MOST_DAYS: u16 = 365;

/// A course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Made once and never changed; moves name it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Words for its content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How much it covers of which competency, by code, in percent; what is left out, or 0, it
    /// does not cover.
    #[serde(default)]
    pub covers: BTreeMap<String, u8>,
    /// The form of teaching, a choice of the question that asks for it; empty where each class may
    /// have what its people wish.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delivery: String,
    /// How many days it takes.
    #[serde(default)]
    pub days: u16,
    /// What a class costs, in đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_class: Option<u64>,
    /// What a person costs beside that, in đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_person: Option<u64>,
    /// The day, written `2026-12-02`, until which it has to be held by law; empty where there is
    /// none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deadline: String,
}

impl Course {
    /// An empty course.
    pub fn new(id: String, name: String) -> Self {
        Self {
            id,
            name,
            tags: Vec::new(),
            covers: BTreeMap::new(),
            delivery: String::new(),
            days: 3,
            cost_per_class: None,
            cost_per_person: None,
            deadline: String::new(),
        }
    }

    /// How much it covers of a competency, 0 to 1.
    pub fn share_of(&self, competency: &str) -> f64 {
        f64::from(self.percent_of(competency)) / f64::from(FULL)
    }

    /// How much it covers of a competency, in percent.
    pub fn percent_of(&self, competency: &str) -> u8 {
        self.covers.get(competency).copied().unwrap_or(0).min(FULL)
    }

    /// The competencies that it covers.
    pub fn covered(&self) -> impl Iterator<Item = &str> {
        let codes = self.covers.iter().filter(|(_, percent)| **percent > 0);
        codes.map(|(code, _)| code.as_str())
    }

    /// How many weeks it takes: five days are one.
    pub fn weeks(&self) -> u16 {
        self.days.clamp(1, MOST_DAYS).div_ceil(DAYS_A_WEEK)
    }

    /// What a class of so many people costs, in đồng; `None` where nothing is said of costs. One
    /// of nobody is not held.
    pub fn cost_of_class(&self, people: usize) -> Option<u64> {
        let each = self.cost_per_person.map(|each| each.saturating_mul(people as u64));
        match (self.cost_per_class, each) {
            (None, None) => None,
            _ if people == 0 => Some(0),
            (class, each) => Some(class.unwrap_or(0).saturating_add(each.unwrap_or(0))),
        }
    }
}

/// The courses that follow from a form: one for each domain that has competencies, which it covers
/// wholly; named as the domain is.
pub fn default_courses(form: &Form, language: &str) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for competency in &form.competencies {
        let id = format!("k-{}", competency.domain);
        let place = courses.iter().position(|course| course.id == id).unwrap_or_else(|| {
            let name = match form.domain_label(&competency.domain, language) {
                name if name.trim().is_empty() => competency.label.get(language).to_owned(),
                name => name,
            };
            courses.push(Course::new(id, name));
            courses.len() - 1
        });
        if let Some(course) = courses.get_mut(place) {
            course.covers.insert(competency.code.clone(), FULL);
        }
    }
    courses
}
