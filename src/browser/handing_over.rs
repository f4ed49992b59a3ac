//! The device's own ways of handing something over: the share sheet, the clipboard.

use std::path::Path;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FilePropertyBag, ShareData};

use super::files;

/// True on a phone or tablet whose browser can share files; on a laptop a download is what people
/// look for.
pub fn can_share() -> bool {
    let touched = gloo::utils::window().match_media("(pointer: coarse)").ok().flatten();
    touched.is_some_and(|query| query.matches())
        && data("phieu.csv", b"").is_some_and(|data| is_shareable(&data))
}

/// Opens the share sheet with a file, where people look for it. Else, and where that fails, the
/// file is downloaded; who closes the sheet has changed their mind.
pub fn share(name: String, content: Vec<u8>) {
    let Some(data) = data(&name, &content).filter(|_| can_share()) else {
        return files::download(&name, &content);
    };
    let shared = gloo::utils::window().navigator().share_with_data(&data);
    spawn_local(async move {
        if let Err(error) = JsFuture::from(shared).await {
            let error_name = js_sys::Reflect::get(&error, &JsValue::from_str("name"));
            if error_name.ok().and_then(|name| name.as_string()).as_deref() != Some("AbortError") {
                files::download(&name, &content);
            }
        }
    });
}

fn data(name: &str, content: &[u8]) -> Option<ShareData> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(content));
    let options = FilePropertyBag::new();
    // Browsers share only kinds of files that they know; an encrypted one is text as well.
    let is_encrypted = Path::new(name).extension().is_some_and(|kind| kind == "age");
    let name = if is_encrypted { format!("{name}.txt") } else { name.to_owned() };
    options.set_type(if is_encrypted { "text/plain" } else { "text/csv" });
    let file = File::new_with_u8_array_sequence_and_options(&parts, &name, &options).ok()?;
    let data = ShareData::new();
    data.set_files(&js_sys::Array::of1(&file));
    Some(data)
}

fn is_shareable(data: &ShareData) -> bool {
    let navigator = gloo::utils::window().navigator();
    let has = |name: &str| {
        let function = js_sys::Reflect::get(&navigator, &JsValue::from_str(name));
        function.is_ok_and(|function| function.is_function())
    };
    has("share") && has("canShare") && navigator.can_share_with_data(data)
}

/// Puts a text into the clipboard; says whether the browser allowed it.
pub fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let navigator = gloo::utils::window().navigator();
    // Missing on pages that the browser does not trust.
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    let Some(clipboard) = clipboard.ok().and_then(|c| c.dyn_into::<web_sys::Clipboard>().ok())
    else {
        return then(false);
    };
    spawn_local(async move {
        then(JsFuture::from(clipboard.write_text(&text)).await.is_ok());
    });
}
