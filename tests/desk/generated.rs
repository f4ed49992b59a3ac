//! A campaign of which everything is known: who answered, who answered twice, and whose answers
//! are not to be trusted. The same seed makes the same campaign.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::Form;
use phieu_xa::domain::response::{Mode, Response};
use phieu_xa::domain::roster::{Roster, Side, Unit};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::forms::{self, units};
use rows::answers::Answers;

/// Chance with a seed (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn digit(&mut self, from: usize, to: usize) -> String {
        (from + self.below(to - from + 1)).to_string()
    }
}

/// What is known of a campaign; people are named by the roots of their responses.
#[derive(Default)]
pub(crate) struct Truth {
    /// How many people answered, by unit and post; the second response of one person is not one.
    pub(crate) answered: BTreeMap<(usize, usize), u32>,
    /// One person's two responses, with names written differently.
    pub(crate) twice: BTreeSet<[String; 2]>,
    /// One response that came in under two roots.
    pub(crate) copied_files: BTreeSet<[String; 2]>,
    /// From units outside of the roster.
    pub(crate) strays: BTreeSet<String>,
    /// Always the same level.
    pub(crate) straight: BTreeSet<String>,
    /// Half a minute.
    pub(crate) hasty: BTreeSet<String>,
    /// Every second rating left out.
    pub(crate) sparse: BTreeSet<String>,
    /// Changed after it was handed in.
    pub(crate) edited: BTreeSet<String>,
    /// Under 35 and thirty years in the post.
    pub(crate) impossible: BTreeSet<String>,
    /// The same ratings as somebody else of the unit.
    pub(crate) alike: BTreeSet<String>,
}

/// A campaign with what came in.
pub(crate) struct Generated {
    pub(crate) form: Rc<Form>,
    pub(crate) roster: Roster,
    pub(crate) dataset: Dataset,
    pub(crate) truth: Truth,
}

/// What a response is made to be.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Honest,
    Straight,
    Hasty,
    Sparse,
    Edited,
    Impossible,
}

/// The first units of Thái Nguyên with every post of the built-in form, two vice-chairs each.
pub(crate) fn roster(form: &Form, units_wanted: usize) -> Roster {
    let gazetteer = units::gazetteer();
    let names = form.choices("chuc_danh").iter().map(|choice| choice.name.clone());
    let mut roster = Roster::of_posts(names);
    let province = gazetteer.provinces.iter().position(|p| p.code == "19").unwrap();
    let here = roster.province(&gazetteer.provinces[province]);
    let units = gazetteer.units.iter().filter(|unit| unit.province == province);
    roster.units.extend(units.take(units_wanted).map(|unit| Unit {
        code: unit.code.clone(),
        name: unit.name.clone(),
        province: Some(here),
        ..Unit::default()
    }));
    let vice_chair = roster.post("pct_ubnd").unwrap();
    for side in Side::ALL {
        roster.set_default(vice_chair, side, Some(2));
    }
    roster
}

/// Of so many units and posts about seven in ten people answer, some of them as they should not.
pub(crate) fn campaign(seed: u64, units: usize) -> Generated {
    let form = Rc::new(forms::needs().unwrap());
    let roster = roster(&form, units);
    let mut maker = Maker { chance: Chance(seed), form: Rc::clone(&form), people: 0 };
    let (mut dataset, mut truth) = (Dataset::default(), Truth::default());
    for unit in 0..roster.units.len() {
        let mut of_party: Option<Response> = None;
        for post in 0..roster.posts.len() {
            for _ in 0..roster.places(unit, post).expected() {
                if maker.chance.below(10) >= 7 {
                    continue;
                }
                *truth.answered.entry((unit, post)).or_default() += 1;
                let place = [roster.units[unit].code.as_str(), roster.posts[post].name.as_str()];
                let manner = match maker.chance.below(60) {
                    0 => Manner::Straight,
                    1 => Manner::Hasty,
                    2 => Manner::Sparse,
                    3 => Manner::Edited,
                    4 => Manner::Impossible,
                    _ => Manner::Honest,
                };
                let mut response = maker.response(place, manner);
                let root = response.root.clone();
                let known = match manner {
                    Manner::Honest => None,
                    Manner::Straight => Some(&mut truth.straight),
                    Manner::Hasty => Some(&mut truth.hasty),
                    Manner::Sparse => Some(&mut truth.sparse),
                    Manner::Edited => Some(&mut truth.edited),
                    Manner::Impossible => Some(&mut truth.impossible),
                };
                if let Some(known) = known {
                    known.insert(root.clone());
                }
                if manner == Manner::Honest {
                    let is_of_party = ["bt", "pbt_tt", "cn_ubkt", "tb_xdd"].contains(&place[1]);
                    match &of_party {
                        Some(first) if is_of_party && maker.chance.below(3) == 0 => {
                            copy_ratings(first, &mut response);
                            truth.alike.extend([first.root.clone(), root.clone()]);
                        }
                        None if is_of_party => of_party = Some(response.clone()),
                        _ => {}
                    }
                    match maker.chance.below(40) {
                        0 => {
                            let again = maker.once_more(&response);
                            truth.twice.insert([root, again.root.clone()]);
                            dataset.merge(again);
                        }
                        1 => {
                            let mut copy =
                                Response { root: format!("{root}-k"), ..response.clone() };
                            copy.seal();
                            truth.copied_files.insert([root, copy.root.clone()]);
                            dataset.merge(copy);
                        }
                        _ => {}
                    }
                }
                dataset.merge(response);
            }
        }
    }
    for _ in 0..6 {
        let stray = maker.response(["00127", "bt"], Manner::Honest);
        truth.strays.insert(stray.root.clone());
        dataset.merge(stray);
    }
    Generated { form, roster, dataset, truth }
}

