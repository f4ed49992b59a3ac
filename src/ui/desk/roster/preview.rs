//! A file before it is taken: what its columns say, its first units, what is to be decided.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::roster_msg;
use crate::app::desk::roster::{PostLabels, RosterMsg};
use crate::app::protocol::RosterPreview;
use crate::domain::roster::Side;
use crate::domain::roster::columns::ColumnUse;
use crate::domain::roster::importing::{ImportSettings, UnitQuestion, UnitsWanted};
use crate::ui::PageProps;
use crate::ui::part::ChoiceRow;

/// The most faults and questions that are listed.
const LISTED: usize = 100;

pub(super) fn preview(page: &PageProps, preview: &RosterPreview, labels: &PostLabels) -> Html {
    let t = page.model.language;
    let RosterPreview { settings, first, .. } = preview;
    let wanted = UnitsWanted::ALL.into_iter().enumerate().map(|(at, units)| {
        let on_change =
            page.send.reform(move |_: bool| roster_msg(RosterMsg::UnitsWantedChosen(units)));
        html! {
            <ChoiceRow id={format!("units-wanted-{at}")} name="units-wanted"
                label={t.units_wanted_as(units)} checked={settings.units == units} {on_change} />
        }
    });
    let questions = first.questions.iter().take(LISTED);
    let questions = questions.map(|question| self::question(page, question, settings));
    let faults = first.faults.iter().take(LISTED);
    let faults = faults.map(|fault| html! { <li>{ t.import_fault(fault) }</li> });
    let more = first.faults.len().saturating_sub(LISTED);
    html! {
        <>
            <h2>{ t.preview_of(&preview.file, &preview.sheet) }</h2>
            <p id="preview-counts" class="num">
                { t.preview_counts(&t.count(preview.rows), &t.count(preview.units)) }</p>
            <details open=true>
                <summary>{ t.preview_columns() }</summary>
                { columns(page, preview, labels) }
            </details>
            <fieldset class="choices">
                <legend>{ t.units_wanted() }</legend>
                { for wanted }
            </fieldset>
            if !first.questions.is_empty() {
                <section id="unit-questions">
                    <h3>{ t.preview_questions(&t.count(first.questions.len())) }</h3>
                    { for questions }
                </section>
            }
            if !first.faults.is_empty() {
                <details id="import-faults">
                    <summary>{ t.preview_faults(&t.count(first.faults.len())) }</summary>
                    <ul class="problems">
                        { for faults }
                        if more > 0 { <li>{ t.preview_more(&t.count(more)) }</li> }
                    </ul>
                </details>
            }
            { first_units(page, preview, labels) }
        </>
    }
}

/// Every column with its use, which can be changed.
fn columns(page: &PageProps, preview: &RosterPreview, labels: &PostLabels) -> Html {
    let t = page.model.language;
    let people = labels
        .all()
        .flat_map(|(name, _)| Side::ALL.map(|side| ColumnUse::People(name.to_owned(), side)));
    let uses: Vec<ColumnUse> =
        std::iter::once(ColumnUse::Nothing).chain(ColumnUse::OF_UNITS).chain(people).collect();
    let rows = preview.columns.iter().zip(&preview.settings.columns).enumerate();
    let rows = rows.map(|(at, ((heading, examples), used))| {
        let options = uses.iter().enumerate().map(|(number, column)| {
            html! {
                <option value={number.to_string()} selected={column == used}>
                    { t.column_use(column, |post| labels.label(post)) }
                </option>
            }
        });
        let onchange = {
            let (uses, send) = (uses.clone(), page.send.clone());
            move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                let chosen = select.and_then(|select| select.value().parse::<usize>().ok());
                if let Some(column) = chosen.and_then(|number| uses.get(number)) {
                    send.emit(roster_msg(RosterMsg::ColumnChosen(at, column.clone())));
                }
            }
        };
        html! {
            <tr>
                <th scope="row">{ heading }</th>
                <td class="muted">{ examples.join(" · ") }</td>
                <td><select class="field" id={format!("column-{at}")}
                    aria-label={format!("{}: {heading}", t.preview_use())} {onchange}>
                    { for options }</select></td>
            </tr>
        }
    });
    html! {
        <div class="table-scroll">
            <table class="plain">
                <thead><tr><th>{ t.preview_heading() }</th><th>{ t.preview_examples() }</th>
                    <th>{ t.preview_use() }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// A line that may mean several units.
fn question(page: &PageProps, question: &UnitQuestion, settings: &ImportSettings) -> Html {
    let t = page.model.language;
    let line = question.line;
    let answer = settings.answers.get(&line);
    let option = |value: &str, label: &str, selected: bool| {
        html! { <option value={value.to_owned()} {selected}>{ label }</option> }
    };
    let offered = question.offered.iter().map(|(code, name)| {
        option(code, name, answer.is_some_and(|answer| answer.as_ref() == Some(code)))
    });
    let onchange = page.send.reform(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let answer = match select.map(|select| select.value()).unwrap_or_default().as_str() {
            "?" => None,
            "" => Some(None),
            code => Some(Some(code.to_owned())),
        };
        roster_msg(RosterMsg::Answered(line, answer))
    });
    let id = format!("question-{line}");
    let written = [&question.written.name, &question.written.district, &question.written.code];
    let written: Vec<&str> =
        written.into_iter().map(String::as_str).filter(|part| !part.is_empty()).take(2).collect();
    html! {
        <div class="unit-question">
            <label for={id.clone()}>{ t.preview_question(&line, &written.join(", ")) }</label>
            <select class="field" {id} {onchange}>
                { option("?", t.question_open(), answer.is_none()) }
                { for offered }
                { option("", t.question_leave_out(), answer == Some(&None)) }
            </select>
        </div>
    }
}

/// The first units as they will be.
fn first_units(page: &PageProps, preview: &RosterPreview, labels: &PostLabels) -> Html {
    let t = page.model.language;
    let roster = &preview.first.roster;
    if roster.units.is_empty() {
        return Html::default();
    }
    let posts = roster.posts.iter().map(|post| {
        html! { <th colspan="2">{ labels.label(&post.name) }</th> }
    });
    let sides = roster
        .posts
        .iter()
        .flat_map(|_| Side::ALL.map(|side| html! { <th class="num">{ t.side(side) }</th> }));
    let rows = roster.units.iter().enumerate().map(|(at, unit)| {
        let line = preview.first.lines.get(at).copied().unwrap_or_default();
        let cells = (0..roster.posts.len()).flat_map(|post| {
            Side::ALL.map(|side| {
                let people = roster.places(at, post).get(side);
                html! { <td class="num">{ people.map(|people| people.to_string()).unwrap_or_default() }</td> }
            })
        });
        html! {
            <tr>
                <td class="num muted">{ line }</td>
                <th scope="row">{ &unit.name }</th>
                <td class="num">{ &unit.code }</td>
                <td>{ roster.province_name(at) }</td>
                { for cells }
            </tr>
        }
    });
    html! {
        <>
            <h3>{ t.preview_first(&roster.units.len()) }</h3>
            <div class="table-scroll">
                <table class="plain" id="preview-units">
                    <thead>
                        <tr><th rowspan="2">{ t.preview_line() }</th>
                            <th rowspan="2">{ t.roster_unit() }</th>
                            <th rowspan="2">{ t.roster_code() }</th>
                            <th rowspan="2">{ t.use_province() }</th>{ for posts }</tr>
                        <tr>{ for sides }</tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}
