//! What the person has before the eyes: the top of a new screen, the first thing to mend, paper.

use futures::channel::oneshot;
use futures::future::select;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Starts a new screen at its top and moves the focus to its heading, once it is drawn.
pub fn from_top() {
    after_drawing(|| {
        gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        if let Some(main) = find("main") {
            main.set_scroll_top(0);
        }
        focus("h1");
    });
}

/// Brings what is wrong with the first faulty field into view and focuses the field, once it is drawn
/// as faulty.
pub fn first_fault() {
    after_drawing(|| {
        let fault = find("[data-faulty] .fault").or_else(|| find("[data-faulty]"));
        if let Some(faulty) = fault {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            faulty.scroll_into_view_with_scroll_into_view_options(&options);
        }
        focus("[data-faulty] :is(input, textarea, button)");
    });
}

/// Focuses the first of these elements that is there and takes the focus.
pub fn focus_first(ids: &[String]) {
    let document = gloo::utils::document();
    for id in ids {
        let Some(element) = document.get_element_by_id(id) else { continue };
        if element.has_attribute("disabled") {
            continue;
        }
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            // Refused only by elements that are gone.
            let _ = element.focus();
            return;
        }
    }
}

/// Done after the next paint; at once where nothing is painted.
pub async fn painted() {
    if gloo::utils::document().hidden() {
        return;
    }
    let (done, frame) = oneshot::channel();
    let _frame = request_animation_frame(move |_| {
        let _ = done.send(());
    });
    // A window that is covered gets no frames.
    select(frame, TimeoutFuture::new(100)).await;
    // The paint follows the frame; what is put off to a task of its own follows both.
    TimeoutFuture::new(0).await;
}

/// Opens the browser's window for printing, or for saving as a PDF file. Where a part with that id
/// is on the page, it goes on paper alone; the styles see to it.
pub fn print(part: &str) {
    const MARK: &str = "data-printed";
    if let Some(last) = find(&format!("[{MARK}]")) {
        let _ = last.remove_attribute(MARK);
    }
    if let Some(part) = gloo::utils::document().get_element_by_id(part) {
        let _ = part.set_attribute(MARK, "");
    }
    // Refused only where the page may not open windows; the browser's own menu prints too.
    let _ = gloo::utils::window().print();
}

/// Scrolls what lies in a strip of its own into the strip's view; the page stays where it is.
pub fn reveal(selector: &str) {
    if let Some(element) = find(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    gloo::utils::document().query_selector(selector).ok()??.dyn_into().ok()
}

fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        // Refused only by elements that are gone.
        let _ = element.focus();
    }
}

fn after_drawing(then: impl FnOnce() + 'static) {
    let frame: AnimationFrame = request_animation_frame(move |_| then());
    // Dropping the handle would cancel the frame.
    std::mem::forget(frame);
}
