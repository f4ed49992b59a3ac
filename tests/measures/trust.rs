//! Everything the file says of cleaning, quality, anonymity and plans.

use std::collections::{BTreeMap, BTreeSet};

use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::form::Scale;
use phieu_xa::domain::grouping::{Grouping, Tallies};
use phieu_xa::domain::measure::class_sizes::ClassBounds;
use phieu_xa::domain::measure::irv::irv;
use phieu_xa::domain::measure::k_anonymity::KAnonymity;
use phieu_xa::domain::measure::longstring::longstring;
use phieu_xa::domain::measure::mwds::{gap, mwds, mwds_available_means, mwds_weight_of_all};
use phieu_xa::domain::measure::person::PersonShortfall;
use phieu_xa::domain::measure::pni::pni_modified;
use phieu_xa::domain::measure::quantile::median;
use phieu_xa::domain::measure::rds::RankedDiscrepancy;
use phieu_xa::domain::profile::cross;
use phieu_xa::domain::quality::{Flag, Limits, flags, without_flagged};
use phieu_xa::domain::tally::{Level, Tally};
use serde_json::Value;

use crate::comparing::Comparison;
use crate::data::Reference;

pub(crate) fn compare(reference: &Reference, with: &mut Comparison) {
    cleaning(reference, with);
    indices(reference, with);
    flagged(reference, with);
    anonymity(reference, with);
    plan(reference, with);
    by_hand(with);
}

fn cleaning(reference: &Reference, with: &mut Comparison) {
    let dataset = &reference.dataset;
    let older = dataset.rows().filter(|row| **dataset.of_root(&row.root).next().unwrap() != **row);
    let dropped: BTreeSet<&str> = older.map(|row| row.answers.get("submission")).collect();
    with.list("cleaning", "/cleaning/dropped", dropped);
    let people = reference.people();
    let without = |level: &Level| level.number().is_none();
    let missing = |rows: std::slice::ChunksExact<'_, Level>| -> usize {
        rows.map(|row| row.iter().filter(|level| without(level)).count()).sum()
    };
    with.same("cleaning", "/cleaning/submissions", dataset.rows().count());
    with.same("cleaning", "/cleaning/persons", people.len());
    with.same("cleaning", "/cleaning/cells_I_missing", missing(people.importance().rows()));
    with.same("cleaning", "/cleaning/cells_A_missing", missing(people.ability().rows()));
    with.same("cleaning", "/cleaning/complete_all_40", people.complete().len());
    let none = people.ability().rows().filter(|row| row.iter().all(without)).count();
    with.same("cleaning", "/cleaning/persons_no_ability", none);
}

fn indices(reference: &Reference, with: &mut Comparison) {
    let (people, rows) = (reference.people(), reference.rows());
    let both = people.importance().rows().zip(people.ability().rows());
    for (row, (importance, ability)) in rows.iter().zip(both) {
        for (place, levels) in [importance, ability].into_iter().enumerate() {
            let at = format!("/quality/longstring/{}/{place}", row.root);
            with.same("longstring", &at, longstring(levels));
            with.number("IRV", &format!("/quality/irv/{}/{place}", row.root), irv(levels));
        }
    }
    let seconds: Vec<f64> =
        rows.iter().filter_map(|row| row.answers.get("seconds").parse().ok()).collect();
    with.number("speed", "/quality/median_seconds", median(&seconds));
}

fn flagged(reference: &Reference, with: &mut Comparison) {
    let rows = reference.rows();
    let found = flags(&reference.form, &rows, &Limits::default(), &[]);
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (row, flags) in rows.iter().zip(&found) {
        for flag in flags {
            let name = match flag {
                Flag::LongRun { scale: Scale::Importance, .. } => "straight_I",
                Flag::LongRun { scale: Scale::Ability, .. } => "straight_A",
                Flag::NoVariance { .. } => "irv0_both",
                Flag::TooFast { .. } => "speed_2s_per_item",
                Flag::FasterThanOthers { .. } => "speed_half_median",
                Flag::ManyMissing { .. } => "missing_gt_20pct",
                other => panic!("{other:?} of {}", row.root),
            };
            by_name.entry(name).or_default().push(&row.root);
        }
    }
    for (name, persons) in &by_name {
        with.same("flags", &format!("/quality/flag_counts/{name}"), persons.len());
        with.list("flags", &format!("/quality/flags/{name}"), persons.iter().copied());
    }
    let several = rows.iter().zip(&found).filter(|(_, flags)| flags.len() >= 2);
    let several: Vec<&str> = several.map(|(row, _)| row.root.as_str()).collect();
    with.list("flags", "/quality/any_two_flags", several);

    let kept = without_flagged(&rows, &found, 2);
    let at = "/sensitivity_without_flagged";
    with.same("without flagged", &format!("{at}/n"), kept.len());
    let tallies = Tallies::count(&reference.form, Grouping::OVERALL, &Clusters::default(), kept);
    let (_, overall) = tallies.groups().next().unwrap();
    for (item, tally) in overall.tallies.iter().enumerate() {
        with.number("without flagged", &format!("{at}/MWDS/{item}"), mwds(tally));
    }
}

