//! Small numbers of many people, counted again for every group that somebody looks at.

/// What each of many people has in each of some columns, as a small number. People are known by
/// their positions.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    columns: usize,
    /// Person by person: those of a group lie anywhere, and what one of them has lies together.
    codes: Vec<u16>,
}

/// How often each number was there in each column, to be filled again and again.
pub struct Counter {
    below: usize,
    /// Column by column.
    counts: Vec<u32>,
    /// Where somebody was counted.
    given: Vec<usize>,
}

impl Counter {
    /// For so many columns of numbers below this one.
    pub fn new(columns: usize, below: usize) -> Self {
        Self { below, counts: vec![0; columns * below], given: Vec::new() }
    }

    /// Every column and number that somebody has, with how many; from then on nobody does.
    pub fn drain(&mut self) -> impl Iterator<Item = (usize, u16, u32)> {
        let Self { below, counts, given } = self;
        given.drain(..).filter_map(|place| {
            let count = std::mem::take(counts.get_mut(place)?);
            let code = u16::try_from(place.checked_rem(*below)?).ok()?;
            Some((place / *below, code, count))
        })
    }
}

impl Codes {
    /// Of so many columns and nobody yet.
    pub fn new(columns: usize) -> Self {
        Self { columns, codes: Vec::new() }
    }

    /// Adds a person; what is not given is 0.
    pub fn push(&mut self, codes: impl IntoIterator<Item = u16>) {
        let end = self.codes.len() + self.columns;
        self.codes.extend(codes.into_iter().take(self.columns));
        self.codes.resize(end, 0);
    }

    /// How many people there are; none where there is no column.
    pub fn people(&self) -> usize {
        self.codes.len().checked_div(self.columns).unwrap_or_default()
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    fn of(&self, person: usize) -> &[u16] {
        let start = person.saturating_mul(self.columns);
        self.codes.get(start..start.saturating_add(self.columns)).unwrap_or_default()
    }

    /// Counts what these people have.
    #[inline(never)]
    pub fn count(&self, people: &[usize], counter: &mut Counter) {
        let Counter { below, counts, given } = counter;
        for person in people {
            let mut start = 0;
            for code in self.of(*person) {
                let place = start + usize::from(*code);
                if let Some(count) = counts.get_mut(place) {
                    if *count == 0 {
                        given.push(place);
                    }
                    *count += 1;
                }
                start += *below;
            }
        }
    }

    /// Person by person, for each column what stands in `values` at its number; 0 beyond its end.
    #[inline(never)]
    pub fn looked_up(&self, people: &[usize], values: &[u64]) -> Vec<u64> {
        let mut found = Vec::with_capacity(people.len() * self.columns);
        for person in people {
            let codes = self.of(*person).iter();
            found.extend(codes.map(|code| values.get(usize::from(*code)).copied().unwrap_or(0)));
        }
        found
    }
}

/// Adds one number to each of some sums.
#[inline(never)]
pub fn add_to(sums: &mut [u64], numbers: &[u64]) {
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum += number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_by_column_and_looked_up_person_by_person() {
        let mut codes = Codes::new(2);
        for row in [vec![1, 2], vec![1, 0], vec![3]] {
            codes.push(row);
        }
        let mut counter = Counter::new(2, 4);
        let mut found = |people: &[usize]| {
            codes.count(people, &mut counter);
            counter.drain().collect::<Vec<_>>()
        };
        assert_eq!(found(&[0, 1, 2]), [(0, 1, 2), (1, 2, 1), (1, 0, 2), (0, 3, 1)]);
        assert_eq!(found(&[2, 9]), [(0, 3, 1), (1, 0, 1)], "nobody is at 9");
        assert_eq!(codes.people(), 3);
        assert_eq!(codes.looked_up(&[2, 0], &[7, 10, 20]), [0, 7, 10, 20]);
    }
}
