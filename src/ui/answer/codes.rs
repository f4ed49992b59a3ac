//! The codes of what was handed in, on the whole screen, for a camera to read.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, on_escape, use_modal};
use super::super::sends;
use crate::app::kit::KitMsg;
use crate::browser::window::prefers_stillness;
use crate::formats::codes::{MARGIN, shown};

/// How long each code of a series is shown, in milliseconds: eight a second.
const TURN: u32 = 125;

/// The codes over the page, while they are shown.
#[component]
pub(super) fn CodesDialog(page: &PageProps) -> Html {
    match page.model.open_kit().codes {
        Some(_) => html! { <Codes ..page.clone() /> },
        None => Html::default(),
    }
}

#[component]
fn Codes(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let codes = model.open_kit().codes.clone().unwrap_or_default();
    let count = codes.len();
    let paths = use_memo(codes, |codes| {
        codes.iter().map(|code| (code.size + 2 * MARGIN, code.path())).collect::<Vec<_>>()
    });
    let turn = use_mut_ref(|| 0usize);
    let drawn = use_force_update();
    // Whoever is disturbed by what flickers starts it knowingly.
    let is_running = use_state(|| !prefers_stillness());
    {
        let turn = turn.clone();
        use_effect_with((*is_running, count), move |(is_running, count)| {
            let ticks = (*is_running && *count > 1).then(|| {
                Interval::new(TURN, move || {
                    *turn.borrow_mut() += 1;
                    drawn.force_update();
                })
            });
            move || drop(ticks)
        });
    }
    let dialog = use_modal();
    let close = sends(send, KitMsg::CodesClosed);
    let oncancel = on_escape(close.clone());
    let here = shown(*turn.borrow(), count);
    let Some((side, path)) = paths.get(here) else { return Html::default() };
    let on_pause = {
        let is_running = is_running.clone();
        Callback::from(move |()| is_running.set(!*is_running))
    };
    html! {
        <dialog ref={dialog} class="codes" aria-labelledby="codes-hint" {oncancel}>
            <svg id="code" viewBox={format!("0 0 {side} {side}")} shape-rendering="crispEdges"
                role="img" aria-label={t.code_label()}>
                <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
                <path d={path.clone()} fill="#000" />
            </svg>
            <div class="codes-foot">
                if count > 1 {
                    <p id="codes-hint">{ t.codes_hint(&t.count(count)) }</p>
                    <p id="code-number" class="num" aria-hidden="true">{ t.code_number(&(here + 1), &count) }</p>
                } else {
                    <p id="codes-hint">{ t.code_hint() }</p>
                }
                <div class="dialog-buttons">
                    if count > 1 {
                        <Button id="codes-pause" on_press={on_pause}>
                            { if *is_running { t.codes_pause() } else { t.codes_go_on() } }</Button>
                    }
                    <Button id="codes-close" kind={ButtonKind::Primary} on_press={close}>
                        { t.close() }</Button>
                </div>
            </div>
        </dialog>
    }
}
