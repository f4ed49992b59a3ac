//! Everything the file says of each competency, and of rankings of them.

use phieu_xa::domain::grouping::{Facet, Grouping};
use phieu_xa::domain::measure::adjusted_p::{benjamini_hochberg, holm};
use phieu_xa::domain::measure::cluster::cluster_standard_error;
use phieu_xa::domain::measure::effect_size::EffectSizes;
use phieu_xa::domain::measure::estimate::Estimate;
use phieu_xa::domain::measure::high_need::{HighNeed, share_high_need};
use phieu_xa::domain::measure::importance_performance::{Field, LineChoice, Point};
use phieu_xa::domain::measure::locus_for_focus::{Focus, locus_for_focus};
use phieu_xa::domain::measure::mwds::{gap, mwds, mwds_available_means, mwds_weight_of_all};
use phieu_xa::domain::measure::pni::{pni, pni_modified};
use phieu_xa::domain::measure::population::{FinitePopulation, text_book_factor};
use phieu_xa::domain::measure::rank_agreement::{kendall, spearman};
use phieu_xa::domain::measure::ranking::{First, places};
use phieu_xa::domain::measure::rds::RankedDiscrepancy;
use phieu_xa::domain::measure::share_gap::ShareGap;
use phieu_xa::domain::measure::sign_test::sign_test;
use phieu_xa::domain::measure::wilcoxon::{SignedRanks, Zeros};
use phieu_xa::domain::tally::Tally;
use serde_json::json;

use crate::comparing::{Comparison, Within};
use crate::data::{ITEMS, Reference};

pub(crate) fn compare(reference: &Reference, with: &mut Comparison) {
    let tallies = reference.overall();
    let complete = reference.people().complete().tallies();
    let communes = reference.by(Grouping::by(Facet::Unit));
    for (item, tally) in tallies.iter().enumerate() {
        let at = |name: &str| format!("/items/{item}/{name}");
        let competency = &reference.form.competencies[item];
        with.same("names", &at("item"), competency.code.as_str());
        with.same("names", &at("domain"), competency.domain.as_str());
        describe(tally, with, &at);
        discrepancies(tally, &complete[item], with, &at);
        gap_estimate(reference, tally, with, &at);
        let units: Vec<_> =
            communes.iter().map(|(_, group)| group.tallies[item].differences().moments()).collect();
        let error = cluster_standard_error(&units).unwrap();
        with.number("cluster-robust SE", &at("se_cluster_commune"), Some(error));
        signed_ranks(tally, with, &at);
        shares(tally, with, &at);
    }
    many_tests(&tallies, with);
    fields(&tallies, with);
    rankings(&tallies, with);
}

fn describe(tally: &Tally, with: &mut Comparison, at: &dyn Fn(&str) -> String) {
    let (importance, ability) = (tally.paired_importance(), tally.paired_ability());
    with.same("counts", &at("n_I"), tally.importance().n());
    with.same("counts", &at("n_A"), tally.ability().n());
    with.same("counts", &at("n_pair"), importance.n());
    with.number("means", &at("mean_I"), importance.mean());
    with.number("means", &at("mean_A"), ability.mean());
    with.number("means", &at("mean_I_all"), tally.importance().mean());
    with.number("means", &at("mean_A_all"), tally.ability().mean());
    with.number("standard deviations", &at("sd_I"), importance.sd());
    with.number("standard deviations", &at("sd_A"), ability.sd());
    with.number("medians", &at("median_I"), importance.median());
    with.number("medians", &at("median_A"), ability.median());
    with.list("tables", &at("freq_I"), importance.counts());
    with.list("tables", &at("freq_A"), ability.counts());
    let mut crosstab = [[0u64; 5]; 5];
    for (importance, ability, people) in tally.pairs() {
        crosstab[usize::from(importance) - 1][usize::from(ability) - 1] = people;
    }
    for (row, counts) in crosstab.into_iter().enumerate() {
        with.list("tables", &at(&format!("crosstab_I_by_A/{row}")), counts);
    }
}

