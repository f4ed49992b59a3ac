//! What the browser keeps of a campaign: its rows, the lines of its change log, and the tallies of
//! other desks.

use std::cell::RefCell;
use std::collections::HashMap;
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
    let mut pieces = Pieces::default();
    let records = storage.records(Store::Dataset, &prefix(campaign)).await?;
    // What cannot be read is left where it is and left out.
    let rows = records.filter_map(|record| rows_in(record, &mut pieces)).flatten().collect();
    let entries: Vec<Entry> = storage.all(Store::Changes, &prefix(campaign)).await?;
    let tallies = storage.all(Store::Tallies, &prefix(campaign)).await?;
    Ok(Kept { rows, log: ChangeLog::of(entries), tallies })
}

/// A campaign of this desk; `None` where there is none of that id.
pub(super) async fn campaign(id: &str) -> Result<Option<CampaignFile>, StorageError> {
    Storage::open().await?.get(Store::Campaigns, id).await
}

/// The rows in a record; `None` where this version cannot read it.
fn rows_in(record: Record, pieces: &mut Pieces) -> Option<Vec<Response>> {
    match record {
        Record::Text(text) => serde_json::from_str(&text).ok().map(|row| vec![row]),
        Record::Piece(piece) => pieces.read(&piece).ok(),
    }
}

/// Keeps rows: a few each by itself, in place of those that say the same; many in pieces, and where
/// there were such before, without those.
pub(super) async fn keep(
    campaign: &str,
    rows: &[Rc<Response>],
    has_replaced: bool,
) -> Result<(), StorageError> {
    let storage = Storage::open().await?;
    if rows.len() <= FEW {
        return storage.put(Store::Dataset, rows.iter().map(|row| (key(campaign, row), row))).await;
    }
    if has_replaced {
        return replace(campaign, rows, rows).await;
    }
    let rows: Vec<&Response> = rows.iter().map(|row| &**row).collect();
    storage.put_bytes(Store::Dataset, pieces(campaign, &rows)).await
}

/// Keeps rows in place of others. What another window has stored meanwhile stays, and so does what
/// this version cannot read.
pub(super) async fn replace(
    campaign: &str,
    gone: &[Rc<Response>],
    instead: &[Rc<Response>],
) -> Result<(), StorageError> {
    let mut by_root: HashMap<&str, Vec<&Response>> = HashMap::new();
    for row in gone {
        by_root.entry(&row.root).or_default().push(row);
    }
    let is_gone = |row: &Response| {
        let gone = by_root.get(row.root.as_str());
        gone.is_some_and(|rows| rows.iter().any(|gone| gone.says_the_same(row)))
    };
    let (mut known, left) = (Pieces::default(), RefCell::new(Vec::new()));
    let goes = |record| {
        let rows = rows_in(record, &mut known).unwrap_or_default();
        let goes = rows.iter().any(is_gone);
        if goes {
            left.borrow_mut().extend(rows.into_iter().filter(|row| !is_gone(row)));
        }
        goes
    };
    let pieces = || {
        let left = left.borrow();
        let rows: Vec<&Response> = left.iter().chain(instead.iter().map(|row| &**row)).collect();
        pieces(campaign, &rows).collect::<Vec<_>>()
    };
    Storage::open().await?.rewrite(Store::Dataset, &prefix(campaign), goes, pieces).await
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
