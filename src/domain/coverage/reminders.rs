//! Whom to remind: units and posts from which answers are still missing.

use serde::{Deserialize, Serialize};

use super::Coverage;
use crate::domain::form::{Form, Role};
use crate::domain::roster::{Roster, Unit};

/// A unit with what is missing from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The unit, by its position in the roster.
    pub unit: usize,
    /// The posts that are missing, in the roster's order.
    pub posts: Vec<MissingPost>,
}

/// A post that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPost {
    /// The post, by its position in the roster.
    pub post: usize,
    /// How many people of it have not answered.
    pub missing: u32,
}

impl Coverage {
    /// The units from which somebody is missing, in the roster's order.
    pub fn reminders(&self) -> Vec<Reminder> {
        let units = (0..self.units()).map(|unit| {
            let missing = self.unit(unit).iter().map(|cell| cell.missing()).enumerate();
            let posts = missing.filter(|(_, missing)| *missing > 0);
            let posts = posts.map(|(post, missing)| MissingPost { post, missing });
            Reminder { unit, posts: posts.collect() }
        });
        units.filter(|reminder| !reminder.posts.is_empty()).collect()
    }

    /// The same as plain text for a chat: a line a unit, under its province where there are
    /// several. Several people of one post are numbered: `Phó Chủ tịch UBND (2)`.
    pub fn reminder_text(&self, form: &Form, roster: &Roster, language: &str) -> String {
        let with_provinces = roster.provinces.len() > 1;
        let mut reminders = self.reminders();
        let province = |unit: usize| roster.units.get(unit).and_then(|unit| unit.province);
        if with_provinces {
            reminders.sort_by_key(|reminder| province(reminder.unit));
        }
        let (mut lines, mut last) = (Vec::new(), None);
        for reminder in &reminders {
            let here = province(reminder.unit);
            if with_provinces && here.is_some() && here != last {
                if !lines.is_empty() {
                    lines.push(String::new());
                }
                lines.push(roster.province_name(reminder.unit).to_owned());
                last = here;
            }
            let posts = reminder.posts.iter().map(|missing| {
                let name = post_name(form, roster, missing.post, language);
                if missing.missing > 1 { format!("{name} ({})", missing.missing) } else { name }
            });
            let posts: Vec<String> = posts.collect();
            let unit = roster.units.get(reminder.unit).map_or(String::new(), Unit::called);
            lines.push(format!("- {unit}: {}", posts.join("; ")));
        }
        lines.into_iter().map(|line| line + "\n").collect()
    }
}

/// What a post of a roster is called in a form.
pub fn post_name(form: &Form, roster: &Roster, post: usize, language: &str) -> String {
    let name = roster.posts.get(post).map_or("", |post| post.name.as_str());
    form.with_role(Role::Post)
        .map_or_else(|| name.to_owned(), |question| form.answer_in_words(question, name, language))
}
