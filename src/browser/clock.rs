//! The time, as a moment and as a person on this device reads it; and ids nobody else has.

use js_sys::{Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

use crate::app::Facts;
use crate::domain::timestamp::Timestamp;

/// The moment, and an id in case one is needed.
pub fn facts() -> Facts {
    Facts { now: now(), utc_offset: utc_offset(), fresh_id: fresh_id() }
}

/// By how many minutes this device's clock is ahead of UTC.
pub fn utc_offset() -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "less than a day")]
    let behind = Date::new_0().get_timezone_offset() as i16;
    -behind
}

/// The moment.
pub fn now() -> Timestamp {
    Timestamp::from_millis(Date::now())
}

/// A UUID v4.
pub fn fresh_id() -> String {
    let mut bytes = [0; 16];
    // Refused nowhere that WebAssembly runs; if it were, the clock would tell forms apart.
    let random = Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"));
    let random = random.ok().and_then(|random| random.dyn_into::<Crypto>().ok());
    if random.is_none_or(|random| random.get_random_values_with_u8_array(&mut bytes).is_err()) {
        bytes = u128::from(Date::now().to_bits()).to_be_bytes();
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// The day, as `2026-12-02`, by this device's clock.
pub fn today() -> String {
    now().local_day(utc_offset())
}

/// `14:32`, by this device's clock.
pub fn local_time(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis()));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// `14:32, 02/12/2026`, by this device's clock.
pub fn local_day_and_time(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis()));
    let (day, month, year) = (date.get_date(), date.get_month() + 1, date.get_full_year());
    format!("{}, {day:02}/{month:02}/{year}", local_time(at))
}
