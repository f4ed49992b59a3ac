//! The locus for focus: competencies that are important and have a large gap.
//!
//! Mink, O. G., Shultz, J. M., & Mink, B. P. (1991). *Developing and Managing Open Organizations*;
//! with Borich's score in Korean studies. Both lines lie at the means of all competencies; what
//! lies on a line is high.

use serde::{Deserialize, Serialize};

use super::quantile::mean;

/// The four fields of the locus for focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Focus {
    /// High importance and a large gap: the first priority.
    Both,
    /// High importance alone.
    ImportanceOnly,
    /// A large gap alone.
    GapOnly,
    /// Neither.
    Neither,
}

/// The field of each competency, given as mean importance and mean gap.
pub fn locus_for_focus(competencies: &[(f64, f64)]) -> Vec<Focus> {
    let (importance, gap): (Vec<f64>, Vec<f64>) = competencies.iter().copied().unzip();
    let (Some(importance), Some(gap)) = (mean(&importance), mean(&gap)) else { return Vec::new() };
    let field = |(own_importance, own_gap): &(f64, f64)| match (
        *own_importance >= importance,
        *own_gap >= gap,
    ) {
        (true, true) => Focus::Both,
        (true, false) => Focus::ImportanceOnly,
        (false, true) => Focus::GapOnly,
        (false, false) => Focus::Neither,
    };
    competencies.iter().map(field).collect()
}

/// The competencies that come first by two methods at once, by their positions: among the `top`
/// places of a ranking such as that by Borich's score, and in [`Focus::Both`].
pub fn first_by_both(places: &[Option<usize>], fields: &[Focus], top: usize) -> Vec<usize> {
    let both = places.iter().zip(fields).enumerate().filter(|(_, (place, field))| {
        place.is_some_and(|place| place <= top) && **field == Focus::Both
    });
    both.map(|(position, _)| position).collect()
}

#[cfg(test)]
mod tests {
    use super::Focus::{Both, GapOnly, ImportanceOnly, Neither};
    use super::*;

    #[test]
    fn first_is_what_is_important_and_far_from_mastered() {
        let fields = locus_for_focus(&[(5.0, 2.0), (5.0, 0.0), (3.0, 2.0), (3.0, -1.0)]);
        assert_eq!(fields, [Both, ImportanceOnly, GapOnly, Neither]);
        assert_eq!(first_by_both(&[Some(1), Some(2), Some(2), Some(4)], &fields, 2), [0]);
        assert_eq!(first_by_both(&[Some(3), None], &fields, 2), [0usize; 0]);
        assert_eq!(locus_for_focus(&[]), []);
        assert_eq!(locus_for_focus(&[(4.0, 1.0)]), [Both], "one alone is at the mean");
    }
}
