//! Looking through the responses and changing them.

use super::keeping;
use crate::app::collector::{Collector, Undone};
use crate::app::protocol::{ReviewReply, ReviewRequest};
use crate::browser::clock::utc_offset;
use crate::domain::campaign::Campaign;

/// Answers a request; what it changes is stored.
pub(super) async fn answer(
    campaign: &Campaign,
    collector: &mut Collector,
    request: ReviewRequest,
) -> ReviewReply {
    match request {
        ReviewRequest::Change(entry) => {
            if let Err(fault) = collector.change(entry) {
                return ReviewReply::Refused(fault);
            }
            let last = collector.log().entries().last().map(std::slice::from_ref);
            let kept = keeping::keep_entries(&campaign.id, last.unwrap_or_default()).await.is_ok();
            ReviewReply::Changed(collector.summary(), kept)
        }
        ReviewRequest::UndoImport => {
            let Undone { gone, instead } = collector.undo_import();
            let kept = keeping::replace(&campaign.id, &gone, &instead).await.is_ok();
            ReviewReply::Undone(collector.summary(), gone.len(), kept)
        }
        request => {
            let reply = collector.review(request, campaign, utc_offset());
            reply.unwrap_or(ReviewReply::Response(None))
        }
    }
}
