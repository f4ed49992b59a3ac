//! What follows from an answer: in order, and then on the occasion of a change.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Filled, Standpoint};
use crate::domain::field::Cell;

impl Filled {
    /// Works out what follows from these entries, in order, then what was waiting for the change.
    pub(super) fn follow(&mut self, changed: &BTreeSet<usize>) {
        let plan = Rc::clone(&self.plan);
        let ranked = |entry: &usize| plan.rank.get(*entry).copied();
        let mut due: BTreeSet<usize> = changed.iter().filter_map(ranked).collect();
        let mut occasions: Vec<usize> = Vec::new();
        let mut had: BTreeSet<usize> = BTreeSet::new();
        loop {
            while let Some(rank) = due.pop_first() {
                let Some(entry) = plan.dependencies.order.get(rank).copied() else { break };
                let changed = self.work_out(entry);
                if !changed.is_empty() {
                    let dependents = plan.dependencies.dependents.get(entry);
                    due.extend(dependents.into_iter().flatten().filter_map(ranked));
                    occasions.extend(changed);
                }
            }
            for cell in std::mem::take(&mut occasions) {
                for triggered in self.triggered_by(cell) {
                    // Once for every answer: two that trigger each other come to an end.
                    if had.insert(triggered) {
                        due.extend(self.calculate_once(triggered).as_ref().and_then(ranked));
                    }
                }
            }
            if due.is_empty() {
                break;
            }
        }
        if !self.has_its_instances() {
            let before = Rc::clone(&self.layout);
            self.work_out_everything();
            // What was there before, and taken away for a while, keeps its answers.
            let answered = self.answers.clone();
            self.fill_in_defaults(|key| {
                before.by_key(key).is_none() && answered.get(key).is_empty()
            });
        }
    }

    /// The cells that are calculated on the occasion of a cell's change.
    fn triggered_by(&self, cell: usize) -> Vec<usize> {
        let Some(Cell { field, entry, .. }) = self.layout.cells().get(cell) else {
            return Vec::new();
        };
        let mut triggered = Vec::new();
        for target in self.plan.triggered.get(*entry).into_iter().flatten() {
            let cells = self.layout.of_entry(*target).iter().copied();
            triggered.extend(cells.filter(|target| {
                let target = self.layout.cells().get(*target);
                target.is_some_and(|target| {
                    let target = &target.field.instance;
                    let depth = field.instance.numbers().len().min(target.numbers().len());
                    target.agrees(&field.instance, depth)
                })
            }));
        }
        triggered
    }

    /// Answers a question by its calculation, as an occasion has come; its entry.
    fn calculate_once(&mut self, cell: usize) -> Option<usize> {
        let Cell { field, entry, .. } = self.layout.cells().get(cell)?;
        let (key, entry) = (field.key.clone(), *entry);
        let calculation = field.question(&self.form)?.calculation.as_ref();
        let current = self.value_at(cell);
        let place = Standpoint { filled: self, cell, current };
        let value =
            calculation.map_or(String::new(), |calculation| place.value(calculation).text());
        self.answers.set(&key, value);
        Some(entry)
    }
}
