//! Who asks and why, about how long it takes, and the drafts that wait on this device.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, ChoiceRow, Icon, IconName, TopBar, UpdateOffer};
use super::super::sends;
use super::delete_dialog::DeleteDialog;
use super::notice_in_words;
use crate::app::Msg;
use crate::app::draft::Draft;
use crate::app::kit::KitMsg;
use crate::browser::clock::{local_day_and_time, today};
use crate::browser::files;
use crate::domain::campaign::{Campaign, Phase};
use crate::domain::response::Mode;
use crate::text::Language;

/// The start of the respondent's side.
#[component]
pub(super) fn Welcome(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let points = [
        (IconName::Clock, kit.form().minutes.map(|minutes| t.welcome_minutes(&minutes))),
        (IconName::NoNetwork, Some(t.welcome_offline().to_owned())),
        (IconName::Check, Some(t.welcome_review().to_owned())),
    ];
    let points = points.into_iter().filter_map(|(icon, text)| {
        Some(html! { <li><Icon name={icon} /><span>{ text? }</span></li> })
    });
    let has_open = kit.open_drafts().next().is_some();
    html! {
        <div class="screen">
            <TopBar page={page.clone()} />
            <main>
                <UpdateOffer ..page.clone() />
                <h1 tabindex="-1" class="welcome-title">{ kit.form().title.get(&kit.words) }</h1>
                <p class="lead" id="who-asks">{ who_asks(t, &kit.campaign) }</p>
                if let Some(notice) = phase_in_words(t, &kit.campaign) {
                    <p id="phase" class="notice">{ notice }</p>
                }
                if kit.storage_refused {
                    <p class="warning" role="alert"><Icon name={IconName::Warning} />{ t.storage_refused() }</p>
                }
                if let Some(notice) = kit.notice {
                    <p id="notice" class="notice" role="status">{ notice_in_words(t, notice) }</p>
                }
                if let Some(helping) = kit.helping {
                    <p id="helping" class="notice">{ helping_in_words(t, helping.mode, kit.entered().count()) }</p>
                }
                { for kit.open_drafts().chain(kit.finished_drafts()).map(|draft| draft_card(page, draft)) }
                <ul class="points">{ for points }</ul>
                <OtherThings ..page.clone() />
            </main>
            <footer>
                <Button id="start" on_press={sends(send, KitMsg::StartAsked)}
                    kind={if has_open { ButtonKind::Plain } else { ButtonKind::Primary }}>
                    { if has_open { t.start_another() } else { t.start() } }
                </Button>
            </footer>
            <DeleteDialog ..page.clone() />
        </div>
    }
}

/// Who asks and why, in two sentences.
fn who_asks(t: Language, campaign: &Campaign) -> String {
    let Campaign { organiser, purpose, .. } = campaign;
    match (organiser.trim(), purpose.trim()) {
        ("", "") => t.welcome_lead().to_owned(),
        ("", purpose) => purpose.to_owned(),
        (organiser, "") => format!("{} {}", t.welcome_invites(&organiser), t.welcome_lead()),
        (organiser, purpose) => format!("{} {purpose}", t.welcome_invites(&organiser)),
    }
}

/// What to know where the campaign has not begun or is over; its days are the trainer's, so it can
/// be answered all the same.
fn phase_in_words(t: Language, campaign: &Campaign) -> Option<String> {
    match campaign.phase(&today()) {
        Phase::Open => None,
        Phase::NotYet => Some(t.welcome_not_yet(&t.day(&campaign.opens))),
        Phase::Over => Some(t.welcome_over(&t.day(&campaign.closes))),
    }
}

/// Whose answers are entered, and how many forms so far.
fn helping_in_words(t: Language, mode: Mode, entered: usize) -> String {
    let from = match mode {
        Mode::Paper => t.helping_paper(),
        Mode::Interview | Mode::Respondent => t.helping_interview(),
    };
    format!("{from} · {}", t.helping_entered(&entered))
}

/// A draft brought along in a file, and entering the answers of others.
#[component]
fn OtherThings(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let onchange = {
        let send = send.clone();
        files::on_one_chosen(move |_, bytes| send.emit(Msg::Kit(KitMsg::BackupChosen(bytes))))
    };
    let modes = [
        ("self", None, t.helping_nobody()),
        ("interview", Some(Mode::Interview), t.helping_interview()),
        ("paper", Some(Mode::Paper), t.helping_paper()),
    ];
    let modes = modes.into_iter().map(|(id, mode, label)| {
        let on_change = send.reform(move |_: bool| Msg::Kit(KitMsg::HelpingChosen(mode)));
        let checked = kit.helping.map(|helping| helping.mode) == mode;
        html! { <ChoiceRow id={format!("mode-{id}")} name="mode" {label} {checked} {on_change} /> }
    });
    html! {
        <details class="other-things">
            <summary id="other-things">{ t.other_things() }</summary>
            <label class="button file-button">{ t.open_backup() }
                <input type="file" id="backup-file" accept=".json,application/json" {onchange} />
            </label>
            <fieldset class="choices">
                <legend>{ t.helping_title() }</legend>
                { for modes }
            </fieldset>
        </details>
    }
}

/// A draft that waits on this device, open or handed in.
fn draft_card(page: &PageProps, draft: &Draft) -> Html {
    let t = page.model.language;
    let root = draft.root.clone();
    let (class, title, kind) = if draft.is_open() {
        ("draft", t.draft_open().to_owned(), ButtonKind::Primary)
    } else {
        ("draft done", t.draft_handed_in(&draft.revision), ButtonKind::Plain)
    };
    let (resume, backup) = if draft.is_open() {
        (t.resume(), t.save_backup())
    } else {
        (t.see_receipt(), t.save_copy())
    };
    html! {
        <section {class} key={root.clone()}>
            <p><strong>{ title }</strong></p>
            <p class="small muted">{ about(page, draft) }</p>
            if !draft.is_open() && !draft.is_delivered && draft.mode == Mode::Respondent {
                <p class="small undelivered">{ t.draft_undelivered() }</p>
            }
            <div class="draft-buttons">
                <Button id={format!("resume-{root}")} {kind}
                    on_press={sends(&page.send, KitMsg::ResumeAsked(root.clone()))}>{ resume }</Button>
                if draft.sealed.is_none() {
                    <Button id={format!("backup-{root}")} kind={ButtonKind::Quiet}
                        on_press={sends(&page.send, KitMsg::BackupAsked(root.clone()))}>{ backup }</Button>
                }
                <Button id={format!("delete-{root}")} kind={ButtonKind::Quiet}
                    on_press={sends(&page.send, KitMsg::DeleteAsked(root))}>{ t.delete() }</Button>
            </div>
        </section>
    }
}

fn about(page: &PageProps, draft: &Draft) -> String {
    let t = page.model.language;
    let kit = page.model.open_kit();
    let code = draft.handed_in.last().filter(|_| draft.sealed.is_some());
    let person = match code {
        Some(response) => format!("{} {}", t.receipt_code(), response.receipt()),
        None => draft.person(kit.form(), &kit.words),
    };
    let changed = t.changed_at(&local_day_and_time(draft.changed));
    if person.is_empty() { changed } else { format!("{person} · {changed}") }
}
