//! What training is needed: competencies in order, by group.

mod ranking;
mod table;

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::PageProps;
use super::filter_bar::FilterBar;
use crate::app::Msg;
use crate::app::desk::analysis::AnalysisMsg;
use crate::app::route::{Route, Step};
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::{GroupNeeds, Measure};
use crate::domain::search::folded;
use crate::formats::export::group_name;
use crate::text::Language;

/// The ranking of one group, and every number behind it.
#[component]
pub(super) fn NeedsStep(page: &PageProps) -> Html {
    let model = &page.model;
    let (t, desk) = (model.language, &model.desk);
    if desk.has_nobody() {
        return html! {
            <>
                <h1 tabindex="-1">{ t.needs_title() }</h1>
                <p class="lead">{ t.needs_nobody() }</p>
                <p><a class="button" href={Route::desk(Step::Collect).to_string()}>{ t.step_collect() }</a></p>
            </>
        };
    }
    let needs = desk.analysis.needs.get();
    let shown = needs.map(|needs| {
        let shown = |group: &&GroupNeeds| !group.is_hidden;
        let groups: Vec<&GroupNeeds> = needs.groups.iter().filter(shown).collect();
        let small = needs.groups.len() - groups.len();
        let group = groups.iter().find(|group| group.group == desk.analysis.group);
        let group = group.or(groups.first()).copied();
        let named: Vec<(Group, u64)> =
            groups.iter().map(|group| (group.group.clone(), group.people)).collect();
        html! {
            <>
                if !needs.grouping.is_overall() && !groups.is_empty() {
                    { group_choice(page, needs.grouping, &named, group.map(|group| &group.group)) }
                }
                if groups.is_empty() { <p id="all-hidden" class="notice">{ t.ranked_all_hidden() }</p> }
                else if small > 0 { <p class="muted" id="small-groups">{ t.small_groups(&t.count(small)) }</p> }
                if let Some(group) = group {
                    // Of another group than before they are on their way.
                    if group.needs.is_empty() {
                        <p role="status">{ t.computing() }</p>
                    } else {
                        { ranking::ranking(page, group) }
                        <details class="folded" id="all-numbers">
                            <summary>{ t.all_numbers() }</summary>
                            { table::table(page, group) }
                        </details>
                    }
                }
            </>
        }
    });
    let counted = needs.map_or_else(
        || "…".to_owned(),
        |needs| t.number(needs.groups.iter().map(|group| group.people as f64).sum(), 0),
    );
    html! {
        <>
            <h1 tabindex="-1">{ t.needs_title() }</h1>
            <p class="lead" id="needs-lead">{ t.needs_lead(&counted) }</p>
            <FilterBar ..page.clone() />
            { grouping_choice(page, desk.analysis.grouping, true) }
            { order_choice(page) }
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

/// By what people are grouped: a chip for each facet, and for everybody together where that may
/// be, then a second facet to choose.
pub(super) fn grouping_choice(page: &PageProps, grouping: Grouping, with_everybody: bool) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let mut facets = grouping.facets();
    let (first, second) = (facets.next(), facets.next());
    let available = Facet::available(&desk.form);
    // Tallies of other desks are counted by one facet at a time.
    let has_received = desk.summary.as_ref().is_some_and(|own| !own.received.is_empty());
    let chip = |facet: Option<Facet>| {
        let word = facet.map_or("overall", Facet::word);
        let name = facet.map_or(t.by_overall(), |facet| t.facet(facet));
        let onclick = page.send.reform(move |_: MouseEvent| AnalysisMsg::GroupedBy(facet).into());
        html! {
            <button type="button" id={format!("by-{word}")} class="chip"
                aria-pressed={(facet == first).to_string()} {onclick}>{ name }</button>
        }
    };
    let everybody = with_everybody.then_some(None);
    let chips = everybody.into_iter().chain(available.iter().copied().map(Some)).map(chip);
    let others: Vec<Facet> =
        available.iter().copied().filter(|facet| Some(*facet) != first).collect();
    let onchange = {
        let others = others.clone();
        page.send.reform(move |event: Event| {
            let chosen = others.iter().copied().find(|facet| facet.word() == value(&event));
            AnalysisMsg::AlsoGroupedBy(chosen).into()
        })
    };
    let also = others.into_iter().map(|facet| {
        html! { <option value={facet.word()} selected={second == Some(facet)}>{ t.facet(facet) }</option> }
    });
    html! {
        <div class="bar" role="group" aria-label={t.group_by()}>
            { for chips }
            if first.is_some() && !has_received {
                <label class="also-by">{ t.also_by() }{ " " }
                    <select id="also-by" class="field" {onchange}>
                        <option value="" selected={second.is_none()}>{ t.also_by_nothing() }</option>
                        { for also }
                    </select>
                </label>
            }
        </div>
    }
}

/// By which measure competencies are ranked, and whether within their domains.
fn order_choice(page: &PageProps) -> Html {
    let (t, analysis) = (page.model.language, &page.model.desk.analysis);
    let layout = |id: &'static str, by_domain: bool, name: &'static str| {
        let onclick =
            page.send.reform(move |_: MouseEvent| AnalysisMsg::DomainsWanted(by_domain).into());
        html! {
            <button type="button" {id} class="chip"
                aria-pressed={(analysis.by_domain == by_domain).to_string()} {onclick}>{ name }</button>
        }
    };
    html! {
        <div class="bar">
            { measure_choice(page, t.ranked_by()) }
            { layout("ranked-together", false, t.ranked_together()) }
            { layout("ranked-by-domain", true, t.ranked_by_domain()) }
        </div>
    }
}

/// The measure that everything is looked at by.
pub(super) fn measure_choice(page: &PageProps, name: &str) -> Html {
    let (t, analysis) = (page.model.language, &page.model.desk.analysis);
    let onchange = page.send.reform(|event: Event| {
        let chosen = value(&event);
        let measure = Measure::ALL.into_iter().find(|measure| measure.word() == chosen);
        AnalysisMsg::MeasureChosen(measure.unwrap_or_default()).into()
    });
    let measures = Measure::ALL.into_iter().map(|measure| {
        html! {
            <option value={measure.word()} selected={measure == analysis.measure}>{ t.measure(measure) }</option>
        }
    });
    html! {
        <label class="also-by">{ name.to_owned() }{ " " }
            <select id="measure" class="field" {onchange}>{ for measures }</select>
        </label>
    }
}

/// Which of the groups is shown.
pub(super) fn group_choice(
    page: &PageProps,
    grouping: Grouping,
    groups: &[(Group, u64)],
    chosen: Option<&Group>,
) -> Html {
    let form = page.model.desk.form.clone();
    html! {
        // Of another grouping nothing is typed yet.
        <GroupChoice key={grouping.word()} t={page.model.language} send={page.send.clone()} {form} {grouping}
            groups={groups.to_vec()} chosen={chosen.cloned()} />
    }
}

/// So many groups are listed at once; of more, typing finds one.
const LISTED_GROUPS: usize = 60;

#[derive(Properties, PartialEq)]
struct GroupChoiceProps {
    t: Language,
    send: Callback<Msg>,
    form: Rc<Form>,
    grouping: Grouping,
    groups: Vec<(Group, u64)>,
    chosen: Option<Group>,
}

/// A list of groups; where they are many, below a field in which part of a name is typed.
#[component]
fn GroupChoice(props: &GroupChoiceProps) -> Html {
    let GroupChoiceProps { t, send, form, grouping, groups, chosen } = props;
    let (t, grouping) = (*t, *grouping);
    let query = use_state_eq(String::new);
    let is_searched = groups.len() > LISTED_GROUPS;
    let wanted = if is_searched { folded(&query) } else { String::new() };
    let name = |group: &Group| group_name(form, grouping, group, Some(t));
    let found = groups
        .iter()
        .enumerate()
        .filter(|(_, (group, _))| wanted.is_empty() || folded(&name(group)).contains(&wanted));
    let found: Vec<usize> = found.map(|(place, _)| place).collect();
    let more = found.len().saturating_sub(LISTED_GROUPS);
    let mut listed: Vec<usize> = found.into_iter().take(LISTED_GROUPS).collect();
    // What is chosen stays in sight.
    let own = groups.iter().position(|(group, _)| Some(group) == chosen.as_ref());
    if let Some(own) = own.filter(|own| !listed.contains(own)) {
        listed.insert(0, own);
    }
    let onchange = {
        let groups: Vec<(usize, Group)> = listed
            .iter()
            .filter_map(|place| Some((*place, groups.get(*place)?.0.clone())))
            .collect();
        let send = send.clone();
        Callback::from(move |event: Event| {
            let wanted = value(&event);
            let found = groups.iter().find(|(place, _)| place.to_string() == wanted);
            if let Some((_, group)) = found {
                send.emit(AnalysisMsg::GroupChosen(group.clone()).into());
            }
        })
    };
    let options = listed.iter().filter_map(|place| Some((place, groups.get(*place)?)));
    let options = options.map(|(place, (group, people))| {
        let selected = chosen.as_ref() == Some(group);
        html! {
            <option key={*place} value={place.to_string()} {selected}>{ t.group_with_people(&name(group), people) }</option>
        }
    });
    let oninput = {
        let query = query.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
            }
        }
    };
    html! {
        <>
            <label class="group-choice">{ t.grouping(grouping) }
                <select id="group" class="field" {onchange}>{ for options }</select>
            </label>
            if is_searched {
                <div class="group-choice">
                    <input type="search" id="group-search" class="field" value={(*query).clone()}
                        placeholder={t.finder_placeholder()} aria-label={t.finder_placeholder()}
                        autocomplete="off" {oninput} />
                    <p class="hint muted" role="status">
                        if more > 0 { { t.finder_more(&more) } }
                    </p>
                </div>
            }
        </>
    }
}

/// What was chosen in a list.
pub(super) fn value(event: &Event) -> String {
    let select = event.target_dyn_into::<HtmlSelectElement>();
    select.map_or_else(String::new, |select| select.value())
}

/// A number of a measure as screens show it.
pub(super) fn measured(t: Language, measure: Measure, value: f64) -> String {
    match measure {
        Measure::HighNeed | Measure::BelowRequired => t.percent(&t.number(value * 100.0, 1)),
        Measure::Rds => t.number(value, 1),
        _ => t.number(value, 2),
    }
}
