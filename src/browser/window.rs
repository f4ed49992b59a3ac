//! The window: how wide it is, and that it is about to close.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, MediaQueryList};

/// Room for a whole section beside nothing cut: a laptop, a tablet on its side.
const WIDE: &str = "(min-width: 64rem)";

/// Calls back with whether the window is wide, now and whenever that changes.
pub fn on_width(changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query: MediaQueryList = gloo::utils::window().match_media(WIDE).ok()??;
    changed(query.matches());
    let watched = query.clone();
    Some(EventListener::new(&query, "change", move |_| changed(watched.matches())))
}

/// Asks whether to leave while `at_risk` says that something would be lost.
pub fn hold_while(at_risk: Rc<Cell<bool>>) -> EventListener {
    let window = gloo::utils::window();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window, "beforeunload", options, move |event| {
        if at_risk.get() {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                // Older browsers ask only where there is a text, which they do not show.
                event.set_return_value("?");
            }
        }
    })
}

/// True where the person has asked for as little movement as possible.
pub fn prefers_stillness() -> bool {
    let asked = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)");
    asked.ok().flatten().is_some_and(|query| query.matches())
}