fn anonymity(reference: &Reference, with: &mut Comparison) {
    let (form, rows) = (&reference.form, reference.rows());
    let question = |name: &str| form.question(name).unwrap();
    let table = cross(form, question("edu"), Some(question("position")), rows.iter().copied());
    let hidden = table.hidden();
    with.list("suppression", "/disclosure/cols", table.answers.iter().map(String::as_str));
    let (mut primary, mut all) = (0, 0);
    for (row, (counted, hidden)) in table.rows.iter().zip(&hidden).enumerate() {
        with.same("suppression", &format!("/disclosure/rows/{row}"), counted.group.as_str());
        let at = |name: &str| format!("/disclosure/{name}/{row}");
        with.list("suppression", &at("table"), counted.counts.iter().copied());
        let is_small = |count: &u64| (1..5).contains(count);
        with.list("suppression", &at("primary"), counted.counts.iter().map(is_small));
        with.list("suppression", &at("suppressed"), hidden.iter().copied());
        primary += counted.counts.iter().filter(|count| is_small(count)).count();
        all += hidden.iter().filter(|hidden| **hidden).count();
    }
    with.same("suppression", "/disclosure/n_primary", primary);
    with.same("suppression", "/disclosure/n_suppressed", all);

    let mut classes: BTreeMap<[&str; 3], u64> = BTreeMap::new();
    for row in &rows {
        let known = ["position", "sex", "age_band"].map(|name| row.answers.get(name));
        *classes.entry(known).or_default() += 1;
    }
    let found = KAnonymity::of(classes.into_values());
    let at = |name: &str| format!("/disclosure/kanon/{name}");
    with.same("k-anonymity", &at("classes"), found.classes);
    with.same("k-anonymity", &at("k_min"), found.smallest.unwrap());
    with.same("k-anonymity", &at("unique"), found.alone);
    with.same("k-anonymity", &at("classes_lt5"), found.small_classes);
    with.same("k-anonymity", &at("persons_in_classes_lt5"), found.people_in_small);
}

fn plan(reference: &Reference, with: &mut Comparison) {
    let (rows, abilities) = (reference.rows(), reference.own_abilities());
    for (domain, competencies) in reference.domains() {
        let at = |name: &str| format!("/planning/domains/{domain}/{name}");
        let mut by_post: BTreeMap<&str, u64> = BTreeMap::new();
        for row in &rows {
            let post = row.answers.get("position");
            let pick = |all: &[Level]| competencies.iter().map(|item| all[*item]).collect();
            let own: Vec<Level> = pick(&abilities[&row.root]);
            let required = reference.required(post);
            let required: Vec<_> = competencies.iter().map(|item| required[*item]).collect();
            let needs = PersonShortfall::of(&own, &required).mean().is_some_and(|mean| mean >= 1.0);
            *by_post.entry(post).or_default() += u64::from(needs);
        }
        for (post, people) in &by_post {
            with.same("courses: people", &at(&format!("by_position/{post}")), *people);
        }
        let people = by_post.values().sum();
        with.same("courses: people", &at("n"), people);
        let sizes = ClassBounds::default().sizes(people);
        with.same("classes", &at("classes/n"), people);
        with.same("classes", &at("classes/classes"), sizes.len());
        with.list("classes", &at("classes/sizes"), sizes);
    }
    let units: BTreeSet<&str> = rows.iter().map(|row| row.answers.get("commune")).collect();
    with.same("coverage", "/planning/coverage/communes_covered", units.len());
    let communes = reference.meta["communes"].as_u64().unwrap();
    with.same("coverage", "/planning/coverage/of", communes);
    let rate = rows.len() as f64 / reference.population() as f64;
    with.number("response rate", "/planning/coverage/response_rate", Some(rate));
}

fn by_hand(with: &mut Comparison) {
    let level =
        |value: &Value| Level::of(&value.as_u64().map(|v| v.to_string()).unwrap_or_default());
    let levels = |with: &Comparison, name: &str| -> Vec<Level> {
        let values = with.expected(&format!("/hand/{name}")).as_array().unwrap();
        values.iter().map(level).collect()
    };
    let mut tally = Tally::default();
    for (importance, ability) in levels(with, "I").into_iter().zip(levels(with, "A")) {
        tally.add(importance, ability);
    }
    let name = "example by hand";
    let at = |what: &str| format!("/hand/{what}");
    let differences = tally.differences();
    with.same(name, &at("pairs"), differences.moments().n());
    with.same(name, &at("neg"), differences.above());
    with.same(name, &at("pos"), differences.below());
    with.same(name, &at("tie"), differences.zeros());
    for (what, found) in [
        ("mean_I_pairs", tally.paired_importance().mean()),
        ("mean_A_pairs", tally.paired_ability().mean()),
        ("mean_I_all", tally.importance().mean()),
        ("mean_A_all", tally.ability().mean()),
        ("gap", gap(&tally)),
        ("MWDS", mwds(&tally)),
        ("MWDS_weight_all_I", mwds_weight_of_all(&tally)),
        ("MWDS_available_means", mwds_available_means(&tally)),
        ("RDS", RankedDiscrepancy::of(&tally).map(|ranked| ranked.score())),
        ("PNI_mod", pni_modified(&tally)),
    ] {
        with.number(name, &at(what), found);
    }
}
