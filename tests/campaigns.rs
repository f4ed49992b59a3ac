//! A trainer prepares campaigns at the desk; kits and files carry them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::app::campaign_file::{CampaignFault, CampaignFile};
use phieu_xa::app::desk::{CampaignEdit, CampaignText, DeskMsg, Notice};
use phieu_xa::app::keys::{KeyReply, KeyRing};
use phieu_xa::app::protocol::{
    Carrier, FileReport, FormSheets, Reply, Request, RosterReply, RosterRequest, Summary,
};
use phieu_xa::app::registry::Registry;
use phieu_xa::app::route::{Place, Route, Step};
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::encryption::EncryptionFault;
use phieu_xa::domain::gazetteer::UnitList;
use phieu_xa::domain::problem::{Problem, ProblemKind};
use phieu_xa::domain::roster::{Roster, Unit};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::forms::{self, BuiltIn};
use phieu_xa::text::Language;

/// A desk whose storage and worker answer at once.
struct Trainer {
    model: Model,
    kept: Vec<CampaignFile>,
    /// How many responses the worker says a campaign has.
    people: usize,
    messages: u32,
    /// How far the clock goes on from message to message, in milliseconds.
    tick: f64,
    asked: Vec<Request>,
    out: Vec<Effect>,
}

impl Trainer {
    fn at_the_desk(kept: Vec<CampaignFile>) -> Self {
        Self::at_step(Step::Campaign, kept)
    }

    fn at_step(step: Step, kept: Vec<CampaignFile>) -> Self {
        let form = Rc::new(forms::needs().unwrap());
        let route = Route::desk(step);
        let model = Model::new(form, Language::Vi, TextSize::Normal, route);
        let (asked, out) = (Vec::new(), Vec::new());
        let (people, messages, tick) = (0, 0, 1000.0);
        let mut trainer = Self { model, kept, people, messages, tick, asked, out };
        let effects = trainer.model.start();
        trainer.perform(effects);
        trainer
    }

    fn does(&mut self, msg: DeskMsg) {
        self.send(msg);
    }

    fn writes(&mut self, text: CampaignText, value: &str) {
        self.send(DeskMsg::Edited(CampaignEdit::Text(text, value.to_owned())));
    }

    fn goes_to(&mut self, step: Step) {
        self.send(Msg::RouteChanged(Route::desk(step)));
    }

    fn send(&mut self, msg: impl Into<Msg>) {
        self.messages += 1;
        let facts = Facts {
            now: Timestamp::from_millis(1.8e12 + f64::from(self.messages) * self.tick),
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
                    self.send(DeskMsg::CampaignsLoaded(Some(self.kept.clone())));
                }
                Effect::KeepCampaign(file) => {
                    self.kept.retain(|kept| kept.campaign.id != file.campaign.id);
                    self.kept.push(*file);
                    self.send(DeskMsg::CampaignKept(true));
                }
                Effect::ForgetCampaign(id) => self.kept.retain(|kept| kept.campaign.id != id),
                Effect::Ask(request) => {
                    self.asked.push(request.clone());
                    if let Request::Open(file) = request {
                        let sheets = file.sheets.in_full(BuiltIn::sheets);
                        let summary = Summary { people: self.people, ..Summary::default() };
                        let summary = Some(summary);
                        self.send(DeskMsg::Replied(Reply::Opened { sheets, summary }));
                    }
                }
                other => self.out.push(other),
            }
        }
    }

    fn campaign(&self) -> &Campaign {
        &self.model.desk.file.campaign
    }
}

#[test]
fn what_a_trainer_writes_is_there_at_the_next_visit() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    assert_eq!(trainer.campaign().name, "Khảo sát nhu cầu bồi dưỡng năm 2027");
    trainer.writes(CampaignText::Organiser, "Trường Chính trị tỉnh");
    trainer.does(DeskMsg::Edited(CampaignEdit::RequiredLevel("F3".into(), "bt".into(), Some(2))));
    let again = Trainer::at_the_desk(trainer.kept);
    assert_eq!(again.campaign().organiser, "Trường Chính trị tỉnh");
    let f3 = again.model.desk.form.competencies.iter().find(|c| c.code == "F3").unwrap();
    assert_eq!(f3.required_levels.get("bt"), Some(&2));
}

