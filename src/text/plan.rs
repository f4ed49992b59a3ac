//! What is said about the class plan.

use super::Language;
use crate::domain::form::{Form, Role};
use crate::domain::plan::{Band, Class, Cluster, Course, NeedRule, Split, TooFew, WhyIdle, Wish};

/// So many clusters of a class are named.
const NAMED_CLUSTERS: usize = 3;

impl Language {
    /// Who needs a course.
    pub fn plan_rule(self, rule: NeedRule) -> &'static str {
        match rule {
            NeedRule::Shortfall => self.plan_rule_shortfall(),
            NeedRule::HighNeed => self.plan_rule_high_need(),
            NeedRule::Wish => self.plan_rule_wish(),
        }
    }

    /// By what classes are told apart.
    pub fn plan_split_by(self, split: Split) -> &'static str {
        match split {
            Split::Family => self.plan_split_family(),
            Split::Level => self.plan_split_level(),
            Split::Place => self.plan_split_place(),
        }
    }

    /// What becomes of groups that are too small.
    pub fn plan_small_groups(self, too_few: TooFew) -> &'static str {
        match too_few {
            TooFew::Merge => self.plan_merge(),
            TooFew::Online => self.plan_online(),
        }
    }

    /// How far the people of a class are below the required level.
    pub fn plan_band(self, band: Band) -> &'static str {
        match band {
            Band::Near => self.plan_band_near(),
            Band::Far => self.plan_band_far(),
        }
    }

    /// A family of posts: that of the forms that ship, a post that is one of its own, or the word
    /// of the form.
    pub fn plan_family(self, form: &Form, family: &str) -> String {
        match family {
            "dang" => self.plan_family_party().to_owned(),
            "hdnd" => self.plan_family_council().to_owned(),
            "ubnd" => self.plan_family_committee().to_owned(),
            "mttq" => self.plan_family_front().to_owned(),
            other => match form.with_role(Role::Post) {
                Some(post) => self.answer_words(form, &post.name, other),
                None => other.to_owned(),
            },
        }
    }

    /// A unit, as the form calls it.
    pub fn plan_unit(self, form: &Form, code: &str) -> String {
        match form.with_role(Role::Unit) {
            Some(unit) => self.answer_words(form, &unit.name, code),
            None => code.to_owned(),
        }
    }

    /// Where the units of a cluster lie.
    pub fn plan_place(self, form: &Form, cluster: &Cluster) -> String {
        let (centre, units) = (self.plan_unit(form, &cluster.centre), cluster.units.len());
        match (cluster.across_km, units) {
            (_, 0) => self.plan_cluster_unknown().to_owned(),
            (Some(_), 1) => centre,
            (Some(km), _) => self.plan_cluster(&centre, &units, &self.number(km, 0)),
            (None, _) if cluster.province.is_empty() => self.plan_cluster_unit(&centre),
            (None, _) => self.plan_cluster_province(&cluster.province, &units),
        }
    }

    /// For whom a class is: families, levels and places, as far as these tell classes apart.
    pub fn plan_for_whom(self, form: &Form, clusters: &[Cluster], class: &Class) -> Vec<String> {
        let families: Vec<String> =
            class.families.iter().map(|family| self.plan_family(form, family)).collect();
        let bands: Vec<&str> = class.bands.iter().map(|band| self.plan_band(*band)).collect();
        let named = class.clusters.iter().take(NAMED_CLUSTERS);
        let named = named.filter_map(|at| clusters.get(*at));
        let mut places: Vec<String> = named.map(|own| self.plan_place(form, own)).collect();
        if let Some(more @ 1..) = class.clusters.len().checked_sub(NAMED_CLUSTERS) {
            places.push(self.plan_clusters_more(&more));
        }
        let said = [families.join(", "), bands.join(", "), places.join("; ")];
        said.into_iter().filter(|words| !words.is_empty()).collect()
    }

    /// What a wish is about.
    pub fn plan_wish_about(self, role: Role) -> &'static str {
        match role {
            Role::Duration => self.plan_wish_duration(),
            Role::Quarter => self.plan_wish_quarter(),
            Role::Venue => self.plan_wish_venue(),
            _ => self.plan_wish_delivery(),
        }
    }

    /// What most people of a class wish; `None` where the form does not ask, or nobody answered.
    pub fn plan_wish(self, form: &Form, role: Role, wish: &Wish) -> Option<String> {
        let question = form.with_role(role)?;
        let what = self.plan_wish_about(role);
        let words =
            |choice: &String| format!("“{}”", self.answer_words(form, &question.name, choice));
        let choices: Vec<String> = wish.chosen.iter().map(words).collect();
        Some(match choices.as_slice() {
            [] => return None,
            [one] => self.plan_wish_one(&what, one, &wish.votes, &wish.answered),
            several => self.plan_wish_tie(&what, &several.join(", "), &wish.votes, &wish.answered),
        })
    }

    /// An amount of money.
    pub fn plan_amount(self, amount: f64) -> String {
        self.plan_money(&self.number(amount, 0))
    }

    /// The weeks from the first to the last.
    pub fn plan_span(self, first: u16, last: u16) -> String {
        if first == last { self.plan_week(&first) } else { self.plan_weeks_from_to(&first, &last) }
    }

    /// Why a change by hand cannot be made any more.
    pub fn plan_idle(self, why: WhyIdle) -> &'static str {
        match why {
            WhyIdle::NoCourse => self.plan_idle_course(),
            WhyIdle::NoClass => self.plan_idle_class(),
            WhyIdle::NoPerson => self.plan_idle_person(),
            WhyIdle::NoNeed => self.plan_idle_need(),
            WhyIdle::NoWeek => self.plan_idle_week(),
        }
    }

    /// A course by its id; the id where there is none any more.
    pub fn plan_course(self, courses: &[Course], id: &str) -> String {
        let course = courses.iter().find(|course| course.id == id);
        course.map_or(id, |course| course.name.as_str()).to_owned()
    }
}
