//! The first lines of an age file, read before the cryptography begins: whether it is one, is not
//! too long, and what we say in it about it.

use std::io;

use age_core::format::Stanza;

use super::{CHUNK, TAG};
use crate::domain::encryption::EncryptionFault;

/// How every age file starts, whatever its version.
pub(super) const MAGIC: &[u8] = b"age-encryption.org/";

/// And how the only version there is goes on.
const VERSION: &[u8] = b"v1\n";

/// The most bytes before the payload: some hundred recipients. The library reads the lines anew
/// for each one more, so that a header of megabytes would take it hours.
const LONGEST: usize = 16 * 1024;

/// What stands before the payload.
pub(super) struct Header {
    /// Its length in bytes.
    pub length: usize,
    /// What we said about the file.
    pub described: Option<Described>,
    /// True when it opens with a pass-phrase.
    pub has_passphrase: bool,
}

/// What we say in the header about the file, in a line of our own that other programs pass over:
/// its length and whom it is for. Without it a file that was cut cannot be told from one that was
/// changed, nor the right key from a wrong one. Neither is a secret: the length shows in the
/// encrypted file, and the public key in the kit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Described {
    /// How many bytes were encrypted.
    pub length: usize,
    /// For whom.
    pub public_key: String,
}

impl Described {
    const NAME: &'static str = "phieu-xa";

    pub(super) fn stanza(self) -> Stanza {
        Stanza {
            tag: Self::NAME.to_owned(),
            args: vec![self.length.to_string(), self.public_key],
            body: Vec::new(),
        }
    }

    fn of_line(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("-> ")?.split(' ');
        if words.next()? != Self::NAME {
            return None;
        }
        let length = words.next()?.parse().ok()?;
        let public_key: age::x25519::Recipient = words.next()?.parse().ok()?;
        Some(Self { length, public_key: public_key.to_string() })
    }

    /// How long the payload is when it is whole.
    fn payload(&self) -> usize {
        let chunks = self.length.div_ceil(CHUNK).max(1);
        self.length.saturating_add(chunks * TAG)
    }
}

impl Header {
    /// Reads it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, EncryptionFault> {
        if !bytes.starts_with(MAGIC) {
            let is_cut = MAGIC.starts_with(bytes);
            let fault =
                if is_cut { EncryptionFault::Truncated } else { EncryptionFault::NotEncrypted };
            return Err(fault);
        }
        let after = bytes.get(MAGIC.len()..).unwrap_or_default();
        if !after.starts_with(VERSION) && !VERSION.starts_with(after) {
            return Err(EncryptionFault::Unsupported);
        }
        let mut header = Self { length: 0, described: None, has_passphrase: false };
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            header.length += line.len();
            if header.length > LONGEST {
                return Err(EncryptionFault::Unsupported);
            }
            let Some(line) = line.strip_suffix(b"\n") else { break };
            if line.starts_with(b"--- ") {
                return Ok(header);
            }
            let line = String::from_utf8_lossy(line);
            header.has_passphrase |= line.starts_with("-> scrypt ");
            header.described = header.described.or_else(|| Described::of_line(&line));
        }
        Err(EncryptionFault::Truncated)
    }

    /// What is wrong with a payload of so many bytes, of which so many were opened.
    pub(super) fn fault_of_payload(
        &self,
        length: usize,
        opened: usize,
        error: io::ErrorKind,
    ) -> EncryptionFault {
        // Only the last chunk can be cut.
        let failed_at = opened / CHUNK * (CHUNK + TAG);
        let is_last = length.saturating_sub(failed_at) <= CHUNK + TAG;
        match &self.described {
            Some(described) if length < described.payload() => EncryptionFault::Truncated,
            None if error == io::ErrorKind::UnexpectedEof => EncryptionFault::Truncated,
            None if is_last => EncryptionFault::TruncatedOrAltered,
            _ => EncryptionFault::Altered,
        }
    }
}
