//! A form with answers: what is asked, which choices are offered, what is wrong, which screens.
//!
//! A question that is not relevant has no value, neither in the response nor for other
//! expressions, though what was answered there is kept in case it becomes relevant again.

use super::answers::Answers;
use super::expression::{LocalTime, Scope};
use super::form::{ACKNOWLEDGED, Choice, Form, Group, Kind, Question};
use super::search::composed;
use super::timestamp::{canonical_date, canonical_time};

/// A form and what follows from the answers so far.
pub struct Filled<'a> {
    form: &'a Form,
    answers: &'a Answers,
    circumstances: Circumstances,
    /// By the question's position: is it asked?
    asked: Vec<bool>,
    /// By the question's position: its value, empty where it has none.
    values: Vec<String>,
}

/// What expressions know besides the answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances {
    /// The time on this device, for `today()` and `now()`; where there is none they are empty.
    pub now: Option<LocalTime>,
    /// Decides what `random()` and its kin give, always the same for one response.
    pub seed: u64,
}

/// Why an answer does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// It must be answered.
    Required,
    /// It breaks the question's constraint.
    Constraint,
    /// It is no whole number.
    NotAnInteger,
    /// It is no number.
    NotANumber,
    /// There is no such day.
    NotADate,
    /// There is no such time.
    NotATime,
    /// It is not between the ends of the question's range.
    OutOfRange,
    /// It is not among the choices.
    UnknownChoice,
}

/// What stands together on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// The questions and notes, as positions in [`Form::questions`], in form order.
    pub questions: Vec<usize>,
    /// The outermost group they lie in.
    pub section: Option<usize>,
    /// The group that is the screen (`field-list`), if it is one.
    pub group: Option<usize>,
}

impl<'a> Filled<'a> {
    /// Works out what follows from `answers`.
    ///
    /// Relevance, calculations and choice filters feed each other, so passes in form order are
    /// made until nothing changes; a form without circular references needs at most one pass a
    /// question, and one with them stops there.
    pub fn new(form: &'a Form, answers: &'a Answers, circumstances: Circumstances) -> Self {
        let count = form.questions().len();
        let (asked, values) = (vec![true; count], vec![String::new(); count]);
        let mut filled = Self { form, answers, circumstances, asked, values };
        for _ in 0..=count {
            if !filled.pass() {
                break;
            }
        }
        filled
    }

    fn pass(&mut self) -> bool {
        let mut changed = false;
        for (position, question) in self.form.questions().iter().enumerate() {
            let asked = self.is_relevant(question);
            let value = match (&question.kind, &question.calculation) {
                _ if !asked => String::new(),
                (Kind::Calculate, Some(calculation)) => {
                    self.scope("").value(calculation).text().trim().to_owned()
                }
                (Kind::Hidden, _) => {
                    let default = question.default.as_ref();
                    default.map_or(String::new(), |value| self.scope("").value(value).text())
                }
                (Kind::Calculate | Kind::Note, _) => String::new(),
                _ => {
                    let answer = self.offered_part(question, self.answers.get(&question.name));
                    canonical(self.form, question, &answer).unwrap_or(answer)
                }
            };
            if let (Some(old_asked), Some(old_value)) =
                (self.asked.get_mut(position), self.values.get_mut(position))
                && (*old_asked != asked || *old_value != value)
            {
                *old_asked = asked;
                *old_value = value;
                changed = true;
            }
        }
        changed
    }

    fn is_relevant(&self, question: &Question) -> bool {
        let own = question.relevant.iter();
        let groups = self.form.ancestry(question.group).filter_map(|group| group.relevant.as_ref());
        let scope = self.scope("");
        own.chain(groups).all(|condition| scope.truth(condition))
    }

