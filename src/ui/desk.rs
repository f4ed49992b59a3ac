//! The trainer's pages: a column of steps, and the step that is open.

mod beside;
mod campaign;
mod change_log;
mod collect;
mod compare;
mod coverage;
mod encryption;
mod export;
mod figure;
mod filter_bar;
mod form;
mod heatmap;
mod kit;
mod level_profile;
mod mapping;
mod need_map;
mod needs;
mod obstacles;
mod people;
mod plan;
mod preview;
mod quality;
mod receiving;
mod recipient;
mod report;
mod responses;
mod roster;
mod safety;
mod same_person;
mod scanner;
mod tailoring;

use yew::prelude::*;

use super::PageProps;
use super::broken::in_words as campaign_fault_in_words;
use super::part::{LanguageButton, UpdateOffer};
use crate::app::Model;
use crate::app::desk::Notice;
use crate::app::protocol::Who;
use crate::app::route::{Route, Step};
use crate::browser::sight;
use crate::domain::form::{Form, Role};
use crate::text::Language;

pub(super) use preview::Preview;

/// The desk.
#[component]
pub(super) fn Frame(page: &PageProps) -> Html {
    let PageProps { model, send } = page.clone();
    let t = model.language;
    let current = match model.route {
        Route::Desk(open, _) => Some(open),
        _ => None,
    };
    use_effect_with(current, |_| sight::reveal(".steps [aria-current]"));
    let Some(open) = current else { return Html::default() };
    let link = |step: Step| {
        let (name, count) = step_name(&model, step);
        let route = Route::desk_of(step, &model.desk.review.filter);
        html! {
            <a id={format!("step-{}", step.word())} href={route.to_string()}
                aria-current={(step == open).then_some("page")}>
                <span>{ name }</span><span class="num muted">{ count }</span>
            </a>
        }
    };
    let steps = parts(t).into_iter().map(|(name, steps)| {
        html! {
            <>
                <p class="steps-part">{ name }</p>
                { for steps.iter().copied().map(link) }
            </>
        }
    });
    let step = match open {
        Step::Coverage => {
            html! { <coverage::CoverageStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Responses => {
            html! { <responses::ResponsesStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Quality => {
            html! { <quality::QualityStep model={model.clone()} send={send.clone()} /> }
        }
        Step::SamePerson => {
            html! { <same_person::SamePersonStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Log => html! { <change_log::LogStep model={model.clone()} send={send.clone()} /> },
        Step::People => html! { <people::PeopleStep model={model.clone()} send={send.clone()} /> },
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
        Step::Compare => {
            html! { <compare::CompareStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Beside => html! { <beside::BesideStep model={model.clone()} send={send.clone()} /> },
        Step::Obstacles => {
            html! { <obstacles::ObstaclesStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Report => html! { <report::ReportStep model={model.clone()} send={send.clone()} /> },
        Step::Plan => html! { <plan::PlanStep model={model.clone()} send={send.clone()} /> },
        Step::Map => html! { <need_map::MapStep model={model.clone()} send={send.clone()} /> },
        Step::Heatmap => {
            html! { <heatmap::HeatmapStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Profile => {
            html! { <level_profile::ProfileStep model={model.clone()} send={send.clone()} /> }
        }
        Step::Export => html! { <export::ExportStep model={model.clone()} send={send.clone()} /> },
        Step::Safety => html! { <safety::SafetyStep model={model.clone()} send={send.clone()} /> },
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
                if model.desk.review.wanted.is_some() {
                    <responses::panel::ResponsePanel ..page.clone() />
                }
            </main>
        </div>
    }
}

/// The steps as they stand together, under one word each.
fn parts(t: Language) -> [(&'static str, &'static [Step]); 4] {
    [
        (t.steps_prepare(), &[Step::Campaign, Step::Form, Step::Roster, Step::Kit]),
        (
            t.steps_collect(),
            &[
                Step::Collect,
                Step::Coverage,
                Step::Responses,
                Step::Quality,
                Step::SamePerson,
                Step::Log,
            ],
        ),
        (
            t.steps_analyse(),
            &[
                Step::People,
                Step::Needs,
                Step::Map,
                Step::Heatmap,
                Step::Profile,
                Step::Compare,
                Step::Beside,
                Step::Obstacles,
                Step::Plan,
                Step::Report,
            ],
        ),
        (t.steps_take_out(), &[Step::Export, Step::Safety]),
    ]
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
            let people = model.desk.summary.as_ref().map(|summary| t.count(summary.people));
            (t.step_collect(), people.unwrap_or_default())
        }
        Step::Coverage => (t.step_coverage(), String::new()),
        Step::Responses => (t.step_responses(), String::new()),
        Step::Quality => (t.step_quality(), String::new()),
        Step::SamePerson => (t.step_same_person(), String::new()),
        Step::Log => (t.step_log(), String::new()),
        Step::People => (t.step_people(), String::new()),
        Step::Needs => (t.step_needs(), String::new()),
        Step::Compare => (t.step_compare(), String::new()),
        Step::Beside => (t.step_beside(), String::new()),
        Step::Obstacles => (t.step_obstacles(), String::new()),
        Step::Plan => (t.step_plan(), String::new()),
        Step::Report => (t.step_report(), String::new()),
        Step::Map => (t.step_map(), String::new()),
        Step::Heatmap => (t.step_heatmap(), String::new()),
        Step::Profile => (t.step_profile(), String::new()),
        Step::Export => (t.step_export(), String::new()),
        Step::Safety => (t.step_safety(), String::new()),
    }
}

fn notice_text(t: Language, notice: &Notice) -> String {
    match notice {
        Notice::Cancelled => t.notice_cancelled().to_owned(),
        Notice::Emptied => t.notice_emptied().to_owned(),
        Notice::NotKept => t.notice_not_kept().to_owned(),
        Notice::Unreadable => t.notice_unreadable().to_owned(),
        Notice::Undone(responses) => t.notice_undone(&t.count(*responses)),
        Notice::FormNotWritten(problem) => t.notice_form_not_written(&t.form_problem(problem)),
        Notice::CampaignRefused(fault) => campaign_fault_in_words(t, fault),
        Notice::CampaignBegun => t.notice_campaign_begun().to_owned(),
        Notice::KitWritten(name, size) => t.notice_kit_written(name, &t.count(size.div_ceil(1000))),
        Notice::KitNotWritten(reason) => t.notice_kit_not_written(reason),
        Notice::Failed(reason) => t.notice_failed(reason),
    }
}

/// What a response is called: the person's name, else its receipt code; and from where it is.
fn who_in_words(t: Language, form: &Form, who: &Who) -> (String, String) {
    let place = [(Role::Post, &who.post), (Role::Unit, &who.unit)].into_iter().filter_map(
        |(role, answer)| {
            let question = form.with_role(role).filter(|_| !answer.is_empty())?;
            Some(form.answer_in_words(question, answer, t.code()))
        },
    );
    let place: Vec<String> = place.collect();
    let name = if who.name.is_empty() { &who.receipt } else { &who.name };
    (name.clone(), place.join(" · "))
}
