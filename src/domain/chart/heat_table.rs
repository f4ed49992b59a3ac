//! The table of groups by competencies, in which colour shows where the need is.

use serde::{Deserialize, Serialize};

use super::clustering::clustered;
use super::counted::CountedGroup;
use crate::domain::form::Form;
use crate::domain::grouping::{Group, Grouping, Tallies};
use crate::domain::measure::high_need::HighNeed;
use crate::domain::measure::mwds::gap;
use crate::domain::measure::shortfall::Shortfall;
use crate::domain::tally::Tally;

/// What stands in the cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HeatValue {
    /// Mean importance minus mean ability.
    #[default]
    Gap,
    /// The mean of the levels that people lack to what their posts require.
    Shortfall,
    /// The share, 0 to 1, of people with a high need.
    HighNeed,
}

/// In which order rows and columns stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HeatOrder {
    /// Groups as the form lists them, competencies by their domains.
    #[default]
    Form,
    /// What is alike stands together.
    Alike,
}

/// Groups by competencies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatTable {
    /// By what people are grouped.
    pub grouping: Grouping,
    /// What stands in the cells.
    pub value: HeatValue,
    /// In which order.
    pub order: HeatOrder,
    /// The competencies' codes.
    pub columns: Vec<String>,
    /// The groups that may be shown.
    pub rows: Vec<HeatRow>,
    /// How many groups are left out because they are too small.
    pub hidden_rows: usize,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatRow {
    /// The answers that the group comes from.
    pub group: Group,
    /// How many people are in it.
    pub people: u64,
    /// One a column.
    pub cells: Vec<HeatCell>,
}

/// What is known of a group in a competency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum HeatCell {
    /// The number, and of how many people it is.
    Of(f64, u64),
    /// Too few rated it.
    Hidden,
    /// Nobody rated it.
    Nobody,
    /// People rated it, but no post of the group requires a level.
    NoLevel,
}

impl HeatCell {
    /// The number.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Of(number, _) => Some(number),
            Self::Hidden | Self::Nobody | Self::NoLevel => None,
        }
    }

    fn of(value: HeatValue, tally: &Tally, shortfall: &Shortfall) -> Self {
        let of_pairs = |number: Option<f64>| {
            number.map_or(Self::Nobody, |number| Self::Of(number, tally.paired_importance().n()))
        };
        match value {
            HeatValue::Gap => of_pairs(gap(tally)),
            HeatValue::HighNeed => of_pairs(HighNeed::of(tally).share()),
            HeatValue::Shortfall => match shortfall.mean() {
                Some(mean) => Self::Of(mean, shortfall.n),
                None if tally.ability().n() > 0 => Self::NoLevel,
                None => Self::Nobody,
            },
        }
    }
}

impl HeatTable {
    /// The table of what was counted.
    pub fn of(
        form: &Form,
        grouping: Grouping,
        tallies: &Tallies,
        value: HeatValue,
        order: HeatOrder,
    ) -> Self {
        let groups = CountedGroup::all(form, grouping, tallies);
        let shown: Vec<&CountedGroup> = groups.iter().filter(|group| !group.is_hidden()).collect();
        let by_domain = in_domains(form);
        let rows = shown.iter().map(|group| {
            let cells = group.cells().map(|(tally, shortfall, hidden)| {
                if hidden { HeatCell::Hidden } else { HeatCell::of(value, tally, shortfall) }
            });
            let cells = picked(&cells.collect::<Vec<_>>(), &by_domain);
            HeatRow { group: group.group.clone(), people: group.people(), cells }
        });
        let mut table = Self {
            grouping,
            value,
            order,
            columns: picked(&codes(form), &by_domain),
            rows: rows.collect(),
            hidden_rows: groups.len() - shown.len(),
        };
        if order == HeatOrder::Alike {
            table.put_alike_together();
        }
        table
    }

    fn put_alike_together(&mut self) {
        let numbers: Vec<Vec<Option<f64>>> = self
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.number()).collect())
            .collect();
        let column = |place: usize| {
            let cells = numbers.iter().map(|row| row.get(place).copied().flatten());
            cells.collect()
        };
        let columns = clustered(&(0..self.columns.len()).map(column).collect::<Vec<_>>());
        self.rows = picked(&self.rows, &clustered(&numbers));
        self.columns = picked(&self.columns, &columns);
        for row in &mut self.rows {
            row.cells = picked(&row.cells, &columns);
        }
    }

    /// True when no cell has a number.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.number().is_none())
    }
}

fn codes(form: &Form) -> Vec<String> {
    form.competencies.iter().map(|competency| competency.code.clone()).collect()
}

/// The positions of competencies, those of one domain together, domains in the order in which
/// they come up first.
fn in_domains(form: &Form) -> Vec<usize> {
    let first = |domain: &str| form.competencies.iter().position(|other| other.domain == domain);
    let mut places: Vec<usize> = (0..form.competencies.len()).collect();
    places.sort_by_key(|place| form.competencies.get(*place).map(|own| first(&own.domain)));
    places
}

fn picked<T: Clone>(of: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| of.get(*place).cloned()).collect()
}
