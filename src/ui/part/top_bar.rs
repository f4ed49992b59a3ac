//! The line above a page of the respondent's side: where one is, text size, language.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::super::{PageProps, language_name};
use super::LanguageButton;
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
    let kit = model.open_kit();
    let is_ours = |code: &String| Language::ALL.iter().any(|language| language.code() == code);
    // A form in one more language than the screens have offers all of its own.
    let has_other_languages =
        kit.form().languages.len() > 1 && !kit.form().languages.iter().all(is_ours);
    let languages = kit.form().languages.iter().map(|code| {
        let name = language_name(kit.form(), code).to_owned();
        html! { <option value={code.clone()} selected={*code == kit.words}>{ name }</option> }
    });
    let onchange = {
        let send = send.clone();
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                send.emit(Msg::FormLanguageChosen(select.value()));
            }
        }
    };
    let on_size = send.reform(|_: MouseEvent| Msg::TextSizeAsked);
    html! {
        <div class="top-bar">
            <div class="top-bar-place">{ props.children.clone() }</div>
            <button type="button" id="text-size" class="button quiet" onclick={on_size}
                aria-label={t.text_size()} title={t.text_size()}>{ "Aa" }</button>
            if has_other_languages {
                <select id="form-language" class="field short" aria-label={t.form_language()} {onchange}>
                    { for languages }
                </select>
            } else {
                <LanguageButton {t} send={send.clone()} is_short=true />
            }
        </div>
    }
}
