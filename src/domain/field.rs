//! Where answers stand: a question has one place, or one in every instance of the repeats around
//! it. A place's key is the column of the response: `name`, or `repeat[2]/name`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::form::{Form, Item, Question};
use super::outline::Outline;
use rows::answers::Answers;

/// How many instances the repeats of a form have together at most.
pub const MAX_INSTANCES: usize = 1000;

/// Which instance of each repeat around it something is in, from 1, outermost first; empty outside
/// repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instance(Vec<usize>);

impl Instance {
    /// The instance `number` of a repeat that lies in this one.
    #[must_use]
    pub fn inner(&self, number: usize) -> Self {
        let mut numbers = self.0.clone();
        numbers.push(number);
        Self(numbers)
    }

    /// The numbers, outermost first.
    pub fn numbers(&self) -> &[usize] {
        &self.0
    }

    /// True when both are the same in the outermost `depth` repeats.
    pub fn agrees(&self, other: &Self, depth: usize) -> bool {
        self.0.iter().take(depth).eq(other.0.iter().take(depth))
    }
}

/// A question, a group or a repeat's list of instances, in one instance of the repeats around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The question or group.
    pub item: Item,
    /// In which instance of the repeats around it.
    pub instance: Instance,
    /// The column of the response: `name`, or `repeat[2]/name`.
    pub key: String,
}

impl Field {
    /// The question it is, if it is one.
    pub fn question<'f>(&self, form: &'f Form) -> Option<&'f Question> {
        match self.item {
            Item::Question(position) => form.questions().get(position),
            Item::Group(_) => None,
        }
    }

    /// True when it is a column of the response: a question with a value, or how many instances a
    /// repeat has.
    pub fn is_column(&self, form: &Form) -> bool {
        match self.item {
            Item::Question(position) => {
                form.questions().get(position).is_some_and(|question| question.kind.has_value())
            }
            Item::Group(position) => {
                form.groups().get(position).is_some_and(|group| group.repeat.is_some())
            }
        }
    }
}

/// A field among the others of its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The field.
    pub field: Field,
    /// Its entry in the [`Outline`].
    pub entry: usize,
    /// The cell of the innermost group around it.
    pub parent: Option<usize>,
    /// The cell after the last one that lies in it.
    pub end: usize,
}

/// Every field of a form whose repeats have certain numbers of instances, in form order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    cells: Vec<Cell>,
    of_entry: Vec<Vec<usize>>,
    by_key: HashMap<String, usize>,
    instances: usize,
}

/// What a layout is made of.
struct Source<'s> {
    form: &'s Form,
    outline: &'s Outline,
    count: &'s dyn Fn(&str) -> usize,
    /// How many instances there may be in all.
    most: usize,
}

impl Layout {
    /// The fields, with as many instances of a repeat as `count` says of its key; no more than
    /// [`MAX_INSTANCES`] in all.
    pub fn new(form: &Form, outline: &Outline, count: &dyn Fn(&str) -> usize) -> Self {
        Self::with_at_most(MAX_INSTANCES, form, outline, count)
    }

    fn with_at_most(
        most: usize,
        form: &Form,
        outline: &Outline,
        count: &dyn Fn(&str) -> usize,
    ) -> Self {
        let entries = outline.entries().len();
        let mut layout = Self { of_entry: vec![Vec::new(); entries], ..Self::default() };
        let source = Source { form, outline, count, most };
        layout.add(&source, 0..entries, None, (&Instance::default(), ""));
        layout
    }

