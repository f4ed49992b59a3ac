//! What headings mean for sure: names of questions with their groups before them, ids and times,
//! labels in any language, and what such columns are usually called.

use std::collections::HashMap;

use super::Meaning;
use super::choice_words::ChoiceWords;
use super::competency_heading::CompetencyHeadings;
use super::heading::{bracketed, cuts, plain, unnumbered};
use super::identity::id_heading;
use crate::domain::field::{Field, Layout, field_of};
use crate::domain::form::{Form, Question, Role};
use crate::domain::roster::columns::ColumnUse;
use rows::text::composed;

/// Headings of when it was handed in, in plain letters.
const SUBMITTED: [&str; 8] = [
    "submission time",
    "submissiondate",
    "submission date",
    "dau thoi gian",
    "timestamp",
    "thoi gian hoan thanh",
    "thoi gian gui",
    "completion time",
];

const STARTED: [&str; 4] = ["start", "start time", "starttime", "thoi gian bat dau"];

const ENDED: [&str; 4] = ["end", "end time", "endtime", "thoi gian ket thuc"];

/// What stands between the groups of a path and its question.
const PATH: [char; 4] = ['/', '-', '.', ':'];

/// What columns about a person are usually called, in plain letters, by what they tell.
const USUAL: [(Role, &[&str]); 8] = [
    (Role::Post, &["chuc danh", "chuc vu", "vi tri cong tac", "post", "position"]),
    (Role::ConcurrentPosts, &["kiem nhiem", "chuc danh kiem nhiem", "chuc vu kiem nhiem"]),
    (Role::Gender, &["gioi tinh", "gioi", "nam nu", "gender", "sex"]),
    (Role::AgeBand, &["nhom tuoi", "do tuoi", "tuoi", "age", "age group"]),
    (Role::Person, &["ho ten", "ho va ten", "ho va ten hoac ma phieu", "name", "full name"]),
    (Role::Code, &["ma phieu", "ma so phieu", "ma ca nhan", "ma", "code"]),
    (Role::Area, &["dia ban", "vung", "khu vuc", "area"]),
    (
        Role::YearsInPost,
        &["so nam giu chuc danh", "so nam giu chuc vu", "tham nien", "so nam cong tac"],
    ),
];

/// What a form's columns may be called.
pub struct KnownHeadings<'f> {
    form: &'f Form,
    /// The fields of a row that answers every question once, in form order.
    fields: Vec<Field>,
    by_name: HashMap<String, Option<usize>>,
    /// The fields that a label belongs to, in form order.
    by_label: HashMap<String, Vec<usize>>,
    competencies: CompetencyHeadings,
}

