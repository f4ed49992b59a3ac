//! Two waves of a survey: how far everybody, or those who answered both, are from where they were;
//! and what the trained gained beside those who were not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::applied::Applied;
use super::linked::linked;
use super::{Side, ability, shared};
use crate::domain::compare::{Comparison, compare_counts, compare_same_people};
use crate::domain::form::Role;
use crate::domain::measure::adjusted_p::adjust_by_holm;
use crate::domain::measure::effect_size::EffectSizes;
use crate::domain::measure::estimate::Estimate;
use crate::domain::measure::gain::Gain;
use crate::domain::measure::interval::Interval;
use crate::domain::measure::two_groups::GroupDifference;
use crate::domain::needs::Measure;
use crate::domain::rating::{Rating, RatingReader};
use crate::domain::suppression::SMALLEST_GROUP;
use crate::domain::tally::{Level, Tally};

/// Two waves of a survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waves {
    /// How many people answered after, and before.
    pub people: [u64; 2],
    /// How many of them are the same.
    pub same: u64,
    /// How many could be several people, so that nobody can tell.
    pub unclear: u64,
    /// Everybody after beside everybody before.
    pub everybody: Comparison,
    /// The same people after and before; `None` where they are too few to be shown.
    pub same_people: Option<Comparison>,
    /// What these gained in each competency; none where they are too few.
    pub gains: Vec<AbilityGain>,
    /// True where people say what they were taught.
    pub tells_taught: bool,
    /// What those who answered after say of the course.
    pub applied: Applied,
}

/// What people gained in the ability of one competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AbilityGain {
    /// The competency's code.
    pub competency: String,
    /// Everybody who rated it before and after; `None` of nobody or too few.
    pub everybody: Option<GainFound>,
    /// Of these, those who were taught it.
    pub taught: Option<GainFound>,
    /// And those who were not.
    pub others: Option<GainFound>,
    /// How much more the taught gained than the others.
    pub beyond: Option<GroupDifference>,
}

/// A gain with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GainFound {
    /// The gain.
    pub gain: Gain,
    /// Its 95 % interval; `None` where all gained alike.
    pub interval: Option<Interval>,
    /// The gain by the average spread of the two ratings (`d_av`).
    pub effect: Option<f64>,
    /// The probability of such a gain by chance, corrected for how many competencies are looked at
    /// (Holm); `None` where it cannot be judged.
    pub p: Option<f64>,
}

impl GainFound {
    pub(super) fn of(after_by_before: &Tally) -> Option<Self> {
        let gain = Gain::of(after_by_before).filter(|gain| gain.n >= SMALLEST_GROUP)?;
        let estimate = Estimate::of_gap(after_by_before);
        Some(Self {
            gain,
            interval: estimate.and_then(|own| own.interval()).ok(),
            effect: EffectSizes::of(after_by_before).ok().map(|own| own.d_av),
            p: estimate.and_then(|own| own.t_test()).ok().map(|test| test.p),
        })
    }

    /// True where it is unlikely to be chance.
    pub fn is_clear(&self) -> bool {
        self.p.is_some_and(|p| p < 0.05)
    }
}

/// Puts two waves side by side.
pub fn waves(after: &Side, before: &Side, measure: Measure) -> Waves {
    let codes = shared(after, before);
    let linked = linked(after, before);
    let mut readers = [after, before].map(|side| RatingReader::of(side.form));
    let taught = after.form.with_role(Role::Taught);
    let mut pairs: Vec<BTreeMap<[Rating; 2], u64>> = vec![BTreeMap::new(); codes.len()];
    let mut gained = vec![[Tally::default(), Tally::default()]; codes.len()];
    for (now, then) in &linked.pairs {
        let [reader, reader_before] = &mut readers;
        let (own, earlier) = (after.ratings(reader, now), before.ratings(reader_before, then));
        let learnt = taught.map_or("", |question| now.answers.get(&question.name));
        for ((code, pairs), gained) in codes.iter().zip(&mut pairs).zip(&mut gained) {
            if let (Some(rating), Some(rating_before)) = (own.get(code), earlier.get(code)) {
                *pairs.entry([*rating, *rating_before]).or_default() += 1;
            }
            if let (Some(now), Some(then)) = (ability(&own, code), ability(&earlier, code)) {
                let is_taught = learnt.split_whitespace().any(|one| one == *code);
                let [of_taught, of_others] = gained;
                let tally = if is_taught { of_taught } else { of_others };
                tally.add(Level::Rated(now), Level::Rated(then));
            }
        }
    }
    let same = linked.pairs.len() as u64;
    let is_shown = same >= SMALLEST_GROUP;
    Waves {
        people: [after, before].map(|side| side.responses.len() as u64),
        same,
        unclear: linked.unclear as u64,
        everybody: compare_counts(
            &codes,
            [&after.counted(&codes), &before.counted(&codes)],
            measure,
        ),
        same_people: is_shown.then(|| compare_same_people(&codes, &pairs, measure)),
        gains: if is_shown { gains(&codes, &gained, taught.is_some()) } else { Vec::new() },
        tells_taught: taught.is_some(),
        applied: Applied::of(after),
    }
}

fn gains(codes: &[&str], gained: &[[Tally; 2]], tells_taught: bool) -> Vec<AbilityGain> {
    let mut gains: Vec<AbilityGain> = codes
        .iter()
        .zip(gained)
        .map(|(code, [taught, others])| {
            let mut everybody = taught.clone();
            everybody.merge(others);
            let told = |tally: &Tally| GainFound::of(tally).filter(|_| tells_taught);
            let (of_taught, of_others) = (told(taught), told(others));
            let both = of_taught.is_some() && of_others.is_some();
            let estimates = (Estimate::of_gap(taught), Estimate::of_gap(others));
            let beyond = match estimates {
                (Ok(taught), Ok(others)) if both => GroupDifference::of(&taught, &others).ok(),
                _ => None,
            };
            AbilityGain {
                competency: (*code).to_owned(),
                everybody: GainFound::of(&everybody),
                taught: of_taught,
                others: of_others,
                beyond,
            }
        })
        .collect();
    let found = gains.iter_mut().filter_map(|gain| gain.everybody.as_mut());
    adjust_by_holm(found.filter_map(|gain| gain.p.as_mut()));
    gains
}
