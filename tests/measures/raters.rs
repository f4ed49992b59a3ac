//! Everything the file says of several raters, of scales, and of the time after training.

use phieu_xa::domain::measure::alpha::{Alpha, Missing};
use phieu_xa::domain::measure::effect_size::EffectSizes;
use phieu_xa::domain::measure::estimate::Estimate;
use phieu_xa::domain::measure::feldt::feldt;
use phieu_xa::domain::measure::gain::{Gain, people_applying};
use phieu_xa::domain::measure::icc::{Intraclass, Model, Unit};
use phieu_xa::domain::measure::kappa::{Kappa, Weights};
use phieu_xa::domain::measure::krippendorff::{Metric, krippendorff};
use phieu_xa::domain::measure::mwds::gap;
use phieu_xa::domain::measure::quantile::mean;
use phieu_xa::domain::measure::rank_agreement::spearman_of_ratings;
use phieu_xa::domain::measure::rater_agreement::RaterAgreement;
use phieu_xa::domain::measure::rater_bias::RaterBias;
use phieu_xa::domain::tally::{Level, Tally};

use crate::comparing::{Comparison, Within};
use crate::data::{ITEMS, Reference, followed_up, mean_given, rated_by};

pub(crate) fn compare(reference: &Reference, with: &mut Comparison) {
    self_and_superior(reference, with);
    three_sources(reference, with);
    scales(reference, with);
    after_training(reference, with);
}

fn self_and_superior(reference: &Reference, with: &mut Comparison) {
    let (own, superior) = (reference.own_abilities(), rated_by("superior"));
    let mut pooled = Tally::default();
    for item in 0..ITEMS {
        let mut tally = Tally::default();
        for (person, rated) in &superior {
            tally.add(own[person][item], rated[item]);
        }
        pooled.merge(&tally);
        let at = |name: &str| format!("/multirater/items/{item}/{name}");
        with.same("names", &at("item"), reference.form.competencies[item].code.as_str());
        agreement(&tally, with, &at);
        let equal = Kappa::of(&tally, Weights::Equal).unwrap().kappa;
        with.number("kappa", &at("kappa"), Some(equal));
        let bias = RaterAgreement::of(&tally).unwrap().bias;
        with.number("raters: bias", &at("bias_self_minus_sup"), Some(bias));
        let error = Kappa::of(&tally, Weights::Linear).unwrap().standard_error;
        with.number("kappa linear: SE", &at("kappa_linear_ase"), Some(error));
        with.number("raters: Spearman", &at("spearman"), spearman_of_ratings(&tally));
        let mut table = [[0u64; 5]; 5];
        for (first, second, people) in tally.pairs() {
            table[usize::from(first) - 1][usize::from(second) - 1] = people;
        }
        for (row, counts) in table.into_iter().enumerate() {
            with.list("raters: table", &at(&format!("table/{row}")), counts);
        }
    }
    agreement(&pooled, with, &|name| format!("/multirater/pooled/{name}"));

    let means: Vec<(f64, f64)> = superior
        .iter()
        .filter_map(|(person, rated)| Some((mean_given(&own[person])?, mean_given(rated)?)))
        .collect();
    let found = RaterBias::of(&means).unwrap();
    let at = |name: &str| format!("/multirater/self_vs_superior_person_means/{name}");
    with.same("raters: person means", &at("n"), found.bias.n);
    with.number("raters: person means", &at("bias"), Some(found.bias.mean));
    with.number("raters: person means", &at("sd"), Some(found.bias.sd));
    with.interval("raters: person means", &at("loa"), found.limits, Within::Computed);
    with.number("raters: person means", &at("pearson"), found.correlation);
    with.same("raters: person means", &at("over"), found.higher);
    with.same("raters: person means", &at("under"), found.lower);
    with.same("raters: person means", &at("in_agreement"), found.near);
}

fn agreement(tally: &Tally, with: &mut Comparison, at: &dyn Fn(&str) -> String) {
    let found = RaterAgreement::of(tally).unwrap();
    with.same("raters: exact, within one", &at("n"), found.n);
    with.number("raters: exact, within one", &at("exact"), Some(found.exact));
    with.number("raters: exact, within one", &at("within1"), Some(found.within_one));
    let kappa = |weights| Some(Kappa::of(tally, weights).unwrap().kappa);
    with.number("kappa linear", &at("kappa_linear"), kappa(Weights::Linear));
    with.number("kappa quadratic", &at("kappa_quadratic"), kappa(Weights::Quadratic));
}

