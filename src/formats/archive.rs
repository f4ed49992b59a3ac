//! Files in a ZIP, guarded against archives that unpack to more than anybody means to send.

use std::io::{Cursor, Read, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::domain::problem::ProblemKind;

/// The most that an archive may unpack to, in megabytes.
pub const LARGEST_UNPACKED: u32 = 256;

/// The same in bytes.
pub const MOST_BYTES: u64 = LARGEST_UNPACKED as u64 * 1024 * 1024;

/// The most files in one archive.
const MOST_FILES: usize = 20_000;

/// An archive that is known to unpack to what fits into the memory.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

/// Writes files, each with its name, into an archive.
///
/// # Errors
/// Only where the library fails.
pub fn write(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::default());
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    zip.finish().map(Cursor::into_inner)
}

/// True when the bytes begin like a ZIP, as workbooks do too.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'b> Archive<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is none, has a password, or would unpack to too much. Sizes are checked first as
    /// the archive states them and then as they are, without keeping what is unpacked.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ProblemKind> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        if zip.len() > MOST_FILES {
            return Err(ProblemKind::BadArchive);
        }
        let mut stated = 0u64;
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(|error| fault(&error))?;
            stated = stated.saturating_add(file.size());
        }
        if stated > MOST_BYTES {
            return Err(ProblemKind::TooLarge(LARGEST_UNPACKED));
        }
        let mut unpacked = 0;
        for index in 0..zip.len() {
            let file = zip.by_index(index).map_err(|error| fault(&error))?;
            let left = MOST_BYTES.saturating_sub(unpacked);
            let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
            unpacked += read.map_err(|_| ProblemKind::BadArchive)?;
            if unpacked > MOST_BYTES {
                return Err(ProblemKind::TooLarge(LARGEST_UNPACKED));
            }
        }
        Ok(Self { zip })
    }

    /// The names of its files, each with its position. A name that is no text is passed over.
    pub fn names(&self) -> Vec<(usize, String)> {
        let names = self.zip.file_names().enumerate();
        let names = names.filter_map(|(index, name)| Some((index, name.ok()?.into_owned())));
        names.filter(|(_, name)| !name.ends_with('/')).collect()
    }

    /// The position of the file of this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name)
    }

    /// The content of the file at a position.
    ///
    /// # Errors
    /// When the archive is damaged there.
    pub fn content(&mut self, index: usize) -> Result<Vec<u8>, ProblemKind> {
        let file = self.zip.by_index(index).map_err(|error| fault(&error))?;
        let mut content = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut content).map_err(|_| ProblemKind::BadArchive)?;
        Ok(content)
    }
}

fn fault(error: &ZipError) -> ProblemKind {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ProblemKind::Locked,
        _ => ProblemKind::BadArchive,
    }
}
