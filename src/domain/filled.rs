//! A form with answers: what is asked, which choices are offered, what is wrong, which screens.
//!
//! A question that is not relevant has no value, neither in the response nor for other
//! expressions, though what was answered there is kept in case it becomes relevant again.
//!
//! Values are worked out once, in the order of their dependencies; an answer then works out anew
//! only what follows from it.

mod follow;
mod plan;
mod repeats;
mod rules;
mod scope;
mod screens;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::canonical::{AnswerFault, canonical};
use super::expression::{Expression, Function, LocalTime, Value, in_random_order, mentions};
use super::field::{Cell, Field, Layout, MAX_INSTANCES, last_name};
use super::form::{Choice, Form, Item, Kind, Question, Repeat};
use super::localized::Localized;
use plan::Plan;
use rows::answers::Answers;
use scope::Standpoint;

pub use rules::{Rule, RuleKind};
pub use screens::Screen;

/// A form and what follows from the answers so far.
#[derive(Debug, Clone)]
pub struct Filled {
    form: Rc<Form>,
    plan: Rc<Plan>,
    answers: Answers,
    circumstances: Circumstances,
    layout: Rc<Layout>,
    /// By cell: is it asked?
    asked: Vec<bool>,
    /// By cell: its value, empty where it has none; of a repeat, how many instances it has.
    values: Vec<String>,
}

/// What expressions know besides the answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Circumstances {
    /// The time on this device, for `today()` and `now()`; where there is none they are empty.
    pub now: Option<LocalTime>,
    /// Decides what `random()` and its kin give, always the same for one response.
    pub seed: u64,
    /// The language of labels that expressions look up.
    pub language: String,
}

impl Filled {
    /// Works out what follows from `answers`.
    pub fn new(form: Rc<Form>, answers: Answers, circumstances: Circumstances) -> Self {
        let plan = Rc::new(Plan::of(&form));
        let layout = Rc::default();
        let (asked, values) = (Vec::new(), Vec::new());
        let mut filled = Self { form, plan, answers, circumstances, layout, asked, values };
        filled.work_out_everything();
        filled
    }

    /// A new form with its questions' defaults.
    pub fn begun(form: Rc<Form>, circumstances: Circumstances) -> Self {
        let mut filled = Self::new(form, Answers::default(), circumstances);
        filled.fill_in_defaults(|_| true);
        filled
    }

    /// Answers questions by their defaults, in form order, so that one may follow from another;
    /// those whose keys `is_due` names.
    fn fill_in_defaults(&mut self, is_due: impl Fn(&str) -> bool) {
        let layout = Rc::clone(&self.layout);
        for (at, Cell { field, .. }) in layout.cells().iter().enumerate() {
            let question = field.question(&self.form);
            let default = question.and_then(|question| question.default.as_ref());
            if let Some(default) = default.filter(|_| is_due(&field.key)) {
                // A default that grew the form has moved what stands behind it.
                let at = self.layout.by_key(&field.key).unwrap_or(at);
                let value = match self.at(at).value(default) {
                    Value::Number(number) if number.is_nan() => String::new(),
                    value => value.text(),
                };
                self.answer(&[(field.key.clone(), value)], self.circumstances.clone());
            }
        }
    }

    /// Takes answers in, by key; an empty one takes the answer away.
    pub fn answer(&mut self, answers: &[(String, String)], circumstances: Circumstances) {
        let mut changed = BTreeSet::new();
        for (key, value) in answers {
            self.answers.set(key, value);
            let cell = self.layout.by_key(key).and_then(|cell| self.layout.cells().get(cell));
            changed.extend(cell.map(|cell| cell.entry));
        }
        if circumstances.now != self.circumstances.now {
            changed.extend(&self.plan.clocked);
        }
        self.circumstances = circumstances;
        self.follow(&changed);
    }

    /// Works everything out anew, in other circumstances.
    pub fn begin_anew(&mut self, circumstances: Circumstances) {
        self.circumstances = circumstances;
        self.work_out_everything();
    }

