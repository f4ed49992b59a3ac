//! Files of secret keys, as `age-keygen` writes them, and under a pass-phrase, as `age -p` does.

use age::secrecy::ExposeSecret;
use age::x25519;

use super::armored;
use super::passphrase::{protect, unprotect};
use crate::domain::encryption::EncryptionFault;
use crate::domain::timestamp::Timestamp;

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
pub fn protect_key_file(key_file: &str, passphrase: &str) -> Result<String, EncryptionFault> {
    armored(&protect(key_file.as_bytes(), passphrase)?)
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
    match unprotect(bytes, passphrase) {
        // Most likely a response file.
        Err(EncryptionFault::NotEncrypted) => Err(EncryptionFault::NoSecretKey),
        opened => identities(&opened?),
    }
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
