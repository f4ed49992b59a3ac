//! Backups: everything that is stored, as one file, and back.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::keeping;
use crate::app::backup::{self, Additions, BackupFault, CampaignData};
use crate::app::campaign_file::CampaignFile;
use crate::app::desk::safety::{Restored, SafetyReply, SafetyRequest};
use crate::browser::storage::{Storage, StorageError, Store};
use crate::browser::{clock, files};
use crate::forms::BuiltIn;

/// The file that was chosen last, while it waits for its pass-phrase.
#[derive(Default)]
pub(super) struct LastBackup(Vec<u8>);

impl From<StorageError> for BackupFault {
    fn from(StorageError(reason): StorageError) -> Self {
        Self::Refused(reason)
    }
}

impl LastBackup {
    pub(super) async fn answer(&mut self, request: SafetyRequest, beside: &JsValue) -> SafetyReply {
        let done = match request {
            SafetyRequest::BackUp { passphrase, name } => back_up(passphrase.as_deref())
                .await
                .map(|bytes| SafetyReply::BackedUp { name, bytes }),
            SafetyRequest::Restore => match chosen(beside).await {
                Ok(bytes) => {
                    self.0 = bytes;
                    self.restore(None).await
                }
                Err(reason) => Err(BackupFault::Refused(reason)),
            },
            SafetyRequest::RestoreWith(passphrase) => self.restore(Some(&passphrase)).await,
        };
        done.unwrap_or_else(SafetyReply::Refused)
    }

    async fn restore(&mut self, passphrase: Option<&str>) -> Result<SafetyReply, BackupFault> {
        let campaigns = backup::read(&self.0, passphrase)?;
        self.0.clear();
        let mut restored = Restored { campaigns: campaigns.len(), ..Restored::default() };
        let last = campaigns.iter().map(|data| data.file.touched).max();
        for data in campaigns {
            // The one that was worked on last is what the person wants to see.
            let is_last = Some(data.file.touched) == last;
            let added = put_to_what_is_there(data, is_last).await?;
            restored.responses += added.new;
            restored.changes += added.entries.len();
        }
        Ok(SafetyReply::Restored(restored))
    }
}

async fn chosen(beside: &JsValue) -> Result<Vec<u8>, String> {
    let named: Array = beside.unchecked_ref::<Array>().get(0).unchecked_into();
    match named.get(1).dyn_ref::<Blob>() {
        Some(file) => files::bytes(file).await,
        None => Err(String::new()),
    }
}

async fn back_up(passphrase: Option<&str>) -> Result<Vec<u8>, BackupFault> {
    let storage = Storage::open().await?;
    let files: Vec<CampaignFile> = storage.all(Store::Campaigns, "").await?;
    let mut campaigns = Vec::new();
    for mut file in files {
        let kept = keeping::kept(&file.campaign.id).await?;
        // Another version of the product may have other forms.
        file.sheets = file.sheets.in_full(BuiltIn::sheets);
        campaigns.push(CampaignData { file, kept });
    }
    backup::write(&campaigns, clock::now(), passphrase)
}

async fn put_to_what_is_there(
    data: CampaignData,
    is_to_open: bool,
) -> Result<Additions, BackupFault> {
    let storage = Storage::open().await?;
    let id = data.file.campaign.id.clone();
    let there: Option<CampaignFile> = storage.get(Store::Campaigns, &id).await?;
    let mut file = match there {
        Some(there) if there.touched >= data.file.touched => there,
        _ => data.file.clone(),
    };
    if is_to_open {
        // The page opens the one that was touched last.
        file.touched = clock::now();
    }
    storage.put(Store::Campaigns, [(id.clone(), &file)]).await?;
    let added = backup::additions(keeping::kept(&id).await?, data.kept);
    keeping::keep(&id, &added.rows, true).await?;
    keeping::keep_entries(&id, &added.entries).await?;
    keeping::keep_tallies(&id, &added.tallies).await?;
    Ok(added)
}