#[test]
fn a_page_that_opens_on_the_needs_asks_for_them_once_its_campaign_is_there() {
    let trainer = Trainer::at_step(Step::Needs, Vec::new());
    assert!(matches!(trainer.asked.as_slice(), [Request::Open(_), Request::Analysis(_)]));
}

#[test]
fn files_that_are_dropped_before_the_campaign_is_there_wait_for_it() {
    let form = Rc::new(forms::needs().unwrap());
    let route = Route::desk(Step::Collect);
    let mut model = Model::new(form, Language::Vi, TextSize::Normal, route);
    model.start();
    let facts =
        Facts { now: Timestamp::from_millis(0.0), utc_offset: 420, fresh_id: "c".to_owned() };
    assert_eq!(model.update(Msg::Desk(DeskMsg::FilesChosen(2)), &facts), []);
    let effects = model.update(Msg::Desk(DeskMsg::CampaignsLoaded(Some(Vec::new()))), &facts);
    let [Effect::KeepCampaign(_), Effect::Ask(Request::Open(_)), Effect::SendFiles(_), ..] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert!(model.desk.importing.is_some());
}

#[test]
fn the_analysis_follows_what_was_changed_of_the_form() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.does(DeskMsg::Edited(CampaignEdit::CompetencyAsked("F3".into(), false)));
    trainer.goes_to(Step::Needs);
    let [.., Request::Tailor(told), Request::Analysis(_)] = trainer.asked.as_slice() else {
        panic!("the worker is told before it is asked: {:?}", trainer.asked)
    };
    assert_eq!(**told, *trainer.campaign());
    let asked = trainer.asked.len();
    trainer.goes_to(Step::Form);
    trainer.goes_to(Step::Needs);
    assert_eq!(trainer.asked.len(), asked, "what is asked for already is on its way");
    trainer.does(DeskMsg::Edited(CampaignEdit::CompetencyAsked("F3".into(), true)));
    trainer.goes_to(Step::Needs);
    assert!(matches!(trainer.asked.as_slice(), [.., Request::Tailor(_), Request::Analysis(_)]));
}

#[test]
fn next_years_campaign_is_a_copy_without_dates_and_responses() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.writes(CampaignText::Contact, "Bà Hoa, 0912 345 678");
    trainer.writes(CampaignText::Closes, "2026-12-31");
    let first = trainer.campaign().clone();
    trainer.does(DeskMsg::CopyAsked);
    assert_eq!(trainer.campaign().contact, first.contact);
    assert_eq!(trainer.campaign().closes, "");
    assert_ne!(trainer.campaign().id, first.id, "its responses are told apart");
    trainer.does(DeskMsg::CampaignChosen(first.id.clone()));
    assert_eq!(*trainer.campaign(), first);
    assert_eq!(trainer.model.desk.others.len(), 1);
}

#[test]
fn deleting_a_campaign_leaves_the_others() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    let first = trainer.campaign().id.clone();
    trainer.does(DeskMsg::CampaignAsked);
    trainer.does(DeskMsg::DeleteAsked);
    trainer.does(DeskMsg::DeleteAnswered(true));
    assert_eq!(trainer.campaign().id, first);
    trainer.does(DeskMsg::DeleteAnswered(true));
    assert_ne!(trainer.campaign().id, first, "there is always one to go on with");
    assert_eq!(trainer.kept.len(), 1);
}

#[test]
fn a_campaign_goes_to_another_desk_as_a_file() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.writes(CampaignText::Name, "Đợt 1");
    trainer.does(DeskMsg::CampaignFileAsked);
    let Some(Effect::Download { name, bytes }) = trainer.out.pop() else { panic!("no file") };
    assert_eq!(name, "dot-khao-sat_dot-1.json");
    let mut colleague = Trainer::at_the_desk(Vec::new());
    colleague.does(DeskMsg::CampaignFileChosen(bytes));
    assert_eq!(colleague.campaign(), trainer.campaign());
    assert_eq!(colleague.model.desk.form, trainer.model.desk.form);
}

