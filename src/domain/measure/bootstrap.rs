//! How sure gaps, scores and ranks are, by drawing the same people again and again.
//!
//! Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. People are drawn, not
//! ratings: a whole row each time, so that competencies keep what they have in common, and the
//! weight of a score is drawn with it. Percentile intervals with type-7 quantiles. How often a
//! competency is in the top places says more about a ranking than the ranking does.

use rows::counted::add_to;

use super::NoValue;
use super::interval::Interval;
use super::people::RatedPeople;
use super::quantile::{middle_95, sd};
use crate::domain::expression::Dice;
use crate::domain::tally::Level;

/// As many people as three counters in one number can hold.
const MOST_PEOPLE: usize = 800_000;

/// Resampled people, and what came out of each sample.
pub struct Bootstrap {
    competencies: usize,
    /// By person and competency a rating pair as three counters: one, importance, ability.
    people: Vec<u64>,
    dice: Dice,
    samples: usize,
    outcomes: Vec<Outcomes>,
    sums: Vec<u64>,
    scores: Vec<Option<f64>>,
}

/// What came out for one competency, sample by sample; a sample in which nobody rated both is
/// left out.
#[derive(Default)]
struct Outcomes {
    gaps: Vec<f64>,
    mwds: Vec<f64>,
    /// How often it came to each place.
    places: Vec<u64>,
}

/// What came out of all samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampled<'a> {
    /// Sample by sample.
    pub values: &'a [f64],
}

impl Resampled<'_> {
    /// The standard error: the standard deviation of the samples.
    pub fn standard_error(&self) -> Option<f64> {
        sd(self.values)
    }

    /// The 95 % percentile interval; `None` where no sample has a value, or where all have the
    /// same, as of one person.
    pub fn interval(&self) -> Option<Interval> {
        let varies = self.standard_error().is_some_and(|error| error > 0.0);
        middle_95(self.values).filter(|_| varies)
    }
}

impl Bootstrap {
    /// Before the first sample. The same people and the same seed give the same samples.
    pub fn new(people: &RatedPeople, seed: u64) -> Result<Self, NoValue> {
        let cells = people.rows().flatten();
        let cells = cells.map(|(importance, ability)| cell(importance, ability));
        Self::of_cells(people.competencies(), cells.collect(), seed)
    }

    /// The same of what people say of so many competencies, person by person, each a [`cell`].
    pub fn of_cells(competencies: usize, people: Vec<u64>, seed: u64) -> Result<Self, NoValue> {
        if people.is_empty() {
            return Err(NoValue::Nobody);
        }
        if people.len() > MOST_PEOPLE * competencies {
            return Err(NoValue::TooMany);
        }
        let outcomes = || Outcomes { places: vec![0; competencies], ..Outcomes::default() };
        Ok(Self {
            competencies,
            people,
            dice: Dice::new(seed),
            samples: 0,
            outcomes: std::iter::repeat_with(outcomes).take(competencies).collect(),
            sums: vec![0; competencies],
            scores: vec![None; competencies],
        })
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.people.len() / self.competencies.max(1)
    }

    /// Draws so many samples more, each of as many people as there are. It can be called again and
    /// again, so that nobody waits for all at once.
    pub fn draw(&mut self, samples: usize) {
        for outcomes in &mut self.outcomes {
            outcomes.gaps.reserve(samples);
            outcomes.mwds.reserve(samples);
        }
        let people = self.people();
        for _ in 0..samples {
            self.sums.fill(0);
            for _ in 0..people {
                let person = self.dice.below(people);
                self.add(person);
            }
            self.finish_sample();
        }
    }

    /// Takes a sample of given people, by their positions; who is not there does not count.
    pub fn take(&mut self, sample: impl IntoIterator<Item = usize>) {
        self.sums.fill(0);
        for person in sample {
            self.add(person);
        }
        self.finish_sample();
    }

