//! The families of posts: Party, People's Council, People's Committee, Front.

use std::collections::BTreeSet;

use crate::domain::form::{Choice, Form, Role};

/// How the column of the list of posts that names families is called in the forms that ship, and
/// in English.
const HEADINGS: [&str; 3] = ["nhom", "family", "group"];

/// The family of a post: what stands in that column of its list, else in the first other one that
/// puts several posts together; else the post is a family of its own.
pub fn family_of(form: &Form, post: &str) -> String {
    let list = form.with_role(Role::Post).and_then(|asked| asked.kind.list());
    let posts = form.choices(list.unwrap_or_default());
    let column = column(posts);
    let choice = posts.iter().find(|choice| choice.name == post);
    let family = choice.zip(column).map_or("", |(choice, column)| choice.column(column));
    if family.is_empty() { post.to_owned() } else { family.to_owned() }
}

fn column(posts: &[Choice]) -> Option<&str> {
    let headings = posts.iter().flat_map(Choice::columns).map(|(heading, _)| heading.as_str());
    let mut seen = Vec::new();
    for heading in headings {
        if !seen.contains(&heading) {
            seen.push(heading);
        }
    }
    let known = HEADINGS.into_iter().find_map(|known| seen.iter().find(|own| **own == known));
    let groups = |heading: &&&str| {
        let families: BTreeSet<&str> = posts.iter().map(|post| post.column(heading)).collect();
        families.len() > 1 && families.len() < posts.len()
    };
    known.or_else(|| seen.iter().find(groups)).copied()
}
