//! Responses in that are no files: codes before the camera, and messages that are pasted.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::scanner::Scanner;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::browser::clock::{local_time, now};
use crate::browser::files;

/// The ways in beside files.
#[component]
pub(super) fn Receiving(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let field = use_node_ref();
    let on_take = {
        let (send, field) = (send.clone(), field.clone());
        Callback::from(move |()| {
            let Some(field) = field.cast::<HtmlTextAreaElement>() else { return };
            let text = field.value();
            if !text.trim().is_empty() {
                field.set_value("");
                let source = t.source_message(&local_time(now()));
                send.emit(Msg::Desk(DeskMsg::TextPasted { source, text }));
            }
        })
    };
    // A picture in the clipboard is one of a code.
    let onpaste = {
        let send = send.clone();
        move |event: Event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let pictures = files::hold_pasted(event);
            if pictures > 0 {
                event.prevent_default();
                send.emit(Msg::Desk(DeskMsg::FilesChosen(pictures)));
            }
        }
    };
    html! {
        <div class="receiving">
            <div>
                <p>{ t.scan_text() }</p>
                <Button id="scan" on_press={sends(send, DeskMsg::ScanAsked)}>{ t.scan() }</Button>
            </div>
            <div>
                <label for="message">{ t.paste_message() }</label>
                <textarea id="message" class="field" ref={field} rows="2" spellcheck="false" autocomplete="off" {onpaste} />
                <Button id="take-message" on_press={on_take}>{ t.take_message() }</Button>
            </div>
            if model.desk.scan.is_some() { <Scanner ..page.clone() /> }
        </div>
    }
}
