//! Everything the file says of posts, domains and single persons.

use std::collections::BTreeMap;

use phieu_xa::domain::grouping::{Facet, Grouping};
use phieu_xa::domain::measure::domain_score::{DomainScore, person_means};
use phieu_xa::domain::measure::estimate::Estimate;
use phieu_xa::domain::measure::kruskal_wallis::KruskalWallis;
use phieu_xa::domain::measure::mwds::{gap, mwds, mwds_with_weight};
use phieu_xa::domain::measure::people::RatedPeople;
use phieu_xa::domain::measure::person::{PersonShortfall, weighted_gap};
use phieu_xa::domain::measure::population::FinitePopulation;
use phieu_xa::domain::measure::poststratified::{Poststratified, Stratum};
use phieu_xa::domain::measure::quantile::mean;
use phieu_xa::domain::measure::shortfall::Shortfall;
use phieu_xa::domain::suppression::hidden;
use serde_json::json;

use crate::comparing::{Comparison, Within};
use crate::data::{ITEMS, Reference};

pub(crate) fn compare(reference: &Reference, with: &mut Comparison) {
    posts(reference, with);
    between_posts(reference, with);
    domains(reference, with);
    persons(reference, with);
}

fn posts(reference: &Reference, with: &mut Comparison) {
    let overall = reference.overall();
    let groups = reference.by(Grouping::by(Facet::Post));
    let hidden = hidden(&groups.iter().map(|(_, group)| group.people).collect::<Vec<_>>());
    for ((post, group), hidden) in groups.iter().zip(hidden) {
        let at = |name: &str| format!("/positions/{post}/{name}");
        with.same("counts", &at("n"), group.people);
        with.same("counts", &at("population"), reference.per_post());
        let rate = group.people as f64 / reference.per_post() as f64;
        with.number("response rate", &at("response_rate"), Some(rate));
        with.same("suppression", &at("suppressed"), hidden);
        let required = reference.required(post);
        for item in 0..ITEMS {
            let at = |name: &str| at(&format!("{name}/{item}"));
            let tally = &group.tallies[item];
            with.same("counts", &at("n_pair"), tally.paired_importance().n());
            with.same("counts", &at("n_A"), tally.ability().n());
            with.same("required levels", &at("target"), json!(required[item]));
            with.number("gap", &at("mean_gap"), gap(tally));
            with.number("MWDS", &at("MWDS"), mwds(tally));
            let weight = overall[item].paired_importance().mean().unwrap();
            let weighted = mwds_with_weight(tally, weight);
            with.number("MWDS, weight of all", &at("MWDS_overall_importance_weight"), weighted);
            let shortfall = Shortfall::of(&tally.ability(), required[item]);
            with.number("shortfall", &at("mean_target_gap"), shortfall.mean_distance());
            with.number("shortfall", &at("mean_shortfall"), shortfall.mean());
            with.number("shortfall", &at("share_below_target"), shortfall.share_below());
            with.same("shortfall", &at("n_below_target"), shortfall.below);
        }
        let rows = reference.rows().into_iter().filter(|row| row.answers.get("position") == post);
        let people = RatedPeople::of(&reference.form, rows);
        let all: Vec<usize> = (0..ITEMS).collect();
        let gaps: Vec<f64> =
            person_means(&people, &all, 1).into_iter().flatten().map(|means| means.gap()).collect();
        let estimate = Estimate::of_values(&gaps).unwrap();
        with.number("person means", &at("person_mean_gap"), Some(estimate.mean));
        with.same("person means", &at("n_person"), estimate.n);
        let interval = estimate.interval().unwrap();
        with.interval("person means: interval", &at("ci"), interval, Within::Computed);
        let finite = FinitePopulation::of(estimate.n, reference.per_post());
        let interval = estimate.interval_of(finite).unwrap();
        with.interval("person means: interval", &at("ci_fpc"), interval, Within::Computed);
    }
}

fn between_posts(reference: &Reference, with: &mut Comparison) {
    let groups = reference.by(Grouping::by(Facet::Post));
    for item in 0..ITEMS {
        let of_posts: Vec<_> =
            groups.iter().map(|(_, group)| group.tallies[item].differences()).collect();
        let test = KruskalWallis::of(&of_posts).unwrap();
        let code = reference.form.competencies[item].code.as_str();
        let at = |name: &str| format!("/kruskal_by_position/{item}/{name}");
        with.same("names", &at("item"), code);
        with.number("Kruskal-Wallis", &at("H"), Some(test.h));
        with.close("Kruskal-Wallis: p", &at("p"), test.p, Within::Probability);
        with.same("Kruskal-Wallis", &at("groups"), test.groups);
        let stratum = |differences: &phieu_xa::domain::tally::Differences| Stratum {
            answers: differences.moments(),
            population: reference.per_post(),
        };
        let strata: Vec<Stratum> = of_posts.iter().map(stratum).collect();
        let found = Poststratified::of(&strata).unwrap();
        let at = |name: &str| format!("/poststratified_gap/{item}/{name}");
        with.same("names", &at("item"), code);
        with.number("post-stratified mean", &at("mean"), Some(found.mean));
        with.number("post-stratified SE", &at("se"), found.standard_error.ok());
    }
}

fn domains(reference: &Reference, with: &mut Comparison) {
    let (people, tallies) = (reference.people(), reference.overall());
    for (domain, competencies) in reference.domains() {
        let at = |name: &str| format!("/domains/{domain}/{name}");
        let score = DomainScore::of(&people, &competencies).unwrap();
        with.same("domain scores", &at("n"), score.n);
        with.number("domain scores", &at("mean_I"), Some(score.importance));
        with.number("domain scores", &at("mean_A"), Some(score.ability));
        with.number("domain scores", &at("gap"), Some(score.gap()));
        with.number("domain scores", &at("MWDS_from_person_means"), Some(score.mwds()));
        let of_items: Vec<f64> =
            competencies.iter().map(|item| mwds(&tallies[*item]).unwrap()).collect();
        with.number("domain scores", &at("MWDS_mean_of_items"), mean(&of_items));
    }
}

fn persons(reference: &Reference, with: &mut Comparison) {
    let weights: Vec<Option<f64>> =
        reference.overall().iter().map(|tally| tally.paired_importance().mean()).collect();
    let (people, rows) = (reference.people(), reference.rows());
    let posts: BTreeMap<&str, &str> =
        rows.iter().map(|row| (row.root.as_str(), row.answers.get("position"))).collect();
    let abilities = reference.own_abilities();
    let mut defined = 0;
    for (row, ratings) in rows.iter().zip(people.rows()) {
        let person = row.root.as_str();
        let found = weighted_gap(ratings, &weights);
        defined += usize::from(found.is_some());
        let at = format!("/individual/weighted_gap_per_item/{person}");
        with.number("person: weighted gap", &at, found);
        let shortfall = PersonShortfall::of(&abilities[person], &reference.required(posts[person]));
        let at = format!("/individual/total_shortfall/{person}");
        with.same("person: shortfall", &at, shortfall.total);
    }
    with.same("person: weighted gap", "/individual/n_defined", defined);
}
