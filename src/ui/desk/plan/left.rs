//! What is taught twice or left out, and what was changed by hand.

use yew::prelude::*;

use super::Shown;
use crate::app::desk::plan::PlanMsg;
use crate::domain::form::Form;
use crate::domain::plan::Move;
use crate::text::Language;
use crate::ui::part::{Button, ButtonKind};
use crate::ui::sends;

pub(super) fn left(shown: &Shown) -> Html {
    let (t, form, plan) = (shown.t, &shown.form, &shown.view.plan);
    let overlaps = plan.overlaps.iter().map(|overlap| {
        let [one, other] = &overlap.courses;
        let competencies: Vec<String> =
            overlap.competencies.iter().map(|code| competency(t, form, code)).collect();
        t.plan_overlap(
            &shown.course_name(one),
            &shown.course_name(other),
            &competencies.join("; "),
            &t.count(overlap.people),
        )
    });
    let uncovered = plan.uncovered.iter().map(|own| {
        let name = competency(t, form, &own.competency);
        t.plan_uncovered(&name, &t.count(own.below), &t.count(own.high_need))
    });
    let unjudged = (plan.unjudged > 0).then(|| t.plan_unjudged(&t.count(plan.unjudged)));
    let mut said: Vec<String> = overlaps.chain(uncovered).collect();
    if said.is_empty() {
        said.push(t.plan_nothing_left().to_owned());
    }
    said.extend(unjudged);
    html! {
        <section class="part" id="plan-left">
            <h2>{ t.plan_left_title() }</h2>
            <ul>{ for said.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            if shown.view.unreached > 0 { { unreached(shown) } }
        </section>
    }
}

fn competency(t: Language, form: &Form, code: &str) -> String {
    let own = form.competency(code);
    own.map_or_else(|| code.to_owned(), |own| format!("{code} {}", own.label.get(t.code())))
}

fn unreached(shown: &Shown) -> Html {
    let (t, view) = (shown.t, &shown.view);
    let lines = view.plan.unreached.iter().map(|person| {
        let (name, place) = shown.person(*person);
        html! { <li><strong>{ name }</strong>{ " " }<span class="muted">{ place }</span></li> }
    });
    let listed = view.plan.unreached.len();
    html! {
        <>
            <p id="plan-unreached">{ t.plan_unreached(&t.count(view.unreached)) }</p>
            if shown.is_protected {
                <details class="folded">
                    <summary>{ t.plan_unreached_list() }</summary>
                    <ul>{ for lines }</ul>
                    if listed < view.unreached {
                        <p class="muted">{ t.plan_listed(&t.count(listed), &t.count(view.unreached)) }</p>
                    }
                </details>
            }
        </>
    }
}

/// Every change by hand, with why it cannot be made any more where it cannot.
pub(super) fn moves(shown: &Shown) -> Html {
    let (t, send) = (shown.t, &shown.page.send);
    let moves = &shown.view.wanted.planning.moves;
    if moves.is_empty() {
        return Html::default();
    }
    let lines = moves.iter().enumerate().map(|(at, one)| {
        let idle = shown.view.plan.idle_moves.iter().find(|idle| idle.at == at);
        let said = match one {
            Move::Person { course, root, to } => {
                let to = to.map_or_else(|| t.plan_move_out().to_owned(), |to| t.plan_class(&to));
                t.plan_move_person(&person(shown, root), &shown.course_name(course), &to)
            }
            Move::Week { class, week } => t.plan_move_week(&shown.class_name(class), week),
        };
        html! {
            <li class="flagged" key={at} data-idle={idle.is_some().to_string()}>
                <div>
                    <p>{ said }</p>
                    if let Some(idle) = idle { <p class="warned small">{ t.plan_idle(idle.why) }</p> }
                </div>
                <Button id={format!("plan-take-back-{at}")} on_press={sends(send, PlanMsg::MoveTakenBack(at))}>
                    { t.plan_take_back() }</Button>
            </li>
        }
    });
    html! {
        <section class="part" id="plan-moves">
            <h2>{ t.plan_moves_title(&t.count(moves.len())) }</h2>
            <ul class="flagged-list">{ for lines }</ul>
            <Button id="plan-take-all-back" kind={ButtonKind::Quiet} on_press={sends(send, PlanMsg::MovesTakenBack)}>
                { t.plan_take_all_back() }</Button>
        </section>
    }
}

/// What somebody is called, by root: of those that are not here, the code of the response.
fn person(shown: &Shown, root: &str) -> String {
    let known = shown.view.who.iter().find(|(_, who)| who.root == root);
    known.map_or_else(|| root.to_owned(), |(person, _)| shown.person(*person).0)
}
