//! What people say of competencies, beside what their posts require: the one reading of a response
//! that everything counted starts from.

use std::collections::BTreeMap;

use super::form::{Form, Scale};
use super::grouping::Facet;
use super::response::Response;
use super::tally::Level;
use rows::answers::AnswerReader;

/// What a person says of a competency, and the level that the person's post requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating {
    /// How important it is.
    pub importance: Level,
    /// How able the person is.
    pub ability: Level,
    /// The required level, 1 to 5; `None` where the post requires none.
    pub required: Option<u8>,
}

impl Rating {
    /// How many different ones there are: importance and ability with every level, the required
    /// level 1 to 5 or none.
    pub(super) const CODES: usize = Level::ALL.len() * Level::ALL.len() * REQUIRED;

    /// The rating of a number that [`code`] gave.
    pub(super) fn of_code(code: u16) -> Self {
        let code = usize::from(code);
        let (pair, required) = (code / REQUIRED, code % REQUIRED);
        let level = |at: usize| Level::ALL.get(at).copied().unwrap_or(Level::Missing);
        Self {
            importance: level(pair / Level::ALL.len()),
            ability: level(pair % Level::ALL.len()),
            required: u8::try_from(required).ok().filter(|required| *required > 0),
        }
    }
}

const REQUIRED: usize = 6;

/// A rating as a number below [`Rating::CODES`], of the places of its levels in [`Level::ALL`].
fn code(importance: u32, ability: u32, required: Option<u8>) -> u16 {
    let place = |level: u32| usize::try_from(level).unwrap_or_default();
    let pair = place(importance) * Level::ALL.len() + place(ability);
    let required = usize::from(required.unwrap_or_default()).min(REQUIRED - 1);
    u16::try_from(pair * REQUIRED + required).unwrap_or_default()
}

/// Reads the ratings of the responses to one form.
pub struct RatingReader<'f> {
    /// By the competency's position importance and ability.
    levels: AnswerReader<'f, fn(usize, &str) -> u32>,
    post: &'f str,
    required: RequiredLevels<'f>,
}

impl<'f> RatingReader<'f> {
    /// For the responses to this form.
    pub fn of(form: &'f Form) -> Self {
        let post = Facet::Post.question(form).map(|question| question.name.as_str());
        let rated = rated_questions(form).into_iter().flat_map(|pair| [pair.0, pair.1]);
        // No question has an empty name, and so no answer.
        let asked = rated.map(Option::unwrap_or_default).collect();
        let place =
            |_: usize, answer: &str| u32::try_from(Level::of(answer).index()).unwrap_or_default();
        Self {
            levels: AnswerReader::new(asked, place),
            post: post.unwrap_or_default(),
            required: RequiredLevels::of(form),
        }
    }

    /// What a response says of each competency, in the form's order.
    pub fn ratings(&mut self, response: &Response) -> impl Iterator<Item = Rating> {
        self.codes(response).map(Rating::of_code)
    }

    /// The same as numbers, see [`Rating::of_code`].
    pub(super) fn codes(&mut self, response: &Response) -> impl Iterator<Item = u16> {
        let mut required = self.required.of_post(response.answers.get(self.post)).iter();
        let pairs = self.levels.numbers(&response.answers).chunks_exact(2);
        pairs.map(move |pair| match pair {
            [importance, ability] => {
                code(*importance, *ability, required.next().copied().flatten())
            }
            _ => 0,
        })
    }
}

/// By post, the level that each competency of a form requires.
struct RequiredLevels<'f>(BTreeMap<&'f str, Vec<Option<u8>>>);

impl<'f> RequiredLevels<'f> {
    fn of(form: &'f Form) -> Self {
        let competencies = &form.competencies;
        let posts = competencies.iter().flat_map(|competency| competency.required_levels.keys());
        let levels = |post: &str| {
            let level = competencies.iter().map(|c| c.required_levels.get(post).copied());
            level.collect()
        };
        Self(posts.map(|post| (post.as_str(), levels(post))).collect())
    }

    /// By the competency's position; empty for a post that has none.
    fn of_post(&self, post: &str) -> &[Option<u8>] {
        self.0.get(post).map_or(&[], Vec::as_slice)
    }
}

/// For each competency the names of the questions that rate its importance and its ability.
pub(super) fn rated_questions(form: &Form) -> Vec<(Option<&str>, Option<&str>)> {
    let mut rated = vec![(None, None); form.competencies.len()];
    for question in form.questions() {
        let Some(rating) = &question.rating else { continue };
        let position = form.competency_position(&rating.competency);
        if let Some(pair) = position.and_then(|position| rated.get_mut(position)) {
            match rating.scale {
                Scale::Importance => pair.0 = Some(question.name.as_str()),
                Scale::Ability => pair.1 = Some(question.name.as_str()),
            }
        }
    }
    rated
}
