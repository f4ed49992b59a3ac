//! `IndexedDB`: drafts of the respondent's side and rows of the desk, each record one JSON text.

use idb::{
    Database, DatabaseEvent as _, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode,
};
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use super::web_lock::web_lock;

/// The database of this origin.
const DATABASE: &str = "phieu-xa";

/// So many records are handed over before the browser has written one of them.
const AT_ONCE: usize = 1000;

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Drafts, by root.
    Drafts,
    /// Rows of the desk's datasets, by campaign and row.
    Dataset,
    /// The desk's campaigns, by id.
    Campaigns,
    /// Forms that drafts were begun with, by form and version.
    Forms,
    /// Secret keys under their pass-phrases, by public key.
    Identities,
    /// The lines of the desk's change logs, by campaign and line.
    Changes,
    /// The tallies of other desks, by campaign and desk.
    Tallies,
}

impl Store {
    const ALL: [Self; 7] = [
        Self::Drafts,
        Self::Dataset,
        Self::Campaigns,
        Self::Forms,
        Self::Identities,
        Self::Changes,
        Self::Tallies,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Dataset => "dataset",
            Self::Campaigns => "campaigns",
            Self::Forms => "forms",
            Self::Identities => "identities",
            Self::Changes => "changes",
            Self::Tallies => "tallies",
        }
    }
}

/// The browser refused, or a record cannot be read; the reason as the browser gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageError(pub String);

impl From<idb::Error> for StorageError {
    fn from(error: idb::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for StorageError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// What became of a record that was to replace another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put<T> {
    /// It is stored.
    Stored,
    /// It is not: this is there instead.
    Refused(Option<T>),
}

/// An open database.
pub struct Storage {
    database: Database,
}

impl Storage {
    /// Opens the database, making it where there is none.
    ///
    /// Pages of several versions share it: every file on a device that was opened from a file, a
    /// new desk and an old kit alike, has the same origin. So no page asks for a version of its
    /// own, which would shut out the older ones; who misses a store adds it.
    ///
    /// One page opens it at a time. A page that was left while it made the database would keep it
    /// for itself for as long as the browser holds the page ready for going back.
    ///
    /// # Errors
    /// Where the browser keeps nothing: private windows, blocked storage, a preview.
    pub async fn open() -> Result<Self, StorageError> {
        let _turn = web_lock(DATABASE).await;
        let mut database = Factory::new()?.open(DATABASE, None)?.await?;
        if !missing_stores(&database).is_empty() {
            let version = database.version()? + 1;
            database.close();
            let mut request = Factory::new()?.open(DATABASE, Some(version))?;
            request.on_upgrade_needed(|event| {
                let Ok(database) = event.database() else { return };
                for store in missing_stores(&database) {
                    // Refused, it is missing still, and every use of it says so.
                    let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
                }
            });
            database = request.await?;
        }
        // A newer page in another tab may need the database for itself.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Self { database })
    }

    /// Every record whose key starts with `prefix`. A record that cannot be read is left where it
    /// is and left out.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn all<T: DeserializeOwned>(
        &self,
        store: Store,
        prefix: &str,
    ) -> Result<Vec<T>, StorageError> {
        let read = |record| match record {
            Record::Text(text) => serde_json::from_str(&text).ok(),
            Record::Piece(_) => None,
        };
        Ok(self.records(store, prefix).await?.filter_map(read).collect())
    }

