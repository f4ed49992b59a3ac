//! That there is a newer version of the page, where nobody is interrupted by it.

use yew::prelude::*;

use super::super::PageProps;
use super::{Button, ButtonKind};
use crate::app::Msg;

/// The offer; nothing where there is none to be made.
#[component]
pub(crate) fn UpdateOffer(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    if !model.offers_update() {
        return Html::default();
    }
    html! {
        <div id="update" class="update small" role="status">
            <span>{ t.update_offer() }</span>
            <Button id="take-update" kind={ButtonKind::Quiet}
                on_press={send.reform(|()| Msg::UpdateAsked)}>{ t.update_take() }</Button>
        </div>
    }
}
