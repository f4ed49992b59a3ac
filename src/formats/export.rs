//! The tables computed from a dataset, as they are exported.

use super::table::{Cell, Table};
use crate::domain::form::Form;
use crate::domain::grouping::{Grouping, Tallies};
use crate::domain::needs::{GroupNeeds, Need, Needs, hidden_tallies};
use crate::domain::suppression::SMALLEST_GROUP;
use crate::domain::tally::Tally;

/// In what words groups and competencies are written: codes, or labels in a language.
pub type Labels<'l> = Option<&'l str>;

const NEEDS_COLUMNS: [&str; 21] = [
    "group_by",
    "group",
    "people",
    "competency",
    "n_importance",
    "n_ability",
    "n_pairs",
    "mean_importance",
    "mean_ability",
    "sd_importance",
    "sd_ability",
    "gap",
    "mwds",
    "rds",
    "share_need",
    "share_surplus",
    "share_tie",
    "pni_modified",
    "share_high_need",
    "rank_mwds",
    "hidden",
];

/// Needs of several groupings, one row a group and competency. Of a hidden row only its being
/// hidden is told.
pub fn needs_table(form: &Form, needs: &[Needs], labels: Labels<'_>) -> Table {
    let rows = needs.iter().flat_map(|needs| {
        needs.groups.iter().flat_map(move |group| {
            group.needs.iter().map(move |need| needs_row(form, needs.grouping, group, need, labels))
        })
    });
    Table { header: NEEDS_COLUMNS.map(str::to_owned).to_vec(), rows: rows.collect() }
}

fn needs_row(
    form: &Form,
    grouping: Grouping,
    group: &GroupNeeds,
    need: &Need,
    labels: Labels<'_>,
) -> Vec<Cell> {
    let shown = |n: u64| if need.hidden { Cell::Blank } else { Cell::Count(n) };
    let people =
        if group.people < SMALLEST_GROUP { Cell::Blank } else { Cell::Count(group.people) };
    let mut row = vec![
        Cell::text(grouping.word()),
        Cell::text(group_name(form, grouping, &group.group, labels)),
        people,
        Cell::text(competency_name(form, &need.competency, labels)),
        shown(need.n_importance),
        shown(need.n_ability),
        shown(need.n_pairs),
    ];
    let m = need.measures;
    row.extend(
        [
            m.map(|m| m.mean_importance),
            m.map(|m| m.mean_ability),
            m.and_then(|m| m.sd_importance),
            m.and_then(|m| m.sd_ability),
            m.map(|m| m.gap),
            m.map(|m| m.mwds),
            m.map(|m| m.rds),
            m.map(|m| m.share_need),
            m.map(|m| m.share_surplus),
            m.map(|m| m.share_tie),
            m.map(|m| m.pni_modified),
            m.map(|m| m.share_high_need),
        ]
        .map(Cell::number),
    );
    row.push(need.rank.map_or(Cell::Blank, |rank| Cell::Count(rank as u64)));
    row.push(Cell::Count(u64::from(need.hidden)));
    row
}

/// Tallies of several groupings, one row a group, competency and pair of ratings that somebody
/// gave. What is hidden has no rows.
pub fn tally_table(form: &Form, tallies: &[(Grouping, Tallies)], labels: Labels<'_>) -> Table {
    let header = ["group_by", "group", "competency", "importance", "ability", "count"];
    let mut rows = Vec::new();
    for (grouping, tallies) in tallies {
        let groups = tallies.in_form_order(form, *grouping);
        for (position, competency) in form.competencies.iter().enumerate() {
            let column: Vec<Tally> = groups
                .iter()
                .map(|(_, counted)| counted.tallies.get(position).cloned().unwrap_or_default())
                .collect();
            let shown = groups.iter().zip(&column).zip(hidden_tallies(&column));
            for (((group, _), tally), _) in shown.filter(|(_, hidden)| !hidden) {
                rows.extend(tally.cells().map(|(importance, ability, count)| {
                    vec![
                        Cell::text(grouping.word()),
                        Cell::text(group_name(form, *grouping, group, labels)),
                        Cell::text(competency_name(form, &competency.code, labels)),
                        Cell::text(importance.word()),
                        Cell::text(ability.word()),
                        Cell::Count(count),
                    ]
                }));
            }
        }
    }
    Table { header: header.map(str::to_owned).to_vec(), rows }
}

/// A group in words: the label of the choice it comes from.
pub fn group_name(form: &Form, grouping: Grouping, group: &str, labels: Labels<'_>) -> String {
    match (labels, grouping.question(form)) {
        (Some(language), Some(question)) => {
            form.answer_in_distinct_words(question, group, language)
        }
        _ => group.to_owned(),
    }
}

fn competency_name(form: &Form, code: &str, labels: Labels<'_>) -> String {
    let competency = form.competencies.iter().find(|competency| competency.code == code);
    match (labels, competency) {
        (Some(language), Some(competency)) => {
            format!("{code} · {}", competency.label.get(language))
        }
        _ => code.to_owned(),
    }
}