    fn work_out_everything(&mut self) {
        // How many instances a repeat has may follow from what is asked in another; every turn
        // settles at least one of them.
        for _ in 0..=self.form.groups().len() {
            let counted = &self.values;
            let layout = Layout::new(&self.form, &self.plan.outline, &|key| {
                let before = self.layout.by_key(key).and_then(|cell| counted.get(cell));
                if self.is_counted(key) {
                    before.and_then(|count| count.parse().ok()).unwrap_or(0)
                } else {
                    // As in ODK, a repeat begins with one instance.
                    self.answers.get(key).parse().unwrap_or(1)
                }
            });
            let cells = layout.cells().len();
            self.layout = Rc::new(layout);
            (self.asked, self.values) = (vec![false; cells], vec![String::new(); cells]);
            for place in 0..self.plan.dependencies.order.len() {
                let entry = self.plan.dependencies.order.get(place).copied().unwrap_or_default();
                self.work_out(entry);
            }
            if self.has_its_instances() {
                break;
            }
        }
    }

    /// True when a number, not the respondent, says how many instances a repeat has.
    fn is_counted(&self, key: &str) -> bool {
        let group = match self.form.item(last_name(key)) {
            Some(Item::Group(position)) => self.form.groups().get(position),
            _ => None,
        };
        group.is_some_and(|group| matches!(group.repeat, Some(Repeat::Counted(_))))
    }

    /// True when every repeat has as many instances as its number says.
    fn has_its_instances(&self) -> bool {
        let mut cells = self.plan.counted.iter().flat_map(|entry| self.layout.of_entry(*entry));
        cells.all(|cell| {
            let count = self.value_at(*cell).parse().unwrap_or(0);
            count == self.instances_at(*cell) || self.layout.is_full()
        })
    }

    /// Works an entry out in every instance; the cells that changed.
    fn work_out(&mut self, entry: usize) -> Vec<usize> {
        let cells = self.layout.of_entry(entry).to_vec();
        cells.into_iter().filter(|cell| self.work_out_cell(*cell)).collect()
    }

    fn work_out_cell(&mut self, at: usize) -> bool {
        let Some(Cell { field, parent, .. }) = self.layout.cells().get(at) else { return false };
        let is_around = parent.is_none_or(|parent| self.is_asked_at(parent));
        let (asked, value) = match field.item {
            Item::Group(position) => {
                let Some(group) = self.form.groups().get(position) else { return false };
                let asked = is_around && self.holds(at, group.relevant.as_ref());
                let value = match &group.repeat {
                    Some(Repeat::Counted(count)) if asked => {
                        let number = self.at(at).value(count).number(0);
                        // A number of instances, so rounding down is meant; NaN is none.
                        number.clamp(0.0, MAX_INSTANCES as f64).floor().max(0.0).to_string()
                    }
                    Some(Repeat::AsNeeded) if asked => self.instances_at(at).to_string(),
                    _ => String::new(),
                };
                (asked, value)
            }
            Item::Question(position) => {
                let Some(question) = self.form.questions().get(position) else { return false };
                let asked = is_around && self.holds(at, question.relevant.as_ref());
                let value =
                    if asked { self.worked_out(at, field, question) } else { String::new() };
                if asked && question.calculation.as_ref().is_some_and(is_kept) {
                    let key = field.key.clone();
                    self.answers.set(&key, &value);
                }
                (asked, value)
            }
        };
        let (Some(old_asked), Some(old_value)) = (self.asked.get_mut(at), self.values.get_mut(at))
        else {
            return false;
        };
        let changed = *old_asked != asked || *old_value != value;
        (*old_asked, *old_value) = (asked, value);
        changed
    }

