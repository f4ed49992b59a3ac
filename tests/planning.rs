//! A trainer plans classes, natively: what the page asks of the worker, what is kept, what follows
//! from a change.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::app::campaign_file::CampaignFile;
use phieu_xa::app::collector::{Collector, PlanAnswer};
use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::desk::plan::PlanMsg;
use phieu_xa::app::desk::review::ReviewMsg;
use phieu_xa::app::protocol::{FormSheets, PlanFile, PlanRequest, PlanView, Reply, Request};
use phieu_xa::app::registry::Registry;
use phieu_xa::app::route::Route;
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::filter::Test;
use phieu_xa::domain::plan::{Course, Move, PlanSettings};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::formats::table::Profile;
use phieu_xa::forms::{self, BuiltIn};
use phieu_xa::text::Language;

/// A trainer at the desk, with a worker that answers at once.
struct Trainer {
    model: Model,
    worker: Collector,
    official: Registry,
    messages: u32,
    kept: Option<CampaignFile>,
    /// How many plans were asked for.
    plans: usize,
    file: Option<(String, String)>,
}

/// Two leaders of each of three neighbouring communes of Thái Nguyên, and one whose commune is
/// far away; all are two levels below what is required of digital skills.
fn rows() -> String {
    let units = ["05443", "05443", "05467", "05467", "05455", "05455", "32244"];
    let rows = units.iter().enumerate().map(|(at, unit)| {
        let (post, gender) = (["bt", "ct_ubnd"][at % 2], ["nam", "nu"][at % 2]);
        format!("Người {at},{unit},{post},q1,{gender},5,2,nhu-cau,r{at}\n")
    });
    let header = "ho_ten,don_vi,chuc_danh,quy,gioi_tinh,imp_F1,abl_F1,_form,_root\n".to_owned();
    std::iter::once(header).chain(rows).collect()
}

impl Trainer {
    fn opens(address: &str) -> Self {
        Self::opens_with(address, None)
    }

    fn opens_with(address: &str, kept: Option<CampaignFile>) -> Self {
        let form = Rc::new(forms::needs().unwrap());
        let model = Model::new(form, Language::Vi, TextSize::Normal, Route::parse(address));
        let form = forms::needs().unwrap();
        let responses = response_csv::read(&form, "x.csv", rows().as_bytes()).responses;
        let worker = Collector::new(form, responses);
        let official = Registry::default();
        let (messages, plans, file) = (0, 0, None);
        let mut trainer = Self { model, worker, official, messages, kept, plans, file };
        let effects = trainer.model.start();
        trainer.perform(effects);
        trainer
    }

    fn does(&mut self, msg: impl Into<Msg>) {
        self.messages += 1;
        let facts = Facts {
            now: Timestamp::from_millis(1.8e12 + f64::from(self.messages) * 1000.0),
            utc_offset: 420,
            fresh_id: format!("id-{}", self.messages),
        };
        let effects = self.model.update(msg.into(), &facts);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadCampaigns => {
                    let campaigns = self.kept.clone().into_iter().collect();
                    self.does(DeskMsg::CampaignsLoaded(Some(campaigns)));
                }
                Effect::KeepCampaign(file) => {
                    // As storage has it: text.
                    self.kept = Some(CampaignFile::from_json(&file.to_json()).unwrap());
                }
                Effect::Download { name, bytes } => {
                    self.file = Some((name, String::from_utf8(bytes).unwrap()));
                }
                Effect::Ask(Request::Open(_)) => {
                    let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
                    let summary = Some(self.worker.summary());
                    self.does(DeskMsg::Replied(Reply::Opened { sheets, summary }));
                }
                Effect::Ask(Request::Plan(request)) => {
                    // As it goes to the worker and back: text.
                    let json = serde_json::to_string(&request).unwrap();
                    let request: PlanRequest = serde_json::from_str(&json).unwrap();
                    self.plans += usize::from(matches!(request, PlanRequest::Make(_)));
                    let roster = Rc::clone(&self.model.desk.file.campaign.roster);
                    let reply = match self.worker.answer_plan(request, &roster, &self.official) {
                        PlanAnswer::View(view) => {
                            let json = serde_json::to_string(&Reply::Plan(view)).unwrap();
                            serde_json::from_str(&json).unwrap()
                        }
                        PlanAnswer::File { name, bytes } => Reply::Exported { name, bytes },
                    };
                    self.does(DeskMsg::Replied(reply));
                }
                _ => {}
            }
        }
    }

    fn view(&self) -> Rc<PlanView> {
        Rc::clone(self.model.desk.plan.made.get().unwrap())
    }

    fn settings(&mut self, change: impl Fn(&mut PlanSettings)) {
        let mut settings = self.model.desk.plan.planning.settings.clone();
        change(&mut settings);
        self.does(PlanMsg::Settings(settings));
    }

    fn classes(&self) -> Vec<usize> {
        let view = self.view();
        let course = view.plan.course(&view.shown).unwrap();
        course.classes.iter().map(|class| class.people).collect()
    }
}

fn small(settings: &mut PlanSettings) {
    (settings.bounds.cap, settings.bounds.floor) = (4.try_into().unwrap(), 2);
    settings.split.clear();
}

fn to(root: &str, to: Option<u32>) -> PlanMsg {
    PlanMsg::Moved(Move::Person { course: "k-F".into(), root: root.into(), to })
}

