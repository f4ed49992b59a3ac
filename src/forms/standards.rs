//! What posts ask of those who hold them, and which are looked at together, as the built-in
//! self-assessment begins with it; a trainer changes it.

use crate::domain::campaign::Campaign;
use crate::domain::form::{Form, Role};
use crate::domain::profile::{Evaluation, PostGroup, Standard};

/// A question with the least choice, the posts that ask for more, and the choice that has no place
/// in the order.
type Ladder =
    (&'static str, &'static str, &'static [(&'static str, &'static str)], Option<&'static str>);

const STANDARDS: [Ladder; 3] = [
    ("chuyen_mon", "dai_hoc", &[], None),
    ("ly_luan", "trung_cap", &[("bt", "cao_cap"), ("ct_ubnd", "cao_cap")], Some("tuong_duong")),
    ("quan_ly_nn", "chuyen_vien", &[], None),
];

/// The standards that are about questions of this form.
pub fn standards(form: &Form) -> Vec<Standard> {
    let asked = STANDARDS.iter().filter(|(question, ..)| form.question(question).is_some());
    let text = |word: &str| word.to_owned();
    let standards = asked.map(|(question, usual, of_posts, unplaced)| Standard {
        question: text(question),
        usual: text(usual),
        of_posts: of_posts.iter().map(|(post, least)| (text(post), text(least))).collect(),
        unplaced: unplaced.iter().map(|choice| text(choice)).collect(),
    });
    standards.collect()
}

/// The bodies whose members' qualifications are reported, each with the posts that usually sit in
/// it.
const BODIES: [(&str, &[&str]); 2] = [
    (
        "Ban Chấp hành Đảng bộ",
        &[
            "bt", "pbt_tt", "cn_ubkt", "tb_xdd", "ct_hdnd", "pct_hdnd", "ct_ubnd", "pct_ubnd",
            "ct_mttq", "bt_doan", "cht_qs",
        ],
    ),
    ("Ban Thường vụ Đảng ủy", &["bt", "pbt_tt", "cn_ubkt", "tb_xdd", "ct_hdnd", "ct_ubnd"]),
];

/// The standards, and the groups of posts that the form has.
pub fn evaluation(form: &Form) -> Evaluation {
    let list = form.with_role(Role::Post).and_then(|post| post.kind.list());
    let offered = form.choices(list.unwrap_or_default());
    let groups = BODIES.into_iter().map(|(name, posts)| {
        let posts = posts.iter().filter(|post| offered.iter().any(|one| one.name == **post));
        PostGroup { name: name.to_owned(), posts: posts.map(|post| (*post).to_owned()).collect() }
    });
    Evaluation {
        standards: standards(form),
        post_groups: groups.filter(|group| !group.posts.is_empty()).collect(),
    }
}

/// By what a campaign judges: as its trainer has set it, else as it ships with the form.
pub fn evaluation_of(campaign: &Campaign, form: &Form) -> Evaluation {
    campaign.evaluation.clone().unwrap_or_else(|| evaluation(form))
}