    /// The value of a question that is asked.
    fn worked_out(&self, at: usize, field: &Field, question: &Question) -> String {
        let answer = self.answers.get(&field.key);
        match &question.calculation {
            _ if question.kind == Kind::Note => String::new(),
            Some(calculation) if question.is_computed() => {
                // What is kept is what `once()` asks for.
                let current = if is_kept(calculation) { answer } else { "" };
                let place = Standpoint { filled: self, cell: at, current };
                let value = place.value(calculation).text();
                canonical(&self.form, question, &value)
                    .unwrap_or_else(|_| fitted(&question.kind, &value))
            }
            _ => {
                let answer = self.offered_part(at, question, answer);
                canonical(&self.form, question, &answer).unwrap_or(answer.into_owned())
            }
        }
    }

    /// The answer without choices that the filter no longer offers.
    fn offered_part<'v>(&self, at: usize, question: &Question, answer: &'v str) -> Cow<'v, str> {
        let Some(filter) = question.choice_filter.as_ref().filter(|_| !answer.is_empty()) else {
            return Cow::Borrowed(answer);
        };
        let place = self.at(at);
        let kept = answer.split(' ').filter(|name| {
            let mut choices = self.form.choices_named(question, name);
            choices.any(|choice| place.truth_for(filter, choice))
        });
        Cow::Owned(kept.collect::<Vec<_>>().join(" "))
    }

    fn holds(&self, at: usize, condition: Option<&Expression>) -> bool {
        condition.is_none_or(|condition| self.at(at).truth(condition))
    }

    fn at(&self, cell: usize) -> Standpoint<'_> {
        Standpoint { filled: self, cell, current: "" }
    }

    fn value_at(&self, cell: usize) -> &str {
        self.values.get(cell).map_or("", String::as_str)
    }

    fn is_asked_at(&self, cell: usize) -> bool {
        self.asked.get(cell).copied().unwrap_or(false)
    }

    /// The form.
    pub fn form(&self) -> &Rc<Form> {
        &self.form
    }

    /// What was answered, also where it is no longer asked.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The question, group or repeat with that key, if there is such an instance.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.layout.cells().get(self.layout.by_key(key)?).map(|cell| &cell.field)
    }

    /// The fields that are columns of the response, in order.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.layout.columns(&self.form)
    }

    /// The key itself and those behind it, in form order; none where there is no such field.
    pub fn keys_from(&self, key: &str) -> impl Iterator<Item = &str> {
        let from = self.layout.by_key(key).unwrap_or(usize::MAX);
        self.layout.cells().iter().skip(from).map(|cell| cell.field.key.as_str())
    }

    /// The value of a question by its key, empty where it has none.
    pub fn value(&self, key: &str) -> &str {
        self.layout.by_key(key).map_or("", |cell| self.value_at(cell))
    }

    /// What was typed or chosen: of a field, the text as it stands there, not as it is kept.
    pub fn as_given(&self, field: &Field) -> &str {
        match field.question(&self.form) {
            Some(question)
                if question.kind.list().is_none()
                    && !question.is_computed()
                    && !matches!(question.kind, Kind::Date | Kind::Time | Kind::DateTime) =>
            {
                self.answers.get(&field.key)
            }
            _ => self.value(&field.key),
        }
    }

    /// Whether the question with that key is asked.
    pub fn is_asked(&self, key: &str) -> bool {
        self.layout.by_key(key).is_some_and(|cell| self.is_asked_at(cell))
    }

    /// The choices that a question offers now, in the order they are to stand in.
    pub fn offered(&self, field: &Field) -> Vec<&Choice> {
        let (Some(question), Some(at)) =
            (field.question(&self.form), self.layout.by_key(&field.key))
        else {
            return Vec::new();
        };
        let place = self.at(at);
        let choices = question.kind.list().map_or(&[][..], |list| self.form.choices(list)).iter();
        let offered: Vec<&Choice> = match &question.choice_filter {
            None => choices.collect(),
            Some(filter) => choices.filter(|choice| place.truth_for(filter, choice)).collect(),
        };
        match &question.shuffle {
            None => offered,
            Some(shuffle) => {
                let seed = shuffle.seed.as_ref().map(|seed| place.value(seed).number(0));
                in_random_order(offered, seed, place.seed())
            }
        }
    }

    /// What is wrong with the answer to a question, if anything is.
    pub fn fault(&self, field: &Field) -> Option<AnswerFault> {
        let question = field.question(&self.form)?;
        let at = self.layout.by_key(&field.key)?;
        // Nobody can mend a computed value.
        if !question.kind.is_answered() || question.is_computed() || !self.is_asked_at(at) {
            return None;
        }
        let value = self.value_at(at);
        if value.trim().is_empty() {
            let required = question.required.as_ref();
            let is_required = required.is_some_and(|required| self.at(at).truth(required));
            return is_required.then_some(AnswerFault::Required);
        }
        if let Err(fault) = canonical(&self.form, question, value) {
            return Some(fault);
        }
        let constraint = question.constraint.as_ref()?;
        let place = Standpoint { current: value, ..self.at(at) };
        (!place.truth(constraint)).then_some(AnswerFault::Constraint)
    }

    /// The language of the form's texts, by its code.
    pub fn language(&self) -> &str {
        &self.circumstances.language
    }

    /// What a choice reads like from `field`.
    pub fn choice_label(&self, choice: &Choice, field: &Field) -> String {
        self.text(&choice.label, field).into_owned()
    }

    /// A text of the form, with the values it mentions as `${name}` as they are seen from `field`.
    pub fn text<'t>(&self, text: &'t Localized, field: &Field) -> Cow<'t, str> {
        let text = text.get(self.language());
        let mentions = mentions(text);
        let Some(cell) = self.layout.by_key(&field.key).filter(|_| !mentions.is_empty()) else {
            return Cow::Borrowed(text);
        };
        let mut worded = String::new();
        let mut end = 0;
        for (name, place) in mentions {
            let answer = Expression::Answer(name.to_owned());
            worded.push_str(text.get(end..place.start).unwrap_or_default());
            worded.push_str(&self.at(cell).value(&answer).text());
            end = place.end;
        }
        worded.push_str(text.get(end..).unwrap_or_default());
        Cow::Owned(worded)
    }

    /// The values of everything asked and calculated, as the response carries them.
    pub fn response_answers(&self) -> Answers {
        let cells = self.layout.cells().iter().zip(&self.values);
        cells
            .filter(|(cell, value)| !value.is_empty() && cell.field.is_column(&self.form))
            .map(|(cell, value)| (cell.field.key.as_str(), value.as_str()))
            .collect()
    }
}

