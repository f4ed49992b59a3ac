//! A button.

use yew::prelude::*;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The thing to do next; one a screen.
    Primary,
    /// Another thing that can be done.
    #[default]
    Plain,
    /// A thing beside the way.
    Quiet,
    /// A thing that takes something away.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    pub id: AttrValue,
    #[prop_or_default]
    pub kind: ButtonKind,
    #[prop_or_default]
    pub disabled: bool,
    /// True for the button that Enter in a field of its form presses.
    #[prop_or_default]
    pub is_submit: bool,
    pub on_press: Callback<()>,
    pub children: Html,
}

/// A button with a stable id, so that people and scripts find it.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    // The second press of a double click is meant for what stood here before.
    let on_press = props.on_press.clone();
    let onclick = move |event: MouseEvent| {
        if event.detail() < 2 {
            on_press.emit(());
        }
    };
    html! {
        <button
            type={if props.is_submit { "submit" } else { "button" }}
            id={props.id.clone()}
            class={props.kind.class()}
            disabled={props.disabled}
            {onclick}
        >
            { props.children.clone() }
        </button>
    }
}
