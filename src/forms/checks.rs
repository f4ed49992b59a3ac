//! Answers to the built-in self-assessment that cannot all be true and that the form itself does
//! not hold against each other: it never stops anybody over them.

use crate::domain::form::Form;
use crate::domain::quality::Check;

use super::NEEDS;

/// Nobody takes a post before the age of 18, and each age band ends somewhere; a post is not held
/// beside itself.
const CHECKS: [(&str, &str); 4] = [
    ("years_under_35", "${nhom_tuoi} = 'duoi_35' and ${nam_chuc_danh} > 34 - 18"),
    ("years_35_44", "${nhom_tuoi} = '35_44' and ${nam_chuc_danh} > 44 - 18"),
    ("years_45_54", "${nhom_tuoi} = '45_54' and ${nam_chuc_danh} > 54 - 18"),
    ("post_beside_itself", "${chuc_danh} != '' and selected(${kiem_nhiem}, ${chuc_danh})"),
];

/// The checks of a form; none of one that did not ship, or that asks other questions by now.
pub fn checks(form: &Form) -> Vec<Check> {
    if form.id != NEEDS {
        return Vec::new();
    }
    let checks = CHECKS.iter().filter_map(|(name, text)| Check::new(name, text).ok());
    let is_asked =
        |check: &Check| check.questions().iter().all(|name| form.question(name).is_some());
    checks.filter(is_asked).collect()
}
