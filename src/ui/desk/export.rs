//! Files out.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::{language_name, sends};
use crate::app::desk::DeskMsg;
use crate::app::desk::export::ExportMsg;
use crate::app::protocol::{Export, Job, Summary};
use crate::formats::book::BookNote;
use crate::formats::dataset_csv::{Arrangement, Several};
use crate::formats::table::Profile;

/// Each table in both profiles.
#[component]
pub(super) fn ExportStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let nobody = model.desk.summary.as_ref().is_none_or(Summary::has_nobody);
    let form = &model.desk.form;
    let rows = Export::all(form).into_iter().map(|export| {
        let (title, text) = match export {
            Export::Dataset => (t.export_dataset().to_owned(), t.export_dataset_text()),
            Export::Needs => (t.export_needs().to_owned(), t.export_needs_text()),
            Export::Tally => (t.export_tally().to_owned(), t.export_tally_text()),
            Export::Coverage => (t.export_coverage().to_owned(), t.export_coverage_text()),
            Export::Reminders => (t.export_reminders().to_owned(), t.export_reminders_text()),
            Export::Changes => (t.export_changes().to_owned(), t.export_changes_text()),
            Export::Package => (t.export_package().to_owned(), t.export_package_text()),
            Export::Kobo => (t.export_kobo().to_owned(), t.export_kobo_text()),
            Export::Odk => (t.export_odk().to_owned(), t.export_odk_text()),
            Export::Repeat(group) => {
                let label = form.groups().get(group).map(|group| group.label.get(t.code()));
                (t.export_repeat(&label.unwrap_or_default()), t.export_repeat_text())
            }
        };
        let word = export.file_stem(form);
        let ask = |profile| sends(send, ExportMsg::FileAsked(export, profile));
        html! {
            <section class="card export" key={word.clone()}>
                <div><h2>{ title }</h2><p class="muted">{ text }</p></div>
                <div class="bar">
                    if !export.is_for_programs_alone() {
                        <Button id={format!("export-{word}-excel")}
                            on_press={ask(Profile::Excel)}>{ t.for_excel() }</Button>
                    }
                    <Button id={format!("export-{word}")}
                        on_press={ask(Profile::Data)}>{ t.for_programs() }</Button>
                </div>
            </section>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.export_title() }</h1>
            <p class="lead">{ if nobody { t.needs_nobody() } else { t.export_lead() } }</p>
            { book(page) }
            { arrangement(page) }
            { for rows }
        </>
    }
}

/// The workbook of everything: what it holds, how far it is, and what it could not hold.
fn book(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, book) = (model.language, &model.desk.export);
    let notes = book.notes.iter().map(|told| {
        let words = match told {
            BookNote::TextsCut { sheet, texts } => t.book_texts_cut(sheet, &t.count(*texts)),
            BookNote::LeftOut { sheet, rows } => t.book_left_out(sheet, &t.count(*rows)),
            BookNote::GoesOn { sheet, sheets } => t.book_goes_on(sheet, sheets),
            BookNote::ColumnsLeftOut { sheet, columns } => {
                t.book_columns_left_out(sheet, &t.count(*columns))
            }
        };
        html! { <p class="notice">{ words }</p> }
    });
    html! {
        <section class="card export" aria-live="polite">
            <div><h2>{ t.book_title() }</h2><p class="muted">{ t.book_text() }</p>
                <div id="book-notes">
                    { for notes }
                    { for book.fault.as_ref().map(|reason| html! {
                        <p class="notice">{ t.book_failed(reason) }</p>
                    }) }
                </div>
            </div>
            <div class="bar">
                if let Some((done, total)) = book.writing {
                    <p>{ t.book_progress(&t.count(done), &t.count(total)) }</p>
                    <progress id="book-progress" max={total.to_string()} value={done.to_string()}></progress>
                    <Button id="stop-book" on_press={sends(send, DeskMsg::CancelAsked(Job::Book))}>{ t.cancel() }</Button>
                } else {
                    <Button id="save-book"
                        on_press={sends(send, ExportMsg::BookAsked)}>{ t.book_save() }</Button>
                }
            </div>
        </section>
    }
}

/// How the answers stand in the dataset's file.
fn arrangement(page: &PageProps) -> Html {
    let (t, arrangement) = (page.model.language, page.model.desk.export.arrangement);
    let form = &page.model.desk.form;
    let send = page.send.clone();
    let on_nameless = Callback::from(move |event: Event| {
        let is_nameless = event.target_unchecked_into::<HtmlInputElement>().checked();
        send.emit(ExportMsg::Arranged(Arrangement { is_nameless, ..arrangement }).into());
    });
    let choices = [
        (Several::Together, "several-together", t.several_together()),
        (Several::Apart, "several-apart", t.several_apart()),
        (Several::Both, "several-both", t.several_both()),
    ];
    let chip = |id: String, name: &str, wanted: Arrangement| {
        let pressed = (wanted == arrangement).to_string();
        let press = sends(&page.send, ExportMsg::Arranged(wanted));
        let onclick = press.reform(|_: MouseEvent| ());
        html! {
            <button type="button" {id} class="chip" aria-pressed={pressed} {onclick}>{ name }</button>
        }
    };
    let choices = choices.map(|(several, id, name)| {
        chip(id.to_owned(), name, Arrangement { several, ..arrangement })
    });
    let with_labels = |at: usize, code: &str| {
        // What the screens speak is chosen as long as nothing else is.
        let is_chosen = arrangement.label_language(form, t.code()) == code;
        let labels = if is_chosen { arrangement.labels } else { Some(at) };
        Arrangement { labels, ..arrangement }
    };
    let languages = form.languages.iter().enumerate().map(|(at, code)| {
        chip(format!("labels-{code}"), language_name(form, code), with_labels(at, code))
    });
    html! {
        <section class="part">
            <div class="bar" role="group" aria-label={t.several_title()}>
                <span>{ t.several_title() }</span>
                { for choices }
            </div>
            if form.languages.len() > 1 {
                <div class="bar" role="group" aria-label={t.labels_title()}>
                    <span>{ t.labels_title() }</span>
                    { for languages }
                </div>
            }
            <label class="asked">
                <input type="checkbox" id="nameless" checked={arrangement.is_nameless} onchange={on_nameless} />
                { t.nameless() }
            </label>
        </section>
    }
}
