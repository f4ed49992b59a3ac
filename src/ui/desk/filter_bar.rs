//! Which responses are looked at, in words, and how to change it.

use std::collections::BTreeSet;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TextField};
use super::super::sends;
use crate::app::Msg;
use crate::app::desk::review::ReviewMsg;
use crate::app::route::Step;
use crate::domain::filter::{Narrowing, Test};
use crate::domain::form::{Form, Question};
use crate::text::Language;

/// The conditions that hold, each to be dropped, and a way to add one.
#[component]
pub(super) fn FilterBar(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, form, filter) = (model.language, &*model.desk.form, &model.desk.review.filter);
    let is_adding = use_state(|| false);
    let conditions = filter.conditions.iter().map(|condition| {
        let question = condition.question.clone();
        chip(t, send, &t.condition(form, condition), &question.clone(), move || {
            ReviewMsg::Narrowed(question.clone(), None)
        })
    });
    let flags = filter.flags_below.map(|below| {
        chip(t, send, &t.filter_flags(&below), "flags", || ReviewMsg::FlagsLeftOut(None))
    });
    let toggle = {
        let is_adding = is_adding.clone();
        Callback::from(move |()| is_adding.set(!*is_adding))
    };
    let added = {
        let is_adding = is_adding.clone();
        send.reform(move |msg: ReviewMsg| {
            is_adding.set(false);
            Msg::from(msg)
        })
    };
    html! {
        <section class="filter" id="filter" aria-label={t.filter_title()} data-empty={filter.is_empty().to_string()}>
            <div class="bar">
                if filter.is_empty() {
                    <span class="muted">{ t.filter_all() }</span>
                } else {
                    <strong>{ t.filter_title() }</strong>
                    { for conditions }
                    { for flags }
                    <Button id="filter-drop" kind={ButtonKind::Quiet} on_press={sends(send, ReviewMsg::FilterDropped)}>{ t.filter_drop() }</Button>
                }
                <Button id="filter-add" kind={ButtonKind::Quiet} on_press={toggle}>{ t.filter_add() }</Button>
            </div>
            { received_note(page) }
            if *is_adding { <Adding {t} form={model.desk.form.clone()} {added} /> }
        </section>
    }
}

/// Whether the tallies of other desks are counted with what is looked at.
fn received_note(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let received = desk.summary.as_ref().map_or(&[][..], |summary| &summary.received);
    let adds = matches!(
        desk.step,
        Step::Needs | Step::Map | Step::Heatmap | Step::Profile | Step::Compare | Step::Report
    );
    if received.is_empty() || !adds {
        return Html::default();
    }
    let people = received.iter().map(|tally| tally.people).sum::<u64>();
    let (desks, people) = (t.count(received.len()), t.number_of(people));
    let is_counted = desk.review.filter.is_empty() && desk.analysis.grouping.facets().count() < 2;
    let said =
        if is_counted { t.received_counted(&desks, &people) } else { t.received_left_out(&desks) };
    html! { <p id="received-note" class="small">{ said }</p> }
}

