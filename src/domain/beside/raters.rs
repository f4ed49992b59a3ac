//! What people say of themselves beside what their superiors and colleagues say of them.
//!
//! Methods.md, section 9: colleagues only where three or more rated the same person; of several
//! superiors the one who handed in last.

use serde::{Deserialize, Serialize};

use super::linked::People;
use super::{Side, ability, shared};
use crate::domain::form::Role;
use crate::domain::measure::adjusted_p::adjust_by_holm;
use crate::domain::measure::estimate::Estimate;
use crate::domain::measure::interval::Interval;
use crate::domain::measure::kappa::{Kappa, Weights};
use crate::domain::measure::peers::peer_mean;
use crate::domain::measure::quantile::mean;
use crate::domain::measure::rater_agreement::RaterAgreement;
use crate::domain::measure::rater_bias::RaterBias;
use crate::domain::rating::RatingReader;
use crate::domain::response::Response;
use crate::domain::suppression::SMALLEST_GROUP;
use crate::domain::tally::{Level, Tally};

/// The answers to "what are you to that person" that mean a superior; everybody else is a colleague.
const SUPERIORS: [&str; 2] = ["cap_tren", "superior"];

/// What others say of people who also say it of themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raters {
    /// How many people rated themselves, and how many ratings of others came in.
    pub people: [u64; 2],
    /// What superiors say.
    pub superiors: Views,
    /// What colleagues say.
    pub peers: Views,
}

/// What one kind of rater says beside people themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Views {
    /// How many people were rated.
    pub people: u64,
    /// How many people have colleagues' ratings, but too few of them to be shown.
    pub too_few: u64,
    /// How people's own means stand to those of the others; `None` of too few people.
    pub overall: Option<RaterBias>,
    /// One for each competency that both rate.
    pub competencies: Vec<ViewedBoth>,
}

/// One competency as people see themselves and as others see them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViewedBoth {
    /// The competency's code.
    pub competency: String,
    /// How many people were rated by themselves and by others.
    pub n: u64,
    /// What came out; `None` of too few people.
    pub found: Option<View>,
}

/// How people see themselves and how others see them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The mean of what they say of themselves.
    pub own: f64,
    /// The mean of what others say of them.
    pub other: f64,
    /// The 95 % interval of own minus other; `None` where all differ alike.
    pub interval: Option<Interval>,
    /// The probability of such a difference by chance, corrected for how many competencies are
    /// looked at (Holm); `None` where it cannot be judged.
    pub p: Option<f64>,
    /// How often they agree; `None` of means of several raters.
    pub agreement: Option<RaterAgreement>,
    /// Quadratic weighted kappa; `None` of means, or where chance agrees too.
    pub kappa: Option<f64>,
}

impl View {
    /// True where the difference is unlikely to be chance.
    pub fn is_clear(&self) -> bool {
        self.p.is_some_and(|p| p < 0.05)
    }
}

/// Puts what people say of themselves beside what others say of them.
pub fn raters(own: &Side, others: &Side) -> Raters {
    let (codes, people) = (shared(own, others), People::of(others));
    let rater = others.form.with_role(Role::Rater);
    let is_superior = |response: &Response| {
        rater.is_some_and(|question| SUPERIORS.contains(&response.answers.get(&question.name)))
    };
    let mut readers = [own, others].map(|side| RatingReader::of(side.form));
    let mut superiors = Collected::new(codes.len());
    let mut peers = Collected::new(codes.len());
    for response in &own.responses {
        let about = people.same_as(own.form, response);
        let (above, beside): (Vec<&Response>, Vec<&Response>) =
            about.iter().copied().partition(|response| is_superior(response));
        let [reader, reader_of_others] = &mut readers;
        let says = own.ratings(reader, response);
        let mut said = |response: &&Response| others.ratings(reader_of_others, response);
        let last = above.iter().max_by_key(|response| response.submitted);
        superiors.add(last.into_iter().map(&mut said), &codes, |code, said| {
            Some((ability(&says, code)?, said.iter().find_map(|said| ability(said, code))?.into()))
        });
        peers.add(beside.iter().map(&mut said), &codes, |code, said| {
            let given: Vec<f64> =
                said.iter().filter_map(|said| ability(said, code)).map(f64::from).collect();
            Some((ability(&says, code)?, peer_mean(&given).ok()?))
        });
    }
    let people = [own.responses.len(), others.responses.len()].map(|n| n as u64);
    Raters { people, superiors: superiors.views(&codes, true), peers: peers.views(&codes, false) }
}

