//! What is wrong with something that was read: as data, with its place; the words are in `text`.

use serde::{Deserialize, Serialize};

use super::canonical::AnswerFault;
use super::encryption::EncryptionFault;
use super::transfer::TransferFault;

/// A fault in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The line it is in, from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// The column it is in; `None` where the whole line is meant.
    pub column: Option<Column>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// A column of a table: its number from 1 and its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its number, from 1.
    pub number: usize,
    /// Its heading.
    pub heading: String,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// The file has no bytes, or only spaces.
    Empty,
    /// The file is no text: a picture, a program, a workbook.
    NotText,
    /// In this line stands a character that was damaged on its way.
    Damaged(usize),
    /// The file could not be read from where it lies.
    Unreadable(String),
    /// The file is larger than this many megabytes.
    TooLarge(u32),
    /// It is no archive or workbook that can be opened.
    BadArchive,
    /// It is an archive in an archive in an archive.
    ArchiveTooDeep,
    /// It is a workbook with a password.
    Locked,
    /// It is encrypted and cannot be opened.
    Encryption(EncryptionFault),
    /// A sheet has more rows than this.
    TooManyRows(usize),
    /// The cell holds an error of its spreadsheet, such as `#REF!`.
    CellError(String),
    /// There is a heading line and nothing under it.
    NoRows,
    /// Two columns have one heading.
    ColumnTwice,
    /// The columns are not those of this form.
    NotThisForm {
        /// The form that was expected.
        form: String,
        /// How many of the file's columns it has.
        known: usize,
        /// How many columns the file has.
        columns: usize,
    },
    /// The row says it answers another form.
    OtherForm {
        /// The form that was expected.
        expected: String,
        /// The one it names.
        found: String,
    },
    /// The row answers another campaign, of this id.
    OtherCampaign(String),
    /// The row has more fields than there are headings.
    TooManyFields {
        /// How many headings there are.
        headings: usize,
        /// How many fields the row has.
        fields: usize,
    },
    /// The row has fewer fields than there are headings.
    TooFewFields {
        /// How many headings there are.
        headings: usize,
        /// How many fields the row has.
        fields: usize,
    },
    /// A quotation mark opens in this line and is never closed.
    QuoteNotClosed,
    /// The line is longer than this many megabytes.
    LineTooLong(u32),
    /// The value does not fit the question.
    Value {
        /// The value as it stands.
        value: String,
        /// Why it does not fit.
        fault: ValueFault,
    },
    /// The counts of a tally do not fit together, so that it was cut or changed.
    TallyIncomplete,
    /// This desk made the tally itself.
    OwnTally,
    /// A meta column holds something else than it should.
    Meta(String),
    /// A response that came as a code or in a message did not come whole.
    Transfer(TransferFault),
}

/// Why a value does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueFault {
    /// It is no whole number.
    NotAnInteger,
    /// It is no number.
    NotANumber,
    /// There is no such day.
    NotADate,
    /// There is no such time.
    NotATime,
    /// It is a number outside the question's range.
    OutOfRange,
    /// It is none of the choices; the first few of them.
    UnknownChoice(Vec<String>),
}

impl ValueFault {
    /// The fault of a value that is no answer, with the choices it should be one of.
    pub fn of(fault: &AnswerFault, choices: Vec<String>) -> Self {
        match fault {
            AnswerFault::NotAnInteger => Self::NotAnInteger,
            AnswerFault::NotANumber => Self::NotANumber,
            AnswerFault::NotADate => Self::NotADate,
            AnswerFault::NotATime => Self::NotATime,
            AnswerFault::OutOfRange => Self::OutOfRange,
            AnswerFault::UnknownChoice | AnswerFault::Required | AnswerFault::Constraint => {
                Self::UnknownChoice(choices)
            }
        }
    }
}

impl ProblemKind {
    /// True when another key may open the file.
    pub fn waits_for_key(&self) -> bool {
        matches!(
            self,
            Self::Encryption(EncryptionFault::KeyNeeded(_) | EncryptionFault::WrongKey(_))
        )
    }
}

impl Problem {
    /// A fault of the whole file.
    pub fn of_file(kind: ProblemKind) -> Self {
        Self { line: None, column: None, kind }
    }

    /// A fault of a line.
    pub fn of_line(line: u64, kind: ProblemKind) -> Self {
        Self { line: Some(line), column: None, kind }
    }
}

/// A fault in a form, at a cell of one of its sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormProblem {
    /// The sheet: `survey`, `choices`, `settings`, `competencies`, or a file's name.
    pub sheet: String,
    /// The line of the sheet, from 1; `None` where the whole sheet is meant.
    pub line: Option<u64>,
    /// The heading of the column.
    pub column: Option<String>,
    /// What is wrong.
    pub kind: FormProblemKind,
    /// What was perhaps meant.
    pub suggestion: Option<String>,
    /// The expression it is in.
    pub excerpt: Option<Excerpt>,
}

