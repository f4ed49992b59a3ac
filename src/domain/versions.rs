//! What the versions of a form that people answered have in common, and what not.
//!
//! Responses are joined by question name. Of an older version its sheets are not at hand, so what
//! it asked is told by what was answered.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::field::last_name;
use super::form::Form;
use super::response::Response;

/// A version of the form that people answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionUse {
    /// The version.
    pub version: String,
    /// True for that of the form in use.
    pub is_current: bool,
    /// How many responses answer it.
    pub responses: usize,
    /// Answers that the form in use does not ask for, by question, with how many gave them.
    pub further: BTreeMap<String, usize>,
    /// Questions that nobody answered in this version and somebody in another, by name.
    pub unanswered: Vec<String>,
}

/// The versions that responses answer: that of the form in use first, then by name.
pub fn versions(form: &Form, responses: &[&Response]) -> Vec<VersionUse> {
    let mut answered: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for response in responses {
        let (count, questions) = answered.entry(&response.form_version).or_default();
        *count += 1;
        let names: BTreeSet<&str> =
            response.answers.iter().map(|(key, _)| last_name(key)).collect();
        for name in names {
            *questions.entry(name).or_default() += 1;
        }
    }
    let anywhere: BTreeSet<&str> =
        answered.values().flat_map(|(_, questions)| questions.keys().copied()).collect();
    let asked = form.questions().iter().map(|question| question.name.as_str());
    let asked: Vec<&str> = asked.filter(|name| anywhere.contains(name)).collect();
    let versions = answered.iter().map(|(version, (count, questions))| {
        let further = questions.iter().filter(|(name, _)| form.item(name).is_none());
        let unanswered = asked.iter().filter(|name| !questions.contains_key(*name));
        VersionUse {
            version: (*version).to_owned(),
            is_current: *version == form.version,
            responses: *count,
            further: further.map(|(name, count)| ((*name).to_owned(), *count)).collect(),
            unanswered: unanswered.map(|name| (*name).to_owned()).collect(),
        }
    });
    let mut versions: Vec<VersionUse> = versions.collect();
    versions.sort_by_key(|version| !version.is_current);
    versions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{Kind, Question};
    use crate::domain::response::tests::response;

    #[test]
    fn what_one_version_asked_and_another_did_not_is_named() {
        let mut form = Form::default();
        form.version = "2".to_owned();
        for name in ["ten", "moi", "khong_ai"] {
            form.add_question(Question { name: name.into(), ..Question::of_kind(Kind::Text) });
        }
        let row = |root: &str, version: &str, answers: &[(&str, &str)]| {
            let mut row = response(root, 1, answers);
            row.form_version = version.into();
            row
        };
        let rows = [
            row("a", "1", &[("ten", "A"), ("cu", "x")]),
            row("b", "1", &[("ten", "B")]),
            row("c", "2", &[("ten", "C"), ("moi", "y")]),
        ];
        let [now, before] = versions(&form, &rows.iter().collect::<Vec<_>>()).try_into().unwrap();
        assert!(now.is_current && now.further.is_empty() && now.unanswered.is_empty());
        assert_eq!((before.responses, before.unanswered), (2, vec!["moi".to_owned()]));
        assert_eq!(before.further, [("cu".to_owned(), 1)].into());
    }
}