    /// Every record whose key starts with `prefix`, as it is stored.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn records(
        &self,
        store: Store,
        prefix: &str,
    ) -> Result<impl Iterator<Item = Record> + use<>, StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let records = transaction
            .object_store(store.name())?
            .get_all(Some(Query::KeyRange(prefixed(prefix)?)), None)?
            .await?;
        Ok(records.into_iter().filter_map(|record| Record::of(&record)))
    }

    /// Stores pieces of bytes, all or none. Each is made when its turn has come.
    ///
    /// # Errors
    /// When the browser refuses, for one by its quota.
    pub async fn put_bytes(
        &self,
        store: Store,
        pieces: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        put_pieces(&transaction.object_store(store.name())?, pieces).await?;
        kept(transaction).await
    }

    /// Puts pieces in place of those records whose keys start with `prefix` that go, in one
    /// transaction. `goes` is asked about each before the pieces are made.
    ///
    /// # Errors
    /// When the browser refuses; everything is as it was then.
    pub async fn rewrite<P: IntoIterator<Item = (String, Vec<u8>)>>(
        &self,
        store: Store,
        prefix: &str,
        mut goes: impl FnMut(Record) -> bool,
        pieces: impl FnOnce() -> P,
    ) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let records = transaction.object_store(store.name())?;
        let all = || prefixed(prefix).map(|range| Some(Query::KeyRange(range)));
        let keys = records.get_all_keys(all()?, None)?.await?;
        let there = records.get_all(all()?, None)?.await?;
        for (key, record) in keys.into_iter().zip(there) {
            if Record::of(&record).is_some_and(&mut goes) {
                let _ = records.delete(Query::Key(key))?;
            }
        }
        put_pieces(&records, pieces()).await?;
        kept(transaction).await
    }

    /// Stores records, all or none; done when the browser says they are kept.
    ///
    /// # Errors
    /// When the browser refuses, for one by its quota.
    pub async fn put<'r, T: Serialize + 'r>(
        &self,
        store: Store,
        records: impl IntoIterator<Item = (String, &'r T)>,
    ) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let records_store = transaction.object_store(store.name())?;
        for (number, (key, record)) in (1..).zip(records) {
            let text = serde_json::to_string(record)?;
            let text = JsValue::from_str(&text);
            let request = records_store.put(&text, Some(&JsValue::from_str(&key)))?;
            // The transaction answers for all of them; of many the texts would fill the memory.
            if number % AT_ONCE == 0 {
                request.await?;
            }
        }
        kept(transaction).await
    }

    /// Stores one record if `may_replace` agrees to what is there now, in one transaction; says
    /// what is there if it does not.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn put_if<T: Serialize + DeserializeOwned>(
        &self,
        store: Store,
        key: &str,
        record: &T,
        may_replace: impl FnOnce(Option<&T>) -> bool,
    ) -> Result<Put<T>, StorageError> {
        let key = JsValue::from_str(key);
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let records = transaction.object_store(store.name())?;
        let there = records.get(Query::Key(key.clone()))?.await?;
        let there = there.and_then(|text| serde_json::from_str(&text.as_string()?).ok());
        if !may_replace(there.as_ref()) {
            return Ok(Put::Refused(there));
        }
        let text = serde_json::to_string(record)?;
        let _ = records.put(&JsValue::from_str(&text), Some(&key))?;
        kept(transaction).await?;
        if self.text(store, &key).await? == Some(text) {
            Ok(Put::Stored)
        } else {
            Err(StorageError("what was stored does not read back".to_owned()))
        }
    }

    /// The record of a key, if there is one that can be read.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn get<T: DeserializeOwned>(
        &self,
        store: Store,
        key: &str,
    ) -> Result<Option<T>, StorageError> {
        let text = self.text(store, &JsValue::from_str(key)).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn text(&self, store: Store, key: &JsValue) -> Result<Option<String>, StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let record = transaction.object_store(store.name())?.get(Query::Key(key.clone()))?.await?;
        Ok(record.and_then(|record| record.as_string()))
    }

    /// Deletes every record whose key starts with `prefix`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn delete(&self, store: Store, prefix: &str) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let records = transaction.object_store(store.name())?;
        let _ = records.delete(Query::KeyRange(prefixed(prefix)?))?;
        kept(transaction).await
    }

    /// Deletes every record of every kind, all or none; says how many there were.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn delete_everything(&self) -> Result<Vec<(Store, usize)>, StorageError> {
        let names = Store::ALL.map(Store::name);
        let transaction = self.database.transaction(&names, TransactionMode::ReadWrite)?;
        let mut counts = Vec::new();
        for store in Store::ALL {
            let records = transaction.object_store(store.name())?;
            let keys = records.get_all_keys(None, None)?.await?;
            let held = keys.iter().filter_map(JsValue::as_string).map(|key| records_in(&key));
            counts.push((store, held.sum()));
            let _ = records.clear()?;
        }
        kept(transaction).await?;
        Ok(counts)
    }

    /// Deletes the records of these keys, all or none.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn delete_each(
        &self,
        store: Store,
        keys: impl IntoIterator<Item = String>,
    ) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let records = transaction.object_store(store.name())?;
        for key in keys {
            let _ = records.delete(Query::Key(JsValue::from_str(&key)))?;
        }
        kept(transaction).await
    }
}

/// What is stored under a key.
pub enum Record {
    /// One record, as JSON.
    Text(String),
    /// Many in a piece.
    Piece(Vec<u8>),
}

impl Record {
    fn of(value: &JsValue) -> Option<Self> {
        let piece = || value.dyn_ref::<Uint8Array>().map(|piece| Self::Piece(piece.to_vec()));
        value.as_string().map(Self::Text).or_else(piece)
    }
}

async fn put_pieces(
    records: &idb::ObjectStore,
    pieces: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<(), StorageError> {
    for (key, piece) in pieces {
        let piece = Uint8Array::from(piece.as_slice());
        // The transaction answers for all of them; of many the bytes would fill the memory.
        records.put(&piece, Some(&JsValue::from_str(&key)))?.await?;
    }
    Ok(())
}

/// What stands in the key of a piece before the number of records it holds.
const OF_SO_MANY: &str = "\u{1f}piece of ";

/// The key of a piece that holds so many records.
pub fn piece_key(prefix: &str, records: usize, id: &str) -> String {
    format!("{prefix}{OF_SO_MANY}{records}\u{1f}{id}")
}

/// How many records are under a key: many in a piece.
fn records_in(key: &str) -> usize {
    let stated = key.split_once(OF_SO_MANY).and_then(|(_, rest)| rest.split('\u{1f}').next());
    stated.and_then(|number| number.parse().ok()).unwrap_or(1)
}

/// Asks the browser to keep what is stored even when space is short; some ask the person.
pub fn ask_to_persist() {
    let storage = gloo::utils::window().navigator().storage();
    // Missing in some browsers, which then keep it as long as they like.
    if let Ok(promise) = storage.persist() {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// The stores that a database does not have yet.
fn missing_stores(database: &Database) -> Vec<Store> {
    let there = database.store_names();
    Store::ALL.into_iter().filter(|store| !there.iter().any(|name| name == store.name())).collect()
}

async fn kept(transaction: idb::Transaction) -> Result<(), StorageError> {
    if transaction.await?.is_committed() {
        Ok(())
    } else {
        Err(StorageError("the transaction was aborted".to_owned()))
    }
}

/// The keys that start with `prefix`.
fn prefixed(prefix: &str) -> Result<KeyRange, StorageError> {
    let (first, last) =
        (JsValue::from_str(prefix), JsValue::from_str(&format!("{prefix}\u{ffff}")));
    Ok(KeyRange::bound(&first, &last, Some(false), Some(false))?)
}
