//! The workbook of everything, as it is asked for and written.

use super::Desk;
use crate::app::Effect;
use crate::app::protocol::{BookReply, Request};
use crate::domain::filter::Filter;
use crate::formats::book::BookNote;
use crate::text::Language;

/// How far the workbook is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookScreen {
    /// So many rows of so many are written, while it is.
    pub writing: Option<(usize, usize)>,
    /// What the last one could not hold as it is.
    pub notes: Vec<BookNote>,
    /// Why the last one could not be written.
    pub fault: Option<String>,
}

impl Desk {
    pub(super) fn ask_for_book(&mut self, language: Language) -> Vec<Effect> {
        self.book = BookScreen { writing: Some((0, 0)), ..BookScreen::default() };
        let plan = self.plan.wanted(&Filter::default(), &self.form, language);
        self.ask(Request::Book(Box::new(plan), language))
    }

    pub(super) fn book_replied(&mut self, reply: BookReply) -> Vec<Effect> {
        let writing = match &reply {
            BookReply::Progress(done, total) => self.book.writing.map(|_| (*done, *total)),
            _ => None,
        };
        self.book.writing = writing;
        match reply {
            BookReply::Made { name, bytes, notes } => {
                self.book.notes = notes;
                return vec![Effect::Download { name, bytes }];
            }
            BookReply::Failed(reason) => self.book.fault = Some(reason),
            BookReply::Progress(..) | BookReply::Stopped => {}
        }
        Vec::new()
    }
}
