//! Tables of other programs: what a person says about them, and taking them.

use super::{DeskWorker, no_campaign};
use crate::app::protocol::{ForeignReply, ForeignRequest, Reply};

impl DeskWorker {
    /// Answers about a table that was put aside.
    pub(super) async fn foreign(&mut self, request: ForeignRequest) -> Reply {
        let Some(open) = &mut self.open else { return no_campaign() };
        let (collector, official) = (&mut open.collector, &self.registry);
        let (table, preview) = match request {
            ForeignRequest::Open(table, recipes) => {
                (table, collector.propose(table, &recipes, official))
            }
            ForeignRequest::Preview(table, mapping) => {
                (table, collector.preview(table, mapping, official))
            }
            ForeignRequest::Take(table, mapping) => {
                return match collector.stage_aside(table, &mapping, official) {
                    Some(staged) => self.merge(staged).await,
                    None => Reply::Foreign(ForeignReply::Gone(table)),
                };
            }
            ForeignRequest::Drop(table) => {
                collector.drop_aside(table);
                return Reply::Foreign(ForeignReply::Gone(table));
            }
        };
        Reply::Foreign(match preview {
            Some(preview) => ForeignReply::Preview(Box::new(preview)),
            None => ForeignReply::Gone(table),
        })
    }
}
