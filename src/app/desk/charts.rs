//! What the charts show, and how.

mod caption;

use std::rc::Rc;

use super::{Desk, DeskMsg};
use crate::app::protocol::{ChartReply, ChartRequest, OfGroup, Request, Scope, Who};
use crate::app::route::Step;
use crate::app::{Effect, Msg};
use crate::domain::chart::heat_table::{HeatOrder, HeatTable, HeatValue};
use crate::domain::chart::level_profile::LevelProfile;
use crate::domain::chart::need_map::{MapView, NeedMap};
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::measure::importance_performance::{LineChoice, Point};
use crate::formats::chart::need_map::MapLook;
use crate::formats::chart::{Layout, heatmap, level_profile, need_map};
use crate::text::Language;

pub use caption::value_name;

/// The charts.
#[derive(Debug, Clone, PartialEq)]
pub struct Charts {
    /// Where the map's lines lie.
    pub lines: MapLines,
    /// The lines that a person has set.
    pub own_lines: Point,
    /// True where the map shows its intervals.
    pub with_intervals: bool,
    /// What stands in the cells of the table.
    pub value: HeatValue,
    /// In which order.
    pub order: HeatOrder,
    /// True while single people may be looked at.
    pub is_protected: bool,
    /// By what a person is looked for.
    pub search: String,
    /// The person whose profile is shown, by the response's root.
    pub person: Option<String>,
    /// The map.
    pub map: Kept<OfGroup<NeedMap>>,
    /// The groups by competencies.
    pub heat: Kept<HeatTable>,
    /// The profile of a group.
    pub profile: Kept<OfGroup<LevelProfile>>,
    /// The profile of a person.
    pub one: Kept<Option<(Who, LevelProfile)>>,
    /// The people who were found.
    pub found: Kept<Vec<Who>>,
}

impl Default for Charts {
    fn default() -> Self {
        Self {
            lines: MapLines::default(),
            // "Important" and "able".
            own_lines: Point { importance: 4.0, ability: 4.0 },
            with_intervals: false,
            value: HeatValue::default(),
            order: HeatOrder::default(),
            is_protected: false,
            search: String::new(),
            person: None,
            map: Kept::default(),
            heat: Kept::default(),
            profile: Kept::default(),
            one: Kept::default(),
            found: Kept::default(),
        }
    }
}

/// Where the lines of the map lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MapLines {
    /// At the means of all competencies.
    #[default]
    Means,
    /// At their medians.
    Medians,
    /// In the middle of the scale.
    Midpoint,
    /// Where a person has set them.
    Own,
    /// At the means, on a map of importance and gap.
    Focus,
}

impl MapLines {
    /// Every one, as lists show them.
    pub const ALL: [Self; 5] = [Self::Means, Self::Medians, Self::Midpoint, Self::Own, Self::Focus];

    /// The word for it in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Means => "means",
            Self::Medians => "medians",
            Self::Midpoint => "midpoint",
            Self::Own => "own",
            Self::Focus => "focus",
        }
    }
}

/// Something that the worker computes for a request, kept until another one is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    asked: Option<ChartRequest>,
    value: Option<Rc<T>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { asked: None, value: None }
    }
}

impl<T> Kept<T> {
    /// What was computed last; it is shown until what is asked for now is there.
    pub fn get(&self) -> Option<&Rc<T>> {
        self.value.as_ref()
    }

    fn ask(&mut self, request: ChartRequest) -> Option<ChartRequest> {
        if self.asked.as_ref() == Some(&request) {
            return None;
        }
        self.asked = Some(request.clone());
        Some(request)
    }

    fn take(&mut self, request: &ChartRequest, value: T) {
        if self.asked.as_ref() == Some(request) {
            self.value = Some(Rc::new(value));
        }
    }
}

/// Something that happened while looking at charts.
#[derive(Debug, Clone)]
pub enum ChartMsg {
    /// The map's lines are to lie elsewhere.
    LinesChosen(MapLines),
    /// A person sets the map's lines.
    LinesSet(Point),
    /// The intervals are to be seen, or no more.
    IntervalsWanted(bool),
    /// Something else is to stand in the cells.
    ValueChosen(HeatValue),
    /// Rows and columns are to stand in another order.
    OrderChosen(HeatOrder),
    /// Single people are to be looked at, or no more.
    ProtectedWanted(bool),
    /// A person is looked for.
    Searched(String),
    /// A person is to be shown, by the response's root, or a group again.
    PersonChosen(Option<String>),
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Lines, which stay sharp in any size.
    Svg,
    /// Dots, which every program takes.
    Png,
}

impl From<ChartMsg> for Msg {
    fn from(msg: ChartMsg) -> Self {
        Self::Desk(DeskMsg::Chart(msg))
    }
}

impl Charts {
    /// What was computed holds no longer.
    pub(super) fn age(&mut self) {
        self.map.asked = None;
        self.heat.asked = None;
        self.profile.asked = None;
        self.one.asked = None;
        self.found.asked = None;
    }

