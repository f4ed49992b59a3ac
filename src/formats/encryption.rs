//! Encryption with age: to one public key, so that only whoever has its secret key reads it.
//!
//! What is written here the command-line tools `age` and `rage` open, and the other way round.
//! Only the worker reaches this: the cryptography is most of its weight.

mod header;
mod key_file;
mod passphrase;

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::iter;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::{DecryptError, Decryptor, EncryptError, Encryptor};
use age_core::format::{FileKey, Stanza};

use crate::domain::encryption::EncryptionFault;
use header::{Described, Header};
pub use key_file::{Identity, open_key_file, protect_key_file};
pub use passphrase::{protect, unprotect};

/// How a file starts that is text.
const ARMOR_START: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// And how it ends.
const ARMOR_END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";

/// What age encrypts at a stretch, and by how much it grows.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const NONCE: usize = 16;

/// True when the bytes begin as age writes them, binary or as text.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(header::MAGIC) || is_armored(bytes)
}

/// Encrypts to a public key, `age1…`.
///
/// # Errors
/// When it is none.
pub fn encrypt(bytes: &[u8], public_key: &str) -> Result<Vec<u8>, EncryptionFault> {
    let recipient = public_key.trim().parse::<age::x25519::Recipient>();
    let recipient = recipient.map_err(|_| EncryptionFault::NotAPublicKey)?;
    let recipient = DescribedRecipient { recipient, length: bytes.len() };
    encrypt_to(bytes, &recipient).map_err(|_| EncryptionFault::NotAPublicKey)
}

/// What was encrypted as text, which more programs let through than unknown bytes.
///
/// # Errors
/// Only where the library fails.
pub fn armored(encrypted: &[u8]) -> Result<String, EncryptionFault> {
    let write = || -> io::Result<Vec<u8>> {
        let mut writer = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        writer.write_all(encrypted)?;
        writer.finish()
    };
    let text = write().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or(EncryptionFault::Unsupported)
}

/// Decrypts with the first of the identities that fits.
///
/// # Errors
/// Why it does not open.
pub fn decrypt(bytes: &[u8], identities: &[Identity]) -> Result<Vec<u8>, EncryptionFault> {
    let bytes = &*without_armor(bytes)?;
    let header = Header::read(bytes)?;
    if header.has_passphrase {
        return Err(EncryptionFault::PassphraseNeeded);
    }
    let made_for = || header.described.as_ref().map(|described| described.public_key.clone());
    if identities.is_empty() {
        // What is cut or changed is told only by who can open it.
        return Err(EncryptionFault::KeyNeeded(made_for()));
    }
    let keys = identities.iter().map(|identity| &identity.0 as &dyn age::Identity);
    open(bytes, &header, keys).map_err(|fault| match fault {
        EncryptionFault::WrongKey(_) => {
            let made_for = made_for();
            let is_ours = |key: &str| identities.iter().any(|own| own.public_key() == key);
            match made_for {
                Some(key) if is_ours(&key) => EncryptionFault::Altered,
                made_for => EncryptionFault::WrongKey(made_for),
            }
        }
        fault => fault,
    })
}

/// Writes to a recipient.
fn encrypt_to(bytes: &[u8], recipient: &dyn age::Recipient) -> Result<Vec<u8>, EncryptError> {
    let encryptor = Encryptor::with_recipients(iter::once(recipient))?;
    let mut encrypted = Vec::with_capacity(bytes.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut encrypted)?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(encrypted)
}

/// Reads what is not armored, or no longer.
fn open<'i>(
    bytes: &[u8],
    header: &Header,
    identities: impl Iterator<Item = &'i dyn age::Identity>,
) -> Result<Vec<u8>, EncryptionFault> {
    let reader = Decryptor::new_buffered(bytes).map_err(|error| fault(&error))?;
    let mut reader = reader.decrypt(identities).map_err(|error| fault(&error))?;
    let payload = bytes.len().saturating_sub(header.length + NONCE);
    let mut opened = Vec::with_capacity(payload);
    match reader.read_to_end(&mut opened) {
        Ok(_) => Ok(opened),
        Err(error) => Err(header.fault_of_payload(payload, opened.len(), error.kind())),
    }
}

fn fault(error: &DecryptError) -> EncryptionFault {
    match error {
        DecryptError::NoMatchingKeys => EncryptionFault::WrongKey(None),
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            EncryptionFault::WrongPassphrase
        }
        DecryptError::ExcessiveWork { .. } => EncryptionFault::TooMuchWork,
        // Of an unknown version it is never: lines that make no sense are taken for one.
        DecryptError::InvalidHeader | DecryptError::InvalidMac | DecryptError::UnknownFormat => {
            EncryptionFault::Altered
        }
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            EncryptionFault::Truncated
        }
        DecryptError::Io(_) => EncryptionFault::Altered,
        _ => EncryptionFault::Unsupported,
    }
}

/// A recipient whose files say what they are, see [`Described`].
struct DescribedRecipient {
    recipient: age::x25519::Recipient,
    length: usize,
}

impl age::Recipient for DescribedRecipient {
    fn wrap_file_key(
        &self,
        file_key: &FileKey,
    ) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (mut stanzas, labels) = self.recipient.wrap_file_key(file_key)?;
        let public_key = self.recipient.to_string();
        stanzas.push(Described { length: self.length, public_key }.stanza());
        Ok((stanzas, labels))
    }
}

fn is_armored(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(ARMOR_START)
}

/// The bytes that armor stands for; others as they are.
fn without_armor(bytes: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, EncryptionFault> {
    if !is_armored(bytes) {
        return Ok(bytes.into());
    }
    let bytes = bytes.trim_ascii();
    if !bytes.ends_with(ARMOR_END) {
        return Err(EncryptionFault::Truncated);
    }
    let mut plain = Vec::with_capacity(bytes.len() / 4 * 3);
    let read = ArmoredReader::new(bytes).read_to_end(&mut plain);
    read.map(|_| plain.into()).map_err(|_| EncryptionFault::Altered)
}

#[cfg(test)]
mod tests;
