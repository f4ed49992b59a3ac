//! Words as choices: by name, by label in any language, without case and diacritics, with the
//! number before or behind it.

use std::collections::HashMap;
use std::ops::Range;

use super::heading::plain;
use crate::domain::form::{Choice, Form, Role};
use crate::domain::gazetteer::province_key;
use crate::domain::roster::columns::post_words;
use rows::text::composed;

/// What may stand for the choices of a list.
pub(super) struct ChoiceWords<'f> {
    choices: &'f [Choice],
    by_name: HashMap<&'f str, usize>,
    /// Of what several choices are called, none is meant.
    by_text: HashMap<String, Option<usize>>,
    by_plain: HashMap<String, Option<usize>>,
    by_part: HashMap<String, Option<usize>>,
    /// By what else people call it.
    by_habit: HashMap<String, Option<usize>>,
    /// What the choices tell of a person.
    role: Option<Role>,
    /// How many words the longest name or label has.
    longest: usize,
}

/// A part of a cell in which several choices stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'f> {
    /// A choice, by name.
    Choice(&'f str),
    /// Words that are none.
    Unknown(String),
}

impl<'f> ChoiceWords<'f> {
    pub(super) fn of(form: &'f Form, list: &str, role: Option<Role>) -> Self {
        let choices = form.choices(list);
        let mut words = Self {
            choices,
            by_name: HashMap::with_capacity(choices.len()),
            by_text: HashMap::with_capacity(choices.len() * 2),
            by_plain: HashMap::with_capacity(choices.len() * 2),
            by_part: HashMap::new(),
            by_habit: HashMap::new(),
            role,
            longest: 1,
        };
        for (at, choice) in choices.iter().enumerate() {
            words.by_name.entry(&choice.name).or_insert(at);
            add(&mut words.by_text, choice.name.to_lowercase(), at);
            let name = plain(&choice.name);
            words.longest = words.longest.max(name.split(' ').count());
            add(&mut words.by_plain, name.clone(), at);
            for label in choice.label.all() {
                add(&mut words.by_text, text_key(label), at);
                let label_words = plain(label);
                words.longest = words.longest.max(label_words.split(' ').count());
                add(&mut words.by_part, format!("{name} {label_words}"), at);
                add(&mut words.by_part, format!("{label_words} {name}"), at);
                if let Some((short, _)) = label.split_once('(') {
                    add(&mut words.by_part, plain(short), at);
                }
                add(&mut words.by_habit, habitual(role, label), at);
                add(&mut words.by_plain, label_words, at);
            }
        }
        words
    }

    /// The one choice that a text stands for, by name.
    pub(super) fn one(&self, text: &str) -> Option<&'f str> {
        let text = text.trim();
        if let Some(at) = self.by_name.get(text) {
            return self.name(*at);
        }
        let key = plain(text);
        let called = [
            (&self.by_text, text_key(text)),
            (&self.by_plain, key.clone()),
            (&self.by_part, key),
            (&self.by_habit, habitual(self.role, text)),
        ];
        // What several choices are called is not looked for any further.
        let found = called.iter().find_map(|(map, key)| map.get(key).copied());
        found.unwrap_or_else(|| self.padded(text)).and_then(|at| self.name(at))
    }

    /// A number whose leading zeros a spreadsheet took off, or to which it added a decimal.
    fn padded(&self, text: &str) -> Option<usize> {
        let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
        let number = without_zeros(whole)?;
        let same = |choice: &Choice| without_zeros(&choice.name) == Some(number);
        let mut found = self.choices.iter().enumerate().filter(|(_, choice)| same(choice));
        let (first, _) = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The choices in a cell with several, whatever stands between them: blanks between names, a
    /// comma or a semicolon between labels that may have commas themselves.
    pub(super) fn several(&self, text: &str) -> Vec<Part<'f>> {
        let text = composed(text);
        let named = text.split_whitespace().map(|name| self.by_name.get(name).copied());
        if let Some(all) = named.collect::<Option<Vec<usize>>>() {
            return all.into_iter().filter_map(|at| Some(Part::Choice(self.name(at)?))).collect();
        }
        let words = split(&text);
        let mut parts = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some((choice, count)) = self.longest_at(&words, at) {
                parts.extend(self.name(choice).map(Part::Choice));
                at += count;
                continue;
            }
            let rest = words.iter().skip(at + 1);
            let count = 1 + rest.take_while(|word| !word.begins_part).count();
            let run = words.get(at..at + count).unwrap_or_default();
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                let whole = text.get(first.bytes.start..last.bytes.end).unwrap_or_default();
                parts.push(match self.one(whole) {
                    Some(name) => Part::Choice(name),
                    None => Part::Unknown(whole.to_owned()),
                });
            }
            at += count;
        }
        parts
    }

    fn longest_at(&self, words: &[Word], at: usize) -> Option<(usize, usize)> {
        let most = self.longest.min(words.len() - at);
        (1..=most).rev().find_map(|count| {
            let run: Vec<&str> =
                words.iter().skip(at).take(count).map(|word| word.plain.as_str()).collect();
            Some(((*self.by_plain.get(&run.join(" "))?)?, count))
        })
    }

    fn name(&self, at: usize) -> Option<&'f str> {
        self.choices.get(at).map(|choice| choice.name.as_str())
    }
}

