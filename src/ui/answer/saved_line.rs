//! The line that says when answers were stored, or that they were not.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use crate::app::kit::{KitMsg, Saving};
use crate::app::route::Route;
use crate::browser::clock::local_time;

/// True when it is shown: it speaks of storage that has answered.
#[component]
pub(super) fn SavedLine(page: &PageProps) -> Html {
    let t = page.model.language;
    let Some(filling) = &page.model.open_kit().filling else { return Html::default() };
    let (class, text) = match filling.saving {
        _ if matches!(page.model.route, Route::Preview(_)) => {
            ("saved", t.preview_nothing_kept().to_owned())
        }
        Saving::Unchanged => ("saved", t.saves_itself().to_owned()),
        Saving::UnderWay(_) => ("saved", t.saving().to_owned()),
        Saving::Saved(at) => ("saved done", t.saved_at(&local_time(at))),
        Saving::Refused if !filling.draft.is_open() => {
            ("saved refused", t.not_saved_handed_in().to_owned())
        }
        Saving::Refused => ("saved refused", t.not_saved().to_owned()),
    };
    let root = filling.draft.root.clone();
    let backup = if filling.draft.is_open() { t.save_backup() } else { t.save_copy() };
    html! {
        <>
            <p id="saved" {class} role="status">{ text }</p>
            if filling.saving == Saving::Refused {
                <Button id="save-backup" on_press={sends(&page.send, KitMsg::BackupAsked(root))}>
                    { backup }</Button>
            }
        </>
    }
}
