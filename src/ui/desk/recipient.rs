//! For which key the responses of the open campaign are encrypted.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{ChoiceRow, Icon, IconName};
use super::encryption::Encryption;
use crate::app::Msg;
use crate::app::desk::{CampaignEdit, DeskMsg};

/// None, or one of the keys that this desk knows; and making one.
#[component]
pub(super) fn Recipient(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let recipient = &desk.file.campaign.recipient;
    let known = desk.keys.ring.iter().flat_map(|ring| ring.open.iter().chain(&ring.kept));
    let mut keys: Vec<&String> = Vec::new();
    for key in known.chain((!recipient.is_empty()).then_some(recipient)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let is_known = |key: &String| {
        desk.keys
            .ring
            .as_ref()
            .is_none_or(|ring| ring.open.contains(key) || ring.kept.contains(key))
    };
    let row = |id: String, key: String, label: String| {
        let checked = *recipient == key;
        let on_change = send.reform(move |_: bool| {
            Msg::Desk(DeskMsg::Edited(CampaignEdit::Recipient(key.clone())))
        });
        html! { <ChoiceRow {id} name="recipient" {label} {checked} {on_change} /> }
    };
    html! {
        <section class="recipient">
            <fieldset class="choices">
                <legend>{ t.recipient_title() }</legend>
                { row("recipient-none".to_owned(), String::new(), t.recipient_none().to_owned()) }
                { for keys.iter().map(|key| {
                    row(format!("recipient-{key}"), (*key).clone(), t.recipient_key(key))
                }) }
            </fieldset>
            if keys.is_empty() {
                <p class="muted small">{ t.recipient_no_key() }</p>
            }
            if !recipient.is_empty() {
                <p class="muted small">{ t.recipient_meaning() }</p>
                if !is_known(recipient) {
                    <p id="recipient-unknown" class="warning">
                        <Icon name={IconName::Warning} />{ t.recipient_unknown() }</p>
                }
            }
            <Encryption ..page.clone() />
        </section>
    }
}
