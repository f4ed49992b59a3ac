//! How long the measures of a survey take: `cargo bench --bench measures`.
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use divan::Bencher;
use phieu_xa::domain::measure::adjusted_p::{benjamini_hochberg, holm};
use phieu_xa::domain::measure::alpha::{Alpha, Missing};
use phieu_xa::domain::measure::bootstrap::Bootstrap;
use phieu_xa::domain::measure::cluster::cluster_standard_error;
use phieu_xa::domain::measure::domain_score::DomainScore;
use phieu_xa::domain::measure::effect_size::EffectSizes;
use phieu_xa::domain::measure::estimate::Estimate;
use phieu_xa::domain::measure::gain::Gain;
use phieu_xa::domain::measure::high_need::HighNeed;
use phieu_xa::domain::measure::icc::{Intraclass, Model, Unit};
use phieu_xa::domain::measure::importance_performance::{LineChoice, Point};
use phieu_xa::domain::measure::irv::irv;
use phieu_xa::domain::measure::kappa::{Kappa, Weights};
use phieu_xa::domain::measure::krippendorff::{Metric, krippendorff};
use phieu_xa::domain::measure::kruskal_wallis::KruskalWallis;
use phieu_xa::domain::measure::locus_for_focus::locus_for_focus;
use phieu_xa::domain::measure::longstring::longstring;
use phieu_xa::domain::measure::mwds::{gap, mwds, mwds_available_means, mwds_weight_of_all};
use phieu_xa::domain::measure::people::RatedPeople;
use phieu_xa::domain::measure::person::{PersonShortfall, weighted_gap};
use phieu_xa::domain::measure::pni::{pni, pni_modified};
use phieu_xa::domain::measure::population::FinitePopulation;
use phieu_xa::domain::measure::poststratified::{Poststratified, Stratum};
use phieu_xa::domain::measure::rank_agreement::{kendall, spearman};
use phieu_xa::domain::measure::ranking::{First, places};
use phieu_xa::domain::measure::rater_agreement::RaterAgreement;
use phieu_xa::domain::measure::rds::RankedDiscrepancy;
use phieu_xa::domain::measure::share_gap::ShareGap;
use phieu_xa::domain::measure::shortfall::Shortfall;
use phieu_xa::domain::measure::sign_test::sign_test;
use phieu_xa::domain::measure::wilcoxon::{SignedRanks, Zeros};
use phieu_xa::domain::needs::Measures;
use phieu_xa::domain::tally::{Differences, Level, Tally};

fn main() {
    divan::main();
}

/// Numbers below an end, the same each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// One in twenty is missing.
    fn level(&mut self) -> Level {
        match self.below(20) {
            0 => Level::Missing,
            drawn => Level::Rated(u8::try_from(1 + drawn % 5).unwrap()),
        }
    }
}

fn people(count: usize, competencies: usize) -> RatedPeople {
    let mut draws = Draws(7);
    let mut people = RatedPeople::new(competencies);
    for _ in 0..count {
        people.push((0..competencies).map(|_| (draws.level(), draws.level())));
    }
    people
}

/// The tallies of people put into so many groups one after the other, by group.
fn grouped(people: &RatedPeople, groups: usize) -> Vec<Vec<Tally>> {
    let mut tallies = vec![vec![Tally::default(); people.competencies()]; groups];
    for (person, row) in people.rows().enumerate() {
        let group = tallies.get_mut(person % groups).unwrap();
        for (tally, (importance, ability)) in group.iter_mut().zip(row) {
            tally.add(importance, ability);
        }
    }
    tallies
}

/// Everything that follows from one tally alone.
fn of_tally(tally: &Tally) {
    let differences = tally.differences();
    black_box((gap(tally), mwds(tally), mwds_weight_of_all(tally), mwds_available_means(tally)));
    black_box((pni(tally), pni_modified(tally), RankedDiscrepancy::of(tally)));
    black_box((HighNeed::of(tally).interval(), ShareGap::of(tally)));
    let estimate = Estimate::of_gap(tally).unwrap();
    let finite = FinitePopulation::of(estimate.n, 1947);
    let _ = black_box((estimate.t_test(), estimate.interval(), estimate.interval_of(finite)));
    black_box(EffectSizes::of(tally)).unwrap();
    let _ = black_box((
        SignedRanks::of(&differences, Zeros::Dropped),
        SignedRanks::of(&differences, Zeros::Ranked),
        sign_test(&differences),
    ));
    black_box((
        Shortfall::of(&tally.ability(), Some(4)),
        Gain::of(tally),
        RaterAgreement::of(tally),
    ));
    for weights in [Weights::Equal, Weights::Linear, Weights::Quadratic] {
        black_box(Kappa::of(tally, weights)).unwrap();
    }
}