#[test]
fn the_plan_is_there_when_its_page_is_opened_and_the_filter_holds() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    let view = trainer.view();
    assert_eq!((view.people, view.people_in_classes, &*view.shown), (7, 7, "k-F"));
    let names: Vec<&str> = view.who.values().map(|who| who.name.as_str()).collect();
    assert!(names.contains(&"Người 0"), "{names:?}");
    trainer.does(ReviewMsg::Narrowed("gioi_tinh".into(), Some(Test::OneOf(["nu".into()].into()))));
    assert_eq!(trainer.view().people, 3);
    let again = Trainer::opens("#/ban/ke-hoach?gioi_tinh=nu");
    assert_eq!(again.view().people, 3);
}

#[test]
fn units_without_a_roster_are_placed_by_the_official_list() {
    let trainer = Trainer::opens("#/ban/ke-hoach");
    let clusters = trainer.view().plan.clusters.clone();
    let provinces: Vec<&str> = clusters.iter().map(|own| own.province.as_str()).collect();
    assert!(provinces.contains(&"Tỉnh Thái Nguyên"), "{provinces:?}");
    assert!(clusters.iter().all(|cluster| cluster.across_km.is_some()), "{clusters:?}");
}

#[test]
fn somebody_who_is_moved_stays_moved_after_a_reload_and_can_be_moved_back() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    trainer.settings(small);
    assert_eq!(trainer.classes(), [4, 3]);
    let view = trainer.view();
    let first = view.plan.course("k-F").unwrap().classes[0].seats[0].person;
    let root = view.who[&first].root.clone();
    trainer.does(to(&root, Some(2)));
    assert_eq!(trainer.classes(), [3, 4]);
    trainer.does(PlanMsg::Moved(Move::Week {
        class: phieu_xa::domain::plan::ClassId { course: "k-F".into(), number: 2 },
        week: 9,
    }));

    let mut again = Trainer::opens_with("#/ban/ke-hoach", trainer.kept.clone());
    assert_eq!(again.view(), trainer.view(), "nothing else is needed to make the same plan");
    again.does(to(&root, None));
    assert_eq!(again.classes(), [3, 3]);
    again.does(PlanMsg::MoveTakenBack(1));
    assert_eq!(again.classes(), [4, 3]);
    again.does(PlanMsg::MovesTakenBack);
    assert_eq!(again.view().plan.course("k-F").unwrap().classes[1].week, Some(2));
}

#[test]
fn courses_are_added_changed_and_taken_away_and_can_be_as_they_were() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    let usual = trainer.view().plan.courses.len();
    trainer.does(PlanMsg::CourseAdded("AI cho lãnh đạo xã".into()));
    let view = trainer.view();
    assert_eq!((view.plan.courses.len(), &*view.shown), (usual + 1, "khoa-1"));
    let courses = view.wanted.planning.courses.clone().unwrap();
    let added = courses.iter().find(|course| course.id == "khoa-1").unwrap().clone();
    let changed = Course { covers: [("F1".to_owned(), 50)].into(), days: 8, ..added };
    trainer.does(PlanMsg::CourseChanged(changed));
    let view = trainer.view();
    let course = view.plan.course("khoa-1").unwrap();
    assert_eq!((course.people, course.classes[0].weeks), (7, 2));
    assert_eq!(view.plan.overlaps[0].competencies, ["F1"]);
    trainer.does(PlanMsg::CourseRemoved("k-F".into()));
    assert!(trainer.view().plan.overlaps.is_empty());
    trainer.does(PlanMsg::CoursesReset);
    assert_eq!(trainer.view().plan.courses.len(), usual);
    let file = trainer.kept.clone().unwrap();
    assert_eq!(file.plan, "", "nothing is decided any more");
}

#[test]
fn neither_kits_nor_links_carry_the_plan_and_a_copy_has_no_moves() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    trainer.settings(small);
    trainer.does(to("r0", None));
    let file = trainer.kept.clone().unwrap();
    assert!(file.plan.contains("r0"));
    assert_eq!(file.clone().for_respondents().plan, "");
    trainer.does(DeskMsg::CopyAsked);
    let planning = &trainer.model.desk.plan.planning;
    assert_eq!((planning.moves.len(), planning.settings.bounds.floor), (0, 2));
}

#[test]
fn what_a_file_says_that_cannot_be_read_is_as_if_it_said_nothing() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    trainer.settings(small);
    let mut file = trainer.kept.clone().unwrap();
    file.plan = "{\"settings\":7".to_owned();
    let again = Trainer::opens_with("#/ban/ke-hoach", Some(file));
    assert_eq!(again.view().people_in_classes, 7);
}

#[test]
fn the_plan_is_made_anew_only_when_something_has_changed() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    assert_eq!(trainer.plans, 1);
    trainer.does(Msg::RouteChanged(Route::parse("#/ban/nguoi-tra-loi")));
    trainer.does(Msg::RouteChanged(Route::parse("#/ban/ke-hoach")));
    assert_eq!(trainer.plans, 1);
    trainer.does(PlanMsg::CourseShown("k-B".into()));
    assert_eq!((trainer.plans, &*trainer.view().shown), (2, "k-B"));
}

#[test]
fn classes_and_who_goes_are_files_for_programs_and_for_excel() {
    let mut trainer = Trainer::opens("#/ban/ke-hoach");
    trainer.does(PlanMsg::FileAsked(PlanFile::Participants, Profile::Data));
    let (name, text) = trainer.file.take().unwrap();
    assert_eq!((name.as_str(), text.lines().count()), ("participants.csv", 8));
    assert!(text.contains("Người 3"), "{text}");
    trainer.does(PlanMsg::FileAsked(PlanFile::Classes, Profile::Excel));
    let (name, text) = trainer.file.take().unwrap();
    assert_eq!(name, "plan-excel.csv");
    assert!(text.contains("Quý I") || text.contains("Quý 1"), "{text}");
}