fn discrepancies(
    tally: &Tally,
    complete: &Tally,
    with: &mut Comparison,
    at: &dyn Fn(&str) -> String,
) {
    with.number("gap", &at("gap"), gap(tally));
    with.number("MWDS", &at("MWDS"), mwds(tally));
    with.number("MWDS_weight_all_I", &at("MWDS_weight_all_I"), mwds_weight_of_all(tally));
    with.number("MWDS_available_means", &at("MWDS_available_means"), mwds_available_means(tally));
    with.number("MWDS_listwise", &at("MWDS_listwise"), mwds(complete));
    with.number("PNI", &at("PNI"), pni(tally));
    with.number("PNI modified", &at("PNI_mod"), pni_modified(tally));
    let differences = tally.differences();
    with.same("RDM", &at("neg"), differences.above());
    with.same("RDM", &at("pos"), differences.below());
    with.same("RDM", &at("tie"), differences.zeros());
    let ranked = RankedDiscrepancy::of(tally).unwrap();
    with.number("RDM", &at("NR_pct"), Some(ranked.need));
    with.number("RDM", &at("PR_pct"), Some(ranked.surplus));
    with.number("RDM", &at("TR_pct"), Some(ranked.tie));
    with.number("RDM", &at("RDS"), Some(ranked.score()));
}

fn gap_estimate(
    reference: &Reference,
    tally: &Tally,
    with: &mut Comparison,
    at: &dyn Fn(&str) -> String,
) {
    let estimate = Estimate::of_gap(tally).unwrap();
    let test = estimate.t_test().unwrap();
    with.number("paired t", &at("sd_gap"), Some(estimate.sd));
    with.number("paired t", &at("se_gap"), Some(estimate.standard_error()));
    with.number("paired t", &at("t"), Some(test.t));
    with.number("paired t", &at("df"), Some(test.freedom));
    with.close("paired t: p", &at("p_t"), test.p, Within::Probability);
    let interval = estimate.interval().unwrap();
    with.interval("paired t: interval", &at("ci_t"), interval, Within::Computed);
    let population = reference.population();
    let finite = FinitePopulation::of(estimate.n, population);
    let FinitePopulation::Part(factor) = finite else { panic!("{finite:?}") };
    with.number("finite population", &at("fpc_1_minus_f"), Some(factor));
    let text_book = text_book_factor(estimate.n, population);
    with.number("finite population", &at("fpc_alt_N_minus_1"), text_book);
    let corrected = estimate.standard_error() * factor;
    with.number("finite population", &at("se_gap_fpc"), Some(corrected));
    let interval = estimate.interval_of(finite).unwrap();
    with.interval("finite population", &at("ci_t_fpc"), interval, Within::Computed);
    let effects = EffectSizes::of(tally).unwrap();
    with.number("effect: d_z", &at("cohen_dz"), Some(effects.d_z));
    with.number("effect: d_av", &at("cohen_d_av"), Some(effects.d_av));
    with.number("effect: Hedges g", &at("hedges_g_av"), Some(effects.hedges_g));
}

fn signed_ranks(tally: &Tally, with: &mut Comparison, at: &dyn Fn(&str) -> String) {
    let differences = tally.differences();
    let dropped = SignedRanks::of(&differences, Zeros::Dropped).unwrap();
    with.number("Wilcoxon", &at("W_plus"), Some(dropped.above));
    with.number("Wilcoxon", &at("W_minus"), Some(dropped.below));
    with.same("Wilcoxon", &at("n_nonzero"), dropped.nonzero);
    with.number("Wilcoxon", &at("z_wilcox"), Some(dropped.z));
    with.close("Wilcoxon: p", &at("p_wilcox"), dropped.p, Within::Probability);
    with.number("effect: r", &at("r_z_over_sqrt_n_nonzero"), Some(dropped.r()));
    with.number("effect: rank biserial", &at("rank_biserial"), Some(dropped.rank_biserial()));
    let pratt = SignedRanks::of(&differences, Zeros::Ranked).unwrap();
    with.close("Wilcoxon by Pratt: p", &at("p_pratt"), pratt.p, Within::Probability);
    let sign = sign_test(&differences).unwrap();
    with.close("sign test: p", &at("p_sign"), sign, Within::Probability);
}

