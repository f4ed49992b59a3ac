//! Who asks whom, why and until when; and which of the desk's campaigns is open.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, ChoiceRow, Dialog, FieldKind, TextField};
use super::super::sends;
use super::recipient::Recipient;
use crate::app::Msg;
use crate::app::desk::{CampaignEdit, CampaignText, DeskMsg};
use crate::browser::files;
use crate::text::Language;

/// The open campaign.
#[component]
pub(super) fn CampaignStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let campaign = &desk.file.campaign;
    let field = |text: CampaignText, kind: FieldKind| {
        let (id, label, hint) = names(t, text);
        let on_input = send.reform(move |value| edited(CampaignEdit::Text(text, value)));
        let value = text.of(campaign).to_owned();
        html! { <TextField id={format!("campaign-{id}")} {label} {hint} {kind} {value} {on_input} /> }
    };
    let naming = |id: &'static str, anonymous: bool, label: &'static str| {
        let on_change = send.reform(move |_: bool| edited(CampaignEdit::Anonymous(anonymous)));
        html! {
            <ChoiceRow {id} name="naming" {label} checked={campaign.is_anonymous == anonymous}
                {on_change} />
        }
    };
    html! {
        <>
            <h1 tabindex="-1">{ t.campaign_title() }</h1>
            <p class="lead">{ t.campaign_lead() }</p>
            <Chooser ..page.clone() />
            <section class="card fields">
                { field(CampaignText::Name, FieldKind::Line) }
                { field(CampaignText::Organiser, FieldKind::Line) }
                { field(CampaignText::Contact, FieldKind::Line) }
                { field(CampaignText::Purpose, FieldKind::Lines) }
                <div class="field-row">
                    { field(CampaignText::Opens, FieldKind::Day) }
                    { field(CampaignText::Closes, FieldKind::Day) }
                    { field(CampaignText::KeepUntil, FieldKind::Day) }
                </div>
                <fieldset class="choices">
                    <legend>{ t.campaign_naming() }</legend>
                    { naming("naming-named", false, t.campaign_named()) }
                    { naming("naming-anonymous", true, t.campaign_anonymous()) }
                </fieldset>
                { field(CampaignText::Consent, FieldKind::Lines) }
                <p class="muted small">{ t.campaign_consent_version(&desk.form.consent_version) }</p>
            </section>
            <Recipient ..page.clone() />
            if desk.deleting {
                <Dialog title={t.campaign_delete_title(&campaign.name)}
                    text={t.campaign_delete_text(&t.count(desk.summary.as_ref().map_or(0, |summary| summary.people)))}
                    yes={t.campaign_delete_yes()} no={t.keep()}
                    on_answer={send.reform(|yes| Msg::Desk(DeskMsg::DeleteAnswered(yes)))} />
            }
        </>
    }
}

fn edited(edit: CampaignEdit) -> Msg {
    Msg::Desk(DeskMsg::Edited(edit))
}

/// The word in a field's id, its name and a line of help.
fn names(t: Language, text: CampaignText) -> (&'static str, &'static str, &'static str) {
    match text {
        CampaignText::Name => ("name", t.campaign_name(), ""),
        CampaignText::Organiser => {
            ("organiser", t.campaign_organiser(), t.campaign_organiser_hint())
        }
        CampaignText::Contact => ("contact", t.campaign_contact(), t.campaign_contact_hint()),
        CampaignText::Purpose => ("purpose", t.campaign_purpose(), t.campaign_purpose_hint()),
        CampaignText::Opens => ("opens", t.campaign_opens(), ""),
        CampaignText::Closes => ("closes", t.campaign_closes(), ""),
        CampaignText::KeepUntil => ("keep-until", t.campaign_keep_until(), ""),
        CampaignText::Consent => ("consent", t.campaign_consent(), t.campaign_consent_hint()),
    }
}

/// The campaigns of this desk, and what can be done with the open one.
#[component]
fn Chooser(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let open = &desk.file.campaign;
    let option = |id: &str, name: &str, selected: bool| {
        let name = if name.trim().is_empty() { t.campaign_without_name() } else { name };
        html! { <option value={id.to_owned()} {selected}>{ name }</option> }
    };
    let others = desk.others.iter().map(|file| &file.campaign);
    let on_choose = send.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let id = select.map(|select| select.value()).unwrap_or_default();
        Msg::Desk(DeskMsg::CampaignChosen(id))
    });
    let on_file = {
        let send = send.clone();
        files::on_one_chosen(move |_, bytes| {
            send.emit(Msg::Desk(DeskMsg::CampaignFileChosen(bytes)));
        })
    };
    html! {
        <section class="card">
            if !desk.others.is_empty() {
                <div class="labelled">
                    <label for="campaigns">{ t.campaigns(&(desk.others.len() + 1)) }</label>
                    <select class="field" id="campaigns" onchange={on_choose}>
                        { option(&open.id, &open.name, true) }
                        { for others.map(|other| option(&other.id, &other.name, false)) }
                    </select>
                </div>
            }
            <div class="bar">
                <Button id="campaign-new" on_press={sends(send, DeskMsg::CampaignAsked)}>
                    { t.campaign_new() }</Button>
                <Button id="campaign-copy" on_press={sends(send, DeskMsg::CopyAsked)}>
                    { t.campaign_copy() }</Button>
                <Button id="campaign-save" on_press={sends(send, DeskMsg::CampaignFileAsked)}>
                    { t.campaign_save() }</Button>
                <label class="button file-button">{ t.campaign_open() }
                    <input type="file" id="campaign-file" accept=".json,application/json" onchange={on_file} />
                </label>
                <Button id="campaign-delete" kind={ButtonKind::Quiet}
                    on_press={sends(send, DeskMsg::DeleteAsked)}>{ t.campaign_delete() }</Button>
            </div>
        </section>
    }
}
