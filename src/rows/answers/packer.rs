//! Rows of answers, put together one after the other.

use std::rc::Rc;

use super::{Answers, END_WIDTH, Holds, Known, Names, push_number};

/// Puts rows of answers to the same questions together, one after the other.
#[derive(Default)]
pub struct Packer {
    names: Names,
    /// Which column comes next.
    next: usize,
    places: String,
    texts: String,
    filled: usize,
}

impl Packer {
    /// For answers to these questions.
    pub fn new(names: Names) -> Self {
        Self { names, ..Self::default() }
    }

    /// Begins a row.
    pub fn begin(&mut self) {
        self.next = 0;
        self.filled = 0;
        self.places.clear();
        self.texts.clear();
    }

    /// Which question comes next, by its place among the names.
    pub fn next(&self) -> usize {
        self.next
    }

    /// The answers that the next question may have, where it is one of such.
    pub fn known(&self) -> Option<&Known> {
        self.known_and_width().map(|(known, _)| known)
    }

    fn known_and_width(&self) -> Option<(&Known, usize)> {
        match &self.names.0.all.get(self.next)?.holds {
            Holds::Known(known, width) => Some((known, *width)),
            Holds::Text(_) => None,
        }
    }

    /// Adds the answer to the next question, by its place among those it may have, from 1; 0 for
    /// none.
    pub fn push_known(&mut self, number: usize) {
        let width = self.known_and_width().map_or(END_WIDTH, |(_, width)| width);
        push_number(&mut self.places, number, width);
        self.filled += usize::from(number > 0);
        self.next += 1;
    }

    /// Adds that the next question has no answer.
    pub fn push_nothing(&mut self) {
        match self.known() {
            Some(_) => self.push_known(0),
            None => self.push_text(""),
        }
    }

    /// Adds the answer to the next question, in words.
    pub fn push_text(&mut self, answer: &str) {
        self.texts.push_str(answer);
        push_number(&mut self.places, self.texts.len(), END_WIDTH);
        self.filled += usize::from(!answer.is_empty());
        self.next += 1;
    }

    /// How many questions of the row are answered.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// The row.
    pub fn finish(&mut self) -> Answers {
        self.places.push_str(&self.texts);
        Answers { names: self.names.clone(), values: Rc::from(self.places.as_str()) }
    }
}
