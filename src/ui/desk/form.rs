//! Which form the responses answer.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::route::Route;
use crate::browser::files;
use crate::domain::problem::{Excerpt, FormProblem};
use crate::text::Language;

/// The form in use, and how to use another.
#[component]
pub(super) fn FormStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let form = &desk.form;
    let onchange = {
        let send = send.clone();
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let send = send.clone();
                files::read_chosen(&input, move |sheets| {
                    send.emit(Msg::Desk(DeskMsg::FormChosen(sheets)));
                });
            }
        }
    };
    let questions = form.questions().iter().filter(|question| question.kind.is_answered()).count();
    html! {
        <>
            <h1 tabindex="-1">{ t.form_title() }</h1>
            <p class="lead">{ t.form_lead() }</p>
            <section class="card">
                <h2 id="form-title">{ form.title.get(t.code()) }</h2>
                <p class="muted num">
                    { t.form_facts(&form.id, &form.version, &t.count(questions), &t.count(form.competencies.len())) }
                </p>
                <div class="bar">
                    <a id="form-paper" class="button" href={Route::Paper.to_string()}>{ t.paper_link() }</a>
                </div>
            </section>
            if let Some(refused) = desk.refused_form.as_ref().filter(|form| !form.faults.is_empty()) {
                <section class="refused" role="alert">
                    <h2>{ t.form_faults(&refused.faults.len()) }</h2>
                    { problems(t, "form-faults", &refused.faults) }
                    if refused.is_usable_in_part() {
                        <div class="bar">
                            <Button id="leave-out" on_press={sends(send, DeskMsg::LeaveOutAsked)}>
                                { t.leave_out() }</Button>
                        </div>
                    }
                </section>
            }
            if !desk.form_warnings.is_empty() {
                <details class="card">
                    <summary>{ t.form_warnings(&desk.form_warnings.len()) }</summary>
                    { problems(t, "form-warnings", &desk.form_warnings) }
                </details>
            }
            <div class="bar">
                <label class="button file-button">{ t.choose_form() }
                    <input type="file" id="form-files" multiple=true {onchange} />
                </label>
                if !desk.is_built_in {
                    <Button id="form-built-in" on_press={sends(send, DeskMsg::BuiltInFormChosen)}>
                        { t.choose_built_in() }</Button>
                }
            </div>
            <p class="muted small">{ t.choose_form_hint() }</p>
        </>
    }
}

/// The most problems of a form that are listed.
const SHOWN: usize = 100;

/// Problems in a list: where, what, and the expression with its faulty place marked.
fn problems(t: Language, id: &'static str, problems: &[FormProblem]) -> Html {
    let lines = problems.iter().take(SHOWN).map(|problem| {
        html! { <li>{ t.form_problem(problem) }{ marked(problem) }</li> }
    });
    html! { <ul {id} class="problems">{ for lines }</ul> }
}

fn marked(problem: &FormProblem) -> Html {
    let Some(Excerpt { text, start, length }) = &problem.excerpt else { return Html::default() };
    let part = |skip: usize, take: usize| text.chars().skip(skip).take(take).collect::<String>();
    html! {
        <code class="expression">
            { part(0, *start) }<mark>{ part(*start, *length) }</mark>{ part(start + length, usize::MAX) }
        </code>
    }
}
