//! What goes out to those who answer: the kit, the link, the paper form.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind};
use super::super::sends;
use crate::app::Msg;
use crate::app::campaign_file::PRODUCT_VERSION;
use crate::app::desk::DeskMsg;
use crate::app::protocol::Carrier;
use crate::app::route::{Place, Route, Step};
use crate::browser::address;
use crate::formats::codes::{Code, MARGIN};
use crate::text::Language;

/// The link as a code to be printed, or shown on a wall.
fn link_code(t: Language, link: String, send: &Callback<Msg>) -> Html {
    let Some(code) = Code::of_link(&link) else {
        return html! { <p id="link-too-long" class="muted">{ t.link_too_long() }</p> };
    };
    let side = code.size + 2 * MARGIN;
    html! {
        <>
            <svg id="link-code" class="link-code" viewBox={format!("0 0 {side} {side}")}
                shape-rendering="crispEdges" role="img" aria-label={t.link_code()}>
                <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
                <path d={code.path()} fill="#000" />
            </svg>
            <div class="bar">
                <Button id="save-link-code" on_press={sends(send, DeskMsg::LinkCodeAsked(link))}>
                    { t.link_code_save() }</Button>
            </div>
        </>
    }
}

/// Everything that carries the open campaign.
#[component]
pub(super) fn KitStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let campaign = &desk.file.campaign;
    let missing = [
        (campaign.organiser.trim().is_empty(), t.campaign_organiser()),
        (campaign.contact.trim().is_empty(), t.campaign_contact()),
        (campaign.purpose.trim().is_empty(), t.campaign_purpose()),
    ];
    let missing: Vec<&str> =
        missing.into_iter().filter_map(|(is_missing, name)| is_missing.then_some(name)).collect();
    let link = desk.link.as_deref().map(address::link_to);
    html! {
        <>
            <h1 tabindex="-1">{ t.kit_title() }</h1>
            <p class="lead">{ t.kit_lead() }</p>
            if !missing.is_empty() {
                <p class="warning" id="kit-missing">
                    { t.kit_missing(&missing.join(", ")) }{ " " }
                    <a href={Route::desk(Step::Campaign).to_string()}>{ t.kit_complete() }</a>
                </p>
            }
            <section class="card">
                <h2>{ t.kit_file_title() }</h2>
                <p>{ t.kit_file_text() }</p>
                <div class="bar">
                    <Button id="make-kit" kind={ButtonKind::Primary}
                        disabled={desk.packing == Some(Carrier::Kit) || desk.summary.is_none()}
                        on_press={sends(send, DeskMsg::KitAsked)}>{ t.kit_make() }</Button>
                    <a id="try-kit" class="button" href={Route::Preview(Place::Welcome).to_string()}>
                        { t.preview() }</a>
                </div>
                <p class="muted small">{ t.kit_version(&PRODUCT_VERSION) }</p>
            </section>
            <section class="card">
                <h2>{ t.link_title() }</h2>
                if address::is_hosted() {
                    <p>{ t.link_text() }</p>
                    <div class="bar">
                        <Button id="make-link" on_press={sends(send, DeskMsg::LinkAsked)}
                            disabled={desk.packing == Some(Carrier::Link)}>{ t.link_make() }</Button>
                    </div>
                    if let Some(link) = link {
                        <textarea id="link" class="field link" readonly=true rows="3"
                            value={link.clone()} aria-label={t.link_title()} />
                        { link_code(t, link, send) }
                    }
                } else {
                    <p class="muted">{ t.link_hosted_only() }</p>
                }
            </section>
            <section class="card">
                <h2>{ t.paper_title() }</h2>
                <p>{ t.paper_text() }</p>
                <div class="bar">
                    <a id="kit-paper" class="button" href={Route::Paper.to_string()}>{ t.paper_link() }</a>
                </div>
            </section>
        </>
    }
}
