//! A field with its name above it and a line of help below.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What is typed into a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A line.
    #[default]
    Line,
    /// Several lines; the field grows with them.
    Lines,
    /// A day.
    Day,
}

#[derive(Properties, PartialEq)]
pub(crate) struct TextFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub kind: FieldKind,
    pub value: AttrValue,
    pub on_input: Callback<String>,
}

/// A field that tells every change.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let TextFieldProps { id, label, hint, kind, value, on_input } = props;
    let oninput = on_input.reform(|event: InputEvent| {
        let line = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
        let lines = || event.target_dyn_into::<HtmlTextAreaElement>().map(|field| field.value());
        line.or_else(lines).unwrap_or_default()
    });
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let field = match kind {
        FieldKind::Line => html! {
            <input type="text" class="field" {id} value={value.clone()} {oninput} aria-describedby={described} />
        },
        FieldKind::Day => html! {
            <input type="date" class="field" {id} value={value.clone()} {oninput} aria-describedby={described} />
        },
        FieldKind::Lines => html! {
            <textarea class="field" rows="3" {id} value={value.clone()} {oninput} aria-describedby={described} />
        },
    };
    html! {
        <div class="labelled">
            <label for={id.clone()}>{ label }</label>
            { field }
            if !hint.is_empty() { <p id={hint_id} class="muted small">{ hint }</p> }
        </div>
    }
}
