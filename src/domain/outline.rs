//! The questions and groups of a form in the order in which they are met.

use super::form::{Form, Item};

/// A form's items in document order, each group before what lies in it. Groups without a question
/// are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    entries: Vec<Entry>,
    of_question: Vec<usize>,
    of_group: Vec<Option<usize>>,
}

/// One item of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The question or group.
    pub item: Item,
    /// The entry after the last one that lies in it.
    pub end: usize,
    /// The repeats around it as groups' positions, outermost first; a repeat is not in itself.
    pub repeats: Vec<usize>,
}

impl Outline {
    /// The outline of a form.
    pub fn of(form: &Form) -> Self {
        let mut outline = Self { of_group: vec![None; form.groups().len()], ..Self::default() };
        let mut open: Vec<usize> = Vec::new();
        for (position, question) in form.questions().iter().enumerate() {
            let mut around: Vec<usize> = form.ancestry(question.group).collect();
            around.reverse();
            let shared = open.iter().zip(&around).take_while(|(open, around)| open == around);
            let shared = shared.count();
            outline.close(open.drain(shared..));
            for group in around.into_iter().skip(shared) {
                let parent = form.groups().get(group).and_then(|group| group.parent);
                let entry = outline.add(Item::Group(group), form.repeats_around(parent));
                if let Some(of_group) = outline.of_group.get_mut(group) {
                    *of_group = Some(entry);
                }
                open.push(group);
            }
            let repeats = form.repeats_around(question.group);
            let entry = outline.add(Item::Question(position), repeats);
            outline.of_question.push(entry);
        }
        outline.close(open.into_iter());
        outline
    }

    fn add(&mut self, item: Item, repeats: Vec<usize>) -> usize {
        let at = self.entries.len();
        self.entries.push(Entry { item, end: at + 1, repeats });
        at
    }

    fn close(&mut self, groups: impl Iterator<Item = usize>) {
        let end = self.entries.len();
        for group in groups {
            let entry = self.of_group.get(group).copied().flatten();
            if let Some(entry) = entry.and_then(|entry| self.entries.get_mut(entry)) {
                entry.end = end;
            }
        }
    }

    /// The items in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The place of an item among [`Outline::entries`]; none of a group without a question.
    pub fn place(&self, item: Item) -> Option<usize> {
        match item {
            Item::Question(position) => self.of_question.get(position).copied(),
            Item::Group(position) => self.of_group.get(position).copied().flatten(),
        }
    }
}
