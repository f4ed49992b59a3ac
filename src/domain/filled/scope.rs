//! What the expressions of a filled form see from where they stand.

use super::{Circumstances, Filled};
use crate::domain::expression::{Expression, Scope, Value};
use crate::domain::form::{Choice, Item};

/// The place of an expression in a filled form.
#[derive(Clone, Copy)]
pub(super) struct Standpoint<'s> {
    pub(super) filled: &'s Filled,
    /// The cell it belongs to.
    pub(super) cell: usize,
    /// The value that it calls `.`.
    pub(super) current: &'s str,
}

impl Standpoint<'_> {
    pub(super) fn value(&self, expression: &Expression) -> Value {
        self.with(None, |scope| scope.value(expression))
    }

    pub(super) fn truth(&self, expression: &Expression) -> bool {
        self.with(None, |scope| scope.truth(expression))
    }

    pub(super) fn truth_for(&self, filter: &Expression, choice: &Choice) -> bool {
        self.with(Some(choice), |scope| scope.truth(filter))
    }

    /// A number for chance that is this place's own.
    pub(super) fn seed(&self) -> u64 {
        // FNV-1a, which mixes short keys well enough for what starts a generator.
        let key = self.filled.layout.cells().get(self.cell).map_or("", |cell| &cell.field.key);
        let start = self.filled.circumstances.seed ^ 0xcbf2_9ce4_8422_2325;
        key.bytes()
            .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn with<T>(&self, choice: Option<&Choice>, read: impl FnOnce(&Scope<'_>) -> T) -> T {
        let filled = self.filled;
        let answer = |name: &str| self.seen(name, None).next().map_or("", |at| filled.value_at(at));
        let all = |name: &str, across: Option<&str>| self.all(name, across);
        let positions = self.positions();
        let Circumstances { now, seed: _, language } = &filled.circumstances;
        let scope = Scope::new(&filled.form, &answer)
            .with_all(&all)
            .with_current(self.current)
            .with_positions(&positions)
            .with_language(language)
            .with_seed(self.seed());
        let scope = now.map_or(scope, |now| scope.with_now(now));
        read(&Scope { choice, ..scope })
    }

    /// The cells of the question or group `name` that can be seen from here: those in the same
    /// instances of the repeats that both lie in; or, across a repeat, in all its instances.
    fn seen<'a>(&'a self, name: &str, across: Option<&str>) -> impl Iterator<Item = usize> + 'a {
        let Filled { form, plan, layout, .. } = self.filled;
        let here = layout.cells().get(self.cell);
        let entries = plan.outline.entries();
        let entry = form.item(name).and_then(|item| plan.outline.place(item));
        let cells = entry.map_or(&[][..], |entry| layout.of_entry(entry));
        let around = |entry: usize| entries.get(entry).map_or(&[][..], |entry| &entry.repeats);
        let there = entry.map_or(&[][..], around);
        let mut shared = here.map_or(0, |here| {
            around(here.entry).iter().zip(there).take_while(|(one, other)| one == other).count()
        });
        if let Some(Item::Group(across)) = across.and_then(|name| form.item(name)) {
            let before = there.iter().position(|repeat| *repeat == across);
            shared = shared.min(before.unwrap_or(shared));
        }
        cells.iter().copied().filter(move |cell| {
            let there = layout.cells().get(*cell).map(|cell| &cell.field.instance);
            let here = here.map(|here| &here.field.instance);
            here.zip(there).is_none_or(|(here, there)| here.agrees(there, shared))
        })
    }

    fn all(&self, name: &str, across: Option<&str>) -> Vec<&str> {
        let filled = self.filled;
        let asked = self.seen(name, across).filter(|cell| filled.is_asked_at(*cell));
        match filled.form.item(name) {
            Some(Item::Group(group)) if filled.form.is_repeat(group) => {
                asked.flat_map(|cell| vec![""; filled.instances_at(cell)]).collect()
            }
            _ => asked.map(|cell| filled.value_at(cell)).collect(),
        }
    }

    /// Of each group around the cell, innermost first: which instance it is.
    fn positions(&self) -> Vec<usize> {
        let cells = self.filled.layout.cells();
        let Some(here) = cells.get(self.cell) else { return Vec::new() };
        let mut numbers = here.field.instance.numbers().iter().rev();
        if here.field.instance.numbers().is_empty() {
            return Vec::new();
        }
        let around = std::iter::successors(here.parent, |cell| cells.get(*cell)?.parent);
        let positions = around.map(|cell| match cells.get(cell).map(|cell| cell.field.item) {
            Some(Item::Group(group)) if self.filled.form.is_repeat(group) => {
                numbers.next().copied().unwrap_or(1)
            }
            _ => 1,
        });
        positions.collect()
    }
}
