//! What the fuzz targets have in common.
//!
//! Each target is a program that libFuzzer calls with bytes it makes up, starting from the files
//! in `corpus/` and keeping what reaches new code. `cargo xtask test fuzz` and `cargo xtask fuzz`
//! build and run them.

use std::io::{Cursor, Read as _, Write as _};

use phieu_xa::domain::problem::FormProblem;
use phieu_xa::formats::form_files::NamedSheet;
use phieu_xa::formats::xlsform::{Unsupported, read_sheets};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Reads a form from its sheets; whatever is wrong must be told in a way that can be shown.
///
/// # Panics
/// When it is not.
pub fn read_form(sheets: Vec<NamedSheet>) {
    match read_sheets(sheets, Unsupported::LeftOut) {
        Ok(read) => check(&read.warnings),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            check(&faults);
        }
    }
}

/// What is underlined must lie within its text.
fn check(problems: &[FormProblem]) {
    for excerpt in problems.iter().filter_map(|problem| problem.excerpt.as_ref()) {
        let length = excerpt.text.chars().count();
        assert!(excerpt.start + excerpt.length <= length, "{excerpt:?}");
    }
}

/// Changes an input that may be a ZIP. Bytes changed at random would only ever break a checksum,
/// so mostly one of the files inside is changed and all are packed again.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let repacked = (!seed.is_multiple_of(8))
        .then(|| repacked(data.get(..size)?, seed as usize / 8, most))
        .flatten()
        .filter(|repacked| repacked.len() <= most);
    match repacked {
        Some(repacked) => {
            data[..repacked.len()].copy_from_slice(&repacked);
            repacked.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, most),
    }
}

/// The archive with one of its files changed, none of them compressed any more.
fn repacked(bytes: &[u8], choice: usize, most: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let changed = choice.checked_rem(archive.len())?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = Vec::new();
        file.take(most as u64).read_to_end(&mut content).ok()?;
        if index == changed {
            let length = content.len();
            content.resize(length * 2 + 64, 0);
            let room = content.len();
            let length = libfuzzer_sys::fuzzer_mutate(&mut content, length, room);
            content.truncate(length);
        }
        writer.start_file(name, options).ok()?;
        writer.write_all(&content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
