//! Files of secret keys, as `age-keygen` writes them, and under a pass-phrase, as `age -p` does.

use std::iter;

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519;

use super::header::Header;
use super::{armored, encrypt_to, open, without_armor};
use crate::domain::encryption::EncryptionFault;
use crate::domain::search::composed;
use crate::domain::timestamp::Timestamp;

/// How hard a pass-phrase is to try: scrypt with 2^15 rounds takes 32 MB, and a laptop's browser
/// about a fifth of a second.
const WORK: u8 = 15;

/// The hardest that is tried. `age -p` writes 18, for which a browser needs 256 MB and two
/// seconds; each step more doubles both.
const MOST_WORK: u8 = 18;

/// A secret key.
pub struct Identity(pub(super) x25519::Identity);

impl Identity {
    /// A new one, by chance.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The key that others encrypt with, `age1…`.
    pub fn public_key(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Its file, as `age-keygen` writes it.
    pub fn key_file(&self, created: Timestamp) -> String {
        let (public_key, secret) = (self.public_key(), self.0.to_string());
        format!("# created: {created}\n# public key: {public_key}\n{}\n", secret.expose_secret())
    }
}

/// A file of keys under a pass-phrase, as text.
///
/// # Errors
/// Only where the library fails.
pub fn protect(key_file: &str, passphrase: &str) -> Result<String, EncryptionFault> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(composed(passphrase)));
    recipient.set_work_factor(WORK);
    let encrypted = encrypt_to(key_file.as_bytes(), &recipient);
    armored(&encrypted.map_err(|_| EncryptionFault::Unsupported)?)
}

/// The keys of a file, which may be under a pass-phrase.
///
/// # Errors
/// Why it does not open, or that there is no key in it.
pub fn open_key_file(
    bytes: &[u8],
    passphrase: Option<&str>,
) -> Result<Vec<Identity>, EncryptionFault> {
    if !super::is_encrypted(bytes) {
        return identities(bytes);
    }
    let bytes = &*without_armor(bytes)?;
    let header = Header::read(bytes)?;
    if !header.has_passphrase {
        // Most likely a response file.
        return Err(EncryptionFault::NoSecretKey);
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
    let opened = match try_with(&one_way) {
        Err(EncryptionFault::WrongPassphrase) if one_way != passphrase => try_with(passphrase),
        opened => opened,
    };
    identities(&opened?)
}

fn identities(bytes: &[u8]) -> Result<Vec<Identity>, EncryptionFault> {
    let text = str::from_utf8(bytes).map_err(|_| EncryptionFault::NoSecretKey)?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut identities = Vec::new();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.parse() {
            Ok(identity) => identities.push(Identity(identity)),
            // Of another sort: for a token, or against quantum computers.
            Err(_) if line.starts_with("AGE-") => return Err(EncryptionFault::Unsupported),
            Err(_) => return Err(EncryptionFault::NoSecretKey),
        }
    }
    if identities.is_empty() { Err(EncryptionFault::NoSecretKey) } else { Ok(identities) }
}