/// Same form, same answers, same circumstances: the rest follows.
impl PartialEq for Filled {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.circumstances == other.circumstances
            && self.answers == other.answers
    }
}

/// What a computed value becomes that is no answer to its question: of a whole number what stands
/// before the point, as in ODK; of others nothing.
fn fitted(kind: &Kind, value: &str) -> String {
    match (kind, value.parse::<f64>()) {
        (Kind::Integer, Ok(number)) if number.is_finite() => {
            // Between the largest whole numbers that are exact.
            number.trunc().clamp(-9e15, 9e15).to_string()
        }
        _ => String::new(),
    }
}

/// True when the value of a calculation is kept, because it asks what it was before.
fn is_kept(calculation: &Expression) -> bool {
    calculation.calls(&[Function::Once])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;
    use std::sync::LazyLock;

    static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

    fn filled(answers: &[(&str, &str)]) -> Filled {
        let answers = answers.iter().copied().collect();
        Filled::new(Rc::new(FORM.clone()), answers, Circumstances::default())
    }

    fn asked(filled: &Filled, name: &str) -> bool {
        filled.is_asked(name)
    }

    fn fault(filled: &Filled, name: &str) -> Option<AnswerFault> {
        filled.fault(filled.field(name).unwrap())
    }

    fn offered(filled: &Filled, name: &str) -> Vec<String> {
        let choices = filled.offered(filled.field(name).unwrap());
        choices.into_iter().map(|choice| choice.name.clone()).collect()
    }

    #[test]
    fn a_post_is_asked_for_the_common_competencies_and_its_groups_own() {
        let secretary = filled(&[("chuc_danh", "bt")]);
        assert_eq!(secretary.value("nhom"), "dang");
        assert!(asked(&secretary, "imp_A1") && asked(&secretary, "abl_A2"));
        assert!(!asked(&secretary, "imp_D9"));
        let chair = filled(&[("chuc_danh", "ct_hdnd")]);
        assert!(asked(&chair, "imp_D9") && !asked(&chair, "imp_A2"));
    }

    #[test]
    fn an_answer_that_is_no_longer_asked_has_no_value_but_comes_back() {
        let spoken =
            [("tieng_dt_co", "co"), ("tieng_dt", "tay khac"), ("tieng_dt_khac", "Sán Chay")];
        assert_eq!(filled(&spoken).value("tieng_dt_khac"), "Sán Chay");
        let none =
            [("tieng_dt_co", "khong"), ("tieng_dt", "tay khac"), ("tieng_dt_khac", "Sán Chay")];
        assert_eq!(filled(&none).value("tieng_dt"), "");
        assert_eq!(filled(&none).response_answers().get("tieng_dt_khac"), "");
    }

    #[test]
    fn units_are_those_of_the_province_and_another_province_takes_the_unit_away() {
        let here = filled(&[("tinh", "19"), ("don_vi", "05443")]);
        assert_eq!(offered(&here, "don_vi").len(), 92);
        assert_eq!(here.value("don_vi"), "05443");
        assert_eq!(filled(&[("tinh", "01"), ("don_vi", "05443")]).value("don_vi"), "");
        assert_eq!(offered(&filled(&[]), "don_vi").len(), 0);
    }

    #[test]
    fn wishes_offer_only_what_was_rated_with_a_gap() {
        let rated = filled(&[
            ("chuc_danh", "bt"),
            ("imp_A1", "5"),
            ("abl_A1", "2"),
            ("imp_A4", "3"),
            ("abl_A4", "3"),
            ("imp_A5", "na"),
            ("abl_A5", "na"),
        ]);
        assert_eq!(offered(&rated, "uu_tien"), ["A1"]);
        assert!(!asked(&filled(&[("chuc_danh", "bt")]), "uu_tien"));
    }

    #[test]
    fn an_answer_that_does_not_do_is_told_why() {
        assert_eq!(fault(&filled(&[]), "chuc_danh"), Some(AnswerFault::Required));
        assert_eq!(fault(&filled(&[]), "ho_ten"), None);
        let years = |years| fault(&filled(&[("nam_chuc_danh", years)]), "nam_chuc_danh");
        assert_eq!(years("45"), None);
        assert_eq!(years("46"), Some(AnswerFault::Constraint));
        assert_eq!(years("mười"), Some(AnswerFault::NotAnInteger));
        let several = filled(&[("hinh_thuc", "truc_tiep truc_tuyen ket_hop")]);
        assert_eq!(fault(&several, "hinh_thuc"), Some(AnswerFault::Constraint));
        assert_eq!(
            fault(&filled(&[("gioi_tinh", "x")]), "gioi_tinh"),
            Some(AnswerFault::UnknownChoice)
        );
    }

    #[test]
    fn a_rated_competency_is_one_screen_and_every_other_question_its_own() {
        let screens = filled(&[("chuc_danh", "bt")]).screens();
        let names = |screen: &Screen| -> Vec<String> {
            screen.fields.iter().map(|field| field.key.clone()).collect()
        };
        assert!(screens[0].holds("dong_y"));
        assert_eq!(names(&screens[1]), ["ho_ten"]);
        assert!(screens.iter().any(|screen| names(screen) == ["imp_A1", "abl_A1"]));
        let sections: Vec<usize> = screens.iter().filter_map(|screen| screen.section).collect();
        assert!(sections.is_sorted());
    }

    #[test]
    fn a_field_shows_what_is_typed_though_it_is_kept_without_blanks_around_it() {
        let typed = filled(&[("ho_ten", "Nguyễn ")]);
        assert_eq!(typed.as_given(typed.field("ho_ten").unwrap()), "Nguyễn ");
        assert_eq!(typed.value("ho_ten"), "Nguyễn");
    }
}
