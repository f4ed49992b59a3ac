//! Responses in: any number of files at once, each taken or refused with its reason.

use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, Dialog};
use super::super::sends;
use super::encryption::Encryption;
use super::mapping;
use super::receiving::Receiving;
use super::safety::BackupReminder;
use crate::app::Msg;
use crate::app::desk::review::ReviewMsg;
use crate::app::desk::{DeskMsg, Importing};
use crate::app::protocol::{FileReport, Job, ReceivedTally};
use crate::browser::clock::local_day_and_time;
use crate::browser::files;
use crate::text::Language;

/// Files shown in the list; of more, the counts above tell.
const SHOWN: usize = 200;

/// Reasons shown for one file; of more, their number is told.
const REASONS: usize = 20;

/// Dropping and choosing files, and what became of them.
#[component]
pub(super) fn CollectStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    if let Some(table) = &desk.foreign.open {
        return mapping::mapping(page, table);
    }
    let summary = desk.summary.clone().unwrap_or_default();
    let number = |number| if desk.summary.is_some() { t.count(number) } else { "…".to_owned() };
    let on_chosen = {
        let send = send.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let chosen = files::hold_chosen(&input);
                send.emit(Msg::Desk(DeskMsg::FilesChosen(chosen)));
            }
        })
    };
    let on_drop = {
        let send = send.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            let send = send.clone();
            files::hold_dropped(&event, move |dropped| {
                send.emit(Msg::Desk(DeskMsg::FilesChosen(dropped)));
            });
        })
    };
    let on_drag_over = Callback::from(|event: DragEvent| event.prevent_default());
    let facts = [
        ("fact-people", summary.people, t.fact_people()),
        ("fact-files", summary.files, t.fact_files()),
        ("fact-revisions", summary.revisions, t.fact_revisions()),
        ("fact-edited", summary.edited, t.fact_edited()),
    ];
    let facts = facts.into_iter().map(|(id, count, name)| {
        html! { <div><b {id} class="num">{ number(count) }</b>{ name }</div> }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.collect_title() }</h1>
            <p class="lead">{ t.collect_lead(&desk.form.title.get(t.code())) }</p>
            <div class="facts">{ for facts }</div>
            <BackupReminder ..page.clone() />
            if let Some(import) = desk.importing {
                <section class="card" aria-live="polite">
                    <p>{ t.import_progress(&t.count(import.done), &t.count(import.total), &t.count(import.responses)) }
                        { " " }{ import_bytes(t, import) }</p>
                    <progress id="import-progress" max="1" value={import.share().to_string()}></progress>
                    <Button id="cancel-import" on_press={sends(send, DeskMsg::CancelAsked(Job::Import))}>{ t.cancel() }</Button>
                </section>
            } else {
                <div class="drop" id="drop" ondrop={on_drop} ondragover={on_drag_over}>
                    <p>{ t.drop_here() }</p>
                    <div class="bar">
                        <label class="button file-button primary">{ t.choose_files() }
                            <input type="file" id="response-files" multiple=true onchange={on_chosen.clone()} />
                        </label>
                        <label class="button file-button">{ t.choose_folder() }
                            <input type="file" id="response-folder" webkitdirectory=true multiple=true
                                onchange={on_chosen} />
                        </label>
                    </div>
                </div>
                <Receiving ..page.clone() />
            }
            { mapping::asked(page) }
            if !desk.reports.is_empty() { { reports(t, &desk.reports) } }
            if summary.can_undo && desk.importing.is_none() {
                <div class="bar">
                    <Button id="undo-import" on_press={sends(send, ReviewMsg::UndoAsked)}>{ t.undo_import() }</Button>
                </div>
            }
            { received(page, &summary.received) }
            <Encryption ..page.clone() />
            if !summary.has_nobody() {
                <div class="bar">
                    <Button id="empty" kind={ButtonKind::Quiet} on_press={sends(send, DeskMsg::EmptyAsked)}>
                        { t.empty() }</Button>
                </div>
            }
            if desk.emptying {
                <Dialog title={t.empty_title()} text={t.empty_text(&t.count(summary.people))}
                    yes={t.empty_yes()} no={t.keep()}
                    on_answer={send.reform(|yes| Msg::Desk(DeskMsg::EmptyAnswered(yes)))} />
            }
        </>
    }
}

/// How much of a large file is read.
fn import_bytes(t: Language, import: Importing) -> String {
    let [read, size] = import.bytes.map(|bytes| t.number_of(bytes.div_ceil(1024 * 1024)));
    if import.bytes == [0; 2] { String::new() } else { t.import_bytes(&read, &size) }
}

