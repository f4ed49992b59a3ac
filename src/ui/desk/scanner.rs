//! The camera's picture, and what has come of it so far.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlVideoElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind};
use super::super::sends;
use super::collect::file_report;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::browser::camera::Camera;
use crate::browser::clock::{local_time, now};
use crate::text::Language;

/// Between two frames, in milliseconds, so that the page has time for other things.
const BREATH: u32 = 25;

/// The camera, from when this is shown until it is not.
#[component]
pub(super) fn Scanner(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let Some(scan) = &model.desk.scan else { return Html::default() };
    let (dialog, video) = (use_node_ref(), use_node_ref());
    // `None` once the dialog is closed.
    let camera = use_mut_ref(|| Some(CameraState::default()));
    {
        let (dialog, video, send) = (dialog.clone(), video.clone(), send.clone());
        let camera = Rc::clone(&camera);
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // Refused only where the dialog is open already.
                let _ = dialog.show_modal();
            }
            if let Some(video) = video.cast::<HtmlVideoElement>() {
                let camera = Rc::clone(&camera);
                spawn_local(start(video, camera, t, send));
            }
            move || {
                camera.take();
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    {
        let (video, send) = (video.clone(), send.clone());
        use_effect_with(scan.frames, move |frames| {
            if let Some(video) = video.cast::<HtmlVideoElement>().filter(|_| *frames > 0) {
                spawn_local(hold_next_frame(video, camera, t, send));
            }
        });
    }
    let close = sends(send, DeskMsg::ScanEnded);
    let oncancel = {
        let close = close.clone();
        move |event: Event| {
            event.prevent_default();
            close.emit(());
        }
    };
    let open = scan.open.iter().map(|series| {
        let taken = series.count - series.missing.len();
        html! {
            <li>
                <progress max={series.count.to_string()} value={taken.to_string()}></progress>
                <p>{ t.scan_missing(&taken, &series.count, &t.numbers(&series.missing)) }</p>
            </li>
        }
    });
    html! {
        <dialog ref={dialog} class="dialog scanner" aria-labelledby="scanner-title" {oncancel}>
            <h2 id="scanner-title">{ t.scan() }</h2>
            if let Some(reason) = &scan.refused {
                <p id="camera-refused" class="warning" role="alert">{ t.camera_refused(reason) }</p>
            } else {
                <p>{ t.scan_hint() }</p>
                <video ref={video} muted=true playsinline=true></video>
            }
            <div id="scan-state" aria-live="polite">
                if let Some(words) = &scan.other {
                    <p class="warning">{ t.scan_other(&words.chars().take(60).collect::<String>()) }</p>
                }
                <ul class="files">{ for open }</ul>
                <ul class="files" id="scan-taken">
                    { for scan.reports.iter().map(|report| file_report(t, report)) }
                </ul>
            </div>
            <div class="dialog-buttons">
                <Button id="scan-end" kind={ButtonKind::Primary} on_press={close}>{ t.scan_end() }</Button>
            </div>
        </dialog>
    }
}

type CameraState = Option<Camera>;

async fn start(
    video: HtmlVideoElement,
    camera: Rc<RefCell<Option<CameraState>>>,
    t: Language,
    send: Callback<Msg>,
) {
    match Camera::start(video.clone()).await {
        Ok(started) => {
            // Closed meanwhile, it goes off again at once.
            if let Some(state) = &mut *camera.borrow_mut() {
                *state = Some(started);
            }
            hold_next_frame(video, camera, t, send).await;
        }
        Err(reason) => send.emit(Msg::Desk(DeskMsg::CameraRefused(reason))),
    }
}

/// Holds a frame for the worker as soon as there is one.
async fn hold_next_frame(
    video: HtmlVideoElement,
    camera: Rc<RefCell<Option<CameraState>>>,
    t: Language,
    send: Callback<Msg>,
) {
    while camera.borrow().is_some() {
        TimeoutFuture::new(BREATH).await;
        if Camera::hold_frame(&video).await {
            let source = t.source_code(&local_time(now()));
            return send.emit(Msg::Desk(DeskMsg::FrameHeld(source)));
        }
    }
}
