//! Choices in rows: one of them, several, or a box to tick.

use yew::prelude::*;

use super::QuestionProps;
use crate::domain::expression::Expression;
use crate::domain::form::{ACKNOWLEDGED, Kind};
use crate::ui::part::ChoiceRow;

/// All choices of a question, as rows.
#[component]
pub(super) fn Choices(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    if question.kind == Kind::Acknowledge {
        let on_change = {
            let props = props.clone();
            Callback::from(move |ticked| {
                props.answer(if ticked { ACKNOWLEDGED.to_owned() } else { String::new() });
            })
        };
        return html! {
            <ChoiceRow id={props.id()} name={props.name()} is_box=true
                label={props.t.acknowledged().to_owned()} checked={!props.value.is_empty()} {on_change} />
        };
    }
    let is_several = question.kind.is_several();
    let chosen: Vec<&str> = props.value.split_whitespace().collect();
    let limit = question.constraint.as_ref().and_then(Expression::selection_limit);
    let rows = props.offered.iter().map(|(name, label)| {
        let checked = chosen.contains(&name.as_str());
        let on_change = {
            let (props, name) = (props.clone(), name.clone());
            Callback::from(move |checked| props.answer(changed(&props, &name, checked)))
        };
        html! {
            <ChoiceRow id={format!("{}-{name}", props.id())} name={props.name()}
                label={label.clone()} {checked} is_box={is_several} {on_change} />
        }
    });
    html! {
        <div class="choices">
            { for rows }
            if !is_several { <ClearButton ..props.clone() /> }
            if let (true, Some(limit)) = (is_several, limit) {
                <p class="hint muted" aria-live="polite">
                    { props.t.chosen_of(&chosen.len(), &limit) }
                </p>
            }
        </div>
    }
}

/// Takes back the one choice of a question that may stay open.
#[component]
pub(super) fn ClearButton(props: &QuestionProps) -> Html {
    let is_optional = props.question().is_some_and(|question| question.required.is_none());
    let onclick = {
        let props = props.clone();
        move |_: MouseEvent| props.answer(String::new())
    };
    html! {
        if is_optional && !props.value.is_empty() {
            <button type="button" id={format!("{}-clear", props.id())} class="button quiet clear"
                {onclick}>{ props.t.clear_choice() }</button>
        }
    }
}

/// The value after a choice was ticked or unticked; several stay in the order of the list.
fn changed(props: &QuestionProps, name: &str, checked: bool) -> String {
    if !props.question().is_some_and(|question| question.kind.is_several()) {
        return name.to_owned();
    }
    let chosen: Vec<&str> = props.value.split_whitespace().collect();
    let is_chosen =
        |offered: &&str| if *offered == name { checked } else { chosen.contains(offered) };
    let offered = props.offered.iter().map(|(name, _)| name.as_str());
    let names: Vec<&str> = offered.filter(is_chosen).collect();
    names.join(" ")
}
