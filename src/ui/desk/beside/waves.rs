//! Two waves of a survey: what people gained, and how far everybody is from where they were.

use yew::prelude::*;

use super::super::super::PageProps;
use super::super::compare::{comparison, judgement};
use super::super::needs::measure_choice;
use super::{label, signed};
use crate::domain::beside::applied::{Applied, Applying};
use crate::domain::beside::waves::{AbilityGain, GainFound, Waves};
use crate::formats::gap_bar::{Span, gap_bar};
use crate::ui::part::drawn;

#[derive(Properties, PartialEq)]
pub(super) struct WavesProps {
    pub page: PageProps,
    /// The campaigns' names, the later one first.
    pub names: [String; 2],
    pub found: Waves,
}

/// Two waves.
#[component]
pub(super) fn WavesShown(props: &WavesProps) -> Html {
    let WavesProps { page, names, found } = props;
    let t = page.model.language;
    let of_everybody = use_state(|| false);
    let [after, before] = names;
    let [people_after, people_before] = found.people.map(|people| t.number_of(people));
    let same = found.same_people.as_ref().filter(|_| !*of_everybody);
    let choice = |everybody: bool, id: &'static str, name: String| {
        let of_everybody = of_everybody.clone();
        let pressed = everybody == same.is_none();
        let onclick = move |_: MouseEvent| of_everybody.set(everybody);
        html! {
            <button type="button" {id} class="chip" aria-pressed={pressed.to_string()} {onclick}>{ name }</button>
        }
    };
    html! {
        <>
            <p id="waves-people">{ t.waves_people(before, &people_before, after, &people_after, &t.number_of(found.same)) }
                if found.unclear > 0 { { " " }{ t.waves_unclear(&t.number_of(found.unclear)) } }
            </p>
            if found.same_people.is_none() { <p class="notice">{ t.waves_too_few() }</p> }
            else { { gains(page, found) } }
            { applied(page, &found.applied) }
            <section class="part">
            <h2>{ t.waves_by_measure() }</h2>
            <div class="bar" role="group" aria-label={t.waves_whose()}>
                if found.same_people.is_some() {
                    { choice(false, "waves-same", t.waves_same_people(&t.number_of(found.same))) }
                }
                { choice(true, "waves-everybody", t.waves_everybody().to_owned()) }
            </div>
            <div class="bar">{ measure_choice(page, t.compare_measure()) }</div>
            { comparison(page, [t.gain_after(), t.gain_before()].map(str::to_owned), same.unwrap_or(&found.everybody)) }
            </section>
        </>
    }
}

/// What people say of the course, where that is asked.
fn applied(page: &PageProps, found: &Applied) -> Html {
    let t = page.model.language;
    let percent = |share: f64| t.number(share * 100.0, 0);
    let applying = found.applying.map(|own| {
        let Applying { people, of, interval } = own;
        let share = percent(people as f64 / of as f64);
        let (low, high) = (percent(interval.low), percent(interval.high));
        let text = t.applied_share(&t.number_of(people), &t.number_of(of), &share, &low, &high);
        html! { <p id="applied-share">{ text }</p> }
    });
    let remembered = found.remembered.and_then(|own| {
        let (gain, interval) = (own.gain, own.interval?);
        let level = |value: f64| t.number(value, 2);
        let text = t.remembered_gain(
            &t.number_of(gain.n),
            &level(gain.before),
            &level(gain.after),
            &signed(t, gain.mean()),
            &signed(t, interval.low),
            &signed(t, interval.high),
        );
        Some(html! { <p id="remembered-gain">{ text }</p> })
    });
    if applying.is_none() && remembered.is_none() {
        return Html::default();
    }
    html! {
        <section class="part">
            <h2>{ t.applied_title() }</h2>
            { for applying }
            { for remembered }
        </section>
    }
}

fn gains(page: &PageProps, found: &Waves) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let everybody = |gain: &AbilityGain| gain.everybody;
    let span = Span::of(
        found.gains.iter().filter_map(everybody).map(|own| (own.gain.mean(), own.interval)),
    );
    let mut order: Vec<&AbilityGain> = found.gains.iter().collect();
    let size = |gain: &AbilityGain| gain.everybody.map_or(f64::NEG_INFINITY, |own| own.gain.mean());
    order.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let part = |part: Option<GainFound>, name: &str| match part {
        Some(own) => html! {
            <td class="num" data-name={name.to_owned()}>{ signed(t, own.gain.mean()) }
                <small class="muted">{ t.of_people(&own.gain.n) }</small></td>
        },
        None => html! { <td class="num" data-name={name.to_owned()}>{ "–" }</td> },
    };
    let rows = order.into_iter().map(|gain| {
        let own = gain.everybody;
        let number = |number: fn(&GainFound) -> f64| {
            own.map_or_else(|| "–".to_owned(), |own| t.number(number(&own), 2))
        };
        let judged = own.map(|own| judgement(t, own.is_clear(), own.p.is_some()));
        html! {
            <tr key={gain.competency.clone()} id={format!("gained-{}", gain.competency)}>
                <th scope="row">{ label(form, t, &gain.competency) }{ for judged }
                    if let Some(own) = own {
                        <small class="muted">{ t.gain_people(&own.gain.improved, &own.gain.same, &own.gain.worse) }</small>
                    }
                </th>
                <td class="num" data-name={t.gain_before()}>{ number(|own| own.gain.before) }</td>
                <td class="num" data-name={t.gain_after()}>{ number(|own| own.gain.after) }</td>
                <td class="gap-column">{ for own.map(|own| html! {
                    <>
                        <span class="num">{ signed(t, own.gain.mean()) }</span>
                        { for own.interval.map(|interval| html! {
                            <small class="muted num">{ t.compare_interval(&signed(t, interval.low), &signed(t, interval.high)) }</small>
                        }) }
                        { drawn(&gap_bar(own.gain.mean(), own.interval, &span)) }
                    </>
                }) }</td>
                <td class="num" data-name={t.gain_effect()}>{
                    own.and_then(|own| own.effect).map_or_else(|| "–".to_owned(), |effect| t.number(effect, 2))
                }</td>
                if found.tells_taught {
                    { part(gain.taught, t.gain_taught()) }
                    { part(gain.others, t.gain_others()) }
                    <td class="num" data-name={t.gain_beyond()}>{ gain.beyond.map_or_else(|| "–".to_owned(), |own| {
                        let (low, high) = (signed(t, own.interval.low), signed(t, own.interval.high));
                        format!("{} ({})", signed(t, own.mean), t.compare_interval(&low, &high))
                    }) }</td>
                }
            </tr>
        }
    });
    html! {
        <section id="gains" class="part">
            <h2>{ t.gain_title() }</h2>
            <p>{ t.gain_text() }{ " " }
                { if found.tells_taught { t.gain_compared() } else { t.gain_uncompared() } }</p>
            <div class="table-frame" tabindex="0" role="region" aria-label={t.gain_title()}>
                <table class="ranking placeless">
                    <caption class="sr-only">{ t.gain_title() }</caption>
                    <thead><tr>
                        <th scope="col" class="words">{ t.col_competency() }</th>
                        <th scope="col">{ t.gain_before() }</th>
                        <th scope="col">{ t.gain_after() }</th>
                        <th scope="col" class="words gap-column">{ t.gain_gain() }</th>
                        <th scope="col" title={t.gain_effect_long()}>{ t.gain_effect() }</th>
                        if found.tells_taught {
                            <th scope="col">{ t.gain_taught() }</th>
                            <th scope="col">{ t.gain_others() }</th>
                            <th scope="col">{ t.gain_beyond() }</th>
                        }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}
