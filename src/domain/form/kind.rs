//! What kind of answer a question takes.

/// The kind of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A number between two ends, by steps.
    Range(Steps),
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time of day.
    DateTime,
    /// One choice of the named list.
    SelectOne(String),
    /// Any number of choices of the named list.
    SelectMultiple(String),
    /// Choices of the named list in order of preference.
    Rank(String),
    /// A box to tick: its value is [`ACKNOWLEDGED`].
    Acknowledge,
    /// A text to read; it has no answer.
    Note,
    /// A value computed from other answers; it is not seen.
    Calculate,
    /// A value that is not seen: its default.
    Hidden,
    /// A value about the filling itself; it is not seen.
    Meta(Meta),
}

/// The numbers that a [`Kind::Range`] question takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// The smallest.
    pub start: f64,
    /// The largest.
    pub end: f64,
    /// What lies between two of them.
    pub step: f64,
}

// The start is below the end and the step above zero, so none of them is NaN.
impl Eq for Steps {}

/// What a [`Kind::Meta`] question tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meta {
    /// When the form was started.
    Start,
    /// When the last answer was given.
    End,
    /// The day on which the form was started.
    Today,
    /// What this page does not know, such as a user's name, by its word in the column `type`;
    /// always empty.
    Unknown(&'static str),
}

/// The value of an [`Kind::Acknowledge`] question that was ticked, as ODK writes it.
pub const ACKNOWLEDGED: &str = "OK";

impl Steps {
    /// True for a number between the ends that whole steps lead to.
    pub fn hold(&self, number: f64) -> bool {
        let steps = (number - self.start) / self.step;
        // A tenth is no exact number.
        let is_whole = (steps - steps.round()).abs() < 1e-6;
        (self.start..=self.end).contains(&number) && is_whole
    }
}

impl Kind {
    /// The choice list of a question that has one.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne(list) | Self::SelectMultiple(list) | Self::Rank(list) => Some(list),
            _ => None,
        }
    }

    /// The same kind with choices of another list; a kind without choices stays as it is.
    #[must_use]
    pub fn with_list(self, list: String) -> Self {
        match self {
            Self::SelectOne(_) => Self::SelectOne(list),
            Self::SelectMultiple(_) => Self::SelectMultiple(list),
            Self::Rank(_) => Self::Rank(list),
            other => other,
        }
    }

    /// True when an answer may be several choices.
    pub fn is_several(&self) -> bool {
        matches!(self, Self::SelectMultiple(_) | Self::Rank(_))
    }

    /// True when it is a column of the response.
    pub fn has_value(&self) -> bool {
        *self != Self::Note
    }

    /// True when a person answers it.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Self::Note | Self::Calculate | Self::Hidden | Self::Meta(_))
    }
}
