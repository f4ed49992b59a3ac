//! Any bytes as what comes by code and message: packed responses, a text, a picture.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use phieu_xa::app::collector::Collector;
use phieu_xa::domain::form::Form;
use phieu_xa::formats::code_picture::Picture;
use phieu_xa::formats::packed;
use phieu_xa::forms;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap_or_default());

fuzz_target!(|bytes: &[u8]| {
    let read = packed::read(&FORM, "x", bytes);
    assert!(!read.problems.is_empty() || !read.responses.is_empty(), "refused without a reason");

    let mut desk = Collector::new(FORM.clone(), []);
    let mut staged = desk.stage();
    staged.add_pasted(&FORM, "x", &String::from_utf8_lossy(bytes));
    for report in desk.merge(staged).reports {
        let is_taken = report.new + report.newer + report.older + report.already_there > 0;
        assert!(is_taken || report.differing > 0 || !report.problems.is_empty(), "{report:?}");
    }

    if let Some((width, dots)) = bytes.split_first() {
        // Eight dots a byte, as codes are black and white.
        let grey = dots.iter().flat_map(|byte| (0..8).map(move |bit| (byte >> bit & 1) * 255));
        Picture::of_grey(usize::from(*width), grey.collect()).codes_at_all_sizes();
    }
});