    /// The fields of all these answers together.
    pub fn holding<'a>(form: &Form, answers: impl IntoIterator<Item = &'a Answers>) -> Self {
        let instances = instances(form, answers);
        let count = |key: &str| instances.get(key).copied().unwrap_or(0);
        // Each of many responses has its own few; together they may be more.
        Self::with_at_most(usize::MAX, form, &Outline::of(form), &count)
    }

    /// Adds the entries in `range`; what `inside` says stands before their keys.
    fn add(
        &mut self,
        source: &Source<'_>,
        range: Range<usize>,
        parent: Option<usize>,
        inside: (&Instance, &str),
    ) {
        let Source { form, outline, count, most } = *source;
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            self.close(&mut open, at);
            let Some(entry) = outline.entries().get(at) else { return };
            let name = form.name_of(entry.item).unwrap_or_default();
            let (instance, prefix) = inside;
            let key = format!("{prefix}{name}");
            let around = open.last().map(|(cell, _)| *cell).or(parent);
            let cell = self.cells.len();
            self.by_key.insert(key.clone(), cell);
            if let Some(cells) = self.of_entry.get_mut(at) {
                cells.push(cell);
            }
            let field = Field { item: entry.item, instance: instance.clone(), key: key.clone() };
            self.cells.push(Cell { field, entry: at, parent: around, end: cell + 1 });
            match entry.item {
                Item::Group(group) if form.is_repeat(group) => {
                    for number in 1..=count(&key).min(MAX_INSTANCES) {
                        if self.instances >= most {
                            break;
                        }
                        self.instances += 1;
                        let inside = (&instance.inner(number), &*format!("{key}[{number}]/"));
                        self.add(source, at + 1..entry.end, Some(cell), inside);
                    }
                    self.end(cell);
                    at = entry.end;
                }
                Item::Group(_) => {
                    open.push((cell, entry.end));
                    at += 1;
                }
                Item::Question(_) => at += 1,
            }
        }
        self.close(&mut open, range.end);
    }

    /// Ends the groups that do not reach beyond the entry `at`.
    fn close(&mut self, open: &mut Vec<(usize, usize)>, at: usize) {
        while let Some((cell, _)) = open.pop_if(|(_, end)| *end <= at) {
            self.end(cell);
        }
    }

    fn end(&mut self, cell: usize) {
        let end = self.cells.len();
        if let Some(cell) = self.cells.get_mut(cell) {
            cell.end = end;
        }
    }

    /// Every cell, a group before what lies in it.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The fields that are columns of a response, in order.
    pub fn columns<'l>(&'l self, form: &'l Form) -> impl Iterator<Item = &'l Field> {
        self.cells.iter().map(|cell| &cell.field).filter(|field| field.is_column(form))
    }

    /// The cells of an entry, one in each instance of the repeats around it.
    pub fn of_entry(&self, entry: usize) -> &[usize] {
        self.of_entry.get(entry).map_or(&[], Vec::as_slice)
    }

    /// True when no further instance of any repeat fits in.
    pub fn is_full(&self) -> bool {
        self.instances >= MAX_INSTANCES
    }

    /// True when a further instance with repeats in it might not fit in.
    pub fn is_nearly_full(&self) -> bool {
        self.instances + 10 > MAX_INSTANCES
    }

    /// The cell of a key.
    pub fn by_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }
}

/// How many instances each repeat has in these answers, by its key: as its own column says, and at
/// least as many as have an answer.
pub fn instances<'a>(
    form: &Form,
    answers: impl IntoIterator<Item = &'a Answers>,
) -> BTreeMap<String, usize> {
    let mut instances = BTreeMap::new();
    if !form.groups().iter().any(|group| group.repeat.is_some()) {
        return instances;
    }
    let mut has = |repeat: &str, number: usize| {
        let most: &mut usize = instances.entry(repeat.to_owned()).or_default();
        *most = number.max(*most);
    };
    for (key, value) in answers.into_iter().flat_map(Answers::iter) {
        for (bracket, _) in key.match_indices('[') {
            let (repeat, rest) = key.split_at(bracket);
            let number = rest.get(1..).and_then(|rest| rest.split(']').next()?.parse().ok());
            has(repeat, number.unwrap_or(0));
        }
        let is_repeat = matches!(form.item(last_name(key)), Some(Item::Group(_)));
        if let Some(count) = value.parse().ok().filter(|_| is_repeat) {
            has(key, count);
        }
    }
    instances
}

