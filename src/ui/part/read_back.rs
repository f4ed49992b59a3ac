//! Answers read back: section by section, each field with what was said.

use crate::domain::field::Field;
use crate::domain::filled::{Filled, Screen};
use crate::domain::form::{Item, SEPARATOR_IN_WORDS};
use crate::text::Language;

/// A section of a form as it was filled.
pub(crate) struct SectionRead {
    /// Its heading.
    pub(crate) title: String,
    /// Its fields, in order.
    pub(crate) lines: Vec<LineRead>,
}

/// A field as it was filled.
pub(crate) struct LineRead {
    /// The field's key.
    pub(crate) key: String,
    /// Its label; of a rating, the competency before it; in a repeat, which one it is.
    pub(crate) label: String,
    /// The answer in words; `None` where there is none.
    pub(crate) words: Option<String>,
}

impl SectionRead {
    /// How many of its fields are answered.
    pub(crate) fn answered(&self) -> usize {
        self.lines.iter().filter(|line| line.words.is_some()).count()
    }
}

/// The fields of these screens that can be answered, by section; that of the consent stands on a
/// page of its own.
pub(crate) fn read_back(t: Language, filled: &Filled, screens: &[Screen]) -> Vec<SectionRead> {
    let form = filled.form();
    let mut sections: Vec<(Option<usize>, SectionRead)> = Vec::new();
    for screen in screens {
        let lines: Vec<LineRead> = screen
            .fields
            .iter()
            .filter(|field| {
                field.question(form).is_none_or(|asked| {
                    asked.kind.is_answered()
                        && form.consent_question().is_none_or(|consent| consent.name != asked.name)
                })
            })
            .map(|field| line(t, filled, field))
            .collect();
        if lines.is_empty() {
            continue;
        }
        if let Some((_, section)) =
            sections.iter_mut().find(|(section, _)| *section == screen.section)
        {
            section.lines.extend(lines);
            continue;
        }
        let group = screen.section.and_then(|section| form.groups().get(section));
        let title = group.map_or(t.other_questions(), |group| group.label.get(filled.language()));
        sections.push((screen.section, SectionRead { title: title.to_owned(), lines }));
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

fn line(t: Language, filled: &Filled, field: &Field) -> LineRead {
    let form = filled.form();
    let value = filled.value(&field.key);
    let words = match field.question(form) {
        _ if value.is_empty() => None,
        Some(question) => Some(
            form.answer_in_words(question, value, filled.language())
                .replace(SEPARATOR_IN_WORDS, "; "),
        ),
        None => Some(t.instances_in_all(&value)),
    };
    LineRead { key: field.key.clone(), label: label_in_full(filled, field), words }
}

/// The field's label; of a rating, the competency before it; in a repeat, which one it is.
pub(crate) fn label_in_full(filled: &Filled, field: &Field) -> String {
    let form = filled.form();
    let (group, label) = match field.item {
        Item::Question(position) => match form.questions().get(position) {
            Some(question) => (question.group, &question.label),
            None => return String::new(),
        },
        Item::Group(position) => match form.groups().get(position) {
            Some(group) => (group.parent, &group.label),
            None => return String::new(),
        },
    };
    let mut label = filled.text(label, field).into_owned();
    let group = group.and_then(|group| form.groups().get(group));
    if let Some(group) = group.filter(|group| group.is_on_one_screen()) {
        label = format!("{} · {label}", filled.text(&group.label, field));
    }
    match field.instance.numbers().last() {
        Some(number) => format!("{number} · {label}"),
        None => label,
    }
}
