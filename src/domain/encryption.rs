//! Why something that is encrypted cannot be opened, as data; the words are in `text`.

use serde::{Deserialize, Serialize};

/// What keeps an encrypted file, or a file of keys, from being opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncryptionFault {
    /// It is not encrypted with age.
    NotEncrypted,
    /// It is of a kind that this product does not open: of another version, with another sort of
    /// key, or for very many people at once.
    Unsupported,
    /// No key is open here; the public key it was encrypted for, where it says so.
    KeyNeeded(Option<String>),
    /// None of the keys that are open opens it; the public key it was encrypted for, where it
    /// says so.
    WrongKey(Option<String>),
    /// It opens with a pass-phrase, and there is none.
    PassphraseNeeded,
    /// It does not open with this pass-phrase.
    WrongPassphrase,
    /// Trying its pass-phrase would take more memory and time than a browser has.
    TooMuchWork,
    /// Its end is missing.
    Truncated,
    /// It was changed after it was encrypted.
    Altered,
    /// Its end is missing or was changed; which of the two cannot be known.
    TruncatedOrAltered,
    /// There is no secret key in it.
    NoSecretKey,
    /// This is no public key.
    NotAPublicKey,
}
