//! A class: for whom it is, when, how its people wish to learn, what it costs, and who goes.

use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use super::{Shown, drag};
use crate::app::desk::plan::PlanMsg;
use crate::domain::form::Role;
use crate::domain::plan::{Class, ClassId, CoursePlan, Move};
use crate::domain::suppression::SMALLEST_GROUP;

#[derive(Properties, PartialEq)]
pub(super) struct ClassCardProps {
    pub shown: Shown,
    pub number: u32,
}

/// One class of the course that is shown.
#[component]
pub(super) fn ClassCard(props: &ClassCardProps) -> Html {
    let shown = &props.shown;
    // The people are drawn once they are looked at: there may be thousands.
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let is_open = is_open.clone();
        move |event: Event| {
            let details = event.target_dyn_into::<Element>();
            is_open.set(details.is_some_and(|details| details.has_attribute("open")));
        }
    };
    let plan = shown.view.plan.course(&shown.view.shown);
    let class = plan.and_then(|plan| plan.classes.iter().find(|own| own.number == props.number));
    let Some((plan, class)) = plan.zip(class) else { return Html::default() };
    let t = shown.t;
    let id = format!("class-{}", class.number);
    let for_whom = t.plan_for_whom(&shown.form, &shown.view.plan.clusters, class);
    let seats = class
        .seats
        .iter()
        .map(|own| seat(shown, plan, Some(class.number), own.person, own.shortfall, own.is_moved));
    html! {
        <section class="card plan-class" id={id.clone()} ondragover={drag::allow()}
            ondrop={drag::takes_person(shown, plan, Some(class.number))}>
            <h3>
                { t.plan_class(&class.number) }{ " · " }
                <span class="num" id={format!("{id}-people")}>{ t.plan_people(&t.count(class.people)) }</span>
            </h3>
            if !for_whom.is_empty() { <p class="muted small">{ for_whom.join(" · ") }</p> }
            { warnings(shown, class) }
            { week(shown, plan, class) }
            { wishes(shown, class) }
            { cost(shown, class) }
            if shown.is_protected && class.people > 0 {
                <details class="folded" id={format!("{id}-who")} {ontoggle}>
                    <summary>{ t.plan_participants(&t.count(class.people)) }</summary>
                    if *is_open { <ul class="seats">{ for seats }</ul> }
                </details>
            }
        </section>
    }
}

fn warnings(shown: &Shown, class: &Class) -> Html {
    let (t, bounds) = (shown.t, shown.view.wanted.planning.settings.bounds);
    let people = class.people as u64;
    let said = if people == 0 {
        Some(t.plan_class_empty().to_owned())
    } else if people > bounds.cap.get() {
        Some(t.plan_class_large(&bounds.cap))
    } else if bounds.is_below_floor(people) && !class.is_online {
        Some(t.plan_class_small(&bounds.floor))
    } else {
        None
    };
    html! {
        <>
            if class.is_online { <p class="mark">{ t.plan_class_online() }</p> }
            if let Some(said) = said { <p class="warned small">{ said }</p> }
        </>
    }
}

/// The week, and a way to choose another one.
fn week(shown: &Shown, plan: &CoursePlan, class: &Class) -> Html {
    let t = shown.t;
    let weeks = shown.view.wanted.planning.settings.weeks;
    let last = (weeks + 1).saturating_sub(class.weeks);
    let options = (1..=last).map(|week| {
        let end = week.saturating_add(class.weeks.saturating_sub(1));
        html! {
            <option value={week.to_string()} selected={class.week == Some(week)}>
                { t.plan_span(week, end) }</option>
        }
    });
    let id = ClassId { course: plan.course.clone(), number: class.number };
    let onchange = shown.sends_some(move |event: &Event| -> Option<PlanMsg> {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        let week = select.value().parse().ok()?;
        Some(PlanMsg::Moved(Move::Week { class: id.clone(), week }))
    });
    let name = format!("class-{}-week", class.number);
    html! {
        <p class="plan-week">
            <label for={name.clone()}>{ t.plan_col_weeks() }</label>
            <select class="field" id={name} {onchange}>
                if class.week.is_none() { <option value="" selected=true>{ t.plan_no_week() }</option> }
                { for options }
            </select>
            if class.is_week_moved { <small class="muted">{ t.plan_moved() }</small> }
        </p>
    }
}

fn wishes(shown: &Shown, class: &Class) -> Html {
    let (t, form) = (shown.t, &shown.form);
    if class.people == 0 {
        return Html::default();
    }
    if !shown.is_protected && (class.people as u64) < SMALLEST_GROUP {
        return html! { <p class="muted small">{ t.plan_wish_hidden() }</p> };
    }
    let own = &class.wishes;
    let wishes = [
        (Role::Delivery, &own.delivery),
        (Role::Duration, &own.duration),
        (Role::Quarter, &own.quarter),
        (Role::Venue, &own.venue),
    ];
    let said: Vec<String> =
        wishes.into_iter().filter_map(|(role, wish)| t.plan_wish(form, role, wish)).collect();
    if said.is_empty() {
        return html! { <p class="muted small">{ t.plan_no_wishes() }</p> };
    }
    html! { <ul class="plan-wishes small">{ for said.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul> }
}

fn cost(shown: &Shown, class: &Class) -> Html {
    let t = shown.t;
    let Some(cost) = class.cost.filter(|_| class.people > 0) else { return Html::default() };
    let all = t.plan_amount(cost as f64);
    let said = match class.cost_per_gap() {
        Some(each) => t.plan_class_cost_per_gap(&all, &t.plan_amount(each)),
        None => t.plan_class_cost(&all),
    };
    html! { <p class="small">{ said }</p> }
}

/// Somebody who needs the course: in a class, or in none.
pub(super) fn seat(
    shown: &Shown,
    plan: &CoursePlan,
    from: Option<u32>,
    person: usize,
    shortfall: Option<f64>,
    is_moved: bool,
) -> Html {
    let t = shown.t;
    let (name, place) = shown.person(person);
    let Some(who) = shown.view.who.get(&person) else { return Html::default() };
    let classes = plan.classes.iter().filter(|class| Some(class.number) != from);
    let options = classes.map(|class| {
        html! {
            <option value={class.number.to_string()}>
                { format!("{} ({})", t.plan_class(&class.number), class.people) }</option>
        }
    });
    let onchange = {
        let (course, root) = (plan.course.clone(), who.root.clone());
        shown.sends_some(move |event: &Event| -> Option<PlanMsg> {
            let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
            let to = match chosen.as_str() {
                "" => return None,
                OUT => None,
                number => Some(number.parse().ok()?),
            };
            let (course, root) = (course.clone(), root.clone());
            Some(PlanMsg::Moved(Move::Person { course, root, to }))
        })
    };
    html! {
        <li class="seat" key={who.root.clone()} draggable="true" data-root={who.root.clone()}
            ondragstart={drag::person(&plan.course, &who.root)}>
            <span>
                <strong>{ &name }</strong>
                <small class="muted">{ place }</small>
            </span>
            <span class="num small" title={t.plan_shortfall()}>
                { shortfall.map_or("–".to_owned(), |own| format!("−{}", t.number(own, 1))) }
                if is_moved { <small class="muted">{ t.plan_moved() }</small> }
            </span>
            <select class="field" aria-label={t.plan_move_who(&name)} id={format!("move-{}", who.root)} {onchange}>
                <option value="" selected=true>{ t.plan_move_to() }</option>
                { for options }
                if from.is_some() { <option value={OUT}>{ t.plan_move_out() }</option> }
            </select>
        </li>
    }
}

/// What no class is numbered.
const OUT: &str = "out";
