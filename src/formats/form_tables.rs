//! What a form says beside its questions, as tables for programs: competencies, the levels that
//! posts require, and the groups that people are put into.

use std::collections::BTreeSet;

use super::export::group_name;
use super::table::{Cell, Table};
use crate::domain::clusters::Clusters;
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::text::Language;

fn header<const COLUMNS: usize>(names: [&str; COLUMNS]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

/// The competencies, each with its domain.
pub fn competencies(form: &Form, t: Language) -> Table {
    let row = |competency: &crate::domain::form::Competency| {
        [
            competency.code.clone(),
            competency.label.get(t.code()).to_owned(),
            competency.domain.clone(),
            form.domain_label(&competency.domain, t.code()),
        ]
        .map(Cell::text)
        .to_vec()
    };
    Table {
        header: header(["competency", "label", "domain", "domain_label"]),
        rows: form.competencies.iter().map(row).collect(),
    }
}

/// The level, 1 to 5, that each post requires of each competency.
pub fn levels(form: &Form) -> Table {
    let rows = form.competencies.iter().flat_map(|competency| {
        competency.required_levels.iter().map(|(post, level)| {
            vec![
                Cell::text(post.clone()),
                Cell::text(competency.code.clone()),
                Cell::Count((*level).into()),
            ]
        })
    });
    Table { header: header(["post", "competency", "required"]), rows: rows.collect() }
}

/// The groups of every facet that the form asks for, in its order; of units those that are told.
pub fn groups(form: &Form, units: &BTreeSet<&str>, t: Language) -> Table {
    let mut rows = Vec::new();
    for facet in Facet::available(form) {
        let by = Grouping::by(facet);
        let list = facet.question(form).and_then(|question| question.kind.list());
        // Clusters are no choices: they follow from units, and stand in a table of their own.
        let list = list.filter(|_| facet != Facet::Cluster);
        let choices = list.map_or(&[][..], |list| form.choices(list));
        for (place, choice) in (1..).zip(choices) {
            if facet == Facet::Unit && !units.contains(choice.name.as_str()) {
                continue;
            }
            rows.push(vec![
                Cell::text(by.word()),
                Cell::text(choice.name.clone()),
                Cell::text(group_name(form, by, &Group::of(&choice.name), Some(t))),
                Cell::Count(place),
            ]);
        }
    }
    Table { header: header(["group_by", "group", "label", "place"]), rows }
}

/// Which cluster each of these units lies in.
pub fn clusters(clusters: &Clusters, units: &BTreeSet<&str>) -> Table {
    let known = units.iter().filter(|unit| !clusters.of(unit).is_empty());
    let rows = known.map(|unit| [*unit, clusters.of(unit)].map(Cell::text).to_vec());
    Table { header: header(["unit", "cluster"]), rows: rows.collect() }
}
