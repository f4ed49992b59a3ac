//! What was handed in, and that the file still has to reach the trainer.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, ChoiceRow, Icon, IconName, TopBar, UpdateOffer};
use super::super::sends;
use super::codes::CodesDialog;
use super::delete_dialog::DeleteDialog;
use super::notice_in_words;
use super::own_answers::{OWN_ANSWERS, OwnAnswers};
use super::own_picture::OwnPictureSection;
use super::saved_line::SavedLine;
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::app::route::{Place, Route};
use crate::browser::clock::local_day_and_time;
use crate::browser::handing_over::can_share;

/// The receipt of the revision that was handed in last.
#[component]
pub(super) fn Receipt(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let (Some(filling), Some(response)) = (&kit.filling, kit.handed_in()) else {
        return Html::default();
    };
    let root = filling.draft.root.clone();
    let when = response.submitted.map_or(String::new(), local_day_and_time);
    let to_welcome = match model.route {
        Route::Preview(_) => Route::Preview(Place::Welcome),
        _ => Route::Answer(Place::Welcome),
    };
    let is_sealed = filling.draft.sealed.is_some();
    let is_delivered = filling.draft.is_delivered;
    let on_change = send.reform(|done| Msg::Kit(KitMsg::DeliveryConfirmed(done)));
    let helping = kit.helping.map(|helping| {
        let entered = kit.entered().count();
        let on_change = send.reform(|same| Msg::Kit(KitMsg::SameUnitChosen(same)));
        html! {
            <section class="card helping">
                <p id="entered"><strong>{ t.helping_entered(&entered) }</strong></p>
                if !kit.encrypts() {
                    <ChoiceRow id="same-unit" name="same-unit" is_box=true checked={helping.same_unit}
                        label={t.helping_same_unit()} {on_change} />
                }
                <Button id="next-person" kind={ButtonKind::Primary}
                    on_press={sends(send, KitMsg::StartAsked)}>{ t.helping_next() }</Button>
                if !kit.encrypts() {
                    <Button id="all-files" on_press={sends(send, KitMsg::AllFilesAsked)}>
                        { t.helping_all_files(&entered) }</Button>
                    <Button id="all-codes" on_press={sends(send, KitMsg::CodesAsked { all: true })}>
                        { t.helping_all_codes(&entered) }</Button>
                }
            </section>
        }
    });
    html! {
        <div class="screen">
            <TopBar page={page.clone()} />
            <main>
                <h1 tabindex="-1">{ t.receipt_title() }</h1>
                <p class="lead">{ t.receipt_lead() }</p>
                <dl class="receipt">
                    <dt>{ t.receipt_code() }</dt>
                    <dd id="receipt-code" class="code">{ response.receipt() }</dd>
                    <dt>{ t.receipt_when() }</dt>
                    <dd class="num">{ when }</dd>
                    <dt>{ t.receipt_file() }</dt>
                    <dd id="receipt-file">{ kit.file_name() }</dd>
                    if response.revision > 1 {
                        <dt>{ t.receipt_revision() }</dt>
                        <dd class="num">{ response.revision }</dd>
                    }
                </dl>
                <UpdateOffer ..page.clone() />
                if is_sealed {
                    <p id="sealed" class="notice">{ t.receipt_sealed() }</p>
                }
                { helping }
                if kit.helping.is_none() {
                    if !is_delivered {
                        <p class="warning"><Icon name={IconName::Warning} />{ t.receipt_send() }</p>
                    }
                    <ChoiceRow id="delivered" name="delivered" is_box=true checked={is_delivered}
                        label={t.receipt_delivered()} {on_change} />
                    <p class="muted small">{ t.receipt_check() }</p>
                }
                <div class="stack">
                    if can_share() {
                        <Button id="share" kind={ButtonKind::Primary}
                            on_press={sends(send, KitMsg::SharingAsked)}>{ t.share_file() }</Button>
                    }
                    <Button id="download-again" on_press={sends(send, KitMsg::FileAskedAgain)}>
                        { t.download_again() }</Button>
                    if kit.encrypts() {
                        <p class="muted small">{ t.receipt_file_alone() }</p>
                    } else {
                        if !matches!(model.route, Route::Preview(_)) {
                            <Button id="show-code" on_press={sends(send, KitMsg::CodesAsked { all: false })}>
                                { t.show_code() }</Button>
                        }
                        <Button id="copy-text" on_press={sends(send, KitMsg::TextAsked)}>
                            { t.copy_text() }</Button>
                    }
                    if !response.answers.is_empty() {
                        <Button id="print-answers" on_press={send.reform(|()| Msg::PrintAsked(OWN_ANSWERS))}>
                            { t.print_answers() }</Button>
                    }
                    if let Some(notice) = kit.notice {
                        <p class="muted" role="status">{ notice_in_words(t, notice) }</p>
                    }
                    <a id="to-welcome" class="button" href={to_welcome.to_string()}>
                        { t.to_start() }</a>
                    if !kit.encrypts() {
                        <Button id="reopen" on_press={sends(send, KitMsg::ReopenAsked(root.clone()))}>
                            { t.reopen() }</Button>
                    }
                    <Button id="delete" kind={ButtonKind::Quiet}
                        on_press={sends(send, KitMsg::DeleteAsked(root))}>{ t.delete() }</Button>
                </div>
                <OwnPictureSection ..page.clone() />
                if !response.answers.is_empty() {
                    <OwnAnswers ..page.clone() />
                }
            </main>
            <footer>
                <SavedLine ..page.clone() />
            </footer>
            <DeleteDialog ..page.clone() />
            <CodesDialog ..page.clone() />
        </div>
    }
}
