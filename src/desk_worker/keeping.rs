//! What the browser keeps of a campaign: its rows, the lines of its change log, and the tallies of
//! other desks.

use std::rc::Rc;

use crate::app::backup::Kept;
use crate::app::campaign_file::CampaignFile;
use crate::app::collector::KeptTally;
use crate::browser::clock::fresh_id;
use crate::browser::storage::{Record, Storage, StorageError, Store, piece_key};
use crate::domain::changes::{ChangeLog, Entry};
use crate::domain::response::Response;
use crate::formats::kept_rows::{self, Pieces};

/// What stands between the parts of a key.
const SEPARATOR: char = '\u{1f}';

/// So many rows are kept each by itself.
const FEW: usize = 100;

/// So many are kept in a piece, of some megabytes.
const IN_A_PIECE: usize = 10_000;

/// What was kept of a campaign.
pub(super) async fn kept(campaign: &str) -> Result<Kept, StorageError> {
    let storage = Storage::open().await?;
    let mut rows: Vec<Response> = storage.all(Store::Dataset, &prefix(campaign)).await?;
    let mut pieces = Pieces::default();
    for piece in storage.all_bytes(Store::Dataset, &prefix(campaign)).await? {
        // Like a record that cannot be read, it is left where it is and left out.
        rows.extend(pieces.read(&piece).unwrap_or_default());
    }
    let entries: Vec<Entry> = storage.all(Store::Changes, &prefix(campaign)).await?;
    let tallies = storage.all(Store::Tallies, &prefix(campaign)).await?;
    Ok(Kept { rows, log: ChangeLog::of(entries), tallies })
}

/// A campaign of this desk; `None` where there is none of that id.
pub(super) async fn campaign(id: &str) -> Result<Option<CampaignFile>, StorageError> {
    Storage::open().await?.get(Store::Campaigns, id).await
}

/// Keeps rows: a few in place of those that say the same, many as pieces beside them, since putting
/// rows together takes every row once, wherever it stands.
pub(super) async fn keep(campaign: &str, rows: &[Rc<Response>]) -> Result<(), StorageError> {
    if rows.len() > FEW {
        let rows: Vec<&Response> = rows.iter().map(|row| &**row).collect();
        let storage = Storage::open().await?;
        return storage.put_bytes(Store::Dataset, pieces(campaign, &rows)).await;
    }
    let records = rows.iter().map(|row| (key(campaign, row), row));
    Storage::open().await?.put(Store::Dataset, records).await
}

/// Keeps these rows and no others, but what this version cannot read.
pub(super) async fn keep_only<'r>(
    campaign: &str,
    rows: impl Iterator<Item = &'r Response>,
) -> Result<(), StorageError> {
    let (storage, rows) = (Storage::open().await?, rows.collect::<Vec<_>>());
    let is_readable = |record| match record {
        Record::Text(text) => serde_json::from_str::<Response>(&text).is_ok(),
        Record::Piece(piece) => Pieces::default().read(&piece).is_ok(),
    };
    let pieces = pieces(campaign, &rows);
    storage.replace(Store::Dataset, &prefix(campaign), is_readable, pieces).await
}

/// Rows as pieces, each under a key of its own.
fn pieces(campaign: &str, rows: &[&Response]) -> impl Iterator<Item = (String, Vec<u8>)> {
    rows.chunks(IN_A_PIECE).filter_map(move |rows| {
        // It fails only where the library does, which is tested.
        let piece = kept_rows::write(rows.iter().copied()).ok()?;
        Some((piece_key(&prefix(campaign), rows.len(), &fresh_id()), piece))
    })
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
