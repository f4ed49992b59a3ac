//! What a course is called, how long it takes, what it costs and what it covers.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::Msg;
use crate::app::desk::plan::PlanMsg;
use crate::domain::form::{Form, Role};
use crate::domain::plan::{Course, FULL};
use crate::text::Language;
use crate::ui::part::{Button, ButtonKind};
use crate::ui::sends;

/// How much of a competency can be said to be covered, in percent.
const SHARES: [u8; 5] = [0, 25, 50, 75, FULL];

/// What the fields show, and no more: were they drawn anew when the plan comes, what is being
/// typed would be lost.
#[derive(Properties, PartialEq)]
pub(super) struct CourseEditorProps {
    pub t: Language,
    pub send: Callback<Msg>,
    pub form: Rc<Form>,
    pub course: Course,
}

/// The fields of a course.
#[component]
pub(super) fn CourseEditor(props: &CourseEditorProps) -> Html {
    let CourseEditorProps { t, send, form, course } = props;
    let delivery = form.with_role(Role::Delivery).map(|question| {
        let choices = form.choices(question.kind.list().unwrap_or_default());
        let options = choices.iter().map(|choice| {
            html! {
                <option value={choice.name.clone()} selected={choice.name == course.delivery}>
                    { choice.label.get(t.code()) }</option>
            }
        });
        let onchange = props.change(|own, value| own.delivery = value);
        html! {
            <div class="labelled">
                <label for="course-delivery">{ t.plan_course_delivery() }</label>
                <select class="field" id="course-delivery" {onchange}>
                    <option value="" selected={course.delivery.is_empty()}>{ t.plan_as_wished() }</option>
                    { for options }
                </select>
            </div>
        }
    });
    let cost = |cost: Option<u64>| cost.map_or(String::new(), |cost| cost.to_string());
    let parsed = |value: &str| value.trim().parse::<u64>().ok();
    let remove = sends(send, PlanMsg::CourseRemoved(course.id.clone()));
    let covers = form.competencies.iter().map(|competency| {
        let now = course.percent_of(&competency.code);
        // A file may say something between.
        let own = (!SHARES.contains(&now)).then_some(now);
        let options = SHARES.into_iter().chain(own).map(|share| {
            html! {
                <option value={share.to_string()} selected={share == now}>
                    { if share == 0 { t.plan_covers_none().to_owned() } else { t.percent(&t.count(share.into())) } }
                </option>
            }
        });
        let code = competency.code.clone();
        let onchange = props.change(move |own, value| {
            match value.parse().unwrap_or(0) {
                0 => own.covers.remove(&code),
                share => own.covers.insert(code.clone(), share),
            };
        });
        let id = format!("course-covers-{}", competency.code);
        html! {
            <li key={competency.code.clone()} data-covered={(now > 0).to_string()}>
                <label for={id.clone()}>{ format!("{} · {}", competency.code, competency.label.get(t.code())) }</label>
                <select class="field" {id} {onchange}>{ for options }</select>
            </li>
        }
    });
    html! {
        <details class="folded" id="course-edit">
            <summary>{ t.plan_edit_course() }</summary>
            <div class="card">
                <div class="plan-fields">
                    { props.field("course-name", "text", t.plan_course_name(), course.name.clone(), |own, value| {
                        if !value.trim().is_empty() {
                            value.trim().clone_into(&mut own.name);
                        }
                    }) }
                    { props.field("course-tags", "text", t.plan_course_tags(), course.tags.join(", "), |own, value| {
                        let tags = value.split(',').map(str::trim).filter(|tag| !tag.is_empty());
                        own.tags = tags.map(str::to_owned).collect();
                    }) }
                    { props.field("course-days", "number", t.plan_course_days(), course.days.to_string(), |own, value| {
                        own.days = value.trim().parse().unwrap_or(own.days).clamp(1, 365);
                    }) }
                    { props.field("course-per-class", "number", t.plan_course_per_class(), cost(course.cost_per_class),
                        move |own, value| own.cost_per_class = parsed(&value)) }
                    { props.field("course-per-person", "number", t.plan_course_per_person(), cost(course.cost_per_person),
                        move |own, value| own.cost_per_person = parsed(&value)) }
                    { props.field("course-deadline", "date", t.plan_course_deadline(), course.deadline.clone(),
                        |own, value| own.deadline = value) }
                    { for delivery }
                </div>
                <fieldset>
                    <legend>{ t.plan_course_covers() }</legend>
                    <ul class="plan-covers">{ for covers }</ul>
                </fieldset>
                <div class="bar">
                    <Button id="plan-remove-course" kind={ButtonKind::Danger} on_press={remove}>
                        { t.plan_remove_course() }</Button>
                </div>
            </div>
        </details>
    }
}

impl CourseEditorProps {
    /// Sends the course with one thing changed.
    fn change(&self, how: impl Fn(&mut Course, String) + 'static) -> Callback<Event> {
        let course = self.course.clone();
        self.send.reform(move |event: Event| -> Msg {
            let input = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
            let select = || event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value());
            let mut changed = course.clone();
            how(&mut changed, input.or_else(select).unwrap_or_default());
            PlanMsg::CourseChanged(changed).into()
        })
    }

    fn field(
        &self,
        id: &'static str,
        kind: &'static str,
        label: &str,
        value: String,
        how: impl Fn(&mut Course, String) + 'static,
    ) -> Html {
        let onchange = self.change(how);
        html! {
            <div class="labelled">
                <label for={id}>{ label.to_owned() }</label>
                <input type={kind} class="field" {id} {value} min={(kind == "number").then_some("0")} {onchange} />
            </div>
        }
    }
}
