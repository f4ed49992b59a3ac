//! The trainer's pages: a column of steps, and the step that is open.

mod campaign;
mod collect;
mod encryption;
mod export;
mod form;
mod kit;
mod mapping;
mod needs;
mod preview;
mod receiving;
mod recipient;
mod roster;
mod scanner;
mod tailoring;

use yew::prelude::*;

use super::PageProps;
use super::broken::in_words as campaign_fault_in_words;
use super::part::{LanguageButton, UpdateOffer};
use crate::app::Model;
use crate::app::desk::Notice;
use crate::app::route::{Route, Step};
use crate::text::Language;

pub(super) use preview::Preview;

/// The desk.
#[component]
pub(super) fn Frame(page: &PageProps) -> Html {
    let PageProps { model, send } = page.clone();
    let t = model.language;
    let Route::Desk(open) = model.route else { return Html::default() };
    let steps = Step::ALL.into_iter().map(|step| {
        let (name, count) = step_name(&model, step);
        html! {
            <a id={format!("step-{}", step.word())} href={Route::Desk(step).to_string()}
                aria-current={(step == open).then_some("page")}>
                <span>{ name }</span><span class="num muted">{ count }</span>
            </a>
        }
    });
    let step = match open {
        Step::Campaign => {
            html! { <campaign::CampaignStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Roster => {
            html! { <roster::RosterStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Kit => html! { <kit::KitStep model={model.clone()} send={send.clone()} /> },
        Step::Form => html! { <form::FormStep model={model.clone()} send={send.clone()} /> },
        Step::Collect => {
            html! { <collect::CollectStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Needs => html! { <needs::NeedsStep model={model.clone()} send={send.clone()} /> },
        Step::Export => html! { <export::ExportStep model={model.clone()} send={send.clone()} /> },
    };
    html! {
        <div class="desk">
            <nav aria-label={t.steps()}>
                <a class="brand" id="to-home" href={Route::Home.to_string()}>{ "Phiếu Xã" }</a>
                <p class="campaign-name">{ &model.desk.file.campaign.name }</p>
                <div class="steps">{ for steps }</div>
                <div class="nav-foot">
                    <p class="small muted">{ t.desk_privacy() }</p>
                    <LanguageButton {t} {send} />
                </div>
            </nav>
            <main>
                <UpdateOffer ..page.clone() />
                if let Some(notice) = &model.desk.notice {
                    <p id="notice" class="notice" role="status">{ notice_text(t, notice) }</p>
                }
                { step }
            </main>
        </div>
    }
}

fn step_name(model: &Model, step: Step) -> (&'static str, String) {
    let t = model.language;
    match step {
        Step::Campaign => (t.step_campaign(), String::new()),
        Step::Form => (t.step_form(), String::new()),
        Step::Roster => {
            let units = model.desk.file.campaign.roster.units.len();
            (t.step_roster(), if units == 0 { String::new() } else { t.count(units) })
        }
        Step::Kit => (t.step_kit(), String::new()),
        Step::Collect => {
            let people = model.desk.summary.map(|summary| t.count(summary.people));
            (t.step_collect(), people.unwrap_or_default())
        }
        Step::Needs => (t.step_needs(), String::new()),
        Step::Export => (t.step_export(), String::new()),
    }
}

fn notice_text(t: Language, notice: &Notice) -> String {
    match notice {
        Notice::Cancelled => t.notice_cancelled().to_owned(),
        Notice::Emptied => t.notice_emptied().to_owned(),
        Notice::NotKept => t.notice_not_kept().to_owned(),
        Notice::Unreadable => t.notice_unreadable().to_owned(),
        Notice::FormNotWritten(problem) => t.notice_form_not_written(&t.form_problem(problem)),
        Notice::CampaignRefused(fault) => campaign_fault_in_words(t, fault),
        Notice::CampaignBegun => t.notice_campaign_begun().to_owned(),
        Notice::KitWritten(name, size) => t.notice_kit_written(name, &t.count(size.div_ceil(1000))),
        Notice::KitNotWritten(reason) => t.notice_kit_not_written(reason),
        Notice::Failed(reason) => t.notice_failed(reason),
    }
}
