//! The respondent's pages, in the order a person meets them.

mod codes;
mod consent;
mod delete_dialog;
mod instances;
mod own_answers;
mod own_picture;
mod receipt;
mod review;
mod saved_line;
mod screen;
mod welcome;

use yew::prelude::*;

use super::PageProps;
use crate::app::kit::KitNotice;
use crate::app::route::Place;
use crate::text::Language;
use consent::Consent;
use receipt::Receipt;
use review::Review;
use screen::ScreenPage;
use welcome::Welcome;

/// What there is to tell.
fn notice_in_words(t: Language, notice: KitNotice) -> &'static str {
    match notice {
        KitNotice::BackupUnreadable => t.backup_unreadable(),
        KitNotice::BackupOfOtherForm => t.backup_of_other_form(),
        KitNotice::BackupOlder => t.backup_older(),
        KitNotice::BackupTaken => t.backup_taken(),
        KitNotice::FormChanged => t.form_changed(),
        KitNotice::FormUnreadable => t.form_unreadable(),
        KitNotice::NotDeleted => t.not_deleted(),
        KitNotice::Copied => t.text_copied(),
        KitNotice::NotCopied => t.text_not_copied(),
        KitNotice::NotEncrypted => t.not_encrypted(),
    }
}

/// The place on the way through the form.
#[component]
pub(super) fn Answering(page: &PageProps) -> Html {
    let PageProps { model, send } = page.clone();
    match model.route.place() {
        Some(Place::Welcome) | None => html! { <Welcome {model} {send} /> },
        Some(Place::Consent) => html! { <Consent {model} {send} /> },
        Some(Place::Screen(_)) => html! { <ScreenPage {model} {send} /> },
        Some(Place::Review) => html! { <Review {model} {send} /> },
        Some(Place::Receipt) => html! { <Receipt {model} {send} /> },
    }
}
