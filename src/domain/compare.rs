//! Two groups of people side by side: how far apart they are in each competency, and how sure that
//! is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::Form;
use super::grouping::{Group, GroupTallies, Grouping, Tallies};
use super::measure::NoValue;
use super::measure::adjusted_p::adjust_by_holm;
use super::measure::delta::{mwds_estimate, pni_modified_estimate};
use super::measure::estimate::Estimate;
use super::measure::high_need::HighNeed;
use super::measure::jackknife::Jackknife;
use super::measure::two_groups::GroupDifference;
use super::needs::{Measure, hidden_cells};
use super::rating::Rating;
use super::suppression::SMALLEST_GROUP;

/// Two groups compared by one measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// By what they are compared.
    pub measure: Measure,
    /// How many people are in each; `None` of a group that is hidden.
    pub people: [Option<u64>; 2],
    /// One for each competency, in the form's order.
    pub competencies: Vec<Compared>,
}

/// Two groups in one competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The competency's code.
    pub competency: String,
    /// True where either group has too few people to be shown.
    pub is_hidden: bool,
    /// The value of each group; `None` where it has none, or is hidden.
    pub values: [Option<Value>; 2],
    /// How far the first is above the second; `None` where that cannot be judged.
    pub difference: Option<GroupDifference>,
    /// The probability of such a difference by chance, corrected for how many competencies are
    /// looked at (Holm); `None` where there is no difference to judge.
    pub p: Option<f64>,
}

/// The value of a measure for one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// How many people it is of.
    pub n: u64,
    /// The value.
    pub value: f64,
}

impl Compared {
    /// True where the difference is unlikely to be chance.
    pub fn is_clear(&self) -> bool {
        self.p.is_some_and(|p| p < 0.05)
    }
}

/// Compares two groups of one grouping.
pub fn compare(
    form: &Form,
    grouping: Grouping,
    tallies: &Tallies,
    groups: [&Group; 2],
    measure: Measure,
) -> Comparison {
    let all = tallies.in_form_order(form, grouping);
    let hidden = hidden_cells(&all);
    let sides = groups.map(|wanted| {
        let place = all.iter().position(|(group, _)| *group == wanted)?;
        Some((all.get(place)?.1, hidden.get(place)?.as_slice()))
    });
    let codes: Vec<&str> = form.competencies.iter().map(|own| own.code.as_str()).collect();
    compare_sides(&codes, sides, measure)
}

/// Compares two groups that nobody has put side by side with others, of the same competencies.
pub fn compare_counts(codes: &[&str], groups: [&GroupTallies; 2], measure: Measure) -> Comparison {
    let hidden = groups.map(|counted| hidden_cells(&[(&Group::default(), counted)]).concat());
    let [first, second] = &hidden;
    let [one, other] = groups;
    compare_sides(codes, [Some((one, first)), Some((other, second))], measure)
}

/// Two groups with what is hidden of each.
fn compare_sides(
    codes: &[&str],
    sides: [Option<(&GroupTallies, &[bool])>; 2],
    measure: Measure,
) -> Comparison {
    let is_hidden = |at: usize| {
        sides.iter().any(|side| side.is_none_or(|(_, hidden)| hidden.get(at).is_none_or(|h| *h)))
    };
    let competencies = codes.iter().enumerate().map(|(at, code)| {
        let is_hidden = is_hidden(at);
        let found = sides.map(|side| {
            let (counted, _) = side.filter(|_| !is_hidden)?;
            estimate(measure, counted, at).ok()
        });
        let difference = match found {
            [Some(first), Some(second)] => GroupDifference::of(&first, &second).ok(),
            _ => None,
        };
        let values = found.map(|found| found.map(value));
        Compared { competency: (*code).to_owned(), is_hidden, values, difference, p: None }
    });
    let people = sides.map(|side| {
        let (counted, hidden) = side?;
        (!hidden.iter().all(|hidden| *hidden)).then_some(counted.people)
    });
    Comparison { measure, people, competencies: judged(competencies.collect()) }
}

/// Compares the same people twice: by competency, how many gave each two ratings, the later first.
/// How sure a difference is follows from leaving out one person after the other.
pub fn compare_same_people(
    codes: &[&str],
    pairs: &[BTreeMap<[Rating; 2], u64>],
    measure: Measure,
) -> Comparison {
    let competencies = codes.iter().zip(pairs).map(|(code, pairs)| {
        let mut people = pairs.clone();
        people.retain(|both, _| both.iter().all(|rating| measure.counts(rating)));
        let n: u64 = people.values().sum();
        let is_hidden = (1..SMALLEST_GROUP).contains(&n);
        let found = [0, 1].map(|side| of_side(&people, side, measure).filter(|_| !is_hidden));
        let difference = match found {
            [Some(later), Some(earlier)] => {
                same_people_difference(&people, [later, earlier], measure)
            }
            _ => None,
        };
        let values = found.map(|found| found.map(value));
        Compared { competency: (*code).to_owned(), is_hidden, values, difference, p: None }
    });
    let most = pairs.iter().map(|pairs| pairs.values().sum::<u64>()).max();
    Comparison { measure, people: [most; 2], competencies: judged(competencies.collect()) }
}

