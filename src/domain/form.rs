//! What is asked: questions in groups, choice lists, competencies.

use std::collections::{BTreeMap, HashMap};

use super::expression::Expression;
use super::localized::Localized;

/// The choice of a rating that says "not my task": a missing value with a reason.
pub const NOT_MY_TASK: &str = "na";

/// A questionnaire.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// Its stable name; responses carry it.
    pub id: String,
    /// Its version; responses carry it.
    pub version: String,
    /// What it is called on screen.
    pub title: Localized,
    /// Its languages by code, the default one first.
    pub languages: Vec<String>,
    /// About how long it takes, in minutes.
    pub minutes: Option<u32>,
    /// The version of its consent text; responses carry it.
    pub consent_version: String,
    /// Its groups; a group comes after the one it lies in.
    pub groups: Vec<Group>,
    /// The rated competencies, in the order of their sheet.
    pub competencies: Vec<Competency>,
    questions: Vec<Question>,
    by_name: HashMap<String, usize>,
    lists: BTreeMap<String, Vec<Choice>>,
}

/// Questions that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its heading.
    pub label: Localized,
    /// A line of help under the heading.
    pub hint: Localized,
    /// The group it lies in, as a position in [`Form::groups`].
    pub parent: Option<usize>,
    /// When its questions are asked; always where there is none.
    pub relevant: Option<Expression>,
    /// True when all its questions stand on one screen (appearance `field-list`).
    pub on_one_screen: bool,
}

/// One row of the survey sheet that is not a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name: the column of the response.
    pub name: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question itself.
    pub label: Localized,
    /// A line of help under it.
    pub hint: Localized,
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
    /// Which choices are offered; all where there is none.
    pub choice_filter: Option<Expression>,
    /// The answer that a new form starts with.
    pub default: Option<Expression>,
    /// True when it is shown but cannot be changed.
    pub read_only: bool,
    /// The words of the appearance column.
    pub appearance: Vec<String>,
    /// What it tells about the person, for grouping.
    pub role: Option<Role>,
    /// The competency it rates, and on which scale.
    pub rating: Option<Rating>,
}

impl Question {
    /// A question of this kind with nothing else said.
    pub fn of_kind(kind: Kind) -> Self {
        Self {
            name: String::new(),
            kind,
            label: Localized::default(),
            hint: Localized::default(),
            group: None,
            required: None,
            required_message: Localized::default(),
            relevant: None,
            constraint: None,
            constraint_message: Localized::default(),
            calculation: None,
            choice_filter: None,
            default: None,
            read_only: false,
            appearance: Vec::new(),
            role: None,
            rating: None,
        }
    }
}

/// The kind of a question.
#[derive(Debug, Clone, PartialEq)]
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

/// What a [`Kind::Meta`] question tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meta {
    /// When the form was started.
    Start,
    /// When the last answer was given.
    End,
    /// The day on which the form was started.
    Today,
    /// What this page does not know, such as a user's name; always empty.
    Unknown,
}

/// The value of an [`Kind::Acknowledge`] question that was ticked, as ODK writes it.
pub const ACKNOWLEDGED: &str = "OK";

impl Kind {
    /// The choice list of a question that has one.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne(list) | Self::SelectMultiple(list) | Self::Rank(list) => Some(list),
            _ => None,
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

/// What a question tells about the person who answers, or about the person rated where the form
/// asks who rates (column `tna::role`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word of the column `tna::role`")]
pub enum Role {
    Code,
    Rater,
    Person,
    Post,
    ConcurrentPosts,
    Unit,
    Province,
    Gender,
    AgeBand,
    Area,
}

impl Role {
    const ALL: [Self; 10] = [
        Self::Code,
        Self::Rater,
        Self::Person,
        Self::Post,
        Self::ConcurrentPosts,
        Self::Unit,
        Self::Province,
        Self::Gender,
        Self::AgeBand,
        Self::Area,
    ];

    /// The role of that word in the column `tna::role`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Every word of that column.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::word)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Rater => "rater",
            Self::Person => "person",
            Self::Post => "post",
            Self::ConcurrentPosts => "concurrent_posts",
            Self::Unit => "unit",
            Self::Province => "province",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
            Self::Area => "area",
        }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// How much it matters for the job, 1 to 5.
    Importance,
    /// How well the person does it today, 1 to 5.
    Ability,
}

/// One entry of a choice list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub name: String,
    /// What is read.
    pub label: Localized,
    columns: Vec<(String, String)>,
    /// True when another choice of its list reads the same.
    is_ambiguous: bool,
}

impl Choice {
    /// A choice with its further columns, by header.
    pub fn new(
        name: &str,
        label: Localized,
        columns: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let columns = columns.into_iter().collect();
        Self { name: name.to_owned(), label, columns, is_ambiguous: false }
    }

    /// The label, with the name behind it where another choice of the list reads the same.
    pub fn distinct_label(&self, language: &str) -> String {
        let label = self.label.get(language);
        if self.is_ambiguous { format!("{label} ({})", self.name) } else { label.to_owned() }
    }

