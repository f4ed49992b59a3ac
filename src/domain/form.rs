//! What is asked: questions in groups, choice lists, competencies.

mod choice;
mod kind;
mod question;
mod role;

use std::collections::{BTreeMap, HashMap};

use super::localized::Localized;

pub use choice::Choice;
pub use kind::{ACKNOWLEDGED, Kind, Meta, Steps};
pub use question::{Group, Question, Rating, Repeat, Scale, Shuffle};
pub use role::Role;

/// The choice of a rating that says "not my task": a missing value with a reason.
pub const NOT_MY_TASK: &str = "na";

/// A questionnaire.
///
/// It is shared behind `Rc`, which compares by address where a type is `Eq`: comparing thousands of
/// choices after every message would be felt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// Its stable name; responses carry it.
    pub id: String,
    /// Its version; responses carry it.
    pub version: String,
    /// What it is called on screen.
    pub title: Localized,
    /// Its languages by code, the default one first.
    pub languages: Vec<String>,
    /// What its languages are called, by code; nothing of one that is only given by its code.
    pub language_names: BTreeMap<String, String>,
    /// About how long it takes, in minutes.
    pub minutes: Option<u32>,
    /// The version of its consent text; responses carry it.
    pub consent_version: String,
    /// The rated competencies, in the order of their sheet.
    pub competencies: Vec<Competency>,
    /// Further settings, by heading, that this product keeps but does not use.
    pub further: Vec<(String, String)>,
    groups: Vec<Group>,
    questions: Vec<Question>,
    by_name: HashMap<String, Item>,
    lists: BTreeMap<String, Vec<Choice>>,
    /// Of long lists the places of the choices of each name.
    long_lists: HashMap<String, HashMap<String, Vec<usize>>>,
}

/// A question or a group, by its position in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A position in [`Form::questions`].
    Question(usize),
    /// A position in [`Form::groups`].
    Group(usize),
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
    /// The cells of columns that this product does not know, by heading.
    pub further: Vec<(String, String)>,
}

/// A list of more choices is not looked through for one of them.
const LONG: usize = 32;

impl Form {
    /// Adds a question after those that are there.
    pub fn add_question(&mut self, question: Question) {
        self.by_name.insert(question.name.clone(), Item::Question(self.questions.len()));
        self.questions.push(question);
    }