/// A text with a place in it to underline, counted in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The text; of a long one what stands around the place, with `…` where it was cut.
    pub text: String,
    /// Where the place starts.
    pub start: usize,
    /// How many characters it has.
    pub length: usize,
}

/// How many characters an excerpt shows on either side of its place, and of the place itself.
const SHOWN: usize = 80;

impl Excerpt {
    /// The place given in bytes.
    pub fn of(text: &str, bytes: std::ops::Range<usize>) -> Self {
        let before = text.get(..bytes.start).unwrap_or_default();
        let after = text.get(bytes.end..).unwrap_or_default();
        let place = text.get(bytes).unwrap_or_default();
        let first = before.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
        let (cut, before) = before.split_at_checked(first).unwrap_or_default();
        let opening = if cut.is_empty() { "" } else { "…" };
        let shown = |text: &str| -> String {
            let mut shown: String = text.chars().take(SHOWN).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            shown
        };
        let is_cut = place.chars().nth(SHOWN).is_some();
        let place = shown(place);
        let after = if is_cut { String::new() } else { shown(after) };
        Self {
            start: opening.chars().count() + before.chars().count(),
            length: place.chars().count(),
            text: [opening, before, &place, &after].concat(),
        }
    }
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormProblemKind {
    /// The sheet is missing.
    MissingSheet,
    /// The sheet could not be read as a table.
    Table(ProblemKind),
    /// A cell that must be filled is empty.
    EmptyCell,
    /// A question type that nobody knows.
    UnknownType(String),
    /// A question type that needs what this page does not have: a camera, a map, a file.
    UnsupportedType(String),
    /// A rule that this product does not have yet; it is never passed over.
    UnsupportedRule(String),
    /// A column that this product does not know; its cells are passed over.
    UnknownColumn(String),
    /// A choice list that no question uses.
    UnusedList(String),
    /// A question or choice has no text in this language, though others have.
    MissingTranslation(String),
    /// Two names that differ by case or accents only.
    NearlyTheSameName(String),
    /// A name that is no name: it must start with a letter or `_` and have no spaces.
    BadName(String),
    /// A name that stands twice.
    NameTwice(String),
    /// A choice list that does not exist.
    MissingList(String),
    /// `${name}` of a question that does not exist.
    MissingQuestion(String),
    /// A competency that the sheet `competencies` does not have.
    MissingCompetency(String),
    /// A word that the column does not know.
    UnknownWord(String),
    /// An expression that cannot be read.
    Expression(ExpressionFault),
    /// Questions whose values need each other: a circle, by names.
    Circle(Vec<String>),
    /// `end group` without `begin group`, or the other way round.
    GroupNotClosed,
    /// The text is longer than the so many characters that a cell of a workbook holds.
    TextTooLong(usize),
    /// The workbook could not be made; the reason as its library gives it.
    NotWritten(String),
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpressionFault {
    /// There is no such function.
    UnknownFunction(String),
    /// The function is not supported here.
    UnsupportedFunction(String),
    /// The function has too few or too many arguments.
    WrongArguments(String),
    /// A quote, bracket or `${` is not closed, or the text ends too early.
    Unfinished,
    /// This does not belong there.
    Unexpected(String),
    /// The path is none that this product can follow.
    Path,
    /// It is nested too deeply or too long.
    TooComplex,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(excerpt: &Excerpt) -> String {
        excerpt.text.chars().skip(excerpt.start).take(excerpt.length).collect()
    }

    #[test]
    fn an_excerpt_is_the_whole_text_unless_that_is_long() {
        let excerpt = Excerpt::of("tuổi > ${tuoi}", "tuổi > ".len().."tuổi > ${tuoi}".len());
        assert_eq!(
            (excerpt.text.as_str(), marked(&excerpt).as_str()),
            ("tuổi > ${tuoi}", "${tuoi}")
        );
        let long = format!("{}đây{}", "ơ".repeat(1000), "ư".repeat(1000));
        let excerpt = Excerpt::of(&long, "ơ".len() * 1000.."ơ".len() * 1000 + "đây".len());
        assert_eq!(marked(&excerpt), "đây");
        assert_eq!(excerpt.text, format!("…{}đây{}…", "ơ".repeat(80), "ư".repeat(80)));
    }

    #[test]
    fn a_place_that_is_long_itself_is_cut() {
        let excerpt = Excerpt::of(&"-".repeat(10_000), 64..10_000);
        assert_eq!(excerpt.text, format!("{}…", "-".repeat(64 + 80)));
        assert_eq!((excerpt.start, excerpt.length), (64, 81));
    }
}
