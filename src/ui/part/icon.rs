//! Icons, drawn in one style: 24 × 24, one line.

use yew::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IconName {
    Clock,
    NoNetwork,
    Check,
    Form,
    Chart,
    Warning,
    Lock,
}

impl IconName {
    fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Clock => &["M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18", "M12 7v5l3 2"],
            Self::NoNetwork => &[
                "M3 4l18 16",
                "M8 8.5A9 9 0 0 0 3.5 11",
                "M20.5 11a9 9 0 0 0-6.5-3",
                "M7 14.5a5 5 0 0 1 3.500-1.400",
                "M12 19h.01",
            ],
            Self::Check => &["M5 12.5l4.500 4.500L19 7.500"],
            Self::Form => &["M6 3h12v18H6z", "M9 8h6", "M9 12h6", "M9 16h3"],
            Self::Chart => &["M4 20h16", "M7 20v-7", "M12 20V6", "M17 20v-10"],
            Self::Warning => &["M12 4l9 16H3z", "M12 10v4", "M12 17h.01"],
            Self::Lock => &["M6 11h12v9H6z", "M8.500 11V8a3.500 3.500 0 0 1 7 0v3"],
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct IconProps {
    pub name: IconName,
}

/// An icon beside a text that says the same; screen readers pass it over.
#[component]
pub(crate) fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            { for props.name.paths().iter().map(|d| html! { <path d={*d} /> }) }
        </svg>
    }
}
