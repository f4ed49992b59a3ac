//! Adding an instance of a repeat, and taking one away.

use super::{Circumstances, Filled};
use crate::domain::field::Field;
use crate::domain::form::Item;

impl Filled {
    /// Adds an instance behind those of the repeat with that key, with its questions' defaults;
    /// its number, or `None` where the form can have no more.
    pub fn add_instance(&mut self, repeat: &str, circumstances: Circumstances) -> Option<usize> {
        let number = self.instances_at(self.layout.by_key(repeat)?) + 1;
        // A new instance may bring one of each repeat within it.
        if self.layout.is_nearly_full() {
            return None;
        }
        self.answers.set(repeat, number.to_string());
        self.begin_anew(circumstances);
        let instance = format!("{repeat}[{number}]/");
        self.fill_in_defaults(|key| key.starts_with(&instance));
        Some(number)
    }

    /// Takes an instance of a repeat away, with its answers; those behind it move up.
    pub fn remove_instance(&mut self, repeat: &str, number: usize, circumstances: Circumstances) {
        let Some(cell) = self.layout.by_key(repeat) else { return };
        let count = self.instances_at(cell);
        if !(1..=count).contains(&number) {
            return;
        }
        let moved = |key: &str| {
            let rest = key.strip_prefix(repeat)?.strip_prefix('[')?;
            let (instance, rest) = rest.split_once(']')?;
            let instance: usize = instance.parse().ok()?;
            Some((instance, rest.to_owned()))
        };
        let left = self.answers.iter().filter_map(|(key, value)| match moved(key) {
            Some((instance, _)) if instance == number => None,
            Some((instance, rest)) if instance > number => {
                Some((format!("{repeat}[{}]{rest}", instance - 1), value))
            }
            _ => Some((key.to_owned(), value)),
        });
        self.answers = left.collect();
        self.answers.set(repeat, (count - 1).to_string());
        self.begin_anew(circumstances);
    }

    /// How many instances the repeat with that key has.
    pub fn instances(&self, repeat: &Field) -> usize {
        self.layout.by_key(&repeat.key).map_or(0, |cell| self.instances_at(cell))
    }

    pub(super) fn instances_at(&self, cell: usize) -> usize {
        let Some(cell) = self.layout.cells().get(cell) else { return 0 };
        let inside = self.layout.cells().get(cell.end.saturating_sub(1));
        let depth = cell.field.instance.numbers().len();
        let last = inside.and_then(|last| last.field.instance.numbers().get(depth));
        match cell.field.item {
            Item::Group(group) if self.form.is_repeat(group) => last.copied().unwrap_or(0),
            _ => 0,
        }
    }
}
