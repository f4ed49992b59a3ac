//! Files out: tables, and the workbook of everything.

use super::{Desk, DeskMsg};
use crate::app::protocol::{BookReply, Export, ExportWanted, Request};
use crate::app::{Effect, Msg};
use crate::domain::filter::Filter;
use crate::formats::book::BookNote;
use crate::formats::dataset_csv::Arrangement;
use crate::formats::table::Profile;
use crate::text::Language;

/// Something that happened while taking data out.
#[derive(Debug, Clone, Copy)]
pub enum ExportMsg {
    /// A file is wanted.
    FileAsked(Export, Profile),
    /// The answers of a dataset are to stand so in its file.
    Arranged(Arrangement),
    /// The workbook of everything is wanted.
    BookAsked,
}

impl From<ExportMsg> for Msg {
    fn from(msg: ExportMsg) -> Self {
        DeskMsg::Export(msg).into()
    }
}

/// What is taken out, and how far the workbook is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportScreen {
    /// How the answers of a dataset stand in its file.
    pub arrangement: Arrangement,
    /// So many rows of so many are written, while the workbook is.
    pub writing: Option<(usize, usize)>,
    /// What the last one could not hold as it is.
    pub notes: Vec<BookNote>,
    /// Why the last one could not be written.
    pub fault: Option<String>,
}

impl ExportScreen {
    /// The worker is gone, and with it what it was writing.
    pub(super) fn lost(&mut self) {
        self.writing = None;
    }
}

impl Desk {
    pub(super) fn take_out(&mut self, msg: ExportMsg, language: Language) -> Vec<Effect> {
        match msg {
            ExportMsg::FileAsked(export, profile) => {
                let arrangement = self.export.arrangement;
                let wanted = ExportWanted { export, profile, language, arrangement };
                self.ask(Request::Export(wanted))
            }
            ExportMsg::Arranged(arrangement) => {
                self.export.arrangement = arrangement;
                Vec::new()
            }
            ExportMsg::BookAsked => {
                let arrangement = self.export.arrangement;
                let writing = Some((0, 0));
                self.export = ExportScreen { arrangement, writing, ..ExportScreen::default() };
                let plan = self.plan.wanted(&Filter::default(), &self.form, language);
                self.ask(Request::Book(Box::new(plan), language))
            }
        }
    }

    pub(super) fn book_replied(&mut self, reply: BookReply) -> Vec<Effect> {
        let before = self.export.writing.take();
        match reply {
            BookReply::Progress(done, total) => {
                self.export.writing = before.map(|_| (done, total));
            }
            // Another campaign may be open by now.
            BookReply::Made { .. } if before.is_none() => {}
            BookReply::Made { name, bytes, notes } => {
                self.export.notes = notes;
                return vec![Effect::Download { name, bytes }];
            }
            BookReply::Failed(reason) => self.export.fault = Some(reason),
            BookReply::Stopped => {}
        }
        Vec::new()
    }
}
