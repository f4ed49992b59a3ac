//! Backups, and deleting everything.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, Dialog};
use super::super::sends;
use super::encryption::PassphraseForm;
use crate::app::Msg;
use crate::app::backup::BackupFault;
use crate::app::desk::safety::SafetyMsg;
use crate::app::keys::{LEAST_PASSPHRASE, PassphraseFault, passphrase_fault};
use crate::app::route::{Route, Step};
use crate::browser::clock::{local_day_and_time, now};
use crate::browser::files;
use crate::text::Language;

/// Saving everything as one file, opening such a file, and deleting everything.
#[component]
pub(super) fn SafetyStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, safety) = (model.language, &model.desk.safety);
    let last = match safety.last {
        Some(last) => t.backup_last(&local_day_and_time(last)),
        None => t.backup_never().to_owned(),
    };
    let on_chosen = {
        let send = send.clone();
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>()
                && files::hold_chosen(&input) > 0
            {
                send.emit(SafetyMsg::FileChosen.into());
            }
        }
    };
    let on_passphrase = send.reform(|typed| Msg::from(SafetyMsg::PassphraseGiven(typed)));
    html! {
        <>
            <h1 tabindex="-1">{ t.safety_title() }</h1>
            <p class="lead" id="backup-last">{ last }</p>
            if let Some(fault) = &safety.fault {
                <p class="fault" id="backup-fault" role="alert">{ fault_in_words(t, fault) }</p>
            }
            if safety.is_busy { <p role="status" class="muted">{ t.keys_working() }</p> }
            <section class="card">
                <h2>{ t.backup_title() }</h2>
                <p class="muted">{ t.backup_text() }</p>
                <BackupForm ..page.clone() />
            </section>
            <section class="card">
                <h2>{ t.restore_title() }</h2>
                <p class="muted">{ t.restore_text() }</p>
                if let Some(done) = safety.restored {
                    <p class="notice" id="restored" role="status">
                        { t.restored(&t.count(done.campaigns), &t.count(done.responses), &t.count(done.changes)) }</p>
                }
                if safety.needs_passphrase {
                    <p>{ t.restore_passphrase() }</p>
                    <PassphraseForm id="backup" {t} is_busy={safety.is_busy} on_given={on_passphrase} />
                    <Button id="give-up-backup" kind={ButtonKind::Quiet}
                        on_press={sends(send, SafetyMsg::FileGivenUp)}>{ t.give_up() }</Button>
                } else {
                    <div class="bar">
                        <label class="button file-button">{ t.restore_choose() }
                            <input type="file" id="backup-file" disabled={safety.is_busy} onchange={on_chosen} />
                        </label>
                    </div>
                }
            </section>
            <section class="card">
                <h2>{ t.delete_all_title() }</h2>
                <p class="muted">{ t.delete_all_text() }</p>
                if let Some(done) = safety.deleted {
                    <p class="notice" id="all-deleted" role="status">
                        { t.all_deleted(&t.count(done.campaigns), &t.count(done.responses),
                            &t.count(done.drafts), &t.count(done.keys)) }</p>
                }
                <div class="bar">
                    <Button id="delete-all" kind={ButtonKind::Danger}
                        on_press={sends(send, SafetyMsg::DeleteAsked)}>{ t.delete_all() }</Button>
                </div>
            </section>
            if safety.deleting {
                <Dialog title={t.delete_all_title()} text={t.delete_all_sure()} yes={t.delete_all()} no={t.keep()}
                    on_answer={send.reform(|yes| Msg::from(SafetyMsg::DeleteAnswered(yes)))} />
            }
        </>
    }
}

/// That it is time for a backup; nothing while there is nothing to lose.
#[component]
pub(super) fn BackupReminder(page: &PageProps) -> Html {
    let desk = &page.model.desk;
    let t = page.model.language;
    let has_responses = desk.summary.as_ref().is_some_and(|summary| !summary.has_nobody());
    if !has_responses || !desk.safety.is_due(now()) {
        return Html::default();
    }
    let last = match desk.safety.last {
        Some(last) => t.backup_last(&local_day_and_time(last)),
        None => t.backup_never().to_owned(),
    };
    html! {
        <p class="notice" id="backup-due">
            { last }{ " " }
            <a href={Route::desk(Step::Safety).to_string()}>{ t.backup_go() }</a>
        </p>
    }
}

/// The button, and a pass-phrase for those who want one.
#[component]
fn BackupForm(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let (first, again) = (use_state(String::new), use_state(String::new));
    let fault = use_state_eq(|| None::<PassphraseFault>);
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                into.set(input.value());
            }
        }
    };
    let on_press = {
        let (send, first, again, fault) =
            (send.clone(), first.clone(), again.clone(), fault.clone());
        Callback::from(move |()| {
            let is_open = first.is_empty() && again.is_empty();
            let found = if is_open { None } else { passphrase_fault(&first, &again) };
            fault.set(found);
            if found.is_none() {
                let passphrase = (!is_open).then(|| (*first).clone());
                send.emit(SafetyMsg::BackupAsked(passphrase).into());
            }
        })
    };
    let fault = fault.map(|fault| match fault {
        PassphraseFault::TooShort => t.keys_too_short(&LEAST_PASSPHRASE),
        PassphraseFault::Differs => t.keys_differ().to_owned(),
    });
    html! {
        <>
            <details class="folded" id="backup-protect">
                <summary>{ t.backup_protect() }</summary>
                <p class="muted small">{ t.backup_protect_text() }</p>
                <div class="passphrase">
                    <label>{ t.keys_new_passphrase(&LEAST_PASSPHRASE) }
                        <input type="password" id="backup-passphrase" class="field" autocomplete="new-password"
                            value={(*first).clone()} oninput={typed(&first)} />
                    </label>
                    <label>{ t.keys_again() }
                        <input type="password" id="backup-again" class="field" autocomplete="new-password"
                            value={(*again).clone()} oninput={typed(&again)} />
                    </label>
                </div>
                <p class="fault" id="backup-passphrase-fault" role="alert">{ fault }</p>
            </details>
            <div class="bar">
                <Button id="back-up" kind={ButtonKind::Primary} disabled={model.desk.safety.is_busy} {on_press}>
                    { t.backup_make() }</Button>
            </div>
        </>
    }
}

fn fault_in_words(t: Language, fault: &BackupFault) -> String {
    match fault {
        BackupFault::Damaged => t.backup_damaged().to_owned(),
        BackupFault::Newer(version) => t.backup_newer(version),
        BackupFault::Encrypted(fault) => t.encryption_fault(fault),
        BackupFault::Refused(reason) => t.backup_refused(reason),
    }
}
