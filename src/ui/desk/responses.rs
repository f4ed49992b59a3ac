//! Every response as a line of a table.

pub(super) mod panel;
mod table;

mod correcting;

use std::collections::BTreeSet;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::filter_bar::FilterBar;
use crate::app::Msg;
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::RowColumn;
use crate::domain::form::Form;
use crate::text::Language;
use table::ResponsesTable;

/// The table of responses with its search and its columns.
#[component]
pub(super) fn ResponsesStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let table = &desk.review.table;
    let counts =
        table.counts.map(|(all, matching)| t.responses_counts(&t.count(matching), &t.count(all)));
    let on_search = send.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        Msg::from(ReviewMsg::Searched(input.map_or(String::new(), |input| input.value())))
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.responses_title() }</h1>
            <FilterBar ..page.clone() />
            <div class="bar">
                <input type="search" class="field" id="responses-search" placeholder={t.responses_search()}
                    aria-label={t.responses_search()} value={table.search.clone()} oninput={on_search} />
                <span class="muted num" id="responses-counts" role="status">{ counts }</span>
            </div>
            { columns(page) }
            <ResponsesTable ..page.clone() />
        </>
    }
}

/// What a column is called.
fn column_name(t: Language, form: &Form, column: &str) -> String {
    match RowColumn::named(column) {
        Some(RowColumn::Receipt) => t.column_receipt().to_owned(),
        Some(RowColumn::Submitted) => t.column_submitted().to_owned(),
        Some(RowColumn::Version) => t.column_version().to_owned(),
        Some(RowColumn::Mode) => t.column_mode().to_owned(),
        Some(RowColumn::Flags) => t.column_flags().to_owned(),
        Some(RowColumn::Source) => t.column_source().to_owned(),
        None => t.question_label(form, column),
    }
}

fn columns(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    let shown = model.desk.review.table.columns(form);
    let chosen: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
    let questions = form.questions().iter().filter(|question| {
        (question.kind.is_answered() || question.is_computed())
            && form.repeats_around(question.group).is_empty()
    });
    let mut all: Vec<&str> = RowColumn::ALL.map(RowColumn::word).to_vec();
    all.extend(questions.map(|question| question.name.as_str()));
    let boxes = all.iter().map(|column| {
        let checked = chosen.contains(column);
        let onchange = {
            // As they stand in the form, whatever was ticked first.
            let after: Vec<String> = all
                .iter()
                .filter(|other| chosen.contains(*other) != (*other == column))
                .map(|other| (*other).to_owned())
                .collect();
            send.reform(move |_: Event| Msg::from(ReviewMsg::ColumnsChosen(after.clone())))
        };
        html! {
            <label class="asked" key={(*column).to_owned()}>
                <input type="checkbox" id={format!("column-{column}")} {checked} {onchange} />
                <span>{ column_name(t, form, column) }</span>
            </label>
        }
    });
    html! {
        <details class="columns" id="columns">
            <summary>{ t.responses_columns() }</summary>
            <p class="muted small">{ t.responses_columns_hint() }</p>
            <div class="filter-values">{ for boxes }</div>
        </details>
    }
}
