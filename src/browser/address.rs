//! The part of the address behind `#`, and the browser's own back and forward.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

use crate::app::route::Route;

/// The route the address names.
pub fn route() -> Route {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    // A browser gives letters beyond English ones as `%E1`.
    let decoded = js_sys::decode_uri_component(&hash).ok().and_then(|decoded| decoded.as_string());
    Route::parse(&decoded.unwrap_or(hash))
}

/// Shows a route in the address.
pub fn show(route: &Route, replace: bool) {
    let window = gloo::utils::window();
    let hash = route.to_string();
    // Some previews of files forbid changing the address; the page works without.
    let _ = if replace {
        window
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&hash)))
    } else {
        window.location().set_hash(&hash)
    };
}

/// Calls back with the route whenever the address changes.
pub fn on_change(changed: impl Fn(Route) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| changed(route()))
}
