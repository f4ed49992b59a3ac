//! The report: what was found in one document that is printed or kept as a file.
//!
//! It is made of the same elements as drawings, so that screen, paper and file show the same. What
//! it says follows from the numbers: a word such as "most" stands where the share allows it.

mod amount;
mod parts;

use serde::{Deserialize, Serialize};

use super::svg::Shape;
use crate::domain::campaign::Campaign;
use crate::domain::chart::heat_table::HeatTable;
use crate::domain::chart::need_map::NeedMap;
use crate::domain::coverage::CoverageSums;
use crate::domain::form::Form;
use crate::domain::needs::Needs;
use crate::domain::obstacles::Obstacles;
use crate::domain::plan::{Course, Plan};
use crate::domain::profile::CrossTable;
use crate::domain::stability::Stability;
use crate::text::Language;

pub use amount::Amount;

/// What the report is made of, besides the class plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// How many responses are looked at.
    pub people: u64,
    /// How many people of other desks count in needs, map and heatmap.
    pub elsewhere: u64,
    /// How many of the people who are asked have answered; `None` without a roster.
    pub coverage: Option<CoverageSums>,
    /// The same by post, by its position in the roster.
    pub coverage_by_post: Vec<(usize, CoverageSums)>,
    /// What everybody together answered, a table a question.
    pub profile: Vec<CrossTable>,
    /// The needs of everybody together.
    pub needs: Needs,
    /// How sure their ranking is.
    pub stability: Option<Stability>,
    /// The map of everybody together.
    pub map: NeedMap,
    /// Posts by competencies.
    pub heat: HeatTable,
    /// What stands in the way.
    pub obstacles: Obstacles,
    /// How many responses have several flags, and how many any.
    pub flagged: [u64; 2],
    /// How many competencies have another place when those with several flags are left out.
    pub moved_places: u64,
}

/// Everything that a report says.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Who asked whom.
    pub campaign: &'a Campaign,
    /// The form.
    pub form: &'a Form,
    /// Which responses are looked at, in words; empty where all are.
    pub filter: Option<&'a str>,
    /// What was found.
    pub findings: &'a Findings,
    /// The class plan with its courses, once there is one.
    pub plan: Option<(&'a Plan, &'a [Course])>,
    /// The day on which it is made.
    pub today: &'a str,
    /// Its language.
    pub t: Language,
}

const STYLES: &str = include_str!("report/report.css");

impl Report<'_> {
    /// The document as a part of the page.
    pub fn article(&self) -> Shape {
        Shape::new("article")
            .with("class", "report")
            .with("lang", self.t.code())
            .holding([Shape::new("style").saying(STYLES)])
            .holding(parts::all(self))
    }

    /// The document as a file of its own.
    pub fn file(&self) -> String {
        let title = self.t.report_title(&self.campaign.name);
        let head = Shape::new("head").holding([
            Shape::new("meta").with("charset", "utf-8"),
            Shape::new("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Shape::new("title").saying(title),
        ]);
        let body = Shape::new("body").holding([self.article()]);
        let html = Shape::new("html").with("lang", self.t.code()).holding([head, body]);
        format!("<!doctype html>{html}")
    }
}
