//! How a campaign's form differs from the one it is made of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Campaign;
use crate::domain::expression::{Expression, Function};
use crate::domain::form::{Choice, Form, Question, Role};
use crate::domain::localized::Localized;
use rows::digest::Digest;

/// What a trainer has changed of a form, in place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tailoring {
    /// The competencies that are not asked, by code.
    pub left_out_competencies: BTreeSet<String>,
    /// The level, 1 to 5, that a post needs in a competency where it is another than the form's:
    /// by the competency's code, then by the post's name.
    pub required_levels: BTreeMap<String, BTreeMap<String, u8>>,
    /// The posts that nobody holds here, by name.
    pub left_out_posts: BTreeSet<String>,
    /// What posts are called here, by name.
    pub post_labels: BTreeMap<String, String>,
    /// Posts that the form does not know.
    pub added_posts: Vec<AddedPost>,
}

/// A post that the form does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedPost {
    /// Its name: what answers carry.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The post of the form, by name, that is asked the same and needs the same levels.
    pub like: String,
}

impl Campaign {
    /// The form as this campaign asks it. Its version and that of its consent follow from what
    /// differs, so that equal versions are equal forms.
    #[must_use]
    pub fn tailor(&self, mut form: Form) -> Form {
        self.tailor_posts(&mut form);
        self.tailor_units(&mut form);
        self.tailor_competencies(&mut form);
        if self.is_anonymous {
            form.leave_out(|question| question.role == Some(Role::Person));
        }
        if let Some(digest) = self.digest_of_form() {
            form.version = format!("{}-{digest}", form.version);
        }
        if let Some(digest) = self.digest_of_consent() {
            form.consent_version = format!("{}-{digest}", form.consent_version);
        }
        form
    }

    fn tailor_posts(&self, form: &mut Form) {
        let Tailoring { left_out_posts, post_labels, added_posts, .. } = &self.tailoring;
        let post = form.with_role(Role::Post);
        let Some(list) = post.and_then(|post| post.kind.list()).map(str::to_owned) else { return };
        let mut posts = form.choices(&list).to_vec();
        for added in added_posts {
            let like = posts.iter().find(|post| post.name == added.like);
            let columns = like.map_or(&[][..], Choice::columns).to_vec();
            posts.push(Choice::new(&added.name, one_text(&added.label), columns));
            for competency in &mut form.competencies {
                if let Some(level) = competency.required_levels.get(&added.like).copied() {
                    competency.required_levels.insert(added.name.clone(), level);
                }
            }
        }
        posts.retain(|post| !left_out_posts.contains(&post.name));
        for post in &mut posts {
            if let Some(label) = post_labels.get(&post.name) {
                post.label = one_text(label);
            }
        }
        form.add_list(&list, posts);
    }

    fn tailor_competencies(&self, form: &mut Form) {
        let Tailoring { left_out_competencies, required_levels, .. } = &self.tailoring;
        let is_left_out = |code: &str| left_out_competencies.contains(code);
        form.competencies.retain(|competency| !is_left_out(&competency.code));
        for competency in &mut form.competencies {
            let levels = required_levels.get(&competency.code).into_iter().flatten();
            let levels = levels.map(|(post, level)| (post.clone(), *level));
            competency.required_levels.extend(levels);
        }
        form.leave_out(|question| {
            question.rating.as_ref().is_some_and(|rating| is_left_out(&rating.competency))
        });
    }

    /// Tells forms apart that ask differently; `None` for the form as it was.
    fn digest_of_form(&self) -> Option<String> {
        let units = self.offered_units();
        let is_changed = self.tailoring != Tailoring::default() || self.is_anonymous;
        (is_changed || !units.is_empty()).then(|| {
            let tailoring = format!("{:?}", self.tailoring);
            let anonymous = if self.is_anonymous { "anonymous" } else { "" };
            // Without units the parts are those of campaigns that had no roster yet.
            let units = units.iter().flat_map(|(code, name)| [code, name.as_str()]);
            let parts = [tailoring.as_str(), anonymous].into_iter().chain(units);
            digest_of(&parts.collect::<Vec<_>>())
        })
    }

    /// Tells apart what was agreed to; `None` where only the form's own words are.
    fn digest_of_consent(&self) -> Option<String> {
        let Self { organiser, contact, purpose, keep_until, consent, .. } = self;
        let terms = [organiser, contact, purpose, keep_until, consent].map(String::as_str);
        terms.iter().any(|term| !term.is_empty()).then(|| digest_of(&terms))
    }
}

