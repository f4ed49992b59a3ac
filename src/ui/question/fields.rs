//! Text, numbers and days, typed.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{QuestionProps, fault_id, input_id};
use crate::domain::form::Kind;

/// A field to type into. Its answer is kept as typed; what is wrong is said on leaving.
#[component]
pub(super) fn Field(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    let id = input_id(question);
    let described_by = props.fault.is_some().then(|| fault_id(question));
    let invalid = props.fault.is_some().then_some("true");
    if question.kind == Kind::Text && question.appearance.iter().any(|word| word == "multiline") {
        let oninput = {
            let props = props.clone();
            move |event: InputEvent| {
                if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                    props.answer(area.value());
                }
            }
        };
        return html! {
            <div class="growing" data-text={props.value.clone()}>
                <textarea {id} class="field" rows="4" readonly={question.read_only} value={props.value.clone()} {oninput}
                    aria-describedby={described_by} aria-invalid={invalid} />
            </div>
        };
    }
    let oninput = {
        let props = props.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                props.answer(input.value());
            }
        }
    };
    let (kind, input_mode) = match question.kind {
        Kind::Integer => ("text", Some("numeric")),
        Kind::Decimal | Kind::Range(_) => ("text", Some("decimal")),
        Kind::Date => ("date", None),
        Kind::Time => ("time", None),
        Kind::DateTime => ("datetime-local", None),
        _ => ("text", None),
    };
    let class = if input_mode.is_some() { "field short" } else { "field" };
    html! {
        <input type={kind} {id} {class} inputmode={input_mode} autocomplete="off" readonly={question.read_only}
            value={props.value.clone()} {oninput}
            aria-describedby={described_by} aria-invalid={invalid} />
    }
}
