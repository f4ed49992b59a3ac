//! Any bytes as the files of a form: a ZIP, or CSV sheets one after the other, each after a line
//! `=name`.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use phieu_xa::formats::{archive, form_files};

fuzz_target!(|bytes: &[u8]| {
    let files = if archive::is_archive(bytes) {
        vec![("form.zip".to_owned(), bytes.to_vec())]
    } else {
        split(bytes)
    };
    match form_files::sheets(&files) {
        Ok(sheets) => fuzz::read_form(sheets),
        Err(faults) => assert!(!faults.is_empty(), "refused without a reason"),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate(data, size, max_size, seed)
});

fn split(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(b"="), files.last_mut()) {
            (Some(name), _) => {
                files.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new()));
            }
            (None, Some((_, content))) => content.extend_from_slice(line),
            (None, None) => files.push(("survey.csv".to_owned(), line.to_vec())),
        }
    }
    files
}
