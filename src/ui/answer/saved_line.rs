//! The line that says when answers were stored, or that they were not.

use yew::prelude::*;

use crate::app::kit::Saving;
use crate::browser::clock::local_time;
use crate::text::Language;

#[derive(Properties, PartialEq)]
pub(super) struct SavedLineProps {
    pub t: Language,
    pub saving: Saving,
}

/// True when it is shown: it speaks of storage that has answered.
#[component]
pub(super) fn SavedLine(props: &SavedLineProps) -> Html {
    let t = props.t;
    let (class, text) = match props.saving {
        Saving::Unchanged => ("saved", t.saves_itself().to_owned()),
        Saving::UnderWay(_) => ("saved", t.saving().to_owned()),
        Saving::Saved(at) => ("saved done", t.saved_at(&local_time(at))),
        Saving::Refused => ("saved refused", t.not_saved().to_owned()),
    };
    html! { <p id="saved" {class} role="status">{ text }</p> }
}
