//! Which form the responses answer.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::sends;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::browser::files;

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
    let questions = form.columns().filter(|question| question.kind.is_answered()).count();
    html! {
        <>
            <h1 tabindex="-1">{ t.form_title() }</h1>
            <p class="lead">{ t.form_lead() }</p>
            <section class="card">
                <h2 id="form-title">{ form.title.get(t.code()) }</h2>
                <p class="muted num">
                    { t.form_facts(&form.id, &form.version, &t.count(questions), &t.count(form.competencies.len())) }
                </p>
            </section>
            if !desk.form_faults.is_empty() {
                <section class="refused" role="alert">
                    <h2>{ t.form_faults(&desk.form_faults.len()) }</h2>
                    <ul id="form-faults">
                        { for desk.form_faults.iter().take(50).map(|fault| html! { <li>{ t.form_problem(fault) }</li> }) }
                    </ul>
                </section>
            }
            <div class="bar">
                <label class="button file-button">{ t.choose_form() }
                    <input type="file" id="form-files" multiple=true accept=".csv,text/csv" {onchange} />
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
