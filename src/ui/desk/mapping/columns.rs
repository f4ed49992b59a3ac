//! Every column with what it says, which can be changed.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::foreign_msg;
use crate::app::desk::foreign::{ForeignMsg, meanings};
use crate::app::protocol::ForeignPreview;
use crate::domain::field::field_of;
use crate::domain::foreign::Meaning;
use crate::domain::form::{Form, Question};
use crate::formats::dataset_csv::column_label;
use crate::text::Language;
use crate::ui::PageProps;

pub(super) fn columns(page: &PageProps, preview: &ForeignPreview) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let known: Vec<(Meaning, String)> = meanings(form)
        .into_iter()
        .map(|meaning| {
            let label = label(t, form, &meaning);
            (meaning, label)
        })
        .collect();
    let meant = &preview.mapping.columns;
    let used = meant.iter().filter(|meaning| **meaning != Meaning::Nothing).count();
    let rows = preview.columns.iter().zip(meant).enumerate();
    let rows = rows.map(|(at, ((heading, examples), meaning))| {
        column(page, &known, at, (heading, examples), meaning)
    });
    html! {
        <details open=true class="mapping-part">
            <summary>{ t.mapping_columns(&t.count(used), &t.count(meant.len())) }</summary>
            <div class="columns-list" id="mapping-columns">{ for rows }</div>
        </details>
    }
}

fn label(t: Language, form: &Form, meaning: &Meaning) -> String {
    match meaning {
        Meaning::Answer(key) => column_label(form, key, t.code()),
        meaning => t.meaning_beside(meaning).to_owned(),
    }
}

fn column(
    page: &PageProps,
    known: &[(Meaning, String)],
    at: usize,
    (heading, examples): (&String, &[String]),
    meaning: &Meaning,
) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    // Of a single choice, the question is chosen first.
    let of_question = meaning.key().map(|key| Meaning::Answer(key.to_owned()));
    let shown = of_question.as_ref().unwrap_or(meaning);
    let option = |(number, (meaning, label)): (usize, &(Meaning, String))| {
        html! {
            <option value={number.to_string()} selected={meaning == shown}>{ label }</option>
        }
    };
    let of_kind = |is_answer: bool| {
        let all = known.iter().enumerate().filter(move |(_, (meaning, _))| {
            *meaning != Meaning::Nothing && meaning.key().is_some() == is_answer
        });
        all.map(option).collect::<Html>()
    };
    let onchange = {
        let (meanings, send) = (
            known.iter().map(|(meaning, _)| meaning.clone()).collect::<Vec<_>>(),
            page.send.clone(),
        );
        move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let chosen = select.and_then(|select| select.value().parse::<usize>().ok());
            if let Some(meaning) = chosen.and_then(|number| meanings.get(number)) {
                send.emit(foreign_msg(ForeignMsg::ColumnChosen(at, meaning.clone())));
            }
        }
    };
    let id = format!("column-{at}");
    let name = if heading.is_empty() { t.mapping_no_heading(&(at + 1)) } else { heading.clone() };
    let question = meaning.key().and_then(|key| field_of(form, key)?.question(form));
    html! {
        <div class="unit-question">
            <label for={id.clone()}>
                <strong>{ &name }</strong>
                if !examples.is_empty() {
                    <span class="muted small">{ t.mapping_examples(&examples.join(" · ")) }</span>
                }
            </label>
            <div>
                <select class="field" {id} aria-label={t.mapping_use(&name)} {onchange}>
                    { for known.iter().enumerate().take(1).map(option) }
                    <optgroup label={t.mapping_answers()}>{ of_kind(true) }</optgroup>
                    <optgroup label={t.mapping_beside()}>{ of_kind(false) }</optgroup>
                </select>
                if let Some(question) = question.filter(|question| question.kind.is_several()) {
                    { part(page, at, &name, question, meaning) }
                }
            </div>
        </div>
    }
}

/// Whether a column has the whole answer to a question with several, or one choice of it.
fn part(page: &PageProps, at: usize, name: &str, question: &Question, meaning: &Meaning) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let key = meaning.key().unwrap_or_default().to_owned();
    let choices = form.choices(question.kind.list().unwrap_or_default()).iter().map(|choice| {
        let this = Meaning::Choice(key.clone(), choice.name.clone());
        html! {
            <option value={choice.name.clone()} selected={*meaning == this}>
                { t.mapping_choice(&choice.label.get(t.code())) }</option>
        }
    });
    let onchange = {
        let (key, send) = (key.clone(), page.send.clone());
        move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let choice = select.map(|select| select.value()).unwrap_or_default();
            let meaning = if choice.is_empty() {
                Meaning::Answer(key.clone())
            } else {
                Meaning::Choice(key.clone(), choice)
            };
            send.emit(foreign_msg(ForeignMsg::ColumnChosen(at, meaning)));
        }
    };
    html! {
        <select class="field" id={format!("part-{at}")} aria-label={t.mapping_part(&name)} {onchange}>
            <option value="" selected={matches!(meaning, Meaning::Answer(_))}>
                { t.mapping_whole() }</option>
            { for choices }
        </select>
    }
}
