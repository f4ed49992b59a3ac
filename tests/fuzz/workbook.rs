//! Any bytes as a workbook.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use phieu_xa::formats::form_files;

fuzz_target!(|bytes: &[u8]| {
    match form_files::sheets(&[("form.xlsx".to_owned(), bytes.to_vec())]) {
        Ok(sheets) => fuzz::read_form(sheets),
        Err(faults) => assert!(!faults.is_empty(), "refused without a reason"),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate(data, size, max_size, seed)
});
