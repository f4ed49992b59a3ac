//! The secret keys: made, opened and used here, and kept on the device only under a pass-phrase.

use serde::{Deserialize, Serialize};

use crate::app::keys::{KeyReply, KeyRequest, KeyRing, NewKey};
use crate::browser::clock;
use crate::browser::storage::{Storage, StorageError, Store};
use crate::domain::encryption::EncryptionFault;
use crate::domain::problem::ProblemKind;
use crate::formats::encryption::{self, Identity};

/// A key as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptKey {
    public_key: String,
    /// Its file under the pass-phrase.
    file: String,
}

/// The keys that are open.
#[derive(Default)]
pub(super) struct OpenKeys(Vec<Identity>);

impl OpenKeys {
    pub(super) async fn answer(&mut self, request: KeyRequest) -> KeyReply {
        let done = match request {
            KeyRequest::Make(passphrase) => return self.make(&passphrase).await,
            KeyRequest::List => Ok(()),
            KeyRequest::Close => {
                self.0.clear();
                Ok(())
            }
            KeyRequest::OpenFile { file, passphrase } => self.open(&file, passphrase.as_deref()),
            KeyRequest::OpenKept { public_key, passphrase } => {
                let kept = kept().await.into_iter().find(|kept| kept.public_key == public_key);
                match kept {
                    Some(kept) => self.open(kept.file.as_bytes(), Some(&passphrase)),
                    None => Err(EncryptionFault::NoSecretKey),
                }
            }
        };
        match done {
            Ok(()) => KeyReply::Keys(self.ring().await),
            Err(fault) => KeyReply::Refused(fault),
        }
    }

    /// The content of a file, decrypted where it is encrypted.
    pub(super) fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ProblemKind> {
        let by_its_name = name.to_lowercase().ends_with(".age");
        if !by_its_name && !encryption::is_encrypted(&bytes) {
            return Ok(bytes);
        }
        encryption::decrypt(&bytes, &self.0).map_err(ProblemKind::Encryption)
    }

    async fn make(&mut self, passphrase: &str) -> KeyReply {
        let identity = Identity::generate();
        let public_key = identity.public_key();
        let file = identity.key_file(clock::now());
        let is_kept = match encryption::protect_key_file(&file, passphrase) {
            Ok(protected) => keep(&public_key, protected).await.is_ok(),
            Err(_) => false,
        };
        self.0.push(identity);
        KeyReply::Made { new: NewKey { public_key, file, is_kept }, keys: self.ring().await }
    }

    fn open(&mut self, file: &[u8], passphrase: Option<&str>) -> Result<(), EncryptionFault> {
        for identity in encryption::open_key_file(file, passphrase)? {
            let public_key = identity.public_key();
            if self.0.iter().all(|open| open.public_key() != public_key) {
                self.0.push(identity);
            }
        }
        Ok(())
    }

    async fn ring(&self) -> KeyRing {
        KeyRing {
            kept: kept().await.into_iter().map(|kept| kept.public_key).collect(),
            open: self.0.iter().map(Identity::public_key).collect(),
        }
    }
}

/// The keys that are kept; none where the browser keeps nothing.
async fn kept() -> Vec<KeptKey> {
    match Storage::open().await {
        Ok(storage) => storage.all(Store::Identities, "").await.unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

async fn keep(public_key: &str, file: String) -> Result<(), StorageError> {
    let kept = KeptKey { public_key: public_key.to_owned(), file };
    Storage::open().await?.put(Store::Identities, [(kept.public_key.clone(), &kept)]).await
}
