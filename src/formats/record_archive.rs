//! Records as lines of JSON, in a ZIP: what the desk keeps, as one file. Written and read record by
//! record, so that no more than one of them is there as text at a time.

use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};

use serde::Serialize;
use serde::de::DeserializeOwned;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The most that one file of the archive may unpack to, in bytes.
const MOST_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// It is no such archive, or it was cut or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

/// Writes an archive.
pub struct RecordWriter {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl RecordWriter {
    /// An empty archive.
    pub fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::default()) }
    }

    /// Adds a file with a line a record.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn add<'r, T: Serialize + 'r>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = &'r T>,
    ) -> Result<(), Damaged> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(|_| Damaged)?;
        for record in records {
            let mut line = serde_json::to_vec(record).map_err(|_| Damaged)?;
            line.push(b'\n');
            self.zip.write_all(&line).map_err(|_| Damaged)?;
        }
        Ok(())
    }

    /// The archive.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn finish(self) -> Result<Vec<u8>, Damaged> {
        self.zip.finish().map(Cursor::into_inner).map_err(|_| Damaged)
    }
}

impl Default for RecordWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads an archive.
pub struct RecordReader<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> RecordReader<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is none.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Damaged> {
        Ok(Self { zip: ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damaged)? })
    }

    /// Whether there is such a file.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The records of one file.
    ///
    /// # Errors
    /// When there is no such file, or a line of it is no such record.
    pub fn records<T: DeserializeOwned>(&mut self, name: &str) -> Result<Vec<T>, Damaged> {
        let file = self.zip.by_name(name).map_err(|_| Damaged)?;
        let lines = BufReader::new(file.take(MOST_BYTES)).lines();
        lines
            .map(|line| serde_json::from_str(&line.map_err(|_| Damaged)?).map_err(|_| Damaged))
            .collect()
    }
}
