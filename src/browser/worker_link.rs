//! The page's end of the line to the worker.
//!
//! The hosted page names the worker's two files in `<meta>` elements; the one file carries both
//! inside, its JavaScript as text and its wasm packed. Either way the worker starts from a Blob.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use super::carried::{inside, unpacked};
use super::files::{NamedFile, forever, portions};
use super::reason;
use crate::app::desk::safety::SafetyReply;
use crate::app::protocol::{BookReply, Job, Reply, Request};

/// What the worker says first: it is ready for requests.
pub const READY: &str = "ready";

/// The line to the worker, which starts with the first request, and anew with the first one after
/// it has died.
#[derive(Clone)]
pub struct WorkerLink {
    state: Rc<RefCell<State>>,
    /// What a fresh worker must hear first: the campaign that is open, and how it was changed.
    opened: Rc<RefCell<Vec<JsValue>>>,
    /// How many imports were begun or ended: files are sent for the last one only.
    imports: Rc<Cell<usize>>,
    write: WriteRequest,
    read: ReadReply,
    replied: Rc<dyn Fn(Reply)>,
}

/// How a program writes the requests that it may make; `None` for others.
type WriteRequest = fn(&Request) -> Option<String>;

/// How a program reads the replies that it may get.
type ReadReply = fn(&str) -> serde_json::Result<Reply>;

enum State {
    NotStarted,
    /// What waits until the worker is ready.
    Starting(Vec<JsValue>),
    Ready(Worker),
    Dead,
}

impl WorkerLink {
    /// A line whose requests are written by `write`, and whose replies are read by `read` and go to
    /// `replied`.
    pub fn new(write: WriteRequest, read: ReadReply, replied: impl Fn(Reply) + 'static) -> Self {
        Self {
            state: Rc::new(RefCell::new(State::NotStarted)),
            opened: Rc::default(),
            imports: Rc::default(),
            write,
            read,
            replied: Rc::new(replied),
        }
    }

    /// Sends a request with the files that belong to it.
    pub fn send(&self, request: &Request, files: Vec<NamedFile>) {
        if let Request::Import(_) = request {
            self.send_with(request, &JsValue::UNDEFINED);
            return self.send_in_portions(files);
        }
        let files: Array = files
            .into_iter()
            .map(|(name, file)| Array::of2(&JsValue::from_str(&name), &file))
            .collect();
        self.send_with(request, &files);
    }

    /// Sends the files of an import after its request, a few at a time: to look at ten thousand
    /// takes a browser seconds, in which the page would not answer.
    fn send_in_portions(&self, files: Vec<NamedFile>) {
        let (link, import) = (self.clone(), self.imports.get());
        spawn_local(async move {
            for portion in portions(files) {
                if link.imports.get() != import {
                    return;
                }
                link.post(portion);
                TimeoutFuture::new(0).await;
            }
        });
    }

    /// Sends a request with a browser's object that belongs to it.
    pub fn send_with(&self, request: &Request, beside: &JsValue) {
        let Some(json) = (self.write)(request) else { return };
        let message: JsValue = Array::of2(&JsValue::from_str(&json), beside).into();
        let before = self.opened.borrow().clone();
        match request {
            Request::Open(_) => *self.opened.borrow_mut() = vec![message.clone()],
            Request::Tailor(_) => {
                let mut opened = self.opened.borrow_mut();
                opened.truncate(1);
                opened.push(message.clone());
            }
            Request::Import(_) | Request::Cancel(Job::Import) => {
                self.imports.set(self.imports.get() + 1);
            }
            _ => {}
        }
        let mut state = self.state.borrow_mut();
        match &mut *state {
            State::Ready(_) | State::Starting(_) => {
                drop(state);
                self.post(message);
            }
            State::NotStarted | State::Dead => {
                let is_opening = matches!(request, Request::Open(_));
                let reopening = if is_opening { Vec::new() } else { before };
                *state = State::Starting(reopening.into_iter().chain([message]).collect());
                drop(state);
                self.start();
            }
        }
    }

