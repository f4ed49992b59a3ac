//! Who has answered and who has not, against the roster.

mod grid;
mod reminders;
mod sums;

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::filter_bar::FilterBar;
use crate::app::desk::review::ReviewMsg;
use crate::app::route::{Route, Step};
use crate::domain::coverage::{Coverage, Day, Stray};
use crate::domain::form::Role;
use crate::domain::measure::margin::Margin;
use crate::text::Language;
use grid::Grid;
use reminders::Reminders;
use sums::Sums;

/// Responses that are not on the roster, shown one by one; of more, their number tells.
const STRAYS: usize = 200;

/// Coverage in facts, sums, a grid of units and posts, whom to remind, and by day.
#[component]
pub(super) fn CoverageStep(page: &PageProps) -> Html {
    let model = &page.model;
    let (t, desk) = (model.language, &model.desk);
    let roster = &desk.file.campaign.roster;
    if roster.units.is_empty() {
        return html! {
            <>
                <h1 tabindex="-1">{ t.coverage_title() }</h1>
                <p class="lead">{ t.coverage_no_roster() }</p>
                <p><a class="button" id="to-roster" href={Route::desk(Step::Roster).to_string()}>
                    { t.coverage_to_roster() }</a></p>
            </>
        };
    }
    let lead = t.coverage_lead(
        &desk.file.campaign.name,
        &t.count(roster.units.len()),
        &roster.posts.len(),
    );
    let shown = desk.review.coverage.get().map(|covered| {
        let (coverage, days) = &**covered;
        html! {
            <>
                { facts(t, coverage) }
                <Sums t={t} form={desk.form.clone()} roster={roster.clone()} covered={covered.clone()} />
                <Grid t={t} form={desk.form.clone()} roster={roster.clone()} covered={covered.clone()} />
                <Reminders ..page.clone() />
                { strays(page, coverage) }
                { by_day(t, days) }
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.coverage_title() }</h1>
            <p class="lead">{ lead }</p>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

/// A margin in words.
fn margin_in_words(t: Language, margin: Margin) -> String {
    match margin {
        Margin::Nobody => t.margin_nobody().to_owned(),
        Margin::Points(points) => t.margin_points(&t.number(points, 1)),
        Margin::Everybody => t.margin_everybody().to_owned(),
    }
}

fn percent(t: Language, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| t.percent(&t.number(share * 100.0, 0)))
}

fn facts(t: Language, coverage: &Coverage) -> Html {
    let total = coverage.total();
    let count = |people: u64| t.number(people as f64, 0);
    let facts = [
        ("covered-received", count(total.received), t.fact_received().to_owned()),
        ("covered-rate", percent(t, total.rate()), t.fact_rate(&count(total.asked))),
        ("covered-margin", margin_in_words(t, total.margin()), t.fact_margin().to_owned()),
        ("covered-missing", count(total.missing()), t.fact_missing().to_owned()),
        ("covered-doubled", count(total.doubled), t.fact_doubled().to_owned()),
        ("covered-stray", t.count(coverage.unexpected_responses()), t.fact_stray().to_owned()),
    ];
    let facts = facts
        .into_iter()
        .map(|(id, number, name)| html! { <div><b {id} class="num">{ number }</b>{ name }</div> });
    html! { <div class="facts">{ for facts }</div> }
}

fn strays(page: &PageProps, coverage: &Coverage) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    if coverage.unexpected.is_empty() {
        return Html::default();
    }
    let words = |role, answer: &str| {
        let question = form.with_role(role);
        question.map_or(String::new(), |question| t.answer_words(form, &question.name, answer))
    };
    let each = coverage
        .unexpected
        .iter()
        .flat_map(|stray| stray.roots.iter().map(move |root| (stray, root)));
    let lines = each.take(STRAYS).map(|(stray, root)| {
        let why = match stray.why {
            Stray::NoUnit => t.stray_no_unit(),
            Stray::Unit => t.stray_unit(),
            Stray::NoPost => t.stray_no_post(),
            Stray::Post => t.stray_post(),
        };
        html! {
            <tr key={root.clone()}>
                <td>{ why }</td>
                <td>{ words(Role::Unit, &stray.unit) }</td>
                <td>{ words(Role::Post, &stray.post) }</td>
                <td>
                    <Button id={format!("open-{root}")}
                        on_press={sends(send, ReviewMsg::ResponseWanted(Some(root.clone())))}>
                        { t.open_response() }</Button>
                </td>
            </tr>
        }
    });
    html! {
        <section class="part" id="strays">
            <h2>{ t.stray_title() }</h2>
            <p class="muted">{ t.stray_lead() }</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label={t.stray_title()}>
                <table class="plain"><tbody>{ for lines }</tbody></table>
            </div>
        </section>
    }
}

fn by_day(t: Language, days: &[Day]) -> Html {
    if days.is_empty() {
        return Html::default();
    }
    let most = days.iter().map(|day| day.received).max().unwrap_or(1).max(1);
    let lines = days.iter().map(|day| {
        let name = if day.day.is_empty() { t.days_unknown().to_owned() } else { t.day(&day.day) };
        let width = format!("inline-size:{:.1}%", day.received as f64 * 100.0 / most as f64);
        html! {
            <tr>
                <th scope="row" class="num">{ name }</th>
                <td class="num">{ t.count(day.received) }</td>
                <td class="bar-cell"><i style={width}></i></td>
                <td class="num">{ t.count(day.so_far) }</td>
            </tr>
        }
    });
    html! {
        <section class="part" id="days">
            <h2>{ t.days_title() }</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label={t.days_title()}>
                <table class="plain bars">
                    <thead><tr>
                        <th scope="col">{ t.days_day() }</th>
                        <th scope="col" colspan="2">{ t.days_received() }</th>
                        <th scope="col">{ t.days_so_far() }</th>
                    </tr></thead>
                    <tbody>{ for lines }</tbody>
                </table>
            </div>
        </section>
    }
}
