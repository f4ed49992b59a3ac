//! Which column of a foreign table says what: proposed from the headings, decided by a person.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Side;
use crate::domain::foreign::{likeness, plain};

/// What a column says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ColumnUse {
    /// Nothing that is wanted.
    #[default]
    Nothing,
    /// The unit's code.
    Code,
    /// The unit's name.
    Name,
    /// What the unit is, where its name does not say it.
    Kind,
    /// The district.
    District,
    /// The province.
    Province,
    /// How many people there should be, or are, in the post of this name.
    People(String, Side),
}

impl ColumnUse {
    /// What a column may say of the unit itself.
    pub const OF_UNITS: [Self; 5] =
        [Self::Code, Self::Name, Self::Kind, Self::District, Self::Province];

    /// Folded headings that mean it, the surest first.
    fn headings(&self) -> &'static [&'static str] {
        match self {
            Self::Code => &[
                "ma don vi",
                "ma xa",
                "ma xa phuong",
                "ma dvhc",
                "ma don vi hanh chinh",
                "unit code",
                "ma so",
                "ma",
                "code",
                "name",
            ],
            Self::Name => &[
                "ten don vi",
                "ten xa",
                "ten xa phuong",
                "ten xa phuong dac khu",
                "ten xa phuong thi tran",
                "ten dvhc",
                "ten don vi hanh chinh",
                "unit name",
                "xa phuong dac khu",
                "xa phuong thi tran",
                "xa phuong",
                "don vi",
                "don vi hanh chinh",
                "unit",
                "commune",
                "xa",
                "ten",
                "label",
                "name",
            ],
            Self::Kind => &["loai don vi", "loai hinh", "loai", "cap", "unit type", "type", "kind"],
            Self::District => &[
                "ten huyen",
                "quan huyen",
                "huyen",
                "huyen thi xa thanh pho",
                "district",
                "ma huyen",
            ],
            Self::Province => &[
                "tinh thanh pho",
                "ten tinh",
                "tinh",
                "tinh thanh",
                "tinh tp",
                "province name",
                "province",
                "ma tinh",
                "province code",
            ],
            Self::Nothing | Self::People(..) => &[],
        }
    }
}

impl ColumnUse {
    /// True when a heading in plain letters is usual for it.
    pub(in crate::domain) fn is_headed(&self, plain: &str) -> bool {
        self.headings().contains(&plain)
    }
}

/// A post as the form has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostName {
    /// Its name in the form.
    pub name: String,
    /// What people call it, in each language of the form.
    pub labels: Vec<String>,
}

/// What each column probably says, from its heading. No use is given twice.
pub fn proposed(headings: &[String], posts: &[PostName]) -> Vec<ColumnUse> {
    let mut uses = vec![ColumnUse::Nothing; headings.len()];
    for column in ColumnUse::OF_UNITS {
        let fits = headings.iter().zip(&uses).enumerate();
        let free = fits.filter(|(_, (_, known))| **known == ColumnUse::Nothing);
        let heading = |text: &str| plain(text);
        let sureness = |text: &str| {
            let text = heading(text);
            column.headings().iter().position(|known| *known == text)
        };
        let best = free.filter_map(|(at, (text, _))| Some((sureness(text)?, at))).min();
        if let Some(slot) = best.and_then(|(_, at)| uses.get_mut(at)) {
            *slot = column;
        }
    }
    let posts: Vec<Post> = posts.iter().map(Post::of).collect();
    let mut fits: Vec<(u32, usize, &str, Option<Side>)> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        if uses.get(at) == Some(&ColumnUse::Nothing) {
            let (side, rest) = side(heading);
            let fit = best_post(&posts, &post_words(&rest));
            fits.extend(fit.map(|(likeness, post)| (likeness, at, post, side)));
        }
    }
    // Of two columns for one number the one that is more like it, then the first.
    fits.sort_by_key(|(likeness, at, _, _)| (Reverse(*likeness), *at));
    for (_, at, post, side) in fits {
        let sides = match side {
            Some(side) => vec![side],
            // A number alone is a quota, and a second one beside it those who are there.
            None => Side::ALL.to_vec(),
        };
        let mut free = sides.into_iter().map(|side| ColumnUse::People(post.to_owned(), side));
        if let Some(column) = free.find(|column| !uses.contains(column))
            && let Some(slot) = uses.get_mut(at)
        {
            *slot = column;
        }
    }
    uses
}

/// True when a heading is understood; the row with most of them is the heading.
pub fn is_known(heading: &str, posts: &[PostName]) -> bool {
    proposed(&[heading.to_owned()], posts) != [ColumnUse::Nothing]
}

/// The side that a heading names, and the heading without the words for it.
pub fn side(heading: &str) -> (Option<Side>, String) {
    const QUOTA: [&str; 10] = [
        "bien che duoc giao",
        "bien che",
        "dinh bien",
        "duoc giao",
        "quy dinh",
        "can co",
        "ke hoach",
        "chi tieu",
        "quota",
        "giao",
    ];
    const ACTUAL: [&str; 9] = [
        "hien co", "co mat", "thuc te", "thuc co", "hien tai", "dang giu", "dang lam", "da co",
        "actual",
    ];
    let text = format!(" {} ", plain(heading));
    let sides = [(Side::Actual, &ACTUAL[..]), (Side::Quota, &QUOTA[..])];
    for (side, known) in sides {
        for word in known {
            let word = format!(" {word} ");
            if text.contains(&word) {
                return (Some(side), text.replacen(&word, " ", 1).trim().to_owned());
            }
        }
    }
    (None, text.trim().to_owned())
}

