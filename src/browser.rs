//! The shell: what only a browser can do, one kind a file, each behind a few plain functions.
//!
//! A browser's error is turned into ours, or into a message, in the file where it appears.

pub mod address;
pub mod camera;
pub mod carried;
pub mod clock;
pub mod codes;
pub mod files;
pub mod handing_over;
pub mod own_page;
mod packing;
pub mod pictures;
pub mod preferences;
pub mod sight;
pub mod storage;
pub mod updates;
pub mod web_lock;
pub mod window;
pub mod worker_link;

use wasm_bindgen::JsValue;

/// What a browser says of an error, for the details of a message.
pub fn reason(error: &JsValue) -> String {
    let named = js_sys::Reflect::get(error, &JsValue::from_str("message")).ok();
    named
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
