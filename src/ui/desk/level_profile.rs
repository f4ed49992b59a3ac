//! How a group stands to the required levels or, in the protected view, one person.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, TextField, drawn};
use super::super::sends;
use super::figure::Figure;
use super::filter_bar::FilterBar;
use super::need_map::{hidden_groups, nobody, nothing};
use super::needs::{group_choice, grouping_choice};
use super::who_in_words;
use crate::app::desk::charts::{ChartMsg, chart_grouping};
use crate::app::protocol::Who;
use crate::app::route::Step;
use crate::formats::chart::twin::Twin;
use crate::formats::chart::{Chart, Layout, level_profile};

/// The profile.
#[component]
pub(super) fn ProfileStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    if desk.has_nobody() {
        return nobody(t, t.profile_title());
    }
    let charts = &desk.charts;
    let grouping = chart_grouping(Step::Profile, &desk.form, desk.analysis.grouping);
    let is_person = charts.is_protected && charts.person.is_some();
    let groups = charts.profile.get().map(|profile| {
        html! {
            <>
                if !grouping.is_overall() && !profile.groups.is_empty() {
                    { group_choice(page, grouping, &profile.groups, profile.group.as_ref()) }
                }
                { hidden_groups(t, profile.groups.len(), profile.hidden_groups) }
            </>
        }
    });
    let on_protected = page.send.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        ChartMsg::ProtectedWanted(input.is_some_and(|input| input.checked())).into()
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.profile_title() }</h1>
            <FilterBar ..page.clone() />
            if is_person {
                <div class="bar">
                    <Button id="profile-back" on_press={sends(&page.send, ChartMsg::PersonChosen(None))}>
                        { t.profile_back() }</Button>
                </div>
            } else {
                { grouping_choice(page, grouping, false) }
                { groups.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
            }
            <label class="asked">
                <input type="checkbox" id="profile-protected" checked={charts.is_protected} onchange={on_protected} />
                <span>{ t.profile_protected() }</span>
            </label>
            if charts.is_protected && !is_person { { finder(page) } }
            { figure(page) }
        </>
    }
}

fn figure(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let Some(profile) = desk.shown_profile() else { return Html::default() };
    let draw = |layout| level_profile::draw(&desk.form, profile, layout, t);
    let (Some(wide), Some(narrow)) = (draw(Layout::Wide), draw(Layout::Narrow)) else {
        return nothing(t, profile.people.is_none());
    };
    let caption = desk.chart_caption(Step::Profile, t);
    let image = |chart: &Chart| drawn(&chart.on_screen(&caption.title, t.chart_table_below()));
    html! {
        <Figure {t} send={page.send.clone()} caption={caption.clone()}
            twin={Twin::of_profile(&desk.form, profile, t)}>
            <div class="wide-drawing profile-drawing">{ image(&wide) }</div>
            <div class="narrow-drawing">{ image(&narrow) }</div>
        </Figure>
    }
}

/// Looking for a person.
fn finder(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let on_input = page.send.reform(|text: String| ChartMsg::Searched(text).into());
    let person = |who: &Who| {
        let (name, place) = who_in_words(t, &desk.form, who);
        let msg = ChartMsg::PersonChosen(Some(who.root.clone()));
        let onclick = page.send.reform(move |_: MouseEvent| msg.clone().into());
        html! {
            <li key={who.root.clone()}>
                <button type="button" id={format!("person-{}", who.root)} {onclick}>
                    { name }<small class="muted">{ place }</small>
                </button>
            </li>
        }
    };
    let found = desk.charts.found.get();
    html! {
        <div class="person-finder">
            <TextField id="profile-search" label={t.profile_find()} value={desk.charts.search.clone()} {on_input} />
            if let Some(found) = found {
                if found.is_empty() { <p class="muted">{ t.profile_found_nobody() }</p> }
                <ul>{ for found.iter().map(person) }</ul>
            }
        </div>
    }
}
