//! Answers that cannot all be true: what the form itself would not have taken, and checks across
//! questions that it does not make.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::domain::expression::{Expression, ExpressionError, Function, Scope, parse};
use crate::domain::form::{Choice, Form, Item, Kind, Question};
use crate::domain::response::Response;
use rows::answers::Answers;

/// A combination of answers that cannot be.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    name: String,
    impossible: Expression,
}

impl Check {
    /// A check that finds something where `impossible`, an expression as forms have them, holds.
    ///
    /// # Errors
    /// When it is no expression.
    pub fn new(name: &str, impossible: &str) -> Result<Self, ExpressionError> {
        Ok(Self { name: name.to_owned(), impossible: parse(impossible)? })
    }

    /// The questions it looks at.
    pub fn questions(&self) -> Vec<&str> {
        self.impossible.references()
    }
}

/// What cannot be true in a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conflict {
    /// A check across questions.
    Check {
        /// The check.
        name: String,
        /// The questions that do not go together, by name.
        questions: Vec<String>,
    },
    /// A question is answered that the form does not ask after the other answers.
    NotAsked {
        /// The question.
        question: String,
    },
    /// An answer breaks the question's own constraint.
    NotAllowed {
        /// The question.
        question: String,
    },
    /// A choice is taken that the form does not offer after the other answers.
    NotOffered {
        /// The question.
        question: String,
    },
    /// It was finished before it was begun: the device's clock was changed.
    EndsBeforeStart,
}

/// What a form says of its answers, outside of repeats, read once for many responses.
pub(super) struct Rules<'f> {
    form: &'f Form,
    /// Each condition once, since ratings share them.
    conditions: Vec<&'f Expression>,
    questions: Vec<QuestionRules<'f>>,
}

struct QuestionRules<'f> {
    question: &'f Question,
    /// Its own condition and those of the groups around it, by position; `None` where nothing can
    /// be told: it is not answered by people, or several times, or they hang on more than answers.
    conditions: Option<Vec<usize>>,
    /// The calculated values that these conditions and the filter look at.
    calculated: BTreeSet<&'f str>,
    constraint: Option<&'f Expression>,
    /// What narrows its choices down, with them by name.
    offered: Option<(&'f Expression, HashMap<&'f str, Vec<&'f Choice>>)>,
}

/// Which conditions hold for the answers of one response.
pub(super) struct Asked<'r, 'f> {
    rules: &'r Rules<'f>,
    holding: Vec<bool>,
}

impl Asked<'_, '_> {
    /// True when the question at that position is asked.
    pub(super) fn is_asked(&self, question: usize) -> bool {
        let rules = self.rules.questions.get(question);
        let conditions = rules.and_then(|rules| rules.conditions.as_ref());
        conditions.is_some_and(|all| {
            all.iter().all(|condition| self.holding.get(*condition).copied().unwrap_or(true))
        })
    }
}

