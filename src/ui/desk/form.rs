//! Which form the responses answer.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ChoiceRow};
use super::super::sends;
use super::tailoring::{Competencies, Posts};
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::route::{Place, Route};
use crate::browser::files;
use crate::domain::problem::{Excerpt, FormProblem};
use crate::forms::BuiltIn;
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
    let built_in = BuiltIn::ALL.into_iter().map(|built_in| {
        let on_change = send.reform(move |_: bool| DeskMsg::BuiltInFormChosen(built_in).into());
        html! {
            <ChoiceRow id={format!("form-{}", built_in.id())} name="built-in-form"
                label={built_in_in_words(t, built_in)} checked={desk.file.sheets.built_in == Some(built_in)}
                {on_change} />
        }
    });
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
                    <a id="preview" class="button" href={Route::Preview(Place::Welcome).to_string()}>
                        { t.preview() }</a>
                    <Button id="download-form" on_press={sends(send, DeskMsg::FormFileAsked)}>
                        { t.download_form() }</Button>
                    <a id="form-paper" class="button" href={Route::Paper.to_string()}>{ t.paper_link() }</a>
                </div>
            </section>
            <Competencies ..page.clone() />
            <Posts ..page.clone() />
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
            </div>
            <p class="muted small">{ t.choose_form_hint() }</p>
            <fieldset class="choices built-in-forms">
                <legend>{ t.choose_built_in() }</legend>
                { for built_in }
            </fieldset>
        </>
    }
}

/// What a form that ships is for.
fn built_in_in_words(t: Language, form: BuiltIn) -> &'static str {
    match form {
        BuiltIn::Needs => t.built_in_needs(),
        BuiltIn::ByOthers => t.built_in_by_others(),
        BuiltIn::FollowUp => t.built_in_follow_up(),
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
