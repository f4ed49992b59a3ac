//! The choices of one question in classes, so that a rule names a class where it would list
//! a dozen posts.

use std::collections::BTreeMap;

use crate::domain::condition::{Condition, Rule};
use crate::domain::form::Form;

/// A rule that names fewer choices names them one by one.
const FEWEST_NAMED: usize = 3;

/// With more classes, or classes of fewer than two choices each, nothing would be gained.
const MOST_CLASSES: usize = 9;

/// The classes of a question's choices: each rule names all of a class or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes {
    /// The names of the choices by class, in the order of their list.
    members: Vec<Vec<String>>,
}

impl Classes {
    /// The names of the choices, class by class.
    pub fn members(&self) -> &[Vec<String>] {
        &self.members
    }

    /// The class of a choice, from 1.
    pub fn of(&self, choice: &str) -> Option<usize> {
        let is_here = |members: &Vec<String>| members.iter().any(|member| member == choice);
        self.members.iter().position(is_here).map(|at| at + 1)
    }

    /// The classes, from 1, that hold these choices and no others.
    pub fn covering(&self, choices: &[String]) -> Option<Vec<usize>> {
        let mut covering = Vec::new();
        for (at, members) in self.members.iter().enumerate() {
            let named = members.iter().filter(|member| choices.contains(member)).count();
            match named {
                0 => {}
                _ if named == members.len() => covering.push(at + 1),
                _ => return None,
            }
        }
        let is_worth_it = choices.len() >= FEWEST_NAMED && !covering.is_empty();
        is_worth_it.then_some(covering)
    }
}

/// The classes that these rules make, by question.
pub(super) fn of(form: &Form, rules: &[&Rule]) -> BTreeMap<usize, Classes> {
    let mut named: BTreeMap<usize, Vec<&Vec<String>>> = BTreeMap::new();
    for rule in rules {
        let Rule::When(condition) = rule else { continue };
        let mut inside = vec![condition];
        while let Some(condition) = inside.pop() {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => inside.extend(parts),
                Condition::Among { question, choices, .. } => {
                    named.entry(*question).or_default().push(choices);
                }
                _ => {}
            }
        }
    }
    let classes = named.into_iter().filter_map(|(position, sets)| {
        let question = form.questions().get(position)?;
        let choices = form.choices(question.kind.list()?);
        let is_long = |set: &&&Vec<String>| {
            set.len() >= FEWEST_NAMED && choices.len() - set.len() >= FEWEST_NAMED
        };
        let sets: Vec<&Vec<String>> = sets.iter().filter(is_long).copied().collect();
        let mut members: Vec<(Vec<bool>, Vec<String>)> = Vec::new();
        for choice in choices {
            let signature: Vec<bool> = sets.iter().map(|set| set.contains(&choice.name)).collect();
            match members.iter_mut().find(|(of_class, _)| *of_class == signature) {
                Some((_, class)) => class.push(choice.name.clone()),
                None => members.push((signature, vec![choice.name.clone()])),
            }
        }
        let is_worth_it =
            sets.len() > 1 && members.len() <= MOST_CLASSES && members.len() * 2 <= choices.len();
        let members = members.into_iter().map(|(_, class)| class).collect();
        is_worth_it.then_some((position, Classes { members }))
    });
    classes.collect()
}
