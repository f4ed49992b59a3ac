//! The same questions in the answers of many people.

use std::rc::Rc;

use super::{Answers, Column, Holds, Names, number};

/// Reads a number out of each of the answers of many people to some questions: where rows share
/// their names, the questions are looked up once, and each answer that there may be is read once.
pub struct AnswerReader<'q, R> {
    asked: Vec<&'q str>,
    /// Given which of the questions it is, and the answer.
    read: R,
    /// The names that were seen last, and how each of the questions is read under them.
    names: Names,
    ways: Vec<Way>,
    found: Vec<u32>,
}

enum Way {
    /// Nobody is asked.
    Never(u32),
    /// By the number at a place, of so many characters; 0 is no answer.
    Known(usize, usize, Vec<u32>),
    /// From the answer itself.
    Text(usize),
}

impl<'q, R: FnMut(usize, &str) -> u32> AnswerReader<'q, R> {
    /// For these questions.
    pub fn new(asked: Vec<&'q str>, read: R) -> Self {
        let (names, ways, found) = (Names::default(), Vec::new(), Vec::new());
        let mut reader = Self { asked, read, names, ways, found };
        reader.look_up();
        reader
    }

    /// What somebody's answers to them say, in their order.
    pub fn numbers(&mut self, answers: &Answers) -> &[u32] {
        if !Rc::ptr_eq(&self.names.0, &answers.names.0) {
            self.names = answers.names.clone();
            self.look_up();
        }
        answers.read(&self.ways, &mut self.read, &mut self.found);
        &self.found
    }

    fn look_up(&mut self) {
        let (names, read) = (&self.names, &mut self.read);
        let way = |(at, asked): (usize, &&str)| {
            let place = names.place(asked).ok();
            match place.and_then(|place| Some((place, names.0.all.get(place)?))) {
                None => Way::Never(read(at, "")),
                Some((place, Column { holds: Holds::Text(_), .. })) => Way::Text(place),
                Some((_, Column { at: column, holds: Holds::Known(known, width), .. })) => {
                    let answers = known.iter().map(|answer| &**answer);
                    let values = std::iter::once("").chain(answers).map(|answer| read(at, answer));
                    Way::Known(*column, *width, values.collect())
                }
            }
        };
        self.ways = self.asked.iter().enumerate().map(way).collect();
    }
}

impl Answers {
    /// Not generic, so that it is built here.
    #[inline(never)]
    fn read(&self, ways: &[Way], read: &mut dyn FnMut(usize, &str) -> u32, found: &mut Vec<u32>) {
        found.clear();
        for (asked, way) in ways.iter().enumerate() {
            found.push(match way {
                Way::Never(value) => *value,
                Way::Known(at, width, values) => {
                    let value = values.get(number(&self.values, *at, *width)).copied();
                    value.unwrap_or_else(|| read(asked, ""))
                }
                Way::Text(place) => read(asked, self.at(*place)),
            });
        }
    }
}
