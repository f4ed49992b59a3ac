//! What was handed in, and that the file still has to reach the trainer.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, Icon, IconName, TopBar};
use super::super::sends;
use super::delete_dialog::DeleteDialog;
use super::own_picture::OwnPictureSection;
use super::saved_line::SavedLine;
use crate::app::kit::KitMsg;
use crate::app::route::{Place, Route};
use crate::browser::clock::local_day_and_time;
use crate::formats::response_csv;

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
                    <dd id="receipt-file">{ response_csv::file_name(&kit.form, response) }</dd>
                    if response.revision > 1 {
                        <dt>{ t.receipt_revision() }</dt>
                        <dd class="num">{ response.revision }</dd>
                    }
                </dl>
                <p class="warning"><Icon name={IconName::Warning} />{ t.receipt_send() }</p>
                <div class="stack">
                    <Button id="download-again" on_press={sends(send, KitMsg::FileAskedAgain)}>
                        { t.download_again() }</Button>
                    <a id="to-welcome" class="button" href={Route::Answer(Place::Welcome).to_string()}>
                        { t.to_start() }</a>
                    <Button id="reopen" on_press={sends(send, KitMsg::ReopenAsked(root.clone()))}>
                        { t.reopen() }</Button>
                    <Button id="delete" kind={ButtonKind::Quiet}
                        on_press={sends(send, KitMsg::DeleteAsked(root))}>{ t.delete() }</Button>
                </div>
                <OwnPictureSection ..page.clone() />
            </main>
            <footer>
                <SavedLine ..page.clone() />
            </footer>
            <DeleteDialog ..page.clone() />
        </div>
    }
}
