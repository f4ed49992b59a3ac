//! Competencies in the order of what is needed first, each with how sure that is.

use yew::prelude::*;

use super::super::super::PageProps;
use super::measured;
use crate::domain::needs::{GroupNeeds, Measure, Measures};
use crate::domain::ranking::{Ranked, by_domain, ranked};
use crate::domain::stability::Stable;
use crate::formats::gap_bar::{Span, gap_bar};
use crate::text::Language;
use crate::ui::part::drawn;

/// The ranking of one group.
pub(super) fn ranking(page: &PageProps, group: &GroupNeeds) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let measure = desk.analysis.measure;
    let ranked = ranked(group, measure);
    let measures = group.needs.iter().filter_map(|need| need.measures);
    let span = Span::of(measures.map(|own| (own.gap, own.gap_interval)));
    let stability = desk.analysis.stability.get().and_then(|found| found.as_ref().as_ref());
    let samples = stability.map_or(0, |found| found.samples);
    let lines = Lines {
        page,
        group,
        measure,
        span,
        stability: stability.map_or(&[][..], |found| &found.competencies),
    };
    let body = if desk.analysis.by_domain {
        let domains = by_domain(&desk.form, &ranked).into_iter().map(|(domain, ranked)| {
            html! {
                <tbody key={domain.clone()}>
                    <tr class="domain"><th colspan="7" scope="rowgroup">{ desk.form.domain_label(&domain, t.code()) }</th></tr>
                    { for ranked.iter().map(|one| lines.line(one)) }
                </tbody>
            }
        });
        html! { <>{ for domains }</> }
    } else {
        html! { <tbody>{ for ranked.iter().map(|one| lines.line(one)) }</tbody> }
    };
    html! {
        <>
            if ranked.iter().any(Ranked::is_disputed) {
                <p class="muted small" id="ranks-differ">{ t.ranked_rows_disagree() }</p>
            }
            <div class="table-frame" tabindex="0" role="region" aria-label={t.needs_title()}>
                <table id="ranking" class="ranking">
                    <caption class="sr-only">{ t.ranked_caption(&t.measure(measure), &group.people) }</caption>
                    <thead><tr>
                        <th scope="col">{ t.col_rank() }</th>
                        <th scope="col" class="words">{ t.col_competency() }</th>
                        <th scope="col">{ t.col_n_pairs() }</th>
                        <th scope="col" class="words gap-column">{ t.col_gap() }</th>
                        <th scope="col" title={t.measure(measure)}>{ t.measure_short(measure) }</th>
                        <th scope="col" title={t.ranked_other_places_long()}>{ t.ranked_other_places() }</th>
                        <th scope="col" title={t.ranked_in_top_long(&t.count(samples))}>{ t.ranked_in_top() }</th>
                    </tr></thead>
                    { body }
                </table>
            </div>
        </>
    }
}

/// What every line of the ranking needs.
struct Lines<'a> {
    page: &'a PageProps,
    group: &'a GroupNeeds,
    measure: Measure,
    span: Span,
    stability: &'a [Stable],
}

impl Lines<'_> {
    fn line(&self, ranked: &Ranked) -> Html {
        let (t, form) = (self.page.model.language, &self.page.model.desk.form);
        let need = ranked.need;
        let competency = form.competency(&need.competency);
        let label = competency.map_or("", |competency| competency.label.get(t.code()));
        let domain = competency.map(|competency| form.domain_label(&competency.domain, t.code()));
        let missing = if need.hidden { "~" } else { "–" };
        let or_missing = |text: Option<String>| text.unwrap_or_else(|| missing.to_owned());
        let place = |place: Option<usize>| or_missing(place.map(|place| place.to_string()));
        let at = self.group.needs.iter().position(|own| own.competency == need.competency);
        let stable = at.and_then(|at| self.stability.get(at));
        let in_top = stable.and_then(|stable| stable.in_top);
        let in_top = in_top.map(|share| t.percent(&t.number(share * 100.0, 0)));
        let value = self.measure.of(need).map(|value| measured(t, self.measure, value));
        let range = stable.and_then(|stable| stable.mwds).filter(|_| self.measure == Measure::Mwds);
        let range =
            range.map(|range| format!("{} – {}", t.number(range.low, 2), t.number(range.high, 2)));
        let n = if need.hidden { missing.to_owned() } else { t.number(need.n_pairs as f64, 0) };
        html! {
            <tr key={need.competency.clone()} id={format!("ranked-{}", need.competency)}>
                <td class="num place">
                    { place(ranked.place) }
                    if ranked.is_tied { <small>{ t.ranked_tied() }</small> }
                </td>
                <th scope="row">
                    { label }
                    if !self.page.model.desk.analysis.by_domain { <small class="muted">{ domain }</small> }
                    if ranked.is_of_few() { <small class="few">{ t.ranked_few() }</small> }
                    { for need.measures.as_ref().map(|own| self.sentences(own, ranked)) }
                </th>
                <td class="num" data-name={t.col_n_pairs()}>{ n }</td>
                <td class="gap-column">{ for need.measures.as_ref().map(|own| self.gap(own)) }
                    if need.measures.is_none() { { missing } }
                </td>
                <td class="num strong">{ or_missing(value) }
                    if let Some(range) = range { <small class="muted">{ range }</small> }
                </td>
                <td class="num places" data-name={t.ranked_other_places()}>
                    { place(ranked.place_by_rds) }{ " · " }{ place(ranked.place_by_pni) }
                    if ranked.is_disputed() {
                        <b class="unlike" title={t.ranked_unlike()}>{ " ≠" }<span class="sr-only">{ t.ranked_unlike() }</span></b>
                    }
                </td>
                <td class="num" data-name={t.ranked_in_top()}>{ or_missing(in_top) }</td>
            </tr>
        }
    }

    /// What the numbers say of the people, and how sure the place is.
    fn sentences(&self, own: &Measures, ranked: &Ranked) -> Html {
        let t = self.page.model.language;
        let need = ranked.need;
        let required =
            need.required.map(|required| t.ranked_sentence_required(&required.n, &required.below));
        html! {
            <>
                <small class="said">{ t.ranked_sentence(&need.n_pairs, &own.people_in_need) }{ " " }{ required }</small>
                if ranked.is_close { <small class="said close">{ "≈ " }{ t.ranked_close() }</small> }
            </>
        }
    }

    fn gap(&self, own: &Measures) -> Html {
        let t = self.page.model.language;
        html! {
            <>
                <span class="sr-only">{ gap_in_words(t, own) }</span>
                <span class="num" aria-hidden="true" title={gap_in_words(t, own)}>{ t.number(own.gap, 2) }</span>
                { drawn(&gap_bar(own.gap, own.gap_interval, &self.span)) }
            </>
        }
    }
}

fn gap_in_words(t: Language, own: &Measures) -> String {
    let gap = t.number(own.gap, 2);
    match own.gap_interval {
        Some(interval) => {
            t.ranked_gap_interval(&gap, &t.number(interval.low, 2), &t.number(interval.high, 2))
        }
        None => t.ranked_gap_only(&gap),
    }
}