fn add(map: &mut HashMap<String, Option<usize>>, key: String, at: usize) {
    if !key.is_empty() {
        let slot = map.entry(key).or_insert(Some(at));
        if *slot != Some(at) {
            *slot = None;
        }
    }
}

/// A text as it is spelled: lower case, single spaces.
fn text_key(text: &str) -> String {
    composed(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What people call a post, abbreviations written out, and a province; nothing of other choices.
fn habitual(role: Option<Role>, text: &str) -> String {
    match role {
        Some(Role::Post | Role::ConcurrentPosts) => {
            post_words(text).into_iter().collect::<Vec<_>>().join(" ")
        }
        Some(Role::Province) => province_key(text),
        _ => String::new(),
    }
}

/// Digits without the zeros before them.
fn without_zeros(word: &str) -> Option<&str> {
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.trim_start_matches('0'))
}

struct Word {
    plain: String,
    bytes: Range<usize>,
    /// True where a separator stands before it.
    begins_part: bool,
}

fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut begins_part, mut start) = (true, None);
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (true, Some(_)) => {}
            (false, open) => {
                if let Some(open) = open {
                    let run = text.get(open..at).unwrap_or_default();
                    words.push(Word { plain: plain(run), bytes: open..at, begins_part });
                    (begins_part, start) = (false, None);
                }
                begins_part |= matches!(c, ',' | ';' | '|' | '\n');
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

    #[test]
    fn a_level_is_read_from_its_words_in_any_language_and_from_what_people_add() {
        let words = ChoiceWords::of(&FORM, "quan_trong", None);
        for written in [
            "5",
            "5.0",
            "Rất quan trọng",
            "rat quan trong.",
            "RẤT QUAN TRỌNG",
            "5 - Rất quan trọng",
            "Rất quan trọng (5)",
            "Very important",
        ] {
            assert_eq!(words.one(written), Some("5"), "{written}");
        }
        for unknown in ["rất", "", "6", "quan"] {
            assert_eq!(words.one(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn posts_are_read_with_their_abbreviations() {
        let words = ChoiceWords::of(&FORM, "chuc_danh", Some(Role::Post));
        assert_eq!(words.one("PCT UBND"), Some("pct_ubnd"));
        assert_eq!(words.one("Chủ tịch Ủy ban nhân dân xã"), Some("ct_ubnd"));
        assert_eq!(words.one("Chủ tịch"), None);
    }

    #[test]
    fn several_choices_are_read_by_names_and_by_labels_with_commas_in_them() {
        let words = ChoiceWords::of(&FORM, "tieng_dt", None);
        let names = |text| -> Vec<String> {
            let parts = words.several(text).into_iter();
            let shown = parts.map(|part| match part {
                Part::Choice(name) => name.to_owned(),
                Part::Unknown(text) => format!("?{text}"),
            });
            shown.collect()
        };
        assert_eq!(names("tay nung"), ["tay", "nung"]);
        assert_eq!(names("Tiếng Tày, Tiếng Nùng"), names("tay nung"));
        assert_eq!(names("Tày; tiếng lạ lắm"), ["tay", "?tiếng lạ lắm"]);
        let words = ChoiceWords::of(&FORM, "can_tro", None);
        let labels: Vec<String> = FORM
            .choices("can_tro")
            .iter()
            .map(|choice| choice.label.get("vi").to_owned())
            .collect();
        for joined in [labels.join(", "), labels.join(" "), labels.join(";")] {
            assert_eq!(words.several(&joined).len(), labels.len(), "{joined}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_words(text in "\\PC{0,60}") {
            let words = ChoiceWords::of(&FORM, "can_tro", None);
            let _ = (words.one(&text), words.several(&text));
        }
    }
}
