//! What has been answered so far.

mod packer;
mod reader;

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::{Digest, Piece};

pub use packer::Packer;
pub use reader::AnswerReader;

/// Answers by question name, each in its canonical text: a choice's name, names separated by a
/// space, a number with a dot, a date as `2026-12-02`. An unanswered question has no entry.
///
/// The answers stand one behind the other in one text, beside the names of their questions, which
/// rows of the same questions share; of a choice there stands only which one it is. So a hundred
/// thousand rows of a hundred answers fit a browser, and are compared and counted quickly.
#[derive(Clone, Default)]
pub struct Answers {
    names: Names,
    /// First the place of each question, as wide in every row, then the texts. Shared until an
    /// answer changes: a draft, its copies and what follows from it have the same.
    values: Rc<str>,
}

/// Question names, each once and in order, with where the answers to them stand.
#[derive(Clone, Default)]
pub struct Names(Rc<Columns>);

#[derive(Default)]
struct Columns {
    all: Vec<Column>,
    /// How many bytes of a row come before its texts.
    width: usize,
}

/// Where the answers to one question stand.
struct Column {
    name: Rc<str>,
    at: usize,
    holds: Holds,
    /// What the digest of a row has of each known answer, once that was needed.
    digested: OnceCell<Box<[Piece]>>,
}

impl Column {
    fn as_given(&self) -> (Rc<str>, Option<Known>) {
        let known = match &self.holds {
            Holds::Known(known, _) => Some(Rc::clone(known)),
            Holds::Text(_) => None,
        };
        (Rc::clone(&self.name), known)
    }
}

enum Holds {
    /// Of these answers the number of one, from 1, in so many characters; 0 where there is none.
    Known(Known, usize),
    /// Where the answer ends among the texts; it begins where that of the column at this place
    /// ends.
    Text(Option<usize>),
}

/// The answers that a question may have, shared by all that speak of them.
pub type Known = Rc<[Box<str>]>;

/// Numbers stand as characters of seven bits, so that a row is a text: a row of ratings one a
/// rating.
const BITS: u32 = 7;

/// So many characters the end of a text takes.
const END_WIDTH: usize = 4;

/// How many characters the number of one of so many answers takes; `None` where they are too many.
fn number_width(answers: usize) -> Option<usize> {
    (1..=2).find(|width| answers < 1 << (BITS as usize * width))
}

impl Columns {
    fn of(names: impl Iterator<Item = (Rc<str>, Option<Known>)>) -> Self {
        let mut columns = Self::default();
        let mut before = None;
        for (name, known) in names {
            let at = columns.width;
            let known = known.and_then(|known| Some((number_width(known.len())?, known)));
            let (width, holds) = match known {
                Some((width, known)) => (width, Holds::Known(known, width)),
                None => (END_WIDTH, Holds::Text(before.replace(at))),
            };
            columns.all.push(Column { name, at, holds, digested: OnceCell::new() });
            columns.width += width;
        }
        columns
    }

    /// Adds the answers of a row to its digest.
    #[inline(never)]
    fn digest(&self, row: &str, digest: &mut Digest) {
        for column in &self.all {
            match &column.holds {
                Holds::Known(known, width) => {
                    let pieces = column.digested.get_or_init(|| {
                        known.iter().map(|answer| Piece::of(&column.name, answer)).collect()
                    });
                    let number = number(row, column.at, *width).checked_sub(1);
                    if let Some(piece) = number.and_then(|number| pieces.get(number)) {
                        digest.add_piece(piece);
                    }
                }
                Holds::Text(_) => digest.add(&column.name, self.answer(column, row)),
            }
        }
    }

    /// The answer of a column in a row.
    fn answer<'r>(&'r self, column: &'r Column, row: &'r str) -> &'r str {
        match &column.holds {
            Holds::Known(known, width) => {
                let number = number(row, column.at, *width).checked_sub(1);
                number.and_then(|number| known.get(number)).map_or("", |answer| answer)
            }
            Holds::Text(before) => {
                let end = |at: usize| number(row, at, END_WIDTH);
                let (start, end) = (before.map_or(0, end), end(column.at));
                row.get(self.width + start..self.width + end).unwrap_or_default()
            }
        }
    }
}

/// The number at a place of a row.
fn number(row: &str, at: usize, width: usize) -> usize {
    let digits = row.as_bytes().get(at..at + width).unwrap_or_default();
    digits.iter().fold(0, |number, digit| number << BITS | usize::from(*digit))
}

/// Adds a number to a row.
fn push_number(row: &mut String, number: usize, width: usize) {
    for digit in (0..width).rev() {
        let digit = number >> (BITS as usize * digit) & ((1 << BITS) - 1);
        row.push(u8::try_from(digit).map_or('\0', char::from));
    }
}

impl Answers {
    /// The answer, or the empty text where there is none.
    pub fn get(&self, question: &str) -> &str {
        self.names.place(question).map_or("", |place| self.at(place))
    }

    fn at(&self, place: usize) -> &str {
        let columns = &self.names.0;
        columns.all.get(place).map_or("", |column| columns.answer(column, &self.values))
    }

