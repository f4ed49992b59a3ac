//! The courses in the order in which they are to be held.

use yew::prelude::*;

use super::Shown;
use crate::app::desk::plan::PlanMsg;
use crate::domain::form::Role;
use crate::domain::plan::{Course, CoursePlan};
use crate::domain::suppression::SMALLEST_GROUP;
use crate::ui::part::{Button, ButtonKind};
use crate::ui::sends;

pub(super) fn table(shown: &Shown) -> Html {
    let (t, send) = (shown.t, &shown.page.send);
    let rows = shown.view.plan.courses.iter().filter_map(|plan| {
        let course = shown.courses.iter().find(|course| course.id == plan.course)?;
        Some(row(shown, course, plan))
    });
    let is_own = shown.page.model.desk.plan.planning.courses.is_some();
    let added = PlanMsg::CourseAdded(t.plan_new_course(&(shown.courses.len() + 1)));
    html! {
        <section class="part" id="plan-courses">
            <h2>{ t.plan_courses() }</h2>
            <p class="muted small">{ t.plan_courses_lead() }</p>
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.plan_courses()}>
                <table class="plain plan-courses">
                    <thead><tr>
                        <th scope="col">{ t.plan_col_course() }</th>
                        <th scope="col" class="num">{ t.plan_col_people() }</th>
                        <th scope="col" class="num">{ t.plan_col_shortfall() }</th>
                        <th scope="col" class="num">{ t.plan_col_classes() }</th>
                        <th scope="col">{ t.plan_col_weeks() }</th>
                        <th scope="col" class="num">{ t.plan_col_cost() }</th>
                        <th scope="col" class="num">{ t.plan_col_cost_per_gap() }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <div class="bar">
                <Button id="plan-add-course" on_press={sends(send, added)}>{ t.plan_add_course() }</Button>
                if is_own {
                    <Button id="plan-reset-courses" kind={ButtonKind::Quiet}
                        on_press={sends(send, PlanMsg::CoursesReset)}>{ t.plan_reset_courses() }</Button>
                }
            </div>
        </section>
    }
}

fn row(shown: &Shown, course: &Course, plan: &CoursePlan) -> Html {
    let (t, send) = (shown.t, &shown.page.send);
    let is_shown = shown.view.shown == course.id;
    let id = course.id.clone();
    let onclick = send.reform(move |_: MouseEvent| PlanMsg::CourseShown(id.clone()).into());
    let amount = |amount: Option<f64>| amount.map_or("–".to_owned(), |own| t.plan_amount(own));
    let classes = plan.classes.iter().filter(|class| class.people > 0).count();
    let weeks = plan.weeks().map_or("–".to_owned(), |(first, last)| t.plan_span(first, last));
    let due = (!course.deadline.is_empty()).then(|| t.plan_course_due(&t.day(&course.deadline)));
    let delivery = shown.form.with_role(Role::Delivery).filter(|_| !course.delivery.is_empty());
    let delivery = delivery.map(|asked| t.answer_words(&shown.form, &asked.name, &course.delivery));
    let notes: Vec<String> = course.tags.iter().cloned().chain(delivery).chain(due).collect();
    // A mean of a few people would tell of each.
    let is_hidden = !shown.is_protected && (1..SMALLEST_GROUP).contains(&(plan.people as u64));
    let shortfall = match plan.mean_shortfall {
        Some(_) if is_hidden => "~".to_owned(),
        Some(own) => t.number(own, 2),
        None => "–".to_owned(),
    };
    html! {
        <tr key={course.id.clone()} data-course={course.id.clone()}>
            <th scope="row">
                <button type="button" class="chip" id={format!("plan-show-{}", course.id)}
                    aria-pressed={is_shown.to_string()} title={t.plan_show(&course.name)} {onclick}>
                    { &course.name }</button>
                if !notes.is_empty() { <small class="muted">{ notes.join(" · ") }</small> }
            </th>
            <td class="num">{ t.count(plan.people) }</td>
            <td class="num">{ shortfall }</td>
            <td class="num">{ t.count(classes) }</td>
            <td>{ weeks }</td>
            <td class="num">{ amount(plan.cost().map(|cost| cost as f64)) }</td>
            <td class="num">{ amount(plan.cost_per_gap()) }</td>
        </tr>
    }
}
