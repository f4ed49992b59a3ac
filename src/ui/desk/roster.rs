//! Where the people are who are asked, and how many: sources of units, and the table to fill in.

mod preview;
mod sources;
mod table;
mod units;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind};
use super::super::sends;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::desk::roster::grid::Filled;
use crate::app::desk::roster::{PostLabels, RosterMsg, RosterNotice, Source};
use crate::domain::roster::{MOST_UNITS, Roster, Side};
use crate::text::Language;
use table::Table;

/// The most faults that are listed.
const FAULTS: usize = 100;

/// The roster of the open campaign.
#[component]
pub(super) fn RosterStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let (roster, screen) = (&desk.file.campaign.roster, &desk.roster);
    if !desk.is_open() {
        return html! {
            <>
                <h1 tabindex="-1">{ t.roster_title() }</h1>
                <p role="status">{ t.computing() }</p>
            </>
        };
    }
    let labels = PostLabels::of(&desk.form, t.code());
    let sum = |side: Side| {
        let sums = (0..roster.posts.len()).map(|post| roster.totals(post).get(side));
        t.count(usize::try_from(sums.sum::<u64>()).unwrap_or(usize::MAX))
    };
    let sources = Source::ALL.into_iter().map(|source| {
        let is_open = screen.source == Some(source);
        let next = (!is_open).then_some(source);
        html! {
            <button type="button" class="chip" id={format!("source-{}", source.word())}
                aria-pressed={is_open.to_string()}
                onclick={send.reform(move |_: MouseEvent| roster_msg(RosterMsg::SourceChosen(next)))}>
                { sources::name(t, source) }
            </button>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.roster_title() }</h1>
            <p class="lead">{ t.roster_lead() }</p>
            <div class="bar" role="group" aria-label={t.source_which()}>{ for sources }</div>
            if let Some(source) = screen.source { { sources::panel(page, source, &labels) } }
            if let Some(notice) = &screen.notice {
                <p id="roster-notice" class="notice" role="status">{ for notice_lines(t, notice) }</p>
            }
            if roster.units.is_empty() {
                <p id="roster-empty">{ t.roster_empty() }</p>
                <div class="bar">
                    { unit_button(page) }
                    if screen.can_undo() { { undo_button(page) } }
                </div>
            } else {
                <p id="roster-facts" class="num">
                    { t.roster_facts(&t.count(roster.units.len()), &t.count(roster.posts.len()),
                        &sum(Side::Quota), &sum(Side::Actual)) }
                </p>
                { faults(page, roster) }
                { toolbar(page, &labels) }
                if model.kit.is_wide() {
                    <Table {t} send={send.clone()} roster={roster.clone()}
                        grid={screen.grid.clone()} {labels} />
                } else {
                    { units::narrow(page, &labels) }
                }
            }
        </>
    }
}

fn roster_msg(msg: RosterMsg) -> Msg {
    Msg::Desk(DeskMsg::Roster(msg))
}

fn does(page: &PageProps, msg: RosterMsg) -> Callback<()> {
    sends(&page.send, DeskMsg::Roster(msg))
}

fn unit_button(page: &PageProps) -> Html {
    html! {
        <Button id="add-unit" on_press={does(page, RosterMsg::UnitAdded)}>
            { page.model.language.add_unit() }</Button>
    }
}

fn undo_button(page: &PageProps) -> Html {
    html! {
        <Button id="roster-undo" kind={ButtonKind::Quiet} on_press={does(page, RosterMsg::Undone)}>
            { page.model.language.roster_undo() }</Button>
    }
}

/// Finding units, adding and removing units and posts.
fn toolbar(page: &PageProps, labels: &PostLabels) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let (roster, screen) = (&model.desk.file.campaign.roster, &model.desk.roster);
    let on_search = send.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        roster_msg(RosterMsg::Searched(input.map(|input| input.value()).unwrap_or_default()))
    });
    let on_post = send.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let name = select.as_ref().map(HtmlSelectElement::value).unwrap_or_default();
        if let Some(select) = select {
            select.set_value("");
        }
        roster_msg(RosterMsg::PostAdded(name))
    });
    let missing = labels.all().filter(|(name, _)| roster.post(name).is_none());
    let missing: Vec<Html> = missing
        .map(|(name, label)| html! { <option value={name.to_owned()}>{ label }</option> })
        .collect();
    // On a narrow screen nothing is marked but the unit that is open.
    let is_shown = model.kit.is_wide() || screen.open_unit.is_some();
    let marked = if is_shown { screen.marked_units() } else { Vec::new() };
    let remove = match marked.as_slice() {
        [unit] => {
            let name = roster.units.get(*unit).map_or("", |unit| unit.name.as_str());
            let name = if name.is_empty() { t.roster_unit() } else { name };
            Some(t.remove_unit(&name))
        }
        [] => None,
        several => Some(t.remove_units(&t.count(several.len()))),
    };
    html! {
        <div class="bar roster-bar">
            <input type="search" class="field" id="unit-search" value={screen.grid.search.clone()}
                placeholder={t.roster_search()} aria-label={t.roster_search()} autocomplete="off"
                oninput={on_search} />
            <span class="muted num" id="unit-count" role="status">
                { t.roster_found(&t.count(screen.grid.shown.len()), &t.count(roster.units.len())) }
            </span>
            { unit_button(page) }
            if let Some(words) = remove {
                <Button id="remove-units" on_press={does(page, RosterMsg::UnitsRemoved)}>
                    { words }</Button>
            }
            if !missing.is_empty() {
                <select id="add-post" class="field" aria-label={t.add_post()} onchange={on_post}>
                    <option value="" selected=true>{ t.add_post() }</option>
                    { for missing }
                </select>
            }
            if screen.can_undo() { { undo_button(page) } }
        </div>
    }
}

fn faults(page: &PageProps, roster: &Roster) -> Html {
    let t = page.model.language;
    let faults = roster.faults();
    if faults.is_empty() {
        return Html::default();
    }
    let lines = faults.iter().take(FAULTS);
    let lines = lines.map(|fault| html! { <li>{ t.roster_fault(roster, fault) }</li> });
    let lacks_code = roster.units.iter().any(|unit| unit.code.trim().is_empty());
    html! {
        <details class="card" id="roster-faults">
            <summary>{ t.roster_faults(&t.count(faults.len())) }</summary>
            <ul class="problems">{ for lines }</ul>
            if lacks_code {
                <Button id="fill-codes" on_press={does(page, RosterMsg::CodesFilled)}>
                    { t.fill_codes() }</Button>
            }
        </details>
    }
}

fn notice_lines(t: Language, notice: &RosterNotice) -> Vec<Html> {
    let lines = match notice {
        RosterNotice::Added(units) => vec![t.roster_added(&t.count(*units))],
        RosterNotice::Full => vec![t.roster_full(&t.count(MOST_UNITS))],
        RosterNotice::NotPeople(text) => vec![t.roster_not_people(text)],
        RosterNotice::Pasted(Filled { cells, added, refused, beyond }) => {
            let mut lines = vec![t.roster_pasted(&t.count(*cells))];
            if *added > 0 {
                lines.push(t.roster_added(&t.count(*added)));
            }
            if let Some((text, count)) = refused {
                lines.push(t.roster_pasted_refused(&t.count(*count), text));
            }
            if *beyond > 0 {
                lines.push(t.roster_pasted_beyond(&t.count(*beyond)));
            }
            lines
        }
    };
    lines.into_iter().map(|line| html! { <span>{ line }{ " " }</span> }).collect()
}
