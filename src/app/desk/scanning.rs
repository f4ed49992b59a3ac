//! Codes before the camera, frame by frame.

use super::{Desk, Effect};
use crate::app::protocol::{FileReport, SeriesState, Summary};

/// What the camera has shown since it was started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// How many frames the worker has looked at; the next one is due when this changes.
    pub frames: u64,
    /// True once a frame was sent.
    has_begun: bool,
    /// The responses of which parts are missing.
    pub open: Vec<SeriesState>,
    /// What became of those that came whole, the last one first.
    pub reports: Vec<FileReport>,
    /// What the code says that is none of ours and was shown last.
    pub other: Option<String>,
    /// Why there is no camera, as the browser gives it.
    pub refused: Option<String>,
}

impl Desk {
    /// The shell holds a frame.
    pub(super) fn frame_held(&mut self, source: String) -> Vec<Effect> {
        let Some(scan) = &mut self.scan else { return Vec::new() };
        let is_first = !std::mem::replace(&mut scan.has_begun, true);
        self.when_open(Effect::SendFrame { source, is_first })
    }

    /// The camera is no longer needed; what came stays as the reports of an import.
    pub(super) fn end_scan(&mut self) {
        if let Some(scan) = self.scan.take().filter(|scan| !scan.reports.is_empty()) {
            self.reports = scan.reports.into();
        }
    }

    /// Follows the worker, which has looked at a frame.
    pub(super) fn scanned(
        &mut self,
        mut reports: Vec<FileReport>,
        open: Vec<SeriesState>,
        other: Option<String>,
        summary: Option<Summary>,
    ) {
        if let Some(summary) = summary {
            self.summary = Some(summary);
            self.look_anew();
        }
        let Some(scan) = &mut self.scan else {
            // The last frame's answer may come after the end.
            self.reports = self.reports.iter().cloned().chain(reports).collect();
            return;
        };
        scan.frames += 1;
        if other.is_some() || open != scan.open || !reports.is_empty() {
            scan.other = other;
        }
        scan.open = open;
        reports.append(&mut scan.reports);
        scan.reports = reports;
    }
}
