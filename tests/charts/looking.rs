//! A trainer looks at charts, natively: what the page asks of the worker, what it shows, and what
//! it saves.

use std::fmt::Write as _;
use std::rc::Rc;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::desk::analysis::AnalysisMsg;
use phieu_xa::app::desk::charts::{ChartMsg, MapLines, PictureKind};
use phieu_xa::app::desk::review::ReviewMsg;
use phieu_xa::app::protocol::{ChartRequest, FormSheets, Reply, Request};
use phieu_xa::app::route::Route;
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::chart::heat_table::{HeatOrder, HeatValue};
use phieu_xa::domain::filter::{Filter, Test};
use phieu_xa::domain::grouping::{Facet, Group, Grouping};
use phieu_xa::domain::measure::importance_performance::Point;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::{self, BuiltIn};
use phieu_xa::text::Language;

/// A trainer at the desk, with a worker that answers at once.
struct Trainer {
    model: Model,
    worker: Collector,
    asked: Vec<ChartRequest>,
    saved: Vec<(String, String)>,
}

/// So many secretaries and so many chairs, half of them women.
fn people(secretaries: usize, chairs: usize) -> Vec<Response> {
    let mut csv = "ho_ten,chuc_danh,gioi_tinh,imp_A1,abl_A1,imp_F1,abl_F1,_form,_root\n".to_owned();
    let posts = [("bt", secretaries), ("ct_ubnd", chairs)];
    for (post, number) in posts.into_iter().flat_map(|(post, n)| (0..n).map(move |i| (post, i))) {
        let (gender, able) = if number % 2 == 0 { ("nu", 2) } else { ("nam", 4) };
        let row = format!("Lê {post} {number},{post},{gender},5,{able},4,3,nhu-cau,{post}{number}");
        writeln!(csv, "{row}").unwrap();
    }
    let read = response_csv::read(&forms::needs().unwrap(), "x.csv", csv.as_bytes());
    assert_eq!(read.problems, []);
    read.responses
}

impl Trainer {
    fn opens(address: &str, responses: Vec<Response>) -> Self {
        let form = Rc::new(forms::needs().unwrap());
        let model = Model::new(form, Language::Vi, TextSize::Normal, Route::parse(address));
        let worker = Collector::new(forms::needs().unwrap(), responses);
        let mut trainer = Self { model, worker, asked: Vec::new(), saved: Vec::new() };
        let effects = trainer.model.start();
        trainer.perform(effects);
        trainer
    }

    fn goes_to(&mut self, address: &str) {
        self.does(Msg::RouteChanged(Route::parse(address)));
    }

    fn does(&mut self, msg: impl Into<Msg>) {
        let now = Timestamp::from_millis(1.8e12);
        let facts = Facts { now, utc_offset: 420, fresh_id: "id".to_owned() };
        let effects = self.model.update(msg.into(), &facts);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadCampaigns => self.does(DeskMsg::CampaignsLoaded(Some(Vec::new()))),
                Effect::Download { name, bytes } => {
                    self.saved.push((name, String::from_utf8(bytes).unwrap()));
                }
                Effect::DownloadPicture { name, svg } => self.saved.push((name, svg)),
                Effect::Ask(Request::Open(_)) => {
                    let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
                    let summary = Some(self.worker.summary());
                    self.does(DeskMsg::Replied(Reply::Opened { sheets, summary }));
                }
                Effect::Ask(Request::Chart(request)) => {
                    self.asked.push(request.clone());
                    let reply = self.worker.chart(&request);
                    self.does(DeskMsg::Replied(Reply::Chart(request, reply)));
                }
                _ => {}
            }
        }
    }

    fn saves(&mut self, kind: PictureKind) -> (String, String) {
        self.does(DeskMsg::PictureAsked(kind));
        self.saved.pop().unwrap()
    }
}

#[test]
fn the_map_shows_what_the_needs_say_and_its_lines_are_moved_without_asking_again() {
    let mut trainer = Trainer::opens("#/ban/ban-do-nhu-cau", people(8, 6));
    let needs = trainer.worker.needs(Grouping::OVERALL, &Filter::default());
    let a1 = needs.groups[0].needs.iter().find(|need| need.competency == "A1").unwrap();
    let map = trainer.model.desk.charts.map.get().cloned().unwrap();
    let point = map.shown.points.iter().find(|point| point.competency == "A1").unwrap();
    assert_eq!(point.gap.to_bits(), a1.measures.unwrap().gap.to_bits());
    assert_eq!((map.shown.people, point.n), (Some(14), a1.n_pairs));
    trainer.does(ChartMsg::LinesChosen(MapLines::Own));
    trainer.does(ChartMsg::LinesSet(Point { importance: 9.0, ability: 3.5 }));
    assert_eq!(trainer.model.desk.charts.own_lines, Point { importance: 5.0, ability: 3.5 });
    trainer.does(ChartMsg::IntervalsWanted(true));
    assert_eq!(trainer.asked.len(), 1);
    let (name, svg) = trainer.saves(PictureKind::Svg);
    assert!(name.starts_with("ban-do-nhu-cau-") && name.strip_suffix(".svg").is_some(), "{name}");
    for words in ["Bản đồ nhu cầu bồi dưỡng", "14 người", "quan trọng từ 5, đáp ứng từ 3,5"]
    {
        assert!(svg.contains(words), "{words}");
    }
    let (name, png) = trainer.saves(PictureKind::Png);
    assert!(name.strip_suffix(".png").is_some() && png == svg);
}

