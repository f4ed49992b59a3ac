//! One thing to answer.

use std::rc::Rc;

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::question::{
    QuestionProps, QuestionView, RatedCompetency, fault_in_words, is_rated_competency,
};
use super::super::sends;
use super::instances::Instances;
use super::saved_line::SavedLine;
use crate::app::kit::KitMsg;
use crate::domain::filled::Screen;

/// The screen that the route names.
#[component]
pub(super) fn ScreenPage(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let (Some(filling), Some(filled)) = (&kit.filling, kit.filled()) else {
        return Html::default();
    };
    let screens = kit.screens();
    let here = kit.screen_position(model.route.place(), &screens);
    let Some(screen) = screens.get(here) else { return Html::default() };
    let faults = if filling.shows_faults { filled.faults(screen) } else { Vec::new() };
    let questions: Vec<QuestionProps> = screen
        .fields
        .iter()
        .filter_map(|field| {
            let mut props = QuestionProps::of(filled, field, t, send)?;
            let fault = faults.iter().find(|(at, _)| *at == field);
            props.fault = fault.map(|(_, f)| fault_in_words(t, filled, field, f).into());
            props.is_heading = screen.group.is_none();
            Some(props)
        })
        .collect();
    let group = screen.group.and_then(|group| kit.form.groups().get(group));
    let first = screen.fields.first();
    let text = |text| first.map_or_else(String::new, |at| filled.text(text, at).into());
    let heading = group.map(|group| {
        let hint = text(&group.hint);
        html! {
            <>
                <h1 id="screen-title" tabindex="-1">{ text(&group.label) }</h1>
                if !hint.is_empty() { <p class="hint muted">{ hint }</p> }
            </>
        }
    });
    let body = if let Some(repeat) = screen.list() {
        html! { <Instances page={page.clone()} repeat={repeat.clone()} /> }
    } else if is_rated_competency(&kit.form, &screen.fields) {
        html! { <RatedCompetency ratings={questions} /> }
    } else {
        questions.into_iter().map(|props| html! { <QuestionView ..props /> }).collect()
    };
    let key = screen.name().to_owned();
    let next = if filling.from_review { t.back_to_review() } else { t.next() };
    html! {
        <div class="screen">
            <Progress page={page.clone()} screens={Rc::from(screens.as_slice())} {here} />
            <main {key}>
                if filling.changed_elsewhere { <p class="warning" role="alert">{ t.changed_elsewhere() }</p> }
                if let Some(above) = heading_above(page, screen) { <p class="domain">{ above }</p> }
                { heading }
                { body }
            </main>
            <footer>
                <div class="way">
                    <Button id="back" on_press={sends(send, KitMsg::BackAsked)}>{ t.back() }</Button>
                    <Button id="next" kind={ButtonKind::Primary}
                        on_press={sends(send, KitMsg::NextAsked)}>{ next }</Button>
                </div>
                <SavedLine ..page.clone() />
            </footer>
        </div>
    }
}

/// The name of the group around the screen: a competency's domain, a question's section.
fn heading_above(page: &PageProps, screen: &Screen) -> Option<String> {
    let form = &page.model.open_kit().form;
    let around = match screen.group {
        Some(group) => form.groups().get(group)?.parent,
        None => screen.fields.first()?.question(form)?.group,
    };
    let group = form.groups().get(around?)?;
    let label = group.label.get(&page.model.open_kit().words);
    // In a repeat: which one.
    match screen.instance.numbers().last() {
        Some(number) if group.repeat.is_some() => Some(format!("{label} · {number}")),
        _ => Some(label.to_owned()),
    }
}

#[derive(Properties, PartialEq)]
struct ProgressProps {
    page: PageProps,
    screens: Rc<[Screen]>,
    here: usize,
}

/// How far one is, counting only what will be asked.
#[component]
fn Progress(props: &ProgressProps) -> Html {
    let t = props.page.model.language;
    let here = props.screens.get(props.here).and_then(|screen| screen.section);
    let mut sections: Vec<_> = props.screens.iter().map(|screen| screen.section).collect();
    let in_section = sections.iter().filter(|section| **section == here).count();
    let before = props.screens.iter().take(props.here);
    let question = before.filter(|screen| screen.section == here).count() + 1;
    sections.dedup();
    let section = sections.iter().position(|section| *section == here).unwrap_or(0) + 1;
    let percent = props.here * 100 / props.screens.len().max(1);
    let place = t.place_in_form(&section, &sections.len(), &question, &in_section);
    html! {
        <header>
            <TopBar page={props.page.clone()}><span id="place" class="num small muted">{ place }</span></TopBar>
            <div class="progress" role="progressbar" aria-label={t.progress()}
                aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.to_string()}>
                <i style={format!("inline-size:{percent}%")}></i>
            </div>
        </header>
    }
}
