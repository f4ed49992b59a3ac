//! How the people of a class wish to learn: what most of them chose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::learner::Learners;

/// What was chosen most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The choices that most people named: several where they tie, none where nobody answered.
    pub chosen: Vec<String>,
    /// How many people named each of them.
    pub votes: usize,
    /// How many people answered.
    pub answered: usize,
}

/// How the people of a class wish to learn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassWishes {
    /// The form of teaching.
    pub delivery: Wish,
    /// The length.
    pub duration: Wish,
    /// The quarter.
    pub quarter: Wish,
    /// The place.
    pub venue: Wish,
}

impl ClassWishes {
    pub(super) fn of(learners: &Learners<'_>, people: &[usize]) -> Self {
        let [delivery, duration, quarter, venue] = [0, 1, 2, 3].map(|asked| {
            let several = learners.takes_several.get(asked).copied().unwrap_or(false);
            let answers = people.iter().filter_map(|person| {
                learners.get(*person).and_then(|own| own.wished.get(asked)).copied()
            });
            Wish::of(answers, several)
        });
        Self { delivery, duration, quarter, venue }
    }
}

impl Wish {
    /// Of answers, each of one choice or of several with a space between.
    fn of<'a>(answers: impl Iterator<Item = &'a str>, several: bool) -> Self {
        let (mut votes, mut answered): (BTreeMap<&str, usize>, usize) = (BTreeMap::new(), 0);
        for answer in answers.filter(|answer| !answer.is_empty()) {
            answered += 1;
            if several {
                for choice in answer.split_whitespace() {
                    *votes.entry(choice).or_default() += 1;
                }
            } else {
                *votes.entry(answer).or_default() += 1;
            }
        }
        let most = votes.values().copied().max().unwrap_or(0);
        let chosen = votes.into_iter().filter(|(_, own)| *own == most).map(|(choice, _)| choice);
        Self { chosen: chosen.map(str::to_owned).collect(), votes: most, answered }
    }
}
