//! The weeks with their classes, and what cannot be met.

use yew::prelude::*;

use super::{Shown, drag};
use crate::domain::plan::{Clash, Class, ClassId};

/// A line a week, to which classes can be dragged.
pub(super) fn board(shown: &Shown) -> Html {
    let t = shown.t;
    let settings = &shown.view.wanted.planning.settings;
    let held: Vec<(ClassId, &Class)> = shown
        .view
        .plan
        .courses
        .iter()
        .flat_map(|plan| {
            plan.classes
                .iter()
                .filter(|class| class.people > 0)
                .map(|class| (ClassId { course: plan.course.clone(), number: class.number }, class))
        })
        .collect();
    if held.is_empty() {
        return Html::default();
    }
    let in_week = |week: u16| {
        held.iter().filter(move |(_, class)| {
            let own = class.week.map(|first| first..first.saturating_add(class.weeks));
            own.is_some_and(|weeks| weeks.contains(&week))
        })
    };
    let lines = (1..=settings.weeks).map(|week| {
        let chips: Html = in_week(week).map(|(id, class)| chip(shown, id, class)).collect();
        html! {
            <li key={week} id={format!("week-{week}")} ondragover={drag::allow()}
                ondrop={drag::takes_class(shown, week)}>
                <strong class="num">{ t.plan_week(&week) }</strong>
                <div class="chips">
                    { chips }
                    if in_week(week).next().is_none() { <span class="muted small">{ t.plan_board_free() }</span> }
                </div>
            </li>
        }
    });
    let waiting: Vec<Html> = held
        .iter()
        .filter(|(_, class)| class.week.is_none())
        .map(|(id, class)| chip(shown, id, class))
        .collect();
    html! {
        <section class="part" id="plan-board">
            <h2>{ t.plan_board() }</h2>
            <p class="muted small">{ t.plan_board_lead() }</p>
            { clashes(shown) }
            <ol class="weeks">
                { for lines }
                if !waiting.is_empty() {
                    <li id="week-none"><strong>{ t.plan_no_week() }</strong><div class="chips">{ for waiting }</div></li>
                }
            </ol>
        </section>
    }
}

fn chip(shown: &Shown, id: &ClassId, class: &Class) -> Html {
    let words = format!("{} ({})", shown.class_name(id), class.people);
    html! {
        <span class="week-class" draggable="true" ondragstart={drag::class(id)}
            data-class={format!("{}-{}", id.course, id.number)}
            data-shown={(id.course == shown.view.shown).to_string()}>{ words }</span>
    }
}

fn clashes(shown: &Shown) -> Html {
    let (t, view) = (shown.t, &*shown.view);
    let single = (view.plan.single_units > 0).then(|| {
        html! { <p class="muted small">{ t.plan_single_units(&t.count(view.plan.single_units)) }</p> }
    });
    if view.plan.clashes.is_empty() {
        return html! { <><p id="plan-no-clash">{ t.plan_clash_free() }</p>{ for single }</> };
    }
    let lines = view.plan.clashes.iter().map(|clash| {
        let said = match clash {
            Clash::UnitAway { unit, week, people, classes } => t.plan_clash_unit(
                week,
                &t.plan_unit(&shown.form, unit),
                people,
                &shown.class_names(classes),
            ),
            Clash::PersonTwice { person, week, classes } => {
                t.plan_clash_person(week, &shown.person(*person).0, &shown.class_names(classes))
            }
            Clash::NoWeek(class) => t.plan_clash_week(&shown.class_name(class)),
        };
        html! { <li>{ said }</li> }
    });
    let listed = view.plan.clashes.len();
    html! {
        <>
            <details class="folded warned" id="plan-clashes" open={view.clashes < 6}>
                <summary>{ t.plan_clashes(&t.count(view.clashes)) }</summary>
                <ul>{ for lines }</ul>
                if listed < view.clashes { <p class="muted">{ t.plan_listed(&t.count(listed), &t.count(view.clashes)) }</p> }
            </details>
            { for single }
        </>
    }
}
