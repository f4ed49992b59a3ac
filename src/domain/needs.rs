//! The table of training needs: every group and competency with its measures.

use serde::{Deserialize, Serialize};

use super::form::Form;
use super::grouping::{Group, GroupTallies, Grouping, Tallies};
use super::measure::estimate::Estimate;
use super::measure::high_need::HighNeed;
use super::measure::interval::Interval;
use super::measure::mwds::{gap, mwds};
use super::measure::pni::{pni, pni_modified};
use super::measure::ranking::{First, places};
use super::measure::rds::RankedDiscrepancy;
use super::measure::shortfall::Shortfall;
use super::rating::Rating;
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

/// What is counted of the groups of one grouping, before the measures of any are worked out: of
/// thousands of groups only one is looked at at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedNeeds {
    grouping: Grouping,
    /// The groups, in the form's order.
    groups: Vec<CountedGroup>,
}

#[derive(Debug, Clone, PartialEq)]
struct CountedGroup {
    group: Group,
    counted: GroupTallies,
    /// By the competency's position whether it is hidden.
    hidden: Vec<bool>,
}

impl CountedNeeds {
    /// Of the tallies of a grouping, hiding what small groups would give away.
    pub fn of(form: &Form, grouping: Grouping, tallies: Tallies) -> Self {
        let groups = tallies.into_form_order(form, grouping);
        let seen: Vec<_> = groups.iter().map(|(group, counted)| (group, counted)).collect();
        let hidden = hidden_cells(&seen);
        let groups = groups.into_iter().zip(hidden);
        let groups =
            groups.map(|((group, counted), hidden)| CountedGroup { group, counted, hidden });
        Self { grouping, groups: groups.collect() }
    }

    /// The needs of every group.
    pub fn all(&self, form: &Form) -> Needs {
        let groups = self.groups.iter().map(|group| group.needs(form));
        Needs { grouping: self.grouping, groups: groups.collect() }
    }

    /// All groups, but the needs of only one: this one, or the first that is shown where it is not.
    pub fn of_one(&self, form: &Form, group: &Group) -> Needs {
        let mut shown = self.groups.iter().filter(|own| !own.is_hidden());
        let chosen = shown.clone().find(|own| own.group == *group).or(shown.next());
        let groups = self.groups.iter().map(|own| {
            let is_chosen = chosen.is_some_and(|chosen| chosen.group == own.group);
            if is_chosen { own.needs(form) } else { own.alone() }
        });
        Needs { grouping: self.grouping, groups: groups.collect() }
    }

    /// The needs of one group, where it is there.
    pub fn needs_of(&self, form: &Form, group: &Group) -> Option<GroupNeeds> {
        let own = self.groups.iter().find(|own| own.group == *group)?;
        Some(own.needs(form))
    }
}

impl CountedGroup {
    fn is_hidden(&self) -> bool {
        !self.hidden.is_empty() && self.hidden.iter().all(|hidden| *hidden)
    }

    /// The group without its needs.
    fn alone(&self) -> GroupNeeds {
        GroupNeeds {
            group: self.group.clone(),
            people: self.counted.people,
            is_hidden: self.is_hidden(),
            needs: Vec::new(),
        }
    }

    fn needs(&self, form: &Form) -> GroupNeeds {
        let counts = self.counted.tallies.iter().zip(&self.counted.shortfalls);
        let cells = form.competencies.iter().zip(counts).zip(&self.hidden);
        let mut needs: Vec<Need> = cells
            .map(|((competency, (tally, shortfall)), &hidden)| Need {
                competency: competency.code.clone(),
                n_importance: tally.importance().n(),
                n_ability: tally.ability().n(),
                n_pairs: tally.paired_importance().n(),
                measures: if hidden { None } else { Measures::of(tally) },
                required: if hidden { None } else { BelowRequired::of(shortfall) },
                hidden,
                rank: None,
            })
            .collect();
        rank(&mut needs);
        GroupNeeds { needs, ..self.alone() }
    }
}

/// The training needs of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupNeeds {
    /// Which group.
    pub group: Group,
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
    /// How far people are below what is required; `None` where nothing is, or where they are too
    /// few to be shown.
    pub required: Option<BelowRequired>,
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
    /// Its 95 % interval; `None` of one person, or where all differ alike.
    pub gap_interval: Option<Interval>,
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
    /// How many people have ability below importance.
    pub people_in_need: u64,
    /// Priority needs index, (importance − ability) × importance.
    pub pni: f64,
    /// Modified priority needs index.
    pub pni_modified: f64,
    /// Share, 0 to 1, with importance ≥ 4 and ability ≤ 2.
    pub share_high_need: f64,
    /// Its 95 % interval.
    pub high_need_interval: Option<Interval>,
}

/// How far people are below what their posts require, where any post of theirs requires a level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BelowRequired {
    /// How many rated ability and have a required level.
    pub n: u64,
    /// How many of them are below it.
    pub below: u64,
    /// The mean of the levels missing, 0 to 4.
    pub mean_shortfall: f64,
}

impl BelowRequired {
    fn of(shortfall: &Shortfall) -> Option<Self> {
        let mean_shortfall = shortfall.mean()?;
        Some(Self { n: shortfall.n, below: shortfall.below, mean_shortfall })
    }

    /// The share, 0 to 1, of people below the required level.
    pub fn share(&self) -> f64 {
        self.below as f64 / self.n as f64
    }
}

