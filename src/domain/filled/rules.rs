//! The rules of a form and what they come to now, for its author to watch.

use super::{Filled, Standpoint};
use crate::domain::expression::{Expression, Value};
use crate::domain::form::{Item, Repeat};

/// A rule at a field, and what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The key of the question or group.
    pub key: String,
    /// What it decides.
    pub kind: RuleKind,
    /// The expression as it is written.
    pub expression: String,
    /// Its value now; `None` of a constraint or requirement that is not looked at now.
    pub value: Option<Value>,
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// Whether the question is asked.
    Relevant,
    /// Whether it must be answered.
    Required,
    /// Whether the answer does.
    Constraint,
    /// What its value is.
    Calculation,
    /// How many instances the repeat has.
    Count,
}

impl Filled {
    /// Every rule of the form in form order, in each instance.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (cell, place) in self.layout.cells().iter().enumerate() {
            let key = &place.field.key;
            let value = self.value_at(cell);
            let mut add = |kind, expression: Option<&Expression>, is_looked_at: bool, current| {
                if let Some(expression) = expression {
                    let place = Standpoint { filled: self, cell, current };
                    rules.push(Rule {
                        key: key.clone(),
                        kind,
                        expression: expression.to_string(),
                        value: is_looked_at.then(|| place.value(expression)),
                    });
                }
            };
            let asked = self.is_asked_at(cell);
            match place.field.item {
                Item::Group(position) => {
                    let Some(group) = self.form.groups().get(position) else { continue };
                    add(RuleKind::Relevant, group.relevant.as_ref(), true, "");
                    if let Some(Repeat::Counted(count)) = &group.repeat {
                        add(RuleKind::Count, Some(count), asked, "");
                    }
                }
                Item::Question(position) => {
                    let Some(question) = self.form.questions().get(position) else { continue };
                    let before = self.answers.get(key);
                    add(RuleKind::Relevant, question.relevant.as_ref(), true, "");
                    add(RuleKind::Required, question.required.as_ref(), asked, "");
                    add(RuleKind::Calculation, question.calculation.as_ref(), asked, before);
                    // A constraint is looked at only where there is an answer.
                    let answered = asked && !value.is_empty();
                    add(RuleKind::Constraint, question.constraint.as_ref(), answered, value);
                }
            }
        }
        rules
    }
}
