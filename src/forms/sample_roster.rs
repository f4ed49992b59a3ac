//! A roster to try things with: the key posts of the 177 communes of Thái Nguyên as of 31 December
//! 2023, of which only the sums were published. Which commune lacked whom is made up, the same
//! every time: what is missing is spread evenly.

use crate::domain::roster::{Places, Roster, Side, Unit};

/// How many communes there were.
const UNITS: u32 = 177;

/// Each post with what most communes have, and the sums of the quota and of those who were there.
const POSTS: [(&str, Places, u32, u32); 6] = [
    ("bt", ONE, 177, 174),
    ("pbt_tt", ONE, 177, 175),
    // The council was chaired by the party secretary or a deputy.
    ("ct_hdnd", Places { quota: Some(1), actual: Some(0) }, 177, 9),
    ("pct_hdnd", ONE, 177, 174),
    ("ct_ubnd", ONE, 177, 171),
    ("pct_ubnd", Places { quota: Some(2), actual: Some(2) }, 313, 294),
];

const ONE: Places = Places { quota: Some(1), actual: Some(1) };

/// The roster.
pub fn sample_roster() -> Roster {
    let mut roster = Roster::of_posts(POSTS.map(|(post, ..)| post.to_owned()));
    for number in 1..=UNITS {
        let (code, name) = (format!("tn{number:03}"), format!("Đơn vị {number}"));
        roster.units.push(Unit { code, name, ..Unit::default() });
    }
    for (post, (_, default, quota, actual)) in POSTS.into_iter().enumerate() {
        let usual = default.quota.unwrap_or(0);
        for (unit, turn) in (0..UNITS).cycle().skip(31 * post).take(177).enumerate() {
            let quota_here = usual - share(usual * UNITS - quota, turn);
            let actual_here = quota_here - share(quota - actual, turn);
            for (side, people) in [(Side::Quota, quota_here), (Side::Actual, actual_here)] {
                if default.get(side) != Some(people) {
                    roster.set(unit, post, side, Some(people));
                }
            }
        }
        for side in Side::ALL {
            roster.set_default(post, side, default.get(side));
        }
    }
    roster
}

/// What a unit has of `whole` things that are spread evenly, at most one for each unit.
fn share(whole: u32, turn: u32) -> u32 {
    (turn + 1) * whole / UNITS - turn * whole / UNITS
}
