//! Two groups side by side.

use yew::prelude::*;

use super::super::PageProps;
use super::filter_bar::FilterBar;
use super::needs::{grouping_choice, measure_choice, measured, value};
use crate::app::desk::analysis::AnalysisMsg;
use crate::domain::compare::{Compared, Comparison};
use crate::domain::grouping::Group;
use crate::domain::needs::{Measure, Needs};
use crate::formats::export::group_name;
use crate::formats::gap_bar::{Span, gap_bar};
use crate::text::Language;
use crate::ui::part::drawn;

/// How far two groups are apart in each competency.
#[component]
pub(super) fn CompareStep(page: &PageProps) -> Html {
    let (t, analysis) = (page.model.language, &page.model.desk.analysis);
    let shown = match (analysis.shown(), &analysis.compared) {
        (Some(needs), _) if needs.grouping.is_overall() => {
            html! { <p class="lead">{ t.compare_by_what() }</p> }
        }
        (Some(_), None) => html! { <p id="all-hidden" class="notice">{ t.compare_too_few() }</p> },
        (Some(needs), Some(groups)) => html! {
            <>
                { choices(page, needs, groups) }
                { analysis.comparison.get().map(|found| differences(page, needs, groups, found)) }
            </>
        },
        (None, _) => html! { <p role="status">{ t.computing() }</p> },
    };
    html! {
        <>
            <h1 tabindex="-1">{ t.compare_title() }</h1>
            <p class="lead">{ t.compare_lead() }</p>
            <FilterBar ..page.clone() />
            { grouping_choice(page, page.model.desk.analysis.grouping, false) }
            <div class="bar">{ measure_choice(page, t.compare_measure()) }</div>
            { shown }
        </>
    }
}

/// Which two groups.
fn choices(page: &PageProps, needs: &Needs, chosen: &[Group; 2]) -> Html {
    let t = page.model.language;
    let groups: Vec<_> = needs.groups.iter().filter(|group| !group.is_hidden).collect();
    let choice = |place: usize, id: &'static str, name: &'static str, chosen: &Group| {
        let names: Vec<Group> = groups.iter().map(|group| group.group.clone()).collect();
        let send = page.send.clone();
        let onchange = Callback::from(move |event: Event| {
            let at: Option<usize> = value(&event).parse().ok();
            if let Some(group) = at.and_then(|at| names.get(at)) {
                send.emit(AnalysisMsg::ComparedChosen(place, group.clone()).into());
            }
        });
        let options = groups.iter().enumerate().map(|(at, group)| {
            let name = name_of(page, needs, &group.group);
            html! {
                <option value={at.to_string()} selected={group.group == *chosen}>
                    { t.group_with_people(&name, &group.people) }
                </option>
            }
        });
        html! {
            <label class="also-by">{ name }{ " " }
                <select {id} class="field" {onchange}>{ for options }</select>
            </label>
        }
    };
    let [first, second] = chosen;
    html! {
        <div class="bar">
            { choice(0, "compare-first", t.compare_first(), first) }
            { choice(1, "compare-second", t.compare_second(), second) }
        </div>
    }
}

fn name_of(page: &PageProps, needs: &Needs, group: &Group) -> String {
    group_name(&page.model.desk.form, needs.grouping, group, Some(page.model.language))
}

fn differences(page: &PageProps, needs: &Needs, groups: &[Group; 2], found: &Comparison) -> Html {
    comparison(page, groups.each_ref().map(|group| name_of(page, needs, group)), found)
}

/// How far the first of two named groups is from the second in each competency.
pub(super) fn comparison(page: &PageProps, names: [String; 2], found: &Comparison) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let [first, second] = names;
    let clear = found.competencies.iter().filter(|one| one.is_clear()).count();
    let judged = found.competencies.iter().filter(|one| one.difference.is_some()).count();
    let span = Span::of(found.competencies.iter().filter_map(|one| {
        let difference = one.difference?;
        Some((difference.mean, Some(difference.interval)))
    }));
    let mut order: Vec<&Compared> = found.competencies.iter().collect();
    let size = |one: &Compared| one.difference.map_or(-1.0, |found| found.mean.abs());
    order.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let rows = order.into_iter().map(|one| {
        let competency = form.competency(&one.competency);
        let label = competency.map_or("", |competency| competency.label.get(t.code()));
        let value = |place: usize| match one.values.get(place).copied().flatten() {
            Some(own) => html! {
                <>{ measured(t, found.measure, own.value) }<small class="muted">{ t.of_people(&own.n) }</small></>
            },
            None => html! { { if one.is_hidden { "~" } else { "–" } } },
        };
        html! {
            <tr key={one.competency.clone()} id={format!("compared-{}", one.competency)}>
                <th scope="row">{ label }
                    { judgement(t, one.is_clear(), one.difference.is_some()) }
                </th>
                <td class="num" data-name={first.clone()}>{ value(0) }</td>
                <td class="num" data-name={second.clone()}>{ value(1) }</td>
                <td class="gap-column">{ for one.difference.map(|difference| html! {
                    <>
                        <span class="num">{ signed(t, found.measure, difference.mean) }</span>
                        <small class="muted num">{ t.compare_interval(
                            &signed(t, found.measure, difference.interval.low),
                            &signed(t, found.measure, difference.interval.high),
                        ) }</small>
                        { drawn(&gap_bar(difference.mean, Some(difference.interval), &span)) }
                    </>
                }) }</td>
                <td class="num" data-name={t.compare_effect()}>{
                    one.difference.map_or_else(|| "–".to_owned(), |own| t.number(own.d, 2))
                }</td>
            </tr>
        }
    });
    html! {
        <>
            <p id="compare-said">{ t.compare_said(&t.count(clear), &t.count(judged)) }</p>
            <div class="table-frame" tabindex="0" role="region" aria-label={t.compare_title()}>
                <table id="comparison" class="ranking placeless">
                    <caption class="sr-only">{ t.compare_caption(&first, &second) }</caption>
                    <thead><tr>
                        <th scope="col" class="words">{ t.col_competency() }</th>
                        <th scope="col">{ &first }</th>
                        <th scope="col">{ &second }</th>
                        <th scope="col" class="words gap-column">{ t.compare_difference() }</th>
                        <th scope="col" title={t.compare_effect_long()}>{ t.compare_effect() }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

/// A difference with its sign.
fn signed(t: Language, measure: Measure, value: f64) -> String {
    let text = measured(t, measure, value);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// Whether a difference is more than chance, in words.
pub(super) fn judgement(t: Language, is_clear: bool, is_judged: bool) -> Html {
    if is_clear {
        html! { <small class="said">{ "● " }{ t.compare_clear() }</small> }
    } else if is_judged {
        html! { <small class="muted">{ t.compare_chance() }</small> }
    } else {
        Html::default()
    }
}
