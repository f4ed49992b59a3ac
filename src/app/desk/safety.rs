//! Keeping the desk's data safe: backups, and deleting everything.

use serde::{Deserialize, Serialize};

use super::{Desk, DeskMsg};
use crate::app::backup::BackupFault;
use crate::app::protocol::Request;
use crate::app::{Effect, Facts, Msg};
use crate::domain::encryption::EncryptionFault;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;

/// After so many days a backup is old.
const OLD_AFTER_DAYS: f64 = 7.0;

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SafetyRequest {
    /// Write everything into one file, under a pass-phrase where there is one.
    BackUp {
        /// The pass-phrase.
        passphrase: Option<String>,
        /// The file's name.
        name: String,
    },
    /// Put what the file beside this request holds to what is there.
    Restore,
    /// The same with the file that came last, which opens with this pass-phrase.
    RestoreWith(String),
}

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SafetyReply {
    /// The backup is written.
    BackedUp {
        /// The file's name.
        name: String,
        /// Its content; it travels beside the reply.
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// What was restored.
    Restored(Restored),
    /// It could not be done.
    Refused(BackupFault),
}

/// What a backup has brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Campaigns in it.
    pub campaigns: usize,
    /// Responses that were not there.
    pub responses: usize,
    /// Lines of change logs that were not there.
    pub changes: usize,
}

/// How many records of each kind were deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Campaigns.
    pub campaigns: usize,
    /// Rows of responses, older revisions too.
    pub responses: usize,
    /// Drafts, and what was handed in from this device.
    pub drafts: usize,
    /// Secret keys.
    pub keys: usize,
}

/// What the page knows of the safety of its data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Safety {
    /// When the last backup was made on this device.
    pub last: Option<Timestamp>,
    /// True while a backup is written or read.
    pub is_busy: bool,
    /// True while a file waits for its pass-phrase.
    pub needs_passphrase: bool,
    /// Why the last thing asked for was refused.
    pub fault: Option<BackupFault>,
    /// What was restored last.
    pub restored: Option<Restored>,
    /// True while the question about deleting everything is open.
    pub deleting: bool,
    /// What was deleted.
    pub deleted: Option<Deleted>,
}

/// Something that happened about the safety of the data.
#[derive(Debug, Clone)]
pub enum SafetyMsg {
    /// A backup is wanted, under a pass-phrase where there is one.
    BackupAsked(Option<String>),
    /// A backup's file was chosen; the shell holds it.
    FileChosen,
    /// The pass-phrase of that file.
    PassphraseGiven(String),
    /// That file is not to be opened after all.
    FileGivenUp,
    /// Everything is to be deleted: ask first.
    DeleteAsked,
    /// The question was answered.
    DeleteAnswered(bool),
    /// Everything is deleted; `None` where the browser refused.
    Deleted(Option<Deleted>),
    /// The worker said something.
    Replied(SafetyReply),
}

impl From<SafetyMsg> for Msg {
    fn from(msg: SafetyMsg) -> Self {
        Self::Desk(DeskMsg::Safety(msg))
    }
}

impl Safety {
    /// True where responses are here that no backup of the last days holds.
    pub fn is_due(&self, now: Timestamp) -> bool {
        const DAY_MS: f64 = 24.0 * 60.0 * 60.0 * 1000.0;
        let age = |last: Timestamp| (now.millis() - last.millis()) / DAY_MS;
        self.last.is_none_or(|last| age(last) > OLD_AFTER_DAYS)
    }
}

impl Desk {
    pub(super) fn keep_safe(
        &mut self,
        msg: SafetyMsg,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let safety = &mut self.safety;
        match msg {
            SafetyMsg::BackupAsked(passphrase) => {
                safety.begin();
                let day = facts.now.local_day(facts.utc_offset);
                let ending = if passphrase.is_some() { ".zip.age" } else { ".zip" };
                let name = format!("sao-luu-phieu-xa_{day}{ending}");
                return self.ask(Request::Safety(SafetyRequest::BackUp { passphrase, name }));
            }
            SafetyMsg::FileChosen => {
                safety.begin();
                return vec![Effect::SendFiles(Request::Safety(SafetyRequest::Restore))];
            }
            SafetyMsg::PassphraseGiven(passphrase) => {
                safety.begin();
                return self.ask(Request::Safety(SafetyRequest::RestoreWith(passphrase)));
            }
            SafetyMsg::FileGivenUp => {
                safety.needs_passphrase = false;
                safety.fault = None;
            }
            SafetyMsg::DeleteAsked => safety.deleting = true,
            SafetyMsg::DeleteAnswered(sure) => {
                safety.deleting = false;
                if sure {
                    return vec![Effect::DeleteEverything];
                }
            }
            SafetyMsg::Deleted(None) => {
                safety.fault = Some(BackupFault::Refused(String::new()));
            }
            SafetyMsg::Deleted(Some(deleted)) => {
                *self = Self::new(self.base.clone());
                let effects = self.reload(Some(Vec::new()), language, facts);
                self.safety.deleted = Some(deleted);
                return effects;
            }
            SafetyMsg::Replied(reply) => return self.safety_replied(reply, facts),
        }
        Vec::new()
    }

    fn safety_replied(&mut self, reply: SafetyReply, facts: &Facts) -> Vec<Effect> {
        let safety = &mut self.safety;
        safety.is_busy = false;
        match reply {
            SafetyReply::BackedUp { name, bytes } => {
                safety.last = Some(facts.now);
                vec![Effect::KeepBackupTime(facts.now), Effect::Download { name, bytes }]
            }
            SafetyReply::Restored(restored) => {
                safety.needs_passphrase = false;
                safety.restored = Some(restored);
                // What is stored is no longer what is shown.
                vec![Effect::LoadCampaigns]
            }
            SafetyReply::Refused(BackupFault::Encrypted(EncryptionFault::PassphraseNeeded)) => {
                safety.needs_passphrase = true;
                Vec::new()
            }
            SafetyReply::Refused(fault) => {
                safety.needs_passphrase =
                    fault == BackupFault::Encrypted(EncryptionFault::WrongPassphrase);
                safety.fault = Some(fault);
                Vec::new()
            }
        }
    }
}

impl Safety {
    fn begin(&mut self) {
        let last = self.last;
        *self = Self { last, is_busy: true, ..Self::default() };
    }
}
