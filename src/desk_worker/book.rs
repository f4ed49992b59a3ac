//! The workbook of everything.

use rust_xlsxwriter::XlsxError;

use super::jobs::JobState;
use super::{DeskWorker, OpenCampaign};
use crate::app::protocol::{BookReply, Job, PlanWanted, Reply};
use crate::browser::clock;
use crate::formats::book::BookNote;
use crate::text::Language;

impl DeskWorker {
    pub(super) async fn book(&mut self, plan: &PlanWanted, language: Language) -> BookReply {
        if let Some(OpenCampaign { file, collector, .. }) = &mut self.open {
            collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
        }
        let written = self.written(plan, language).await;
        self.jobs.book.set(JobState::None);
        match written {
            Ok(Some((name, bytes, notes))) => BookReply::Made { name, bytes, notes },
            Ok(None) => BookReply::Stopped,
            Err(error) => BookReply::Failed(error.to_string()),
        }
    }

    /// The workbook; `None` where it was stopped, or where no campaign is open.
    async fn written(
        &self,
        plan: &PlanWanted,
        language: Language,
    ) -> Result<Option<Written>, XlsxError> {
        let Some(OpenCampaign { file, collector, .. }) = &self.open else { return Ok(None) };
        let now = clock::now();
        let mut making =
            collector.begin_book(&file.campaign, &self.registry, plan, language, now)?;
        while making.go_on()? {
            let (done, total) = making.progress();
            self.take_a_turn(|| Reply::Book(BookReply::Progress(done, total))).await;
            if self.is_cancelled(Job::Book) {
                return Ok(None);
            }
        }
        making.finish().map(Some)
    }
}

type Written = (String, Vec<u8>, Vec<BookNote>);
