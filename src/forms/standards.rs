//! What posts ask of those who hold them, as the built-in self-assessment begins with it; a
//! trainer changes it.

use crate::domain::form::Form;
use crate::domain::profile::Standard;

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
