//! The functions an expression may call.

/// A function of the expression language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by `Function::name`, as the ODK specification does")]
pub enum Function {
    Boolean,
    Coalesce,
    Concat,
    CountSelected,
    False,
    If,
    Not,
    Number,
    Selected,
    StringLength,
    True,
}

impl Function {
    const ALL: [Self; 11] = [
        Self::Boolean,
        Self::Coalesce,
        Self::Concat,
        Self::CountSelected,
        Self::False,
        Self::If,
        Self::Not,
        Self::Number,
        Self::Selected,
        Self::StringLength,
        Self::True,
    ];

    /// The function of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// Every function's name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::name)
    }

    /// How the function is written in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Coalesce => "coalesce",
            Self::Concat => "concat",
            Self::CountSelected => "count-selected",
            Self::False => "false",
            Self::If => "if",
            Self::Not => "not",
            Self::Number => "number",
            Self::Selected => "selected",
            Self::StringLength => "string-length",
            Self::True => "true",
        }
    }

    /// The fewest and the most arguments it takes.
    pub(super) fn arity(self) -> (usize, usize) {
        match self {
            Self::False | Self::True => (0, 0),
            Self::Boolean | Self::CountSelected | Self::Not | Self::Number => (1, 1),
            Self::StringLength => (0, 1),
            Self::Coalesce | Self::Selected => (2, 2),
            Self::If => (3, 3),
            Self::Concat => (1, usize::MAX),
        }
    }
}