/// By what competencies are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Mean weighted discrepancy score.
    #[default]
    Mwds,
    /// Mean importance − mean ability.
    Gap,
    /// Ranked discrepancy score.
    Rds,
    /// Modified priority needs index.
    PniModified,
    /// Priority needs index.
    Pni,
    /// Share with a high need.
    HighNeed,
    /// Mean of the levels missing to what posts require.
    Shortfall,
    /// Share of people below what their posts require.
    BelowRequired,
}

impl Measure {
    /// Every measure, as lists show them.
    pub const ALL: [Self; 8] = [
        Self::Mwds,
        Self::Gap,
        Self::Rds,
        Self::PniModified,
        Self::Pni,
        Self::HighNeed,
        Self::Shortfall,
        Self::BelowRequired,
    ];

    /// The word for it in files and lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mwds => "mwds",
            Self::Gap => "gap",
            Self::Rds => "rds",
            Self::PniModified => "pni_modified",
            Self::Pni => "pni",
            Self::HighNeed => "share_high_need",
            Self::Shortfall => "mean_shortfall",
            Self::BelowRequired => "share_below_required",
        }
    }

    /// Which end comes first.
    pub fn first(self) -> First {
        if self == Self::Rds { First::Lowest } else { First::Highest }
    }

    /// True where a person who says this of a competency counts in it.
    pub fn counts(self, rating: &Rating) -> bool {
        let able = rating.ability.number().is_some();
        match self {
            Self::Shortfall | Self::BelowRequired => able && rating.required.is_some(),
            _ => able && rating.importance.number().is_some(),
        }
    }

    /// Its value for a need; `None` where there is none, or where it is hidden.
    pub fn of(self, need: &Need) -> Option<f64> {
        let measured = need.measures.as_ref();
        let required = need.required.as_ref();
        match self {
            Self::Mwds => measured.map(|measures| measures.mwds),
            Self::Gap => measured.map(|measures| measures.gap),
            Self::Rds => measured.map(|measures| measures.rds),
            Self::PniModified => measured.map(|measures| measures.pni_modified),
            Self::Pni => measured.map(|measures| measures.pni),
            Self::HighNeed => measured.map(|measures| measures.share_high_need),
            Self::Shortfall => required.map(|required| required.mean_shortfall),
            Self::BelowRequired => required.map(BelowRequired::share),
        }
    }
}

impl Measures {
    /// Everything that follows from a tally; `None` where nobody rated both.
    pub fn of(tally: &Tally) -> Option<Self> {
        let (importance, ability) = (tally.paired_importance(), tally.paired_ability());
        let ranked = RankedDiscrepancy::of(tally)?;
        let high_need = HighNeed::of(tally);
        Some(Self {
            mean_importance: importance.mean()?,
            mean_ability: ability.mean()?,
            sd_importance: importance.sd(),
            sd_ability: ability.sd(),
            gap: gap(tally)?,
            gap_interval: Estimate::of_gap(tally).and_then(|gap| gap.interval()).ok(),
            mwds: mwds(tally)?,
            rds: ranked.score(),
            share_need: ranked.need,
            share_surplus: ranked.surplus,
            share_tie: ranked.tie,
            people_in_need: tally.differences().above(),
            pni: pni(tally)?,
            pni_modified: pni_modified(tally)?,
            share_high_need: high_need.share()?,
            high_need_interval: high_need.interval(),
        })
    }
}

/// Computes the needs of every group, hiding what small groups would give away.
pub fn needs(form: &Form, grouping: Grouping, tallies: &Tallies) -> Needs {
    CountedNeeds::of(form, grouping, tallies.clone()).all(form)
}

/// By group, then by competency: what is hidden. A small group is hidden as a whole; of the others
/// a competency is hidden where any number that would stand beside it counts one to four people;
/// and with either, what would give it away.
pub fn hidden_cells(groups: &[(&Group, &GroupTallies)]) -> Vec<Vec<bool>> {
    let people: Vec<u64> = groups.iter().map(|(_, group)| group.people).collect();
    let competencies = groups.iter().map(|(_, group)| group.tallies.len()).max().unwrap_or(0);
    let mut cells: Vec<Vec<bool>> =
        hidden(&people).iter().map(|is_hidden| vec![*is_hidden; competencies]).collect();
    for competency in 0..competencies {
        let fewest: Vec<u64> =
            groups.iter().map(|(_, group)| fewest_people(group, competency)).collect();
        for (row, is_hidden) in cells.iter_mut().zip(hidden(&fewest)) {
            if let Some(cell) = row.get_mut(competency) {
                *cell |= is_hidden;
            }
        }
    }
    cells
}

/// The smallest number of people, but nobody, that would be told of a group and competency.
fn fewest_people(group: &GroupTallies, competency: usize) -> u64 {
    let Some(tally) = group.tallies.get(competency) else { return 0 };
    let required = group.shortfalls.get(competency).map_or(0, |shortfall| shortfall.n);
    let counts =
        [tally.importance().n(), tally.ability().n(), tally.paired_importance().n(), required];
    counts.into_iter().filter(|n| *n > 0).min().unwrap_or(0)
}

fn rank(needs: &mut [Need]) {
    let found = places_by(needs, Measure::Mwds);
    for (need, place) in needs.iter_mut().zip(found) {
        need.rank = place;
    }
}

/// The place of each need by a measure, 1 first, ties sharing the smaller number.
pub fn places_by(needs: &[Need], measure: Measure) -> Vec<Option<usize>> {
    let values: Vec<_> = needs.iter().map(|need| measure.of(need)).collect();
    places(&values, measure.first())
}
