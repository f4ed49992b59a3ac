//! Choices in order of preference: tapped in order, moved by arrows.

use yew::prelude::*;

use super::QuestionProps;
use crate::domain::expression::Expression;
use crate::ui::part::ChoiceRow;

/// The chosen ones on top with their places, the others to choose from below.
#[component]
pub(super) fn Ranking(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    let t = props.t;
    let chosen: Vec<String> = props.value.split_whitespace().map(str::to_owned).collect();
    let limit = question.constraint.as_ref().and_then(Expression::selection_limit);
    let is_full = limit.is_some_and(|limit| chosen.len() >= limit);
    let id = |name: &str| format!("{}-{name}", props.id());
    let answer = |names: Vec<String>| {
        let props = props.clone();
        move |_: MouseEvent| props.answer(names.join(" "))
    };
    let places = chosen.iter().enumerate().map(|(place, name)| {
        let label = props.label_of(name).to_owned();
        let mut up = chosen.clone();
        up.swap(place.saturating_sub(1), place);
        let mut down = chosen.clone();
        down.swap(place, (place + 1).min(chosen.len() - 1));
        let without = chosen.iter().filter(|other| *other != name).cloned().collect();
        html! {
            <li key={name.clone()} class="rank">
                <span class="rank-place num">{ place + 1 }</span>
                <span class="rank-label">{ &label }</span>
                <span class="rank-buttons">
                    <button type="button" id={format!("{}-up", id(name))} class="button quiet"
                        aria-label={t.move_up(&label)} disabled={place == 0} onclick={answer(up)}>{ "↑" }</button>
                    <button type="button" id={format!("{}-down", id(name))} class="button quiet"
                        aria-label={t.move_down(&label)} disabled={place + 1 == chosen.len()}
                        onclick={answer(down)}>{ "↓" }</button>
                    <button type="button" id={format!("{}-remove", id(name))} class="button quiet"
                        aria-label={t.take_out(&label)} onclick={answer(without)}>{ "✕" }</button>
                </span>
            </li>
        }
    });
    let others = props.offered.iter().filter(|(name, _)| !chosen.contains(name));
    let others = others.map(|(name, label)| {
        let on_change = {
            let (props, mut names) = (props.clone(), chosen.clone());
            names.push(name.clone());
            Callback::from(move |_: bool| props.answer(names.join(" ")))
        };
        html! {
            <ChoiceRow key={name.clone()} id={id(name)} name={props.name()} is_box=true
                label={label.clone()} checked=false disabled={is_full} {on_change} />
        }
    });
    html! {
        <>
            if !chosen.is_empty() {
                <ol class="ranks" aria-label={t.your_order()}>{ for places }</ol>
            }
            if let Some(limit) = limit {
                <p class="hint muted" role="status">{ t.chosen_of(&chosen.len(), &limit) }</p>
            }
            <div class="choices">{ for others }</div>
        </>
    }
}
