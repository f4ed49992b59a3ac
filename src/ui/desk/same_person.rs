//! Pairs of responses that may be one person's, side by side.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind};
use super::super::sends;
use super::who_in_words;
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::{DecidedPair, Pairs};
use crate::browser::clock::local_day_and_time;
use crate::domain::changes::Change;
use crate::domain::same_person::Decision;

/// Pairs that are shown; once decided, others follow.
const SHOWN: usize = 10;

/// Each pair with its decisions, and what was decided before.
#[component]
pub(super) fn SamePersonStep(page: &PageProps) -> Html {
    let model = &page.model;
    let t = model.language;
    let Some(pairs) = model.desk.review.pairs.get() else {
        return html! {
            <>
                <h1 tabindex="-1">{ t.same_title() }</h1>
                <p role="status">{ t.computing() }</p>
            </>
        };
    };
    let cards = (0..pairs.open.len().min(SHOWN)).filter_map(|at| {
        let key = pairs.open.get(at)?.suspicion.pair.roots().join(" ");
        Some(html! { <PairCard {key} page={page.clone()} pairs={pairs.clone()} {at} /> })
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.same_title() }</h1>
            <p class="lead" id="pairs-lead">
                { if pairs.undecided == 0 { t.same_none().to_owned() } else { t.same_lead(&t.count(pairs.undecided)) } }
            </p>
            if let Some(fault) = &model.desk.review.fault {
                <p class="fault" role="alert">{ t.change_fault(fault) }</p>
            }
            { for cards }
            if !pairs.decided.is_empty() { { decided_list(page, &pairs.decided) } }
        </>
    }
}

#[derive(Properties)]
struct PairProps {
    page: PageProps,
    pairs: Rc<Pairs>,
    at: usize,
}

impl PartialEq for PairProps {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page && Rc::ptr_eq(&self.pairs, &other.pairs) && self.at == other.at
    }
}

/// One pair: why, where the two differ, and what becomes of them.
#[component]
fn PairCard(props: &PairProps) -> Html {
    let PairProps { page, pairs, at } = props;
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    // Of which questions the second answer is taken.
    let taken = use_state(BTreeSet::<String>::new);
    let Some(view) = pairs.open.get(*at) else { return Html::default() };
    let pair = &view.suspicion.pair;
    let [one, other] = pair.roots();
    let decide = |decision: Decision| {
        let change = Change::Decided { pair: pair.clone(), decision };
        sends(send, ReviewMsg::ChangeAsked(change, String::new()))
    };
    let signs: Vec<String> = view.suspicion.signs.iter().map(|sign| t.sign(sign)).collect();
    let heads = view.who.iter().zip(view.submitted).enumerate().map(|(side, (who, submitted))| {
        let (name, place) = who_in_words(t, form, who);
        html! {
            <th scope="col">
                <button type="button" class="link" id={format!("pair-{at}-open-{side}")}
                    onclick={sends(send, ReviewMsg::ResponseWanted(Some(who.root.clone()))).reform(|_: MouseEvent| ())}>
                    { format!("{name} ({})", who.receipt) }</button>
                <small class="muted">{ place }<br/>{ submitted.map(local_day_and_time) }</small>
            </th>
        }
    });
    let rows = view.differences.iter().map(|difference| {
        let key = &difference.key;
        let cells = difference.answers.iter().enumerate().map(|(side, answer)| {
            let onchange = {
                let (taken, key) = (taken.clone(), key.clone());
                move |_: Event| {
                    let mut keys = (*taken).clone();
                    if side == 1 { keys.insert(key.clone()) } else { keys.remove(&key) };
                    taken.set(keys);
                }
            };
            html! {
                <td>
                    <label class="asked">
                        <input type="radio" name={format!("pair-{at}-{key}")}
                            id={format!("pair-{at}-{side}-{key}")}
                            checked={taken.contains(key) == (side == 1)} {onchange} />
                        <span>{ t.answer_words(form, key, answer) }</span>
                    </label>
                </td>
            }
        });
        html! { <tr key={key.clone()}><th scope="row">{ t.question_label(form, key) }</th>{ for cells }</tr> }
    });
    let keep = [one, other].into_iter().enumerate().map(|(side, root)| {
        let decision = Decision::KeepOne { root: root.to_owned() };
        html! {
            <td>
                <Button id={format!("pair-{at}-keep-{side}")} on_press={decide(decision)}>
                    { t.same_keep_one() }</Button>
            </td>
        }
    });
    let merge = Decision::Merge { into: one.to_owned(), taken: (*taken).clone() };
    html! {
        <section class="card pair" id={format!("pair-{at}")}>
            <p><strong>{ signs.join(" ") }</strong></p>
            <p class="muted small">
                { t.same_differences(&view.differences.len(), &view.same) }</p>
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.same_title()}>
                <table class="plain pair-table">
                    <thead><tr><th scope="col">{ t.same_question() }</th>{ for heads }</tr></thead>
                    <tbody>
                        { for rows }
                        if view.differences.is_empty() {
                            <tr><td colspan="3">{ t.same_identical() }</td></tr>
                        }
                    </tbody>
                    <tfoot><tr><td></td>{ for keep }</tr></tfoot>
                </table>
            </div>
            <div class="bar">
                <Button id={format!("pair-{at}-both")} on_press={decide(Decision::KeepBoth)}>
                    { t.same_keep_both() }</Button>
                if !view.differences.is_empty() {
                    <Button id={format!("pair-{at}-merge")} on_press={decide(merge)}>{ t.same_merge() }</Button>
                    <span class="muted small">{ t.same_merge_hint() }</span>
                }
            </div>
        </section>
    }
}

fn decided_list(page: &PageProps, decided: &[DecidedPair]) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    let lines = decided.iter().map(|DecidedPair { entry, who }| {
        let names: Vec<String> = who.iter().map(|who| who_in_words(t, form, who).0).collect();
        let receipt = |root: &str| {
            let one = who.iter().find(|who| who.root == root);
            one.map_or(String::new(), |who| who.receipt.clone())
        };
        let back = Change::TakenBack { entry: entry.id.clone() };
        html! {
            <li class="flagged" key={entry.id.clone()}>
                <div>
                    <p><strong>{ names.join(" – ") }</strong></p>
                    <p>{ t.change(form, &entry.change, receipt) }</p>
                    <p class="muted small">{ local_day_and_time(entry.at) }</p>
                </div>
                <Button id={format!("decide-again-{}", entry.id)} kind={ButtonKind::Quiet}
                    on_press={sends(send, ReviewMsg::ChangeAsked(back, String::new()))}>
                    { t.same_take_back() }</Button>
            </li>
        }
    });
    html! {
        <section class="part">
            <h2>{ t.same_decided() }</h2>
            <ul class="flagged-list" id="decided">{ for lines }</ul>
        </section>
    }
}
