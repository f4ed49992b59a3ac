//! One thing to answer.

use web_sys::Element;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::question::{
    QuestionProps, QuestionView, RatedColumns, RatedCompetency, RatedSheet, fault_in_words,
    is_rated_competency, rated,
};
use super::super::sends;
use super::instances::Instances;
use super::notice_in_words;
use super::saved_line::SavedLine;
use crate::app::Msg;
use crate::app::kit::{Filling, KitMsg, Page};
use crate::domain::canonical::AnswerFault;
use crate::domain::field::Field;
use crate::domain::filled::{Filled, Screen};
use crate::domain::form::Group;

/// The page that the route names.
#[component]
pub(super) fn ScreenPage(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let Some(filling) = &kit.filling else { return Html::default() };
    let pages = kit.pages();
    let here = kit.page_position(model.route.place(), &pages);
    let Some(open) = pages.get(here) else { return Html::default() };
    let is_alone = open.screens.len() == 1;
    let parts: Vec<Part> =
        open.screens.iter().map(|screen| part(page, filling, screen, is_alone)).collect();
    let sheets =
        parts.chunk_by(|part, next| part.columns.is_some() && part.columns == next.columns);
    let group = open.group.and_then(|group| kit.form().groups().get(group));
    let heading = group
        .zip(open.fields().next())
        .map(|(group, first)| heading(&filling.filled, group, first, "screen-title", true));
    let key = open.name().to_owned();
    let next = if filling.from_review { t.back_to_review() } else { t.next() };
    // Enter in a field is "next", as the browser has it.
    let onsubmit = |event: SubmitEvent| event.prevent_default();
    html! {
        <form class={if is_alone { "screen" } else { "screen wide" }} novalidate=true {onsubmit}>
            { progress(page, &pages, here) }
            <main {key} onkeydown={rates_by_digit(page, open)}>
                if filling.changed_elsewhere { <p class="warning" role="alert">{ t.changed_elsewhere() }</p> }
                if let Some(notice) = kit.notice {
                    <p class="warning" role="alert">{ notice_in_words(t, notice) }</p>
                }
                if let Some(above) = heading_above(page, open) { <p class="domain">{ above }</p> }
                { heading }
                { for sheets.map(sheet) }
            </main>
            <footer>
                <div class="way">
                    <Button id="back" on_press={sends(send, KitMsg::BackAsked)}>{ t.back() }</Button>
                    <Button id="next" kind={ButtonKind::Primary} is_submit=true
                        on_press={sends(send, KitMsg::NextAsked)}>{ next }</Button>
                </div>
                <SavedLine ..page.clone() />
            </footer>
        </form>
    }
}

/// One thing to answer, as it stands on its page.
struct Part {
    view: Html,
    /// The columns it needs above it, where others can stand below the same ones.
    columns: Option<RatedColumns>,
}

/// Parts that stand together.
fn sheet(parts: &[Part]) -> Html {
    let views = || parts.iter().map(|part| part.view.clone());
    match parts.first().and_then(|part| part.columns.clone()) {
        Some(columns) => html! { <RatedSheet {columns}>{ for views() }</RatedSheet> },
        None => html! { <>{ for views() }</> },
    }
}

/// One thing to answer; alone on its page its question is the heading.
fn part(page: &PageProps, filling: &Filling, screen: &Screen, is_alone: bool) -> Part {
    let PageProps { model, send } = page;
    let (t, filled) = (model.language, &filling.filled);
    let form = filled.form();
    let faults = filled.faults(screen);
    let questions: Vec<QuestionProps> = screen
        .fields
        .iter()
        .filter_map(|field| {
            let mut props = QuestionProps::of(filled, field, t, send)?;
            let fault = faults.iter().find(|(at, _)| *at == field).map(|(_, fault)| fault);
            // What is missing is said on trying to go on, what is wrong on leaving the field.
            let is_left = |fault: &&AnswerFault| {
                filling.left.contains(&field.key) && **fault != AnswerFault::Required
            };
            let is_told = filling.shows_faults && !filling.hushed.contains(&field.key);
            let fault = fault.filter(|fault| is_told || is_left(fault));
            props.fault = fault.map(|fault| fault_in_words(t, filled, field, fault).into());
            props.is_heading = is_alone && screen.group.is_none();
            Some(props)
        })
        .collect();
    let id = if is_alone { "screen-title".to_owned() } else { format!("part-{}", screen.name()) };
    let group = screen.group.and_then(|group| form.groups().get(group));
    let heading = group
        .zip(screen.fields.first())
        .map(|(group, first)| heading(filled, group, first, &id, is_alone));
    let is_rated = is_rated_competency(form, &screen.fields);
    let columns = (is_rated && !is_alone).then(|| RatedColumns::of(&questions));
    let body = if let Some(repeat) = screen.list() {
        html! { <Instances page={page.clone()} repeat={repeat.clone()} /> }
    } else if is_rated {
        html! { <RatedCompetency ratings={questions} heading={id} /> }
    } else {
        questions.into_iter().map(|props| html! { <QuestionView ..props /> }).collect()
    };
    let view = if is_alone {
        html! { <>{ heading }{ body }</> }
    } else {
        html! {
            <section class="part" key={screen.name().to_owned()}>
                <div class="part-heading">{ heading }</div>
                { body }
            </section>
        }
    };
    Part { view, columns }
}

