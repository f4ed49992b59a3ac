//! How sure a ranking is: what comes out when other people of the same kind had answered.

use serde::{Deserialize, Serialize};

use super::coded::CodedRatings;
use super::measure::NoValue;
use super::measure::bootstrap::{Bootstrap, cell};
use super::measure::interval::Interval;
use super::needs::GroupNeeds;

/// How many first places are looked at.
pub const TOP: usize = 5;

/// The same people always give the same numbers.
const SEED: u64 = 1980;

/// The most samples; more change nothing that is shown.
const MOST_SAMPLES: usize = 2_000;

/// The fewest samples that an interval is read from.
const FEWEST_SAMPLES: usize = 100;

/// So many ratings are drawn at most, about half a second's work.
const MOST_DRAWN: usize = 200_000_000;

/// What came out of drawing people again and again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// How often people were drawn.
    pub samples: usize,
    /// One for each competency, in the form's order.
    pub competencies: Vec<Stable>,
}

/// How sure the place of one competency is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stable {
    /// The 95 % interval of the mean weighted discrepancy score; `None` where nothing varies.
    pub mwds: Option<Interval>,
    /// The share of samples, 0 to 1, in which it is among the first places by that score; `None`
    /// where nobody rated it.
    pub in_top: Option<f64>,
}

impl Stability {
    /// Without what would be told of competencies whose numbers are hidden.
    #[must_use]
    pub fn without_hidden(mut self, group: &GroupNeeds) -> Self {
        for (stable, need) in self.competencies.iter_mut().zip(&group.needs) {
            if need.hidden {
                *stable = Stable { mwds: None, in_top: None };
            }
        }
        self
    }
}

/// Draws as many people as there are, again and again, out of some of those who answered.
///
/// # Errors
/// Where there is nobody, or there are too many.
pub fn stability(ratings: &CodedRatings, people: &[usize]) -> Result<Stability, NoValue> {
    let mut drawing = Drawing::begin(ratings, people)?;
    while drawing.go_on(MOST_SAMPLES) {}
    Ok(drawing.finish())
}

/// People that are drawn a few times at a stretch, so that nobody waits for all of it.
pub struct Drawing {
    bootstrap: Bootstrap,
    competencies: usize,
    /// How often they are to be drawn.
    wanted: usize,
}

impl Drawing {
    /// Before the first time.
    ///
    /// # Errors
    /// Where there is nobody, or there are too many.
    pub fn begin(ratings: &CodedRatings, people: &[usize]) -> Result<Self, NoValue> {
        let competencies = ratings.competencies();
        let cells = ratings.as_numbers(people, |own| cell(own.importance, own.ability));
        let bootstrap = Bootstrap::of_cells(competencies, cells, SEED)?;
        let ratings = (bootstrap.people() * competencies).max(1);
        let wanted = (MOST_DRAWN / ratings).clamp(FEWEST_SAMPLES, MOST_SAMPLES);
        Ok(Self { bootstrap, competencies, wanted })
    }

    /// Draws up to so many times more; false where that was the last time.
    pub fn go_on(&mut self, samples: usize) -> bool {
        let left = self.wanted - self.bootstrap.samples().min(self.wanted);
        self.bootstrap.draw(samples.min(left));
        samples < left
    }

    /// What came out.
    pub fn finish(self) -> Stability {
        let competencies = (0..self.competencies).map(|competency| {
            let mwds = self.bootstrap.mwds(competency);
            let is_rated = mwds.is_some_and(|mwds| !mwds.values.is_empty());
            Stable {
                mwds: mwds.and_then(|mwds| mwds.interval()),
                in_top: self.bootstrap.share_in_top(competency, TOP).filter(|_| is_rated),
            }
        });
        Stability { competencies: competencies.collect(), samples: self.bootstrap.samples() }
    }
}