#[divan::bench]
fn twenty_competencies_of_three_hundred(bencher: Bencher<'_, '_>) {
    let people = people(300, 20);
    let everything: Vec<usize> = (0..20).collect();
    let (posts, units) = (grouped(&people, 11), grouped(&people, 150));
    bencher.bench_local(|| {
        let tallies = people.tallies();
        for tally in tallies.iter().chain(&people.complete().tallies()) {
            if tally.paired_importance().n() > 1 {
                of_tally(tally);
            }
        }
        for item in 0..20 {
            let differences = |groups: &[Vec<Tally>]| {
                groups.iter().filter_map(|group| group.get(item)).map(Tally::differences).collect()
            };
            let (of_posts, of_units): (Vec<_>, Vec<_>) = (differences(&posts), differences(&units));
            let moments: Vec<_> = of_units.iter().map(Differences::moments).collect();
            black_box(cluster_standard_error(&moments)).unwrap();
            black_box(KruskalWallis::of(&of_posts)).unwrap();
            let strata: Vec<Stratum> = of_posts
                .iter()
                .map(|post| Stratum { answers: post.moments(), population: 177 })
                .collect();
            black_box(Poststratified::of(&strata)).unwrap();
        }
        let p: Vec<f64> = tallies
            .iter()
            .map(|tally| SignedRanks::of(&tally.differences(), Zeros::Dropped).unwrap().p)
            .collect();
        black_box((holm(&p), benjamini_hochberg(&p)));
        let points: Vec<Point> = tallies
            .iter()
            .map(|tally| Point {
                importance: tally.paired_importance().mean().unwrap(),
                ability: tally.paired_ability().mean().unwrap(),
            })
            .collect();
        for choice in [LineChoice::Means, LineChoice::Midpoint, LineChoice::Medians] {
            let lines = Point::lines(choice, &points).unwrap();
            for point in &points {
                black_box(point.field(&lines));
            }
        }
        black_box(locus_for_focus(
            &points.iter().map(|point| (point.importance, point.ability)).collect::<Vec<_>>(),
        ));
        let scores: Vec<Option<f64>> = tallies.iter().map(mwds).collect();
        black_box(places(&scores, First::Highest));
        let pairs: Vec<(f64, f64)> =
            points.iter().map(|point| (point.importance, point.ability)).collect();
        black_box((spearman(&pairs), kendall(&pairs)));
        for scale in [people.importance(), people.ability()] {
            for missing in [Missing::Listwise, Missing::Pairwise] {
                if let Ok(alpha) = Alpha::of(&scale, &everything, missing) {
                    let first = alpha.first_component();
                    black_box((alpha.interval(), alpha.if_deleted(), alpha.item_rest(), first))
                        .3
                        .unwrap();
                }
            }
            for row in scale.rows() {
                black_box((longstring(row), irv(row)));
            }
        }
        for domain in everything.chunks(4) {
            black_box(DomainScore::of(&people, domain)).unwrap();
        }
        let weights: Vec<Option<f64>> =
            tallies.iter().map(|tally| tally.paired_importance().mean()).collect();
        for (row, ability) in people.rows().zip(people.ability().rows()) {
            black_box(weighted_gap(row, &weights));
            black_box(PersonShortfall::of(ability, &[Some(4); 20]));
        }
        let table: Vec<Vec<f64>> = people
            .ability()
            .numbers(&[0, 1, 2])
            .into_iter()
            .map(|row| row.into_iter().map(|cell| f64::from(cell.unwrap_or(3))).collect())
            .collect();
        let icc = Intraclass::of(&table).unwrap();
        for model in [Model::OneWay, Model::Agreement, Model::Consistency] {
            for unit in [Unit::Single, Unit::Mean] {
                black_box((icc.value(model, unit), icc.interval(model, unit))).0.unwrap();
            }
        }
        let units = people.rows().flatten().map(|(first, second)| {
            let mut counts = [0u64; 5];
            for level in [first, second].into_iter().filter_map(Level::number) {
                if let Some(count) = counts.get_mut(usize::from(level) - 1) {
                    *count += 1;
                }
            }
            counts
        });
        black_box(krippendorff(units, Metric::Ordinal)).unwrap();
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn ten_thousand_samples_of_three_hundred(bencher: Bencher<'_, '_>) {
    let people = people(300, 20);
    bencher.bench_local(|| {
        let mut bootstrap = Bootstrap::new(&people, 1).unwrap();
        bootstrap.draw(10_000);
        for competency in 0..20 {
            black_box((
                bootstrap.gap(competency).unwrap().interval(),
                bootstrap.mwds(competency).unwrap().interval(),
                bootstrap.share_in_top(competency, 5),
            ));
        }
    });
}

/// The country by post, gender, age band and province.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn four_groupings_of_a_hundred_thousand_everything(bencher: Bencher<'_, '_>) {
    let people = people(100_000, 35);
    let groupings = [13, 3, 4, 34].map(|groups| grouped(&people, groups));
    bencher.bench_local(|| {
        for tally in groupings.iter().flatten().flatten() {
            of_tally(tally);
        }
    });
}

/// The country by post, gender, age band and each of its 3,321 units: the table of needs.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn four_groupings_of_a_hundred_thousand_with_each_unit(bencher: Bencher<'_, '_>) {
    let people = people(100_000, 35);
    let groupings = [13, 3, 4, 3321].map(|groups| grouped(&people, groups));
    bencher.bench_local(|| {
        for tally in groupings.iter().flatten().flatten() {
            black_box(Measures::of(tally)).unwrap();
        }
    });
}
