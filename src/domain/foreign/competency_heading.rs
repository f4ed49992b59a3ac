//! Headings of rated competencies: `A1_I`, `imp_A1`, `Mức độ quan trọng [Ngoại ngữ]`,
//! `Ngoại ngữ: hiện nay tôi làm được`.

use std::collections::BTreeSet;

use super::heading::{bracketed, holds, likeness, plain, unnumbered, without, words_of};
use crate::domain::form::{Form, Scale};

/// Words that only headings of importance have.
const IMPORTANCE: [&str; 6] =
    ["quan trong", "can thiet", "importance", "important", "imp", "muc do can"];

/// Words that only headings of ability have.
const ABILITY: [&str; 9] = [
    "dap ung",
    "lam duoc",
    "thanh thao",
    "kha nang",
    "hien nay",
    "hien tai",
    "ability",
    "able",
    "abl",
];

/// Abbreviations, where nothing else stands beside the competency.
const SHORT: [(&str, Scale); 6] = [
    ("i", Scale::Importance),
    ("qt", Scale::Importance),
    ("imp", Scale::Importance),
    ("a", Scale::Ability),
    ("du", Scale::Ability),
    ("abl", Scale::Ability),
];

/// How like a row of a grid must be to a competency, of a hundred.
const LEAST_LIKENESS: u32 = 70;

/// The rated competencies of a form.
pub(super) struct CompetencyHeadings {
    competencies: Vec<Rated>,
    /// What the questions of either scale are called, in plain letters.
    scale_labels: Vec<(Scale, String)>,
}

struct Rated {
    code: String,
    labels: Vec<String>,
    importance: Option<String>,
    ability: Option<String>,
}

impl CompetencyHeadings {
    pub(super) fn of(form: &Form) -> Self {
        let mut scale_labels = BTreeSet::new();
        let competencies = form.competencies.iter().map(|competency| {
            let mut rated = Rated {
                code: plain(&competency.code),
                labels: competency.label.all().map(plain).filter(|l| !l.is_empty()).collect(),
                importance: None,
                ability: None,
            };
            for question in form.questions() {
                let Some(rating) = &question.rating else { continue };
                if rating.competency == competency.code {
                    let slot = match rating.scale {
                        Scale::Importance => &mut rated.importance,
                        Scale::Ability => &mut rated.ability,
                    };
                    *slot = Some(question.name.clone());
                    let is_importance = rating.scale == Scale::Importance;
                    scale_labels.extend(question.label.all().map(|l| (is_importance, plain(l))));
                }
            }
            rated
        });
        let competencies = competencies.collect();
        let scale_labels = scale_labels.into_iter().filter(|(_, label)| !label.is_empty());
        let scale = |is_importance| {
            if is_importance { Scale::Importance } else { Scale::Ability }
        };
        Self {
            competencies,
            scale_labels: scale_labels.map(|(is, label)| (scale(is), label)).collect(),
        }
    }

    /// The rating question that a heading means.
    pub(super) fn question(&self, heading: &str) -> Option<&str> {
        let of_grid = bracketed(heading).and_then(|(question, row)| {
            let scale = self.scale(&plain(question))?;
            self.most_like(row)?.question(scale)
        });
        of_grid.or_else(|| {
            let heading = plain(heading);
            let (competency, named) = self.named_in(&heading)?;
            competency.question(self.scale(&without(&heading, &named))?)
        })
    }

    /// True for words that only tell the two scales apart.
    pub(super) fn is_scale(&self, heading: &str) -> bool {
        let heading = plain(heading);
        heading.split(' ').count() <= 8
            && self.named_in(&heading).is_none()
            && self.scale(&heading).is_some()
    }