fn shares(tally: &Tally, with: &mut Comparison, at: &dyn Fn(&str) -> String) {
    let high = HighNeed::of(tally);
    with.same("high need", &at("n_high_need"), high.people);
    with.number("high need", &at("share_high_need"), high.share());
    let interval = high.interval().unwrap();
    with.interval("Wilson interval", &at("share_high_need_ci_wilson"), interval, Within::Computed);
    let shares = ShareGap::of(tally).unwrap();
    with.number("pp_gap", &at("pct_I_ge4"), Some(shares.important));
    with.number("pp_gap", &at("pct_A_ge4"), Some(shares.able));
    with.number("pp_gap", &at("pp_gap"), Some(shares.points()));
}

fn many_tests(tallies: &[Tally], with: &mut Comparison) {
    let p = |tally: &Tally| SignedRanks::of(&tally.differences(), Zeros::Dropped).unwrap().p;
    let p: Vec<f64> = tallies.iter().map(p).collect();
    for (item, (holm, bh)) in holm(&p).into_iter().zip(benjamini_hochberg(&p)).enumerate() {
        with.close("Holm", &format!("/items/{item}/p_holm"), holm, Within::Probability);
        with.close("Benjamini-Hochberg", &format!("/items/{item}/p_bh"), bh, Within::Probability);
    }
}

fn fields(tallies: &[Tally], with: &mut Comparison) {
    let points: Vec<Point> = tallies
        .iter()
        .map(|tally| Point {
            importance: tally.paired_importance().mean().unwrap(),
            ability: tally.paired_ability().mean().unwrap(),
        })
        .collect();
    let user = |point: Point| LineChoice::At(point);
    let choices = [
        ("ipa_grand_mean", "ipa_cross_grand_mean", LineChoice::Means),
        ("ipa_scale_mid", "ipa_cross_scale_mid", LineChoice::Midpoint),
        ("ipa_median_of_items", "ipa_cross_median_of_items", LineChoice::Medians),
    ];
    for (field, cross, choice) in choices {
        let lines = Point::lines(choice, &points).unwrap();
        with.number("IPA: lines", &format!("/{cross}/0"), Some(lines.importance));
        with.number("IPA: lines", &format!("/{cross}/1"), Some(lines.ability));
        assert_eq!(Point::lines(user(lines), &points), Some(lines), "user-set lines");
        for (item, point) in points.iter().enumerate() {
            let word = match point.field(&lines) {
                Field::Concentrate => "CONCENTRATE",
                Field::KeepUp => "KEEP",
                Field::LowPriority => "LOW",
                Field::Overkill => "OVERKILL",
            };
            with.same("IPA: fields", &format!("/items/{item}/{field}"), word);
        }
    }
    let focus: Vec<(f64, f64)> = tallies
        .iter()
        .zip(&points)
        .map(|(tally, point)| (point.importance, gap(tally).unwrap()))
        .collect();
    for (item, focus) in locus_for_focus(&focus).into_iter().enumerate() {
        let is_first = focus == Focus::Both;
        with.same("Locus for Focus", &format!("/items/{item}/locus_HH"), is_first);
    }
}

fn rankings(tallies: &[Tally], with: &mut Comparison) {
    let rds = |tally: &Tally| RankedDiscrepancy::of(tally).map(|ranked| ranked.score());
    let rank = |measure: &dyn Fn(&Tally) -> Option<f64>, first| {
        places(&tallies.iter().map(measure).collect::<Vec<_>>(), first)
    };
    let ranks = [
        ("rank_MWDS", rank(&mwds, First::Highest)),
        ("rank_PNI_mod", rank(&pni_modified, First::Highest)),
        ("rank_RDS", rank(&rds, First::Lowest)),
        ("rank_gap", rank(&gap, First::Highest)),
        ("rank_share_high_need", rank(&share_high_need, First::Highest)),
    ];
    for (name, own) in &ranks {
        assert_eq!(own.len(), ITEMS);
        for (item, place) in own.iter().enumerate() {
            with.same("ranks", &format!("/items/{item}/{name}"), json!(place));
        }
        for (other_name, other) in &ranks {
            let number = |place: &Option<usize>| place.unwrap() as f64;
            let pairs: Vec<(f64, f64)> =
                own.iter().map(number).zip(other.iter().map(number)).collect();
            let at = |kind: &str| format!("/rank_agreement_{kind}/{name}/{other_name}");
            with.number("Spearman of ranks", &at("spearman"), spearman(&pairs));
            with.number("Kendall of ranks", &at("kendall"), kendall(&pairs));
        }
    }
}