fn copy_ratings(from: &Response, to: &mut Response) {
    for (key, value) in from.answers.iter() {
        if key.starts_with("imp_") || key.starts_with("abl_") {
            to.answers.set(key, value);
        }
    }
    to.seal();
}

struct Maker {
    chance: Chance,
    form: Rc<Form>,
    people: usize,
}

impl Maker {
    /// A person who has not answered yet, holding this post in this unit.
    fn response(&mut self, [unit, post]: [&str; 2], manner: Manner) -> Response {
        self.people += 1;
        let name = self.name();
        let chance = &mut self.chance;
        let mut given: Vec<(String, String)> = Vec::new();
        let mut give = |key: &str, value: &str| given.push((key.to_owned(), value.to_owned()));
        let province = self.form.choices("don_vi").iter().find(|choice| choice.name == unit);
        give("dong_y", "OK");
        give("ho_ten", &name);
        give("tinh", province.unwrap().column("tinh"));
        give("don_vi", unit);
        give("chuc_danh", post);
        give("kiem_nhiem_co", "khong");
        let (age, years) = match manner {
            Manner::Impossible => ("duoi_35", "30".to_owned()),
            _ => (chance.of(&["35_44", "45_54", "tu_55"]), chance.digit(0, 20)),
        };
        give("nhom_tuoi", age);
        give("nam_chuc_danh", &years);
        give("gioi_tinh", chance.of(&["nam", "nam", "nu"]));
        give("dia_ban", chance.of(&["trung_du", "mien_nui", "mien_nui"]));
        give("chuyen_mon", chance.of(&["trung_cap", "dai_hoc", "dai_hoc", "thac_si"]));
        give("ly_luan", chance.of(&["so_cap", "trung_cap", "cao_cap", "tuong_duong"]));
        give("quan_ly_nn", chance.of(&["chua", "chuyen_vien", "chuyen_vien_chinh"]));
        give(
            "chuong_trinh",
            chance.of(&["khong", "ly_luan so_ai", "quan_ly_nn", "vi_tri ly_luan"]),
        );
        for competency in &self.form.competencies {
            let code = &competency.code;
            let (importance, ability) = match manner {
                Manner::Straight => ("5".to_owned(), "4".to_owned()),
                _ => (chance.digit(2, 5), chance.digit(1, 5)),
            };
            if manner == Manner::Sparse && chance.below(2) == 0 {
                continue;
            }
            give(&format!("imp_{code}"), &importance);
            give(&format!("abl_{code}"), &ability);
        }
        let given: Answers = given.into_iter().collect();
        let filled = Filled::new(Rc::clone(&self.form), given, Circumstances::default());
        let seconds = if manner == Manner::Hasty { 30 } else { 600 + chance.below(600) };
        let start = 1_000 * chance.below(1_000_000);
        let at = |second: usize| Timestamp::from_millis(1.8e12 + 1000.0 * second as f64);
        let mut response = Response {
            form: self.form.id.as_str().into(),
            form_version: self.form.version.as_str().into(),
            campaign: "c1".into(),
            root: format!("r{:04}", self.people),
            revision: 1,
            start: Some(at(start)),
            end: Some(at(start + seconds)),
            submitted: Some(at(start + seconds + 10)),
            active_seconds: None,
            mode: Mode::Respondent,
            consent: None,
            answers: filled.response_answers(),
            checksum: String::new(),
            sources: Rc::default(),
        };
        response.seal();
        if manner == Manner::Edited {
            let other = if response.answers.get("imp_A1") == "5" { "4" } else { "5" };
            response.answers.set("imp_A1", other);
        }
        response
    }

    /// The same person a week later: the name without its diacritics, some ratings changed.
    fn once_more(&mut self, first: &Response) -> Response {
        let mut again = first.clone();
        self.people += 1;
        again.root = format!("r{:04}", self.people);
        let name = phieu_xa::domain::search::folded(first.answers.get("ho_ten"));
        again.answers.set("ho_ten", name.to_uppercase());
        let rated: Vec<&str> = first
            .answers
            .iter()
            .map(|(key, _)| key)
            .filter(|key| key.starts_with("abl_"))
            .collect();
        for key in rated {
            if self.chance.below(2) == 0 {
                again.answers.set(key, self.chance.digit(1, 5));
            }
        }
        again.seal();
        again
    }

    /// A name that nobody else of the same unit and post is likely to have.
    fn name(&mut self) -> String {
        const FAMILY: [&str; 8] =
            ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Triệu", "Dương", "Lục"];
        const MIDDLE: [&str; 6] = ["Văn", "Thị", "Đình", "Quốc", "Thanh", "Minh"];
        const GIVEN: [&str; 16] = [
            "Hùng", "Phương", "Tuyết", "Khánh", "Đạt", "Bích", "Sơn", "Vượng", "Liên", "Quỳnh",
            "Tráng", "Hòa", "Cường", "Nhung", "Xuân", "Yến",
        ];
        let [family, middle] = [self.chance.of(&FAMILY), self.chance.of(&MIDDLE)];
        format!("{family} {middle} {}", GIVEN[self.people % GIVEN.len()])
    }
}