    /// Sends a message to the worker that is there or being started.
    fn post(&self, message: JsValue) {
        match &mut *self.state.borrow_mut() {
            State::Ready(worker) => {
                if let Err(error) = worker.post_message(&message) {
                    (self.replied)(Reply::Failed(reason(&error)));
                }
            }
            State::Starting(waiting) => waiting.push(message),
            State::NotStarted | State::Dead => {}
        }
    }

    fn start(&self) {
        let link = self.clone();
        spawn_local(async move {
            if let Err(error) = link.start_worker().await {
                link.die(reason(&error));
            }
        });
    }

    async fn start_worker(&self) -> Result<(), JsValue> {
        let (start, wasm) = match inside("worker-glue") {
            Some(glue) => {
                (format!("{glue}\n{START_FROM_BYTES}"), Some(unpacked("worker-wasm").await?))
            }
            None => (start_from_site()?, None),
        };
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let parts = Array::of1(&JsValue::from_str(&format!("{TELL_EVERY_ERROR}\n{start}")));
        let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(
            &parts, &options,
        )?)?;
        let worker = Worker::new(&url)?;
        let on_message = {
            let (link, worker) = (self.clone(), worker.clone());
            forever(move |event: MessageEvent| link.received(&event.data(), &worker))
        };
        worker.set_onmessage(Some(&on_message));
        let on_error = {
            let (link, worker) = (self.clone(), worker.clone());
            forever(move |event: ErrorEvent| {
                // An error leaves its wasm in no state to go on in. It is told once.
                worker.set_onerror(None);
                worker.set_onmessage(None);
                worker.terminate();
                link.die(event.message());
            })
        };
        worker.set_onerror(Some(&on_error));
        match wasm {
            Some(bytes) => worker.post_message(&bytes),
            None => Ok(()),
        }
    }

    /// Nothing that waits will be done.
    fn die(&self, reason: String) {
        self.imports.set(self.imports.get() + 1);
        self.state.replace(State::Dead);
        (self.replied)(Reply::Failed(reason));
    }

    fn received(&self, data: &JsValue, worker: &Worker) {
        if data.as_string().is_some_and(|word| word == READY) {
            let before = self.state.replace(State::Ready(worker.clone()));
            if let State::Starting(waiting) = before {
                for message in waiting {
                    if let Err(error) = worker.post_message(&message) {
                        (self.replied)(Reply::Failed(reason(&error)));
                    }
                }
            }
            return;
        }
        let message: &Array = data.unchecked_ref();
        let json = message.get(0).as_string().unwrap_or_default();
        let bytes = message.get(1);
        (self.replied)(match (self.read)(&json) {
            Ok(Reply::Exported { name, .. }) => {
                Reply::Exported { name, bytes: js_sys::Uint8Array::new(&bytes).to_vec() }
            }
            Ok(Reply::Book(BookReply::Made { name, notes, .. })) => {
                let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
                Reply::Book(BookReply::Made { name, bytes, notes })
            }
            Ok(Reply::Safety(SafetyReply::BackedUp { name, .. })) => {
                let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
                Reply::Safety(SafetyReply::BackedUp { name, bytes })
            }
            Ok(reply) => reply,
            Err(error) => Reply::Failed(error.to_string()),
        });
    }
}

/// Makes a rejected promise, such as wasm that cannot be loaded, an error like any other.
const TELL_EVERY_ERROR: &str =
    "addEventListener('unhandledrejection', (event) => setTimeout(() => { throw event.reason; }));";

/// Starts the worker's wasm from the first message, its bytes.
const START_FROM_BYTES: &str =
    "onmessage = (event) => wasm_bindgen.initSync({ module: event.data });";

/// A script that loads the worker's two files from beside the page.
fn start_from_site() -> Result<String, JsValue> {
    let page = gloo::utils::document().base_uri()?.unwrap_or_default();
    let address = |name: &str| -> Result<String, JsValue> {
        let meta = gloo::utils::document().query_selector(&format!("meta[name={name}]"))?;
        let content = meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
        Ok(Url::new_with_base(&content, &page)?.href())
    };
    let (glue, wasm) = (address("worker-glue")?, address("worker-wasm")?);
    Ok(format!("importScripts({glue:?}); wasm_bindgen({{ module_or_path: {wasm:?} }});"))
}
