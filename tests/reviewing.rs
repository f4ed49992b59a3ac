//! A trainer looks through responses at the desk, natively: what the page asks of the worker, what
//! it shows of the replies, and what the address says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::desk::review::ReviewMsg;
use phieu_xa::app::protocol::{FormSheets, Reply, Request, ReviewReply, ReviewRequest};
use phieu_xa::app::route::{Route, Step};
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::changes::{Change, ChangeFault};
use phieu_xa::domain::filter::Test;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::{self, BuiltIn};
use phieu_xa::text::Language;

/// A trainer at the desk, with a worker that answers at once.
struct Trainer {
    model: Model,
    worker: Collector,
    messages: u32,
    /// What the address says.
    address: String,
    /// How often each kind of request was made.
    asked: Vec<ReviewRequest>,
}

fn responses() -> Vec<Response> {
    let form = forms::needs().unwrap();
    let csv = "ho_ten,don_vi,chuc_danh,gioi_tinh,imp_A1,abl_A1,_form,_root\n\
               Lê An,05443,bt,nam,5,2,nhu-cau,a\n\
               Trần Bình,05443,ct_ubnd,nu,4,3,nhu-cau,b\n\
               Đỗ Cúc,05443,pct_ubnd,nu,3,3,nhu-cau,c\n";
    let read = response_csv::read(&form, "x.csv", csv.as_bytes());
    assert_eq!(read.problems, []);
    read.responses
}

impl Trainer {
    fn opens(address: &str) -> Self {
        let form = Rc::new(forms::needs().unwrap());
        let model = Model::new(form, Language::Vi, TextSize::Normal, Route::parse(address));
        let worker = Collector::new(forms::needs().unwrap(), responses());
        let (address, asked) = (address.to_owned(), Vec::new());
        let mut trainer = Self { model, worker, messages: 0, address, asked };
        let effects = trainer.model.start();
        trainer.perform(effects);
        trainer
    }

    fn goes_to(&mut self, address: &str) {
        address.clone_into(&mut self.address);
        self.send(Msg::RouteChanged(Route::parse(address)));
    }

    fn does(&mut self, msg: ReviewMsg) {
        self.send(msg);
    }

    fn send(&mut self, msg: impl Into<Msg>) {
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
                Effect::Navigate { route, .. } => self.address = route.to_string(),
                Effect::LoadCampaigns => self.send(DeskMsg::CampaignsLoaded(Some(Vec::new()))),
                Effect::Ask(request) => {
                    if let Some(reply) = self.answer(request) {
                        self.send(DeskMsg::Replied(reply));
                    }
                }
                _ => {}
            }
        }
    }

    fn answer(&mut self, request: Request) -> Option<Reply> {
        Some(match request {
            Request::Open(_) => {
                let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
                Reply::Opened { sheets, summary: Some(self.worker.summary()) }
            }
            Request::Analysis(request) => {
                let campaign = &self.model.desk.file.campaign;
                Reply::Analysis(self.worker.analyse(request, campaign))
            }
            Request::Review(request) => {
                self.asked.push(request.clone());
                Reply::Review(match request {
                    ReviewRequest::Change(entry) => match self.worker.change(entry) {
                        Ok(()) => ReviewReply::Changed(self.worker.summary(), true),
                        Err(fault) => ReviewReply::Refused(fault),
                    },
                    request => {
                        let campaign = &self.model.desk.file.campaign;
                        self.worker.review(request, campaign, 420)?
                    }
                })
            }
            _ => return None,
        })
    }

    fn people(&self) -> usize {
        self.model.desk.review.people.get().unwrap().people
    }
}

fn women() -> ReviewMsg {
    ReviewMsg::Narrowed("gioi_tinh".into(), Some(Test::OneOf(["nu".to_owned()].into())))
}

