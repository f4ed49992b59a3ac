//! The instances of a repeat: go into one, add one, take one away.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, Dialog};
use super::super::sends;
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::field::Field;
use crate::domain::filled::Filled;
use crate::domain::form::SEPARATOR_IN_WORDS;

#[derive(Properties, PartialEq)]
pub(super) struct InstancesProps {
    pub page: PageProps,
    /// The repeat.
    pub repeat: Field,
}

/// A line for each instance with what was answered first in it, and a button for one more.
#[component]
pub(super) fn Instances(props: &InstancesProps) -> Html {
    let PageProps { model, send } = &props.page;
    let t = model.language;
    let (Some(filling), Some(filled)) = (&model.open_kit().filling, model.open_kit().filled())
    else {
        return Html::default();
    };
    let repeat = &props.repeat.key;
    let count = filled.instances(&props.repeat);
    let lines = (1..=count).map(|number| {
        let words = in_short(filled, &format!("{repeat}[{number}]/"));
        let words = if words.is_empty() { t.no_answer().to_owned() } else { words };
        let open = sends(send, KitMsg::InstanceChosen(repeat.clone(), number));
        let remove = sends(send, KitMsg::InstanceRemovalAsked(repeat.clone(), number));
        html! {
            <li key={number} class="instance">
                <button type="button" id={format!("open-{repeat}-{number}")} class="line"
                    onclick={open.reform(|_: MouseEvent| ())}>
                    <span class="num muted">{ number }</span>
                    <span class="answer">{ &words }</span>
                </button>
                <button type="button" id={format!("remove-{repeat}-{number}")} class="button quiet"
                    aria-label={t.remove_instance(&number, &words)}
                    onclick={remove.reform(|_: MouseEvent| ())}>{ "✕" }</button>
            </li>
        }
    });
    let on_answer = send.reform(|yes| Msg::Kit(KitMsg::InstanceRemovalAnswered(yes)));
    html! {
        <>
            <p class="muted" role="status">{ t.instances_in_all(&count) }</p>
            if count > 0 { <ol class="instances">{ for lines }</ol> }
            <Button id={format!("add-{repeat}")}
                on_press={sends(send, KitMsg::InstanceAdded(repeat.clone()))}>{ t.add_instance() }</Button>
            if let Some((_, number)) = filling.removing.as_ref().filter(|(key, _)| key == repeat) {
                <Dialog title={t.remove_instance_title(number)} text={t.remove_instance_text()}
                    yes={t.remove_instance_yes()} no={t.keep()} {on_answer} />
            }
        </>
    }
}

/// The first answers of an instance, in words.
fn in_short(filled: &Filled, instance: &str) -> String {
    const ANSWERS: usize = 3;
    let form = filled.form();
    let answers = filled.columns().filter_map(|field| {
        let question = field.question(form).filter(|question| question.kind.is_answered())?;
        let value = filled.value(&field.key);
        let is_here = field.key.starts_with(instance) && !value.is_empty();
        is_here.then(|| form.answer_in_words(question, value, filled.language()))
    });
    let answers = answers.map(|words| words.replace(SEPARATOR_IN_WORDS, "; "));
    answers.take(ANSWERS).collect::<Vec<_>>().join(" · ")
}
