//! Every sentence of the screens, once per language.
//!
//! The texts lie in `text/vi.txt` and `text/en.txt`; the build makes a method of [`Language`] of
//! each and fails where one is missing.

mod fault;
mod foreign;
mod grouping;
mod number;
mod own_picture;
mod plan;
mod review;
mod roster;
pub mod rule;
mod transfer;

use serde::{Deserialize, Serialize};

/// A language of the screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language's code, also for the texts of a form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }

    /// The language of a code such as `vi` or `en-GB`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| code.starts_with(language.code()))
    }
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
