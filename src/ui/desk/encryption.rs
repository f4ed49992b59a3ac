//! Keys: which is open, opening one, and making one.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, Icon, IconName};
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::keys::passphrase_fault;
use crate::app::keys::{KeyRing, Keys, KeysMsg, LEAST_PASSPHRASE, NewKey, PassphraseFault};
use crate::browser::files;
use crate::text::Language;

/// The keys of the desk. It stays folded until something waits for a key.
#[component]
pub(super) fn Encryption(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let keys = &desk.keys;
    let send = send.reform(|msg: KeysMsg| Msg::Desk(DeskMsg::Keys(msg)));
    let waiting = desk.reports.iter().filter(|report| report.waits_for_key()).count();
    let is_in_use =
        waiting > 0 || keys.ring.as_ref().is_some_and(|ring| *ring != KeyRing::default());
    html! {
        <details id="encryption" class="card keys" open={is_in_use || keys.is_making}>
            <summary id="show-encryption"><h2>{ t.keys_title() }</h2></summary>
            if waiting > 0 {
                <p class="warning" role="status"><Icon name={IconName::Warning} />{ t.keys_waiting(&waiting) }</p>
            }
            { state(t, keys, &send) }
            if let Some(fault) = &keys.fault {
                <p id="key-fault" class="fault" role="alert">{ t.encryption_fault(fault) }</p>
            }
            if keys.is_busy {
                <p id="keys-busy" class="muted" role="status">{ t.keys_working() }</p>
            }
            if let Some((new, is_saved)) = &keys.new {
                { new_key(t, new, *is_saved, &send) }
            } else if keys.is_making {
                <NewKeyForm {t} is_busy={keys.is_busy} send={send.clone()} />
            } else if keys.waiting_file.is_some() {
                <p>{ t.keys_file_has_passphrase() }</p>
                <PassphraseForm id="file" {t} is_busy={keys.is_busy}
                    on_given={send.reform(KeysMsg::FilePassphraseGiven)} />
                <Button id="give-up-key-file" kind={ButtonKind::Quiet}
                    on_press={send.reform(|()| KeysMsg::FileGivenUp)}>{ t.cancel() }</Button>
            } else {
                { ways(t, keys, &send) }
            }
        </details>
    }
}

/// Which keys are open, and which could be.
fn state(t: Language, keys: &Keys, send: &Callback<KeysMsg>) -> Html {
    let Some(ring) = &keys.ring else { return html! { <p class="muted">{ "…" }</p> } };
    let closed = ring.kept.iter().filter(|key| !ring.open.contains(key));
    let closed = closed.map(|key| {
        let public_key = key.clone();
        let on_given = send.reform(move |passphrase| KeysMsg::KeptPassphraseGiven {
            public_key: public_key.clone(),
            passphrase,
        });
        html! {
            <li>
                <p>{ t.keys_kept() }<code>{ key }</code></p>
                <PassphraseForm id={key.clone()} {t} is_busy={keys.is_busy} {on_given} />
            </li>
        }
    });
    html! {
        <>
            if ring.open.is_empty() {
                <p id="no-open-key">{ t.keys_none_open() }</p>
            } else {
                <ul id="open-keys">
                    { for ring.open.iter().map(|key| html! {
                        <li><p>{ t.keys_open() }<code>{ key }</code></p></li>
                    }) }
                </ul>
                <Button id="close-keys" disabled={keys.is_busy}
                    on_press={send.reform(|()| KeysMsg::CloseAsked)}>{ t.keys_close() }</Button>
            }
            <ul id="closed-keys">{ for closed }</ul>
        </>
    }
}

/// How to come by a key.
fn ways(t: Language, keys: &Keys, send: &Callback<KeysMsg>) -> Html {
    let on_chosen = {
        let send = send.clone();
        files::on_one_chosen(move |_, bytes| send.emit(KeysMsg::FileChosen(bytes)))
    };
    html! {
        <div class="bar">
            <label class="button file-button">{ t.keys_open_file() }
                <input type="file" id="key-file" disabled={keys.is_busy} onchange={on_chosen} />
            </label>
            <Button id="make-key" disabled={keys.is_busy}
                on_press={send.reform(|()| KeysMsg::MakeAsked)}>{ t.keys_make() }</Button>
        </div>
    }
}

