//! A trainer looks at what training is needed, compares, and takes the report: the state of the
//! page with a worker that answers at once, on a generated campaign of which everything is known.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod generated;

use std::rc::Rc;

use generated::{Generated, campaign};
use phieu_xa::app::campaign_file::CampaignFile;
use phieu_xa::app::collector::Collector;
use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::desk::analysis::AnalysisMsg;
use phieu_xa::app::protocol::{AnalysisReply, FormSheets, Reply, Request};
use phieu_xa::app::route::{Route, Step};
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::grouping::{Facet, Group, Grouping};
use phieu_xa::domain::needs::Measure;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::forms::{self, BuiltIn, units};
use phieu_xa::text::Language;

struct Trainer {
    model: Model,
    worker: Collector,
    made: Generated,
    /// The files that were taken out.
    files: Vec<(String, String)>,
}

impl Trainer {
    fn opens(step: Step) -> Self {
        let made = campaign(11, 12);
        let worker = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
        let form = Rc::new(forms::needs().unwrap());
        let model = Model::new(form, Language::Vi, TextSize::Normal, Route::desk(step));
        let mut trainer = Self { model, worker, made, files: Vec::new() };
        let gazetteer = units::gazetteer();
        let roster = trainer.made.roster.clone();
        trainer.worker.know_clusters(|| Clusters::of_units(&roster, &gazetteer));
        let effects = trainer.model.start();
        trainer.perform(effects);
        trainer
    }

    fn does(&mut self, msg: AnalysisMsg) {
        self.send(msg.into());
    }

    fn send(&mut self, msg: Msg) {
        let facts = Facts {
            now: Timestamp::from_millis(1.8e12),
            utc_offset: 420,
            fresh_id: "c1".to_owned(),
        };
        let effects = self.model.update(msg, &facts);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadCampaigns => {
                    let campaign = Campaign {
                        id: "c1".to_owned(),
                        name: "Đợt thử <1>".to_owned(),
                        roster: Rc::new(self.made.roster.clone()),
                        ..Campaign::default()
                    };
                    let sheets = FormSheets::built_in(BuiltIn::Needs);
                    let file = CampaignFile::new(campaign, sheets, Timestamp::from_millis(0.0));
                    let loaded = DeskMsg::CampaignsLoaded(Some(vec![file]));
                    self.send(Msg::Desk(loaded));
                }
                Effect::Ask(request) => {
                    if let Some(reply) = self.answer(request) {
                        self.send(Msg::Desk(DeskMsg::Replied(reply)));
                    }
                }
                Effect::Download { name, bytes } => {
                    self.files.push((name, String::from_utf8(bytes).unwrap()));
                }
                _ => {}
            }
        }
    }

    fn answer(&self, request: Request) -> Option<Reply> {
        Some(match request {
            Request::Open(_) => {
                let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
                Reply::Opened { sheets, summary: Some(self.worker.summary()) }
            }
            Request::Analysis(request) => {
                let campaign = &self.model.desk.file.campaign;
                let reply = self.worker.analyse(request, campaign);
                // As it goes from the worker to the page.
                let json = serde_json::to_string(&reply).unwrap();
                let read: AnalysisReply = serde_json::from_str(&json).unwrap();
                Reply::Analysis(read)
            }
            _ => return None,
        })
    }
}

#[test]
fn the_ranking_of_a_group_comes_with_how_sure_it_is() {
    let mut trainer = Trainer::opens(Step::Needs);
    let analysis = &trainer.model.desk.analysis;
    assert_eq!(analysis.needs.get().unwrap().groups[0].people, trainer.made.dataset.len() as u64);
    let sure = analysis.stability.get().unwrap().as_ref().as_ref().unwrap();
    let in_top: f64 = sure.competencies.iter().filter_map(|one| one.in_top).sum();
    assert!((4.9..6.0).contains(&in_top), "five places are shared out: {in_top}");

    trainer.does(AnalysisMsg::GroupedBy(Some(Facet::Gender)));
    trainer.does(AnalysisMsg::GroupChosen(Group::of("nu")));
    let analysis = &trainer.model.desk.analysis;
    assert_eq!(
        (analysis.grouping, &analysis.group),
        (Grouping::by(Facet::Gender), &Group::of("nu"))
    );
    assert!(analysis.stability.get().unwrap().is_some());

    trainer.does(AnalysisMsg::AlsoGroupedBy(Some(Facet::Cluster)));
    let needs = trainer.model.desk.analysis.shown().unwrap();
    assert_eq!(needs.grouping, Grouping::by_two(Facet::Gender, Facet::Cluster));
    assert!(needs.groups.iter().all(|group| group.group.0.len() == 2));
    let people: u64 = needs.groups.iter().map(|group| group.people).sum();
    assert_eq!(people, trainer.made.dataset.len() as u64);
}

#[test]
fn two_groups_are_compared_by_the_measure_that_is_chosen() {
    let mut trainer = Trainer::opens(Step::Compare);
    assert_eq!(trainer.model.desk.analysis.compared, None, "everybody is one group");
    trainer.does(AnalysisMsg::GroupedBy(Some(Facet::Gender)));
    let compared = trainer.model.desk.analysis.compared.clone().unwrap();
    assert_ne!(compared[0], compared[1]);
    trainer.does(AnalysisMsg::MeasureChosen(Measure::Shortfall));
    let found = trainer.model.desk.analysis.comparison.get().unwrap().clone();
    assert_eq!(found.measure, Measure::Shortfall);
    let [first, second] = &compared;
    trainer.does(AnalysisMsg::ComparedChosen(0, second.clone()));
    trainer.does(AnalysisMsg::ComparedChosen(1, first.clone()));
    let turned = trainer.model.desk.analysis.comparison.get().unwrap();
    for (one, other) in found.competencies.iter().zip(&turned.competencies) {
        let mean = |own: &phieu_xa::domain::compare::Compared| own.difference.map(|d| d.mean);
        assert_eq!(mean(one), mean(other).map(|mean| -mean), "{}", one.competency);
    }
}

#[test]
fn the_report_is_one_file_that_says_what_was_found() {
    let mut trainer = Trainer::opens(Step::Report);
    trainer.send(DeskMsg::ReportAsked.into());
    let [(name, html)] = trainer.files.as_slice() else { panic!("one file") };
    assert!(name.starts_with("bao-cao-") && name.strip_suffix(".html").is_some(), "{name}");
    assert!(html.starts_with("<!doctype html><html lang=\"vi\">"));
    assert!(html.contains("Đợt thử &lt;1&gt;") && !html.contains("thử <1>"), "names are texts");
    let t = Language::Vi;
    for heading in [t.report_coverage(), t.report_ranking(), t.report_map(), t.report_limits()] {
        assert!(html.contains(&format!("<h2>{heading}</h2>")), "{heading}");
    }
    let group = &trainer.model.desk.analysis.findings.get().unwrap().needs.groups[0];
    let first = group.needs.iter().find(|need| need.rank == Some(1)).unwrap();
    let competency = trainer.made.form.competencies.iter().find(|c| c.code == first.competency);
    let label = competency.unwrap().label.get("vi");
    assert!(html.contains(&format!("1. {label}")), "{label}");
    // Browsers read it as it was meant: every element is closed.
    let xml = html.replace("<!doctype html>", "");
    let mut reader = quick_xml::Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error} at {}", reader.buffer_position()),
        }
    }
}