    /// The competency that stands in a heading, and by what words: the longest label, else a code.
    fn named_in(&self, heading: &str) -> Option<(&Rated, String)> {
        let labels = self
            .competencies
            .iter()
            .flat_map(|rated| rated.labels.iter().map(move |label| (rated, label)));
        let mut held: Vec<(&Rated, &String)> =
            labels.filter(|(_, label)| holds(heading, label)).collect();
        held.sort_by_key(|(_, label)| std::cmp::Reverse(label.len()));
        if let Some((rated, label)) = held.first() {
            // `A1. Ngoại ngữ` names it twice.
            let rest = without(heading, label);
            let words = if holds(&rest, &rated.code) && rated.code.len() > 1 {
                let with_code = format!("{} {label}", rated.code);
                if holds(heading, &with_code) { with_code } else { (*label).clone() }
            } else {
                (*label).clone()
            };
            return Some((rated, words));
        }
        let mut coded = self
            .competencies
            .iter()
            .filter(|rated| rated.code.len() > 1 && holds(heading, &rated.code));
        let first = coded.next()?;
        coded.next().is_none().then(|| (first, first.code.clone()))
    }

    /// The competency that a row of a grid is most like; none where two are equally like it.
    fn most_like(&self, row: &str) -> Option<&Rated> {
        let row = unnumbered(row);
        if let Some((named, _)) = self.named_in(&plain(&row)) {
            return Some(named);
        }
        let words = words_of(&row);
        let mut best: Vec<(u32, &Rated)> = self
            .competencies
            .iter()
            .filter_map(|rated| {
                let likeness = rated.labels.iter().map(|l| likeness(&words_of(l), &words)).max()?;
                (likeness >= LEAST_LIKENESS).then_some((likeness, rated))
            })
            .collect();
        best.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        match best.as_slice() {
            [(_, only)] => Some(only),
            [(first, rated), (second, _), ..] if first > second => Some(rated),
            _ => None,
        }
    }

    fn scale(&self, words: &str) -> Option<Scale> {
        if let Some((_, scale)) = SHORT.iter().find(|(short, _)| *short == words) {
            return Some(*scale);
        }
        let own = |scale| {
            let mut labels = self.scale_labels.iter();
            labels.any(|(of, label)| *of == scale && holds(words, label))
        };
        let says = |known: &[&str], scale| own(scale) || known.iter().any(|w| holds(words, w));
        match (
            own(Scale::Importance),
            own(Scale::Ability),
            says(&IMPORTANCE, Scale::Importance),
            says(&ABILITY, Scale::Ability),
        ) {
            (true, false, ..) | (false, false, true, false) => Some(Scale::Importance),
            (false, true, ..) | (false, false, false, true) => Some(Scale::Ability),
            _ => None,
        }
    }
}

impl Rated {
    fn question(&self, scale: Scale) -> Option<&str> {
        match scale {
            Scale::Importance => self.importance.as_deref(),
            Scale::Ability => self.ability.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    #[test]
    fn a_rated_competency_is_known_by_code_or_label_and_by_its_scale() {
        let form = forms::needs().unwrap();
        let headings = CompetencyHeadings::of(&form);
        for (heading, expected) in [
            ("A1_I", Some("imp_A1")),
            ("a1_A", Some("abl_A1")),
            ("imp_A1", Some("imp_A1")),
            ("Mức độ quan trọng [Ngoại ngữ]", Some("imp_F3")),
            ("Mức độ đáp ứng hiện nay [3. Ngoại ngữ]", Some("abl_F3")),
            ("Ngoại ngữ: hiện nay tôi làm được", Some("abl_F3")),
            ("F3. Ngoại ngữ - Quan trọng với công việc của tôi", Some("imp_F3")),
            ("Mức quan trọng [Tầm nhìn và tư duy chiến lược]", Some("imp_B1")),
            ("Giao tiếp [Ngoại ngữ]", None),
            ("Ngoại ngữ", None),
            ("Mức độ quan trọng", None),
        ] {
            assert_eq!(headings.question(heading), expected, "{heading}");
        }
        assert!(headings.is_scale("Mức độ quan trọng"));
        assert!(!headings.is_scale("Ngoại ngữ"));
    }
}
