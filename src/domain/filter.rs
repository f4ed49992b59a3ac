//! Which responses are looked at: conditions on their answers that all hold.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::form::{Form, Kind};
use super::response::Response;
use super::search::folded;

/// Conditions that all hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// On answers.
    pub conditions: Vec<Condition>,
    /// Responses with so many quality flags or more are left out.
    pub flags_below: Option<usize>,
}

/// A condition on one question's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The question, by name.
    pub question: String,
    /// What its answer has to be.
    pub test: Test,
}

/// What an answer has to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// One of these, or with one of these among several; the empty text is no answer.
    OneOf(BTreeSet<String>),
    /// A text, or the words of a choice, with this somewhere in it, as in a search.
    Contains(String),
    /// A number from the first to the second, both included.
    Between(Option<f64>, Option<f64>),
}

/// How the answers to a question can be narrowed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrowing {
    /// By ticking its choices.
    Choices,
    /// By a piece of text.
    Text,
    /// By the smallest and the largest number.
    Numbers,
}

/// The longest list whose choices are ticked one by one; a longer one is searched.
const FEW_CHOICES: usize = 40;

impl Narrowing {
    /// The way that suits a question; `None` where there is no such question.
    pub fn of(form: &Form, question: &str) -> Option<Self> {
        let kind = &form.question(question)?.kind;
        Some(match kind {
            Kind::Integer | Kind::Decimal => Self::Numbers,
            _ => match kind.list().map(|list| form.choices(list).len()) {
                Some(choices) if choices <= FEW_CHOICES => Self::Choices,
                _ => Self::Text,
            },
        })
    }
}

impl Filter {
    /// True when it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.flags_below.is_none()
    }

    /// Sets the condition on a question, or drops it.
    pub fn set(&mut self, question: &str, test: Option<Test>) {
        let test = test.filter(|test| !test.is_idle());
        let place = self.conditions.iter().position(|known| known.question == question);
        match (place, test) {
            (Some(place), None) => {
                self.conditions.remove(place);
            }
            (Some(place), Some(test)) => {
                if let Some(known) = self.conditions.get_mut(place) {
                    known.test = test;
                }
            }
            (None, Some(test)) => {
                self.conditions.push(Condition { question: question.to_owned(), test });
            }
            (None, None) => {}
        }
    }

    /// Tells of one response after the other whether its answers meet every condition. Their flags
    /// are not looked at.
    ///
    /// What was found of an answer holds for everybody who gave it: of a question many people give
    /// few different ones, and a search in the words of a long list takes its time.
    pub fn admitting<'f>(&'f self, form: &'f Form) -> impl FnMut(&Response) -> bool + 'f {
        let mut found: Vec<HashMap<String, bool>> = vec![HashMap::new(); self.conditions.len()];
        move |response| {
            self.conditions.iter().zip(&mut found).all(|(condition, found)| {
                let answer = response.answers.get(&condition.question);
                if let Some(holds) = found.get(answer) {
                    return *holds;
                }
                let holds = condition.test.holds(form, &condition.question, answer);
                found.insert(answer.to_owned(), holds);
                holds
            })
        }
    }
}

impl Test {
    /// True when it holds for every answer.
    fn is_idle(&self) -> bool {
        match self {
            Self::OneOf(values) => values.is_empty(),
            Self::Contains(text) => folded(text).is_empty(),
            Self::Between(from, to) => from.is_none() && to.is_none(),
        }
    }

    fn holds(&self, form: &Form, question: &str, answer: &str) -> bool {
        let question = form.question(question);
        match self {
            Self::OneOf(values) if question.is_some_and(|asked| asked.kind.is_several()) => {
                answer.split(' ').any(|value| values.contains(value))
            }
            Self::OneOf(values) => values.contains(answer),
            Self::Contains(text) => {
                let (wanted, list) = (folded(text), question.and_then(|q| q.kind.list()));
                let Some(list) = list else { return folded(answer).contains(&wanted) };
                form.choices(list)
                    .iter()
                    .filter(|choice| answer.split(' ').any(|value| value == choice.name))
                    .any(|choice| choice.label.all().any(|label| folded(label).contains(&wanted)))
            }
            Self::Between(from, to) => answer.parse::<f64>().is_ok_and(|number| {
                from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::tests::response;
    use crate::forms;

    fn admits(test: Test, question: &str, answer: &str) -> bool {
        let mut filter = Filter::default();
        filter.set(question, Some(test));
        let form = forms::needs().unwrap();
        filter.admitting(&form)(&response("r", 1, &[(question, answer)]))
    }

    #[test]
    fn a_choice_is_found_by_its_name_or_by_a_piece_of_its_words() {
        let women = || Test::OneOf(["nu".to_owned()].into());
        assert!(admits(women(), "gioi_tinh", "nu") && !admits(women(), "gioi_tinh", "nam"));
        assert!(!admits(women(), "gioi_tinh", ""));
        assert!(admits(Test::OneOf([String::new()].into()), "gioi_tinh", ""));
        let several = Test::OneOf(["ct_hdnd".to_owned()].into());
        assert!(admits(several, "kiem_nhiem", "bt ct_hdnd"));
        assert!(admits(Test::Contains("chu tich".into()), "chuc_danh", "ct_ubnd"));
        assert!(!admits(Test::Contains("bi thu".into()), "chuc_danh", "ct_ubnd"));
        assert!(admits(Test::Contains(" VĂN an".into()), "ho_ten", "Nguyễn Văn An"));
    }

    #[test]
    fn a_number_is_within_its_ends() {
        let years = |from, to| Test::Between(from, to);
        assert!(admits(years(Some(2.0), Some(5.0)), "nam_chuc_danh", "5"));
        assert!(!admits(years(Some(2.0), None), "nam_chuc_danh", "1"));
        assert!(!admits(years(None, Some(5.0)), "nam_chuc_danh", ""), "no answer is no number");
    }

    #[test]
    fn a_condition_is_changed_in_its_place_and_dropped_when_it_says_nothing() {
        let mut filter = Filter::default();
        filter.set("a", Some(Test::Contains("x".into())));
        filter.set("b", Some(Test::Between(Some(1.0), None)));
        filter.set("a", Some(Test::Contains("y".into())));
        assert_eq!(filter.conditions[0].test, Test::Contains("y".into()));
        filter.set("a", Some(Test::Contains(" ".into())));
        filter.set("b", None);
        assert!(filter.is_empty());
    }
}
