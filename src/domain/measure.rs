//! Numbers computed from tallies and counts, or from the ratings of each person where a method
//! needs the person; one method a file, each with its source.

pub mod adjusted_p;
pub mod alpha;
pub mod bca;
pub mod bootstrap;
pub mod class_sizes;
pub mod cluster;
mod covariance;
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