    /// Stores an answer; an empty one takes the entry away.
    pub fn set(&mut self, question: &str, value: impl AsRef<str>) {
        let value = value.as_ref();
        let place = match self.names.place(question) {
            Ok(place) => place,
            Err(_) if value.is_empty() => return,
            Err(place) => {
                *self = self.under(self.names.with(place, question));
                place
            }
        };
        if !self.names.0.may_be(place, value) {
            *self = self.under(self.names.of_any_text());
        }
        let texts = |at: usize| if at == place { value } else { self.at(at) };
        self.values = self.names.pack((0..self.names.0.all.len()).map(texts));
    }

    /// The same answers under names that have all of these.
    fn under(&self, names: Names) -> Self {
        let values = names.pack(names.iter().map(|name| self.get(name)));
        Self { names, values }
    }

    /// Every answered question with its answer, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let columns = &*self.names.0;
        let all = columns.all.iter();
        let all = all.map(|column| (&*column.name, columns.answer(column, &self.values)));
        all.filter(|(_, value)| !value.is_empty())
    }

    /// Adds every answered question with its answer, by name.
    pub fn digest(&self, digest: &mut Digest) {
        self.names.0.digest(&self.values, digest);
    }

    /// The names of the questions, and the answers as they lie beside them.
    pub fn packed(&self) -> (&Names, &str) {
        (&self.names, &self.values)
    }

    /// What [`Self::packed`] gives, together again. Of other texts there are other answers.
    pub fn of_packed(names: &Names, values: &str) -> Self {
        Self { names: names.clone(), values: values.into() }
    }

    /// How many questions are answered.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True when nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl Columns {
    /// True when a column can hold this answer.
    fn may_be(&self, place: usize, answer: &str) -> bool {
        self.all.get(place).is_some_and(|column| match &column.holds {
            Holds::Known(known, _) => answer.is_empty() || known.iter().any(|own| **own == *answer),
            Holds::Text(_) => true,
        })
    }
}

impl Names {
    /// These names, for answers of any text.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::knowing(names.into_iter().map(|name| (name, None)))
    }

    /// These names, some with the answers that there may be.
    pub fn knowing<'n>(names: impl IntoIterator<Item = (&'n str, Option<Known>)>) -> Self {
        let mut names: Vec<(&str, Option<Known>)> = names.into_iter().collect();
        names.sort_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        let names = names.into_iter().map(|(name, known)| (Rc::from(name), known));
        Self(Rc::new(Columns::of(names)))
    }

    /// With one more name, at its place.
    fn with(&self, place: usize, name: &str) -> Self {
        let own = || self.0.all.iter().map(Column::as_given);
        let with = own().take(place).chain([(Rc::from(name), None)]).chain(own().skip(place));
        Self(Rc::new(Columns::of(with)))
    }

    /// The same for answers of any text.
    fn of_any_text(&self) -> Self {
        let names = self.0.all.iter().map(|column| (Rc::clone(&column.name), None));
        Self(Rc::new(Columns::of(names)))
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.all.iter().map(|column| &*column.name)
    }

    /// The names, each with the answers that there may be where those are known.
    pub fn given(&self) -> impl Iterator<Item = (&str, Option<&Known>)> {
        self.0.all.iter().map(|column| match &column.holds {
            Holds::Known(known, _) => (&*column.name, Some(known)),
            Holds::Text(_) => (&*column.name, None),
        })
    }

    /// True of names that are shared, and so the same without a look.
    pub fn are_shared_with(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Where a name stands, or where it would.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.all.binary_search_by(|own| (*own.name).cmp(name))
    }

    /// A row of these answers, one for each name, each of which its column can hold.
    fn pack<'v>(&self, answers: impl Iterator<Item = &'v str>) -> Rc<str> {
        let mut packer = Packer::new(self.clone());
        for answer in answers {
            match packer.known() {
                Some(known) => {
                    let number = known.iter().position(|own| **own == *answer);
                    packer.push_known(number.map_or(0, |number| number + 1));
                }
                None => packer.push_text(answer),
            }
        }
        packer.finish().values
    }

    /// How many of some names, in order, are among these.
    fn common(&self, names: &[&str]) -> usize {
        let mut own = self.iter().peekable();
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
                own.0.all.len() <= names.len() * 2 + SPARE && own.common(names) == names.len()
            };
            if let Some(at) = recent.iter().position(|own| has_all(&own)) {
                let own = recent.remove(at);
                recent.insert(0, own.clone());
                return own;
            }
            // Rows of one form differ in what was left out: its names come together bit by bit.
            let is_alike = |own: &Self| own.common(names) * 2 >= own.0.all.len().max(names.len());
            let others = recent.iter().position(is_alike).map(|at| recent.remove(at));
            let others = others.iter().flat_map(Self::iter);
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
        let answer = |name: &str| left.next_if(|(own, _)| *own == name).map_or("", |(_, v)| v);
        let values = names.pack(names.iter().map(answer));
        Self { names, values }
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
