//! The shell in a real browser: storage, files, the address.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(target_arch = "wasm32")]

use phieu_xa::app::TextSize;
use phieu_xa::app::route::{Route, Step};
use phieu_xa::browser::storage::{Storage, Store};
use phieu_xa::browser::{address, clock, files, preferences};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::xlsform::{self, Unsupported};
use phieu_xa::formats::{form_files, xlsform_writer};
use phieu_xa::forms;
use phieu_xa::text::Language;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Record {
    text: String,
}

fn record(text: &str) -> Record {
    Record { text: text.to_owned() }
}

async fn put(prefix: &str, records: &[(&str, Record)]) {
    let storage = Storage::open().await.unwrap();
    let records = records.iter().map(|(key, record)| (format!("{prefix}{key}"), record));
    storage.put(Store::Dataset, records).await.unwrap();
}

async fn all(prefix: &str) -> Vec<Record> {
    Storage::open().await.unwrap().all(Store::Dataset, prefix).await.unwrap()
}

#[wasm_bindgen_test]
async fn what_was_stored_is_there_when_the_database_is_opened_again() {
    put("again-", &[("1", record("Xã Đại Từ")), ("2", record("=1+1\n\"x\""))]).await;
    put("again-", &[("1", record("Phường Linh Sơn"))]).await;
    assert_eq!(all("again-").await, [record("Phường Linh Sơn"), record("=1+1\n\"x\"")]);
}

#[wasm_bindgen_test]
async fn rows_of_one_form_are_apart_from_those_of_another() {
    put("a\u{1f}", &[("1", record("a"))]).await;
    put("ab\u{1f}", &[("1", record("ab"))]).await;
    assert_eq!(all("a\u{1f}").await, [record("a")]);
    Storage::open().await.unwrap().delete(Store::Dataset, "a\u{1f}").await.unwrap();
    assert_eq!(all("a\u{1f}").await, []);
    assert_eq!(all("ab\u{1f}").await, [record("ab")]);
}

#[wasm_bindgen_test]
async fn a_record_of_another_version_is_left_out_and_left_alone() {
    #[derive(Serialize)]
    struct Other {
        number: u8,
    }
    let storage = Storage::open().await.unwrap();
    storage.put(Store::Drafts, [("v-1".to_owned(), &Other { number: 1 })]).await.unwrap();
    storage.put(Store::Drafts, [("v-2".to_owned(), &record("x"))]).await.unwrap();
    let read: Vec<Record> = storage.all(Store::Drafts, "v-").await.unwrap();
    assert_eq!(read, [record("x")]);
    let untouched: Vec<serde_json::Value> = storage.all(Store::Drafts, "v-").await.unwrap();
    assert_eq!(untouched.len(), 2);
}

#[wasm_bindgen_test]
async fn the_bytes_of_a_file_are_read_as_they_are() {
    let bytes = [0u8, 255, 10, 13, 0xc3, 0xa3];
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(&bytes[..]));
    let file = web_sys::File::new_with_u8_array_sequence(&parts, "x.csv").unwrap();
    assert_eq!(files::bytes(&file).await.unwrap(), bytes);
}

#[wasm_bindgen_test]
fn the_address_shows_a_page_and_is_read_back() {
    let route = Route::desk(Step::Needs);
    address::show(&route, true);
    assert_eq!(address::route(), route);
    address::show(&Route::Home, true);
    assert_eq!(address::route(), Route::Home);
}

#[wasm_bindgen_test]
fn language_and_text_size_are_remembered() {
    preferences::keep(Language::En, TextSize::Large);
    assert_eq!(preferences::read(), (Language::En, TextSize::Large));
    preferences::keep(Language::Vi, TextSize::Normal);
    assert_eq!(preferences::read(), (Language::Vi, TextSize::Normal));
}

#[wasm_bindgen_test]
fn ids_differ_and_times_are_told_by_this_devices_clock() {
    let (first, second) = (clock::facts().fresh_id, clock::facts().fresh_id);
    assert_ne!(first, second);
    assert_eq!((first.len(), first.chars().nth(14)), (36, Some('4')));
    let at = Timestamp::parse("2026-12-02T07:32:05Z").unwrap();
    let date = js_sys::Date::new(&JsValue::from_f64(at.millis()));
    let expected = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    assert_eq!(clock::local_time(at), expected);
    assert!(clock::local_day_and_time(at).ends_with("/12/2026"));
}

/// The library that writes it looks at the clock, which stops a page that is built without care.
#[wasm_bindgen_test]
fn a_form_is_written_as_a_workbook_in_the_browser_too() {
    let form = forms::needs().unwrap();
    let bytes = xlsform_writer::write(&form).unwrap();
    let sheets = form_files::sheets(&[("form.xlsx".to_owned(), bytes)]).unwrap();
    assert_eq!(xlsform::read_sheets(sheets, Unsupported::Refused).unwrap().form, form);
}
