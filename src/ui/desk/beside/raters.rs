//! What people say of themselves beside what superiors and colleagues say of them.

use yew::prelude::*;

use super::super::super::PageProps;
use super::super::compare::judgement;
use super::{label, signed};
use crate::domain::beside::raters::{Raters, ViewedBoth, Views};

/// Both kinds of raters.
pub(super) fn shown(page: &PageProps, found: &Raters) -> Html {
    let t = page.model.language;
    let [own, others] = found.people.map(|people| t.number_of(people));
    html! {
        <>
            <p id="raters-people">{ t.raters_people(&own, &others) }</p>
            { views(page, "superiors", t.raters_superiors(), t.raters_superior(), &found.superiors) }
            { views(page, "peers", t.raters_peers(), t.raters_peer(), &found.peers) }
            <p class="small muted">{ t.raters_text() }</p>
        </>
    }
}

fn views(page: &PageProps, id: &'static str, title: &str, other: &str, views: &Views) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let is_one_rater =
        views.competencies.iter().any(|one| one.found.is_some_and(|own| own.agreement.is_some()));
    let mut order: Vec<&ViewedBoth> = views.competencies.iter().filter(|one| one.n > 0).collect();
    let apart = |one: &ViewedBoth| one.found.map_or(f64::NEG_INFINITY, |own| own.own - own.other);
    order.sort_by(|a, b| apart(b).total_cmp(&apart(a)));
    let dash = || "–".to_owned();
    let rows = order.into_iter().map(|one| {
        let found = one.found;
        let percent = |share: f64| t.percent(&t.number(share * 100.0, 0));
        let judged = found.map(|own| judgement(t, own.is_clear(), own.p.is_some()));
        html! {
            <tr key={one.competency.clone()} id={format!("{id}-{}", one.competency)}>
                <th scope="row">{ label(form, t, &one.competency) }{ for judged }</th>
                <td class="num" data-name={t.col_people()}>{ if found.is_some() { t.number_of(one.n) } else { "~".to_owned() } }</td>
                <td class="num" data-name={t.raters_own()}>{ found.map_or_else(dash, |own| t.number(own.own, 2)) }</td>
                <td class="num" data-name={other.to_owned()}>{ found.map_or_else(dash, |own| t.number(own.other, 2)) }</td>
                <td class="num" data-name={t.raters_difference()}>{ found.map_or_else(dash, |own| signed(t, own.own - own.other)) }
                    { for found.and_then(|own| own.interval).map(|interval| html! {
                        <small class="muted">{ t.compare_interval(&signed(t, interval.low), &signed(t, interval.high)) }</small>
                    }) }
                </td>
                if is_one_rater {
                    <td class="num" data-name={t.raters_exact()}>{ found.and_then(|own| own.agreement).map_or_else(dash, |own| percent(own.exact)) }</td>
                    <td class="num" data-name={t.raters_near()}>{ found.and_then(|own| own.agreement).map_or_else(dash, |own| percent(own.within_one)) }</td>
                    <td class="num" data-name={t.raters_kappa()}>{ found.and_then(|own| own.kappa).map_or_else(dash, |kappa| t.number(kappa, 2)) }</td>
                }
            </tr>
        }
    });
    html! {
        <section {id} class="part">
            <h2>{ title.to_owned() }</h2>
            <p>{ match views.overall {
                Some(overall) => t.raters_overall(
                    &t.number_of(views.people),
                    &t.count(overall.higher),
                    &t.count(overall.near),
                    &t.count(overall.lower),
                    &signed(t, overall.bias.mean),
                ),
                None => t.raters_too_few().to_owned(),
            } }
                if views.too_few > 0 { { " " }{ t.raters_left_out(&t.number_of(views.too_few)) } }
            </p>
            if views.overall.is_some() {
                <div class="table-frame" tabindex="0" role="region" aria-label={title.to_owned()}>
                    <table class="ranking placeless">
                        <caption class="sr-only">{ title.to_owned() }</caption>
                        <thead><tr>
                            <th scope="col" class="words">{ t.col_competency() }</th>
                            <th scope="col">{ t.col_people() }</th>
                            <th scope="col">{ t.raters_own() }</th>
                            <th scope="col">{ other.to_owned() }</th>
                            <th scope="col">{ t.raters_difference() }</th>
                            if is_one_rater {
                                <th scope="col">{ t.raters_exact() }</th>
                                <th scope="col">{ t.raters_near() }</th>
                                <th scope="col" title={t.raters_kappa_long()}>{ t.raters_kappa() }</th>
                            }
                        </tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            }
        </section>
    }
}
