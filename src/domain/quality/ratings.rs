//! Runs, variance and gaps in the ratings of one person.

use super::rules::Asked;
use super::{Flag, Limits};
use crate::domain::form::{Form, Scale};
use crate::domain::measure::irv::irv;
use crate::domain::measure::longstring::longstring;
use crate::domain::tally::Level;
use rows::answers::Answers;

/// The rated questions of a form by scale, each in form order, as positions.
pub(super) struct Blocks<'f> {
    blocks: [(Scale, Vec<(usize, &'f str)>); 2],
}

impl<'f> Blocks<'f> {
    pub(super) fn of(form: &'f Form) -> Self {
        let block = |scale| {
            let questions = form.questions().iter().enumerate();
            let rated = questions.filter(move |(_, question)| {
                question.rating.as_ref().is_some_and(|rating| rating.scale == scale)
            });
            (scale, rated.map(|(at, question)| (at, question.name.as_str())).collect())
        };
        Self { blocks: [block(Scale::Importance), block(Scale::Ability)] }
    }
}

/// The ratings of one person that were asked for, by scale.
pub(super) struct Rated {
    blocks: [(Scale, Vec<Level>); 2],
}

impl Rated {
    pub(super) fn of(blocks: &Blocks<'_>, asked: &Asked<'_, '_>, answers: &Answers) -> Self {
        let levels = |questions: &[(usize, &str)]| {
            let levels = questions.iter().filter_map(|(at, name)| {
                let level = Level::of(answers.get(name));
                (level != Level::Missing || asked.is_asked(*at)).then_some(level)
            });
            levels.collect()
        };
        let [importance, ability] = &blocks.blocks;
        Self { blocks: [importance, ability].map(|(scale, asked)| (*scale, levels(asked))) }
    }

    /// How many ratings were given, "not my task" too.
    pub(super) fn count(&self) -> usize {
        self.blocks.iter().map(|(_, levels)| answered(levels)).sum()
    }

    /// Every rating that was given, with its place; equal for people who gave the same.
    pub(super) fn vector(&self) -> Vec<u8> {
        let levels = self.blocks.iter().flat_map(|(_, levels)| levels);
        levels.flat_map(|level| level.word().bytes().take(1).chain([b' '])).collect()
    }

    /// True where all ratings of each scale are the same.
    pub(super) fn is_constant(&self) -> bool {
        self.blocks.iter().all(|(_, levels)| has_no_variance(levels))
    }

    pub(super) fn flags(&self, limits: &Limits) -> Vec<Flag> {
        let mut flags = Vec::new();
        for (scale, levels) in &self.blocks {
            let (run, asked) = (longstring(levels), levels.len());
            let is_long = run as f64 >= limits.run_share * asked as f64;
            if is_long && run >= limits.fewest_ratings {
                flags.push(Flag::LongRun { scale: *scale, run, asked });
            }
        }
        let rated: usize = self.blocks.iter().map(|(_, levels)| rated(levels)).sum();
        if self.is_constant() && rated >= limits.fewest_ratings {
            flags.push(Flag::NoVariance { rated });
        }
        let asked: usize = self.blocks.iter().map(|(_, levels)| levels.len()).sum();
        let missing = asked - self.count();
        if missing as f64 > limits.missing_share * asked as f64 {
            flags.push(Flag::ManyMissing { missing, asked });
        }
        flags
    }
}

fn rated(levels: &[Level]) -> usize {
    levels.iter().filter(|level| level.number().is_some()).count()
}

fn answered(levels: &[Level]) -> usize {
    levels.iter().filter(|level| **level != Level::Missing).count()
}

/// True where the levels do not vary; nobody can vary who gave one or none.
fn has_no_variance(levels: &[Level]) -> bool {
    irv(levels).is_none_or(|spread| spread == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<Level> {
        text.chars().map(|c| Level::of(&c.to_string().replace('n', "na"))).collect()
    }

    #[test]
    fn variance_does_not_see_a_missing_answer() {
        assert!(has_no_variance(&levels("5555-55n555")));
        assert!(!has_no_variance(&levels("5554")));
    }

    #[test]
    fn who_gave_only_few_ratings_is_not_said_to_give_always_the_same() {
        let rated = |importance, ability| Rated {
            blocks: [(Scale::Importance, levels(importance)), (Scale::Ability, levels(ability))],
        };
        assert_eq!(rated("555", "333").flags(&Limits::default()), []);
        assert_eq!(
            rated("55555", "33333").flags(&Limits::default()),
            [Flag::NoVariance { rated: 10 }]
        );
        assert_eq!(
            rated("5", "12-4").flags(&Limits { missing_share: 0.19, ..Limits::default() }),
            [Flag::ManyMissing { missing: 1, asked: 5 }]
        );
    }

    #[test]
    fn answers_that_differ_have_different_vectors() {
        let rated = |importance, ability| {
            let importance = (Scale::Importance, levels(importance));
            Rated { blocks: [importance, (Scale::Ability, levels(ability))] }.vector()
        };
        assert_ne!(rated("5-5", "1"), rated("55-", "1"));
        assert_ne!(rated("5n", "1"), rated("5-", "1"));
        assert_eq!(rated("5n", "1"), rated("5n", "1"));
    }
}
