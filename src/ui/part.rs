//! Parts that pages share.

mod button;
mod choice_row;
mod dialog;
mod drawn;
mod icon;
mod language_button;
pub(super) mod lines;
pub(super) mod read_back;
mod text_field;
mod top_bar;
mod update_offer;

pub(super) use button::{Button, ButtonKind};
pub(super) use choice_row::ChoiceRow;
pub(super) use dialog::{Dialog, on_escape, use_modal};
pub(super) use drawn::drawn;
pub(super) use icon::{Icon, IconName};
pub(super) use language_button::LanguageButton;
pub(super) use text_field::{FieldKind, TextField};
pub(super) use top_bar::TopBar;
pub(super) use update_offer::UpdateOffer;