#[test]
fn a_filter_holds_on_every_page_that_looks_at_responses_and_in_the_address() {
    let mut trainer = Trainer::opens("#/ban/nguoi-tra-loi");
    assert_eq!(trainer.people(), 3);
    trainer.does(women());
    assert_eq!(trainer.people(), 2);
    assert_eq!(trainer.address, "#/ban/nguoi-tra-loi?gioi_tinh=nu");
    let needs = Route::desk_of(Step::Needs, &trainer.model.desk.review.filter).to_string();
    assert_eq!(needs, "#/ban/phan-tich?gioi_tinh=nu");
    trainer.goes_to(&needs);
    assert_eq!(trainer.model.desk.analysis.needs.get().unwrap().groups[0].people, 2);
    trainer.goes_to("#/ban/do-bao-phu?gioi_tinh=nu");
    assert_eq!(trainer.model.desk.review.coverage.get().unwrap().0.unexpected_responses(), 2);
    trainer.does(ReviewMsg::FilterDropped);
    assert_eq!(trainer.address, "#/ban/do-bao-phu");
    // An address that was kept shows the same again.
    let again = Trainer::opens("#/ban/nguoi-tra-loi?gioi_tinh=nu");
    assert_eq!(again.people(), 2);
}

#[test]
fn what_was_computed_is_asked_for_again_only_when_the_responses_have_changed() {
    let mut trainer = Trainer::opens("#/ban/nguoi-tra-loi");
    trainer.goes_to("#/ban/do-bao-phu");
    trainer.goes_to("#/ban/nguoi-tra-loi");
    assert_eq!(trainer.asked.len(), 2);
    let aside = Change::SetAside { root: "a".into() };
    trainer.does(ReviewMsg::ChangeAsked(aside.clone(), String::new()));
    assert_eq!(trainer.model.desk.review.fault, Some(ChangeFault::NoReason));
    assert_eq!(trainer.people(), 3);
    trainer.does(ReviewMsg::ChangeAsked(aside, "thử".into()));
    assert_eq!(trainer.people(), 2);
    trainer.goes_to("#/ban/nhat-ky-sua");
    let log = trainer.model.desk.review.log.get().cloned().unwrap();
    assert_eq!((log.0.len(), log.0[0].who[0].name.as_str()), (1, "Lê An"));
}

#[test]
fn a_response_that_is_open_follows_what_is_changed_of_it() {
    let mut trainer = Trainer::opens("#/ban/phieu-tra-loi");
    trainer.does(ReviewMsg::LinesSeen(0, 20));
    trainer.does(ReviewMsg::ResponseWanted(Some("a".into())));
    let open = |trainer: &Trainer| trainer.model.desk.review.response.clone().unwrap();
    assert_eq!(open(&trainer).response.answers.get("chuc_danh"), "bt");
    let change = Change::Corrected {
        root: "a".into(),
        key: "chuc_danh".into(),
        from: String::new(),
        to: "pbt_tt".into(),
    };
    trainer.does(ReviewMsg::ChangeAsked(change, "hỏi lại".into()));
    let view = open(&trainer);
    assert_eq!(view.response.answers.get("chuc_danh"), "pbt_tt");
    assert_eq!((view.original.get("chuc_danh"), view.entries.len()), ("bt", 1));
    let line = trainer.model.desk.review.table.line(0).unwrap();
    assert!(line.is_changed && line.cells.contains(&"pbt_tt".to_owned()));
    trainer.goes_to("#/ban/phan-tich");
    assert_eq!(trainer.model.desk.review.wanted, None);
}

#[test]
fn the_table_asks_for_the_lines_in_view_once() {
    let mut trainer = Trainer::opens("#/ban/phieu-tra-loi");
    let rows = |trainer: &Trainer| {
        trainer.asked.iter().filter(|asked| matches!(asked, ReviewRequest::Rows(_))).count()
    };
    trainer.does(ReviewMsg::LinesSeen(0, 20));
    trainer.does(ReviewMsg::LinesSeen(30, 20));
    assert_eq!(rows(&trainer), 1);
    trainer.does(ReviewMsg::Searched("cuc".into()));
    assert_eq!(trainer.model.desk.review.table.counts, Some((3, 1)));
    trainer.does(ReviewMsg::LinesSeen(90, 20));
    assert_eq!(rows(&trainer), 3, "of the next lines, too");
}
