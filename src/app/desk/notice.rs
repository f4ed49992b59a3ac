//! What is told about the last piece of work at the desk.

use crate::app::campaign_file::CampaignFault;
use crate::domain::problem::FormProblem;

/// Something to tell once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The import was stopped; everything is as it was.
    Cancelled,
    /// The dataset is empty now.
    Emptied,
    /// The last import is taken back: so many responses are gone or as they were before.
    Undone(usize),
    /// The browser refused to store the dataset.
    NotKept,
    /// What the browser keeps cannot be read now.
    Unreadable,
    /// The form does not fit into a workbook.
    FormNotWritten(FormProblem),
    /// A file is no campaign that can be used.
    CampaignRefused(CampaignFault),
    /// A campaign of its own was begun for another form.
    CampaignBegun,
    /// The page could not be written anew; the reason as the browser gives it.
    KitNotWritten(String),
    /// The kit was given to the person: the file's name and its size in bytes.
    KitWritten(String, usize),
    /// The worker cannot go on; the reason as the browser gives it.
    Failed(String),
}