/// A post by the words for it.
struct Post<'p> {
    name: &'p str,
    spellings: Vec<BTreeSet<String>>,
}

impl<'p> Post<'p> {
    fn of(post: &'p PostName) -> Self {
        // `Trưởng phòng Kinh tế (Kinh tế, Hạ tầng và Đô thị)` is called either way.
        let labels = post.labels.iter().flat_map(|label| {
            let short = label.split('(').next().unwrap_or_default();
            [post_words(label), post_words(short)]
        });
        let spellings = std::iter::once(post_words(&post.name)).chain(labels);
        Self { name: &post.name, spellings: spellings.filter(|words| !words.is_empty()).collect() }
    }
}

/// How like a post a heading must be, of a hundred.
const LEAST_LIKENESS: u32 = 60;

/// The post that a heading is most like; none where two are equally like it.
fn best_post<'p>(posts: &[Post<'p>], heading: &BTreeSet<String>) -> Option<(u32, &'p str)> {
    let mut fits: Vec<(u32, &str)> = posts
        .iter()
        .filter_map(|post| {
            let likeness = post.spellings.iter().map(|words| likeness(words, heading)).max()?;
            (likeness >= LEAST_LIKENESS).then_some((likeness, post.name))
        })
        .collect();
    fits.sort_by_key(|(likeness, _)| Reverse(*likeness));
    match fits.as_slice() {
        [best] => Some(*best),
        [best, second, ..] if best.0 > second.0 => Some(*best),
        _ => None,
    }
}

/// The words of a post, abbreviations written out and offices abbreviated, as it is usual.
pub(in crate::domain) fn post_words(text: &str) -> BTreeSet<String> {
    const OFFICES: [(&str, &str); 4] = [
        ("uy ban nhan dan", "ubnd"),
        ("hoi dong nhan dan", "hdnd"),
        ("mat tran to quoc", "mttq"),
        ("lien hiep phu nu", "lhpn"),
    ];
    const LONG: [(&str, &str); 9] = [
        ("ct", "chu tich"),
        ("pct", "pho chu tich"),
        ("bt", "bi thu"),
        ("pbt", "pho bi thu"),
        ("tp", "truong phong"),
        ("gd", "giam doc"),
        ("cvp", "chanh van phong"),
        ("tt", "thuong truc"),
        ("ccb", "cuu chien binh"),
    ];
    /// Words of tables, not of posts.
    const EMPTY: [&str; 8] = ["so", "luong", "nguoi", "va", "cua", "cap", "xa", "chuc"];
    let mut text = format!(" {} ", plain(text));
    for (long, short) in OFFICES {
        text = text.replace(&format!(" {long} "), &format!(" {short} "));
    }
    let written_out = text
        .split_whitespace()
        .map(|word| LONG.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long));
    let words = written_out.flat_map(str::split_whitespace);
    words.filter(|word| !EMPTY.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posts() -> Vec<PostName> {
        let posts = [
            ("bt", "Bí thư Đảng ủy"),
            ("pbt_tt", "Phó Bí thư Thường trực Đảng ủy"),
            ("ct_hdnd", "Chủ tịch HĐND"),
            ("pct_hdnd", "Phó Chủ tịch HĐND"),
            ("ct_ubnd", "Chủ tịch UBND"),
            ("pct_ubnd", "Phó Chủ tịch UBND"),
            ("tp_kt", "Trưởng phòng Kinh tế (Kinh tế, Hạ tầng và Đô thị)"),
            ("bt_doan", "Bí thư Đoàn TNCS Hồ Chí Minh (Phó Chủ tịch MTTQ)"),
        ];
        posts.map(|(name, label)| PostName { name: name.into(), labels: vec![label.into()] }).into()
    }

    fn proposals(headings: &[&str]) -> Vec<ColumnUse> {
        let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
        proposed(&headings, &posts())
    }

    fn people(post: &str, side: Side) -> ColumnUse {
        ColumnUse::People(post.to_owned(), side)
    }

    #[test]
    fn headings_are_understood_in_any_order_and_without_diacritics() {
        assert_eq!(
            proposals(&[
                "STT",
                "PCT UBND - hiện có",
                "Tỉnh",
                "Ten xa, phuong",
                "Phó Chủ tịch Ủy ban nhân dân (biên chế)",
                "Mã đơn vị",
                "Ghi chú",
                "bi thu",
            ]),
            [
                ColumnUse::Nothing,
                people("pct_ubnd", Side::Actual),
                ColumnUse::Province,
                ColumnUse::Name,
                people("pct_ubnd", Side::Quota),
                ColumnUse::Code,
                ColumnUse::Nothing,
                people("bt", Side::Quota),
            ]
        );
    }

    #[test]
    fn two_columns_of_one_post_are_its_quota_and_those_who_are_there() {
        assert_eq!(
            proposals(&["Chủ tịch HĐND", "Chủ tịch HĐND", "Chủ tịch HĐND"]),
            [people("ct_hdnd", Side::Quota), people("ct_hdnd", Side::Actual), ColumnUse::Nothing]
        );
    }

    #[test]
    fn the_names_of_the_form_are_headings_too() {
        assert_eq!(
            proposals(&["name", "label", "tp_kt quota", "bt_doan actual"]),
            [
                ColumnUse::Code,
                ColumnUse::Name,
                people("tp_kt", Side::Quota),
                people("bt_doan", Side::Actual)
            ]
        );
    }

    #[test]
    fn a_heading_that_fits_two_posts_is_left_to_the_person() {
        assert_eq!(proposals(&["Phó Chủ tịch", "Tổng số", ""]), vec![ColumnUse::Nothing; 3]);
    }
}