fn digest_of(parts: &[&str]) -> String {
    let mut digest = Digest::default();
    for (place, part) in parts.iter().enumerate() {
        digest.add(&place.to_string(), part);
    }
    digest.finish()
}

fn one_text(text: &str) -> Localized {
    Localized::new([(String::new(), text.to_owned())])
}

impl Form {
    /// Never asks the questions that `is_left_out` names. They keep their columns, so that other
    /// expressions still know them.
    pub(super) fn leave_out(&mut self, is_left_out: impl Fn(&Question) -> bool) {
        for question in self.questions_mut().iter_mut().filter(|question| is_left_out(question)) {
            question.relevant = Some(Expression::Call(Function::False, Vec::new()));
            question.rating = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filled::{Circumstances, Filled};
    use crate::forms;
    use rows::answers::Answers;
    use std::rc::Rc;

    fn tailored(campaign: &Campaign) -> Form {
        campaign.tailor(forms::needs().unwrap())
    }

    fn asked(form: Form, post: &str) -> Vec<String> {
        let mut answers = Answers::default();
        answers.set("chuc_danh", post);
        let filled = Filled::new(Rc::new(form), answers, Circumstances::default());
        let screens = filled.screens();
        let fields = screens.iter().flat_map(|screen| &screen.fields);
        fields.map(|field| field.key.clone()).collect()
    }

    #[test]
    fn a_campaign_that_changes_nothing_asks_the_form_as_it_is() {
        assert_eq!(tailored(&Campaign::default()), forms::needs().unwrap());
    }

    #[test]
    fn a_competency_that_is_left_out_is_neither_asked_nor_analysed() {
        let mut campaign = Campaign::default();
        campaign.tailoring.left_out_competencies.insert("F3".to_owned());
        let form = tailored(&campaign);
        assert!(form.competency_position("F3").is_none());
        let asked = asked(form.clone(), "bt");
        assert!(asked.contains(&"imp_F2".to_owned()));
        assert!(!asked.iter().any(|key| key.ends_with("_F3")), "{asked:?}");
        assert_ne!(form.version, forms::needs().unwrap().version, "old drafts keep their form");
    }

    #[test]
    fn a_post_of_ones_own_is_asked_what_the_post_it_is_like_is_asked() {
        let mut campaign = Campaign::default();
        campaign.tailoring.added_posts.push(AddedPost {
            name: "pvp".to_owned(),
            label: "Phó Văn phòng".to_owned(),
            like: "cvp".to_owned(),
        });
        campaign.tailoring.required_levels.insert("D2".into(), [("pvp".into(), 5)].into());
        let form = tailored(&campaign);
        assert_eq!(asked(form.clone(), "pvp"), asked(form.clone(), "cvp"));
        let d2 = form.competency("D2").unwrap();
        assert_eq!(d2.required_levels.get("pvp"), Some(&5));
        let d4 = form.competency("D4").unwrap();
        assert_eq!(d4.required_levels.get("pvp"), d4.required_levels.get("cvp"));
    }

    #[test]
    fn posts_can_be_renamed_and_left_out() {
        let mut campaign = Campaign::default();
        campaign.tailoring.left_out_posts.insert("cn_ubkt".to_owned());
        campaign.tailoring.post_labels.insert("bt".into(), "Bí thư xã".into());
        let form = tailored(&campaign);
        let posts = form.choices("chuc_danh");
        assert!(!posts.iter().any(|post| post.name == "cn_ubkt"));
        let bt = posts.iter().find(|post| post.name == "bt").unwrap();
        assert_eq!((bt.label.get("vi"), bt.label.get("en")), ("Bí thư xã", "Bí thư xã"));
    }

    #[test]
    fn an_anonymous_campaign_asks_for_no_name() {
        let campaign = Campaign { is_anonymous: true, ..Campaign::default() };
        assert!(!asked(tailored(&campaign), "bt").contains(&"ho_ten".to_owned()));
        assert!(asked(forms::needs().unwrap(), "bt").contains(&"ho_ten".to_owned()));
    }

    #[test]
    fn consent_has_another_version_when_its_terms_change() {
        let named =
            |organiser: &str| Campaign { organiser: organiser.into(), ..Campaign::default() };
        let version = |campaign: &Campaign| tailored(campaign).consent_version;
        let (one, other) = (version(&named("Sở Nội vụ")), version(&named("Trường Chính trị")));
        assert_ne!(one, other);
        assert_eq!(one, version(&named("Sở Nội vụ")));
        assert_eq!(version(&Campaign::default()), forms::needs().unwrap().consent_version);
    }
}
