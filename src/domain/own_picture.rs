//! The picture that a person gets of the own answers: strengths, and what to train first.
//!
//! Two distances say how far training is needed: the own gap, importance − ability, and the
//! shortfall, the level that the post needs − ability. Each counts from 0, so that a surplus of
//! one does not cancel the other, and the need is their mean: what the person finds and what the
//! post asks for weigh the same. Where there is only one of the two, it is the need.
//!
//! A strength is done well (ability 4 or 5), as well as the post needs it, and important (4 or 5).
//! To be trained first are the five greatest needs that are no strengths; of equal needs the more
//! important one, then the one that stands first in the form.
//!
//! A competency that is not one's task, or not rated, is left out. Nobody is compared with others.

use std::cmp::Reverse;

use super::form::{Competency, Form, Question, Role};
use super::rating::rated_questions;
use super::tally::Level;
use rows::answers::Answers;

/// How many competencies to train first are shown.
const MOST_TO_TRAIN: usize = 5;

/// How many strengths are shown.
const MOST_STRENGTHS: usize = 3;

/// From this level on something is done well, or is important.
const HIGH: u8 = 4;

/// What a person does well, and what to train first.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPicture<'f> {
    /// What the person does best, the best first.
    pub strengths: Vec<Standing<'f>>,
    /// What to train first, the greatest need first.
    pub to_train: Vec<Standing<'f>>,
}

/// Where a person stands in one competency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'f> {
    /// The competency.
    pub competency: &'f Competency,
    /// How much it matters for the job; `None` where the form does not ask.
    pub importance: Option<OwnRating<'f>>,
    /// How well the person does it today.
    pub ability: OwnRating<'f>,
    /// The level that the person's post needs; `None` where the form has none.
    pub required: Option<u8>,
}

/// A level that the person chose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OwnRating<'f> {
    /// 1 to 5.
    pub level: u8,
    /// The question, whose choices have words for the level.
    pub question: &'f Question,
}

impl<'f> OwnPicture<'f> {
    /// The picture that these answers give; `None` where there is nothing to show, and where the
    /// answers are about somebody else.
    pub fn of(form: &'f Form, answers: &Answers) -> Option<Self> {
        if form.with_role(Role::Rater).is_some() {
            return None;
        }
        let post = form.with_role(Role::Post).map_or("", |question| answers.get(&question.name));
        let standings = form.competencies.iter().zip(rated_questions(form)).filter_map(
            |(competency, rated)| {
                let rating = |name: &str| OwnRating::of(form, answers, name);
                let importance = match rated.0 {
                    Some(name) => Some(rating(name)?),
                    None => None,
                };
                let ability = rating(rated.1?)?;
                let required = competency.required_levels.get(post).copied();
                Some(Standing { competency, importance, ability, required })
            },
        );
        let (mut strengths, mut to_train): (Vec<Standing>, Vec<Standing>) =
            standings.partition(Standing::is_strength);
        strengths.sort_by_key(|own| Reverse((own.ability.level, own.importance_level())));
        strengths.truncate(MOST_STRENGTHS);
        to_train.retain(|own| own.doubled_need() > 0);
        to_train.sort_by_key(|own| Reverse((own.doubled_need(), own.importance_level())));
        to_train.truncate(MOST_TO_TRAIN);
        let is_empty = strengths.is_empty() && to_train.is_empty();
        (!is_empty).then_some(Self { strengths, to_train })
    }

    /// Every competency shown.
    pub fn standings(&self) -> impl Iterator<Item = &Standing<'f>> {
        self.strengths.iter().chain(&self.to_train)
    }
}

impl Standing<'_> {
    /// True when it is done well, as well as the post needs it, and important.
    pub fn is_strength(&self) -> bool {
        self.ability.level >= self.required.unwrap_or(HIGH).max(HIGH)
            && self.importance.is_none_or(|importance| importance.level >= HIGH)
    }

    fn importance_level(&self) -> u8 {
        self.importance.map_or(0, |importance| importance.level)
    }

    /// Twice the need, so that it is a whole number.
    fn doubled_need(&self) -> u8 {
        let distance = |level: u8| level.saturating_sub(self.ability.level);
        let gap = self.importance.map(|importance| distance(importance.level));
        match (gap, self.required.map(distance)) {
            (Some(gap), Some(shortfall)) => gap + shortfall,
            (Some(only), None) | (None, Some(only)) => 2 * only,
            (None, None) => 0,
        }
    }
}

