//! The line above a page of the respondent's side: where one is, text size, language.

use yew::prelude::*;

use super::super::PageProps;
use super::LanguageButton;
use crate::app::Msg;

#[derive(Properties, PartialEq)]
pub(crate) struct TopBarProps {
    pub page: PageProps,
    #[prop_or_default]
    pub children: Html,
}

/// What stands left in the bar is the page's; right are text size and language.
#[component]
pub(crate) fn TopBar(props: &TopBarProps) -> Html {
    let PageProps { model, send } = &props.page;
    let t = model.language;
    let on_size = send.reform(|_: MouseEvent| Msg::TextSizeAsked);
    html! {
        <div class="top-bar">
            <div class="top-bar-place">{ props.children.clone() }</div>
            <button type="button" id="text-size" class="button quiet" onclick={on_size}
                aria-label={t.text_size()} title={t.text_size()}>{ "Aa" }</button>
            <LanguageButton {t} send={send.clone()} is_short=true />
        </div>
    }
}
