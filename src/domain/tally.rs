//! How often each pair of ratings was given: the one thing every measure is computed from.

mod counted;

use serde::{Deserialize, Serialize};

use super::form::NOT_MY_TASK;

pub use counted::{Differences, Moments, Ratings};

/// One rating of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not asked or not answered.
    Missing,
    /// "Not my task".
    NotMyTask,
    /// 1 to 5.
    Rated(u8),
}

impl Level {
    /// Every level, in the order of a tally's rows and columns.
    pub const ALL: [Self; SIZE] = [
        Self::Missing,
        Self::NotMyTask,
        Self::Rated(1),
        Self::Rated(2),
        Self::Rated(3),
        Self::Rated(4),
        Self::Rated(5),
    ];

    /// Reads the value of a rated question; what is neither 1 to 5 nor `na` counts as missing.
    pub fn of(value: &str) -> Self {
        match value {
            NOT_MY_TASK => Self::NotMyTask,
            "1" => Self::Rated(1),
            "2" => Self::Rated(2),
            "3" => Self::Rated(3),
            "4" => Self::Rated(4),
            "5" => Self::Rated(5),
            _ => Self::Missing,
        }
    }

    /// The value of the question again.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "",
            Self::NotMyTask => NOT_MY_TASK,
            Self::Rated(1) => "1",
            Self::Rated(2) => "2",
            Self::Rated(3) => "3",
            Self::Rated(4) => "4",
            Self::Rated(_) => "5",
        }
    }

    /// The rating as a number; `None` where there is none.
    pub fn number(self) -> Option<u8> {
        match self {
            Self::Rated(level) => Some(level),
            Self::Missing | Self::NotMyTask => None,
        }
    }

    /// Where it stands in [`Self::ALL`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Missing => 0,
            Self::NotMyTask => 1,
            Self::Rated(level) => usize::from(level.clamp(1, 5)) + 1,
        }
    }
}

const SIZE: usize = 7;

/// For one group of people and one competency: how many gave each pair importance × ability.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    counts: [[u64; SIZE]; SIZE],
}

impl Tally {
    /// Counts one person.
    pub fn add(&mut self, importance: Level, ability: Level) {
        self.add_many(importance, ability, 1);
    }

    /// Counts `people` who all gave the same two ratings.
    pub fn add_many(&mut self, importance: Level, ability: Level, people: u64) {
        let row = self.counts.get_mut(importance.index());
        if let Some(count) = row.and_then(|row| row.get_mut(ability.index())) {
            *count += people;
        }
    }

    /// The same people without one who gave these two ratings.
    #[must_use]
    pub fn without_one(&self, importance: Level, ability: Level) -> Self {
        let mut fewer = self.clone();
        let row = fewer.counts.get_mut(importance.index());
        if let Some(count) = row.and_then(|row| row.get_mut(ability.index())) {
            *count = count.saturating_sub(1);
        }
        fewer
    }

    /// Adds another group's tally.
    pub fn merge(&mut self, other: &Self) {
        for (importance, ability, people) in other.cells() {
            self.add_many(importance, ability, people);
        }
    }

    /// Every cell that has somebody in it.
    pub fn cells(&self) -> impl Iterator<Item = (Level, Level, u64)> {
        Level::ALL.iter().zip(&self.counts).flat_map(|(importance, row)| {
            let cells = Level::ALL.iter().zip(row).filter(|(_, people)| **people > 0);
            cells.map(|(ability, people)| (*importance, *ability, *people))
        })
    }

    /// The counts of those who rated both: a row a level of importance, a column one of ability.
    fn rated(&self) -> [[u64; 5]; 5] {
        let [_, _, rows @ ..] = self.counts;
        rows.map(|[_, _, cells @ ..]| cells)
    }

    /// The people who rated both, with their two ratings.
    pub fn pairs(&self) -> impl Iterator<Item = (u8, u8, u64)> {
        (1..).zip(self.rated()).flat_map(|(importance, row)| {
            let cells = (1..).zip(row).filter(|(_, people)| *people > 0);
            cells.map(move |(ability, people)| (importance, ability, people))
        })
    }

    /// The importance ratings of all who gave one, whether they rated ability or not.
    pub fn importance(&self) -> Ratings {
        let [_, _, rows @ ..] = self.counts;
        Ratings::of(rows.map(|row| row.iter().sum()))
    }

    /// The ability ratings of all who gave one, whether they rated importance or not.
    pub fn ability(&self) -> Ratings {
        Ratings::of(columns(self.counts.iter().map(|[_, _, cells @ ..]| *cells)))
    }

    /// Importance minus ability of those who rated both.
    pub fn differences(&self) -> Differences {
        Differences::of(&self.rated())
    }

    /// The importance ratings of those who rated both.
    pub fn paired_importance(&self) -> Ratings {
        Ratings::of(self.rated().map(|row| row.iter().sum()))
    }

    /// The ability ratings of those who rated both.
    pub fn paired_ability(&self) -> Ratings {
        Ratings::of(columns(self.rated().into_iter()))
    }
}

/// The sum of each column.
fn columns(rows: impl Iterator<Item = [u64; 5]>) -> [u64; 5] {
    rows.fold([0; 5], |mut sums, row| {
        for (sum, people) in sums.iter_mut().zip(row) {
            *sum += people;
        }
        sums
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A tally of people who gave these pairs; 0 stands for a missing rating.
    pub(crate) fn tally(pairs: &[(u8, u8)]) -> Tally {
        let level = |given: u8| if given == 0 { Level::Missing } else { Level::Rated(given) };
        let mut tally = Tally::default();
        for (importance, ability) in pairs {
            tally.add(level(*importance), level(*ability));
        }
        tally
    }

    #[test]
    fn a_rating_without_its_partner_counts_for_its_own_mean_only() {
        let tally = tally(&[(5, 3), (4, 0), (0, 2)]);
        assert_eq!(tally.importance().mean(), Some(4.5));
        assert_eq!(tally.ability().mean(), Some(2.5));
        assert_eq!(tally.paired_importance().n(), 1);
        assert_eq!(tally.paired_ability().mean(), Some(3.0));
    }

    #[test]
    fn not_my_task_is_counted_but_never_as_a_number() {
        let mut tally = Tally::default();
        tally.add(Level::of("na"), Level::of("na"));
        assert_eq!(tally.importance().n(), 0);
        assert_eq!(tally.cells().next(), Some((Level::NotMyTask, Level::NotMyTask, 1)));
    }

    #[test]
    fn of_one_person_there_is_a_mean_but_no_spread() {
        let one = tally(&[(5, 3)]).importance();
        assert_eq!((one.mean(), one.sd()), (Some(5.0), None));
        assert_eq!(Ratings::default().mean(), None);
    }

    fn tallies() -> impl Strategy<Value = Tally> {
        prop::collection::vec((0u8..=5, 0u8..=5), 0..40).prop_map(|pairs| tally(&pairs))
    }

    fn sum(a: &Tally, b: &Tally) -> Tally {
        let mut sum = a.clone();
        sum.merge(b);
        sum
    }

    proptest! {
        #[test]
        fn tallies_add_in_any_order_and_grouping(a in tallies(), b in tallies(), c in tallies()) {
            prop_assert_eq!(sum(&a, &b), sum(&b, &a));
            prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        }
    }
}
