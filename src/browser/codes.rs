//! Codes in pictures, as the worker reads them: by the browser's own reader where it has one,
//! else by ours.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, ImageBitmap, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d,
};

use crate::formats::code_picture::{Picture, Seen};

/// Dots on the longer side of a picture at most. On the photo of a phone the squares of a code
/// are still several of them wide.
const LARGEST: f64 = 3000.0;

/// The codes in a picture's file.
///
/// # Errors
/// The browser's, where it cannot open the file as a picture.
pub async fn in_bytes(bytes: &[u8]) -> Result<Seen, JsValue> {
    let file = &Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let bitmap = JsFuture::from(scope.create_image_bitmap_with_blob(file)?).await?;
    let bitmap: ImageBitmap = bitmap.unchecked_into();
    let seen = picture(&bitmap).map(|picture| picture.codes_at_all_sizes());
    let detected = detected(&bitmap).await.unwrap_or_default();
    bitmap.close();
    let mut seen = seen?;
    let more: Vec<String> =
        detected.into_iter().filter(|text| !seen.texts.contains(text)).collect();
    seen.unreadable = seen.unreadable.saturating_sub(more.len());
    seen.texts.extend(more);
    Ok(seen)
}

/// The codes in a frame of the camera, which is given back to the browser.
///
/// # Errors
/// The browser's, where it cannot paint the frame.
pub async fn in_frame(frame: &ImageBitmap) -> Result<Seen, JsValue> {
    let detected = detected(frame).await;
    let seen = match detected {
        Some(texts) => Ok(Seen { texts, unreadable: 0 }),
        None => picture(frame).map(|picture| picture.codes()),
    };
    frame.close();
    seen
}

fn picture(bitmap: &ImageBitmap) -> Result<Picture, JsValue> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LARGEST / width.max(height)).min(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and not more than LARGEST"
    )]
    let side = |length: f64| (length * scale).round().max(1.0) as u32;
    let (across, down) = (side(width), side(height));
    let canvas = OffscreenCanvas::new(across, down)?;
    let brush: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    // What is transparent is meant to lie on paper.
    brush.set_fill_style_str("white");
    let (wide, high) = (f64::from(across), f64::from(down));
    brush.fill_rect(0.0, 0.0, wide, high);
    brush.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, wide, high)?;
    let dots = brush.get_image_data(0.0, 0.0, wide, high)?.data();
    Ok(Picture::of_colors(usize::try_from(across).unwrap_or_default(), &dots))
}

/// What the browser's own reader finds; `None` where there is none, or it refuses. It says the
/// texts of codes only, which is why ours are letters and digits.
async fn detected(bitmap: &ImageBitmap) -> Option<Vec<String>> {
    let reader = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?;
    let reader: Function = reader.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    let reader = Reflect::construct(&reader, &Array::of1(&options)).ok()?;
    let detect: Function = Reflect::get(&reader, &"detect".into()).ok()?.dyn_into().ok()?;
    let found: Promise = detect.call1(&reader, bitmap).ok()?.dyn_into().ok()?;
    let found: Array = JsFuture::from(found).await.ok()?.dyn_into().ok()?;
    let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Some(found.iter().filter_map(text).collect())
}
