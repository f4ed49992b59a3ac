//! Are you sure that this form is to go?

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Dialog;
use crate::app::Msg;
use crate::app::kit::KitMsg;

/// The question, while a draft's deletion is being asked about.
#[component]
pub(super) fn DeleteDialog(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let on_answer = send.reform(|yes| Msg::Kit(KitMsg::DeleteAnswered(yes)));
    html! {
        if model.open_kit().deleting.is_some() {
            <Dialog title={t.delete_title()} text={t.delete_text()} yes={t.delete_yes()}
                no={t.keep()} {on_answer} />
        }
    }
}
