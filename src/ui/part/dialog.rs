//! A question that must be answered before anything else.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{Button, ButtonKind};

/// The reference for a `<dialog>` that is open over the page for as long as it is drawn.
#[hook]
pub(crate) fn use_modal() -> NodeRef {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // Refused only where the dialog is open already.
                let _ = dialog.show_modal();
            }
            // Closing gives the focus back to where it was; removing an open dialog would not.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    dialog
}

/// What a dialog does on Escape, or on "back" of Android: the browser's own ways to say no.
pub(crate) fn on_escape(close: Callback<()>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        event.prevent_default();
        close.emit(());
    })
}

#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    pub title: AttrValue,
    pub text: AttrValue,
    pub yes: AttrValue,
    pub no: AttrValue,
    pub on_answer: Callback<bool>,
}

/// A dialog over the page: the browser holds the focus in it; Escape is "no".
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_modal();
    let answer = |yes: bool| props.on_answer.reform(move |()| yes);
    let oncancel = on_escape(answer(false));
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" {oncancel}>
            <h2 id="dialog-title">{ &props.title }</h2>
            <p>{ &props.text }</p>
            <div class="dialog-buttons">
                <Button id="dialog-no" on_press={answer(false)}>{ &props.no }</Button>
                <Button id="dialog-yes" kind={ButtonKind::Danger} on_press={answer(true)}>
                    { &props.yes }
                </Button>
            </div>
        </dialog>
    }
}