    /// The answer without choices that the filter no longer offers.
    fn offered_part(&self, question: &Question, answer: &str) -> String {
        let Some(filter) = &question.choice_filter else { return answer.to_owned() };
        let scope = self.scope("");
        let kept = answer.split(' ').filter(|name| {
            let choice = self.form.choice(question, name);
            choice.is_some_and(|choice| scope.truth_for(filter, choice))
        });
        kept.collect::<Vec<_>>().join(" ")
    }

    fn scope<'s>(&'s self, current: &'s str) -> FilledScope<'s> {
        FilledScope { filled: self, current }
    }

    /// The form.
    pub fn form(&self) -> &'a Form {
        self.form
    }

    /// The value of a question, empty where it has none.
    pub fn value(&self, name: &str) -> &str {
        let position = self.form.position(name);
        position.and_then(|position| self.values.get(position)).map_or("", String::as_str)
    }

    /// What was typed or chosen: of a field, the text as it stands there, not as it is kept.
    pub fn as_given(&self, question: &Question) -> &str {
        match question.kind.list() {
            Some(_) => self.value(&question.name),
            None => self.answers.get(&question.name),
        }
    }

    /// Whether the question at `position` is asked.
    pub fn is_asked(&self, position: usize) -> bool {
        self.asked.get(position).copied().unwrap_or(false)
    }

    /// The choices that a question offers now.
    pub fn offered(&self, question: &Question) -> Vec<&'a Choice> {
        let choices = question.kind.list().map_or(&[][..], |list| self.form.choices(list));
        match &question.choice_filter {
            None => choices.iter().collect(),
            Some(filter) => {
                let scope = self.scope("");
                choices.iter().filter(|choice| scope.truth_for(filter, choice)).collect()
            }
        }
    }

    /// What is wrong with the answer to a question, if anything is.
    pub fn fault(&self, question: &Question) -> Option<AnswerFault> {
        let value = self.value(&question.name);
        if !question.kind.is_answered() || !self.is_asked(self.form.position(&question.name)?) {
            return None;
        }
        if value.trim().is_empty() {
            let required = question.required.as_ref();
            let is_required = required.is_some_and(|required| self.scope("").truth(required));
            return is_required.then_some(AnswerFault::Required);
        }
        if let Err(fault) = canonical(self.form, question, value) {
            return Some(fault);
        }
        let constraint = question.constraint.as_ref()?;
        (!self.scope(value).truth(constraint)).then_some(AnswerFault::Constraint)
    }

    /// The values of everything asked and calculated, as the response carries them.
    pub fn response_answers(&self) -> Answers {
        let columns = self.form.questions().iter().zip(&self.values);
        columns
            .filter(|(question, value)| question.kind.has_value() && !value.is_empty())
            .map(|(question, value)| (question.name.as_str(), value.as_str()))
            .collect()
    }

    /// The screens to go through, in order: one thing each, a `field-list` group together.
    pub fn screens(&self) -> Vec<Screen> {
        let mut screens: Vec<Screen> = Vec::new();
        for (position, question) in self.form.questions().iter().enumerate() {
            if is_unseen(&question.kind) || !self.is_asked(position) {
                continue;
            }
            let group = self.screen_group(question.group);
            match screens.last_mut() {
                Some(screen) if group.is_some() && screen.group == group => {
                    screen.questions.push(position);
                }
                _ => screens.push(Screen {
                    questions: vec![position],
                    section: self.form.section_of(question.group),
                    group,
                }),
            }
        }
        screens
    }

    /// The outermost `field-list` group around a question.
    fn screen_group(&self, group: Option<usize>) -> Option<usize> {
        let mut found = None;
        let mut next = group;
        while let Some(position) = next {
            let Group { on_one_screen, parent, .. } = self.form.groups.get(position)?;
            if *on_one_screen {
                found = Some(position);
            }
            next = *parent;
        }
        found
    }
}

/// The scope of a filled form's expressions; it exists to lend the answer look-up for a moment.
struct FilledScope<'s> {
    filled: &'s Filled<'s>,
    current: &'s str,
}