fn three_sources(reference: &Reference, with: &mut Comparison) {
    let own = reference.own_abilities();
    let (superior, peer) = (rated_by("superior"), rated_by("peer"));
    let table: Vec<Vec<f64>> = peer
        .iter()
        .filter_map(|(person, rated)| {
            let superior = mean_given(superior.get(person)?)?;
            Some(vec![mean_given(&own[person])?, superior, mean_given(rated)?])
        })
        .collect();
    let found = Intraclass::of(&table).unwrap();
    let at = |name: &str| format!("/multirater/icc_person_means_three_sources/{name}");
    with.same("ICC", &at("n"), found.people);
    with.same("ICC", &at("k"), found.raters);
    with.number("ICC", &at("MSR"), Some(found.rows));
    with.number("ICC", &at("MSC"), Some(found.columns));
    with.number("ICC", &at("MSE"), Some(found.error));
    for (name, model, unit) in [
        ("ICC(1,1)", Model::OneWay, Unit::Single),
        ("ICC(A,1)", Model::Agreement, Unit::Single),
        ("ICC(C,1)", Model::Consistency, Unit::Single),
        ("ICC(1,k)", Model::OneWay, Unit::Mean),
        ("ICC(A,k)", Model::Agreement, Unit::Mean),
        ("ICC(C,k)", Model::Consistency, Unit::Mean),
    ] {
        with.number("ICC", &at(name), found.value(model, unit).ok());
        let interval = found.interval(model, unit).unwrap();
        let at = at(&format!("ci95/{name}"));
        with.interval("ICC: interval, 2 decimals", &at, interval, Within::Rounded(2));
    }
    for (column, source) in ["self", "superior", "peer"].into_iter().enumerate() {
        let means: Vec<f64> = table.iter().map(|row| row[column]).collect();
        with.number("ICC: means", &at(&format!("means/{source}")), mean(&means));
    }

    let mut units = Vec::new();
    for (person, levels) in &own {
        for item in 0..ITEMS {
            let others = [&superior, &peer].map(|source| source.get(person).map(|row| row[item]));
            let mut counts = [0u64; 5];
            for level in others.into_iter().flatten().chain([levels[item]]) {
                if let Level::Rated(level) = level {
                    counts[usize::from(level) - 1] += 1;
                }
            }
            units.push(counts);
        }
    }
    for (name, metric) in [("ordinal", Metric::Ordinal), ("interval", Metric::Interval)] {
        let alpha = krippendorff(units.iter().copied(), metric).ok();
        let at = format!("/multirater/krippendorff_alpha_self_sup_peer/{name}");
        with.number("Krippendorff alpha", &at, alpha);
    }
}

fn scales(reference: &Reference, with: &mut Comparison) {
    let people = reference.people();
    let everything: Vec<usize> = (0..ITEMS).collect();
    for (letter, ratings) in [("I", people.importance()), ("A", people.ability())] {
        for (domain, competencies) in reference.domains() {
            let found = Alpha::of(&ratings, &competencies, Missing::Listwise).unwrap();
            let at = |name: &str| format!("/alpha/{letter}_{domain}/{name}");
            with.number("Cronbach alpha", &at("alpha"), Some(found.alpha));
            with.same("Cronbach alpha", &at("n"), found.people);
        }
        for (kind, missing) in [("listwise", Missing::Listwise), ("pairwise", Missing::Pairwise)] {
            let found = Alpha::of(&ratings, &everything, missing).unwrap();
            let at = |name: &str| format!("/alpha/{letter}_{kind}/{name}");
            with.number("Cronbach alpha", &at("alpha"), Some(found.alpha));
            with.same("Cronbach alpha", &at("n"), found.people);
            // The program that rounded took the number of all persons, listwise too.
            let rounded = feldt(found.alpha, people.len() as u64, ITEMS).unwrap();
            let path = at("ci95_feldt");
            with.interval("Feldt interval, 3 decimals", &path, rounded, Within::Rounded(3));
            if missing == Missing::Listwise {
                let interval = found.interval().unwrap();
                with.interval("Feldt interval", &at("ci95_feldt_full"), interval, Within::Computed);
                let (deleted, rest) = (found.if_deleted(), found.item_rest());
                for item in 0..ITEMS {
                    let at = |name: &str| at(&format!("{name}/{item}"));
                    with.number("alpha if deleted", &at("alpha_if_deleted"), deleted[item]);
                    with.number("item-rest r", &at("item_rest_r"), rest[item]);
                }
                let share = found.first_component().ok();
                with.number("first component", &at("eigen_max_share"), share);
            }
        }
    }
}

fn after_training(reference: &Reference, with: &mut Comparison) {
    let (own, importance) = (reference.own_abilities(), reference.importances());
    let followed = followed_up();
    for place in 0..4 {
        let item = 8 + place;
        let mut gains = Tally::default();
        let (mut before, mut after) = (Tally::default(), Tally::default());
        for (person, rated, _) in &followed {
            let (old, new) = (own[person][item], rated[place]);
            gains.add(new, old);
            if old.number().is_some() && new.number().is_some() {
                before.add(importance[person][item], old);
                after.add(importance[person][item], new);
            }
        }
        let at = |name: &str| format!("/followup/items/{place}/{name}");
        with.same("names", &at("item"), reference.form.competencies[item].code.as_str());
        let gain = Gain::of(&gains).unwrap();
        with.same("gains", &at("n"), gain.n);
        with.number("gains", &at("pre"), Some(gain.before));
        with.number("gains", &at("post"), Some(gain.after));
        with.number("gains", &at("gain"), Some(gain.mean()));
        with.number("gains", &at("normalized_gain_of_means"), gain.normalised());
        with.same("gains", &at("improved"), gain.improved);
        with.same("gains", &at("same"), gain.same);
        with.same("gains", &at("worse"), gain.worse);
        with.number("gains", &at("gap_before"), gap(&before));
        with.number("gains", &at("gap_after"), gap(&after));
        let test = Estimate::of_gap(&gains).unwrap().t_test().unwrap();
        with.number("gains: t", &at("t"), Some(test.t));
        with.close("gains: p", &at("p"), test.p, Within::Probability);
        let effects = EffectSizes::of(&gains).unwrap();
        with.number("gains: effects", &at("d_av"), Some(effects.d_av));
        with.number("gains: effects", &at("d_z"), Some(effects.d_z));
    }
    let extents: Vec<u8> = followed.iter().map(|(.., extent)| *extent).collect();
    let applying = Some(people_applying(&extents) as f64 / extents.len() as f64);
    with.number("gains: applying", "/followup/applied_share_ge3", applying);
    with.same("counts", "/followup/n", extents.len());
}
