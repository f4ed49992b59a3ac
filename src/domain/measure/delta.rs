//! How far scores made of two means are from chance: the delta method.
//!
//! Oehlert, G. W. (1992). A note on the delta method. *American Statistician* 46(1), 27-29. A score
//! that is a function of mean importance and mean ability varies as the mean of what each person
//! adds to it, near those means; so it is an [`Estimate`] like any mean, of n and a spread.

use super::NoValue;
use super::estimate::Estimate;
use super::mwds::mwds;
use super::pni::pni_modified;
use crate::domain::tally::Tally;

/// The mean weighted discrepancy score, and the priority needs index, which is the same of those
/// who rated both.
pub fn mwds_estimate(tally: &Tally) -> Result<Estimate, NoValue> {
    let (importance, ability) = means(tally)?;
    let gap = importance - ability;
    let score = mwds(tally).ok_or(NoValue::Nobody)?;
    // Of Ī (Ī − Ā): 2Ī − Ā along importance, −Ī along ability.
    estimate(tally, score, |own_importance, own_ability| {
        (importance + gap) * own_importance - importance * own_ability
    })
}

/// The modified priority needs index.
pub fn pni_modified_estimate(tally: &Tally) -> Result<Estimate, NoValue> {
    let (importance, ability) = means(tally)?;
    let index = pni_modified(tally).ok_or(NoValue::Nobody)?;
    // Of Ī / Ā − 1: 1/Ā along importance, −Ī/Ā² along ability.
    estimate(tally, index, |own_importance, own_ability| {
        (own_importance - own_ability * importance / ability) / ability
    })
}

fn means(tally: &Tally) -> Result<(f64, f64), NoValue> {
    let means = tally.paired_importance().mean().zip(tally.paired_ability().mean());
    means.ok_or(NoValue::Nobody)
}

fn estimate(
    tally: &Tally,
    score: f64,
    adds: impl Fn(f64, f64) -> f64,
) -> Result<Estimate, NoValue> {
    let added = tally
        .pairs()
        .map(|(importance, ability, people)| (adds(importance.into(), ability.into()), people));
    let spread = Estimate::of_counted(&added.collect::<Vec<_>>())?;
    Ok(Estimate { mean: score, ..spread })
}

#[cfg(test)]
mod tests {
    use super::super::super::tally::tests::tally;
    use super::*;

    /// The spread of a score from what it changes by when one person is left out (jackknife).
    fn left_out(tally: &Tally, score: impl Fn(&Tally) -> Option<f64>) -> f64 {
        let n = tally.paired_importance().n() as f64;
        let all = score(tally).unwrap();
        let squares = super::super::bca::left_out(tally, &score)
            .into_iter()
            .map(|(without, people)| (without - all).powi(2) * people as f64);
        ((n - 1.0) / n * squares.sum::<f64>()).sqrt()
    }

    #[test]
    fn it_is_about_what_leaving_people_out_one_by_one_gives() {
        let people: Vec<(u8, u8)> = (0..200u8).map(|at| (2 + at % 4, 1 + at / 4 % 4)).collect();
        let tally = tally(&people);
        let found = mwds_estimate(&tally).unwrap().standard_error();
        assert!((found / left_out(&tally, mwds) - 1.0).abs() < 0.02, "{found}");
        let found = pni_modified_estimate(&tally).unwrap().standard_error();
        assert!((found / left_out(&tally, pni_modified) - 1.0).abs() < 0.02, "{found}");
    }

    #[test]
    fn of_one_person_or_of_people_who_are_all_the_same_nothing_is_left_to_chance() {
        assert_eq!(mwds_estimate(&Tally::default()), Err(NoValue::Nobody));
        assert_eq!(mwds_estimate(&tally(&[(5, 3)])), Err(NoValue::OnlyOne));
        let same = mwds_estimate(&tally(&[(5, 3), (5, 3), (5, 3)])).unwrap();
        assert!((same.mean - 10.0).abs() < 1e-12 && same.sd <= 0.0);
    }
}
