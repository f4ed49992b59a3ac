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
    let kit = model.open_kit();
    let draft =
        kit.drafts.iter().flatten().find(|draft| Some(&draft.root) == kit.deleting.as_ref());
    let whose = draft.map(|draft| draft.person(kit.form(), &kit.words));
    let whose = whose.filter(|whose| !whose.is_empty());
    let whose = whose.map_or_else(String::new, |whose| format!("{whose}. "));
    html! {
        if model.open_kit().deleting.is_some() {
            <Dialog title={t.delete_title()} text={format!("{whose}{}", t.delete_text())} yes={t.delete_yes()}
                no={t.keep()} {on_answer} />
        }
    }
}
