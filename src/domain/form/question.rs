//! The rows of the survey sheet: questions, and groups of them.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::role::Role;
use crate::domain::expression::Expression;
use crate::domain::localized::Localized;

/// One row of the survey sheet that is not a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name: the column of the response.
    pub name: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question itself.
    pub label: Localized,
    /// A line of help under it.
    pub hint: Localized,
    /// More help, for those who ask for it.
    pub guidance: Localized,
    /// The innermost group it lies in.
    pub group: Option<usize>,
    /// When it must be answered; never where there is none.
    pub required: Option<Expression>,
    /// What is said when it is not; empty for the usual sentence.
    pub required_message: Localized,
    /// When it is asked; always where there is none.
    pub relevant: Option<Expression>,
    /// What an answer must fulfil.
    pub constraint: Option<Expression>,
    /// What is said when it does not; empty for the usual sentence.
    pub constraint_message: Localized,
    /// How a calculated value comes about.
    pub calculation: Option<Expression>,
    /// The questions whose change is the only occasion for the calculation; without them it
    /// follows everything it mentions.
    pub triggers: Vec<String>,
    /// Which choices are offered; all where there is none.
    pub choice_filter: Option<Expression>,
    /// The answer that a new form starts with.
    pub default: Option<Expression>,
    /// True when it is shown but cannot be changed.
    pub read_only: bool,
    /// In what order its choices stand, where that is not the list's.
    pub shuffle: Option<Shuffle>,
    /// How many lines its field shows at first, of a text.
    pub lines: Option<u32>,
    /// The words of the appearance column.
    pub appearance: Vec<String>,
    /// What it tells about the person, for grouping.
    pub role: Option<Role>,
    /// The competency it rates, and on which scale.
    pub rating: Option<Rating>,
    /// The cells of columns that this product does not know, by heading.
    pub further: Vec<(String, String)>,
}

/// Choices in an order of chance (parameters `randomize` and `seed`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shuffle {
    /// Decides the order; without it every response has one of its own.
    pub seed: Option<Expression>,
}

impl Question {
    /// True for what stands on the page of the consent: its question, and the notes of its group.
    pub fn stands_with(&self, consent: &Self) -> bool {
        let is_note = self.kind == Kind::Note && self.group.is_some();
        self.name == consent.name || (is_note && self.group == consent.group)
    }

    /// True when its value is computed, not answered.
    pub fn is_computed(&self) -> bool {
        self.calculation.is_some() && self.triggers.is_empty()
    }

    /// A question of this kind with nothing else said.
    pub fn of_kind(kind: Kind) -> Self {
        Self {
            name: String::new(),
            kind,
            label: Localized::default(),
            hint: Localized::default(),
            guidance: Localized::default(),
            group: None,
            required: None,
            required_message: Localized::default(),
            relevant: None,
            constraint: None,
            constraint_message: Localized::default(),
            calculation: None,
            triggers: Vec::new(),
            choice_filter: None,
            default: None,
            read_only: false,
            shuffle: None,
            lines: None,
            appearance: Vec::new(),
            role: None,
            rating: None,
            further: Vec::new(),
        }
    }
}

/// Questions that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its heading.
    pub label: Localized,
    /// A line of help under the heading.
    pub hint: Localized,
    /// The group it lies in, as a position in `Form::groups`.
    pub parent: Option<usize>,
    /// When its questions are asked; always where there is none.
    pub relevant: Option<Expression>,
    /// Whether it is answered several times, and who decides how often.
    pub repeat: Option<Repeat>,
    /// The words of the appearance column.
    pub appearance: Vec<String>,
    /// The cells of columns that this product does not know, by heading.
    pub further: Vec<(String, String)>,
}

/// How often a group is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// As often as the respondent has something to tell.
    AsNeeded,
    /// As often as the expression says.
    Counted(Expression),
}

impl Group {
    /// True when all its questions stand on one screen (appearance `field-list`).
    pub fn is_on_one_screen(&self) -> bool {
        self.appearance.iter().any(|word| word == "field-list")
    }
}

/// Which competency a question rates (columns `tna::competency` and `tna::scale`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The competency's code.
    pub competency: String,
    /// The scale it is rated on.
    pub scale: Scale,
}

/// The two scales of a rated competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// How much it matters for the job, 1 to 5.
    Importance,
    /// How well the person does it today, 1 to 5.
    Ability,
}

impl Scale {
    /// Its word in the column `tna::scale`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Importance => "importance",
            Self::Ability => "ability",
        }
    }
}
