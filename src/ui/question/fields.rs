//! Text, numbers and days, typed.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::QuestionProps;
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::form::Kind;

/// A field to type into. Its answer is kept as typed; what is wrong is said on leaving.
#[component]
pub(super) fn TypedField(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    let id = props.id();
    let t = props.t;
    let range = match &question.kind {
        Kind::Range(steps) => Some(t.range_ends(steps)),
        _ => None,
    };
    let understood = t.understood_number(&props.form, question, &props.value);
    let told = [
        range.as_ref().map(|_| format!("{id}-range")),
        understood.as_ref().map(|_| format!("{id}-understood")),
        props.fault.is_some().then(|| props.fault_id()),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let described_by = (!told.is_empty()).then(|| told.join(" "));
    let invalid = props.fault.is_some().then_some("true");
    let left = {
        let key = props.name();
        props.send.reform(move |_: FocusEvent| Msg::Kit(KitMsg::FieldLeft(key.clone())))
    };
    let is_long = question.lines.is_some_and(|lines| lines > 1)
        || question.appearance.iter().any(|word| word == "multiline");
    if question.kind == Kind::Text && is_long {
        let rows = question.lines.unwrap_or(4).to_string();
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
                <textarea {id} class="field" {rows} readonly={props.is_fixed()} value={props.value.clone()} {oninput} onblur={left}
                    aria-describedby={described_by} aria-invalid={invalid} />
            </div>
        };
    }
    let onblur = left.clone();
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
        <>
            <input type={kind} id={id.clone()} {class} inputmode={input_mode} autocomplete="off"
                readonly={props.is_fixed()} value={props.value.clone()} {oninput} {onblur}
                aria-describedby={described_by} aria-invalid={invalid} />
            if let Some(range) = range { <p id={format!("{id}-range")} class="hint muted">{ range }</p> }
            if let Some(understood) = understood {
                <p id={format!("{id}-understood")} class="hint" role="status">{ understood }</p>
            }
        </>
    }
}