#[test]
fn what_was_opened_last_is_there_at_the_next_visit_whatever_the_clock_says() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.writes(CampaignText::Name, "Đợt 1");
    trainer.does(DeskMsg::CampaignFileAsked);
    let Some(Effect::Download { bytes, .. }) = trainer.out.pop() else { panic!("no file") };
    let file = String::from_utf8(bytes).unwrap().replace("id-1", "id-of-another-desk");
    let mut colleague = Trainer::at_the_desk(Vec::new());
    // The colleague's own campaign has just begun; from now on the clock stands a little before.
    colleague.tick = 0.0;
    colleague.does(DeskMsg::CampaignFileChosen(file.into_bytes()));
    colleague.writes(CampaignText::Organiser, "Trường Chính trị tỉnh");
    assert_eq!(colleague.kept.len(), 2);
    let again = Trainer::at_the_desk(colleague.kept);
    assert_eq!(again.campaign().name, "Đợt 1");
    assert_eq!(again.campaign().organiser, "Trường Chính trị tỉnh");
}

#[test]
fn another_form_leaves_collected_responses_in_their_campaign() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.does(DeskMsg::BuiltInFormChosen(BuiltIn::FollowUp));
    assert_eq!(trainer.kept.len(), 1, "nothing was collected yet");
    trainer.people = 3;
    trainer.does(DeskMsg::CampaignChosen(String::new()));
    let before = trainer.campaign().clone();
    trainer.send(DeskMsg::Replied(Reply::Opened {
        sheets: FormSheets::built_in(BuiltIn::FollowUp).in_full(BuiltIn::sheets),
        summary: Some(Summary { people: 3, ..Summary::default() }),
    }));
    trainer.does(DeskMsg::BuiltInFormChosen(BuiltIn::Needs));
    assert_eq!(trainer.model.desk.notice, Some(Notice::CampaignBegun));
    assert_ne!(trainer.campaign().id, before.id);
    assert!(trainer.kept.iter().any(|kept| kept.campaign == before));
}

#[test]
fn a_kit_is_called_after_its_campaign() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.writes(CampaignText::Name, "Thái Nguyên 2026");
    trainer.does(DeskMsg::KitAsked);
    assert!(matches!(trainer.asked.last(), Some(Request::Pack(Carrier::Kit))));
    trainer.does(DeskMsg::Replied(Reply::Packed(Carrier::Kit, "abc".into())));
    let Some(Effect::WriteKit { name, title, campaign, encrypts: false }) = trainer.out.pop()
    else {
        panic!("no kit")
    };
    assert_eq!(name, "phieu-thai-nguyen-2026.html");
    assert_eq!((title.as_str(), campaign.as_str()), ("Thái Nguyên 2026", "abc"));
}

#[test]
fn a_kit_of_a_campaign_that_encrypts_is_one_that_can() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    trainer.does(DeskMsg::Edited(CampaignEdit::Recipient("age1abc".into())));
    assert_eq!(trainer.kept[0].campaign.recipient, "age1abc");
    trainer.does(DeskMsg::Replied(Reply::Packed(Carrier::Kit, "abc".into())));
    assert!(matches!(trainer.out.pop(), Some(Effect::WriteKit { encrypts: true, .. })));
}

#[test]
fn keys_stay_open_from_campaign_to_campaign_and_open_what_waits() {
    let mut trainer = Trainer::at_the_desk(Vec::new());
    let waiting = Problem::of_file(ProblemKind::Encryption(EncryptionFault::KeyNeeded(None)));
    let report = |file: &str, problems| FileReport {
        file: file.to_owned(),
        problems,
        ..FileReport::default()
    };
    let imported = |reports| {
        let summary = Summary::default();
        DeskMsg::Replied(Reply::Imported { reports, summary, kept: true })
    };
    trainer.does(DeskMsg::FilesChosen(2));
    trainer.does(imported(vec![report("1.csv", vec![]), report("2.csv.age", vec![waiting])]));
    let ring = KeyRing { kept: vec![], open: vec!["age1abc".into()] };
    trainer.does(DeskMsg::Replied(Reply::Keys(KeyReply::Keys(ring))));
    assert_eq!(trainer.asked.last(), Some(&Request::ImportUnopened));
    trainer.does(imported(vec![report("2.csv.age", vec![])]));
    let files = trainer.model.desk.reports.iter().map(|report| report.file.as_str());
    assert_eq!(files.collect::<Vec<_>>(), ["1.csv", "2.csv.age"]);
    trainer.does(DeskMsg::CampaignAsked);
    assert_eq!(trainer.model.desk.keys.open(), ["age1abc"]);
}