/// The tallies of other desks that count.
fn received(page: &PageProps, received: &[ReceivedTally]) -> Html {
    if received.is_empty() {
        return Html::default();
    }
    let (t, send) = (page.model.language, &page.send);
    let people = received.iter().map(|tally| tally.people).sum::<u64>();
    let lines = received.iter().map(|tally| {
        let desk = tally.desk.clone();
        let on_drop = send.reform(move |()| Msg::Desk(DeskMsg::TallyDropped(desk.clone())));
        html! {
            <li class="received">
                <div>
                    <p><strong>{ &tally.source }</strong></p>
                    <p class="muted small">{ t.received_one(&t.number_of(tally.people), &local_day_and_time(tally.made)) }
                        if tally.hides { { " " }{ t.received_hides() } }</p>
                </div>
                <Button id={format!("received-drop-{}", tally.desk)} kind={ButtonKind::Quiet} on_press={on_drop}>
                    { t.received_drop() }<span class="sr-only">{ " " }{ &tally.source }</span></Button>
            </li>
        }
    });
    html! {
        <section class="card" id="received">
            <h2>{ t.received_title(&t.count(received.len()), &t.number_of(people)) }</h2>
            <p class="muted small">{ t.received_text() }</p>
            <ul>{ for lines }</ul>
        </section>
    }
}

fn reports(t: Language, reports: &[FileReport]) -> Html {
    let sum = |count: fn(&FileReport) -> usize| t.count(reports.iter().map(count).sum());
    let totals = [
        (t.taken_new(), sum(|r| r.new)),
        (t.taken_newer(), sum(|r| r.newer)),
        (t.taken_older(), sum(|r| r.older)),
        (t.taken_already(), sum(|r| r.already_there)),
        (t.taken_differing(), sum(|r| r.differing)),
        (t.refused(), sum(|r| r.problems.len())),
    ];
    let totals = totals
        .iter()
        .map(|(name, count)| html! { <li>{ *name }{ " " }<b class="num">{ count }</b></li> });
    // What needs a look comes first.
    let mut sorted: Vec<&FileReport> = reports.iter().collect();
    sorted.sort_by_key(|report| {
        (report.problems.is_empty(), report.asked.is_none(), report.differing == 0)
    });
    html! {
        <section class="reports" aria-live="polite">
            <h2>{ t.reports_title(&t.count(reports.len())) }</h2>
            <ul class="totals" id="import-totals">{ for totals }</ul>
            <ul class="files" id="import-files">
                { for sorted.iter().take(SHOWN).map(|report| file_report(t, report)) }
            </ul>
            if reports.len() > SHOWN {
                <p class="muted small">{ t.reports_more(&t.count(reports.len() - SHOWN)) }</p>
            }
        </section>
    }
}

pub(super) fn file_report(t: Language, report: &FileReport) -> Html {
    let taken = [
        (t.taken_new(), report.new),
        (t.taken_newer(), report.newer),
        (t.taken_older(), report.older),
        (t.taken_already(), report.already_there),
        (t.taken_differing(), report.differing),
        (t.edited_by_hand(), report.edited),
    ];
    let counts = taken.into_iter().filter(|(_, count)| *count > 0);
    let taken: Vec<String> = counts
        .map(|(name, count)| format!("{name} {}", t.count(count)))
        .chain((report.left_empty > 0).then(|| t.cells_left_empty(&t.count(report.left_empty))))
        .chain(
            report
                .tally
                .map(|tally| t.tally_taken(&t.taken(tally.taken), &t.number_of(tally.people))),
        )
        .chain(report.asked.map(|_| t.asked_waits().to_owned()))
        .chain(report.receipt.as_ref().map(|code| format!("{} {code}", t.receipt_code())))
        .collect();
    let (class, mark) = match (report.problems.is_empty(), report.asked) {
        (true, None) => ("file", "✓"),
        (true, Some(_)) => ("file", "?"),
        (false, _) => ("file bad", "!"),
    };
    html! {
        <li {class}>
            <span class="mark" aria-hidden="true">{ mark }</span>
            <div>
                <p><strong>{ &report.file }</strong>{ " " }<span class="muted">{ taken.join(" · ") }</span></p>
                { for report.problems.iter().take(REASONS).map(|problem| {
                    html! { <p class="reason">{ t.why_refused(problem) }</p> }
                }) }
                if report.problems.len() > REASONS {
                    <p class="reason">{ t.refused_more(&t.count(report.problems.len() - REASONS)) }</p>
                }
                if !report.unknown_columns.is_empty() {
                    <p class="muted small">{ t.unknown_columns(&report.unknown_columns.join(", ")) }</p>
                }
            </div>
        </li>
    }
}