    /// How many samples there are.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The mean gaps of a competency.
    pub fn gap(&self, competency: usize) -> Option<Resampled<'_>> {
        self.outcomes.get(competency).map(|outcomes| Resampled { values: &outcomes.gaps })
    }

    /// The mean weighted discrepancy scores of a competency.
    pub fn mwds(&self, competency: usize) -> Option<Resampled<'_>> {
        self.outcomes.get(competency).map(|outcomes| Resampled { values: &outcomes.mwds })
    }

    /// The share of samples, 0 to 1, in which a competency is in the first places by its score,
    /// ties sharing the better place; `None` before the first sample.
    pub fn share_in_top(&self, competency: usize, places: usize) -> Option<f64> {
        let counts = &self.outcomes.get(competency)?.places;
        let in_top: u64 = counts.iter().take(places).sum();
        (self.samples > 0).then(|| in_top as f64 / self.samples as f64)
    }

    fn add(&mut self, person: usize) {
        let start = person * self.competencies;
        if let Some(row) = self.people.get(start..start + self.competencies) {
            add_to(&mut self.sums, row);
        }
    }

    fn finish_sample(&mut self) {
        self.samples += 1;
        for ((sums, score), outcomes) in
            self.sums.iter().zip(&mut self.scores).zip(&mut self.outcomes)
        {
            let (n, importance, ability) = unpacked(*sums);
            *score = (n > 0.0).then(|| {
                let gap = (importance - ability) / n;
                let mwds = importance / n * gap;
                outcomes.gaps.push(gap);
                outcomes.mwds.push(mwds);
                mwds
            });
        }
        for (own, outcomes) in self.scores.iter().zip(&mut self.outcomes) {
            let Some(own) = own else { continue };
            let better = self.scores.iter().flatten().filter(|other| *other > own).count();
            if let Some(count) = outcomes.places.get_mut(better) {
                *count += 1;
            }
        }
    }
}

/// One person's pair as counters of 20, 22 and 22 bits.
pub fn cell(importance: Level, ability: Level) -> u64 {
    match (importance.number(), ability.number()) {
        (Some(importance), Some(ability)) => {
            1 | u64::from(importance) << 20 | u64::from(ability) << 42
        }
        _ => 0,
    }
}

fn unpacked(sums: u64) -> (f64, f64, f64) {
    let part = |shift: u32, bits: u32| ((sums >> shift) & ((1 << bits) - 1)) as f64;
    (part(0, 20), part(20, 22), part(42, 22))
}

#[cfg(test)]
mod tests {
    use super::super::people::tests::people;
    use super::*;

    fn drawn(rows: &[&[(u8, u8)]], seed: u64) -> Bootstrap {
        let mut bootstrap = Bootstrap::new(&people(rows), seed).unwrap();
        bootstrap.draw(500);
        bootstrap
    }

    #[test]
    fn the_same_seed_gives_the_same_samples_however_they_are_drawn() {
        let rows: [&[(u8, u8)]; 3] = [&[(5, 1), (3, 3)], &[(4, 2), (5, 1)], &[(1, 4), (2, 0)]];
        let once = drawn(&rows, 7);
        let mut twice = Bootstrap::new(&people(&rows), 7).unwrap();
        twice.draw(200);
        twice.draw(300);
        assert_eq!(once.gap(0), twice.gap(0));
        assert_eq!(once.mwds(1), twice.mwds(1));
        assert_ne!(once.gap(0), drawn(&rows, 8).gap(0));
        assert_eq!((once.samples(), once.gap(2)), (500, None));
    }

    #[test]
    fn what_is_far_ahead_stays_in_front_and_what_is_close_changes_places() {
        let ahead: [&[(u8, u8)]; 2] = [&[(5, 1), (3, 3)], &[(5, 2), (3, 2)]];
        let found = drawn(&ahead, 1);
        assert_eq!(found.share_in_top(0, 1), Some(1.0));
        assert_eq!(found.share_in_top(1, 1), Some(0.0));
        assert_eq!(found.share_in_top(1, 2), Some(1.0));
        let close: [&[(u8, u8)]; 2] = [&[(5, 1), (5, 3)], &[(5, 3), (5, 1)]];
        let share = drawn(&close, 1).share_in_top(0, 1).unwrap();
        assert!(0.6 < share && share < 0.9, "a tie is a first place for both: {share}");
    }

    #[test]
    fn of_nobody_and_of_one_there_is_no_false_certainty() {
        assert!(matches!(Bootstrap::new(&people(&[]), 1), Err(NoValue::Nobody)));
        let one = drawn(&[&[(5, 2), (0, 2)]], 1);
        assert_eq!(one.gap(0).unwrap().interval(), None, "one person is always the same");
        assert_eq!(one.gap(1).unwrap().interval(), None, "nobody rated both");
        assert_eq!(one.share_in_top(1, 5), Some(0.0));
        assert_eq!(Bootstrap::new(&people(&[&[(5, 2)]]), 1).unwrap().share_in_top(0, 5), None);
    }

    #[test]
    fn the_counters_hold_as_many_people_as_are_let_in() {
        let most = u64::try_from(MOST_PEOPLE).unwrap();
        let full = cell(Level::Rated(5), Level::Rated(5)) * most;
        let n = MOST_PEOPLE as f64;
        assert_eq!(unpacked(full), (n, 5.0 * n, 5.0 * n));
    }
}
