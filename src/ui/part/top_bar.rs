//! The line above a page of the respondent's side: where one is, text size, language.

use yew::prelude::*;

use super::super::PageProps;
use crate::app::Msg;
use crate::text::Language;

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
    let other = Language::ALL.into_iter().find(|language| *language != t).unwrap_or_default();
    let on_size = send.reform(|_: MouseEvent| Msg::TextSizeAsked);
    let on_language = send.reform(move |_: MouseEvent| Msg::LanguageChosen(other));
    html! {
        <div class="top-bar">
            <div class="top-bar-place">{ props.children.clone() }</div>
            <button type="button" id="text-size" class="button quiet" onclick={on_size}
                aria-label={t.text_size()} title={t.text_size()}>{ "Aa" }</button>
            <button type="button" id={format!("lang-{}", other.code())} class="button quiet"
                lang={other.code()} onclick={on_language} aria-label={other.own_name()}
                title={other.own_name()}>{ other.code().to_uppercase() }</button>
        </div>
    }
}
