//! The camera: a stream that a video element shows, and its frames, one at a time.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlVideoElement, ImageBitmap, MediaStream, MediaStreamConstraints, MediaStreamTrack,
    MediaTrackConstraints,
};

use super::reason;

/// Wide enough for a large code, and small enough to be looked through many times a second.
const WIDTH: i32 = 1280;

thread_local! {
    /// The frame taken last, until it is sent: messages carry no browser objects.
    static HELD: RefCell<Option<ImageBitmap>> = const { RefCell::new(None) };
}

/// Takes the frame that was held last.
pub fn take_held() -> JsValue {
    HELD.take().map_or(JsValue::NULL, JsValue::from)
}

/// A camera that runs; it stops when this is dropped.
pub struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Camera {
    /// Asks for the camera, and shows what it sees.
    ///
    /// # Errors
    /// Why there is none: the browser's word for it.
    pub async fn start(video: HtmlVideoElement) -> Result<Self, String> {
        let stream = stream().await.map_err(|error| reason(&error))?;
        let camera = Self { stream, video };
        camera.video.set_src_object(Some(&camera.stream));
        let playing = camera.video.play().map_err(|error| reason(&error))?;
        JsFuture::from(playing).await.map_err(|error| reason(&error))?;
        Ok(camera)
    }

    /// Holds the frame that is shown now; false where there is none yet.
    pub async fn hold_frame(video: &HtmlVideoElement) -> bool {
        let frame = gloo::utils::window().create_image_bitmap_with_html_video_element(video);
        let frame = match frame {
            Ok(frame) => JsFuture::from(frame).await.ok(),
            Err(_) => None,
        };
        let has_frame = frame.is_some();
        HELD.set(frame.map(JsCast::unchecked_into));
        has_frame
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

async fn stream() -> Result<MediaStream, JsValue> {
    let video = MediaTrackConstraints::new();
    // On a phone the camera that looks away from the person; a laptop has but one.
    video.set_facing_mode(&"environment".into());
    video.set_width(&JsValue::from(WIDTH));
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&video);
    let devices = gloo::utils::window().navigator().media_devices()?;
    let stream = devices.get_user_media_with_constraints(&wanted)?;
    Ok(JsFuture::from(stream).await?.unchecked_into())
}
