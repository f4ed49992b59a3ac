//! Choices in order of preference: tapped in order, moved by arrows.
//!
//! Every press moves the row that was pressed, and a row that moves loses the focus: it is given
//! to where one goes on from, and the new place is read out.

use yew::prelude::*;

use super::QuestionProps;
use crate::browser::sight;
use crate::domain::expression::Expression;
use crate::ui::part::ChoiceRow;

/// What a press does: the new order, where the focus goes once it is shown, and what is read out.
#[derive(Clone)]
struct Move {
    order: Vec<String>,
    /// Ids of inputs and buttons; the first that takes the focus gets it.
    focus: Vec<String>,
    told: String,
}

/// The chosen ones on top with their places, the others to choose from below.
#[component]
pub(super) fn Ranking(props: &QuestionProps) -> Html {
    let told = use_state_eq(String::new);
    let focus = use_mut_ref(Vec::new);
    {
        let focus = focus.clone();
        use_effect_with(props.value.clone(), move |_| sight::focus_first(&focus.take()));
    }
    let Some(question) = props.question() else { return Html::default() };
    let t = props.t;
    let chosen: Vec<String> = props.value.split_whitespace().map(str::to_owned).collect();
    let others: Vec<&(String, String)> =
        props.offered.iter().filter(|(name, _)| !chosen.contains(name)).collect();
    let limit = question.constraint.as_ref().and_then(Expression::selection_limit);
    let is_full = limit.is_some_and(|limit| chosen.len() >= limit);
    let id = |name: &str| format!("{}-{name}", props.id());
    let button = |name: &str, button: &str| format!("{}-{button}", id(name));
    let perform = {
        let (props, told) = (props.clone(), told.clone());
        Callback::from(move |step: Move| {
            focus.replace(step.focus);
            told.set(step.told);
            props.answer(step.order.join(" "));
        })
    };
    let press = |step: Move| perform.reform(move |_: MouseEvent| step.clone());
    let moved = |from: usize, to: usize, name: &str, buttons: [&str; 2]| {
        let mut order = chosen.clone();
        order.swap(from, to);
        let told = t.rank_told(&props.label_of(name), &(to + 1), &order.len());
        Move { order, focus: buttons.map(|it| button(name, it)).to_vec(), told }
    };
    let places = chosen.iter().enumerate().map(|(place, name)| {
        let label = props.label_of(name).to_owned();
        let up = moved(place, place.saturating_sub(1), name, ["up", "down"]);
        let down = moved(place, (place + 1).min(chosen.len() - 1), name, ["down", "up"]);
        let mut order = chosen.clone();
        order.remove(place);
        // The one that takes the place, else the one before; where none is left, the choice itself.
        let beside = order.get(place).or(order.last());
        let focus = vec![beside.map_or_else(|| id(name), |name| button(name, "remove"))];
        let without = Move { order, focus, told: t.rank_taken_out(&label) };
        html! {
            <li key={name.clone()} class="rank">
                <span class="rank-place num">{ place + 1 }</span>
                <span class="rank-label">{ &label }</span>
                <span class="rank-buttons">
                    <button type="button" id={button(name, "up")} class="button quiet"
                        aria-label={t.move_up(&label)} disabled={place == 0} onclick={press(up)}>{ "↑" }</button>
                    <button type="button" id={button(name, "down")} class="button quiet"
                        aria-label={t.move_down(&label)} disabled={place + 1 == chosen.len()}
                        onclick={press(down)}>{ "↓" }</button>
                    <button type="button" id={button(name, "remove")} class="button quiet"
                        aria-label={t.take_out(&label)} onclick={press(without)}>{ "✕" }</button>
                </span>
            </li>
        }
    });
    let rows = others.iter().enumerate().map(|(place, (name, label))| {
        let mut order = chosen.clone();
        order.push(name.clone());
        // The next one to choose; where none can be chosen any more, the one just chosen.
        let next = others.get(place + 1).or_else(|| others.get(place.checked_sub(1)?));
        let mut focus: Vec<String> = next.map(|(name, _)| id(name)).into_iter().collect();
        focus.extend(["up", "remove"].map(|it| button(name, it)));
        let told = t.rank_told(label, &order.len(), &order.len());
        let step = Move { order, focus, told };
        let on_change = perform.reform(move |_: bool| step.clone());
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
                <p class="hint muted">{ t.chosen_of(&chosen.len(), &limit) }</p>
            }
            <p id={format!("{}-told", props.id())} class="sr-only" role="status">{ &*told }</p>
            <div class="choices">{ for rows }</div>
        </>
    }
}