/// The key that was just made: this is the only time that its secret half is on the screen.
fn new_key(t: Language, new: &NewKey, is_saved: bool, send: &Callback<KeysMsg>) -> Html {
    html! {
        <section id="new-key" aria-live="polite">
            <h3>{ t.keys_made() }</h3>
            <p>{ t.keys_public() }<code id="new-public-key">{ &new.public_key }</code></p>
            if !new.is_kept {
                <p class="warning"><Icon name={IconName::Warning} />{ t.keys_not_kept() }</p>
            }
            <p class="warning"><Icon name={IconName::Warning} />{ t.keys_shown_once() }</p>
            <pre id="new-key-file" aria-label={t.keys_file()}>{ &new.file }</pre>
            <div class="bar">
                <Button id="save-key" kind={if is_saved { ButtonKind::Plain } else { ButtonKind::Primary }}
                    on_press={send.reform(|()| KeysMsg::SaveAsked)}>{ t.keys_save() }</Button>
                <Button id="put-key-away" disabled={!is_saved}
                    kind={if is_saved { ButtonKind::Primary } else { ButtonKind::Plain }}
                    on_press={send.reform(|()| KeysMsg::PutAway)}>{ t.keys_put_away() }</Button>
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct PassphraseProps {
    pub id: AttrValue,
    pub t: Language,
    pub is_busy: bool,
    pub on_given: Callback<String>,
}

/// One pass-phrase, to open something.
#[component]
pub(super) fn PassphraseForm(props: &PassphraseProps) -> Html {
    let PassphraseProps { id, t, is_busy, on_given } = props;
    let field = use_node_ref();
    let onsubmit = {
        let (field, on_given) = (field.clone(), on_given.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let typed = typed(&field);
            if !typed.is_empty() {
                on_given.emit(typed);
            }
        }
    };
    html! {
        <form class="passphrase" {onsubmit}>
            <label>{ t.keys_passphrase() }
                <input ref={field} type="password" id={format!("passphrase-{id}")} class="field"
                    autocomplete="off" />
            </label>
            <Button id={format!("unlock-{id}")} is_submit=true disabled={*is_busy}
                on_press={Callback::noop()}>{ t.keys_unlock() }</Button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct NewKeyProps {
    t: Language,
    is_busy: bool,
    send: Callback<KeysMsg>,
}

/// What a key is and what losing it means, before there is one; and its pass-phrase, twice.
#[component]
fn NewKeyForm(props: &NewKeyProps) -> Html {
    let NewKeyProps { t, is_busy, send } = props;
    let (first, again) = (use_node_ref(), use_node_ref());
    let fault = use_state_eq(|| None);
    let onsubmit = {
        let (first, again, fault, send) =
            (first.clone(), again.clone(), fault.clone(), send.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let passphrase = typed(&first);
            let found = passphrase_fault(&passphrase, &typed(&again));
            fault.set(found);
            if found.is_none() {
                send.emit(KeysMsg::PassphraseChosen(passphrase));
            }
        }
    };
    let fault = fault.map(|fault| match fault {
        PassphraseFault::TooShort => t.keys_too_short(&LEAST_PASSPHRASE),
        PassphraseFault::Differs => t.keys_differ().to_owned(),
    });
    html! {
        <form id="new-key-form" class="stack" {onsubmit}>
            <p>{ t.keys_about() }</p>
            <p>{ t.keys_two_ways() }</p>
            <p class="warning"><Icon name={IconName::Warning} />{ t.keys_loss() }</p>
            <label>{ t.keys_new_passphrase(&LEAST_PASSPHRASE) }
                <input ref={first} type="password" id="new-passphrase" class="field"
                    autocomplete="new-password" aria-describedby="passphrase-fault" />
            </label>
            <label>{ t.keys_again() }
                <input ref={again} type="password" id="new-passphrase-again" class="field"
                    autocomplete="new-password" aria-describedby="passphrase-fault" />
            </label>
            <p id="passphrase-fault" class="fault" role="alert">{ fault }</p>
            <div class="bar">
                <Button id="make-key-now" kind={ButtonKind::Primary} is_submit=true disabled={*is_busy}
                    on_press={Callback::noop()}>{ t.keys_make_now() }</Button>
                <Button id="give-up-key" kind={ButtonKind::Quiet} disabled={*is_busy}
                    on_press={send.reform(|()| KeysMsg::MakeGivenUp)}>{ t.cancel() }</Button>
            </div>
        </form>
    }
}

fn typed(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map_or(String::new(), |input| input.value())
}
