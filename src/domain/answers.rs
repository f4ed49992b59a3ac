//! What has been answered so far.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Answers by question name, each in its canonical text: a choice's name, names separated by a
/// space, a number with a dot, a date as `2026-12-02`. An unanswered question has no entry.
///
/// The texts stand one behind the other in one piece, beside the names of their questions, which
/// rows of the same questions share: a hundred thousand rows of a hundred answers fit a browser.
#[derive(Clone, Default)]
pub struct Answers {
    names: Names,
    /// Shared until one of them changes: a draft, its copies and what follows from it have the same.
    values: Rc<Values>,
}

/// Question names, each once and in order.
#[derive(Clone, Default)]
pub struct Names(Rc<[Rc<str>]>);

/// A text for each of the names, empty where there is no answer.
#[derive(Clone, Default, PartialEq, Eq)]
struct Values {
    text: String,
    /// Where in it each of them ends.
    ends: Vec<usize>,
}

impl Answers {
    /// Answers to questions of these names, a text for each in the order of the names.
    pub fn in_order<'v>(names: &Names, texts: impl Iterator<Item = &'v str> + Clone) -> Self {
        let mut values = Values {
            text: String::with_capacity(texts.clone().map(str::len).sum()),
            ends: Vec::with_capacity(names.0.len()),
        };
        for text in texts {
            values.text.push_str(text);
            values.ends.push(values.text.len());
        }
        Self { names: names.clone(), values: Rc::new(values) }
    }

    /// The answer, or the empty text where there is none.
    pub fn get(&self, question: &str) -> &str {
        self.names.place(question).map_or("", |place| self.values.get(place))
    }

    /// Stores an answer; an empty one takes the entry away.
    pub fn set(&mut self, question: &str, value: impl AsRef<str>) {
        let value = value.as_ref();
        match self.names.place(question) {
            Ok(place) => Rc::make_mut(&mut self.values).replace(place, value),
            Err(_) if value.is_empty() => {}
            Err(place) => {
                self.names = self.names.with(place, question);
                let values = Rc::make_mut(&mut self.values);
                values.ends.insert(place, values.range(place).start);
                values.replace(place, value);
            }
        }
    }

    /// Every answered question with its answer, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = (0..).map(|place| self.values.get(place));
        let all = self.names.0.iter().map(|name| &**name).zip(values);
        all.filter(|(_, value)| !value.is_empty())
    }

    /// How many questions are answered.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True when nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.values.text.is_empty()
    }
}

impl Names {
    /// These names.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        Self(names.into_iter().map(Rc::from).collect())
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|name| &**name)
    }

    /// Where a name stands, or where it would.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|own| (**own).cmp(name))
    }

    /// With one more name, at its place.
    fn with(&self, place: usize, name: &str) -> Self {
        let (before, after) = self.0.split_at(place);
        Self(before.iter().cloned().chain([Rc::from(name)]).chain(after.iter().cloned()).collect())
    }

    /// How many of some names, in order, are among these.
    fn common(&self, names: &[&str]) -> usize {
        let mut own = self.0.iter().map(|name| &**name).peekable();
        let is_there = |name: &&&str| {
            while own.next_if(|own| own < *name).is_some() {}
            own.next_if(|own| own == *name).is_some()
        };
        names.iter().filter(is_there).count()
    }

    /// Names among which are all of these, which are in order: where rows with about the same
    /// names were made before, theirs.
    fn shared(names: &[&str]) -> Self {
        RECENT.with_borrow_mut(|recent| {
            let has_all = |own: &&Self| {
                own.0.len() <= names.len() * 2 + SPARE && own.common(names) == names.len()
            };
            if let Some(at) = recent.iter().position(|own| has_all(&own)) {
                let own = recent.remove(at);
                recent.insert(0, own.clone());
                return own;
            }
            // Rows of one form differ in what was left out: its names come together bit by bit.
            let is_alike = |own: &Self| own.common(names) * 2 >= own.0.len().max(names.len());
            let others = recent.iter().position(is_alike).map(|at| recent.remove(at));
            let others = others.iter().flat_map(|own| own.0.iter().map(|name| &**name));
            let own = Self::new(names.iter().copied().chain(others));
            recent.insert(0, own.clone());
            recent.truncate(REMEMBERED);
            own
        })
    }
}

/// So many lists of names are remembered: a desk holds a form or two at a time.
const REMEMBERED: usize = 8;

