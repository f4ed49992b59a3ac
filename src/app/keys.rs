//! Keys at the desk: making one, opening one, and which are open. The secret keys are the
//! worker's; one leaves it once, as the file that the person is to save.

use serde::{Deserialize, Serialize};

use super::Effect;
use super::protocol::Request;
use crate::domain::encryption::EncryptionFault;

/// From page to worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyRequest {
    /// Which keys are there.
    List,
    /// Make a key, open it, and keep it on this device under this pass-phrase.
    Make(String),
    /// Open a key that is kept on this device.
    OpenKept {
        /// Which.
        public_key: String,
        /// Its pass-phrase.
        passphrase: String,
    },
    /// Open the keys of a file.
    OpenFile {
        /// Its content.
        file: Vec<u8>,
        /// The pass-phrase of a file that has one.
        passphrase: Option<String>,
    },
    /// Close every key that is open.
    Close,
}

/// From worker to page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyReply {
    /// The keys that are there now.
    Keys(KeyRing),
    /// A key was made.
    Made {
        /// Its file, for the person to save.
        new: NewKey,
        /// The keys that are there now.
        keys: KeyRing,
    },
    /// It could not be done.
    Refused(EncryptionFault),
}

/// Public keys whose secret keys the desk can use, or could.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRing {
    /// Kept on this device under a pass-phrase.
    pub kept: Vec<String>,
    /// Open until the page is closed.
    pub open: Vec<String>,
}

/// A key that was just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// What others encrypt with.
    pub public_key: String,
    /// The text of its file, with the secret key.
    pub file: String,
    /// False when the browser refused to keep it.
    pub is_kept: bool,
}

/// What the page knows of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The keys that are there; `None` until the worker has told.
    pub ring: Option<KeyRing>,
    /// True while the worker tries a pass-phrase or makes a key.
    pub is_busy: bool,
    /// True while the person reads what a key is and chooses its pass-phrase.
    pub is_making: bool,
    /// The key that was just made, until the person has put it away, and whether its file was
    /// saved.
    pub new: Option<(NewKey, bool)>,
    /// A file of keys that waits for its pass-phrase.
    pub waiting_file: Option<Vec<u8>>,
    /// Why the last thing asked for was refused.
    pub fault: Option<EncryptionFault>,
}

/// Something that happened about keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysMsg {
    /// A key is to be made.
    MakeAsked,
    /// It is not to be made after all.
    MakeGivenUp,
    /// It is to be made, with this pass-phrase.
    PassphraseChosen(String),
    /// The file of the new key is wanted.
    SaveAsked,
    /// The new key is to go from the screen.
    PutAway,
    /// A key that is kept is to be opened.
    KeptPassphraseGiven {
        /// Which.
        public_key: String,
        /// Its pass-phrase.
        passphrase: String,
    },
    /// A file of keys was chosen.
    FileChosen(Vec<u8>),
    /// The pass-phrase of the file that waits for it.
    FilePassphraseGiven(String),
    /// The file that waits is not to be opened after all.
    FileGivenUp,
    /// Every key is to be closed.
    CloseAsked,
    /// The worker said something.
    Replied(KeyReply),
}

impl Keys {
    /// What a page that shows keys needs when it is opened.
    pub(super) fn opened(&self) -> Option<Effect> {
        self.ring.is_none().then_some(Effect::Ask(Request::Keys(KeyRequest::List)))
    }

    /// The public keys whose files can be read now.
    pub fn open(&self) -> &[String] {
        self.ring.as_ref().map_or(&[], |ring| &ring.open)
    }

    pub(super) fn update(&mut self, msg: KeysMsg) -> Option<Effect> {
        match msg {
            KeysMsg::MakeAsked => {
                self.is_making = true;
                self.fault = None;
                None
            }
            KeysMsg::MakeGivenUp => {
                self.is_making = false;
                None
            }
            KeysMsg::PassphraseChosen(passphrase) => Some(self.ask(KeyRequest::Make(passphrase))),
            KeysMsg::SaveAsked => {
                let (new, is_saved) = self.new.as_mut()?;
                *is_saved = true;
                Some(Effect::Download {
                    name: file_name(&new.public_key),
                    bytes: new.file.clone().into_bytes(),
                })
            }
            KeysMsg::PutAway => {
                self.new = None;
                None
            }
            KeysMsg::KeptPassphraseGiven { public_key, passphrase } => {
                Some(self.ask(KeyRequest::OpenKept { public_key, passphrase }))
            }
            KeysMsg::FileChosen(file) if file.len() > LARGEST_KEY_FILE => {
                self.fault = Some(EncryptionFault::NoSecretKey);
                None
            }
            KeysMsg::FileChosen(file) => {
                self.waiting_file = Some(file.clone());
                Some(self.ask(KeyRequest::OpenFile { file, passphrase: None }))
            }
            KeysMsg::FilePassphraseGiven(passphrase) => {
                let file = self.waiting_file.clone()?;
                Some(self.ask(KeyRequest::OpenFile { file, passphrase: Some(passphrase) }))
            }
            KeysMsg::FileGivenUp => {
                self.waiting_file = None;
                self.fault = None;
                None
            }
            KeysMsg::CloseAsked => Some(self.ask(KeyRequest::Close)),
            KeysMsg::Replied(reply) => {
                self.replied(reply);
                None
            }
        }
    }