impl<'f> KnownHeadings<'f> {
    /// Those of a form.
    pub fn of(form: &'f Form) -> Self {
        let layout = Layout::holding(form, []);
        let fields: Vec<Field> = layout.columns(form).cloned().collect();
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        let mut by_label: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, field) in fields.iter().enumerate() {
            let slot = by_name.entry(field.key.to_lowercase()).or_insert(Some(at));
            if *slot != Some(at) {
                *slot = None;
            }
            let Some(question) = field.question(form) else { continue };
            for label in question.label.all().map(plain).filter(|label| !label.is_empty()) {
                let of_label = by_label.entry(label).or_default();
                if of_label.last() != Some(&at) {
                    of_label.push(at);
                }
            }
        }
        Self { form, fields, by_name, by_label, competencies: CompetencyHeadings::of(form) }
    }

    pub(super) fn form(&self) -> &'f Form {
        self.form
    }

    /// Every field that answers a question, with the question.
    pub(super) fn questions(&self) -> impl Iterator<Item = (&str, &'f Question)> {
        self.fields.iter().filter_map(|field| Some((&*field.key, field.question(self.form)?)))
    }

    /// True when a heading is understood, or is shared by several questions; the row with most of
    /// them is the heading.
    pub fn knows(&self, heading: &str) -> bool {
        self.sure(heading).is_some() || !self.sharing(heading).is_empty()
    }

    /// True for words that only tell the two scales of a competency apart.
    pub fn is_scale(&self, heading: &str) -> bool {
        self.competencies.is_scale(heading)
    }

    /// What a heading means, where there is no doubt.
    pub(super) fn sure(&self, heading: &str) -> Option<Meaning> {
        let heading = composed(heading);
        let heading = heading.trim();
        if heading.is_empty() {
            return None;
        }
        self.named(heading)
            .or_else(|| beside(heading))
            .or_else(|| self.by_path(heading))
            .or_else(|| self.labelled(heading))
            .or_else(|| self.competencies.question(heading).map(answer))
            .or_else(|| self.choice_of_label(heading))
            .or_else(|| self.labelled_by_path(heading))
            .or_else(|| self.usual(heading))
    }

    /// The fields of which each has a label that reads like the heading, where they are several.
    pub(super) fn sharing(&self, heading: &str) -> Vec<&str> {
        let of_label = self.by_label.get(&plain(heading)).map_or(&[][..], Vec::as_slice);
        let keys = of_label.iter().filter_map(|at| self.fields.get(*at));
        if of_label.len() > 1 { keys.map(|field| &*field.key).collect() } else { Vec::new() }
    }

    fn named(&self, heading: &str) -> Option<Meaning> {
        if let Some(field) = field_of(self.form, heading) {
            return Some(Meaning::Answer(field.key));
        }
        let at = self.by_name.get(&heading.to_lowercase()).copied().flatten()?;
        self.fields.get(at).map(|field| Meaning::Answer(field.key.clone()))
    }

    /// `group/question` of `KoboToolbox` and `group-question` of ODK, and either with `/choice`.
    fn by_path(&self, heading: &str) -> Option<Meaning> {
        let question = |path: &str| {
            self.named(path).or_else(|| cuts(path, &PATH).find_map(|(_, name)| self.named(name)))
        };
        let choice = || {
            let (path, choice) = heading.rsplit_once('/')?;
            let Meaning::Answer(key) = question(path)? else { return None };
            let choice = self.form.choice(self.several(&key)?, choice.trim())?;
            Some(Meaning::Choice(key, choice.name.clone()))
        };
        // A choice may be called like another question. The longest name first: some have a dash.
        choice().or_else(|| cuts(heading, &PATH).find_map(|(_, name)| self.named(name)))
    }

    fn labelled(&self, heading: &str) -> Option<Meaning> {
        let only = |label: &str| match self.by_label.get(label)?.as_slice() {
            [at] => self.fields.get(*at).map(|field| Meaning::Answer(field.key.clone())),
            _ => None,
        };
        only(&plain(heading)).or_else(|| only(&unnumbered(heading)))
    }

    /// `Group/Question` in labels.
    fn labelled_by_path(&self, heading: &str) -> Option<Meaning> {
        cuts(heading, &['/', ':']).find_map(|(_, label)| self.labelled(label))
    }

    /// `Question/Choice` and `Question [Choice]` in labels.
    fn choice_of_label(&self, heading: &str) -> Option<Meaning> {
        let cuts: Vec<(&str, &str)> = cuts(heading, &['/']).collect();
        cuts.into_iter().rev().chain(bracketed(heading)).find_map(|(question, choice)| {
            let found = self.named(question).or_else(|| self.labelled(question));
            let found = found.or_else(|| self.labelled_by_path(question));
            let Meaning::Answer(key) = found? else { return None };
            let list = self.several(&key)?.kind.list()?;
            let choice = ChoiceWords::of(self.form, list, None).one(choice)?;
            Some(Meaning::Choice(key, choice.to_owned()))
        })
    }

    /// The question of a field, where it takes several choices.
    fn several(&self, key: &str) -> Option<&'f Question> {
        let question = field_of(self.form, key)?.question(self.form)?;
        question.kind.is_several().then_some(question)
    }

    /// How like what columns of a role are usually called a heading is, of a hundred: one that begins
    /// so goes on about it, as in `Chức vụ của anh/chị`.
    pub(super) fn usual_likeness(heading: &str, role: Option<Role>) -> u32 {
        const BEGINS_SO: u32 = 70;
        let of_role = USUAL.iter().find(|(of, _)| Some(*of) == role);
        let usual = of_role.map_or(&[][..], |(_, words)| words);
        let begins =
            |words: &&str| words.contains(' ') && heading.starts_with(&format!("{words} "));
        if usual.iter().any(begins) { BEGINS_SO } else { 0 }
    }

    fn usual(&self, heading: &str) -> Option<Meaning> {
        let text = unnumbered(heading);
        let of_role = |role: Role| {
            let question = self.form.with_role(role)?;
            Some(Meaning::Answer(question.name.clone()))
        };
        // Of a list of units, their names are all of a row's; here a name is a person's.
        let is_of_unit = |column: &ColumnUse| {
            !matches!(text.as_str(), "name" | "ten" | "label") && column.is_headed(&text)
        };
        let unit = || is_of_unit(&ColumnUse::Name).then(|| of_role(Role::Unit)).flatten();
        let province = || {
            let is_province = is_of_unit(&ColumnUse::Province);
            is_province.then(|| of_role(Role::Province).unwrap_or(Meaning::Province))
        };
        let usual = USUAL.iter().find(|(_, known)| known.contains(&text.as_str()));
        usual
            .and_then(|(role, _)| of_role(*role))
            .or_else(unit)
            .or_else(province)
            .or_else(|| is_of_unit(&ColumnUse::District).then_some(Meaning::District))
            .filter(|meaning| {
                let of_units = [Meaning::District, Meaning::Province];
                !of_units.contains(meaning) || self.form.with_role(Role::Unit).is_some()
            })
    }
}

