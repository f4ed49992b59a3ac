//! Which responses look as if they should not be trusted, and what they do to the ranking.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::filter_bar::FilterBar;
use super::who_in_words;
use crate::app::Msg;
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::Quality;
use crate::domain::needs::Needs;

/// Flagged responses that are shown; of more, their number is told.
const SHOWN: usize = 300;

/// The most flags from which on responses can be left out.
const MOST_FLAGS: usize = 4;

/// The list with reasons, the switch that leaves flagged ones out, and its effect.
#[component]
pub(super) fn QualityStep(page: &PageProps) -> Html {
    let model = &page.model;
    let t = model.language;
    let shown = model.desk.review.quality.get().map(|quality| {
        html! {
            <>
                { leaving_out(page) }
                { effect(page, quality) }
                { list(page, quality) }
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.quality_title() }</h1>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

fn leaving_out(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, below) = (model.language, model.desk.review.filter.flags_below);
    let onchange = send.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let below = select.and_then(|select| select.value().parse().ok());
        Msg::from(ReviewMsg::FlagsLeftOut(below))
    });
    let options = (1..=MOST_FLAGS).map(|flags| {
        html! {
            <option value={flags.to_string()} selected={below == Some(flags)}>
                { t.quality_leave_out_from(&flags) }</option>
        }
    });
    html! {
        <div class="labelled">
            <label for="leave-out">{ t.quality_leave_out() }</label>
            <select class="field" id="leave-out" {onchange}>
                <option value="" selected={below.is_none()}>{ t.quality_leave_out_none() }</option>
                { for options }
            </select>
        </div>
    }
}

/// The competencies whose place changes when flagged responses are left out.
fn effect(page: &PageProps, quality: &Quality) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    if form.competencies.is_empty() {
        return Html::default();
    }
    let ranks = |needs: &Needs| -> Vec<Option<usize>> {
        let group = needs.groups.first();
        group.map_or(Vec::new(), |group| group.needs.iter().map(|need| need.rank).collect())
    };
    let (with, without) = (ranks(&quality.with), ranks(&quality.without));
    let both = form.competencies.iter().zip(with).zip(without);
    let mut changed: Vec<_> = both
        .map(|((competency, with), without)| (with, without, competency))
        .filter(|(with, without, _)| with != without)
        .collect();
    changed.sort_by_key(|(with, ..)| with.unwrap_or(usize::MAX));
    let rank = |rank: Option<usize>| rank.map_or_else(|| "–".to_owned(), |rank| t.count(rank));
    let rows = changed.iter().map(|(with, without, competency)| {
        let mark = match with.cmp(without) {
            std::cmp::Ordering::Less => "↓",
            _ => "↑",
        };
        html! {
            <tr key={competency.code.clone()}>
                <th scope="row">{ competency.label.get(t.code()) }</th>
                <td class="num">{ rank(*with) }</td>
                <td class="num">{ rank(*without) }{ " " }{ mark }</td>
            </tr>
        }
    });
    html! {
        <section class="part" id="quality-effect">
            <h2>{ t.quality_effect() }</h2>
            if quality.left_out == 0 {
                <p>{ t.quality_effect_nobody() }</p>
            } else {
                <p>{ t.quality_effect_lead(&quality.from, &t.count(quality.left_out)) }</p>
                if changed.is_empty() {
                    <p>{ t.quality_effect_none() }</p>
                } else {
                    <div class="table-scroll" tabindex="0" role="region" aria-label={t.quality_effect()}>
                        <table class="plain">
                            <thead><tr>
                                <th scope="col">{ t.col_competency() }</th>
                                <th scope="col" class="num">{ t.quality_rank_with() }</th>
                                <th scope="col" class="num">{ t.quality_rank_without() }</th>
                            </tr></thead>
                            <tbody>{ for rows }</tbody>
                        </table>
                    </div>
                }
            }
        </section>
    }
}

fn list(page: &PageProps, quality: &Quality) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    if quality.flagged.is_empty() {
        return html! { <p id="quality-none">{ t.quality_none(&t.count(quality.people)) }</p> };
    }
    let flagged = quality.flagged.iter().take(SHOWN).map(|(who, flags)| {
        let (name, place) = who_in_words(t, form, who);
        html! {
            <li class="flagged" key={who.root.clone()}>
                <div>
                    <p><strong>{ name }</strong>{ " " }<span class="muted">{ place }</span></p>
                    <ul class="reasons">
                        { for flags.iter().map(|flag| html! { <li>{ t.flag(form, flag) }</li> }) }
                    </ul>
                </div>
                <Button id={format!("open-{}", who.root)}
                    on_press={sends(send, ReviewMsg::ResponseWanted(Some(who.root.clone())))}>
                    { t.open_response() }</Button>
            </li>
        }
    });
    let all = quality.flagged_people;
    html! {
        <section class="part">
            <p id="quality-lead">{ t.quality_lead(&t.count(all), &t.count(quality.people)) }</p>
            <ul class="flagged-list" id="flagged">{ for flagged }</ul>
            if all > SHOWN { <p class="muted">{ t.quality_more(&t.count(all - SHOWN)) }</p> }
        </section>
    }
}