    /// The worker is gone, and with it the keys that were open.
    pub(super) fn lost(&mut self) {
        self.is_busy = false;
        if let Some(ring) = &mut self.ring {
            ring.open.clear();
        }
    }

    fn ask(&mut self, request: KeyRequest) -> Effect {
        self.is_busy = true;
        self.fault = None;
        Effect::Ask(Request::Keys(request))
    }

    fn replied(&mut self, reply: KeyReply) {
        self.is_busy = false;
        match reply {
            KeyReply::Keys(ring) => {
                self.ring = Some(ring);
                self.waiting_file = None;
            }
            KeyReply::Made { new, keys } => {
                self.ring = Some(keys);
                self.is_making = false;
                self.new = Some((new, false));
            }
            KeyReply::Refused(fault) => {
                // Only a file that has a pass-phrase is worth another try.
                let tries_again = matches!(
                    fault,
                    EncryptionFault::PassphraseNeeded | EncryptionFault::WrongPassphrase
                );
                if !tries_again {
                    self.waiting_file = None;
                }
                // To be asked for it is no fault.
                self.fault = Some(fault).filter(|f| *f != EncryptionFault::PassphraseNeeded);
            }
        }
    }
}

/// The most bytes of a file of keys.
const LARGEST_KEY_FILE: usize = 64 * 1024;

/// The fewest characters of a new pass-phrase.
pub const LEAST_PASSPHRASE: usize = 10;

/// Why a new pass-phrase does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseFault {
    /// It has fewer characters than [`LEAST_PASSPHRASE`].
    TooShort,
    /// The second time something else was typed.
    Differs,
}

/// What is wrong with a new pass-phrase that was typed twice.
pub fn passphrase_fault(first: &str, again: &str) -> Option<PassphraseFault> {
    if first.chars().count() < LEAST_PASSPHRASE {
        return Some(PassphraseFault::TooShort);
    }
    (first != again).then_some(PassphraseFault::Differs)
}

/// `khoa-lvk2x7.txt`: the start of a public key tells one file from another.
fn file_name(public_key: &str) -> String {
    let start: String = public_key.chars().skip("age1".len()).take(6).collect();
    format!("khoa-{start}.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replied(keys: &mut Keys, reply: KeyReply) {
        assert_eq!(keys.update(KeysMsg::Replied(reply)), None);
    }

    #[test]
    fn a_new_key_is_shown_until_it_is_put_away_and_saved_as_a_file() {
        let mut keys = Keys::default();
        keys.update(KeysMsg::MakeAsked);
        let asked = keys.update(KeysMsg::PassphraseChosen("Sơn La".to_owned()));
        assert_eq!(asked, Some(Effect::Ask(Request::Keys(KeyRequest::Make("Sơn La".to_owned())))));
        let (public_key, file) = ("age1lvk2x7abc".to_owned(), "AGE-SECRET-KEY-1X".to_owned());
        let ring = KeyRing { kept: vec![public_key.clone()], open: vec![public_key.clone()] };
        let new = NewKey { public_key, file, is_kept: true };
        replied(&mut keys, KeyReply::Made { new, keys: ring });
        assert!(!keys.is_making && !keys.is_busy);
        let saved = keys.update(KeysMsg::SaveAsked).unwrap();
        let (name, bytes) = ("khoa-lvk2x7.txt".to_owned(), b"AGE-SECRET-KEY-1X".to_vec());
        assert_eq!(saved, Effect::Download { name, bytes });
        keys.update(KeysMsg::PutAway);
        assert_eq!(keys.new, None);
        assert!(!format!("{keys:?}").contains("SECRET"));
        assert_eq!(keys.open(), ["age1lvk2x7abc"]);
    }

    #[test]
    fn a_file_with_a_passphrase_asks_for_it_until_it_is_right() {
        let mut keys = Keys::default();
        keys.update(KeysMsg::FileChosen(vec![1]));
        replied(&mut keys, KeyReply::Refused(EncryptionFault::PassphraseNeeded));
        assert_eq!((keys.waiting_file.is_some(), &keys.fault), (true, &None));
        keys.update(KeysMsg::FilePassphraseGiven("x".to_owned()));
        replied(&mut keys, KeyReply::Refused(EncryptionFault::WrongPassphrase));
        assert_eq!(keys.fault, Some(EncryptionFault::WrongPassphrase));
        let again = keys.update(KeysMsg::FilePassphraseGiven("y".to_owned()));
        let expected = KeyRequest::OpenFile { file: vec![1], passphrase: Some("y".to_owned()) };
        assert_eq!(again, Some(Effect::Ask(Request::Keys(expected))));
        replied(&mut keys, KeyReply::Keys(KeyRing::default()));
        assert_eq!((keys.waiting_file, keys.fault), (None, None));
    }

    #[test]
    fn a_file_that_is_no_key_is_not_asked_a_passphrase() {
        let mut keys = Keys::default();
        keys.update(KeysMsg::FileChosen(vec![1]));
        replied(&mut keys, KeyReply::Refused(EncryptionFault::NoSecretKey));
        assert_eq!(keys.waiting_file, None);
        assert_eq!(keys.fault, Some(EncryptionFault::NoSecretKey));
    }
}
