//! A lock that one page or worker of the origin holds at a time.
//!
//! A browser does not put a page on ice that holds one, or thaws it when another page asks: what is
//! begun under a lock comes to its end.

use futures::channel::oneshot::{Sender, channel};
use futures::future::select;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// How long to wait for it: without a lock everything works too, if less surely.
const PATIENCE_MS: u32 = 3_000;

#[wasm_bindgen]
extern "C" {
    // Not yet among the stable interfaces of the binding.
    type Locks;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        while_held: &js_sys::Function,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// Holds the lock until it is dropped.
pub struct WebLock {
    _release: Sender<()>,
}

/// Waits for the lock of this name; none where the browser has no locks, or does not give it in
/// time.
pub async fn web_lock(name: &str) -> Option<WebLock> {
    let (release, released) = channel::<()>();
    let (grant, granted) = channel::<()>();
    let while_held = Closure::once_into_js(move || {
        // Nobody waits any more: then it is released at once.
        let _ = grant.send(());
        future_to_promise(async move {
            // Dropping the sender is the sign.
            let _ = released.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let requested =
        LOCKS.with(|locks| locks.as_ref()?.request(name, while_held.unchecked_ref()).ok())?;
    let over = select(JsFuture::from(requested), TimeoutFuture::new(PATIENCE_MS));
    select(granted, over).await;
    Some(WebLock { _release: release })
}
