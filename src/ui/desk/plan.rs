//! Which classes to hold: courses in their order, their classes with who goes, the weeks, and what
//! is taught twice or left out.

mod board;
mod class_card;
mod course_editor;
mod courses;
mod drag;
mod left;
mod settings;

use std::collections::BTreeSet;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::filter_bar::FilterBar;
use super::who_in_words;
use crate::app::desk::plan::PlanMsg;
use crate::app::protocol::{PlanFile, PlanView};
use crate::app::route::{Route, Step};
use crate::domain::form::Form;
use crate::domain::plan::{Class, ClassId, Course, CoursePlan};
use crate::formats::table::Profile;
use crate::text::Language;

/// The class plan of the responses that are looked at.
#[component]
pub(super) fn PlanStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    // Who learns is for the trainer alone.
    let is_protected = use_state(|| false);
    if desk.summary.as_ref().is_some_and(|summary| summary.people == 0) {
        return html! {
            <>
                <h1 tabindex="-1">{ t.plan_title() }</h1>
                <p class="lead">{ t.needs_nobody() }</p>
                <p><a class="button" href={Route::desk(Step::Collect).to_string()}>{ t.step_collect() }</a></p>
            </>
        };
    }
    let on_protected = {
        let is_protected = is_protected.clone();
        move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            is_protected.set(input.is_some_and(|input| input.checked()));
        }
    };
    let shown = desk.plan.made.get().map(|view| {
        let courses = desk.plan.courses(&desk.form, t);
        let shown = Shown {
            page: page.clone(),
            t,
            form: Rc::clone(&desk.form),
            view: Rc::clone(view),
            courses: courses.into(),
            is_protected: *is_protected,
        };
        html! {
            <>
                <p class="lead" id="plan-lead">{ t.plan_lead(&t.count(view.people)) }</p>
                { shown.notes() }
                <settings::SettingsCard {t} send={page.send.clone()}
                    settings={desk.plan.planning.settings.clone()} />
                { shown.facts() }
                { courses::table(&shown) }
                <label class="asked">
                    <input type="checkbox" id="plan-protected" checked={*is_protected} onchange={on_protected} />
                    <span>{ t.plan_protected() }</span>
                </label>
                if !*is_protected { <p class="muted small">{ t.plan_protected_note() }</p> }
                { shown.course() }
                { board::board(&shown) }
                { left::left(&shown) }
                { left::moves(&shown) }
                <section class="part" id="plan-files">
                    <h2>{ t.plan_files() }</h2>
                    { file(page, PlanFile::Classes, "classes", t.plan_file_classes()) }
                    { file(page, PlanFile::Participants, "participants", t.plan_file_participants()) }
                </section>
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.plan_title() }</h1>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

fn file(page: &PageProps, file: PlanFile, word: &str, title: &str) -> Html {
    let (t, send) = (page.model.language, &page.send);
    let ask = |profile| sends(send, PlanMsg::FileAsked(file, profile));
    html! {
        <div class="export">
            <div><strong>{ title.to_owned() }</strong></div>
            <div class="bar">
                <Button id={format!("plan-{word}-excel")} on_press={ask(Profile::Excel)}>{ t.for_excel() }</Button>
                <Button id={format!("plan-{word}")} on_press={ask(Profile::Data)}>{ t.for_programs() }</Button>
            </div>
        </div>
    }
}

/// The plan that is shown, and what it is shown with.
#[derive(Clone, PartialEq)]
struct Shown {
    page: PageProps,
    t: Language,
    form: Rc<Form>,
    view: Rc<PlanView>,
    courses: Rc<[Course]>,
    is_protected: bool,
}

impl Shown {
    fn course_name(&self, id: &str) -> String {
        self.t.plan_course(&self.courses, id)
    }

    fn class_name(&self, class: &ClassId) -> String {
        self.t.plan_class_of(&class.number, &self.course_name(&class.course))
    }

    fn class_names(&self, classes: &[ClassId]) -> String {
        classes.iter().map(|class| self.class_name(class)).collect::<Vec<_>>().join("; ")
    }

    /// What somebody is called, and from where; a receipt code where names are not shown.
    fn person(&self, person: usize) -> (String, String) {
        let Some(who) = self.view.who.get(&person) else { return (String::new(), String::new()) };
        let (name, place) = who_in_words(self.t, &self.form, who);
        (if self.is_protected { name } else { who.receipt.clone() }, place)
    }

    /// What the trainer should know before looking at numbers.
    fn notes(&self) -> Html {
        let (t, view) = (self.t, &*self.view);
        let floor = view.wanted.planning.settings.bounds.floor;
        let is_few = (view.people as u64) < floor;
        html! {
            <>
                if is_few {
                    <p class="notice" id="plan-few">
                        { t.plan_few_people(&t.count(view.people), &floor) }</p>
                }
                if view.plan.is_rated_by_others {
                    <p class="notice" id="plan-by-others">{ t.plan_by_others() }</p>
                }
                if view.undecided > 0 {
                    <p class="muted" id="plan-undecided">
                        { t.plan_undecided(&t.count(view.undecided)) }{ " " }
                        <a class="button quiet" href={Route::desk(Step::SamePerson).to_string()}>
                            { t.step_same_person() }</a></p>
                }
            </>
        }
    }

    fn facts(&self) -> Html {
        let (t, view) = (self.t, &*self.view);
        let all = view.plan.courses.iter().flat_map(|own| &own.classes);
        let held: Vec<&Class> = all.filter(|class| class.people > 0).collect();
        let weeks = held
            .iter()
            .filter_map(|class| class.week.map(|first| first..first.saturating_add(class.weeks)));
        let weeks: BTreeSet<u16> = weeks.flatten().collect();
        let cost = view.plan.courses.iter().filter_map(CoursePlan::cost);
        let cost = cost.reduce(u64::saturating_add);
        let cost = cost.map_or_else(
            || ("–".to_owned(), t.plan_cost_unknown()),
            |cost| (t.plan_amount(cost as f64), t.plan_fact_cost()),
        );
        let facts = [
            ("plan-people", t.count(view.people_in_classes), t.plan_fact_people()),
            ("plan-classes-count", t.count(held.len()), t.plan_fact_classes()),
            ("plan-weeks-count", t.count(weeks.len()), t.plan_fact_weeks()),
            ("plan-cost", cost.0, cost.1),
        ];
        let facts = facts.into_iter().map(
            |(id, number, name)| html! { <div><b {id} class="num">{ number }</b>{ name }</div> },
        );
        html! { <div class="facts" role="status">{ for facts }</div> }
    }

    /// The classes of the course that is chosen, and its editor.
    fn course(&self) -> Html {
        let (t, view) = (self.t, &*self.view);
        let course = self.courses.iter().find(|course| course.id == view.shown);
        let Some((course, plan)) = course.zip(view.plan.course(&view.shown)) else {
            return Html::default();
        };
        let cards = plan.classes.iter().map(|class| {
            html! {
                <class_card::ClassCard key={format!("{}-{}", course.id, class.number)}
                    shown={self.clone()} number={class.number} />
            }
        });
        let covers_nothing = course.covered().next().is_none();
        html! {
            <section class="part" id="plan-course" data-course={course.id.clone()}>
                <h2 id="plan-course-name">{ &course.name }</h2>
                if !course.tags.is_empty() { <p class="muted">{ course.tags.join(" · ") }</p> }
                <p id="plan-course-summary">
                    { if covers_nothing {
                        t.plan_covers_nothing().to_owned()
                    } else if plan.people == 0 {
                        t.plan_nobody_needs().to_owned()
                    } else {
                        t.plan_course_summary(&t.count(plan.people), &t.count(plan.classes.len()))
                    } }
                </p>
                <course_editor::CourseEditor key={course.id.clone()} {t} send={self.page.send.clone()}
                    form={self.form.clone()} course={course.clone()} />
                if self.is_protected && plan.classes.len() > 1 {
                    <p class="muted small">{ t.plan_drag_hint() }</p>
                }
                <div class="plan-classes">{ for cards }</div>
                if self.is_protected { { self.left_out(plan) } }
            </section>
        }
    }

    /// Those of the course who are in none of its classes.
    fn left_out(&self, plan: &CoursePlan) -> Html {
        let t = self.t;
        let lines = plan.left_out.iter().filter(|person| self.view.who.contains_key(person));
        let lines = lines.map(|person| class_card::seat(self, plan, None, *person, None, true));
        let ondrop = drag::takes_person(self, plan, None);
        html! {
            <div class="card plan-out" id="plan-out" ondragover={drag::allow()} {ondrop}>
                <h3>{ t.plan_out_title() }</h3>
                if plan.left_out.is_empty() {
                    <p class="muted small">{ t.plan_out_drop() }</p>
                } else {
                    <ul class="seats">{ for lines }</ul>
                }
            </div>
        }
    }

    /// Sends what an event comes to, if anything.
    fn sends_some(&self, how: impl Fn(&Event) -> Option<PlanMsg> + 'static) -> Callback<Event> {
        let send = self.page.send.clone();
        Callback::from(move |event: Event| {
            if let Some(msg) = how(&event) {
                send.emit(msg.into());
            }
        })
    }
}
