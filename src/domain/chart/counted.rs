//! The groups that charts are drawn of, with what of them is hidden.

use crate::domain::form::Form;
use crate::domain::grouping::{Group, GroupTallies, Grouping, Tallies};
use crate::domain::measure::shortfall::Shortfall;
use crate::domain::needs::hidden_cells;
use crate::domain::tally::Tally;

/// One group as charts see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedGroup<'c> {
    /// The answers that the group comes from.
    pub group: &'c Group,
    counted: &'c GroupTallies,
    /// By competency, what may not be shown.
    hidden: Vec<bool>,
}

impl<'c> CountedGroup<'c> {
    /// The groups in form order.
    pub fn all(form: &Form, grouping: Grouping, tallies: &'c Tallies) -> Vec<Self> {
        let groups = tallies.in_form_order(form, grouping);
        let hidden = hidden_cells(&groups);
        let groups = groups.into_iter().zip(hidden);
        groups.map(|((group, counted), hidden)| Self { group, counted, hidden }).collect()
    }

    /// True when nothing of it is shown, not even how many people are in it.
    pub fn is_hidden(&self) -> bool {
        !self.hidden.is_empty() && self.hidden.iter().all(|hidden| *hidden)
    }

    /// How many people are in it.
    pub fn people(&self) -> u64 {
        self.counted.people
    }

    /// By competency: its tally, the shortfall, and whether both are hidden.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&Tally, &Shortfall, bool)> {
        let counts = self.counted.tallies.iter().zip(&self.counted.shortfalls);
        let cells = counts.zip(&self.hidden);
        cells.map(|((tally, shortfall), hidden)| (tally, shortfall, *hidden))
    }
}
