//! What a person sees: function components that take the model and send messages.

mod answer;
mod broken;
mod desk;
mod home;
mod paper;
mod part;
mod question;

use std::rc::Rc;

use yew::prelude::*;

use crate::app::route::Route;
use crate::app::{Model, Msg};
use crate::domain::form::Form;
use crate::text::Language;

/// What every page is given.
#[derive(Properties, Clone)]
pub struct PageProps {
    /// The state of everything.
    pub model: Rc<Model>,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// A model that changes is a new one, because pages hold the old: nothing in it need be compared.
impl PartialEq for PageProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.model, &other.model) && self.send == other.send
    }
}

/// A callback that sends one and the same message.
fn sends(send: &Callback<Msg>, msg: impl Into<Msg> + Clone + 'static) -> Callback<()> {
    send.reform(move |()| msg.clone().into())
}

/// What a language of a form is called.
fn language_name<'f>(form: &'f Form, code: &'f str) -> &'f str {
    let ours = Language::ALL.into_iter().find(|language| language.code() == code);
    let theirs = || form.language_names.get(code).map_or(code, String::as_str);
    ours.map_or_else(theirs, |language| language.own_name())
}

/// The page that is open, in a program that is built with the desk or without it.
pub fn page<const DESK: bool>(model: Rc<Model>, send: Callback<Msg>) -> Html {
    if model.fault.is_some() {
        return html! { <broken::Broken {model} {send} /> };
    }
    match &model.route {
        Route::Home if DESK => html! { <home::Home {model} {send} /> },
        Route::Preview(_) if DESK => html! { <desk::Preview {model} {send} /> },
        Route::Desk(..) if DESK => html! { <desk::Frame {model} {send} /> },
        Route::Paper if DESK => html! { <paper::PaperForm {model} {send} /> },
        _ => html! { <answer::Answering {model} {send} /> },
    }
}
