//! One of many choices, found by typing part of its name with or without diacritics.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::QuestionProps;
use super::choices::ClearButton;
use crate::domain::search::folded;
use crate::ui::part::ChoiceRow;

/// How many choices are shown at once; typing narrows them down.
const SHOWN: usize = 12;

/// A search field over rows of choices; the chosen one stays on top.
#[component]
pub(super) fn Finder(props: &QuestionProps) -> Html {
    let query = use_state_eq(String::new);
    let choices = &props.offered;
    let wanted = folded(&query);
    let is_found = |label: &str| folded(label).contains(&wanted);
    let found: Vec<_> = choices.iter().filter(|(_, label)| is_found(label)).collect();
    // What is chosen stays in sight, at its own place: arrow keys walk through the rows.
    let chosen = choices.iter().filter(|(name, label)| {
        **name == *props.value
            && (!is_found(label) || !found.iter().take(SHOWN).any(|row| row.0 == *name))
    });
    let count_found = found.len();
    let more = found.len().saturating_sub(SHOWN);
    let oninput = {
        let query = query.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
            }
        }
    };
    // Enter chooses what is found alone; it must not leave the page.
    let onkeydown = {
        let (props, found) = (props.clone(), found.first().map(|(name, _)| name.clone()));
        let is_alone = more == 0 && count_found == 1;
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                if let Some(name) = found.clone().filter(|_| is_alone) {
                    props.answer(name);
                }
            }
        }
    };
    let rows = chosen.chain(found.iter().take(SHOWN).copied()).map(|(name, label)| {
        let on_change = {
            let (props, name) = (props.clone(), (*name).clone());
            Callback::from(move |_: bool| props.answer(name.clone()))
        };
        html! {
            <ChoiceRow key={(*name).clone()} id={format!("{}-{name}", props.id())}
                name={props.name()} label={label.clone()}
                checked={**name == *props.value} {on_change} />
        }
    });
    let t = props.t;
    let count = match (choices.len(), found.len()) {
        (0, _) => t.finder_nothing_offered().to_owned(),
        (_, 0) if !wanted.is_empty() => t.finder_nothing_found().to_owned(),
        _ if more > 0 => t.finder_more(&more),
        _ => String::new(),
    };
    html! {
        <div class="finder">
            <input type="search" id={format!("{}-search", props.id())} class="field"
                value={(*query).clone()} placeholder={t.finder_placeholder()} autocomplete="off"
                aria-label={t.finder_placeholder()} {oninput} {onkeydown} />
            <div class="choices">{ for rows }</div>
            <ClearButton ..props.clone() />
            <p class="hint muted" role="status">{ count }</p>
        </div>
    }
}
