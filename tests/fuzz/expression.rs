//! Any text as an expression: it is refused at a place in it, or reads the same when written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use phieu_xa::domain::expression::{locate, parse, place_at};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(expression) => {
            let written = expression.to_string();
            for name in expression.references() {
                assert!(locate(&written, name).is_some(), "{name} in {written}");
            }
            let _ = (expression.columns(), expression.lists(), expression.selection_limit());
            assert_eq!(parse(&written), Ok(expression), "{written}");
        }
        Err(error) => assert!(text.get(place_at(text, error.at)).is_some(), "{error:?}"),
    }
});
