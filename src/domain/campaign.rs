//! A campaign: who asks whom, why, until when, and how its form differs from the one it is made of.

mod tailoring;
mod units;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::profile::Evaluation;
use super::roster::Roster;

pub use tailoring::{AddedPost, Tailoring};

/// A campaign, without its form.
///
/// Texts are as the trainer wrote them; an empty one is not said. Days are written `2026-12-02`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Campaign {
    /// Made once and never changed; responses carry it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The organisation that asks.
    pub organiser: String,
    /// Whom to ask when something is unclear: a person, a telephone number, an address.
    pub contact: String,
    /// What the answers are for.
    pub purpose: String,
    /// The first day on which answers are wanted.
    pub opens: String,
    /// The last one.
    pub closes: String,
    /// The day until which personal data are kept.
    pub keep_until: String,
    /// What is agreed to, in place of the form's own words where it is not empty.
    pub consent: String,
    /// True when nobody is asked for a name.
    pub is_anonymous: bool,
    /// The public key that responses are encrypted for, `age1…`; empty where they are not.
    pub recipient: String,
    /// How its form differs from the one it is made of.
    pub tailoring: Tailoring,
    /// Where the people are who are asked, and how many; nothing is known where it is empty.
    pub roster: Rc<Roster>,
    /// By what people are judged and put together at the desk; `None` as it ships with the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
}

/// Where a day stands against those of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before its first day.
    NotYet,
    /// Between its days, or it has none.
    Open,
    /// After its last day.
    Over,
}

impl Campaign {
    /// True where responses are encrypted before they leave the device.
    pub fn encrypts(&self) -> bool {
        !self.recipient.is_empty()
    }

    /// Where a day, written `2026-12-02`, stands.
    pub fn phase(&self, day: &str) -> Phase {
        if !self.opens.is_empty() && day < self.opens.as_str() {
            Phase::NotYet
        } else if !self.closes.is_empty() && day > self.closes.as_str() {
            Phase::Over
        } else {
            Phase::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_open_on_its_first_and_last_day() {
        let dates = Campaign {
            opens: "2026-12-01".to_owned(),
            closes: "2026-12-31".to_owned(),
            ..Campaign::default()
        };
        let phases = ["2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"];
        assert_eq!(
            phases.map(|day| dates.phase(day)),
            [Phase::NotYet, Phase::Open, Phase::Open, Phase::Over]
        );
        assert_eq!(Campaign::default().phase("2026-11-30"), Phase::Open);
    }
}
