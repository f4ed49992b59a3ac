//! What the page brings along besides its code: the forms that ship, and in a kit the campaign.
//!
//! The one file has both inside, as inert text; the hosted page fetches the forms from beside
//! itself.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::reason;
use crate::forms::BuiltIn;

/// The element that holds a kit's campaign.
pub(super) const CAMPAIGN_ID: &str = "campaign";

/// The element that holds the sheets of the forms that ship, packed.
const FORMS_ID: &str = "forms";

/// The campaign of a kit, as text.
pub fn campaign() -> Option<String> {
    inside(CAMPAIGN_ID)
}

/// The sheets of a form that ships: file names and texts.
///
/// # Errors
/// The browser's reason, where the hosted page is cut off before it was kept for later.
pub async fn sheets(form: BuiltIn) -> Result<Vec<(String, String)>, String> {
    let paths = form.sheet_paths();
    let found = if inside(FORMS_ID).is_some() {
        from_inside(&paths).await
    } else {
        from_site(&paths).await
    };
    found.map_err(|error| reason(&error))
}

async fn from_inside(paths: &[String]) -> Result<Vec<(String, String)>, JsValue> {
    let json = js_sys::Uint8Array::new(&unpacked(FORMS_ID).await?).to_vec();
    let all: std::collections::BTreeMap<String, String> =
        serde_json::from_slice(&json).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let texts = paths.iter().filter_map(|path| Some((file_name(path), all.get(path)?.clone())));
    Ok(texts.collect())
}

async fn from_site(paths: &[String]) -> Result<Vec<(String, String)>, JsValue> {
    let mut texts = Vec::new();
    for path in paths {
        texts.push((file_name(path), fetched(&format!("forms/{path}")).await?));
    }
    Ok(texts)
}

/// The text of a file beside the hosted page.
pub(super) async fn fetched(address: &str) -> Result<String, JsValue> {
    let response = JsFuture::from(gloo::utils::window().fetch_with_str(address)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from_str(&format!("{address}: {}", response.status())));
    }
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}

/// The text of an inert element of the page.
pub(super) fn inside(id: &str) -> Option<String> {
    gloo::utils::document().get_element_by_id(id)?.text_content()
}

/// The bytes of a packed element of the page, or of one of its programs, by the function that the page
/// brings for it.
pub(super) async fn unpacked(id: &str) -> Result<JsValue, JsValue> {
    let unpack = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("unpackBlock"))?;
    let unpack: js_sys::Function = unpack.dyn_into()?;
    let promise: js_sys::Promise =
        unpack.call1(&JsValue::NULL, &JsValue::from_str(id))?.dyn_into()?;
    JsFuture::from(promise).await
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
