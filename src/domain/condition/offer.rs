//! Which choices a question offers, read from its filter.

use super::Condition;
use super::reading::Reading;
use crate::domain::expression::{Expression, Scope};
use crate::domain::form::{Choice, Form, Question};

/// The choices that a question offers.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// The same for everybody: positions in the question's list.
    Always(Vec<usize>),
    /// All but those chosen at another question.
    ButThoseChosenAt(usize),
    /// Those chosen at another question.
    ThoseChosenAt(usize),
    /// The competencies rated more important than the person is able.
    ThoseWithAGap,
    /// Some whatever is answered, others as it is answered; in the order of the list.
    ByCondition(Vec<(Condition, Vec<usize>)>),
    /// Those that fit the answers to these questions, in a list too long to say more.
    Fitting(Vec<usize>),
    /// What an expression says that has no words.
    Beyond(String),
}

impl Offer {
    /// What a question offers.
    pub fn of(form: &Form, question: &Question) -> Self {
        let choices = question.kind.list().map_or(&[][..], |list| form.choices(list));
        let Some(filter) = &question.choice_filter else {
            return Self::Always((0..choices.len()).collect());
        };
        if let Some(other) = other_question(form, question, filter)
            && let Some(simple) = against_another(form, filter, other, choices)
        {
            return simple;
        }
        let offer = if choices.len() > MOST_SPELLED_OUT {
            fitting(form, question, filter, choices)
        } else {
            by_condition(form, question, filter, choices)
        };
        offer.unwrap_or_else(|| Self::Beyond(filter.to_string()))
    }

    /// The questions that it speaks of, each once.
    pub fn questions(&self) -> Vec<usize> {
        let mut questions = match self {
            Self::ButThoseChosenAt(question) | Self::ThoseChosenAt(question) => vec![*question],
            Self::ByCondition(groups) => {
                groups.iter().flat_map(|(condition, _)| condition.questions()).collect()
            }
            Self::Fitting(questions) => questions.clone(),
            Self::Always(_) | Self::ThoseWithAGap | Self::Beyond(_) => Vec::new(),
        };
        questions.sort_unstable();
        questions.dedup();
        questions
    }
}

/// The longest list of which each choice is looked at.
const MOST_SPELLED_OUT: usize = 60;

/// Of a long list only what decides.
fn fitting(
    form: &Form,
    question: &Question,
    filter: &Expression,
    choices: &[Choice],
) -> Option<Offer> {
    let reading = Reading::new(form, question.group);
    let mut sources = Vec::new();
    for name in filter.references() {
        sources.extend(reading.sources(&Expression::Answer(name.to_owned()))?);
    }
    sources.sort_unstable();
    sources.dedup();
    Some(if sources.is_empty() {
        Offer::Always(kept(form, filter, choices))
    } else {
        Offer::Fitting(sources)
    })
}

/// Each choice with its condition.
fn by_condition(
    form: &Form,
    question: &Question,
    filter: &Expression,
    choices: &[Choice],
) -> Option<Offer> {
    let mut groups: Vec<(Condition, Vec<usize>)> = Vec::new();
    let mut have_gaps = true;
    for (at, choice) in choices.iter().enumerate() {
        let condition = Condition::of(form, question.group, &for_choice(filter, choice))?;
        have_gaps &= condition.gap_of(form) == Some(choice.name.as_str());
        match groups.last_mut() {
            _ if condition == Condition::Never => {}
            Some((before, members)) if *before == condition => members.push(at),
            _ => groups.push((condition, vec![at])),
        }
    }
    Some(match groups.as_slice() {
        [] => Offer::Always(Vec::new()),
        [(Condition::Always, members)] => Offer::Always(members.clone()),
        _ if have_gaps => Offer::ThoseWithAGap,
        _ => Offer::ByCondition(groups),
    })
}

/// The one other question with the same list that a filter speaks of.
fn other_question(form: &Form, question: &Question, filter: &Expression) -> Option<usize> {
    let [name] = filter.references()[..] else { return None };
    let other = form.question(name)?;
    let has_same_list = other.kind.list().is_some() && other.kind.list() == question.kind.list();
    if has_same_list { form.position(name) } else { None }
}

/// A filter that takes up the choices of another question, or leaves them out; tried with each.
fn against_another(
    form: &Form,
    filter: &Expression,
    other: usize,
    choices: &[Choice],
) -> Option<Offer> {
    const TRIED: usize = 40;
    let mut all_but = true;
    let mut only = true;
    for chosen in choices.iter().take(TRIED) {
        for choice in choices.iter().take(TRIED) {
            let answer = |_: &str| chosen.name.as_str();
            let scope = Scope { choice: Some(choice), ..Scope::new(form, &answer) };
            let offered = scope.truth(filter);
            let is_same = chosen.name == choice.name;
            all_but &= offered != is_same;
            only &= offered == is_same;
        }
    }
    match (all_but, only) {
        (true, false) => Some(Offer::ButThoseChosenAt(other)),
        (false, true) => Some(Offer::ThoseChosenAt(other)),
        _ => None,
    }
}

/// The choices that a filter without questions keeps.
fn kept(form: &Form, filter: &Expression, choices: &[Choice]) -> Vec<usize> {
    let answer = |_: &str| "";
    let scope = Scope::new(form, &answer);
    let kept = choices.iter().enumerate().filter(|(_, choice)| {
        let scope = Scope { choice: Some(choice), ..scope };
        scope.truth(filter)
    });
    kept.map(|(at, _)| at).collect()
}

/// The filter as it stands for one choice: its columns put in.
fn for_choice(filter: &Expression, choice: &Choice) -> Expression {
    let put_in = |inner: &Expression| for_choice(inner, choice);
    match filter {
        Expression::Column(name) => Expression::Text(choice.column(name).to_owned()),
        Expression::Current => Expression::Text(choice.name.clone()),
        Expression::Call(function, arguments) => {
            Expression::Call(*function, arguments.iter().map(put_in).collect())
        }
        Expression::Binary(operator, left, right) => {
            Expression::Binary(*operator, Box::new(put_in(left)), Box::new(put_in(right)))
        }
        Expression::Negated(inner) => Expression::Negated(Box::new(put_in(inner))),
        other => other.clone(),
    }
}