impl<'f> OwnRating<'f> {
    fn of(form: &'f Form, answers: &Answers, question: &str) -> Option<Self> {
        match Level::of(answers.get(question)) {
            Level::Rated(level) => Some(Self { level, question: form.question(question)? }),
            Level::NotMyTask | Level::Missing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{Kind, Rating, Scale};
    use crate::forms::BuiltIn;

    const SCALES: [(&str, Scale); 2] = [("imp", Scale::Importance), ("abl", Scale::Ability)];

    /// A form that asks for the post and rates competencies A, B, C … on these scales; the levels
    /// are what the post `bt` needs, 0 stands for none.
    fn form(scales: &[(&str, Scale)], levels: &[u8]) -> Form {
        let mut form = Form::default();
        let mut post = Question::of_kind(Kind::SelectOne("chuc_danh".into()));
        post.name = "chuc_danh".into();
        post.role = Some(Role::Post);
        form.add_question(post);
        for (code, level) in ('A'..).zip(levels) {
            let level = (*level > 0).then(|| ("bt".to_owned(), *level));
            form.competencies.push(Competency {
                code: code.into(),
                domain: String::new(),
                label: crate::domain::localized::Localized::default(),
                required_levels: level.into_iter().collect(),
                further: Vec::new(),
            });
            for (prefix, scale) in scales {
                let mut question = Question::of_kind(Kind::SelectOne((*prefix).into()));
                question.name = format!("{prefix}_{code}");
                question.rating = Some(Rating { competency: code.into(), scale: *scale });
                form.add_question(question);
            }
        }
        form
    }

    /// Answers of the post `bt`: importance and ability of A, B, C …; an empty one is not given.
    fn answers(ratings: &[(&str, &str)]) -> Answers {
        let mut answers: Answers = [("chuc_danh", "bt")].into_iter().collect();
        for (code, (importance, ability)) in ('A'..).zip(ratings) {
            answers.set(&format!("imp_{code}"), *importance);
            answers.set(&format!("abl_{code}"), *ability);
        }
        answers
    }

    fn codes(standings: &[Standing]) -> String {
        standings.iter().map(|own| own.competency.code.as_str()).collect()
    }

    /// The codes of the strengths, a bar, and the codes of what to train first.
    fn shown(form: &Form, answers: &Answers) -> String {
        OwnPicture::of(form, answers).map_or_else(String::new, |picture| {
            format!("{}|{}", codes(&picture.strengths), codes(&picture.to_train))
        })
    }

    /// The same of a form with both scales.
    fn rated(levels: &[u8], ratings: &[(&str, &str)]) -> String {
        shown(&form(&SCALES, levels), &answers(ratings))
    }

    #[test]
    fn own_gap_and_level_of_the_post_weigh_the_same() {
        // Gaps 3, 2, 1 and shortfalls 0, 2, 4.
        assert_eq!(rated(&[2, 4, 5], &[("5", "2"), ("4", "2"), ("2", "1")]), "|CBA");
    }

    #[test]
    fn a_surplus_does_not_cancel_a_shortfall() {
        // Not important to the person, but the post needs it: 3 below. The other: 1 and 1 below.
        assert_eq!(rated(&[4, 4], &[("4", "3"), ("1", "1")]), "|BA");
    }

    #[test]
    fn of_equal_needs_the_more_important_comes_first_then_the_first_of_the_form() {
        let equal = [("3", "1"), ("5", "3"), ("4", "2"), ("5", "3")];
        assert_eq!(rated(&[3, 5, 4, 5], &equal), "|BDCA");
    }

    #[test]
    fn five_are_shown_at_most_and_none_without_a_need() {
        assert_eq!(rated(&[4; 7], &[("5", "2"); 7]), "|ABCDE");
        assert_eq!(rated(&[3, 3], &[("3", "3"), ("3", "2")]), "|B");
    }

    #[test]
    fn what_is_not_ones_task_or_not_rated_on_both_scales_is_left_out() {
        let ratings = [("na", "na"), ("5", ""), ("", "1"), ("5", "1")];
        assert_eq!(rated(&[5; 4], &ratings), "|D");
        assert_eq!(OwnPicture::of(&form(&SCALES, &[5]), &answers(&[("na", "na")])), None);
        assert_eq!(OwnPicture::of(&Form::default(), &answers(&[])), None);
    }

    #[test]
    fn a_strength_is_done_well_as_well_as_the_post_needs_and_important() {
        // Each but the first lacks one thing: the post's level, importance, ability.
        let ratings = [("4", "4"), ("5", "4"), ("3", "5"), ("5", "3")];
        assert_eq!(rated(&[4, 5, 4, 3], &ratings), "A|BD");
        // The best first, then the more important, then in form order; three at most.
        let strong = [("4", "4"), ("4", "5"), ("5", "4"), ("5", "5"), ("5", "5")];
        assert_eq!(rated(&[4; 5], &strong), "DEB|");
    }

    #[test]
    fn a_strength_is_never_to_be_trained_first() {
        assert_eq!(rated(&[4], &[("5", "4")]), "A|");
    }

    #[test]
    fn without_a_post_or_levels_the_own_gap_decides_alone() {
        let ratings = [("5", "4"), ("3", "2"), ("5", "1"), ("4", "2")];
        assert_eq!(rated(&[0; 4], &ratings), "A|CDB");
        let mut without_post = answers(&ratings);
        without_post.set("chuc_danh", "");
        assert_eq!(shown(&form(&SCALES, &[5; 4]), &without_post), "A|CDB");
    }

    #[test]
    fn where_importance_is_not_asked_the_level_of_the_post_decides_alone() {
        let form = form(&SCALES[1..], &[5, 4, 5, 0]);
        let ratings = [("", "4"), ("", "4"), ("", "2"), ("", "1")];
        assert_eq!(shown(&form, &answers(&ratings)), "B|CA");
    }

    #[test]
    fn whoever_rates_somebody_else_gets_no_picture() {
        let form = BuiltIn::ByOthers.read().unwrap().form;
        let answers = [("chuc_danh", "bt"), ("abl_A1", "2")].into_iter().collect();
        assert_eq!(OwnPicture::of(&form, &answers), None);
        let form = BuiltIn::FollowUp.read().unwrap().form;
        assert_eq!(shown(&form, &answers), "|A1");
    }
}
