//! The lines of the table of responses; those in view come from the worker as one scrolls.

use yew::prelude::*;

use super::column_name;
use crate::app::Msg;
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::{RowColumn, RowShown};
use crate::browser::clock::local_day_and_time;
use crate::domain::form::Form;
use crate::domain::response::Mode;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;
use crate::ui::PageProps;
use crate::ui::part::lines::{room, use_lines};

/// The height of a line, in pixels; the styles have the same.
const LINE: i32 = 36;

/// The table.
#[component]
pub(super) fn ResponsesTable(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let table = &desk.review.table;
    let lines = use_lines(LINE);
    {
        let send = send.clone();
        use_effect_with((lines.first, lines.count), move |(first, count)| {
            send.emit(ReviewMsg::LinesSeen(*first, *count).into());
        });
    }
    let columns = table.columns(&desk.form);
    let all = table.counts.map_or(0, |(_, matching)| matching);
    let drawn = lines.of(all);
    let (before, after) = (drawn.start, all - drawn.end);
    let heads = columns.iter().map(|column| head(page, column));
    let rows = drawn.map(|at| match table.line(at) {
        Some(line) => row(page, &columns, line),
        None => html! { <tr key={at}><td colspan={columns.len().to_string()}>{ "…" }</td></tr> },
    });
    html! {
        <div class="responses" ref={lines.scroller} onscroll={lines.onscroll} tabindex="0" role="region"
            aria-label={t.responses_title()}>
            <table id="responses" aria-rowcount={all.to_string()}>
                <caption class="sr-only">{ t.responses_caption() }</caption>
                <thead><tr>{ for heads }</tr></thead>
                <tbody>
                    { room(before, LINE) }
                    { for rows }
                    { room(after, LINE) }
                </tbody>
            </table>
            if table.counts.is_some_and(|(_, matching)| matching == 0) {
                <p class="muted nobody">{ t.responses_none() }</p>
            }
        </div>
    }
}

fn head(page: &PageProps, column: &str) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let name = column_name(t, &desk.form, column);
    let sort = desk.review.table.sort.as_ref().filter(|(sorted, _)| sorted == column);
    let (aria, arrow) = match sort {
        Some((_, true)) => (Some("descending"), " ↓"),
        Some((_, false)) => (Some("ascending"), " ↑"),
        None => (None, ""),
    };
    let onclick = {
        let column = column.to_owned();
        send.reform(move |_: MouseEvent| Msg::from(ReviewMsg::Sorted(column.clone())))
    };
    html! {
        <th scope="col" aria-sort={aria} key={column.to_owned()}>
            <button type="button" id={format!("sort-{column}")} title={name.clone()} {onclick}>
                { name }{ arrow }</button>
        </th>
    }
}

fn row(page: &PageProps, columns: &[String], line: &RowShown) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    let open = {
        let root = line.root.clone();
        send.reform(move |_: MouseEvent| Msg::from(ReviewMsg::ResponseWanted(Some(root.clone()))))
    };
    let cells = columns.iter().zip(&line.cells).enumerate().map(|(at, (column, cell))| {
        let words = cell_in_words(t, form, column, cell);
        if at > 0 {
            return html! { <td title={words.clone()}>{ words }</td> };
        }
        // The line opens wherever it is pressed; by the keyboard, from here.
        html! {
            <th scope="row">
                <button type="button" id={format!("response-{}", line.root)} class="link">
                    { if words.is_empty() { "…".to_owned() } else { words } }</button>
                if !line.counts { <small class="mark">{ t.row_aside() }</small> }
                if line.is_changed { <small class="mark">{ t.row_changed() }</small> }
            </th>
        }
    });
    html! {
        <tr key={line.root.clone()} onclick={open} data-counts={line.counts.to_string()}>
            { for cells }
        </tr>
    }
}

fn cell_in_words(t: Language, form: &Form, column: &str, cell: &str) -> String {
    match RowColumn::named(column) {
        Some(RowColumn::Submitted) => {
            Timestamp::parse(cell).map_or(String::new(), local_day_and_time)
        }
        Some(RowColumn::Mode) => mode_in_words(t, cell).to_owned(),
        Some(_) => cell.to_owned(),
        None if cell.is_empty() => String::new(),
        None => t.answer_words(form, column, cell),
    }
}

fn mode_in_words(t: Language, word: &str) -> &'static str {
    match Mode::named(word) {
        Some(Mode::Interview) => t.mode_interview(),
        Some(Mode::Paper) => t.mode_paper(),
        Some(Mode::Respondent) | None => t.mode_self(),
    }
}
