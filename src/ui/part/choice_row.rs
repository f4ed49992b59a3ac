//! A choice as a row that can be pressed anywhere.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ChoiceRowProps {
    pub id: String,
    pub name: String,
    pub label: AttrValue,
    pub checked: bool,
    /// True for a box that can be ticked beside others.
    #[prop_or_default]
    pub is_box: bool,
    #[prop_or_default]
    pub disabled: bool,
    pub on_change: Callback<bool>,
}

/// A radio button, or a box, with its words.
#[component]
pub(crate) fn ChoiceRow(props: &ChoiceRowProps) -> Html {
    let onchange = props.on_change.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
    });
    html! {
        <label class="choice">
            <input type={if props.is_box { "checkbox" } else { "radio" }} id={props.id.clone()}
                name={props.name.clone()} checked={props.checked} disabled={props.disabled}
                {onchange} />
            <span>{ &props.label }</span>
        </label>
    }
}
