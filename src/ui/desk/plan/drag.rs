//! Dragging a person to another class, or a class to another week.

use web_sys::DragEvent;
use yew::prelude::*;

use super::Shown;
use crate::app::desk::plan::PlanMsg;
use crate::domain::plan::{ClassId, CoursePlan, Move};

/// What nothing else that is dragged over a page calls itself.
const KIND: &str = "application/x-phieu-xa-plan";

/// A place that something may be dropped on.
pub(super) fn allow() -> Callback<DragEvent> {
    Callback::from(|event: DragEvent| event.prevent_default())
}

/// Starts dragging what these words say.
fn carry(words: [String; 3]) -> Callback<DragEvent> {
    Callback::from(move |event: DragEvent| {
        if let Some(data) = event.data_transfer() {
            // Where the browser refuses, the lists beside it do the same.
            let _ = data.set_data(KIND, &words.join("\n"));
        }
    })
}

/// What is dropped: its kind and its two words.
fn dropped(event: &DragEvent, kind: &str) -> Option<(String, String)> {
    let text = event.data_transfer()?.get_data(KIND).ok()?;
    let mut words = text.split('\n');
    (words.next()? == kind).then_some(())?;
    event.prevent_default();
    Some((words.next()?.to_owned(), words.next()?.to_owned()))
}

pub(super) fn person(course: &str, root: &str) -> Callback<DragEvent> {
    carry(["person".to_owned(), course.to_owned(), root.to_owned()])
}

pub(super) fn class(class: &ClassId) -> Callback<DragEvent> {
    carry(["class".to_owned(), class.course.clone(), class.number.to_string()])
}

/// A class, or none, that people of a course can be dropped on.
pub(super) fn takes_person(
    shown: &Shown,
    plan: &CoursePlan,
    to: Option<u32>,
) -> Callback<DragEvent> {
    let (send, own) = (shown.page.send.clone(), plan.course.clone());
    Callback::from(move |event: DragEvent| {
        if let Some((course, root)) = dropped(&event, "person").filter(|(course, _)| *course == own)
        {
            send.emit(PlanMsg::Moved(Move::Person { course, root, to }).into());
        }
    })
}

/// A week that classes can be dropped on.
pub(super) fn takes_class(shown: &Shown, week: u16) -> Callback<DragEvent> {
    let send = shown.page.send.clone();
    Callback::from(move |event: DragEvent| {
        let class = dropped(&event, "class");
        let class = class
            .and_then(|(course, number)| Some(ClassId { course, number: number.parse().ok()? }));
        if let Some(class) = class {
            send.emit(PlanMsg::Moved(Move::Week { class, week }).into());
        }
    })
}
