//! What follows from the responses and their changes, worked out once, when it is first asked for.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use crate::app::protocol::Who;
use crate::domain::changes::{ChangeLog, Effective, EffectiveRow};
use crate::domain::coded::CodedRatings;
use crate::domain::dataset::Dataset;
use crate::domain::filter::Filter;
use crate::domain::form::{Form, Role};
use crate::domain::quality::{Flag, Limits, flags};
use crate::domain::response::Response;
use crate::domain::same_person::{Suspicion, suspicions};
use crate::domain::search::folded;
use crate::forms::checks::checks;

/// What follows from one state of the dataset and its log.
#[derive(Default)]
pub(super) struct Looked {
    effective: OnceCell<Effective>,
    flags: OnceCell<BTreeMap<String, Vec<Flag>>>,
    suspicions: OnceCell<Vec<Suspicion>>,
    names: OnceCell<Vec<String>>,
    ratings: OnceCell<CodedRatings>,
}

/// The state that it follows from.
#[derive(Clone, Copy)]
pub(super) struct Basis<'c> {
    pub(super) form: &'c Form,
    pub(super) dataset: &'c Dataset,
    pub(super) log: &'c ChangeLog,
}

impl Looked {
    /// The responses with the changes that hold.
    pub(super) fn effective(&self, basis: Basis) -> &Effective {
        self.effective.get_or_init(|| basis.log.effective(basis.form, basis.dataset))
    }

    /// The flags of every response that counts, by root.
    pub(super) fn flags(&self, basis: Basis) -> &BTreeMap<String, Vec<Flag>> {
        self.flags.get_or_init(|| {
            let counting = self.effective(basis).counting();
            let flags = flags(basis.form, &counting, &Limits::default(), &checks(basis.form));
            counting.iter().map(|response| response.root.clone()).zip(flags).collect()
        })
    }

    /// The pairs that may be one person, decided about or not.
    pub(super) fn suspicions(&self, basis: Basis) -> &[Suspicion] {
        self.suspicions.get_or_init(|| suspicions(basis.form, &self.effective(basis).counting()))
    }

    /// By what each effective row is searched: the person's name, the unit and post in every
    /// language, and the receipt code; folded.
    pub(super) fn names(&self, basis: Basis) -> &[String] {
        self.names.get_or_init(|| {
            let asked = [Role::Person, Role::Unit, Role::Post]
                .into_iter()
                .filter_map(|role| basis.form.with_role(role));
            let asked: Vec<(&str, HashMap<&str, String>)> = asked
                .map(|question| {
                    let list = question.kind.list();
                    let choices = list.map_or(&[][..], |list| basis.form.choices(list)).iter();
                    let words = choices.map(|choice| {
                        let labels: Vec<String> = choice.label.all().map(folded).collect();
                        (choice.name.as_str(), labels.join(" "))
                    });
                    (question.name.as_str(), words.collect())
                })
                .collect();
            let name = |row: &EffectiveRow| {
                let mut name = receipt(basis.dataset, &row.response.root).to_lowercase();
                for (question, words) in &asked {
                    let answer = row.response.answers.get(question);
                    name.push('\n');
                    match words.get(answer) {
                        Some(words) => name.push_str(words),
                        None => name.push_str(&folded(answer)),
                    }
                }
                name
            };
            self.effective(basis).rows().iter().map(name).collect()
        })
    }

    /// What the responses that count rate.
    pub(super) fn ratings(&self, basis: Basis) -> &CodedRatings {
        let counting = || self.effective(basis).counting();
        self.ratings.get_or_init(|| CodedRatings::of(basis.form, counting()))
    }

    /// The responses that count and that a filter lets through.
    pub(super) fn counting(&self, basis: Basis, filter: &Filter) -> Vec<&Response> {
        let mut counting = self.effective(basis).counting();
        let mut admits = self.admitting(basis, filter);
        counting.retain(|response| admits(response));
        counting
    }

    /// The same, as positions among all that count.
    pub(super) fn counting_places(&self, basis: Basis, filter: &Filter) -> Vec<usize> {
        let mut admits = self.admitting(basis, filter);
        let counting = self.effective(basis).counting().into_iter().enumerate();
        counting.filter(|(_, response)| admits(response)).map(|(at, _)| at).collect()
    }

    /// Tells whether a filter lets a response through; what is asked about many knows what it
    /// found of others.
    pub(super) fn admitting<'l>(
        &'l self,
        basis: Basis<'l>,
        filter: &'l Filter,
    ) -> impl FnMut(&Response) -> bool + 'l {
        let mut admits = filter.admitting(basis.form);
        move |response| {
            let is_trusted = |below: usize| {
                self.flags(basis).get(&response.root).is_none_or(|flags| flags.len() < below)
            };
            admits(response) && filter.flags_below.is_none_or(is_trusted)
        }
    }
}

/// The receipt code that the person has: of what came in, whatever was changed since.
pub(super) fn receipt(dataset: &Dataset, root: &str) -> String {
    dataset.of_root(root).next().map_or(String::new(), |row| row.receipt())
}

/// Who a response is from.
pub(super) fn who(Basis { form, dataset, .. }: Basis, response: &Response) -> Who {
    let answer = |role| {
        let question = form.with_role(role);
        question.map_or("", |question| response.answers.get(&question.name)).to_owned()
    };
    Who {
        root: response.root.clone(),
        receipt: receipt(dataset, &response.root),
        name: answer(Role::Person),
        unit: answer(Role::Unit),
        post: answer(Role::Post),
    }
}
