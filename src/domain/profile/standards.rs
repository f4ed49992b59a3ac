//! What posts ask of those who hold them, and who has it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::places;
use crate::domain::form::{Form, Role};
use crate::domain::response::Response;

/// The least qualification that posts ask for, by one question whose choices stand from the lowest
/// to the highest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// The question, by name.
    pub question: String,
    /// The least choice for posts that have none of their own; empty to ask for nothing.
    pub usual: String,
    /// The least choice by post; empty to ask for nothing.
    pub of_posts: BTreeMap<String, String>,
    /// Choices that have no place in the order, such as "equivalent": somebody has to look.
    pub unplaced: BTreeSet<String>,
}

impl Standard {
    /// The least choice for a post; empty where it asks for nothing.
    pub fn least(&self, post: &str) -> &str {
        self.of_posts.get(post).unwrap_or(&self.usual)
    }

    /// How somebody stands to it, where the choices have these places; `None` where the post asks
    /// for nothing that the form has.
    fn judge(&self, places: &BTreeMap<&str, usize>, post: &str, answer: &str) -> Option<Judgement> {
        let least = places.get(self.least(post))?;
        Some(match places.get(answer) {
            _ if answer.is_empty() => Judgement::NoAnswer,
            Some(place) if !self.unplaced.contains(answer) => {
                if place >= least {
                    Judgement::Meets
                } else {
                    Judgement::Below
                }
            }
            _ => Judgement::Unclear,
        })
    }
}

/// How somebody stands to a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Judgement {
    /// It is met.
    Meets,
    /// It is not.
    Below,
    /// The answer has no place in the order.
    Unclear,
    /// There is no answer.
    NoAnswer,
}

/// How the people of each post stand to its standards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardsTable {
    /// The posts that have somebody, in form order.
    pub rows: Vec<StandardsRow>,
    /// Who is below a standard, and which, in the order of the responses.
    pub lacking: Vec<Lacking>,
}

/// The people of one post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardsRow {
    /// The post, by name; empty of those who did not say.
    pub post: String,
    /// How many people hold it.
    pub people: u64,
    /// How many of them meet every standard.
    pub meet_all: u64,
    /// By standard: how many meet it, are below, cannot be told, did not answer.
    pub standards: Vec<[u64; 4]>,
}

impl StandardsRow {
    /// The share, 0 to 1, that meets a standard of those of whom it can be told.
    pub fn share(&self, standard: usize) -> Option<f64> {
        let [meet, below, ..] = self.standards.get(standard)?;
        let told = meet + below;
        (told > 0).then(|| *meet as f64 / told as f64)
    }
}

/// A person who is below a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The response.
    pub root: String,
    /// The post, by name.
    pub post: String,
    /// The questions whose standards are not met, by name.
    pub questions: Vec<String>,
}

/// Holds everybody against the standards of the main post.
pub fn against_standards<'r>(
    form: &Form,
    standards: &[Standard],
    responses: impl IntoIterator<Item = &'r Response>,
) -> StandardsTable {
    let post_question = form.with_role(Role::Post);
    let ladders: Vec<BTreeMap<&str, usize>> = standards
        .iter()
        .map(|standard| form.question(&standard.question))
        .map(|question| question.map(|question| places(form, question)).unwrap_or_default())
        .collect();
    let mut rows: BTreeMap<&str, StandardsRow> = BTreeMap::new();
    let mut lacking = Vec::new();
    for response in responses {
        let post = post_question.map_or("", |question| response.answers.get(&question.name));
        let row = rows.entry(post).or_insert_with(|| StandardsRow {
            post: post.to_owned(),
            standards: vec![[0; 4]; standards.len()],
            ..StandardsRow::default()
        });
        row.people += 1;
        let (mut questions, mut meets_all) = (Vec::new(), true);
        for ((standard, ladder), counts) in standards.iter().zip(&ladders).zip(&mut row.standards) {
            let answer = response.answers.get(&standard.question);
            let Some(judgement) = standard.judge(ladder, post, answer) else { continue };
            let [meet, below, unclear, none] = counts;
            *match judgement {
                Judgement::Meets => meet,
                Judgement::Below => below,
                Judgement::Unclear => unclear,
                Judgement::NoAnswer => none,
            } += 1;
            meets_all &= judgement == Judgement::Meets;
            if judgement == Judgement::Below {
                questions.push(standard.question.clone());
            }
        }
        row.meet_all += u64::from(meets_all);
        if !questions.is_empty() {
            let (root, post) = (response.root.clone(), post.to_owned());
            lacking.push(Lacking { root, post, questions });
        }
    }
    let order = post_question.map(|question| places(form, question)).unwrap_or_default();
    let mut rows: Vec<StandardsRow> = rows.into_values().collect();
    rows.sort_by_key(|row| order.get(row.post.as_str()).copied().unwrap_or(usize::MAX));
    StandardsTable { rows, lacking }
}