    /// Adds a group after the one it lies in and before its questions; gives its position.
    pub fn add_group(&mut self, group: Group) -> usize {
        let position = self.groups.len();
        self.by_name.insert(group.name.clone(), Item::Group(position));
        self.groups.push(group);
        position
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
        if choices.len() > LONG {
            let mut places: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, choice) in choices.iter().enumerate() {
                places.entry(choice.name.clone()).or_default().push(at);
            }
            self.long_lists.insert(name.to_owned(), places);
        } else {
            self.long_lists.remove(name);
        }
        self.lists.insert(name.to_owned(), choices);
    }

    /// Of a list that reads the same in every language, such as names of places, keeps one text a
    /// choice: whether its author repeated them or left them out makes no difference.
    pub fn keep_repeated_labels_once(&mut self) {
        for choices in self.lists.values_mut() {
            if choices.iter().all(|choice| choice.label.is_one_text()) {
                for choice in choices.iter_mut() {
                    choice.label.keep_first();
                }
            }
        }
    }

    /// Every group; a group comes after the one it lies in.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every question in form order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Every question, to change anything but its name.
    pub(super) fn questions_mut(&mut self) -> &mut [Question] {
        &mut self.questions
    }

    /// The question of that name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.position(name).and_then(|position| self.questions.get(position))
    }

    /// The question or group of that name.
    pub fn item(&self, name: &str) -> Option<Item> {
        self.by_name.get(name).copied()
    }

    /// The name of a question or group.
    pub fn name_of(&self, item: Item) -> Option<&str> {
        match item {
            Item::Question(position) => self.questions.get(position).map(|q| q.name.as_str()),
            Item::Group(position) => self.groups.get(position).map(|group| group.name.as_str()),
        }
    }

    /// True when the group at that position is answered several times.
    pub fn is_repeat(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| group.repeat.is_some())
    }

    /// The place of a question in [`Form::questions`].
    pub fn position(&self, name: &str) -> Option<usize> {
        match self.item(name)? {
            Item::Question(position) => Some(position),
            Item::Group(_) => None,
        }
    }

    /// The first question with that role.
    pub fn with_role(&self, role: Role) -> Option<&Question> {
        self.questions.iter().find(|question| question.role == Some(role))
    }

    /// The groups that are repeats, by position.
    pub fn repeats(&self) -> impl Iterator<Item = usize> {
        (0..self.groups.len()).filter(|group| self.is_repeat(*group))
    }

    /// True of a question whose answer may tell who somebody is: a name, a code, or what people
    /// write in their own words.
    pub fn tells_who(&self, question: &Question) -> bool {
        matches!(question.role, Some(Role::Person | Role::Code)) || question.kind == Kind::Text
    }

    /// The question by which consent is given (appearance `consent`).
    pub fn consent_question(&self) -> Option<&Question> {
        self.questions.iter().find(|q| {
            q.kind == Kind::Acknowledge && q.appearance.iter().any(|word| word == "consent")
        })
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

    /// The choice of a question by its name; of several with that name the first.
    pub fn choice(&self, question: &Question, name: &str) -> Option<&Choice> {
        self.choices_named(question, name).next()
    }

    /// The choices of a question with that name: several where the form allows it, told apart by
    /// the question's filter.
    pub fn choices_named<'f>(
        &'f self,
        question: &Question,
        name: &str,
    ) -> impl Iterator<Item = &'f Choice> {
        let list = question.kind.list();
        let choices = list.map_or(&[][..], |list| self.choices(list));
        let long = list.and_then(|list| self.long_lists.get(list));
        let places = long.map(|places| places.get(name).map_or(&[][..], Vec::as_slice));
        let looked_through = if long.is_none() { choices } else { &[] };
        let known = places.unwrap_or_default().iter().filter_map(|at| choices.get(*at));
        looked_through.iter().filter(move |choice| choice.name == name).chain(known)
    }

    /// True when several choices of a list may have one name (setting `allow_choice_duplicates`).
    pub fn allows_choice_twice(&self) -> bool {
        let setting = self.further.iter().find(|(heading, _)| heading == "allow_choice_duplicates");
        setting.is_some_and(|(_, value)| matches!(value.to_lowercase().as_str(), "yes" | "true"))
    }

    /// The place of a competency in [`Form::competencies`].
    pub fn competency_position(&self, code: &str) -> Option<usize> {
        self.competencies.iter().position(|competency| competency.code == code)
    }

    /// The competency of a code.
    pub fn competency(&self, code: &str) -> Option<&Competency> {
        self.competencies.iter().find(|competency| competency.code == code)
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

    /// The group and all it lies in, innermost first, as positions.
    pub fn ancestry(&self, group: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(group, |group| self.groups.get(*group)?.parent)
    }

    /// The repeats around a group and itself, outermost first, as positions.
    pub fn repeats_around(&self, group: Option<usize>) -> Vec<usize> {
        let mut repeats: Vec<usize> =
            self.ancestry(group).filter(|group| self.is_repeat(*group)).collect();
        repeats.reverse();
        repeats
    }

    /// The outermost group that a group lies in.
    pub fn section_of(&self, group: Option<usize>) -> Option<usize> {
        self.ancestry(group).last()
    }
}

/// The choice list that names the domains.
pub const DOMAIN_LIST: &str = "domain";

/// What stands between the labels of several choices.
pub const SEPARATOR_IN_WORDS: &str = " | ";
