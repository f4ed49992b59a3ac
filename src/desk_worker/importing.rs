//! Files in: read one after the other, then merged and kept all at once.

use super::incoming::{Content, FileIn, Incoming};
use super::jobs::JobState;
use super::{DeskWorker, OpenCampaign, keeping, no_campaign};
use crate::app::collector::Staged;
use crate::app::protocol::{Job, Reply};
use crate::browser::codes;
use crate::domain::problem::ProblemKind;
use crate::domain::transfer::TransferFault;
use crate::formats::code_picture;
use crate::formats::response_archive::{self, ArchivedFile, is_response_archive};

/// Rows read at a stretch: some tens of milliseconds.
const SLICE: usize = 1000;

impl DeskWorker {
    pub(super) async fn import(&mut self, mut files: Incoming) -> Reply {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return no_campaign() };
        let mut staged = collector.stage();
        let total = files.left();
        let (mut done, mut unopened) = (0, Vec::new());
        while let Some(contents) = files.next().await {
            for (file, content) in contents {
                let mut waits = false;
                let content = match content {
                    Content::Whole(content) => Some(content),
                    Content::InPieces => {
                        let is_read = self.stage_pieces(&mut staged, &file, (done, total)).await;
                        if is_read { None } else { Some(file.content().await) }
                    }
                };
                let contents = content.map(|content| self.unpacked(file.name.clone(), content));
                for (name, content) in contents.into_iter().flatten() {
                    match content {
                        Err(kind) => {
                            waits |= kind.waits_for_key();
                            staged.add_unread(&name, kind);
                        }
                        Ok(bytes) => self.stage(&mut staged, &name, &bytes, (done, total)).await,
                    }
                    if self.is_cancelled(Job::Import) {
                        break;
                    }
                }
                if waits {
                    unopened.push(file);
                }
                if self.is_cancelled(Job::Import) {
                    break;
                }
                done += 1;
                if is_worth_telling(done, total) {
                    self.reply(&Reply::Progress {
                        done,
                        total,
                        bytes: [0; 2],
                        responses: staged.count(),
                    });
                }
            }
            if self.is_cancelled(Job::Import) {
                break;
            }
        }
        self.inbox.close();
        self.unopened = unopened;
        if self.jobs.import.replace(JobState::None) == JobState::Cancelled {
            return Reply::Cancelled;
        }
        self.merge(staged).await
    }

    /// A file, or those of an archive, decrypted where they are encrypted.
    fn unpacked(&self, name: String, content: Result<Vec<u8>, ProblemKind>) -> Vec<ArchivedFile> {
        let content = content.and_then(|bytes| self.keys.read(&name, bytes));
        match content {
            Ok(bytes) if is_response_archive(&bytes) => {
                match response_archive::files(&name, &bytes) {
                    Ok(files) => files
                        .into_iter()
                        .map(|(name, content)| {
                            let content = content.and_then(|bytes| self.keys.read(&name, bytes));
                            (name, content)
                        })
                        .collect(),
                    Err(kind) => vec![(name, Err(kind))],
                }
            }
            content => vec![(name, content)],
        }
    }

    /// Reads one file of an import, of which so many files of so many are done.
    async fn stage(
        &self,
        staged: &mut Staged,
        name: &str,
        bytes: &[u8],
        (done, total): (usize, usize),
    ) {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return };
        let form = collector.form();
        if code_picture::is_picture(bytes) {
            let Ok(seen) = codes::in_bytes(bytes).await else {
                let fault = TransferFault::NotAPicture;
                return staged.add_unread(name, ProblemKind::Transfer(fault));
            };
            return staged.add_codes(form, name, &seen);
        }
        if staged.add_if_message(form, name, bytes) || staged.add_if_tally(form, name, bytes) {
            return;
        }
        let mut reading = collector.start_reading(name, bytes);
        while reading.read_rows(form, SLICE) && !self.is_cancelled(Job::Import) {
            let responses = staged.count() + reading.count();
            self.take_a_turn(|| Reply::Progress { done, total, bytes: [0; 2], responses }).await;
        }
        let responses = staged.count();
        self.take_a_turn(|| Reply::Progress { done, total, bytes: [0; 2], responses }).await;
        collector.stage_read(staged, name, bytes, reading.finish());
    }

    /// Reads a large table of responses a piece after the other; false where it is none, so that
    /// it has to be read as a whole.
    async fn stage_pieces(
        &self,
        staged: &mut Staged,
        file: &FileIn,
        (done, total): (usize, usize),
    ) -> bool {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return true };
        let (form, mut pieces) = (collector.form(), file.pieces());
        let mut reading = match pieces.next().await {
            Ok(Some((beginning, is_last))) => {
                let reading = collector.start_reading_of(&file.name, &beginning);
                let Some(mut reading) = reading else { return false };
                reading.feed(&[], is_last);
                reading
            }
            Ok(None) => return false,
            Err(kind) => {
                staged.add_unread(&file.name, kind);
                return true;
            }
        };
        loop {
            while reading.read_rows(form, SLICE) && !self.is_cancelled(Job::Import) {
                let (responses, bytes) = (staged.count() + reading.count(), pieces.bytes());
                let progress = || Reply::Progress { done, total, bytes, responses };
                self.take_a_turn(progress).await;
            }
            if self.is_cancelled(Job::Import) {
                return true;
            }
            if reading.is_misread() && file.may_be_whole() {
                return false;
            }
            if reading.is_broken() {
                break;
            }
            match pieces.next().await {
                Ok(Some((bytes, is_last))) => reading.feed(&bytes, is_last),
                Ok(None) => break,
                Err(kind) => {
                    staged.add_unread(&file.name, kind);
                    return true;
                }
            }
        }
        staged.add(&file.name, reading.finish());
        true
    }

    pub(super) async fn merge(&mut self, staged: Staged) -> Reply {
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return no_campaign();
        };
        let merged = collector.merge(staged);
        let id = &file.campaign.id;
        let kept = keeping::keep(id, &merged.rows, merged.has_replaced).await.is_ok()
            && keeping::keep_tallies(id, &merged.tallies).await.is_ok();
        Reply::Imported { reports: merged.reports, summary: collector.summary(), kept }
    }
}

/// Progress is told for every file of a few, and about a hundred times of many.
fn is_worth_telling(done: usize, total: usize) -> bool {
    done == total || done.is_multiple_of((total / 100).max(1))
}