impl<'f> Rules<'f> {
    pub(super) fn of(form: &'f Form) -> Self {
        let mut conditions: Vec<&Expression> = Vec::new();
        let mut place = |condition: &'f Expression| {
            conditions.iter().position(|known| *known == condition).unwrap_or_else(|| {
                conditions.push(condition);
                conditions.len() - 1
            })
        };
        let questions = form.questions().iter().map(|question| {
            let around: Vec<usize> = form.ancestry(question.group).collect();
            let groups = around.iter().filter_map(|group| form.groups().get(*group));
            let relevant = groups.filter_map(|group| group.relevant.as_ref());
            let relevant: Vec<&Expression> = question.relevant.iter().chain(relevant).collect();
            let is_answered = !matches!(
                question.kind,
                Kind::Note | Kind::Calculate | Kind::Hidden | Kind::Meta(_)
            );
            let is_single = !around.iter().any(|group| form.is_repeat(*group));
            let can_tell = relevant.iter().all(|condition| is_plain(form, condition));
            let filter = question.choice_filter.as_ref().filter(|filter| is_plain(form, filter));
            let deciding = relevant.iter().copied().chain(filter);
            let calculated = deciding
                .flat_map(Expression::references)
                .filter(|name| form.question(name).is_some_and(Question::is_computed))
                .collect();
            let conditions = (is_answered && is_single && can_tell)
                .then(|| relevant.into_iter().map(&mut place).collect());
            QuestionRules {
                question,
                conditions,
                calculated,
                constraint: question.constraint.as_ref().filter(|rule| is_plain(form, rule)),
                offered: filter.zip(question.kind.list()).map(|(filter, list)| {
                    let mut by_name: HashMap<&str, Vec<&Choice>> = HashMap::new();
                    for choice in form.choices(list) {
                        by_name.entry(&choice.name).or_default().push(choice);
                    }
                    (filter, by_name)
                }),
            }
        });
        let questions = questions.collect();
        Self { form, conditions, questions }
    }

    /// Which questions are asked after these answers. A condition on a calculated value that the
    /// row does not carry, as in tables of other programs, says nothing and counts as holding
    /// nowhere.
    pub(super) fn asked(&self, answers: &Answers) -> Asked<'_, 'f> {
        let answer = |name: &str| answers.get(name);
        let scope = Scope::new(self.form, &answer);
        let holding = self.conditions.iter().map(|condition| scope.truth(condition)).collect();
        Asked { rules: self, holding }
    }

    /// What of a response cannot be true.
    pub(super) fn conflicts(
        &self,
        response: &Response,
        asked: &Asked<'_, '_>,
        checks: &[Check],
    ) -> Vec<Conflict> {
        let answers = &response.answers;
        let answer = |name: &str| answers.get(name);
        let scope = Scope::new(self.form, &answer);
        let mut conflicts = Vec::new();
        // What another version of the form asked and offered is not known.
        let version = &response.form_version;
        let is_of_form = version.is_empty() || **version == *self.form.version;
        for (at, rules) in self.questions.iter().enumerate() {
            let value = answers.get(&rules.question.name);
            if rules.conditions.is_none() || value.is_empty() {
                continue;
            }
            let question = rules.question.name.clone();
            if !asked.is_asked(at) {
                if is_of_form && rules.is_known(answers) {
                    conflicts.push(Conflict::NotAsked { question });
                }
            } else if rules.breaks_constraint(scope.with_current(value)) {
                conflicts.push(Conflict::NotAllowed { question });
            } else if is_of_form && rules.is_not_offered(scope, value) && rules.is_known(answers) {
                conflicts.push(Conflict::NotOffered { question });
            }
        }
        conflicts.extend(checks.iter().filter(|check| scope.truth(&check.impossible)).map(
            |check| Conflict::Check {
                name: check.name.clone(),
                questions: check.questions().into_iter().map(str::to_owned).collect(),
            },
        ));
        let times = response.start.zip(response.end);
        if times.is_some_and(|(start, end)| end < start) {
            conflicts.push(Conflict::EndsBeforeStart);
        }
        conflicts
    }
}

impl<'f> QuestionRules<'f> {
    /// True where the row carries every calculated value that decides on the question.
    fn is_known(&self, answers: &Answers) -> bool {
        self.calculated.iter().all(|name| !answers.get(name).is_empty())
    }

    fn breaks_constraint(&self, scope: Scope<'_>) -> bool {
        self.constraint.is_some_and(|constraint| !scope.truth(constraint))
    }

    fn is_not_offered<'a>(&self, scope: Scope<'a>, value: &str) -> bool
    where
        'f: 'a,
    {
        let Some((filter, choices)) = &self.offered else { return false };
        let is_offered = |name: &str| {
            let same = choices.get(name).map_or(&[][..], Vec::as_slice);
            same.iter().any(|choice| Scope { choice: Some(*choice), ..scope }.truth(filter))
        };
        if self.question.kind.is_several() {
            !value.split(' ').all(is_offered)
        } else {
            !is_offered(value)
        }
    }
}

/// True where an expression follows from the answers of one row alone: neither from the clock nor
/// from chance, nor from what is answered several times.
fn is_plain(form: &Form, expression: &Expression) -> bool {
    const OTHER: [Function; 6] = [
        Function::Now,
        Function::Today,
        Function::Random,
        Function::Randomize,
        Function::Uuid,
        Function::Once,
    ];
    let is_repeated = |name: &str| {
        let around = match form.item(name) {
            Some(Item::Question(at)) => form.questions().get(at).and_then(|q| q.group),
            Some(Item::Group(at)) => Some(at),
            None => None,
        };
        form.ancestry(around).any(|group| form.is_repeat(group))
    };
    !expression.calls(&OTHER) && !expression.references().into_iter().any(is_repeated)
}