impl FilledScope<'_> {
    fn with<T>(&self, choice: Option<&Choice>, read: impl FnOnce(&Scope<'_>) -> T) -> T {
        let answer = |name: &str| self.filled.value(name);
        let all = |name: &str| match self.filled.form.position(name) {
            Some(position) if self.filled.is_asked(position) => vec![self.filled.value(name)],
            _ => Vec::new(),
        };
        let Circumstances { now, seed } = self.filled.circumstances;
        let scope = Scope::new(self.filled.form, &answer)
            .with_all(&all)
            .with_current(self.current)
            .with_seed(seed);
        let scope = now.map_or(scope, |now| scope.with_now(now));
        read(&Scope { choice, ..scope })
    }

    fn value(&self, expression: &super::expression::Expression) -> super::expression::Value {
        self.with(None, |scope| scope.value(expression))
    }

    fn truth(&self, expression: &super::expression::Expression) -> bool {
        self.with(None, |scope| scope.truth(expression))
    }

    fn truth_for(&self, filter: &super::expression::Expression, choice: &Choice) -> bool {
        self.with(Some(choice), |scope| scope.truth(filter))
    }
}

/// An answer in its canonical text, however a person or another program wrote it: a decimal
/// comma becomes a dot, a day becomes `2026-12-02`, choices are their names.
pub fn canonical(form: &Form, question: &Question, value: &str) -> Result<String, AnswerFault> {
    let value = composed(value);
    let value = value.trim();
    if value.is_empty() {
        return Ok(String::new());
    }
    match &question.kind {
        Kind::Text | Kind::Calculate | Kind::Note | Kind::Hidden | Kind::Meta(_) => {
            Ok(value.to_owned())
        }
        Kind::Integer => match value.parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(AnswerFault::NotAnInteger),
        },
        Kind::Decimal => number(value).map(|number| number.to_string()),
        Kind::Range(steps) => match number(value)? {
            number if (steps.start..=steps.end).contains(&number) => Ok(number.to_string()),
            _ => Err(AnswerFault::OutOfRange),
        },
        Kind::Date => canonical_date(value).ok_or(AnswerFault::NotADate),
        Kind::Time => canonical_time(value).ok_or(AnswerFault::NotATime),
        Kind::DateTime => {
            let (date, time) = value.split_once(['T', ' ']).ok_or(AnswerFault::NotATime)?;
            let date = canonical_date(date).ok_or(AnswerFault::NotADate)?;
            let time = canonical_time(time).ok_or(AnswerFault::NotATime)?;
            Ok(format!("{date}T{time}"))
        }
        Kind::Acknowledge if value.eq_ignore_ascii_case(ACKNOWLEDGED) => {
            Ok(ACKNOWLEDGED.to_owned())
        }
        Kind::SelectOne(_) if form.choice(question, value).is_some() => Ok(value.to_owned()),
        Kind::SelectMultiple(_) | Kind::Rank(_)
            if value.split_whitespace().all(|name| form.choice(question, name).is_some()) =>
        {
            Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Kind::Acknowledge | Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) => {
            Err(AnswerFault::UnknownChoice)
        }
    }
}

/// True when a question never stands on a screen.
fn is_unseen(kind: &Kind) -> bool {
    matches!(kind, Kind::Calculate | Kind::Hidden | Kind::Meta(_))
}

/// The answers that a new form starts with: its questions' defaults.
pub fn initial_answers(form: &Form, circumstances: Circumstances) -> Answers {
    let none = Answers::default();
    let empty = Filled::new(form, &none, circumstances);
    let defaults = form.questions().iter().filter(|question| question.kind.is_answered());
    defaults
        .filter_map(|question| {
            let value = empty.scope("").value(question.default.as_ref()?).text();
            Some((question.name.as_str(), value))
        })
        .collect()
}

