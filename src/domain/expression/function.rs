//! The functions an expression may call.

use std::ops::RangeInclusive;

/// As many arguments as one likes.
const MANY: usize = usize::MAX;

macro_rules! functions {
    ($($function:ident = $name:literal, $arity:expr;)*) => {
        /// A function of the expression language, as the ODK `XForms` specification has it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is named by `Function::name`, as in the specification")]
        pub enum Function {
            $($function,)*
        }

        impl Function {
            /// Every function.
            pub const ALL: &[Self] = &[$(Self::$function,)*];

            /// How the function is written in a form.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$function => $name,)*
                }
            }

            /// How few and how many arguments it takes.
            pub fn arity(self) -> RangeInclusive<usize> {
                match self {
                    $(Self::$function => $arity,)*
                }
            }
        }
    };
}

functions! {
    // Truth
    Boolean = "boolean", 1..=1;
    BooleanFromString = "boolean-from-string", 1..=1;
    Checklist = "checklist", 3..=MANY;
    Coalesce = "coalesce", 2..=MANY;
    False = "false", 0..=0;
    If = "if", 3..=3;
    Not = "not", 1..=1;
    Once = "once", 1..=1;
    Regex = "regex", 2..=2;
    True = "true", 0..=0;
    WeightedChecklist = "weighted-checklist", 4..=MANY;
    // Texts
    Concat = "concat", 1..=MANY;
    Contains = "contains", 2..=2;
    EndsWith = "ends-with", 2..=2;
    Join = "join", 2..=MANY;
    NormalizeSpace = "normalize-space", 0..=1;
    StartsWith = "starts-with", 2..=2;
    String = "string", 1..=1;
    StringLength = "string-length", 0..=1;
    Substr = "substr", 2..=3;
    SubstringAfter = "substring-after", 2..=2;
    SubstringBefore = "substring-before", 2..=2;
    Translate = "translate", 3..=3;
    Uuid = "uuid", 0..=1;
    // Numbers
    Abs = "abs", 1..=1;
    Acos = "acos", 1..=1;
    Asin = "asin", 1..=1;
    Atan = "atan", 1..=1;
    Atan2 = "atan2", 2..=2;
    Cos = "cos", 1..=1;
    Exp = "exp", 1..=1;
    Exp10 = "exp10", 1..=1;
    Int = "int", 1..=1;
    Log = "log", 1..=1;
    Log10 = "log10", 1..=1;
    Number = "number", 1..=1;
    Pi = "pi", 0..=0;
    Pow = "pow", 2..=2;
    Random = "random", 0..=0;
    Round = "round", 1..=2;
    Sin = "sin", 1..=1;
    Sqrt = "sqrt", 1..=1;
    Tan = "tan", 1..=1;
    // Several values
    Count = "count", 1..=1;
    CountNonEmpty = "count-non-empty", 1..=1;
    Index = "index", 0..=1;
    IndexedRepeat = "indexed-repeat", 3..=3;
    Max = "max", 1..=MANY;
    Min = "min", 1..=MANY;
    Position = "position", 0..=1;
    Randomize = "randomize", 1..=2;
    Sum = "sum", 1..=1;
    // Choices
    ChoiceName = "jr:choice-name", 2..=2;
    CountSelected = "count-selected", 1..=1;
    Itext = "jr:itext", 1..=1;
    PullData = "pulldata", 4..=4;
    Selected = "selected", 2..=2;
    SelectedAt = "selected-at", 2..=2;
    // Days and times
    Date = "date", 1..=1;
    DateTime = "date-time", 1..=1;
    DecimalDateTime = "decimal-date-time", 1..=1;
    DecimalTime = "decimal-time", 1..=1;
    FormatDate = "format-date", 2..=2;
    FormatDateTime = "format-date-time", 2..=2;
    Now = "now", 0..=0;
    Today = "today", 0..=0;
}

/// Functions of `XPath` or of other programs that a form may not call here: most of them ODK
/// Collect refuses too; places and digests are beyond this product.
const UNSUPPORTED: [&str; 26] = [
    "area",
    "base64-decode",
    "base64-encode",
    "ceiling",
    "depend",
    "digest",
    "distance",
    "enclosed-area",
    "floor",
    "geofence",
    "id",
    "intersects",
    "is-selected",
    "lang",
    "last",
    "last-saved",
    "local-name",
    "lower-case",
    "name",
    "namespace-uri",
    "node",
    "property",
    "substring",
    "text",
    "upper-case",
    "version",
];

impl Function {
    /// The function of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.name() == name)
    }

    /// What can stand before a bracket, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|function| function.name()).chain(["instance", "current"])
    }

    /// True for a function that is known but refused.
    pub(super) fn is_unsupported(name: &str) -> bool {
        UNSUPPORTED.contains(&name)
    }

    /// True when its first argument must be questions or choices: in ODK, other values fail.
    pub(super) fn takes_nodes(self) -> bool {
        matches!(self, Self::Count | Self::CountNonEmpty | Self::Sum | Self::Randomize)
    }
}