/// So many names more than twice its own a row may share.
const SPARE: usize = 16;

thread_local! {
    /// The names that rows had last.
    static RECENT: RefCell<Vec<Names>> = const { RefCell::new(Vec::new()) };
}

impl Values {
    fn range(&self, place: usize) -> std::ops::Range<usize> {
        let end_of = |place: usize| self.ends.get(place).copied();
        let start = place.checked_sub(1).and_then(end_of).unwrap_or_default();
        start..end_of(place).unwrap_or(start)
    }

    fn get(&self, place: usize) -> &str {
        self.text.get(self.range(place)).unwrap_or_default()
    }

    fn replace(&mut self, place: usize, value: &str) {
        let range = self.range(place);
        for end in self.ends.iter_mut().skip(place) {
            *end = *end - range.len() + value.len();
        }
        self.text.replace_range(range, value);
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let pairs: Vec<(N, V)> = pairs.into_iter().collect();
        Self::of(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect())
    }
}

impl Answers {
    fn of(mut pairs: Vec<(&str, &str)>) -> Self {
        // Of two of one name the last one counts: it comes first, and the others go.
        pairs.reverse();
        pairs.sort_by_key(|(name, _)| *name);
        pairs.dedup_by_key(|(name, _)| *name);
        pairs.retain(|(_, value)| !value.is_empty());
        let own: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
        let names = Names::shared(&own);
        let mut left = pairs.into_iter().peekable();
        let texts: Vec<&str> = names
            .0
            .iter()
            .map(|name| left.next_if(|(own, _)| **own == **name).map_or("", |(_, value)| value))
            .collect();
        Self::in_order(&names, texts.into_iter())
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        if Rc::ptr_eq(&self.names.0, &other.names.0) {
            self.values == other.values
        } else {
            self.iter().eq(other.iter())
        }
    }
}

impl Eq for Answers {}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Answers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("answers by question name")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Answers, M::Error> {
                let mut pairs: Vec<(String, String)> = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs.into_iter().collect())
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    fn changes() -> impl Strategy<Value = Vec<(String, String)>> {
        prop::collection::vec(("[a-f]{1,2}", "[1-5ộ]{0,3}"), 0..30)
    }

    /// What a plain map holds after the same changes.
    fn plain(changes: &[(String, String)]) -> BTreeMap<String, String> {
        let mut map: BTreeMap<String, String> = changes.iter().cloned().collect();
        map.retain(|_, value| !value.is_empty());
        map
    }

    proptest! {
        #[test]
        fn answers_given_one_after_the_other_are_those_of_a_map(changes in changes()) {
            let mut answers = Answers::default();
            for (name, value) in &changes {
                let copy = answers.clone();
                answers.set(name, value);
                prop_assert!(copy.get(name) == value || copy != answers);
            }
            let map = plain(&changes);
            prop_assert!(answers.iter().eq(map.iter().map(|(n, v)| (n.as_str(), v.as_str()))));
            prop_assert!(map.iter().all(|(name, value)| answers.get(name) == value));
            prop_assert_eq!(answers.len(), map.len());
            prop_assert_eq!(answers.is_empty(), map.is_empty());
            prop_assert_eq!(answers.get("g"), "");
        }

        #[test]
        fn rows_that_share_their_names_say_what_each_says(rows in prop::collection::vec(changes(), 1..20)) {
            for changes in rows {
                let map = plain(&changes);
                let collected: Answers = changes.iter().map(|(n, v)| (n, v)).collect();
                let mut set = Answers::default();
                for (name, value) in &changes {
                    set.set(name, value);
                }
                prop_assert_eq!(&collected, &set);
                let json = serde_json::to_string(&collected).unwrap();
                prop_assert_eq!(&json, &serde_json::to_string(&map).unwrap());
                prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), collected);
            }
        }
    }

    #[test]
    fn many_rows_of_one_form_share_their_names() {
        let all: Vec<String> = (0..60).map(|number| format!("q{number}")).collect();
        let row = |left_out: usize| -> Answers {
            let asked = all.iter().enumerate().filter(|(number, _)| number % 7 != left_out);
            asked.map(|(_, name)| (name, "4")).collect()
        };
        let rows: Vec<Answers> = (0..70).map(|number| row(number % 7)).collect();
        let last = rows.last().unwrap();
        let alike = rows.iter().filter(|row| Rc::ptr_eq(&row.names.0, &last.names.0)).count();
        assert!(alike > 60, "{alike}");
    }
}
