//! One response beside the page: as its form, with what speaks against it and what was changed.

use yew::prelude::*;

use super::correcting::{Asked, Correcting};
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::ResponseView;
use crate::browser::clock::local_day_and_time;
use crate::domain::changes::{Change, Standing};
use crate::domain::filled::{Circumstances, Filled};
use crate::domain::form::SEPARATOR_IN_WORDS;
use crate::ui::PageProps;
use crate::ui::part::read_back::{LineRead, read_back};
use crate::ui::part::{Button, ButtonKind, on_escape, use_modal};
use crate::ui::sends;

/// The response that is wanted; nothing where none is.
#[component]
pub(in crate::ui::desk) fn ResponsePanel(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let review = &model.desk.review;
    let dialog = use_modal();
    let close = sends(send, ReviewMsg::ResponseWanted(None));
    let oncancel = on_escape(close.clone());
    let t = model.language;
    let content = match &review.response {
        Some(view) => html! { <Panel page={page.clone()} view={view.clone()} /> },
        None => html! { <p role="status">{ t.panel_loading() }</p> },
    };
    html! {
        <dialog ref={dialog} class="panel" id="panel" aria-label={t.responses_title()} {oncancel}>
            <div class="panel-head">
                <Button id="panel-close" on_press={close}>{ t.panel_close() }</Button>
            </div>
            { content }
        </dialog>
    }
}

#[derive(Properties)]
struct PanelProps {
    page: PageProps,
    view: std::rc::Rc<ResponseView>,
}

impl PartialEq for PanelProps {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page && std::rc::Rc::ptr_eq(&self.view, &other.view)
    }
}

#[component]
fn Panel(props: &PanelProps) -> Html {
    let PanelProps { page, view } = props;
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let (form, response) = (&desk.form, &view.response);
    let asked = use_state(|| None::<Asked>);
    {
        // What was asked for is done once the response has changed.
        let asked = asked.clone();
        use_effect_with(view.entries.len(), move |_| asked.set(None));
    }
    let ask = |what: Asked| {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(Some(what.clone())))
    };
    let words = Circumstances { language: t.code().to_owned(), ..Circumstances::default() };
    let filled = Filled::new(form.clone(), response.answers.clone(), words);
    let sections = read_back(t, &filled, &filled.screens()).into_iter().map(|section| {
        let lines = section.lines.into_iter().map(|LineRead { key, label, words }| {
            let original = view.original.get(&key);
            let is_changed = original != response.answers.get(&key);
            let correct = ask(Asked::Correction(key.clone()));
            let can_be = form.question(&key).is_some_and(|question| !question.is_computed());
            html! {
                <div class="panel-line" data-changed={is_changed.to_string()}>
                    <dt>{ label }</dt>
                    <dd>
                        <span class={if words.is_some() { "" } else { "muted" }}>
                            { words.unwrap_or_else(|| t.no_answer().to_owned()) }</span>
                        if is_changed {
                            <small class="muted">
                                { t.panel_original(&t.answer_words(form, &key, original)) }</small>
                        }
                    </dd>
                    if can_be {
                        <Button id={format!("correct-{key}")} kind={ButtonKind::Quiet} on_press={correct}>
                            { t.panel_correct() }</Button>
                    }
                </div>
            }
        });
        html! { <section><h3>{ section.title }</h3><dl>{ for lines }</dl></section> }
    });
    let flags = view.flags.iter().map(|flag| html! { <li>{ t.flag(form, flag) }</li> });
    let receipt = |root: &str| view.receipts.get(root).cloned().unwrap_or_default();
    let entries = view.entries.iter().map(|entry| {
        let back = Change::TakenBack { entry: entry.id.clone() };
        html! {
            <li>
                <p>{ t.change(form, &entry.change, receipt) }</p>
                <p class="muted small">{ format!("{} · {}", local_day_and_time(entry.at), entry.why) }</p>
                <Button id={format!("take-back-{}", entry.id)} kind={ButtonKind::Quiet}
                    on_press={sends(send, ReviewMsg::ChangeAsked(back, String::new()))}>
                    { t.panel_take_back() }</Button>
            </li>
        }
    });
    let sources: Vec<&str> = response.sources.iter().map(String::as_str).collect();
    let on_done = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    html! {
        <>
            <h2 id="panel-title">{ t.panel_of(&receipt(&response.root)) }</h2>
            <p class="muted small">
                if let Some(at) = response.submitted { { t.panel_received(&local_day_and_time(at)) }<br/> }
                { t.panel_from(&sources.join(SEPARATOR_IN_WORDS)) }
                if view.older > 0 { <br/>{ t.panel_older(&t.count(view.older)) } }
            </p>
            if let Standing::SetAside { .. } = &view.standing {
                <p class="notice" id="panel-aside">{ t.panel_aside() }</p>
            }
            if let Standing::OnePersonWith { root, .. } = &view.standing {
                <p class="notice">{ t.panel_one_person(&receipt(root)) }</p>
            }
            if !view.flags.is_empty() {
                <section class="panel-flags">
                    <h3>{ t.panel_flags() }</h3><ul>{ for flags }</ul>
                </section>
            }
            if !view.entries.is_empty() {
                <section class="panel-changes">
                    <h3>{ t.panel_changes() }</h3><ul>{ for entries }</ul>
                </section>
            }
            if let Some(what) = &*asked {
                <Correcting page={page.clone()} view={view.clone()} asked={what.clone()} {on_done} />
            } else if view.standing == Standing::Counts {
                <Button id="set-aside" on_press={ask(Asked::SettingAside)}>{ t.panel_set_aside() }</Button>
            }
            { for sections }
        </>
    }
}