/// A number with a decimal comma or point.
fn number(value: &str) -> Result<f64, AnswerFault> {
    let dotted = value.replacen(',', ".", 1);
    let is_plain = dotted.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    match dotted.parse() {
        Ok(number) if is_plain => Ok(number),
        _ => Err(AnswerFault::NotANumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;
    use std::sync::LazyLock;

    static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

    fn filled(answers: &[(&str, &str)]) -> Filled<'static> {
        // Leaked, so that every test can be one line.
        let answers: Answers = answers.iter().copied().collect();
        Filled::new(&FORM, Box::leak(Box::new(answers)), Circumstances::default())
    }

    fn asked(filled: &Filled<'_>, name: &str) -> bool {
        filled.is_asked(FORM.position(name).unwrap())
    }

    fn fault(filled: &Filled<'_>, name: &str) -> Option<AnswerFault> {
        filled.fault(FORM.question(name).unwrap())
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
        let unit = FORM.question("don_vi").unwrap();
        let here = filled(&[("tinh", "19"), ("don_vi", "05443")]);
        assert_eq!(here.offered(unit).len(), 92);
        assert_eq!(here.value("don_vi"), "05443");
        assert_eq!(filled(&[("tinh", "01"), ("don_vi", "05443")]).value("don_vi"), "");
        assert_eq!(filled(&[]).offered(unit).len(), 0);
    }

    #[test]
    fn wishes_offer_only_what_was_rated_with_a_gap() {
        let wishes = FORM.question("uu_tien").unwrap();
        let rated = filled(&[
            ("chuc_danh", "bt"),
            ("imp_A1", "5"),
            ("abl_A1", "2"),
            ("imp_A4", "3"),
            ("abl_A4", "3"),
            ("imp_A5", "na"),
            ("abl_A5", "na"),
        ]);
        let offered: Vec<&str> = rated.offered(wishes).iter().map(|c| c.name.as_str()).collect();
        assert_eq!(offered, ["A1"]);
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
        let names = |screen: &Screen| -> Vec<&str> {
            screen.questions.iter().map(|p| FORM.questions()[*p].name.as_str()).collect()
        };
        assert!(names(&screens[0]).contains(&"dong_y"));
        assert_eq!(names(&screens[1]), ["ho_ten"]);
        assert!(screens.iter().any(|screen| names(screen) == ["imp_A1", "abl_A1"]));
        let sections: Vec<usize> = screens.iter().filter_map(|screen| screen.section).collect();
        assert!(sections.is_sorted());
    }

    #[test]
    fn a_field_shows_what_is_typed_though_it_is_kept_without_blanks_around_it() {
        let typed = filled(&[("ho_ten", "Nguyễn ")]);
        assert_eq!(typed.as_given(FORM.question("ho_ten").unwrap()), "Nguyễn ");
        assert_eq!(typed.value("ho_ten"), "Nguyễn");
    }

    #[test]
    fn numbers_and_days_are_kept_in_one_way_however_they_are_typed() {
        let mut form = Form::default();
        for (name, kind) in [("so", Kind::Decimal), ("nguyen", Kind::Integer), ("ngay", Kind::Date)]
        {
            let mut question = FORM.question("ho_ten").unwrap().clone();
            (question.name, question.kind) = (name.to_owned(), kind);
            form.add_question(question);
        }
        let kept = |name, value| canonical(&form, form.question(name).unwrap(), value);
        assert_eq!(kept("so", "1,5").as_deref(), Ok("1.5"));
        assert_eq!(kept("so", "1.50").as_deref(), Ok("1.5"));
        assert_eq!(kept("so", "inf"), Err(AnswerFault::NotANumber));
        assert_eq!(kept("nguyen", "1,5"), Err(AnswerFault::NotAnInteger));
        assert_eq!(kept("ngay", "2/12/2026").as_deref(), Ok("2026-12-02"));
        assert_eq!(kept("ngay", "31/2/2026"), Err(AnswerFault::NotADate));
    }
}