fn answer(key: &str) -> Meaning {
    Meaning::Answer(key.to_owned())
}

/// Ids and times.
fn beside(heading: &str) -> Option<Meaning> {
    if id_heading(heading).is_some() {
        return Some(Meaning::Id);
    }
    let text = plain(heading);
    let times = [
        (&SUBMITTED[..], Meaning::Submitted),
        (&STARTED[..], Meaning::Started),
        (&ENDED[..], Meaning::Ended),
    ];
    let found = times.into_iter().find(|(words, _)| words.contains(&text.as_str()));
    found.map(|(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    #[test]
    fn a_heading_is_known_by_name_path_label_or_habit() {
        let form = forms::needs().unwrap();
        let known = KnownHeadings::of(&form);
        let choice = |key: &str, name: &str| Meaning::Choice(key.into(), name.into());
        for (heading, expected) in [
            ("chuc_danh", answer("chuc_danh")),
            ("Chuc_Danh", answer("chuc_danh")),
            ("thong_tin_chung/chuc_danh", answer("chuc_danh")),
            ("nang_luc-nl_a-c_A1-imp_A1", answer("imp_A1")),
            ("trinh_do/tieng_dt/tay", choice("tieng_dt", "tay")),
            ("Đồng chí nói được tiếng nào?/Nùng", choice("tieng_dt", "nung")),
            ("Đồng chí nói được tiếng nào? [Nùng]", choice("tieng_dt", "nung")),
            ("Chức danh chính của đồng chí hiện nay", answer("chuc_danh")),
            ("2. your main post NOW", answer("chuc_danh")),
            ("Thông tin chung/Giới tính", answer("gioi_tinh")),
            ("Chức vụ", answer("chuc_danh")),
            ("Xã, phường", answer("don_vi")),
            ("Quận/Huyện", Meaning::District),
            ("Dấu thời gian", Meaning::Submitted),
            ("_submission_time", Meaning::Submitted),
            ("meta/instanceID", Meaning::Id),
            (
                "Tự đánh giá năng lực/Số, ngoại ngữ, tự học/Ngoại ngữ/Hiện nay tôi làm được",
                answer("abl_F3"),
            ),
        ] {
            assert_eq!(known.sure(heading), Some(expected), "{heading}");
        }
        for unknown in ["", "Ghi chú", "Quan trọng với công việc của tôi", "Email", "_status"]
        {
            assert_eq!(known.sure(unknown), None, "{unknown}");
        }
        assert_eq!(
            known.sharing("Quan trọng với công việc của tôi").len(),
            form.competencies.len()
        );
    }
}
