//! Work that takes long, each kind of which is stopped by itself.

use std::cell::Cell;

use crate::app::protocol::Job;

/// How work that takes long stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum JobState {
    #[default]
    None,
    UnderWay,
    Cancelled,
}

/// The work that may be under way.
#[derive(Default)]
pub(super) struct Jobs {
    pub(super) import: Cell<JobState>,
    pub(super) book: Cell<JobState>,
}

impl Jobs {
    pub(super) fn of(&self, job: Job) -> &Cell<JobState> {
        match job {
            Job::Import => &self.import,
            Job::Book => &self.book,
        }
    }
}
