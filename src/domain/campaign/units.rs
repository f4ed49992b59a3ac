//! The units that a campaign's form offers: those of its roster, where it has one.

use std::collections::{BTreeMap, BTreeSet};

use super::Campaign;
use crate::domain::form::{Choice, Form, Role};
use crate::domain::localized::Localized;

impl Campaign {
    /// The units of the roster by code and name; those that no answer can name are left out.
    pub(super) fn offered_units(&self) -> Vec<(&str, String)> {
        let mut seen = BTreeSet::new();
        let units = self.roster.units.iter().filter(|unit| {
            let code = unit.code.trim();
            !code.is_empty() && seen.insert(code)
        });
        let named = units.map(|unit| (unit.code.trim(), unit.called()));
        named.collect()
    }

    /// Offers the units of the roster instead of the form's. Where the province does not narrow
    /// them down it is not asked for.
    pub(super) fn tailor_units(&self, form: &mut Form) {
        let offered = self.offered_units();
        let unit = form.with_role(Role::Unit);
        let Some(list) = unit.and_then(|unit| unit.kind.list()).map(str::to_owned) else { return };
        if offered.is_empty() {
            return;
        }
        let known = form.choices(&list).iter().map(|choice| (choice.name.as_str(), choice));
        let known: BTreeMap<&str, &Choice> = known.collect();
        let columns = |code: &str| known.get(code).map(|choice| choice.columns().to_vec());
        let known_columns: Vec<_> = offered.iter().map(|(code, _)| columns(code)).collect();
        let are_all_known = known_columns.iter().all(Option::is_some);
        let values: BTreeSet<String> =
            known_columns.iter().flatten().flatten().map(|(_, value)| value.clone()).collect();
        let units = offered.into_iter().zip(known_columns).map(|((code, name), columns)| {
            let label = Localized::new([(String::new(), name)]);
            Choice::new(code, label, columns.unwrap_or_default())
        });
        let units = units.collect();
        form.add_list(&list, units);
        let province = form.with_role(Role::Province);
        let provinces = province.and_then(|province| province.kind.list()).map(str::to_owned);
        let mut offered = provinces.as_deref().map_or(&[][..], |list| form.choices(list)).to_vec();
        offered.retain(|province| values.contains(&province.name));
        if are_all_known && offered.len() > 1 {
            if let Some(list) = provinces {
                form.add_list(&list, offered);
            }
            return;
        }
        form.leave_out(|question| question.role == Some(Role::Province));
        for question in form.questions_mut() {
            if question.role == Some(Role::Unit) {
                question.choice_filter = None;
            }
        }
    }

    /// Has a tailored form know the units, too, that it does not offer: at the desk a response
    /// that names one is taken, and stands out as unexpected.
    pub fn know_other_units(tailored: &mut Form, untailored: &Form) {
        let unit = tailored.with_role(Role::Unit);
        let Some(list) = unit.and_then(|unit| unit.kind.list()).map(str::to_owned) else { return };
        let mut units = tailored.choices(&list).to_vec();
        let offered: BTreeSet<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let others = untailored.choices(&list).iter();
        let others = others.filter(|unit| !offered.contains(unit.name.as_str())).cloned();
        let others: Vec<Choice> = others.collect();
        if !others.is_empty() {
            units.extend(others);
            tailored.add_list(&list, units);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::domain::filled::{Circumstances, Filled};
    use crate::domain::roster::{Roster, Unit};
    use crate::forms;
    use rows::answers::Answers;

    fn campaign(units: &[(&str, &str, &str)]) -> Campaign {
        let units = units.iter().map(|(code, name, district)| Unit {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            district: (*district).to_owned(),
            ..Unit::default()
        });
        let roster = Roster { units: units.collect(), ..Roster::default() };
        Campaign { roster: Rc::new(roster), ..Campaign::default() }
    }

    /// The units that are offered after these answers, and whether the province is asked for.
    fn offered(campaign: &Campaign, answers: &[(&str, &str)]) -> (Vec<String>, bool) {
        let form = campaign.tailor(forms::needs().unwrap());
        let answers: Answers = answers.iter().copied().collect();
        let filled = Filled::new(Rc::new(form), answers, Circumstances::default());
        let unit = filled.form().with_role(Role::Unit).unwrap().name.clone();
        let field = filled.field(&unit).unwrap();
        let units =
            filled.offered(field).into_iter().map(|choice| choice.label.get("vi").to_owned());
        (units.collect(), filled.is_asked("tinh"))
    }

    #[test]
    fn only_the_units_of_the_roster_are_offered_and_one_province_is_not_asked_for() {
        let campaign =
            campaign(&[("00004", "Phường Ba Đình", ""), ("00008", "Phường Ngọc Hà", "")]);
        let (units, asks_province) = offered(&campaign, &[]);
        assert_eq!(units, ["Phường Ba Đình", "Phường Ngọc Hà"]);
        assert!(!asks_province);
    }

    #[test]
    fn a_response_from_a_unit_outside_of_the_roster_can_be_read_at_the_desk() {
        let campaign = campaign(&[("00004", "Phường Ba Đình", "")]);
        let untailored = forms::needs().unwrap();
        let mut form = campaign.tailor(untailored.clone());
        let version = form.version.clone();
        Campaign::know_other_units(&mut form, &untailored);
        let units = form.choices("don_vi");
        assert_eq!((units.len(), units[0].name.as_str()), (3321, "00004"));
        assert_eq!(form.version, version);
    }

    #[test]
    fn units_of_two_provinces_are_narrowed_down_by_the_province() {
        let campaign = campaign(&[("00004", "Phường Ba Đình", ""), ("05710", "Xã Đại Từ", "")]);
        let form = campaign.tailor(forms::needs().unwrap());
        assert_eq!(form.choices("tinh").len(), 2);
        let (units, asks_province) = offered(&campaign, &[("tinh", "01")]);
        assert_eq!((units, asks_province), (vec!["Phường Ba Đình".to_owned()], true));
    }

    #[test]
    fn units_of_ones_own_are_offered_with_their_districts_and_those_without_a_code_are_not() {
        let campaign = campaign(&[
            ("a1", "Xã Tân Lập", "Huyện A"),
            ("a2", "Xã Tân Lập", "Huyện B"),
            ("", "Xã C", ""),
            ("a2", "Xã D", ""),
        ]);
        let (units, _) = offered(&campaign, &[]);
        assert_eq!(units, ["Xã Tân Lập (Huyện A)", "Xã Tân Lập (Huyện B)"]);
    }

    #[test]
    fn another_number_of_people_is_no_other_form_and_another_unit_is() {
        let version = |campaign: &Campaign| campaign.tailor(forms::needs().unwrap()).version;
        let mut one = campaign(&[("a1", "Xã A", "")]);
        let before = version(&one);
        Rc::make_mut(&mut one.roster).add_post("bt", crate::domain::roster::Places::full(3));
        assert_eq!(version(&one), before);
        assert_ne!(version(&campaign(&[("a1", "Xã B", "")])), before);
        assert_ne!(version(&Campaign::default()), before);
    }
}
