//! Who needs a course, and how classes are made.

use std::collections::BTreeSet;
use std::num::{NonZeroU16, NonZeroU64};

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::Msg;
use crate::app::desk::plan::PlanMsg;
use crate::domain::plan::{MOST_WEEKS, NeedRule, PlanSettings, Split, TooFew};
use crate::text::Language;

/// The most people of a class, and the farthest units of a cluster, that can be typed.
const MOST: u64 = 1000;

/// What the card shows, and no more: were it drawn anew when the plan comes, what is being typed
/// would be lost.
#[derive(Properties, PartialEq)]
pub(super) struct SettingsProps {
    pub t: Language,
    pub send: Callback<Msg>,
    pub settings: PlanSettings,
}

/// The settings of the plan.
#[component]
pub(super) fn SettingsCard(props: &SettingsProps) -> Html {
    let SettingsProps { t, send, settings: now } = props;
    let change = |how: fn(&mut PlanSettings, u64)| {
        let now = now.clone();
        send.reform(move |number: u64| {
            let mut changed = now.clone();
            how(&mut changed, number);
            PlanMsg::Settings(changed).into()
        })
    };
    let rules = NeedRule::ALL.into_iter().map(|rule| {
        let changed = PlanSettings { rules: toggled(&now.rules, rule), ..now.clone() };
        let onchange = send.reform(move |_: Event| PlanMsg::Settings(changed.clone()).into());
        html! {
            <label class="asked" key={rule.word()}>
                <input type="checkbox" id={format!("plan-rule-{}", rule.word())}
                    checked={now.rules.contains(&rule)} {onchange} />
                <span>{ t.plan_rule(rule) }</span>
            </label>
        }
    });
    let splits = Split::ALL.into_iter().map(|split| {
        let changed = PlanSettings { split: toggled(&now.split, split), ..now.clone() };
        let onchange = send.reform(move |_: Event| PlanMsg::Settings(changed.clone()).into());
        html! {
            <label class="asked" key={split.word()}>
                <input type="checkbox" id={format!("plan-split-{}", split.word())}
                    checked={now.splits(split)} {onchange} />
                <span>{ t.plan_split_by(split) }</span>
            </label>
        }
    });
    let on_too_few = {
        let now = now.clone();
        send.reform(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let is_online = select.is_some_and(|select| select.value() == "online");
            let too_few = if is_online { TooFew::Online } else { TooFew::Merge };
            PlanMsg::Settings(PlanSettings { too_few, ..now.clone() }).into()
        })
    };
    let too_few = [("merge", TooFew::Merge), ("online", TooFew::Online)].map(|(word, one)| {
        html! {
            <option value={word} selected={now.too_few == one}>{ t.plan_small_groups(one) }</option>
        }
    });
    let at_once = now.most_at_once.map(|most| u64::from(most.get()));
    html! {
        <details class="folded" id="plan-settings" open=true>
            <summary>{ t.plan_settings() }</summary>
            <div class="card plan-settings">
                <fieldset>
                    <legend>{ t.plan_rules() }</legend>
                    { for rules }
                </fieldset>
                <fieldset>
                    <legend>{ t.plan_split() }</legend>
                    { for splits }
                    if now.splits(Split::Place) {
                        { number("plan-widest", t.plan_widest(), Some(now.widest_km.into()), 1, MOST,
                            &change(|own, km| own.widest_km = u32::try_from(km).unwrap_or(u32::MAX))) }
                    }
                </fieldset>
                <fieldset>
                    <legend>{ t.plan_size() }</legend>
                    <div class="pair">
                        { number("plan-floor", t.plan_floor(), Some(now.bounds.floor), 1, MOST,
                            &change(|own, people| own.bounds.floor = people)) }
                        { number("plan-cap", t.plan_cap(), Some(now.bounds.cap.get()), 1, MOST,
                            &change(|own, people| {
                                own.bounds.cap = NonZeroU64::new(people).unwrap_or(NonZeroU64::MIN);
                            })) }
                    </div>
                    <div class="labelled">
                        <label for="plan-too-few">{ t.plan_too_few() }</label>
                        <select class="field" id="plan-too-few" onchange={on_too_few}>{ for too_few }</select>
                    </div>
                </fieldset>
                <fieldset>
                    <legend>{ t.plan_board() }</legend>
                    { number("plan-weeks", t.plan_weeks(), Some(now.weeks.into()), 1, MOST_WEEKS.into(),
                        &change(|own, weeks| own.weeks = u16::try_from(weeks).unwrap_or(MOST_WEEKS))) }
                    { number("plan-at-once", t.plan_at_once(), at_once, 0, MOST,
                        &change(|own, most| {
                            own.most_at_once = u16::try_from(most).ok().and_then(NonZeroU16::new);
                        })) }
                </fieldset>
            </div>
        </details>
    }
}

fn toggled<T: Ord + Copy>(set: &BTreeSet<T>, one: T) -> BTreeSet<T> {
    let mut changed = set.clone();
    if !changed.remove(&one) {
        changed.insert(one);
    }
    changed
}

/// A field for a whole number; what is left empty is 0, what lies outside is the nearest that fits.
fn number(
    id: &'static str,
    label: &str,
    value: Option<u64>,
    least: u64,
    most: u64,
    send: &Callback<u64>,
) -> Html {
    let onchange = send.reform(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let typed = input.map(|input| input.value()).unwrap_or_default();
        let number =
            typed.trim().parse().unwrap_or(value.filter(|_| !typed.is_empty()).unwrap_or(0));
        number.clamp(least, most)
    });
    html! {
        <div class="labelled">
            <label for={id}>{ label.to_owned() }</label>
            <input type="number" class="field" {id} min={least.to_string()} max={most.to_string()}
                value={value.map_or(String::new(), |value| value.to_string())} {onchange} />
        </div>
    }
}
