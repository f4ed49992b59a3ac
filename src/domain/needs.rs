//! The table of training needs: every group and competency with its measures.

use serde::{Deserialize, Serialize};

use super::form::Form;
use super::grouping::{GroupTallies, Grouping, Tallies};
use super::measure::high_need::share_high_need;
use super::measure::mwds::{gap, mwds};
use super::measure::pni::pni_modified;
use super::measure::ranking::{First, places};
use super::measure::rds::RankedDiscrepancy;
use super::suppression::hidden;
use super::tally::Tally;

/// The training needs of the groups of one grouping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Needs {
    /// By what people are grouped.
    pub grouping: Grouping,
    /// The groups, in the form's order.
    pub groups: Vec<GroupNeeds>,
}

/// The training needs of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupNeeds {
    /// The group: the answer to the grouping's question, empty for everybody together.
    pub group: String,
    /// How many people are in it.
    pub people: u64,
    /// True when nothing of it is shown, not even how many people are in it.
    pub is_hidden: bool,
    /// One for each competency, in the form's order.
    pub needs: Vec<Need>,
}

/// What a group needs in one competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// The competency's code.
    pub competency: String,
    /// How many rated importance.
    pub n_importance: u64,
    /// How many rated ability.
    pub n_ability: u64,
    /// How many rated both.
    pub n_pairs: u64,
    /// What comes out; `None` where nobody rated both, or where they are too few to be shown.
    pub measures: Option<Measures>,
    /// True where people rated it, but too few to be shown.
    pub hidden: bool,
    /// The place by MWDS within the group, 1 first, ties sharing the smaller number.
    pub rank: Option<usize>,
}

/// The measures of one group and competency, over those who rated both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Mean importance, 1 to 5.
    pub mean_importance: f64,
    /// Mean ability, 1 to 5.
    pub mean_ability: f64,
    /// Standard deviation of importance (n − 1); `None` of one person.
    pub sd_importance: Option<f64>,
    /// Standard deviation of ability (n − 1); `None` of one person.
    pub sd_ability: Option<f64>,
    /// Mean importance − mean ability.
    pub gap: f64,
    /// Mean weighted discrepancy score.
    pub mwds: f64,
    /// Ranked discrepancy score, −100 to 100; the lowest comes first.
    pub rds: f64,
    /// Percent with ability below importance.
    pub share_need: f64,
    /// Percent with ability above importance.
    pub share_surplus: f64,
    /// Percent with both the same.
    pub share_tie: f64,
    /// Modified priority needs index.
    pub pni_modified: f64,
    /// Share, 0 to 1, with importance ≥ 4 and ability ≤ 2.
    pub share_high_need: f64,
}

impl Measures {
    /// Everything that follows from a tally; `None` where nobody rated both.
    pub fn of(tally: &Tally) -> Option<Self> {
        let (importance, ability) = (tally.paired_importance(), tally.paired_ability());
        let ranked = RankedDiscrepancy::of(tally)?;
        Some(Self {
            mean_importance: importance.mean()?,
            mean_ability: ability.mean()?,
            sd_importance: importance.sd(),
            sd_ability: ability.sd(),
            gap: gap(tally)?,
            mwds: mwds(tally)?,
            rds: ranked.score(),
            share_need: ranked.need,
            share_surplus: ranked.surplus,
            share_tie: ranked.tie,
            pni_modified: pni_modified(tally)?,
            share_high_need: share_high_need(tally)?,
        })
    }
}

/// Computes the needs of every group, hiding what small groups would give away.
pub fn needs(form: &Form, grouping: Grouping, tallies: &Tallies) -> Needs {
    let groups = tallies.in_form_order(form, grouping);
    let table = groups.iter().zip(hidden_cells(&groups)).map(|((group, counted), hidden)| {
        let cells = form.competencies.iter().zip(&counted.tallies).zip(hidden);
        let mut needs: Vec<Need> = cells
            .map(|((competency, tally), hidden)| Need {
                competency: competency.code.clone(),
                n_importance: tally.importance().n(),
                n_ability: tally.ability().n(),
                n_pairs: tally.paired_importance().n(),
                measures: if hidden { None } else { Measures::of(tally) },
                hidden,
                rank: None,
            })
            .collect();
        rank(&mut needs);
        let is_hidden = !needs.is_empty() && needs.iter().all(|need| need.hidden);
        GroupNeeds { group: (*group).to_owned(), people: counted.people, is_hidden, needs }
    });
    Needs { grouping, groups: table.collect() }
}

/// By group, then by competency: what is hidden. A small group is hidden as a whole; of the others
/// a competency is hidden where any number that would stand beside it counts one to four people;
/// and with either, what would give it away.
pub fn hidden_cells(groups: &[(&str, &GroupTallies)]) -> Vec<Vec<bool>> {
    let people: Vec<u64> = groups.iter().map(|(_, group)| group.people).collect();
    let competencies = groups.iter().map(|(_, group)| group.tallies.len()).max().unwrap_or(0);
    let mut cells: Vec<Vec<bool>> =
        hidden(&people).iter().map(|is_hidden| vec![*is_hidden; competencies]).collect();
    for competency in 0..competencies {
        let fewest: Vec<u64> = groups
            .iter()
            .map(|(_, group)| group.tallies.get(competency).map_or(0, fewest_people))
            .collect();
        for (row, is_hidden) in cells.iter_mut().zip(hidden(&fewest)) {
            if let Some(cell) = row.get_mut(competency) {
                *cell |= is_hidden;
            }
        }
    }
    cells
}

/// The smallest number of people, but nobody, that would be told of a tally.
fn fewest_people(tally: &Tally) -> u64 {
    let counts = [tally.importance().n(), tally.ability().n(), tally.paired_importance().n()];
    counts.into_iter().filter(|n| *n > 0).min().unwrap_or(0)
}

fn rank(needs: &mut [Need]) {
    let scores: Vec<_> = needs.iter().map(|need| need.measures.map(|own| own.mwds)).collect();
    for (need, place) in needs.iter_mut().zip(places(&scores, First::Highest)) {
        need.rank = place;
    }
}
