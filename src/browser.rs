//! The browser shell.
use yew::prelude::*;

#[component]
fn Hello() -> Html {
    html! { <p id="hello">{ "Phiếu Xã" }</p> }
}

/// Mounts the page.
pub fn start_app() {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<Hello>::with_root(root).render();
    }
}

/// Starts the worker.
pub fn start_worker() {}
