//! The ratings of each person, for measures that tallies cannot give.

use super::super::form::Form;
use super::super::rating::rated_questions;
use super::super::response::Response;
use super::super::tally::{Level, Tally};

/// What everybody rated, one row a person, one column a competency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatedPeople {
    competencies: usize,
    importance: Vec<Level>,
    ability: Vec<Level>,
}

impl RatedPeople {
    /// Nobody yet, who will rate so many competencies.
    pub fn new(competencies: usize) -> Self {
        Self { competencies, ..Self::default() }
    }

    /// The people behind responses, in their order.
    pub fn of<'r>(form: &Form, responses: impl IntoIterator<Item = &'r Response>) -> Self {
        let rated = rated_questions(form);
        let mut people = Self::new(rated.len());
        for response in responses {
            let level = |question: Option<&str>| {
                question.map_or(Level::Missing, |name| Level::of(response.answers.get(name)))
            };
            people.push(
                rated.iter().map(|(importance, ability)| (level(*importance), level(*ability))),
            );
        }
        people
    }

    /// Adds a person with importance and ability of each competency; what is not given is missing.
    pub fn push(&mut self, ratings: impl IntoIterator<Item = (Level, Level)>) {
        let missing = std::iter::repeat((Level::Missing, Level::Missing));
        for (importance, ability) in ratings.into_iter().chain(missing).take(self.competencies) {
            self.importance.push(importance);
            self.ability.push(ability);
        }
    }

    /// How many people there are; none where there is no competency.
    pub fn len(&self) -> usize {
        self.importance.len().checked_div(self.competencies).unwrap_or(0)
    }

    /// True of nobody.
    pub fn is_empty(&self) -> bool {
        self.importance.is_empty()
    }

    /// How many competencies there are.
    pub fn competencies(&self) -> usize {
        self.competencies
    }

    /// How important everybody found each competency.
    pub fn importance(&self) -> Table<'_> {
        Table { columns: self.competencies, cells: &self.importance }
    }

    /// How able everybody is in each competency.
    pub fn ability(&self) -> Table<'_> {
        Table { columns: self.competencies, cells: &self.ability }
    }

    /// Everybody's importance and ability by competency.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (Level, Level)>> {
        let rows = self.importance().rows().zip(self.ability().rows());
        rows.map(|(importance, ability)| importance.iter().copied().zip(ability.iter().copied()))
    }

    /// Those who rated importance and ability of every competency.
    #[must_use]
    pub fn complete(&self) -> Self {
        let is_number = |(importance, ability): (Level, Level)| {
            importance.number().is_some() && ability.number().is_some()
        };
        let mut complete = Self::new(self.competencies);
        for row in self.rows() {
            let row: Vec<_> = row.collect();
            if row.iter().copied().all(is_number) {
                complete.push(row);
            }
        }
        complete
    }

    /// A tally of each competency.
    pub fn tallies(&self) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.competencies];
        for row in self.rows() {
            for (tally, (importance, ability)) in tallies.iter_mut().zip(row) {
                tally.add(importance, ability);
            }
        }
        tallies
    }
}

/// The ratings of people on one scale: one row a person, one column a competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table<'a> {
    columns: usize,
    cells: &'a [Level],
}

impl<'a> Table<'a> {
    /// A table of rows of so many cells.
    pub fn new(columns: usize, cells: &'a [Level]) -> Self {
        Self { columns, cells }
    }

    /// Every person's ratings.
    pub fn rows(&self) -> std::slice::ChunksExact<'a, Level> {
        self.cells.chunks_exact(self.columns.max(1))
    }

    /// Every person's ratings of some competencies, by their positions, as numbers.
    pub fn numbers(&self, columns: &[usize]) -> Vec<Vec<Option<u8>>> {
        let row = |row: &[Level]| {
            let cells = columns.iter().map(|column| row.get(*column)?.number());
            cells.collect()
        };
        self.rows().map(row).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// People who gave these pairs, one row a person; 0 stands for a missing rating.
    pub(crate) fn people(rows: &[&[(u8, u8)]]) -> RatedPeople {
        let level = |given: u8| if given == 0 { Level::Missing } else { Level::Rated(given) };
        let mut people = RatedPeople::new(rows.iter().map(|row| row.len()).max().unwrap_or(0));
        for row in rows {
            people.push(row.iter().map(|(first, second)| (level(*first), level(*second))));
        }
        people
    }

    #[test]
    fn who_skipped_one_rating_is_not_complete() {
        let all = people(&[&[(5, 3), (4, 4)], &[(5, 3), (4, 0)], &[(2, 2)]]);
        assert_eq!((all.len(), all.complete().len(), all.competencies()), (3, 1, 2));
        assert_eq!(all.tallies()[1].importance().n(), 2);
        assert_eq!(all.ability().numbers(&[1]), [[Some(4)], [None], [None]]);
    }

    #[test]
    fn of_nothing_there_is_nobody() {
        let none = people(&[]);
        assert!(none.is_empty() && none.complete().is_empty());
        assert_eq!((none.len(), none.tallies().len(), none.rows().count()), (0, 0, 0));
    }
}
