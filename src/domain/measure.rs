//! Numbers computed from tallies and counts, or from the ratings of each person where a method
//! needs the person; one method a file, each with its source.

pub mod adjusted_p;
pub mod alpha;
pub mod bca;
pub mod bootstrap;
pub mod class_sizes;
pub mod cluster;
mod covariance;
pub mod delta;
pub mod distribution;
pub mod domain_score;
pub mod effect_size;
pub mod estimate;
pub mod feldt;
pub mod first_component;
pub mod gain;
pub mod high_need;
pub mod icc;
pub mod importance_performance;
pub mod interval;
pub mod irv;
pub mod jackknife;
pub mod k_anonymity;
pub mod kappa;
pub mod krippendorff;
pub mod kruskal_wallis;
pub mod locus_for_focus;
pub mod longstring;
pub mod margin;
pub mod mwds;
pub mod peers;
pub mod people;
pub mod person;
pub mod pni;
pub mod population;
pub mod poststratified;
pub mod quantile;
pub mod rank_agreement;
pub mod ranking;
pub mod rater_agreement;
pub mod rater_bias;
pub mod rds;
pub mod sample_size;
pub mod share_gap;
pub mod shortfall;
pub mod sign_test;
pub mod two_groups;
pub mod wilcoxon;
pub mod wilson;

use serde::{Deserialize, Serialize};

/// Why a measure has no value, where there is more than one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoValue {
    /// Nobody gave what it is computed from.
    Nobody,
    /// One person, or one group, has no spread.
    OnlyOne,
    /// All are the same, so that there is nothing to judge chance by, or to divide by.
    NoSpread,
    /// There are too few for it to be shown.
    TooFew,
    /// There are more than can be counted at once.
    TooMany,
    /// Everybody there is was asked and answered: nothing is left to chance.
    Everybody,
    /// More people answered than there are by the roster, which is then wrong.
    MoreThanThereAre,
}

#[cfg(test)]
mod tests {
    use super::super::tally::Tally;
    use super::super::tally::tests::tally;
    use super::people::RatedPeople;
    use super::people::tests::people;
    use proptest::prelude::*;

    use super::*;

    /// Everything that is computed from one tally, with the ends of intervals.
    fn of_tally(tally: &Tally) -> Vec<f64> {
        let differences = tally.differences();
        let mut found = vec![
            mwds::gap(tally),
            mwds::mwds(tally),
            mwds::mwds_weight_of_all(tally),
            mwds::mwds_available_means(tally),
            pni::pni(tally),
            pni::pni_modified(tally),
            rds::RankedDiscrepancy::of(tally).map(|ranked| ranked.score()),
            high_need::share_high_need(tally),
            share_gap::ShareGap::of(tally).map(|gap| gap.points()),
            sign_test::sign_test(&differences),
            rank_agreement::spearman_of_ratings(tally),
            shortfall::Shortfall::of(&tally.ability(), Some(3)).mean(),
            rater_agreement::RaterAgreement::of(tally).map(|raters| raters.exact),
            gain::Gain::of(tally).and_then(|gain| gain.normalised()),
            tally.importance().sd(),
            tally.ability().median(),
        ];
        let mut ends = vec![high_need::HighNeed::of(tally).interval()];
        if let Ok(estimate) = estimate::Estimate::of_gap(tally) {
            found.extend([Some(estimate.sd), Some(estimate.standard_error())]);
            found.extend(estimate.t_test().ok().map(|test| Some(test.p)));
            ends.push(estimate.interval().ok());
            for population in 0..40 {
                let population = population::FinitePopulation::of(estimate.n, population);
                ends.push(estimate.interval_of(population).ok());
            }
            let twice = two_groups::GroupDifference::of(&estimate, &estimate);
            found.extend(twice.ok().map(|difference| Some(difference.d)));
        }
        if let Ok(effects) = effect_size::EffectSizes::of(tally) {
            found.extend([effects.d_z, effects.d_av, effects.hedges_g].map(Some));
        }
        for weights in [kappa::Weights::Equal, kappa::Weights::Linear, kappa::Weights::Quadratic] {
            if let Ok(kappa) = kappa::Kappa::of(tally, weights) {
                found.extend([Some(kappa.kappa), Some(kappa.standard_error)]);
            }
        }
        let ends = ends.into_iter().flatten().flat_map(|interval| [interval.low, interval.high]);
        found.into_iter().flatten().chain(ends).collect()
    }

    /// Everything that needs the person.
    fn of_people(people: &RatedPeople) -> Vec<f64> {
        let columns: Vec<usize> = (0..people.competencies()).collect();
        let mut found = Vec::new();
        for missing in [alpha::Missing::Listwise, alpha::Missing::Pairwise] {
            if let Ok(alpha) = alpha::Alpha::of(&people.importance(), &columns, missing) {
                let parts = alpha.if_deleted().into_iter().chain(alpha.item_rest());
                found.extend(parts.flatten().chain([alpha.alpha]));
                found.extend(alpha.interval().map(|interval| interval.low));
                found.extend(alpha.first_component());
            }
        }
        if let Some(score) = domain_score::DomainScore::of(people, &columns) {
            found.extend([score.gap(), score.mwds()]);
        }
        if let Ok(mut bootstrap) = bootstrap::Bootstrap::new(people, 3) {
            bootstrap.draw(20);
            for (competency, tally) in people.tallies().iter().enumerate() {
                let gaps = bootstrap.gap(competency).unwrap();
                let estimate = mwds::gap(tally).unwrap_or_default();
                let corrected = bca::bca(gaps.values, estimate, &bca::left_out(tally, mwds::gap));
                let ends = [gaps.interval(), corrected].into_iter().flatten();
                found.extend(ends.flat_map(|interval| [interval.low, interval.high]));
                found.extend(gaps.standard_error());
                found.extend(bootstrap.share_in_top(competency, 5));
            }
        }
        let table: Vec<Vec<f64>> = people
            .rows()
            .map(|row| {
                let numbers = row.filter_map(|(first, _)| first.number());
                numbers.map(f64::from).collect()
            })
            .collect();
        if let Ok(icc) = icc::Intraclass::of(&table) {
            for model in [icc::Model::OneWay, icc::Model::Agreement, icc::Model::Consistency] {
                found.extend(icc.value(model, icc::Unit::Mean));
                found.extend(icc.interval(model, icc::Unit::Mean).map(|interval| interval.high));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn what_is_shown_of_any_ratings_is_a_number(
            rows in prop::collection::vec(prop::collection::vec((0u8..=5, 0u8..=5), 3), 0..8),
        ) {
            let all: Vec<(u8, u8)> = rows.iter().flatten().copied().collect();
            prop_assert!(of_tally(&tally(&all)).into_iter().all(f64::is_finite));
            let rows: Vec<&[(u8, u8)]> = rows.iter().map(Vec::as_slice).collect();
            prop_assert!(of_people(&people(&rows)).into_iter().all(f64::is_finite));
        }

        #[test]
        fn of_up_to_four_people_who_are_all_the_same_it_is_a_number_too(
            one in prop::collection::vec((0u8..=5, 0u8..=5), 2), people_like_that in 1usize..5,
        ) {
            let rows = vec![one.as_slice(); people_like_that];
            prop_assert!(of_people(&people(&rows)).into_iter().all(f64::is_finite));
            prop_assert!(of_tally(&tally(&one.repeat(people_like_that))).into_iter().all(f64::is_finite));
        }
    }
}
