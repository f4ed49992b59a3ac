//! What the browser keeps of a campaign: its rows, and the lines of its change log.

use crate::browser::storage::{Storage, StorageError, Store};
use crate::domain::changes::{ChangeLog, Entry};
use crate::domain::response::Response;

/// What stands between the parts of a key.
const SEPARATOR: char = '\u{1f}';

/// The rows and the log of a campaign that were kept.
pub(super) async fn kept(campaign: &str) -> Result<(Vec<Response>, ChangeLog), StorageError> {
    let storage = Storage::open().await?;
    let rows = storage.all(Store::Dataset, &prefix(campaign)).await?;
    let entries: Vec<Entry> = storage.all(Store::Changes, &prefix(campaign)).await?;
    Ok((rows, ChangeLog::of(entries)))
}

/// Keeps rows, in place of those that say the same.
pub(super) async fn keep(campaign: &str, rows: &[Response]) -> Result<(), StorageError> {
    let records = rows.iter().map(|row| (key(campaign, row), row));
    Storage::open().await?.put(Store::Dataset, records).await
}

/// Forgets rows.
pub(super) async fn remove(campaign: &str, rows: &[Response]) -> Result<(), StorageError> {
    let keys = rows.iter().map(|row| key(campaign, row));
    Storage::open().await?.delete_each(Store::Dataset, keys).await
}

/// Keeps lines of the log.
pub(super) async fn keep_entries(campaign: &str, entries: &[Entry]) -> Result<(), StorageError> {
    let records = entries.iter().map(|entry| (format!("{}{}", prefix(campaign), entry.id), entry));
    Storage::open().await?.put(Store::Changes, records).await
}

/// Forgets everything about a campaign's responses.
pub(super) async fn forget(campaign: &str) -> Result<(), StorageError> {
    let storage = Storage::open().await?;
    storage.delete(Store::Dataset, &prefix(campaign)).await?;
    storage.delete(Store::Changes, &prefix(campaign)).await
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
