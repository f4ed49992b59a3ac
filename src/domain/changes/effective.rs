//! What counts: the original responses with the changes that are in force.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Change, ChangeLog};
use crate::domain::dataset::Dataset;
use crate::domain::expression::{Scope, Value};
use crate::domain::form::{Form, Question};
use crate::domain::response::Response;
use crate::domain::same_person::{Decision, Pair};
use rows::answers::Answers;

/// The current response of every root as the changes leave it.
#[derive(Debug, Clone, Default)]
pub struct Effective {
    rows: Vec<EffectiveRow>,
    /// Where each root stands among them, once that was asked.
    by_root: OnceCell<HashMap<String, usize>>,
}

/// One response as the changes leave it.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectiveRow {
    /// The response; the dataset's own where it is as it came in.
    pub response: Rc<Response>,
    /// Whether it counts.
    pub standing: Standing,
    /// The ids of the lines that changed its answers.
    pub changed_by: Vec<String>,
}

/// Whether a response counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It does.
    Counts,
    /// It was set aside.
    SetAside {
        /// By this line.
        entry: String,
    },
    /// Another response counts for the same person.
    OnePersonWith {
        /// That response.
        root: String,
        /// By this line.
        entry: String,
    },
}

impl Effective {
    pub(super) fn of(form: &Form, dataset: &Dataset, log: &ChangeLog) -> Self {
        let rows = dataset.current_rows().into_iter().map(|response| EffectiveRow {
            response: Rc::clone(response),
            standing: Standing::Counts,
            changed_by: Vec::new(),
        });
        let mut effective = Self { rows: rows.collect(), by_root: OnceCell::new() };
        let mut decisions: BTreeMap<&Pair, (&str, &Decision)> = BTreeMap::new();
        for entry in log.in_force() {
            match &entry.change {
                Change::Corrected { root, key, from, to } => {
                    let Some(row) = effective.row_mut(root) else { continue };
                    if row.response.answers.get(key) == from {
                        row.change(form, &entry.id, &[(key, to)]);
                    }
                }
                Change::SetAside { root } => {
                    if let Some(row) = effective.row_mut(root) {
                        row.standing = Standing::SetAside { entry: entry.id.clone() };
                    }
                }
                Change::Decided { pair, decision } => {
                    decisions.insert(pair, (&entry.id, decision));
                }
                Change::TakenBack { .. } => {}
            }
        }
        // In the order of the lines, whatever the roots are called.
        let places = log.entries().iter().enumerate();
        let places: BTreeMap<&str, usize> =
            places.map(|(place, entry)| (entry.id.as_str(), place)).collect();
        let mut decisions: Vec<_> = decisions.into_iter().collect();
        decisions.sort_by_key(|(_, (entry, _))| places.get(entry));
        for (pair, (entry, decision)) in decisions {
            effective.decide(form, pair, entry, decision);
        }
        effective
    }

    /// Every response, by time of handing in, then by root.
    pub fn rows(&self) -> &[EffectiveRow] {
        &self.rows
    }

    /// The response of a root.
    pub fn row(&self, root: &str) -> Option<&EffectiveRow> {
        self.rows.get(self.place(root)?)
    }

    /// The responses that count.
    pub fn counting(&self) -> Vec<&Response> {
        let counting = self.rows.iter().filter(|row| row.standing == Standing::Counts);
        counting.map(|row| &*row.response).collect()
    }

    /// Those as a dataset of their own, without what they were before.
    pub fn to_dataset(&self) -> Dataset {
        let mut dataset = Dataset::default();
        for row in self.rows.iter().filter(|row| row.standing == Standing::Counts) {
            dataset.merge(Rc::clone(&row.response));
        }
        dataset
    }

    fn row_mut(&mut self, root: &str) -> Option<&mut EffectiveRow> {
        let place = self.place(root)?;
        self.rows.get_mut(place)
    }

    fn place(&self, root: &str) -> Option<usize> {
        let by_root = self.by_root.get_or_init(|| {
            let roots = self.rows.iter().map(|row| row.response.root.clone());
            roots.zip(0..).collect()
        });
        by_root.get(root).copied()
    }

    /// The root that counts for this one's person.
    fn stands_for(&self, root: &str) -> String {
        let mut root = root.to_owned();
        while let Some(Standing::OnePersonWith { root: next, .. }) =
            self.row(&root).map(|row| &row.standing)
        {
            root.clone_from(next);
        }
        root
    }

    fn decide(&mut self, form: &Form, pair: &Pair, entry: &str, decision: &Decision) {
        let Some(kept) = decision.kept() else { return };
        let Some(other) = pair.beside(kept) else { return };
        // Of several responses of one person, decided about pair by pair, exactly one counts.
        let (root, left) = (self.stands_for(kept), self.stands_for(other));
        if root == left {
            return;
        }
        if let Decision::Merge { taken, .. } = decision {
            let from = self.row(other).map(|row| row.response.answers.clone()).unwrap_or_default();
            let taken: Vec<(&str, &str)> =
                taken.iter().map(|key| (key.as_str(), from.get(key))).collect();
            if let Some(row) = self.row_mut(&root) {
                row.change(form, entry, &taken);
            }
        }
        if let Some(row) = self.row_mut(&left).filter(|row| row.standing == Standing::Counts) {
            row.standing = Standing::OnePersonWith { root, entry: entry.to_owned() };
        }
    }
}

impl EffectiveRow {
    /// Changes answers and what follows from them. The row is sealed again: what the log tells of
    /// is no edit by hand.
    fn change(&mut self, form: &Form, entry: &str, answers: &[(&str, &str)]) {
        let before = self.response.answers.clone();
        let was_edited = self.response.is_edited();
        let response = Rc::make_mut(&mut self.response);
        for (key, value) in answers {
            response.answers.set(key, *value);
        }
        follow(form, &before, &mut response.answers);
        if !was_edited && !response.checksum.is_empty() {
            response.seal();
        }
        self.changed_by.push(entry.to_owned());
    }
}

/// Works calculated values out anew: those that followed from the answers before. What hung on
/// more than that, such as the day, stays.
fn follow(form: &Form, before: &Answers, after: &mut Answers) {
    let calculated = form.questions().iter().filter(|question| {
        question.is_computed() && form.repeats_around(question.group).is_empty()
    });
    for question in calculated {
        let value = worked_out(form, question, before);
        if value == before.get(&question.name) {
            let value = worked_out(form, question, after);
            after.set(&question.name, value);
        }
    }
}

fn worked_out(form: &Form, question: &Question, answers: &Answers) -> String {
    let answer = |name: &str| answers.get(name);
    let scope = Scope::new(form, &answer);
    match question.calculation.as_ref().map(|calculation| scope.value(calculation)) {
        None => String::new(),
        Some(Value::Number(number)) if number.is_nan() => String::new(),
        Some(value) => value.text(),
    }
}
