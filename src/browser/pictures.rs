//! Pictures out, as files.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::files;

/// How many dots of the file stand for one of the drawing, each way.
const SHARPNESS: u32 = 2;

/// Gives the person a drawing as a PNG, which phones open and pass on; where the browser cannot
/// paint it, the drawing itself.
pub fn download(name: String, svg: String) {
    spawn_local(async move {
        let saved = match painted(&svg).await {
            Ok(png) => files::offer(&name, &png),
            Err(error) => Err(error),
        };
        if saved.is_err() {
            files::download(&name.replace(".png", ".svg"), svg.as_bytes());
        }
    });
}

async fn painted(svg: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    let loaded = js_sys::Promise::new(&mut |done, failed| {
        image.set_onload(Some(&done));
        image.set_onerror(Some(&failed));
    });
    // An address of its own content may be painted on a canvas and read back, from file:// too.
    let encoded = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
    JsFuture::from(loaded).await?;
    let canvas = gloo::utils::document().create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    canvas.set_width(image.natural_width() * SHARPNESS);
    canvas.set_height(image.natural_height() * SHARPNESS);
    let brush: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    brush.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let png = js_sys::Promise::new(&mut |done, failed| {
        if let Err(error) = canvas.to_blob(&done) {
            // The promise has no other listener than the one below.
            let _ = failed.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(png).await?.dyn_into()
}
