//! Competencies in the order of what is needed first, as they are shown.

use super::form::Form;
use super::measure::ranking::tied;
use super::needs::{GroupNeeds, Measure, Need, places_by};

/// A need at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'n> {
    /// What is needed.
    pub need: &'n Need,
    /// The place by the chosen measure, 1 first; `None` where there is no value.
    pub place: Option<usize>,
    /// True where another competency has the same place.
    pub is_tied: bool,
    /// True where the gap cannot be told from that of the competency before: their intervals
    /// overlap.
    pub is_close: bool,
    /// The place by the ranked discrepancy score.
    pub place_by_rds: Option<usize>,
    /// The place by the modified priority needs index.
    pub place_by_pni: Option<usize>,
}

/// From so many places apart on, measures disagree about a competency.
const FAR_APART: usize = 5;

/// With fewer ratings chance says a lot.
const FEW: u64 = 30;

impl Ranked<'_> {
    /// True where so few rated it that the place is little more than chance.
    pub fn is_of_few(&self) -> bool {
        self.need.measures.is_some() && self.need.n_pairs < FEW
    }

    /// True where the chosen measure, the ranked discrepancy score and the priority needs index
    /// give it places that are far apart.
    pub fn is_disputed(&self) -> bool {
        let places = [self.place, self.place_by_rds, self.place_by_pni];
        let places = || places.iter().flatten();
        let (first, last) = (places().min(), places().max());
        first.zip(last).is_some_and(|(first, last)| last - first >= FAR_APART)
    }
}

/// The needs of a group by a measure, what has no value last.
pub fn ranked(group: &GroupNeeds, measure: Measure) -> Vec<Ranked<'_>> {
    let places = places_by(&group.needs, measure);
    let by_rds = places_by(&group.needs, Measure::Rds);
    let by_pni = places_by(&group.needs, Measure::PniModified);
    let own = group.needs.iter().zip(places.iter().zip(tied(&places)));
    let others = by_rds.into_iter().zip(by_pni);
    let mut ranked: Vec<Ranked> = own
        .zip(others)
        .map(|((need, (place, is_tied)), (place_by_rds, place_by_pni))| Ranked {
            need,
            place: *place,
            is_tied,
            is_close: false,
            place_by_rds,
            place_by_pni,
        })
        .collect();
    ranked.sort_by_key(|ranked| ranked.place.unwrap_or(usize::MAX));
    mark_close(&mut ranked);
    ranked
}

fn mark_close(ranked: &mut [Ranked]) {
    let interval = |ranked: &Ranked| ranked.need.measures.and_then(|own| own.gap_interval);
    let mut before = None;
    for ranked in ranked {
        let own = interval(ranked).filter(|_| ranked.place.is_some());
        ranked.is_close = own.zip(before).is_some_and(|(own, before)| own.overlaps(&before));
        before = own;
    }
}

/// The domains of a form with their ranked needs, in the form's order; within each they keep
/// their order.
pub fn by_domain<'n>(form: &Form, ranked: &[Ranked<'n>]) -> Vec<(String, Vec<Ranked<'n>>)> {
    let domain = |need: &Need| {
        let competency = form.competency(&need.competency);
        competency.map_or("", |competency| competency.domain.as_str())
    };
    let mut domains: Vec<(String, Vec<Ranked>)> = Vec::new();
    for competency in &form.competencies {
        if !domains.iter().any(|(domain, _)| *domain == competency.domain) {
            let own = ranked.iter().filter(|one| domain(one.need) == competency.domain);
            domains.push((competency.domain.clone(), own.copied().collect()));
        }
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clusters::Clusters;
    use crate::domain::grouping::{Grouping, Tallies};
    use crate::domain::needs::needs;
    use crate::formats::response_csv;
    use crate::forms;

    /// What these rows need, as rows of `imp_A1,abl_A1,imp_A2,abl_A2,imp_B1,abl_B1`.
    fn group(rows: &[&str]) -> GroupNeeds {
        let form = forms::needs().unwrap();
        let mut text = String::from("imp_A1,abl_A1,imp_A2,abl_A2,imp_B1,abl_B1,_form,_root\n");
        for (root, row) in rows.iter().enumerate() {
            text.extend([row, ",nhu-cau,", &root.to_string(), "\n"]);
        }
        let read = response_csv::read(&form, "x.csv", text.as_bytes());
        let grouping = Grouping::OVERALL;
        let tallies = Tallies::count(&form, grouping, &Clusters::default(), &read.responses);
        needs(&form, grouping, &tallies).groups.remove(0)
    }

    #[test]
    fn the_same_score_is_said_to_be_a_tie_and_a_gap_within_chance_to_be_close() {
        let group =
            group(&["5,3,5,3,5,4", "5,2,5,2,4,4", "5,3,5,3,5,5", "4,3,4,3,5,4", "5,2,5,2,5,5"]);
        let found = ranked(&group, Measure::Mwds);
        let first: Vec<_> = found
            .iter()
            .take(4)
            .map(|one| (one.need.competency.as_str(), one.place, one.is_tied, one.is_close))
            .collect();
        assert_eq!(
            first[..3],
            [
                ("A1", Some(1), true, false),
                ("A2", Some(1), true, true),
                ("B1", Some(3), false, false)
            ]
        );
        assert_eq!(first[3].1, None, "what nobody rated stands last");
    }

    #[test]
    fn the_first_by_the_lowest_rds_is_the_first_by_its_own_measure() {
        let group =
            group(&["5,4,5,1,5,5", "5,4,5,5,5,5", "5,4,5,5,5,5", "5,4,5,5,5,5", "5,4,5,5,5,5"]);
        let first = |measure| ranked(&group, measure)[0].need.competency.clone();
        assert_eq!(first(Measure::Rds), "A1");
        assert_eq!(first(Measure::HighNeed), "A2");
    }

    #[test]
    fn within_domains_every_competency_keeps_its_place_among_all() {
        let group = group(&["5,3,5,1,5,2"; 5]);
        let found = ranked(&group, Measure::Mwds);
        let domains = by_domain(&forms::needs().unwrap(), &found);
        let all: usize = domains.iter().map(|(_, ranked)| ranked.len()).sum();
        assert_eq!(all, group.needs.len());
        let first: Vec<_> = domains[0].1.iter().take(2).map(|one| one.place).collect();
        assert_eq!(first, [Some(1), Some(3)]);
    }
}
