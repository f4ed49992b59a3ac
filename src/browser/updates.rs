//! The service worker of the served site (`static/service-worker.js`): it keeps the site for times
//! without a network, and a newer version of it waits until the person takes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

use super::address::is_hosted;

/// What a version that waits is told to take the place of the one in use.
const TAKE_OVER: &str = "take-over";

/// The served site's versions. From a file and in a kit there are none.
#[derive(Clone, Default)]
pub struct Updates {
    registration: Rc<RefCell<Option<ServiceWorkerRegistration>>>,
    /// True once the person wants the version that waits.
    is_wanted: Rc<Cell<bool>>,
}

impl Updates {
    /// Has the site kept, and calls back when there is a newer version of it to be taken.
    pub fn watch(found: impl Fn() + 'static) -> Self {
        let updates = Self::default();
        if let (Some(container), Some(script)) = (container(), script()) {
            let watching = updates.clone();
            spawn_local(async move {
                // Where the browser refuses, the page goes on as long as there is a network.
                let _ = watching.register(&container, &script, Rc::new(found)).await;
            });
        }
        updates
    }

    async fn register(
        &self,
        container: &ServiceWorkerContainer,
        script: &str,
        found: Rc<dyn Fn()>,
    ) -> Result<(), JsValue> {
        // Another window may let the new version in: then this one goes on as it is, too.
        let is_kept = Cell::new(container.controller().is_some());
        let (is_wanted, found_elsewhere) = (Rc::clone(&self.is_wanted), Rc::clone(&found));
        let on_taken = move |_: &_| {
            if is_wanted.take() {
                reload();
            } else if is_kept.replace(true) {
                found_elsewhere();
            }
        };
        EventListener::new(container, "controllerchange", on_taken).forget();

        let registered = JsFuture::from(container.register(script)).await?;
        let registration: ServiceWorkerRegistration = registered.dyn_into()?;
        self.registration.replace(Some(registration.clone()));
        tell_when_waiting(&registration, &found);
        tell_when_installed(&registration, &found);
        let updated = registration.clone();
        EventListener::new(&registration, "updatefound", move |_| {
            tell_when_installed(&updated, &found);
        })
        .forget();
        Ok(())
    }

    /// Loads the page anew with the newest version that is on this device.
    pub fn take(&self) {
        let waiting =
            self.registration.borrow().as_ref().and_then(ServiceWorkerRegistration::waiting);
        match waiting {
            Some(waiting) => {
                self.is_wanted.set(true);
                if waiting.post_message(&JsValue::from_str(TAKE_OVER)).is_err() {
                    reload();
                }
            }
            // Another window has taken it already.
            None => reload(),
        }
    }
}

/// Calls back if a version waits. The very first one does so too, for a moment, behind nothing.
fn tell_when_waiting(registration: &ServiceWorkerRegistration, found: &Rc<dyn Fn()>) {
    if registration.active().is_some() && registration.waiting().is_some() {
        found();
    }
}

/// Calls back once the version that is being installed waits.
fn tell_when_installed(registration: &ServiceWorkerRegistration, found: &Rc<dyn Fn()>) {
    let Some(installing) = registration.installing() else { return };
    let (registration, found) = (registration.clone(), Rc::clone(found));
    EventListener::new(&installing, "statechange", move |_| {
        tell_when_waiting(&registration, &found);
    })
    .forget();
}

/// What keeps service workers; browsers have it on safe pages only.
fn container() -> Option<ServiceWorkerContainer> {
    let container = gloo::utils::window().navigator().service_worker();
    (is_hosted() && !container.is_undefined()).then_some(container)
}

/// The address of the site's service worker; the one file and kits do not name any.
fn script() -> Option<String> {
    let meta = gloo::utils::document().query_selector("meta[name=service-worker]");
    meta.ok().flatten()?.get_attribute("content")
}

fn reload() {
    // It is refused only where a page is being left already.
    let _ = gloo::utils::window().location().reload();
}
