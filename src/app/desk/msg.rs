//! What can happen at the desk.

use super::CampaignEdit;
use super::analysis::AnalysisMsg;
use super::charts::{ChartMsg, PictureKind};
use super::export::ExportMsg;
use super::foreign::ForeignMsg;
use super::plan::PlanMsg;
use super::review::ReviewMsg;
use super::roster::RosterMsg;
use super::safety::SafetyMsg;
use crate::app::campaign_file::CampaignFile;
use crate::app::keys::KeysMsg;
use crate::app::protocol::{Job, Reply};
use crate::forms::BuiltIn;

/// Something that happened at the desk.
#[derive(Debug, Clone)]
pub enum DeskMsg {
    /// Storage was read; `None` where it refused.
    CampaignsLoaded(Option<Vec<CampaignFile>>),
    /// The open campaign was stored, or the browser refused.
    CampaignKept(bool),
    /// Something of the open campaign was changed.
    Edited(CampaignEdit),
    /// Something happened to the open campaign's roster.
    Roster(RosterMsg),
    /// Something happened to a table of another program.
    Foreign(ForeignMsg),
    /// A new campaign is wanted.
    CampaignAsked,
    /// A campaign like the open one is wanted.
    CopyAsked,
    /// Another campaign was chosen, by id.
    CampaignChosen(String),
    /// The open campaign is wanted as a file.
    CampaignFileAsked,
    /// A campaign's file was chosen.
    CampaignFileChosen(Vec<u8>),
    /// The open campaign is to be deleted: ask first.
    DeleteAsked,
    /// The question about deleting was answered.
    DeleteAnswered(bool),
    /// The kit of the open campaign is wanted.
    KitAsked,
    /// The kit was written: its size in bytes, or the browser's reason against it.
    KitWritten(String, Result<usize, String>),
    /// The link of the open campaign is wanted.
    LinkAsked,
    /// The code of the link, a whole address, is wanted as a picture.
    LinkCodeAsked(String),
    /// The files of a form's sheets were chosen: names and bytes.
    FormChosen(Vec<(String, Vec<u8>)>),
    /// The refused form is to be used without the questions that cannot be asked.
    LeaveOutAsked,
    /// A form that ships with the product was chosen.
    BuiltInFormChosen(BuiltIn),
    /// So many files were chosen or dropped; the shell holds them.
    FilesChosen(usize),
    /// A message was pasted; `source` is what to call it.
    TextPasted {
        /// Where its rows come from, in the words of the screen.
        source: String,
        /// The message.
        text: String,
    },
    /// Codes are to be read by the camera.
    ScanAsked,
    /// The browser gives no camera, for this reason.
    CameraRefused(String),
    /// The shell holds a frame of the camera; what comes of it is called so.
    FrameHeld(String),
    /// The camera is no longer needed.
    ScanEnded,
    /// The import is to stop.
    CancelAsked(Job),
    /// Something happened while looking through the responses.
    Review(ReviewMsg),
    /// Something happened while looking at the needs.
    Analysis(AnalysisMsg),
    /// Something of the class plan was changed, or is wanted.
    Plan(PlanMsg),
    /// Something happened while looking at charts.
    Chart(ChartMsg),
    /// The chart of the open step is wanted as a file.
    PictureAsked(PictureKind),
    /// The report is wanted as a file.
    ReportAsked,
    /// Something is taken out.
    Export(ExportMsg),
    /// The form is wanted as a workbook.
    FormFileAsked,
    /// The tally of another desk is to be left out again.
    TallyDropped(String),
    /// The dataset is to be emptied: ask first.
    EmptyAsked,
    /// The question about emptying was answered.
    EmptyAnswered(bool),
    /// Something happened about the safety of the data.
    Safety(SafetyMsg),
    /// Something happened about keys.
    Keys(KeysMsg),
    /// The worker said something.
    Replied(Reply),
}