#[test]
fn a_filter_holds_on_charts_and_stands_in_what_is_saved() {
    let mut trainer = Trainer::opens("#/ban/ban-do-nhu-cau", people(12, 0));
    let women = Test::OneOf(["nu".to_owned()].into());
    trainer.does(ReviewMsg::Narrowed("gioi_tinh".into(), Some(women)));
    let map = trainer.model.desk.charts.map.get().cloned().unwrap();
    assert_eq!(map.shown.people, Some(6));
    let (_, svg) = trainer.saves(PictureKind::Svg);
    assert!(svg.contains("Chỉ tính những phiếu: Giới tính") && svg.contains("Nữ"), "{svg}");
}

#[test]
fn posts_stand_by_competencies_until_another_facet_is_chosen() {
    let mut trainer = Trainer::opens("#/ban/bang-mau", people(8, 6));
    let heat = |trainer: &Trainer| trainer.model.desk.charts.heat.get().cloned().unwrap();
    assert_eq!(heat(&trainer).grouping, Grouping::by(Facet::Post));
    assert_eq!(heat(&trainer).rows.len(), 2);
    trainer.does(ChartMsg::ValueChosen(HeatValue::Shortfall));
    trainer.does(ChartMsg::OrderChosen(HeatOrder::Alike));
    assert_eq!(
        (heat(&trainer).value, heat(&trainer).order),
        (HeatValue::Shortfall, HeatOrder::Alike)
    );
    let (_, svg) = trainer.saves(PictureKind::Svg);
    assert!(svg.contains("Chức danh theo năng lực") && svg.contains("Bí thư"));
    trainer.does(AnalysisMsg::GroupedBy(Some(Facet::Gender)));
    assert_eq!(heat(&trainer).grouping, Grouping::by(Facet::Gender));
}

#[test]
fn in_small_groups_everywhere_nothing_is_shown_and_nothing_saved() {
    for (address, is_map) in [("#/ban/ban-do-nhu-cau", true), ("#/ban/bang-mau", false)] {
        let mut trainer = Trainer::opens(address, people(2, 2));
        let charts = &trainer.model.desk.charts;
        if is_map {
            let map = charts.map.get().unwrap();
            assert_eq!((map.groups.len(), map.hidden_groups, &map.group), (0, 1, &None));
        } else {
            let heat = charts.heat.get().unwrap();
            assert_eq!((heat.rows.len(), heat.hidden_rows), (0, 2));
        }
        trainer.does(DeskMsg::PictureAsked(PictureKind::Svg));
        assert_eq!(trainer.saved, []);
    }
    let trainer = Trainer::opens("#/ban/ho-so", Vec::new());
    assert!(trainer.model.desk.shown_profile().unwrap().rows.is_empty());
}

#[test]
fn a_post_is_held_against_its_levels_and_one_person_only_in_the_protected_view() {
    let mut trainer = Trainer::opens("#/ban/ho-so", people(8, 6));
    trainer.does(AnalysisMsg::GroupChosen(Group::of("ct_ubnd")));
    let shown = trainer.model.desk.shown_profile().unwrap();
    assert_eq!((shown.people, shown.rows[0].required), (Some(6), Some(4.0)));
    trainer.does(ChartMsg::PersonChosen(Some("bt0".into())));
    assert_eq!(trainer.model.desk.shown_profile().unwrap().people, Some(6), "not without asking");
    trainer.does(ChartMsg::ProtectedWanted(true));
    trainer.does(ChartMsg::Searched("bt 3".into()));
    let found = trainer.model.desk.charts.found.get().cloned().unwrap();
    assert_eq!(found.iter().map(|who| who.root.as_str()).collect::<Vec<_>>(), ["bt3"]);
    trainer.does(ChartMsg::PersonChosen(Some("bt3".into())));
    let shown = trainer.model.desk.shown_profile().unwrap();
    assert_eq!((shown.rows[0].ability, shown.rows[0].required), (Some(4.0), Some(5.0)));
    let (_, svg) = trainer.saves(PictureKind::Svg);
    assert!(svg.contains("Lê bt 3 · Bí thư") && svg.contains("chỉ dùng nội bộ"));
    trainer.does(ChartMsg::ProtectedWanted(false));
    assert_eq!(trainer.model.desk.shown_profile().unwrap().people, Some(6));
}

#[test]
fn a_chart_that_was_there_is_asked_for_again_only_when_responses_change() {
    let mut trainer = Trainer::opens("#/ban/ban-do-nhu-cau", people(8, 6));
    trainer.goes_to("#/ban/bang-mau");
    trainer.goes_to("#/ban/ban-do-nhu-cau");
    assert_eq!(trainer.asked.len(), 2);
    trainer.does(DeskMsg::Replied(Reply::Emptied(trainer.worker.summary())));
    trainer.goes_to("#/ban/bang-mau");
    assert_eq!(trainer.asked.len(), 3);
}
