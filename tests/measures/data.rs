//! The reference data as the desk reads them.

use std::collections::BTreeMap;

use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{GroupTallies, Grouping, Tallies};
use phieu_xa::domain::measure::people::RatedPeople;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::tally::{Level, Tally};
use phieu_xa::formats::{response_csv, xlsform};
use serde_json::Value;

pub(crate) const ITEMS: usize = 20;

pub(crate) struct Reference {
    pub(crate) form: Form,
    pub(crate) dataset: Dataset,
    pub(crate) meta: Value,
}

impl Reference {
    pub(crate) fn read() -> Self {
        let read = xlsform::read(&[
            ("survey.csv", include_str!("../data/reference-form/survey.csv")),
            ("choices.csv", include_str!("../data/reference-form/choices.csv")),
            ("settings.csv", include_str!("../data/reference-form/settings.csv")),
            ("competencies.csv", include_str!("../data/reference-form/competencies.csv")),
        ]);
        let form = read.unwrap().form;
        let bytes = include_bytes!("../data/reference/responses.csv");
        let mut dataset = Dataset::default();
        for response in response_csv::read(&form, "responses.csv", bytes).responses {
            dataset.merge(response);
        }
        let meta = serde_json::from_str(include_str!("../data/reference/meta.json")).unwrap();
        Self { form, dataset, meta }
    }

    /// The 300 persons, by their codes.
    pub(crate) fn rows(&self) -> Vec<&Response> {
        let mut rows = self.dataset.current();
        rows.sort_by(|a, b| a.root.cmp(&b.root));
        rows
    }

    pub(crate) fn people(&self) -> RatedPeople {
        RatedPeople::of(&self.form, self.rows())
    }

    pub(crate) fn overall(&self) -> Vec<Tally> {
        self.people().tallies()
    }

    /// The tallies of each group, in form order.
    pub(crate) fn by(&self, grouping: Grouping) -> Vec<(String, GroupTallies)> {
        let tallies = Tallies::count(&self.form, grouping, &Clusters::default(), self.rows());
        let groups = tallies.in_form_order(&self.form, grouping);
        groups.into_iter().map(|(name, group)| (name.to_string(), group.clone())).collect()
    }

    /// How many people hold each post by the roster.
    pub(crate) fn per_post(&self) -> u64 {
        self.meta["population_per_position"].as_u64().unwrap()
    }

    pub(crate) fn population(&self) -> u64 {
        self.meta["population"].as_u64().unwrap()
    }

    /// The competencies of each domain, by their positions.
    pub(crate) fn domains(&self) -> Vec<(String, Vec<usize>)> {
        let mut domains: Vec<(String, Vec<usize>)> = Vec::new();
        for (position, competency) in self.form.competencies.iter().enumerate() {
            match domains.iter_mut().find(|(name, _)| *name == competency.domain) {
                Some((_, positions)) => positions.push(position),
                None => domains.push((competency.domain.clone(), vec![position])),
            }
        }
        domains
    }

    /// What a post requires in each competency.
    pub(crate) fn required(&self, post: &str) -> Vec<Option<u8>> {
        let competencies = self.form.competencies.iter();
        competencies.map(|competency| competency.required_levels.get(post).copied()).collect()
    }

    /// The abilities that persons gave themselves, by their codes.
    pub(crate) fn own_abilities(&self) -> BTreeMap<String, Vec<Level>> {
        let people = self.people();
        let rows = people.ability();
        let abilities = rows.rows().map(<[Level]>::to_vec);
        self.rows().iter().map(|row| row.root.clone()).zip(abilities).collect()
    }

    pub(crate) fn importances(&self) -> BTreeMap<String, Vec<Level>> {
        let people = self.people();
        let rows = people.importance();
        let importances = rows.rows().map(<[Level]>::to_vec);
        self.rows().iter().map(|row| row.root.clone()).zip(importances).collect()
    }
}

/// The abilities that a source gave persons, by their codes.
pub(crate) fn rated_by(source: &str) -> BTreeMap<String, Vec<Level>> {
    let mut reader = csv::Reader::from_reader(&include_bytes!("../data/reference/raters.csv")[..]);
    let records = reader.records().map(Result::unwrap);
    let of_source = records.filter(|record| &record[1] == source);
    of_source
        .map(|record| (record[0].to_owned(), record.iter().skip(2).map(Level::of).collect()))
        .collect()
}

/// What persons rated after training: four abilities, and how far they apply it.
pub(crate) fn followed_up() -> Vec<(String, Vec<Level>, u8)> {
    let mut reader =
        csv::Reader::from_reader(&include_bytes!("../data/reference/followup.csv")[..]);
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| {
            let after = record.iter().skip(1).take(4).map(Level::of).collect();
            (record[0].to_owned(), after, record[5].parse().unwrap())
        })
        .collect()
}

/// The mean of the ratings that somebody gave; `None` of none.
pub(crate) fn mean_given(levels: &[Level]) -> Option<f64> {
    let numbers: Vec<f64> =
        levels.iter().filter_map(|level| level.number()).map(f64::from).collect();
    phieu_xa::domain::measure::quantile::mean(&numbers)
}
