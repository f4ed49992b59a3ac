//! Files in: chosen, or dropped with their folders. Files out: downloads.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DragEvent, Event, File, FileSystemDirectoryEntry,
    FileSystemEntry, FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Url,
};

use super::reason;

/// A file with its name, and its folder where it came with one.
pub type NamedFile = (String, File);

thread_local! {
    /// The files chosen last, until they are taken: messages carry no browser objects.
    static HELD: RefCell<Vec<NamedFile>> = const { RefCell::new(Vec::new()) };
}

/// The most files of a portion, and the most bytes.
const PORTION: (u32, f64) = (50, 1024.0 * 1024.0);

/// Files as messages to the worker: names, sizes, and the bytes of several in one piece; a large
/// file by itself.
pub(super) fn portions(files: Vec<NamedFile>) -> impl Iterator<Item = JsValue> {
    // To ask for a size takes a browser as long as all the rest: it is asked for once.
    let weighed = files.into_iter().map(|(name, file)| (name, file.size(), file));
    let mut weighed = weighed.peekable();
    let (most_files, most_bytes) = PORTION;
    std::iter::from_fn(move || {
        let (names, sizes, parts) = (Array::new(), Array::new(), Array::new());
        let mut bytes = 0.0;
        while let Some((name, size, file)) = weighed.next_if(|(_, size, _)| {
            parts.length() == 0 || (parts.length() < most_files && bytes + size <= most_bytes)
        }) {
            bytes += size;
            names.push(&JsValue::from_str(&name));
            sizes.push(&JsValue::from_f64(size));
            parts.push(&file);
        }
        let whole: Option<JsValue> = match parts.length() {
            0 => None,
            1 => Some(parts.get(0)),
            _ => Blob::new_with_blob_sequence(&parts).ok().map(JsValue::from),
        };
        Some(Array::of3(&names, &sizes, &whole?).into())
    })
}

/// Takes the files that were chosen or dropped last.
pub fn take_held() -> Vec<NamedFile> {
    HELD.take()
}

/// Holds the files of an input; says how many. The same files can be chosen again afterwards.
pub fn hold_chosen(input: &HtmlInputElement) -> usize {
    let files = chosen(input);
    let count = files.len();
    HELD.set(files);
    count
}

/// Holds the files of a clipboard; says how many.
pub fn hold_pasted(event: &ClipboardEvent) -> usize {
    let files = event.clipboard_data().and_then(|data| data.files());
    let files = files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)));
    let named: Vec<NamedFile> = files.map(|file| (file.name(), file)).collect();
    let count = named.len();
    HELD.set(named);
    count
}

/// Holds what was dropped, with everything in dropped folders; then says how many files.
pub fn hold_dropped(event: &DragEvent, then: impl FnOnce(usize) + 'static) {
    let Some(items) = event.data_transfer().map(|transfer| transfer.items()) else { return };
    // Both must be taken before the event is over; what has no entry is a file by itself.
    let (mut entries, mut files) = (Vec::<FileSystemEntry>::new(), Vec::new());
    for item in (0..items.length()).filter_map(|index| items.get(index)) {
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) => entries.push(entry),
            _ => files.extend(item.get_as_file().ok().flatten().map(|file| (path(&file), file))),
        }
    }
    spawn_local(async move {
        for entry in entries {
            collect(entry, &mut files).await;
        }
        let count = files.len();
        HELD.set(files);
        then(count);
    });
}

/// Reads the files of an input; a file that cannot be read is empty.
pub fn read_chosen(input: &HtmlInputElement, then: impl FnOnce(Vec<(String, Vec<u8>)>) + 'static) {
    let files = chosen(input);
    spawn_local(async move {
        let mut contents = Vec::new();
        for (name, file) in files {
            contents.push((name, bytes(&file).await.unwrap_or_default()));
        }
        then(contents);
    });
}

/// Reads the file that was chosen in an input, and hands over its name and content; one that
/// cannot be read is empty.
pub fn on_one_chosen(then: impl Fn(String, Vec<u8>) + 'static) -> impl Fn(Event) + 'static {
    let then = Rc::new(then);
    move |event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into().ok()) else { return };
        let then = Rc::clone(&then);
        read_chosen(&input, move |files| {
            if let Some((name, content)) = files.into_iter().next() {
                then(name, content);
            }
        });
    }
}

/// The content of a file.
///
/// # Errors
/// The browser's reason, for one where the file was moved or changed since it was chosen.
pub async fn bytes(file: &Blob) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|error| reason(&error))?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Gives the person a file.
pub fn download(name: &str, content: &[u8]) {
    // A browser that cannot make a file of bytes in memory cannot run this page.
    let _ = try_download(name, content);
}

fn try_download(name: &str, content: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let parts = Array::of1(&js_sys::Uint8Array::from(content));
    offer(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

/// Lets the browser save a file.
pub(super) fn offer(name: &str, content: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(content)?;
    let link: HtmlAnchorElement = gloo::utils::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    gloo::utils::body().append_child(&link)?;
    link.click();
    link.remove();
    // The browser reads the content after the click; when is not told.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

fn chosen(input: &HtmlInputElement) -> Vec<NamedFile> {
    let files = input.files();
    let files = files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)));
    let named: Vec<NamedFile> = files.map(|file| (path(&file), file)).collect();
    input.set_value("");
    named
}

/// The file's name, behind the folders it was chosen with.
fn path(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let path = path.ok().and_then(|path| path.as_string()).filter(|path| !path.is_empty());
    path.unwrap_or_else(|| file.name())
}

/// Adds a dropped file, or every file of a dropped folder.
async fn collect(entry: FileSystemEntry, files: &mut Vec<NamedFile>) {
    let mut waiting = vec![entry];
    while let Some(entry) = waiting.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_file() {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file =
                called_back(|done, failed| entry.file_with_callback_and_callback(done, failed));
            // What is gone by now is not there to be imported.
            files.extend(file.await.ok().map(|file| (path, file.unchecked_into())));
            continue;
        }
        let reader = entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader();
        // A folder is read in parts; an empty part is its end.
        loop {
            let part = called_back(|done, failed| {
                let _ = reader.read_entries_with_callback_and_callback(done, failed);
            });
            let part: js_sys::Array = part.await.unwrap_or(JsValue::UNDEFINED).unchecked_into();
            if !part.is_array() || part.length() == 0 {
                break;
            }
            waiting.extend(part.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
        }
    }
}

/// Waits for a function that answers by one of two callbacks.
async fn called_back(
    start: impl Fn(&js_sys::Function, &js_sys::Function),
) -> Result<JsValue, JsValue> {
    let promise = js_sys::Promise::new(&mut |done, failed| start(&done, &failed));
    JsFuture::from(promise).await
}

/// Keeps a callback alive for as long as the page.
pub(super) fn forever<T: 'static + wasm_bindgen::convert::FromWasmAbi>(
    callback: impl FnMut(T) + 'static,
) -> js_sys::Function {
    Closure::<dyn FnMut(T)>::new(callback).into_js_value().unchecked_into()
}
