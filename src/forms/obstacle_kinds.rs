//! With whom the obstacles of the built-in forms lie.

use crate::domain::obstacles::ObstacleKind;

/// What another course could do better.
const COURSE: [&str; 6] = ["ly_thuyet", "trung_lap", "khong_sat", "chi_giang", "dong", "da_quen"];

/// What no course helps against.
const ORGANISATION: [&str; 11] = [
    "co_so",
    "kinh_phi",
    "xa",
    "khong_nguoi_thay",
    "khong_theo_doi",
    "chua_co_dip",
    "qua_viec",
    "chua_giao_quyen",
    "chua_ung_ho",
    "quy_dinh",
    "thiet_bi",
];

/// With whom a choice lies, by name; `None` of one that no built-in form has, or that says that
/// nothing hindered.
pub fn obstacle_kind(choice: &str) -> Option<ObstacleKind> {
    if COURSE.contains(&choice) {
        Some(ObstacleKind::Course)
    } else if ORGANISATION.contains(&choice) {
        Some(ObstacleKind::Organisation)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Role;
    use crate::forms::BuiltIn;

    #[test]
    fn every_obstacle_of_the_built_in_forms_lies_with_somebody() {
        let mut seen = 0;
        for built_in in BuiltIn::ALL {
            let form = built_in.read().unwrap().form;
            let Some(question) = form.with_role(Role::Hindrance) else { continue };
            let choices = form.choices(question.kind.list().unwrap());
            for choice in choices.iter().filter(|choice| choice.name != "khong") {
                assert!(obstacle_kind(&choice.name).is_some(), "{}", choice.name);
                seen += 1;
            }
        }
        assert!(seen >= 21, "{seen}");
    }
}