/// A group's label and the line under it.
fn heading(filled: &Filled, group: &Group, first: &Field, id: &str, is_of_page: bool) -> Html {
    let label = filled.text(&group.label, first).into_owned();
    let hint = filled.text(&group.hint, first).into_owned();
    html! {
        <>
            if is_of_page {
                <h1 id={id.to_owned()} tabindex="-1">{ label }</h1>
            } else {
                <h2 id={id.to_owned()}>{ label }</h2>
            }
            if !hint.is_empty() { <p class="hint muted">{ hint }</p> }
        </>
    }
}

/// A digit rates: on the scale that has the focus, else on the first that is not answered.
fn rates_by_digit(page: &PageProps, open: &Page) -> Callback<KeyboardEvent> {
    let Some(filled) = page.model.open_kit().filled() else { return Callback::noop() };
    let is_rated = |field: &&Field| {
        field.question(filled.form()).is_some_and(|question| question.rating.is_some())
    };
    // A scale with its levels, and the answers that each level makes.
    let mut scales: Vec<(String, bool, Vec<Rated>)> = Vec::new();
    for screen in &open.screens {
        let rated_here = || screen.fields.iter().filter(is_rated);
        for field in rated_here() {
            let values = rated_here().map(|other| (&*other.key, filled.value(&other.key)));
            let levels = filled
                .offered(field)
                .into_iter()
                .map(|level| (level.name.clone(), rated(values.clone(), &field.key, &level.name)));
            let is_open = filled.value(&field.key).is_empty();
            scales.push((field.key.clone(), is_open, levels.collect()));
        }
    }
    let send = page.send.clone();
    Callback::from(move |event: KeyboardEvent| {
        let digit = event.key();
        let is_digit = digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digit || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let target = event.target_dyn_into::<Element>();
        let around = |selector| target.as_ref()?.closest(selector).ok()?;
        if around("input:not([type=radio], [type=checkbox]), textarea, select").is_some() {
            return;
        }
        let focused = around("[data-scale]").and_then(|scale| scale.get_attribute("data-scale"));
        let scale = match &focused {
            Some(focused) => scales.iter().find(|(key, ..)| key == focused),
            None => scales.iter().find(|(_, is_open, _)| *is_open),
        };
        let levels = scale.into_iter().flat_map(|(.., levels)| levels);
        if let Some((_, answers)) = levels.into_iter().find(|(level, _)| *level == digit) {
            send.emit(Msg::Kit(KitMsg::Answered(answers.clone())));
        }
    })
}

/// A level, and the answers that choosing it makes.
type Rated = (String, Vec<(String, String)>);

/// The name of the group around the page: a competency's domain, a question's section; in a
/// repeat, which one it is.
fn heading_above(page: &PageProps, open: &Page) -> Option<String> {
    let kit = page.model.open_kit();
    let (form, screen) = (kit.form(), open.screens.first()?);
    let around = match open.group.or(screen.group) {
        Some(group) => form.groups().get(group)?.parent,
        None => screen.fields.first()?.question(form)?.group,
    };
    let group = form.groups().get(around?)?;
    let label = group.label.get(&kit.words);
    match screen.instance.numbers().last() {
        Some(number) if group.repeat.is_some() => Some(format!("{label} · {number}")),
        _ => Some(label.to_owned()),
    }
}

/// How far one is, counting only what will be asked.
fn progress(page: &PageProps, pages: &[Page], position: usize) -> Html {
    let t = page.model.language;
    let here = pages.get(position).and_then(Page::section);
    let mut sections: Vec<_> = pages.iter().map(Page::section).collect();
    let in_section = sections.iter().filter(|section| **section == here).count();
    let before = pages.iter().take(position);
    let question = before.filter(|page| page.section() == here).count() + 1;
    sections.dedup();
    let section = sections.iter().position(|section| *section == here).unwrap_or(0) + 1;
    let percent = position * 100 / pages.len().max(1);
    let is_by_page = pages.iter().any(|page| page.group.is_some());
    let place = if is_by_page {
        t.place_by_page(&section, &sections.len(), &question, &in_section)
    } else {
        t.place_in_form(&section, &sections.len(), &question, &in_section)
    };
    html! {
        <header>
            <TopBar page={page.clone()}><span id="place" class="num small muted">{ place }</span></TopBar>
            <div class="progress" role="progressbar" aria-label={t.progress()}
                aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.to_string()}>
                <i style={format!("inline-size:{percent}%")}></i>
            </div>
        </header>
    }
}