    /// A column of the choice, as filters and look-ups see it; empty where there is none.
    pub fn column(&self, header: &str) -> &str {
        match header {
            "name" => &self.name,
            "label" => self.label.get(""),
            _ => self
                .columns
                .iter()
                .find(|(name, _)| name == header)
                .map_or("", |(_, value)| value.as_str()),
        }
    }
}

/// Something a leader should know or be able to do; rated by importance and ability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Its code.
    pub code: String,
    /// The domain it belongs to: a choice of the list `domain`.
    pub domain: String,
    /// What it is called.
    pub label: Localized,
    /// The level, 1 to 5, that a post needs, by the post's name.
    pub required_levels: BTreeMap<String, u8>,
}

impl Form {
    /// Adds a question after those that are there.
    pub fn add_question(&mut self, question: Question) {
        self.by_name.insert(question.name.clone(), self.questions.len());
        self.questions.push(question);
    }

    /// Adds a choice list, or replaces it.
    pub fn add_list(&mut self, name: &str, mut choices: Vec<Choice>) {
        let mut readers: HashMap<String, usize> = HashMap::new();
        for label in choices.iter().flat_map(|choice| choice.label.all()) {
            *readers.entry(label.to_owned()).or_default() += 1;
        }
        for choice in &mut choices {
            let own = |label: &str| choice.label.all().filter(|other| *other == label).count();
            let is_shared = |label: &str| readers.get(label).is_some_and(|all| *all > own(label));
            choice.is_ambiguous = choice.label.all().any(is_shared);
        }
        self.lists.insert(name.to_owned(), choices);
    }

    /// Every question in form order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question of that name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.position(name).and_then(|position| self.questions.get(position))
    }

    /// The place of a question in [`Form::questions`].
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The first question with that role.
    pub fn with_role(&self, role: Role) -> Option<&Question> {
        self.questions.iter().find(|question| question.role == Some(role))
    }

    /// The question by which consent is given (appearance `consent`).
    pub fn consent_question(&self) -> Option<&Question> {
        self.questions.iter().find(|q| {
            q.kind == Kind::Acknowledge && q.appearance.iter().any(|word| word == "consent")
        })
    }

    /// The questions that are columns of a response, in form order.
    pub fn columns(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.kind.has_value())
    }

    /// The choices of a list; none where there is no such list.
    pub fn choices(&self, list: &str) -> &[Choice] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// True when there is a list of that name.
    pub fn has_list(&self, list: &str) -> bool {
        self.lists.contains_key(list)
    }

    /// The choice lists' names.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The choice of a question by its name.
    pub fn choice(&self, question: &Question, name: &str) -> Option<&Choice> {
        self.choices(question.kind.list()?).iter().find(|choice| choice.name == name)
    }

    /// The place of a competency in [`Form::competencies`].
    pub fn competency_position(&self, code: &str) -> Option<usize> {
        self.competencies.iter().position(|competency| competency.code == code)
    }

    /// What a domain is called.
    pub fn domain_label(&self, domain: &str, language: &str) -> String {
        let choice = self.choices(DOMAIN_LIST).iter().find(|choice| choice.name == domain);
        choice.map_or(domain, |choice| choice.label.get(language)).to_owned()
    }

    /// What an answer says in words: labels for choices, the text itself otherwise.
    pub fn answer_in_words(&self, question: &Question, value: &str, language: &str) -> String {
        self.in_words(question, value, |choice| choice.label.get(language).to_owned())
    }

    /// As [`Form::answer_in_words`], but a label that several choices share has the choice's name
    /// behind it: of 3,321 units many are called the same.
    pub fn answer_in_distinct_words(
        &self,
        question: &Question,
        value: &str,
        language: &str,
    ) -> String {
        self.in_words(question, value, |choice| choice.distinct_label(language))
    }

    fn in_words(
        &self,
        question: &Question,
        value: &str,
        words: impl Fn(&Choice) -> String,
    ) -> String {
        let word = |name: &str| self.choice(question, name).map_or_else(|| name.to_owned(), &words);
        match &question.kind {
            Kind::SelectOne(_) => word(value),
            kind if kind.is_several() => {
                value.split_whitespace().map(word).collect::<Vec<_>>().join(SEPARATOR_IN_WORDS)
            }
            _ => value.to_owned(),
        }
    }

    /// The group and all it lies in, innermost first.
    pub fn ancestry(&self, group: Option<usize>) -> impl Iterator<Item = &Group> {
        let mut next = group;
        std::iter::from_fn(move || {
            let group = self.groups.get(next?)?;
            next = group.parent;
            Some(group)
        })
    }

    /// The outermost group that a group lies in.
    pub fn section_of(&self, group: Option<usize>) -> Option<usize> {
        let mut section = group?;
        while let Some(parent) = self.groups.get(section)?.parent {
            section = parent;
        }
        Some(section)
    }
}

/// The choice list that names the domains.
pub const DOMAIN_LIST: &str = "domain";

/// What stands between the labels of several choices.
pub const SEPARATOR_IN_WORDS: &str = " | ";
