//! A table of another program before it is taken: what its columns say, what its words mean, and
//! its first rows as they will be.

mod columns;
mod words;

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, ChoiceRow};
use super::super::sends;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::desk::foreign::{AskedTable, ForeignMsg, ForeignNotice};
use crate::app::protocol::{ForeignPreview, PreviewRow};
use crate::browser::files;
use crate::domain::field::field_of;
use crate::domain::foreign::DayOrder;
use crate::domain::form::Form;
use crate::formats::dataset_csv::column_label;
use crate::text::Language;

/// The most faults that are listed.
const LISTED: usize = 100;

fn foreign_msg(msg: ForeignMsg) -> Msg {
    Msg::Desk(DeskMsg::Foreign(msg))
}

fn does(page: &PageProps, msg: ForeignMsg) -> Callback<()> {
    sends(&page.send, DeskMsg::Foreign(msg))
}

/// The tables that wait.
pub(super) fn asked(page: &PageProps) -> Html {
    let t = page.model.language;
    let foreign = &page.model.desk.foreign;
    let tables = foreign.asked.iter().map(|AskedTable { number, file }| {
        html! {
            <li class="asked-table" key={*number}>
                <strong>{ file }</strong>
                <span class="bar">
                    <Button id={format!("map-{number}")} kind={ButtonKind::Primary}
                        on_press={does(page, ForeignMsg::Opened(*number))}>{ t.asked_open() }</Button>
                    <Button id={format!("drop-{number}")} kind={ButtonKind::Quiet}
                        on_press={does(page, ForeignMsg::Dropped(*number))}>{ t.asked_drop() }</Button>
                </span>
            </li>
        }
    });
    html! {
        <>
            { notice(page) }
            if !foreign.asked.is_empty() {
                <section class="card" id="asked">
                    <h2>{ t.asked_title(&t.count(foreign.asked.len())) }</h2>
                    <p class="muted">{ t.asked_lead() }</p>
                    <ul class="plain-list">{ for tables }</ul>
                </section>
            }
        </>
    }
}

fn notice(page: &PageProps) -> Html {
    let t = page.model.language;
    let text = page.model.desk.foreign.notice.as_ref().map(|notice| match notice {
        ForeignNotice::RecipeKept(file) => t.recipe_kept(file),
        ForeignNotice::RecipeRefused(fault) => t.recipe_fault(*fault).to_owned(),
        ForeignNotice::Gone => t.table_gone().to_owned(),
    });
    html! { if let Some(text) = text { <p id="mapping-notice" class="notice" role="status">{ text }</p> } }
}

/// The table that is open.
pub(super) fn mapping(page: &PageProps, preview: &ForeignPreview) -> Html {
    let t = page.model.language;
    let days = DayOrder::ALL.into_iter().map(|days| {
        let on_change = page.send.reform(move |_: bool| foreign_msg(ForeignMsg::DaysChosen(days)));
        html! {
            <ChoiceRow id={format!("days-{}", days as usize)} name="days" label={t.day_order(days)}
                checked={preview.mapping.days == days} {on_change} />
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.mapping_title(&preview.file) }</h1>
            <p id="mapping-counts" class="lead num" role="status">
                { t.mapping_counts(&t.count(preview.rows), &t.count(preview.responses)) }
                if preview.unread > 0 { { " " }{ t.mapping_unread(&t.count(preview.unread)) } }
            </p>
            if let Some(name) = &preview.recipe {
                <p id="mapping-recipe">{ t.mapping_by_recipe(name) }{ " " }
                    <Button id="forget-recipe" kind={ButtonKind::Quiet}
                        on_press={does(page, ForeignMsg::RecipeForgotten)}>{ t.mapping_forget() }</Button>
                </p>
            }
            { notice(page) }
            { columns::columns(page, preview) }
            if preview.has_days {
                <fieldset class="choices">
                    <legend>{ t.mapping_days() }</legend>
                    { for days }
                </fieldset>
            }
            { words::words(page, preview) }
            { faults(t, preview) }
            { first_rows(t, &page.model.desk.form, preview) }
            { buttons(page, preview) }
        </>
    }
}

fn faults(t: Language, preview: &ForeignPreview) -> Html {
    if preview.faults.is_empty() {
        return Html::default();
    }
    let more = preview.faults.len().saturating_sub(LISTED);
    let lines = preview.faults.iter().take(LISTED);
    let lines = lines.map(|fault| html! { <li>{ t.problem(fault) }</li> });
    html! {
        <details id="mapping-faults" class="mapping-part">
            <summary>{ t.mapping_faults(&t.count(preview.faults.len())) }</summary>
            <ul class="problems">
                { for lines }
                if more > 0 { <li>{ t.preview_more(&t.count(more)) }</li> }
            </ul>
        </details>
    }
}

fn first_rows(t: Language, form: &Form, preview: &ForeignPreview) -> Html {
    if preview.keys.is_empty() || preview.first.is_empty() {
        return Html::default();
    }
    let headings = preview.keys.iter().map(|key| {
        html! { <th scope="col">{ column_label(form, key, t.code()) }</th> }
    });
    let rows = preview.first.iter().map(|row| first_row(t, form, &preview.keys, row));
    html! {
        <section class="mapping-part">
            <h2>{ t.mapping_first(&preview.first.len()) }</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label={t.mapping_first(&preview.first.len())}>
                <table class="plain first-rows" id="mapping-rows">
                    <thead><tr><th scope="col">{ t.preview_line() }</th>{ for headings }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn first_row(t: Language, form: &Form, keys: &[String], row: &PreviewRow) -> Html {
    let cells = keys.iter().zip(&row.cells).map(|(key, cell)| {
        let question = field_of(form, key).and_then(|field| field.question(form));
        let value = match question {
            Some(question) => form.answer_in_words(question, &cell.value, t.code()),
            None => cell.value.clone(),
        };
        match &cell.unread {
            Some(text) => html! {
                <td>{ value }{ " " }<span class="reason">{ t.cell_unread(text) }</span></td>
            },
            None => html! { <td>{ value }</td> },
        }
    });
    html! {
        <tr>
            <th scope="row" class="num">{ row.line }
                if !row.is_taken { { " " }<span class="reason">{ t.row_left_out() }</span> }
            </th>
            { for cells }
        </tr>
    }
}

fn buttons(page: &PageProps, preview: &ForeignPreview) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let on_recipe = {
        let send = send.clone();
        files::on_one_chosen(move |_, bytes| {
            send.emit(foreign_msg(ForeignMsg::RecipeChosen(bytes)));
        })
    };
    html! {
        <>
            <div class="bar">
                <Button id="mapping-take" kind={ButtonKind::Primary} disabled={preview.responses == 0}
                    on_press={does(page, ForeignMsg::Taken)}>
                    { t.mapping_take(&t.count(preview.responses)) }</Button>
                <Button id="keep-recipe" on_press={does(page, ForeignMsg::RecipeAsked)}>
                    { t.mapping_keep() }</Button>
                <Button id="mapping-close" kind={ButtonKind::Quiet}
                    on_press={does(page, ForeignMsg::Closed)}>{ t.mapping_close() }</Button>
                <Button id="mapping-drop" kind={ButtonKind::Quiet}
                    on_press={does(page, ForeignMsg::Dropped(preview.table))}>
                    { t.mapping_drop() }</Button>
            </div>
            <p class="muted small">{ t.mapping_keep_hint() }</p>
            <div class="bar">
                <label class="button file-button">{ t.mapping_open_recipe() }
                    <input type="file" id="recipe-file" onchange={on_recipe} />
                </label>
            </div>
        </>
    }
}