/// The measure of one of the two ratings of people.
fn of_side(people: &BTreeMap<[Rating; 2], u64>, side: usize, measure: Measure) -> Option<Estimate> {
    let mut counted = GroupTallies::of_people(people.values().sum(), 1);
    for (both, people) in people {
        counted.add(0, *both.get(side)?, *people);
    }
    estimate(measure, &counted, 0).ok()
}

fn same_people_difference(
    people: &BTreeMap<[Rating; 2], u64>,
    found: [Estimate; 2],
    measure: Measure,
) -> Option<GroupDifference> {
    let later_minus_earlier = |people: &BTreeMap<[Rating; 2], u64>| {
        let [later, earlier] = [0, 1].map(|side| of_side(people, side, measure));
        Some(later?.mean - earlier?.mean)
    };
    let jackknife = Jackknife::of(people, later_minus_earlier).ok()?;
    GroupDifference::of_same_people(&jackknife, found.map(|own| own.sd)).ok()
}

fn value(found: Estimate) -> Value {
    Value { n: found.n, value: found.mean }
}

/// With the chances corrected for how many competencies are looked at.
fn judged(mut competencies: Vec<Compared>) -> Vec<Compared> {
    for one in &mut competencies {
        one.p = one.difference.map(|found| found.test.p);
    }
    adjust_by_holm(competencies.iter_mut().filter_map(|one| one.p.as_mut()));
    competencies
}

/// A measure of one group and competency with its uncertainty.
fn estimate(measure: Measure, group: &GroupTallies, at: usize) -> Result<Estimate, NoValue> {
    let tally = group.tallies.get(at).ok_or(NoValue::Nobody)?;
    let shortfall = group.shortfalls.get(at).ok_or(NoValue::Nobody)?;
    let share = |people: u64, of: u64| Estimate::of_counted(&[(1.0, people), (0.0, of - people)]);
    match measure {
        Measure::Gap => Estimate::of_gap(tally),
        Measure::Mwds | Measure::Pni => mwds_estimate(tally),
        Measure::PniModified => pni_modified_estimate(tally),
        Measure::Rds => {
            let signs = tally.differences();
            Estimate::of_counted(&[
                (-100.0, signs.above()),
                (0.0, signs.zeros()),
                (100.0, signs.below()),
            ])
        }
        Measure::HighNeed => {
            let high = HighNeed::of(tally);
            share(high.people, high.of)
        }
        Measure::Shortfall => shortfall.estimate(),
        Measure::BelowRequired => share(shortfall.below, shortfall.n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clusters::Clusters;
    use crate::domain::grouping::Facet;
    use crate::domain::needs::needs;
    use crate::domain::response::Response;
    use crate::formats::response_csv;
    use crate::forms;

    const BY_GENDER: Grouping = Grouping::by(Facet::Gender);

    /// Women and men who rate A1 differently and A2 alike.
    fn people(women: usize, men: usize) -> Vec<Response> {
        let mut text =
            String::from("chuc_danh,gioi_tinh,imp_A1,abl_A1,imp_A2,abl_A2,_form,_root\n");
        for (gender, ability, people) in [("nu", 1, women), ("nam", 4, men)] {
            for person in 0..people {
                let own = ability + person % 2;
                let row =
                    format!("bt,{gender},5,{own},4,{},nhu-cau,{gender}{person}\n", 2 + person % 3);
                text.push_str(row.as_str());
            }
        }
        response_csv::read(&forms::needs().unwrap(), "x.csv", text.as_bytes()).responses
    }

    fn compared(responses: &[Response], measure: Measure) -> Comparison {
        let form = forms::needs().unwrap();
        let tallies = Tallies::count(&form, BY_GENDER, &Clusters::default(), responses);
        let (women, men) = (Group::of("nu"), Group::of("nam"));
        compare(&form, BY_GENDER, &tallies, [&women, &men], measure)
    }

    #[test]
    fn what_two_groups_differ_in_is_told_from_what_is_chance() {
        let found = compared(&people(20, 20), Measure::Gap);
        assert_eq!(found.people, [Some(20), Some(20)]);
        let (a1, a2) = (&found.competencies[0], &found.competencies[1]);
        assert!(a1.is_clear() && !a2.is_clear(), "{a1:?} {a2:?}");
        assert!((a1.difference.unwrap().mean - 3.0).abs() < 1e-12);
        assert_eq!(found.competencies[2].values, [None, None], "nobody rated it");
    }

    #[test]
    fn every_measure_has_the_value_that_the_ranking_shows() {
        let responses = people(9, 8);
        let form = forms::needs().unwrap();
        let tallies = Tallies::count(&form, BY_GENDER, &Clusters::default(), &responses);
        let ranking = needs(&form, BY_GENDER, &tallies);
        let women = ranking.groups.iter().find(|group| group.group == Group::of("nu")).unwrap();
        for measure in Measure::ALL {
            let shown = measure.of(&women.needs[0]).unwrap();
            let own = compared(&responses, measure).competencies[0].values[0].unwrap();
            assert!((own.value - shown).abs() < 1e-12, "{measure:?}: {} is not {shown}", own.value);
        }
    }

    #[test]
    fn a_group_of_a_few_people_is_not_compared() {
        let found = compared(&people(4, 9), Measure::Mwds);
        assert_eq!(found.people, [None, None], "the other one would give it away");
        assert!(found.competencies.iter().all(|one| one.is_hidden && one.difference.is_none()));
    }
}
