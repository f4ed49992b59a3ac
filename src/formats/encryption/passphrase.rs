//! Files under a pass-phrase, as `age -p` writes them.

use std::iter;

use age::secrecy::SecretString;

use super::header::Header;
use super::{encrypt_to, is_encrypted, open, without_armor};
use crate::domain::encryption::EncryptionFault;
use rows::text::composed;

/// How hard a pass-phrase is to try: scrypt with 2^15 rounds takes 32 MB, and a laptop's browser
/// about a fifth of a second.
const WORK: u8 = 15;

/// The hardest that is tried. `age -p` writes 18, for which a browser needs 256 MB and two
/// seconds; each step more doubles both.
const MOST_WORK: u8 = 18;

/// Puts something under a pass-phrase.
///
/// # Errors
/// Only where the library fails.
pub fn protect(bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, EncryptionFault> {
    let mut recipient =
        age::scrypt::Recipient::new(SecretString::from(composed(passphrase).into_owned()));
    recipient.set_work_factor(WORK);
    encrypt_to(bytes, &recipient).map_err(|_| EncryptionFault::Unsupported)
}

/// What was put under a pass-phrase.
///
/// # Errors
/// Why it does not open; [`EncryptionFault::NotEncrypted`] of what is encrypted for a key.
pub fn unprotect(bytes: &[u8], passphrase: Option<&str>) -> Result<Vec<u8>, EncryptionFault> {
    if !is_encrypted(bytes) {
        return Err(EncryptionFault::NotEncrypted);
    }
    let bytes = &*without_armor(bytes)?;
    let header = Header::read(bytes)?;
    if !header.has_passphrase {
        return Err(EncryptionFault::NotEncrypted);
    }
    let passphrase = passphrase.filter(|passphrase| !passphrase.is_empty());
    let passphrase = passphrase.ok_or(EncryptionFault::PassphraseNeeded)?;
    let try_with = |passphrase: &str| {
        let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        identity.set_max_work_factor(MOST_WORK);
        open(bytes, &header, iter::once(&identity as &dyn age::Identity))
    };
    // Keyboards write one Vietnamese letter in several ways; other programs take it as it comes.
    let one_way = composed(passphrase);
    match try_with(&one_way) {
        Err(EncryptionFault::WrongPassphrase) if one_way != passphrase => try_with(passphrase),
        opened => opened,
    }
}