/// What was rated by both, while it is collected.
struct Collected {
    people: u64,
    too_few: u64,
    /// By person: the means over the competencies that both rate.
    means: Vec<(f64, f64)>,
    /// By competency: own rating and that of the others, one a person.
    pairs: Vec<Vec<(u8, f64)>>,
}

impl Collected {
    fn new(competencies: usize) -> Self {
        Self { people: 0, too_few: 0, means: Vec::new(), pairs: vec![Vec::new(); competencies] }
    }

    /// Adds a person, with what is said of each competency by both.
    fn add<T>(
        &mut self,
        said: impl Iterator<Item = T>,
        codes: &[&str],
        both: impl Fn(&str, &[T]) -> Option<(u8, f64)>,
    ) {
        let said: Vec<T> = said.collect();
        if said.is_empty() {
            return;
        }
        let found: Vec<Option<(u8, f64)>> = codes.iter().map(|code| both(code, &said)).collect();
        let own: Vec<f64> = found.iter().flatten().map(|(own, _)| f64::from(*own)).collect();
        let other: Vec<f64> = found.iter().flatten().map(|(_, other)| *other).collect();
        let Some(means) = mean(&own).zip(mean(&other)) else {
            self.too_few += 1;
            return;
        };
        self.people += 1;
        self.means.push(means);
        for (pairs, found) in self.pairs.iter_mut().zip(found) {
            pairs.extend(found);
        }
    }

    fn views(self, codes: &[&str], is_one_rater: bool) -> Views {
        let mut competencies: Vec<ViewedBoth> = codes
            .iter()
            .zip(&self.pairs)
            .map(|(code, pairs)| ViewedBoth {
                competency: (*code).to_owned(),
                n: pairs.len() as u64,
                found: view(pairs, is_one_rater),
            })
            .collect();
        let views = competencies.iter_mut().filter_map(|one| one.found.as_mut());
        adjust_by_holm(views.filter_map(|view| view.p.as_mut()));
        let is_shown = self.people >= SMALLEST_GROUP;
        let overall = is_shown.then(|| RaterBias::of(&self.means).ok()).flatten();
        Views { people: self.people, too_few: self.too_few, overall, competencies }
    }
}

fn view(pairs: &[(u8, f64)], is_one_rater: bool) -> Option<View> {
    if (pairs.len() as u64) < SMALLEST_GROUP {
        return None;
    }
    let own: Vec<f64> = pairs.iter().map(|(own, _)| f64::from(*own)).collect();
    let other: Vec<f64> = pairs.iter().map(|(_, other)| *other).collect();
    let differences: Vec<f64> = own.iter().zip(&other).map(|(own, other)| own - other).collect();
    let estimate = Estimate::of_values(&differences);
    let mut tally = Tally::default();
    for (own, other) in pairs.iter().filter(|_| is_one_rater) {
        tally.add(Level::Rated(*own), Level::of(&other.to_string()));
    }
    Some(View {
        own: mean(&own)?,
        other: mean(&other)?,
        interval: estimate.and_then(|own| own.interval()).ok(),
        p: estimate.and_then(|own| own.t_test()).ok().map(|test| test.p),
        agreement: RaterAgreement::of(&tally),
        kappa: Kappa::of(&tally, Weights::Quadratic).ok().map(|found| found.kappa),
    })
}
