//! The part of the address behind `#`, and the browser's own back and forward.

use gloo::events::EventListener;
use gloo::storage::{SessionStorage, Storage as _};
use wasm_bindgen::JsValue;

use crate::app::route::Route;

/// The route the address names.
pub fn route() -> Route {
    Route::parse(&gloo::utils::window().location().hash().unwrap_or_default())
}

/// What the hash of a link to a campaign begins with; the campaign as text follows.
const CAMPAIGN: &str = "#/dot/";

/// Where the campaign of a link stays while its page is loaded again.
const OPENED: &str = "phieu-xa-campaign";

/// The campaign of a link, as text. It leaves the address, which is for the pages, but stays for
/// as long as this tab.
pub fn take_campaign() -> Option<String> {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    match hash.strip_prefix(CAMPAIGN) {
        Some(text) => {
            // Refused, it is lost when the page is loaded again, and the link opens it once more.
            let _ = SessionStorage::raw().set_item(OPENED, text);
            show(&Route::default(), true);
            Some(text.to_owned())
        }
        None => SessionStorage::raw().get_item(OPENED).ok().flatten(),
    }
}

/// The address of this page as a link to a campaign, which is given as text.
pub fn link_to(campaign: &str) -> String {
    let page = gloo::utils::window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}{CAMPAIGN}{campaign}")
}

/// True when others can open this page's address.
pub fn is_hosted() -> bool {
    gloo::utils::window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"))
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
