//! Long lists of which only the lines in view are drawn; each line has one height.

use std::ops::Range;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::desk::roster::grid;

/// What is in view of a long list.
pub(crate) struct Lines {
    /// The element that scrolls.
    pub scroller: NodeRef,
    /// To be called when it does.
    pub onscroll: Callback<Event>,
    /// The first line in view.
    pub first: usize,
    /// How many lines are in view.
    pub count: usize,
}

impl Lines {
    /// The lines to draw of so many: those in view, and some around.
    pub(crate) fn of(&self, all: usize) -> Range<usize> {
        grid::window(all, self.first, self.count)
    }
}

/// Follows what is in view of a list whose lines are so many pixels high.
#[hook]
pub(crate) fn use_lines(height: i32) -> Lines {
    let scroller = use_node_ref();
    let view = use_state_eq(|| (0, 30));
    let onscroll = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            if let Some(scroller) = event.target_dyn_into::<HtmlElement>() {
                view.set(in_view(&scroller, height));
            }
        })
    };
    {
        let (scroller, view) = (scroller.clone(), view.clone());
        use_effect_with((), move |()| {
            if let Some(scroller) = scroller.cast::<HtmlElement>() {
                view.set(in_view(&scroller, height));
            }
        });
    }
    Lines { scroller, onscroll, first: view.0, count: view.1 }
}

/// The first line in view, and how many there are.
pub(crate) fn in_view(scroller: &HtmlElement, height: i32) -> (usize, usize) {
    let lines = |pixels: i32| usize::try_from(pixels / height).unwrap_or(0);
    (lines(scroller.scroll_top()), lines(scroller.client_height()) + 1)
}

/// The room of lines that are not drawn.
pub(crate) fn room(lines: usize, height: i32) -> Html {
    let height = i64::try_from(lines).unwrap_or(0).saturating_mul(height.into());
    html! {
        if lines > 0 { <tr aria-hidden="true" style={format!("block-size:{height}px")}></tr> }
    }
}
