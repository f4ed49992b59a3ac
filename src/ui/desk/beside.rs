//! Another campaign beside the open one: two waves, before and after training, or what others say.

mod raters;
mod waves;

use yew::prelude::*;

use super::super::PageProps;
use super::needs::value;
use crate::app::desk::analysis::AnalysisMsg;
use crate::app::protocol::Beside;
use crate::domain::form::Form;
use crate::text::Language;

/// Which campaign to put beside the open one, and what it says.
#[component]
pub(super) fn BesideStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    if desk.is_open() && desk.others.is_empty() {
        return html! {
            <>
                <h1 tabindex="-1">{ t.beside_title() }</h1>
                <p class="lead" id="beside-none">{ t.beside_none() }</p>
            </>
        };
    }
    let chosen = desk.analysis.beside.as_deref().unwrap_or_default();
    let other = desk.others.iter().find(|file| file.campaign.id == chosen);
    let onchange = page.send.reform(|event: Event| AnalysisMsg::BesideChosen(value(&event)).into());
    let options = desk.others.iter().rev().map(|file| {
        let campaign = &file.campaign;
        html! {
            <option value={campaign.id.clone()} selected={campaign.id == chosen}>
                { &campaign.name }
            </option>
        }
    });
    let found = desk.analysis.beside_found.get();
    let shown = other.map(|other| match found.map(|found| &**found) {
        None => html! { <p role="status">{ t.computing() }</p> },
        Some(Beside::Waves(is_later, found)) => {
            let (own, name) = (desk.file.campaign.name.clone(), other.campaign.name.clone());
            let names = if *is_later { [own, name] } else { [name, own] };
            html! { <waves::WavesShown page={page.clone()} {names} found={found.clone()} /> }
        }
        Some(Beside::Raters(found)) => raters::shown(page, found),
        Some(Beside::NothingInCommon) => {
            html! { <p class="notice" id="beside-nothing">{ t.beside_nothing_in_common() }</p> }
        }
        Some(Beside::Unreadable) => html! { <p class="notice">{ t.beside_unreadable() }</p> },
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.beside_title() }</h1>
            <p class="lead">{ t.beside_lead() }</p>
            <div class="bar">
                <label class="also-by">{ t.beside_with() }{ " " }
                    <select id="beside-with" class="field" {onchange}>
                        <option value="" disabled=true selected={other.is_none()}>{ t.beside_choose() }</option>
                        { for options }
                    </select>
                </label>
            </div>
            { for shown }
        </>
    }
}

/// A competency's name.
fn label<'f>(form: &'f Form, t: Language, code: &'f str) -> &'f str {
    form.competency(code).map_or(code, |competency| competency.label.get(t.code()))
}

/// A difference with its sign.
fn signed(t: Language, value: f64) -> String {
    let text = t.number(value, 2);
    if value > 0.0 { format!("+{text}") } else { text }
}
