//! Correcting one answer, or setting a response aside, with a reason.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::ResponseView;
use crate::domain::changes::Change;
use crate::ui::PageProps;
use crate::ui::part::{Button, ButtonKind, TextField};

/// What a trainer wants to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// The answer of this key.
    Correction(String),
    /// Whether the response counts.
    SettingAside,
}

#[derive(Properties)]
pub(super) struct CorrectingProps {
    pub page: PageProps,
    pub view: Rc<ResponseView>,
    pub asked: Asked,
    pub on_done: Callback<()>,
}

impl PartialEq for CorrectingProps {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page && Rc::ptr_eq(&self.view, &other.view) && self.asked == other.asked
    }
}

/// The new answer and the reason.
#[component]
pub(super) fn Correcting(props: &CorrectingProps) -> Html {
    let CorrectingProps { page, view, asked, on_done } = props;
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let key = match asked {
        Asked::Correction(key) => Some(key.clone()),
        Asked::SettingAside => None,
    };
    let now = key.as_ref().map_or(String::new(), |key| view.response.answers.get(key).to_owned());
    let answer = use_state(|| now.clone());
    let why = use_state(String::new);
    let card = use_node_ref();
    {
        let (answer, card) = (answer.clone(), card.clone());
        use_effect_with(key.clone(), move |_| {
            answer.set(now);
            if let Some(card) = card.cast::<HtmlElement>() {
                card.scroll_into_view();
                // Refused only where it is gone.
                let _ = card.focus();
            }
        });
    }
    let title = match &key {
        Some(key) => t.panel_correct_title(&t.question_label(&desk.form, key)),
        None => t.panel_set_aside_title().to_owned(),
    };
    let save = {
        let (root, why, answer) = (view.response.root.clone(), (*why).clone(), (*answer).clone());
        let key = key.clone();
        send.reform(move |()| {
            let root = root.clone();
            let change = match &key {
                None => Change::SetAside { root },
                Some(key) => Change::Corrected {
                    root,
                    key: key.clone(),
                    // The log looks it up.
                    from: String::new(),
                    to: answer.clone(),
                },
            };
            ReviewMsg::ChangeAsked(change, why.clone()).into()
        })
    };
    let on_why = {
        let why = why.clone();
        Callback::from(move |typed| why.set(typed))
    };
    let control = key.as_ref().map(|key| control(page, key, &answer));
    html! {
        <section class="card correcting" id="correcting" ref={card} tabindex="-1" aria-label={title.clone()}>
            <h3>{ title }</h3>
            { control }
            <TextField id="why" label={t.panel_why()} hint={t.panel_why_hint()} value={(*why).clone()}
                on_input={on_why} />
            if let Some(fault) = &desk.review.fault {
                <p class="fault" id="change-fault" role="alert">{ t.change_fault(fault) }</p>
            }
            <div class="bar">
                <Button id="save-change" kind={ButtonKind::Primary} on_press={save}>{ t.panel_save() }</Button>
                <Button id="give-up-change" on_press={on_done.clone()}>{ t.give_up() }</Button>
            </div>
        </section>
    }
}

/// A list to choose from, or a field to write in.
fn control(page: &PageProps, key: &str, answer: &UseStateHandle<String>) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let question = form.question(key);
    let list = question.filter(|question| !question.kind.is_several());
    let list = list.and_then(|question| question.kind.list());
    let set = answer.clone();
    let Some(list) = list else {
        let on_input = Callback::from(move |typed| set.set(typed));
        return html! {
            <TextField id="new-answer" label={t.panel_new_answer()} value={(**answer).clone()} {on_input} />
        };
    };
    let onchange = move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            set.set(select.value());
        }
    };
    let options = form.choices(list).iter().map(|choice| {
        html! {
            <option value={choice.name.clone()} selected={choice.name == **answer}>
                { choice.distinct_label(t.code()) }</option>
        }
    });
    html! {
        <div class="labelled">
            <label for="new-answer">{ t.panel_new_answer() }</label>
            <select class="field" id="new-answer" {onchange}>
                <option value="" selected={answer.is_empty()}>{ t.no_answer() }</option>
                { for options }
            </select>
        </div>
    }
}