fn chip(
    t: Language,
    send: &Callback<Msg>,
    words: &str,
    id: &str,
    msg: impl Fn() -> ReviewMsg + 'static,
) -> Html {
    let onclick = send.reform(move |_: MouseEvent| Msg::from(msg()));
    html! {
        <button type="button" id={format!("filter-{id}")} class="chip condition"
            aria-label={t.filter_drop_one(&words)} title={t.filter_drop_one(&words)} {onclick}>
            <span>{ words.to_owned() }</span><span aria-hidden="true">{ " ×" }</span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct AddingProps {
    t: Language,
    form: std::rc::Rc<Form>,
    added: Callback<ReviewMsg>,
}

/// Choosing a question, and what its answer has to be.
#[component]
fn Adding(props: &AddingProps) -> Html {
    let AddingProps { t, form, added } = props;
    let question = use_state(String::new);
    let values = use_state(BTreeSet::<String>::new);
    let text = use_state(String::new);
    let (from, to) = (use_state(String::new), use_state(String::new));
    let on_question = {
        let (question, values) = (question.clone(), values.clone());
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                question.set(select.value());
                values.set(BTreeSet::new());
            }
        }
    };
    let can_be_asked = |asked: &&Question| {
        (asked.kind.is_answered() || asked.is_computed())
            && form.repeats_around(asked.group).is_empty()
            && form.consent_question().is_none_or(|consent| consent.name != asked.name)
    };
    let questions = form.questions().iter().filter(can_be_asked).map(|asked| {
        html! {
            <option value={asked.name.clone()} selected={asked.name == *question}>
                { t.question_label(form, &asked.name) }</option>
        }
    });
    let narrowing = Narrowing::of(form, &question);
    let control = match narrowing {
        None => Html::default(),
        Some(Narrowing::Choices) => choices(props, &question, &values),
        Some(Narrowing::Text) => {
            let on_input = {
                let text = text.clone();
                Callback::from(move |typed| text.set(typed))
            };
            html! { <TextField id="filter-text" label={t.filter_text()} value={(*text).clone()} {on_input} /> }
        }
        Some(Narrowing::Numbers) => {
            let end = |id: &'static str, label: &'static str, end: &UseStateHandle<String>| {
                let set = end.clone();
                let on_input = Callback::from(move |typed| set.set(typed));
                html! { <TextField {id} {label} value={(**end).clone()} {on_input} /> }
            };
            html! {
                <div class="field-row">
                    { end("filter-from", t.filter_from_label(), &from) }
                    { end("filter-to", t.filter_to_label(), &to) }
                </div>
            }
        }
    };
    let apply = {
        let (question, added) = ((*question).clone(), added.clone());
        let (values, text, from, to) = (values.clone(), text.clone(), from.clone(), to.clone());
        Callback::from(move |()| {
            let end = |typed: &str| typed.trim().replace(',', ".").parse::<f64>().ok();
            let test = match narrowing {
                Some(Narrowing::Choices) => Test::OneOf((*values).clone()),
                Some(Narrowing::Numbers) => Test::Between(end(&from), end(&to)),
                _ => Test::Contains((*text).clone()),
            };
            added.emit(ReviewMsg::Narrowed(question.clone(), Some(test)));
        })
    };
    html! {
        <div class="card" id="filter-adding">
            <div class="labelled">
                <label for="filter-question">{ t.filter_question() }</label>
                <select class="field" id="filter-question" onchange={on_question}>
                    <option value="" selected={question.is_empty()}>{ t.filter_choose() }</option>
                    { for questions }
                </select>
            </div>
            { control }
            if narrowing.is_some() {
                <div class="bar">
                    <Button id="filter-apply" kind={ButtonKind::Primary} on_press={apply}>{ t.filter_apply() }</Button>
                </div>
            }
        </div>
    }
}

fn choices(props: &AddingProps, name: &str, chosen: &UseStateHandle<BTreeSet<String>>) -> Html {
    let AddingProps { t, form, .. } = props;
    let list = form.question(name).and_then(|question| question.kind.list());
    let offered = form.choices(list.unwrap_or_default()).iter();
    let offered = offered.map(|choice| (choice.name.clone(), choice.label.get(t.code())));
    // Nothing at all can be looked for, too.
    let boxes = offered.chain([(String::new(), t.no_answer())]).map(|(value, label)| {
        let onchange = {
            let (chosen, value) = (chosen.clone(), value.clone());
            move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let mut values = (*chosen).clone();
                if input.is_some_and(|input| input.checked()) {
                    values.insert(value.clone());
                } else {
                    values.remove(&value);
                }
                chosen.set(values);
            }
        };
        html! {
            <label class="asked" key={value.clone()}>
                <input type="checkbox" id={format!("filter-value-{value}")}
                    checked={chosen.contains(&value)} {onchange} />
                <span>{ label }</span>
            </label>
        }
    });
    html! {
        <fieldset class="filter-values">
            <legend>{ t.filter_values() }</legend>
            { for boxes }
        </fieldset>
    }
}
