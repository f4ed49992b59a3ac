//! The roster on a narrow screen: one unit at a time.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{does, roster_msg};
use crate::app::desk::roster::grid::Column;
use crate::app::desk::roster::{PostLabels, RosterMsg};
use crate::domain::roster::Side;
use crate::ui::PageProps;
use crate::ui::part::Button;

/// So many units are listed; searching narrows them down.
const LISTED: usize = 200;

pub(super) fn narrow(page: &PageProps, labels: &PostLabels) -> Html {
    match page.model.desk.roster.open_unit {
        Some(unit) => one(page, Some(unit), labels),
        None => list(page, labels),
    }
}

fn list(page: &PageProps, labels: &PostLabels) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let roster = &desk.file.campaign.roster;
    let shown = &desk.roster.grid.shown;
    let rows = shown.iter().take(LISTED).filter_map(|at| Some((*at, roster.units.get(*at)?)));
    let rows = rows.map(|(at, unit)| {
        let onclick =
            page.send.reform(move |_: MouseEvent| roster_msg(RosterMsg::UnitOpened(Some(at))));
        let sum = |side: Side| -> u32 {
            (0..roster.posts.len()).filter_map(|post| roster.places(at, post).get(side)).sum()
        };
        html! {
            <button key={at} type="button" class="unit-row" id={format!("unit-{at}")} {onclick}>
                <span>{ if unit.name.is_empty() { &unit.code } else { &unit.name } }</span>
                <span class="num muted">{ format!("{} / {}", sum(Side::Actual), sum(Side::Quota)) }</span>
            </button>
        }
    });
    html! {
        <>
            <details class="card">
                <summary>{ t.roster_defaults() }</summary>
                { one(page, None, labels) }
            </details>
            <div class="unit-rows">{ for rows }</div>
            if shown.len() > LISTED { <p class="muted">{ t.finder_more(&(shown.len() - LISTED)) }</p> }
        </>
    }
}

/// One unit, or the defaults.
fn one(page: &PageProps, unit: Option<usize>, labels: &PostLabels) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let roster = &desk.file.campaign.roster;
    let input = |column: Column, id: String, label: String, value: String, hint: String| {
        let onchange = page.send.reform(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let text = input.map(|input| input.value()).unwrap_or_default();
            roster_msg(RosterMsg::Filled(unit, column, text))
        });
        let mode = matches!(column, Column::People(..)).then_some("numeric");
        html! {
            <div class="labelled">
                <label for={id.clone()}>{ label }</label>
                <input type="text" class="field" inputmode={mode} {id} {value} placeholder={hint} {onchange} />
            </div>
        }
    };
    let number = |people: Option<u32>| people.map_or(String::new(), |people| people.to_string());
    let posts = roster.posts.iter().enumerate().map(|(at, post)| {
        let own = unit.map_or(post.default, |unit| roster.own_places(unit, at));
        let fields = Side::ALL.map(|side| {
            let hint = if unit.is_some() { number(post.default.get(side)) } else { String::new() };
            let id =
                format!("people-{at}-{}", if side == Side::Quota { "quota" } else { "actual" });
            let id = if unit.is_some() { id } else { format!("default-{id}") };
            input(
                Column::People(at, side),
                id,
                t.side(side).to_owned(),
                number(own.get(side)),
                hint,
            )
        });
        html! {
            <fieldset key={post.name.clone()} class="unit-post">
                <legend>{ labels.label(&post.name) }</legend>
                { for fields }
            </fieldset>
        }
    });
    let names = unit.and_then(|at| roster.units.get(at)).map(|unit| {
        html! {
            <>
                { input(Column::Name, "unit-name".into(), t.roster_unit().into(), unit.name.clone(), String::new()) }
                { input(Column::Code, "unit-code".into(), t.roster_code().into(), unit.code.clone(), String::new()) }
            </>
        }
    });
    html! {
        <div class="one-unit" key={unit.map_or(-1, |unit| i64::try_from(unit).unwrap_or(0))}>
            if unit.is_some() {
                <Button id="unit-back" on_press={does(page, RosterMsg::UnitOpened(None))}>
                    { t.roster_back() }</Button>
            }
            { names }
            { for posts }
        </div>
    }
}