#[test]
fn in_a_kit_there_is_no_desk() {
    let form = Rc::new(forms::needs().unwrap());
    let open = |route: Route| {
        let mut kit = Model::new(Rc::clone(&form), Language::Vi, TextSize::Normal, route)
            .of_campaign(Campaign { id: "c".into(), ..Campaign::default() });
        kit.start();
        kit.route
    };
    let desk = Step::ALL.map(Route::desk);
    for route in desk.into_iter().chain([Route::Home, Route::Paper, Route::Preview(Place::Review)])
    {
        assert_eq!(open(route), Route::Answer(Place::Welcome));
    }
}

fn file() -> CampaignFile {
    let campaign = Campaign { id: "c1".into(), name: "Đợt 1".into(), ..Campaign::default() };
    let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
    CampaignFile::new(campaign, sheets, Timestamp::from_millis(1.8e12))
}

#[test]
fn a_kit_carries_its_campaign_whole() {
    let file = file();
    let carried = CampaignFile::from_text(&file.to_text()).unwrap();
    assert_eq!(carried, file);
    assert_eq!(carried.form().unwrap().form, forms::needs().unwrap());
}

#[test]
fn a_kit_has_its_own_units_and_nobody_learns_how_many_people_there_should_be() {
    let mut file = file();
    let unit = |code: &str, name: &str| Unit {
        code: code.to_owned(),
        name: name.to_owned(),
        ..Unit::default()
    };
    let units = vec![unit("05830", "Xã Đại Từ"), unit("x-1", "Xã Mới")];
    file.campaign.roster = Rc::new(Roster { units, ..Roster::default() });
    let whole = file.to_text().len();
    let sent = CampaignFile::from_text(&file.clone().for_respondents().to_text()).unwrap();
    assert!(sent.to_text().len() < whole / 2, "{} of {whole}", sent.to_text().len());
    let units = |file: &CampaignFile| file.form().unwrap().form.choices("don_vi").to_vec();
    assert_eq!(units(&sent), units(&file));
    assert_eq!(units(&sent).len(), 2);
}

#[test]
fn the_campaign_that_kits_are_weighed_with_is_one_of_130_units() {
    let mut registry = Registry::default();
    let hanoi = RosterRequest::Units(UnitList::Current, vec!["01".to_owned(), "19".to_owned()]);
    let RosterReply::Units(mut roster) = registry.answer(hanoi) else { unreachable!() };
    roster.units.truncate(130);
    let mut file = file();
    file.campaign.roster = Rc::new(roster);
    let now = file.for_respondents().to_text();

    let weighed = include_str!("data/campaign-of-130-units.txt").trim();
    let is_like_now = weighed.len().abs_diff(now.len()) < now.len() / 20;
    assert!(is_like_now, "put this text in its place:\n{now}");
    let carried = CampaignFile::from_text(weighed).unwrap();
    assert_eq!(carried.form().unwrap().form.choices("don_vi").len(), 130);
}

#[test]
fn a_link_to_a_form_that_ships_is_short() {
    let mut file = file();
    file.sheets = file.sheets.in_short();
    assert!(file.to_text().len() < 600, "{}", file.to_text().len());
}

#[test]
fn a_kit_whose_campaign_was_cut_or_edited_says_so() {
    let text = file().to_text();
    let edited = text.replacen(|c: char| c.is_ascii_lowercase(), "_", 1);
    for damaged in [&text[..text.len() / 2], &edited, "", "{}"] {
        assert_eq!(CampaignFile::from_text(damaged), Err(CampaignFault::Damaged));
    }
}

#[test]
fn a_campaign_file_of_a_newer_version_is_named_and_what_is_open_stays() {
    let newer = r#"{"phieu-xa": 2, "made_by": "3.1.0", "anything": []}"#;
    let mut trainer = Trainer::at_the_desk(vec![file()]);
    trainer.does(DeskMsg::CampaignFileChosen(newer.as_bytes().to_vec()));
    let fault = CampaignFault::Newer("3.1.0".into());
    assert_eq!(trainer.model.desk.notice, Some(Notice::CampaignRefused(fault)));
    assert_eq!(trainer.campaign().id, "c1");
    trainer.does(DeskMsg::CampaignFileChosen(b"\x00 no campaign".to_vec()));
    let fault = CampaignFault::Damaged;
    assert_eq!(trainer.model.desk.notice, Some(Notice::CampaignRefused(fault)));
}