/// Has answers say of every repeat how many instances it has.
pub fn count_instances(answers: &mut Answers, form: &Form) {
    let counts = instances(form, [&*answers]);
    let said: Vec<(String, String)> =
        counts.into_iter().map(|(repeat, count)| (repeat, count.to_string())).collect();
    if said.iter().any(|(repeat, count)| answers.get(repeat) != count) {
        // All at once, so that rows of one table go on sharing their names.
        let said = said.iter().map(|(repeat, count)| (repeat.as_str(), count.as_str()));
        *answers = answers.iter().chain(said).collect();
    }
}

/// The name that a key ends in.
pub fn last_name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The repeats and instance numbers of a key, outermost first, and its last name.
fn parts(key: &str) -> Option<(Vec<(&str, usize)>, &str)> {
    let (around, name) = match key.rsplit_once('/') {
        Some((around, name)) => (around.split('/').collect(), name),
        None => (Vec::new(), key),
    };
    let numbered = around.into_iter().map(|part| {
        let (repeat, number) = part.strip_suffix(']')?.split_once('[')?;
        let number = number.parse().ok().filter(|number| (1..=MAX_INSTANCES).contains(number))?;
        Some((repeat, number))
    });
    Some((numbered.collect::<Option<_>>()?, name))
}

/// The field that a key means, if the form has such a column.
pub fn field_of(form: &Form, key: &str) -> Option<Field> {
    let (numbered, name) = parts(key)?;
    let item = form.item(name)?;
    let around = match item {
        Item::Question(position) => form.questions().get(position)?.group,
        Item::Group(position) => form.groups().get(position)?.parent,
    };
    let repeats = form.repeats_around(around);
    let names = repeats.iter().filter_map(|repeat| form.name_of(Item::Group(*repeat)));
    let fits = names.eq(numbered.iter().map(|(repeat, _)| *repeat));
    let instance = Instance(numbered.into_iter().map(|(_, number)| number).collect());
    let field = Field { item, instance, key: key.to_owned() };
    (fits && field.is_column(form)).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{Group, Kind, Question, Repeat};

    /// `a`, a repeat `r` of `b` and a repeat `s` of `c`, then `d`.
    fn form() -> Form {
        let mut form = Form::default();
        let question = |name: &str, group| Question {
            name: name.to_owned(),
            group,
            ..Question::of_kind(Kind::Text)
        };
        let repeat = |name: &str, parent| Group {
            name: name.to_owned(),
            parent,
            repeat: Some(Repeat::AsNeeded),
            ..Group::default()
        };
        form.add_question(question("a", None));
        let r = form.add_group(repeat("r", None));
        form.add_question(question("b", Some(r)));
        let s = form.add_group(repeat("s", Some(r)));
        form.add_question(question("c", Some(s)));
        form.add_question(question("d", None));
        form
    }

    #[test]
    fn every_instance_of_a_repeat_has_columns_of_its_own() {
        let form = form();
        let count = |key: &str| if key == "r[2]/s" { 1 } else { usize::from(key == "r") * 2 };
        let layout = Layout::new(&form, &Outline::of(&form), &count);
        let keys: Vec<&str> = layout.columns(&form).map(|field| field.key.as_str()).collect();
        assert_eq!(keys, ["a", "r", "r[1]/b", "r[1]/s", "r[2]/b", "r[2]/s", "r[2]/s[1]/c", "d"]);
    }

    #[test]
    fn a_column_is_known_by_its_key() {
        let form = form();
        let field = field_of(&form, "r[2]/s[10]/c").unwrap();
        assert_eq!(field.instance.numbers(), [2, 10]);
        for wrong in ["c", "r[1]/c", "r[0]/b", "r[x]/b", "s[1]/b", "r[2]/a", "b[1]", "r[1001]/b"] {
            assert_eq!(field_of(&form, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn instances_without_end_stop_somewhere() {
        let form = form();
        let layout = Layout::new(&form, &Outline::of(&form), &|_| usize::MAX);
        assert!(layout.cells().len() < 3 * MAX_INSTANCES);
    }
}
