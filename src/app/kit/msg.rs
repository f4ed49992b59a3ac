//! What can happen while answering.

use super::FoundForm;
use crate::app::draft::Draft;
use crate::domain::response::Mode;
use crate::domain::timestamp::Timestamp;

/// Something that happened while answering.
#[derive(Debug, Clone)]
pub enum KitMsg {
    /// Storage was read; `None` where it refused.
    DraftsLoaded(Option<Vec<Draft>>),
    /// A new form was asked for.
    StartAsked,
    /// The consent box was changed.
    ConsentTicked(bool),
    /// Consent was confirmed.
    ConsentGiven,
    /// A draft was chosen to go on with, by root.
    ResumeAsked(String),
    /// The form that a draft was made with was looked for.
    FormFound {
        /// The form's name.
        id: String,
        /// Its version.
        version: String,
        /// What came of it.
        found: FoundForm,
    },
    /// A file of a draft is wanted, by root.
    BackupAsked(String),
    /// A file of a draft was chosen.
    BackupChosen(Vec<u8>),
    /// Answers of others are to be entered, from what; or no longer.
    HelpingChosen(Option<Mode>),
    /// Whether the next person is of the same unit.
    SameUnitChosen(bool),
    /// A field was left, by its key.
    FieldLeft(String),
    /// Questions were answered: key and value. Empty values take answers away.
    Answered(Vec<(String, String)>),
    /// One more instance of a repeat is wanted, by the repeat's key.
    InstanceAdded(String),
    /// An instance was chosen in the list of a repeat: the repeat's key and the instance's number.
    InstanceChosen(String, usize),
    /// An instance is to be removed: ask first.
    InstanceRemovalAsked(String, usize),
    /// The question about removing was answered.
    InstanceRemovalAnswered(bool),
    /// The next screen was asked for.
    NextAsked,
    /// The screen before was asked for.
    BackAsked,
    /// The screen of a question was chosen in the review, by its key.
    ReviewLineChosen(String),
    /// The form is to be handed in.
    HandInAsked,
    /// The file of what was handed in last is wanted once more.
    FileAskedAgain,
    /// The file is to be sent by the device's own ways.
    SharingAsked,
    /// The response is wanted as text in the clipboard.
    TextAsked,
    /// The text is in the clipboard, or the browser refused.
    TextCopied(bool),
    /// The response is to be shown as a code; or everything that was entered for others.
    CodesAsked {
        /// True for everything.
        all: bool,
    },
    /// The codes are no longer needed.
    CodesClosed,
    /// Everything that was entered for others is wanted as one file.
    AllFilesAsked,
    /// What was handed in is encrypted now.
    Encrypted {
        /// The draft's root.
        root: String,
        /// What was handed in of it.
        revision: u32,
        /// The encrypted response.
        text: String,
    },
    /// What was to be handed in could not be encrypted.
    NotEncrypted,
    /// The person says whether the trainer has the file.
    DeliveryConfirmed(bool),
    /// What was handed in is to be changed: a new revision begins.
    ReopenAsked(String),
    /// What was handed in last is to stay as it is, after all.
    ReopeningGivenUp,
    /// A draft is to be deleted, by root: ask first.
    DeleteAsked(String),
    /// The question about deleting was answered.
    DeleteAnswered(bool),
    /// A draft was stored.
    DraftSaved {
        /// The draft's root.
        root: String,
        /// When; `None` where storage refused.
        at: Option<Timestamp>,
    },
    /// Another window has stored the draft since, and this is its newest version; nothing was
    /// overwritten. `None` where the other window has deleted it.
    ChangedElsewhere {
        /// The draft's root.
        root: String,
        /// What is stored.
        newest: Option<Box<Draft>>,
    },
    /// A draft was deleted, by root.
    DraftDeleted(String),
    /// The browser refused to delete a draft, by root.
    DraftNotDeleted(String),
}

impl KitMsg {
    /// True for what a person does, false for what storage says.
    pub(in crate::app) fn is_of_a_person(&self) -> bool {
        !matches!(
            self,
            Self::DraftsLoaded(_)
                | Self::DraftSaved { .. }
                | Self::ChangedElsewhere { .. }
                | Self::DraftDeleted(_)
                | Self::DraftNotDeleted(_)
                | Self::FormFound { .. }
                | Self::TextCopied(_)
                | Self::Encrypted { .. }
                | Self::NotEncrypted
        )
    }
}
