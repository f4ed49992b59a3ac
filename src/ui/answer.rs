//! The respondent's pages, in the order a person meets them.

mod consent;
mod receipt;
mod review;
mod saved_line;
mod screen;
mod welcome;

pub(super) use consent::Consent;
pub(super) use receipt::Receipt;
pub(super) use review::Review;
pub(super) use screen::ScreenPage;
pub(super) use welcome::Welcome;

use yew::Callback;

use crate::app::Msg;
use crate::app::kit::KitMsg;

/// A callback that sends one and the same message.
fn sends(send: &Callback<Msg>, msg: KitMsg) -> Callback<()> {
    send.reform(move |()| Msg::Kit(msg.clone()))
}
