//! What the browser keeps of a campaign: its rows, the lines of its change log, and the tallies of
//! other desks.

use std::rc::Rc;

use crate::app::backup::Kept;
use crate::app::campaign_file::CampaignFile;
use crate::app::collector::KeptTally;
use crate::browser::storage::{Storage, StorageError, Store};
use crate::domain::changes::{ChangeLog, Entry};
use crate::domain::response::Response;

/// What stands between the parts of a key.
const SEPARATOR: char = '\u{1f}';

/// What was kept of a campaign.
pub(super) async fn kept(campaign: &str) -> Result<Kept, StorageError> {
    let storage = Storage::open().await?;
    let rows = storage.all(Store::Dataset, &prefix(campaign)).await?;
    let entries: Vec<Entry> = storage.all(Store::Changes, &prefix(campaign)).await?;
    let tallies = storage.all(Store::Tallies, &prefix(campaign)).await?;
    Ok(Kept { rows, log: ChangeLog::of(entries), tallies })
}

/// A campaign of this desk; `None` where there is none of that id.
pub(super) async fn campaign(id: &str) -> Result<Option<CampaignFile>, StorageError> {
    Storage::open().await?.get(Store::Campaigns, id).await
}

/// Keeps rows, in place of those that say the same.
pub(super) async fn keep(campaign: &str, rows: &[Rc<Response>]) -> Result<(), StorageError> {
    let records = rows.iter().map(|row| (key(campaign, row), row));
    Storage::open().await?.put(Store::Dataset, records).await
}

/// Forgets rows.
pub(super) async fn remove(campaign: &str, rows: &[Rc<Response>]) -> Result<(), StorageError> {
    let keys = rows.iter().map(|row| key(campaign, row));
    Storage::open().await?.delete_each(Store::Dataset, keys).await
}

/// Keeps lines of the log.
pub(super) async fn keep_entries(campaign: &str, entries: &[Entry]) -> Result<(), StorageError> {
    let records = entries.iter().map(|entry| (format!("{}{}", prefix(campaign), entry.id), entry));
    Storage::open().await?.put(Store::Changes, records).await
}

/// Keeps tallies, in place of older ones of the same desks.
pub(super) async fn keep_tallies(
    campaign: &str,
    tallies: &[KeptTally],
) -> Result<(), StorageError> {
    let records = tallies.iter().map(|own| (tally_key(campaign, &own.desk), own));
    Storage::open().await?.put(Store::Tallies, records).await
}

/// Forgets the tally of a desk.
pub(super) async fn forget_tally(campaign: &str, desk: &str) -> Result<(), StorageError> {
    Storage::open().await?.delete_each(Store::Tallies, [tally_key(campaign, desk)]).await
}

/// Forgets everything about a campaign's responses.
pub(super) async fn forget(campaign: &str) -> Result<(), StorageError> {
    let storage = Storage::open().await?;
    storage.delete(Store::Dataset, &prefix(campaign)).await?;
    storage.delete(Store::Changes, &prefix(campaign)).await?;
    storage.delete(Store::Tallies, &prefix(campaign)).await
}

fn tally_key(campaign: &str, desk: &str) -> String {
    format!("{}{desk}", prefix(campaign))
}

fn key(campaign: &str, row: &Response) -> String {
    let Response { root, revision, checksum, .. } = row;
    // Two rows of one revision may differ by hand, with one checksum.
    let content = row.computed_checksum();
    format!(
        "{}{root}{SEPARATOR}{revision}{SEPARATOR}{checksum}{SEPARATOR}{content}",
        prefix(campaign)
    )
}

/// What the keys of a campaign's records start with.
fn prefix(campaign: &str) -> String {
    format!("{campaign}{SEPARATOR}")
}
