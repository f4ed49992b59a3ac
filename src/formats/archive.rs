//! Files in a ZIP, guarded against archives that unpack to more than anybody means to send.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

use crate::domain::problem::ProblemKind;

/// The most that an archive may unpack to, in megabytes.
pub const LARGEST_UNPACKED: u32 = 256;

/// The most files in one archive.
const MOST_FILES: usize = 20_000;

/// True when the bytes begin like a ZIP, as workbooks do too.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The names of the files in an archive.
///
/// # Errors
/// When it is no archive, or would unpack to too much. Sizes are checked first as the archive
/// states them and then as they are, without keeping what is unpacked.
pub fn names(bytes: &[u8]) -> Result<Vec<String>, ProblemKind> {
    let mut archive = opened(bytes)?;
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| ProblemKind::BadArchive)?;
        let left = limit().saturating_sub(unpacked);
        if file.size() > left {
            return Err(ProblemKind::TooLarge(LARGEST_UNPACKED));
        }
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        unpacked += read.map_err(|_| ProblemKind::BadArchive)?;
        if unpacked > limit() {
            return Err(ProblemKind::TooLarge(LARGEST_UNPACKED));
        }
    }
    let names = archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
    let names: Result<Vec<String>, _> = names.collect();
    let names = names.map_err(|_| ProblemKind::BadArchive)?;
    Ok(names.into_iter().filter(|name| !name.ends_with('/')).collect())
}

/// The content of one file of an archive whose [`names`] were read.
///
/// # Errors
/// When the archive is damaged there.
pub fn content(bytes: &[u8], name: &str) -> Result<Vec<u8>, ProblemKind> {
    let mut archive = opened(bytes)?;
    let file = archive.by_name(name).map_err(|_| ProblemKind::BadArchive)?;
    let mut content = Vec::new();
    file.take(limit()).read_to_end(&mut content).map_err(|_| ProblemKind::BadArchive)?;
    Ok(content)
}

fn opened(bytes: &[u8]) -> Result<ZipArchive<impl Read + Seek>, ProblemKind> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ProblemKind::BadArchive)?;
    if archive.len() > MOST_FILES { Err(ProblemKind::BadArchive) } else { Ok(archive) }
}

fn limit() -> u64 {
    u64::from(LARGEST_UNPACKED) * 1024 * 1024
}