    /// What is to be seen of the map.
    pub fn look(&self) -> MapLook {
        let view = match self.lines {
            MapLines::Means => MapView::Fields(LineChoice::Means),
            MapLines::Medians => MapView::Fields(LineChoice::Medians),
            MapLines::Midpoint => MapView::Fields(LineChoice::Midpoint),
            MapLines::Own => MapView::Fields(LineChoice::At(self.own_lines)),
            MapLines::Focus => MapView::Focus,
        };
        MapLook { view, with_intervals: self.with_intervals }
    }

    fn update(&mut self, msg: ChartMsg) {
        match msg {
            ChartMsg::LinesChosen(lines) => self.lines = lines,
            ChartMsg::LinesSet(Point { importance, ability }) => {
                let (importance, ability) = (importance.clamp(1.0, 5.0), ability.clamp(1.0, 5.0));
                self.own_lines = Point { importance, ability };
            }
            ChartMsg::IntervalsWanted(wanted) => self.with_intervals = wanted,
            ChartMsg::ValueChosen(value) => self.value = value,
            ChartMsg::OrderChosen(order) => self.order = order,
            ChartMsg::ProtectedWanted(wanted) => {
                self.is_protected = wanted;
                self.person = None;
                self.one = Kept::default();
                self.found = Kept::default();
            }
            ChartMsg::Searched(text) => self.search = text,
            ChartMsg::PersonChosen(root) => {
                self.person = root;
                self.one = Kept::default();
            }
        }
    }

    fn fill(&mut self, step: Step, scope: Scope, group: &Group) -> Vec<Request> {
        let filter = scope.filter.clone();
        let asked = match step {
            Step::Map => vec![self.map.ask(ChartRequest::Map(scope, group.clone()))],
            Step::Heatmap => {
                vec![self.heat.ask(ChartRequest::Heat(scope, self.value, self.order))]
            }
            Step::Profile => {
                let one = self.person.clone().map(ChartRequest::Person);
                let find = self.is_protected.then(|| self.search.clone());
                let find = find.map(|text| ChartRequest::Find(filter, text));
                vec![
                    self.profile.ask(ChartRequest::Profile(scope, group.clone())),
                    one.and_then(|request| self.one.ask(request)),
                    find.and_then(|request| self.found.ask(request)),
                ]
            }
            _ => Vec::new(),
        };
        asked.into_iter().flatten().map(Request::Chart).collect()
    }

    fn replied(&mut self, request: &ChartRequest, reply: ChartReply) {
        match reply {
            ChartReply::Map(map) => self.map.take(request, map),
            ChartReply::Heat(table) => self.heat.take(request, table),
            ChartReply::Profile(profile) => self.profile.take(request, profile),
            ChartReply::Person(one) => self.one.take(request, one),
            ChartReply::Found(people) => self.found.take(request, people),
        }
    }
}

/// By what a chart groups people: as the needs do, but where it has to have groups, by posts
/// unless something else is chosen.
pub fn chart_grouping(step: Step, form: &Form, chosen: Grouping) -> Grouping {
    if step == Step::Map || !chosen.is_overall() {
        return chosen;
    }
    Facet::available(form).first().map_or(chosen, |facet| Grouping::by(*facet))
}

impl Desk {
    /// Asks for what a chart shows and is not there.
    pub(super) fn fill_chart(&mut self, step: Step) -> Vec<Request> {
        let grouping = chart_grouping(step, &self.form, self.analysis.grouping);
        let scope = Scope { filter: self.review.filter.clone(), grouping };
        self.charts.fill(step, scope, &self.analysis.group)
    }

    /// Does what a trainer wants while looking at charts.
    pub(super) fn change_chart(&mut self, msg: ChartMsg, language: Language) -> Vec<Effect> {
        self.charts.update(msg);
        self.fill_step(language)
    }

    /// Takes in what the worker says of charts.
    pub(super) fn charted(&mut self, request: &ChartRequest, reply: ChartReply) {
        self.charts.replied(request, reply);
    }

    /// The chart of the open step as a file; `None` where there is nothing to draw.
    pub(super) fn chart_file(&self, kind: PictureKind, t: Language) -> Option<Effect> {
        let (form, charts) = (&self.form, &self.charts);
        let chart = match self.step {
            Step::Map => {
                let map = charts.map.get()?;
                need_map::draw(form, &map.shown, charts.look(), Layout::Wide, t)
            }
            Step::Heatmap => heatmap::draw(form, charts.heat.get()?, t),
            _ => level_profile::draw(form, self.shown_profile()?, Layout::Wide, t),
        }?;
        let svg = chart.file(&self.chart_caption(self.step, t));
        let stem = format!("{}-{}", self.step.word(), self.file_stem());
        Some(match kind {
            PictureKind::Svg => {
                Effect::Download { name: format!("{stem}.svg"), bytes: svg.into_bytes() }
            }
            PictureKind::Png => Effect::DownloadPicture { name: format!("{stem}.png"), svg },
        })
    }

    /// The profile that is shown: a person's where one is chosen and may be looked at.
    pub fn shown_profile(&self) -> Option<&LevelProfile> {
        let charts = &self.charts;
        if charts.is_protected && charts.person.is_some() {
            return charts.one.get()?.as_ref().as_ref().map(|(_, profile)| profile);
        }
        charts.profile.get().map(|profile| &profile.shown)
    }
}
