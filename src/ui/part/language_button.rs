//! The way to the other language.

use yew::prelude::*;

use crate::app::Msg;
use crate::text::Language;

#[derive(Properties, PartialEq)]
pub(crate) struct LanguageButtonProps {
    pub t: Language,
    pub send: Callback<Msg>,
    /// True where there is room for a code only.
    #[prop_or_default]
    pub is_short: bool,
}

/// Offers the language that is not shown, by its own name.
#[component]
pub(crate) fn LanguageButton(props: &LanguageButtonProps) -> Html {
    let other = Language::ALL.into_iter().find(|language| *language != props.t).unwrap_or_default();
    let onclick = props.send.reform(move |_: MouseEvent| Msg::LanguageChosen(other));
    let words =
        if props.is_short { other.code().to_uppercase() } else { other.own_name().to_owned() };
    html! {
        <button type="button" id={format!("lang-{}", other.code())} class="button quiet"
            lang={other.code()} aria-label={other.own_name()} title={other.own_name()} {onclick}>
            { words }
        </button>
    }
}
