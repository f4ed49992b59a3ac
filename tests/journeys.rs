//! Whole journeys without a browser: the test carries the effects out, as the shell does.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::draft::Draft;
use phieu_xa::app::keys::KeysMsg;
use phieu_xa::app::kit::{ConsentBox, FoundForm, KitMsg, KitNotice, Saving};
use phieu_xa::app::protocol::{FormSheets, Reply, Request, Summary};
use phieu_xa::app::route::{Place, Route, Step};
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::form::{Form, Kind, Question};
use phieu_xa::domain::response::Mode;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::encryption::{Identity, armored, decrypt, encrypt};
use phieu_xa::formats::{response_csv, xlsform};
use phieu_xa::forms::{self, BuiltIn};
use phieu_xa::text::Language;
use std::sync::LazyLock;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

/// A device: its storage outlives the page, its downloads are kept.
#[derive(Default)]
struct Device {
    drafts: BTreeMap<String, Draft>,
    /// Forms that drafts were begun with, by version.
    forms: BTreeMap<String, Rc<Form>>,
    downloads: Vec<(String, Vec<u8>)>,
    refuses_storage: bool,
    cannot_encrypt: bool,
    ids: u32,
    seconds: f64,
}

/// An open page on a device.
struct Page<'d> {
    device: &'d mut Device,
    model: Model,
}

impl Device {
    fn open(&mut self) -> Page<'_> {
        self.open_with(Rc::new(FORM.clone()))
    }

    fn open_with(&mut self, form: Rc<Form>) -> Page<'_> {
        let route = Route::Answer(Place::Welcome);
        let mut model = Model::new(form, Language::Vi, TextSize::Normal, route);
        let effects = model.start();
        let mut page = Page { device: self, model };
        page.perform(effects);
        page
    }
}

impl Page<'_> {
    /// Makes the page one of a campaign whose responses are encrypted.
    fn encrypts_for(&mut self, identity: &Identity) {
        let recipient = identity.public_key();
        self.model.kit.campaign = Rc::new(Campaign { recipient, ..Campaign::default() });
    }

    fn send(&mut self, msg: impl Into<Msg>) {
        self.device.seconds += 1.0;
        self.device.ids += 1;
        let facts = Facts {
            now: Timestamp::from_millis(1.8e12 + self.device.seconds * 1000.0),
            utc_offset: 420,
            fresh_id: format!("id-{}", self.device.ids),
        };
        let effects = self.model.update(msg.into(), &facts);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadDrafts => {
                    let drafts = self.device.drafts.values().cloned().collect();
                    self.send(KitMsg::DraftsLoaded(
                        (!self.device.refuses_storage).then_some(drafts),
                    ));
                }
                Effect::SaveDraft(draft) => {
                    let root = draft.root.clone();
                    let there = self.device.drafts.get(&root);
                    if there.map_or(draft.saves > 1, |there| there.saves >= draft.saves)
                        && !self.device.refuses_storage
                    {
                        let newest = there.cloned().map(Box::new);
                        self.send(KitMsg::ChangedElsewhere { root, newest });
                        continue;
                    }
                    let at = (!self.device.refuses_storage).then_some(draft.changed);
                    if at.is_some() {
                        self.device.drafts.insert(root.clone(), *draft);
                    }
                    self.send(KitMsg::DraftSaved { root, at });
                }
                Effect::DeleteDraft(root) if self.device.refuses_storage => {
                    self.send(KitMsg::DraftNotDeleted(root));
                }
                Effect::DeleteDraft(root) => {
                    self.device.drafts.remove(&root);
                    self.send(KitMsg::DraftDeleted(root));
                }
                Effect::KeepForm => {
                    let form = Rc::clone(self.model.kit.form());
                    self.device.forms.insert(form.version.clone(), form);
                }
                Effect::FindForm { id, version } => {
                    let found = match self.device.forms.get(&version).cloned() {
                        _ if self.device.refuses_storage => FoundForm::Refused,
                        Some(form) => FoundForm::Here(form),
                        None => FoundForm::Gone,
                    };
                    self.send(KitMsg::FormFound { id, version, found });
                }
                Effect::KeepSheets(sheets) => {
                    let form = Rc::new(sheets.read().unwrap().form);
                    self.device.forms.insert(form.version.clone(), form);
                }
                Effect::Download { name, bytes } | Effect::Share { name, bytes } => {
                    self.device.downloads.push((name, bytes));
                }
                Effect::DownloadPicture { name, svg } => {
                    self.device.downloads.push((name, svg.into_bytes()));
                }
                Effect::Ask(Request::Encrypt { root, revision, public_key, bytes }) => {
                    let text = encrypt(&bytes, &public_key).and_then(|bytes| armored(&bytes)).ok();
                    let text = text.filter(|_| !self.device.cannot_encrypt);
                    self.send(DeskMsg::Replied(Reply::Encrypted { root, revision, text }));
                }
                Effect::Navigate { .. }
                | Effect::ShowFromTop
                | Effect::ShowFirstFault
                | Effect::KeepPreferences(..)
                | Effect::Print(_)
                | Effect::TakeUpdate
                | Effect::LoadCampaigns
                | Effect::KeepCampaign(_)
                | Effect::ForgetCampaign(_)
                | Effect::WriteKit { .. }
                | Effect::Ask(_)
                | Effect::CopyText(_)
                | Effect::SendFiles(_)
                | Effect::KeepBackupTime(_)
                | Effect::DeleteEverything
                | Effect::SendFrame { .. } => {}
            }
        }
    }

    fn answer(&mut self, question: &str, value: &str) {
        self.send(KitMsg::Answered(vec![(question.to_owned(), value.to_owned())]));
    }

    fn start(&mut self) {
        self.send(KitMsg::StartAsked);
        self.send(KitMsg::ConsentTicked(true));
        self.send(KitMsg::ConsentGiven);
    }

    fn screen(&self) -> String {
        match &self.model.route {
            Route::Answer(Place::Screen(name)) => name.clone(),
            route => route.to_string(),
        }
    }

    /// Answers what must be answered, screen after screen, until the review.
    fn answer_all(&mut self, post: &str) {
        for _ in 0..200 {
            if self.model.route == Route::Answer(Place::Review) {
                return;
            }
            let filled = self.model.kit.filled().unwrap();
            let pages = self.model.kit.pages();
            let here = self.model.kit.page_position(self.model.route.place(), &pages);
            let mut answers = Vec::new();
            for field in pages[here].fields() {
                let question = field.question(filled.form()).unwrap();
                let value = match &question.kind {
                    _ if question.name == "chuc_danh" => post.to_owned(),
                    Kind::SelectOne(_) | Kind::SelectMultiple(_) if question.required.is_some() => {
                        filled.offered(field)[0].name.clone()
                    }
                    _ => continue,
                };
                answers.push((question.name.clone(), value));
            }
            self.send(KitMsg::Answered(answers));
            self.send(KitMsg::NextAsked);
        }
        panic!("the review was not reached; stuck at {}", self.screen());
    }
}

#[test]
fn without_consent_nothing_is_kept() {
    let mut device = Device::default();
    let mut page = device.open();
    page.send(KitMsg::StartAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Consent));
    page.send(KitMsg::ConsentGiven);
    assert_eq!(page.model.kit.consent, ConsentBox::Missed);
    assert_eq!(page.model.route, Route::Answer(Place::Consent));
    page.send(KitMsg::BackAsked);
    assert!(device.drafts.is_empty());
}

#[test]
fn every_answer_is_stored_at_once_and_the_screen_says_when() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "Nguyễn Văn A");
    let Saving::Saved(at) = page.model.kit.filling.as_ref().unwrap().saving else {
        panic!("not saved")
    };
    let stored = device.drafts.values().next().unwrap();
    assert_eq!(stored.answers.get("ho_ten"), "Nguyễn Văn A");
    assert_eq!(stored.changed, at);
    assert_eq!(*stored.consent.version, *FORM.consent_version);
}

#[test]
fn a_break_over_lunch_is_no_time_at_the_form() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    let active = |page: &Page| page.model.kit.filling.as_ref().unwrap().draft.active_seconds;
    let before = active(&page);
    assert!((1..20).contains(&before), "{before}");
    page.device.seconds += 3600.0;
    page.answer("ho_ten", "B");
    assert_eq!(active(&page), before + 120, "as long as somebody may think");
    page.answer_all("bt");
    page.send(KitMsg::HandInAsked);
    let draft = device.drafts.values().next().unwrap();
    let response = draft.handed_in.last().unwrap();
    assert_eq!(response.active_seconds, Some(draft.active_seconds));
    let (_, file) = device.downloads.first().unwrap();
    let read = response_csv::read(&FORM, "x.csv", file).responses;
    assert_eq!(read[0].active_seconds, response.active_seconds, "the file tells the trainer");
    assert!(!read[0].is_edited());
}

#[test]
fn after_a_crash_the_next_start_offers_to_go_on_where_it_was_left() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    page.send(KitMsg::NextAsked);
    page.answer("tinh", "19");
    assert_eq!(page.screen(), "tinh");
    // The page is gone without a word.
    let mut page = device.open();
    let root = page.model.kit.open_drafts().next().unwrap().root.clone();
    page.send(KitMsg::ResumeAsked(root));
    assert_eq!(page.screen(), "tinh");
    assert_eq!(page.model.kit.filled().unwrap().value("tinh"), "19");
}

#[test]
fn a_screen_is_not_left_with_a_fault_and_going_back_loses_nothing() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.send(KitMsg::NextAsked);
    page.send(KitMsg::NextAsked);
    assert_eq!(page.screen(), "tinh");
    assert!(page.model.kit.filling.as_ref().unwrap().shows_faults);
    page.answer("tinh", "19");
    page.send(KitMsg::NextAsked);
    page.answer("don_vi", "05443");
    page.send(KitMsg::BackAsked);
    page.send(KitMsg::BackAsked);
    assert_eq!(page.screen(), "ho_ten");
    assert_eq!(page.model.kit.filled().unwrap().value("don_vi"), "05443");
}

#[test]
fn a_whole_form_is_handed_in_as_a_file_that_reads_back() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("ct_ubnd");
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    let receipt = page.model.kit.handed_in().unwrap().receipt();
    let (name, bytes) = device.downloads.pop().unwrap();
    assert!(name.starts_with("chu-tich-ubnd_") && name.ends_with("_r1.csv"), "{name}");
    let read = response_csv::read(&FORM, &name, &bytes);
    assert_eq!(read.problems, []);
    let response = &read.responses[0];
    assert!(!response.is_edited());
    assert_eq!(response.receipt(), receipt, "the trainer's desk shows the same code");
    assert_eq!(response.answers.get("imp_D3"), "1");
    assert_eq!(response.answers.get("imp_A2"), "", "another group's competency was not asked");
    assert_eq!(*response.consent.as_ref().unwrap().version, *FORM.consent_version);
}

#[test]
fn after_handing_in_the_person_can_keep_the_own_picture() {
    let mut device = Device::default();
    let mut page = device.open();
    page.send(Msg::OwnPictureAsked);
    page.start();
    // Importance and ability 1 of everything: the level of the post decides.
    page.answer_all("ct_ubnd");
    page.send(KitMsg::HandInAsked);
    page.send(Msg::OwnPictureAsked);
    let [_, (name, svg)] = device.downloads.as_slice() else { panic!("the form and the picture") };
    assert_eq!(name, "buc-tranh-nang-luc_2027-01-15.png");
    let svg = String::from_utf8(svg.clone()).unwrap();
    let ranked = (1..).zip(["Ra quyết định", "Lập kế hoạch", "Pháp luật", "Soạn thảo", "Cải cách"]);
    let places = ranked.map(|(rank, name)| svg.find(&format!(">{rank}. {name}")).unwrap());
    assert!(places.is_sorted());
    assert!(!svg.contains(">6. "), "five at most");
    assert!(svg.contains(">Chủ tịch UBND · 15/01/2027<"));
}

#[test]
fn an_encrypted_response_is_read_by_the_trainer_alone() {
    let identity = [Identity::generate()];
    let mut device = Device::default();
    let mut page = device.open();
    page.encrypts_for(&identity[0]);
    page.start();
    page.answer("ho_ten", "Nguyễn Văn A");
    page.answer_all("ct_ubnd");
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    assert!(page.model.kit.own_picture().is_some(), "the receipt still shows it");
    page.send(KitMsg::DeliveryConfirmed(true));
    page.send(KitMsg::TextAsked);
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    let code = page.model.kit.handed_in().unwrap().receipt();

    // Once it is left, neither the page nor the device knows what was answered.
    page.send(Msg::RouteChanged(Route::Answer(Place::Welcome)));
    assert!(!format!("{:?}", page.model).contains("Nguyễn Văn A"));
    page.send(KitMsg::ReopenAsked(root.clone()));
    page.send(KitMsg::BackupAsked(root.clone()));
    assert_eq!(page.model.route, Route::Answer(Place::Welcome), "it cannot be changed any more");
    page.send(KitMsg::ResumeAsked(root.clone()));
    assert_eq!(page.model.kit.handed_in().unwrap().receipt(), code);
    assert!(page.model.kit.own_picture().is_none());
    page.send(KitMsg::FileAskedAgain);
    let stored = serde_json::to_string(&device.drafts[&root]).unwrap();
    assert!(!stored.contains("Nguyễn") && !stored.contains("ct_ubnd"), "{stored}");

    let [(name, first), (_, again)] = device.downloads.as_slice() else { panic!("two files") };
    assert_eq!(name, &format!("phieu-{}_r1.csv.age", root.replace('-', "")));
    assert_eq!(first, again);
    assert!(!String::from_utf8_lossy(first).contains("Nguyễn"));
    let opened = decrypt(first, &identity).unwrap();
    let read = response_csv::read(&FORM, "x.csv", &opened).responses;
    assert_eq!(read[0].answers.get("ho_ten"), "Nguyễn Văn A");
    assert_eq!(read[0].receipt(), code);
}

#[test]
fn what_cannot_be_encrypted_is_not_handed_in_and_stays_as_it_was() {
    let mut device = Device { cannot_encrypt: true, ..Device::default() };
    let mut page = device.open();
    page.encrypts_for(&Identity::generate());
    page.start();
    page.answer("ho_ten", "Nguyễn Văn A");
    page.answer_all("ct_ubnd");
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Review));
    assert_eq!(page.model.kit.notice, Some(KitNotice::NotEncrypted));
    assert!(page.device.downloads.is_empty());
    let draft = page.device.drafts.values().next().unwrap();
    assert!(draft.is_open() && draft.answers.get("ho_ten") == "Nguyễn Văn A");

    page.device.cannot_encrypt = false;
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    assert_eq!(device.downloads.len(), 1);
}

#[test]
fn a_page_that_closed_before_encrypting_makes_up_for_it() {
    let identity = [Identity::generate()];
    let mut device = Device::default();
    let mut page = device.open();
    // Handed in, and stored, when the page was closed.
    page.start();
    page.answer("ho_ten", "Nguyễn Văn A");
    page.answer_all("ct_ubnd");
    page.send(KitMsg::HandInAsked);
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    device.downloads.clear();
    let mut page = device.open();
    page.encrypts_for(&identity[0]);
    page.send(KitMsg::ResumeAsked(root.clone()));
    assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    page.send(KitMsg::FileAskedAgain);
    assert!(decrypt(&device.downloads[0].1, &identity).is_ok());
    assert!(!format!("{:?}", device.drafts[&root]).contains("Nguyễn"));
}

#[test]
fn who_enters_for_others_takes_each_encrypted_form_away_by_itself() {
    let identity = [Identity::generate()];
    let mut device = Device::default();
    let mut page = device.open();
    page.encrypts_for(&identity[0]);
    page.send(KitMsg::HelpingChosen(Some(Mode::Paper)));
    for _ in 0..2 {
        page.start();
        page.answer_all("bt");
        page.send(KitMsg::HandInAsked);
    }
    page.send(KitMsg::AllFilesAsked);
    assert_eq!(device.downloads.len(), 2);
    assert!(device.downloads.iter().all(|(_, bytes)| decrypt(bytes, &identity).is_ok()));
}

#[test]
fn with_something_missing_the_form_is_not_handed_in() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    page.answer("tinh", "");
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Review));
    assert!(device.downloads.is_empty());
}

#[test]
fn from_the_review_one_goes_to_a_question_and_back() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    page.send(KitMsg::ReviewLineChosen("abl_A1".into()));
    assert_eq!(page.screen(), "imp_A1", "the screen starts with the other rating");
    page.answer("abl_A1", "5");
    page.send(KitMsg::NextAsked);
    assert_eq!(page.model.route, Route::Answer(Place::Review));
}

#[test]
fn a_reopened_response_becomes_revision_2_of_the_same_root() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    page.send(KitMsg::HandInAsked);
    let root = page.model.kit.handed_in().unwrap().root.clone();
    // A day later, after the page was closed.
    let mut page = device.open();
    assert_eq!(page.model.kit.finished_drafts().count(), 1);
    page.send(KitMsg::ReopenAsked(root.clone()));
    page.answer("ho_ten", "B");
    page.send(KitMsg::HandInAsked);
    let responses: Vec<_> = device
        .downloads
        .iter()
        .flat_map(|(name, bytes)| response_csv::read(&FORM, name, bytes).responses)
        .collect();
    let revisions: Vec<_> = responses.iter().map(|r| (r.root.as_str(), r.revision)).collect();
    assert_eq!(revisions, [(root.as_str(), 1), (root.as_str(), 2)]);
    assert_eq!(device.drafts[&root].handed_in.len(), 2, "what was handed in first is kept");
}

#[test]
fn a_change_that_is_given_up_leaves_what_was_handed_in() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    // Written where the question was asked for a time, then not asked any more.
    page.answer("ly_luan_khac", "Công ty");
    page.send(KitMsg::HandInAsked);
    page.send(KitMsg::DeliveryConfirmed(true));
    let before = page.model.kit.handed_in().unwrap().clone();
    page.send(KitMsg::ReopenAsked(before.root.clone()));
    page.answer("ho_ten", "Nhầm");
    // The page is closed and opened again in between.
    let mut page = device.open();
    page.send(KitMsg::ResumeAsked(before.root.clone()));
    page.send(KitMsg::ReopeningGivenUp);
    assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    assert_eq!(page.model.kit.handed_in(), Some(&before));
    let stored = page.device.drafts.values().next().unwrap();
    assert_eq!((stored.answers.get("ho_ten"), stored.is_open()), ("", false));
    assert!(stored.is_delivered, "the trainer has the file");
    assert_eq!(stored.answers.get("ly_luan_khac"), "Công ty", "though it was not handed in");
    assert_eq!(before.answers.get("ly_luan_khac"), "");
}

#[test]
fn where_the_browser_keeps_nothing_one_can_still_hand_in() {
    let mut device = Device { refuses_storage: true, ..Device::default() };
    let mut page = device.open();
    assert!(page.model.kit.storage_refused);
    page.start();
    page.answer_all("bt");
    assert_eq!(page.model.kit.filling.as_ref().unwrap().saving, Saving::Refused);
    page.send(KitMsg::HandInAsked);
    assert_eq!(page.device.downloads.len(), 1);
    // What never was on the device is deleted without further ado.
    let root = page.model.kit.handed_in().unwrap().root.clone();
    page.send(KitMsg::DeleteAsked(root));
    page.send(KitMsg::DeleteAnswered(true));
    assert_eq!((page.model.kit.finished_drafts().count(), page.model.kit.notice), (0, None));
    assert!(!page.model.kit.is_at_risk());
}

#[test]
fn two_windows_never_overwrite_each_other() {
    let mut device = Device::default();
    let mut first = device.open();
    first.start();
    first.answer("ho_ten", "A");
    let mut behind = first.model.clone();
    // The other window answers everything and hands in.
    first.answer_all("bt");
    first.send(KitMsg::HandInAsked);
    // Back in a window that has not seen any of it, one key is pressed.
    std::mem::swap(&mut first.model, &mut behind);
    first.answer("ho_ten", "AB");
    assert_eq!(first.model.route, Route::Answer(Place::Receipt));
    let stored = first.device.drafts.values().next().unwrap();
    assert_eq!(stored.answers.get("ho_ten"), "A");
    assert_eq!(stored.handed_in.len(), 1, "what was handed in is still there");
}

#[test]
fn a_response_leaves_the_device_only_when_it_is_stored() {
    let mut device = Device::default();
    let mut first = device.open();
    first.start();
    first.answer_all("bt");
    let mut behind = first.model.clone();
    first.send(KitMsg::HandInAsked);
    assert_eq!(first.device.downloads.len(), 1);
    // A window that has not seen it would hand in another response of the same number.
    std::mem::swap(&mut first.model, &mut behind);
    first.send(KitMsg::HandInAsked);
    assert_eq!(first.model.route, Route::Answer(Place::Receipt));
    assert_eq!(first.model.kit.handed_in(), behind.kit.handed_in());
    assert_eq!(first.device.downloads.len(), 1);
    // Until storage answers there is no receipt.
    first.send(KitMsg::ReopenAsked(behind.kit.handed_in().unwrap().root.clone()));
    let facts = Facts { now: Timestamp::from_millis(2e12), utc_offset: 0, fresh_id: "x".into() };
    let effects = first.model.update(Msg::Kit(KitMsg::HandInAsked), &facts);
    assert!(matches!(effects[..], [Effect::SaveDraft(_)]), "{effects:?}");
    assert_eq!(first.model.route, Route::Answer(Place::Review));
}

#[test]
fn a_form_that_is_tried_out_can_be_handed_in_and_leaves_nothing() {
    let sheets = [
        ("survey.csv", "type,name,label\ntext,a,A\n"),
        ("settings.csv", "form_title,form_id,version\nThử,thu,1\n"),
    ];
    let form = Rc::new(xlsform::read(&sheets).unwrap().form);
    let route = Route::Preview(Place::Welcome);
    let model = Model::new(form, Language::Vi, TextSize::Normal, route);
    let mut encrypting = model.clone();
    Rc::make_mut(&mut encrypting.desk).file.campaign.recipient = "age1abc".to_owned();
    let facts = Facts { now: Timestamp::from_millis(0.0), utc_offset: 420, fresh_id: "x".into() };
    for mut model in [model, encrypting] {
        model.start();
        for msg in [KitMsg::StartAsked, KitMsg::NextAsked, KitMsg::HandInAsked] {
            let effects = model.update(Msg::Kit(msg), &facts);
            let keeps = |e: &Effect| matches!(e, Effect::SaveDraft(_) | Effect::Download { .. });
            assert!(!effects.iter().any(keeps), "{effects:?}");
        }
        assert_eq!(model.route, Route::Preview(Place::Receipt));
    }
}

#[test]
fn a_draft_that_another_window_deleted_does_not_come_back() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.device.drafts.clear();
    page.answer("ho_ten", "A");
    assert!(page.device.drafts.is_empty());
    assert_eq!(page.model.route, Route::Answer(Place::Welcome));
}

#[test]
fn a_draft_is_deleted_only_after_a_clear_yes() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    let root = page.model.kit.open_drafts().next().unwrap().root.clone();
    page.send(KitMsg::DeleteAsked(root.clone()));
    page.send(KitMsg::DeleteAnswered(false));
    assert!(page.device.drafts.contains_key(&root));
    page.send(KitMsg::DeleteAsked(root.clone()));
    page.send(KitMsg::DeleteAnswered(true));
    assert_eq!(page.model.route, Route::Answer(Place::Welcome));
    assert_eq!(page.model.kit.open_drafts().count(), 0);
    assert!(device.drafts.is_empty());
}

#[test]
fn a_draft_that_the_browser_does_not_delete_stays_in_the_list_and_it_says_so() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    let root = page.model.kit.open_drafts().next().unwrap().root.clone();
    for refused in [true, false] {
        page.device.refuses_storage = refused;
        page.send(KitMsg::DeleteAsked(root.clone()));
        page.send(KitMsg::DeleteAnswered(true));
        assert_eq!(page.model.route, Route::Answer(Place::Welcome));
        assert_eq!(page.model.kit.open_drafts().count(), usize::from(refused));
        assert_eq!(page.model.kit.notice, refused.then_some(KitNotice::NotDeleted));
    }
}

#[test]
fn an_address_that_cannot_be_shown_leads_to_the_welcome() {
    let mut device = Device::default();
    let page = device.open();
    for place in [Place::Review, Place::Receipt, Place::Screen("imp_A1".into())] {
        let mut model = page.model.clone();
        let facts =
            Facts { now: Timestamp::from_millis(0.0), utc_offset: 420, fresh_id: "x".into() };
        let effects = model.update(Msg::RouteChanged(Route::Answer(place)), &facts);
        assert_eq!(model.route, Route::Answer(Place::Welcome));
        assert!(matches!(effects[0], Effect::Navigate { replace: true, .. }));
    }
}

#[test]
fn a_form_chosen_before_the_desk_is_open_still_gets_its_faults_told() {
    let mut device = Device::default();
    let page = device.open();
    let mut model = page.model.clone();
    let facts = Facts { now: Timestamp::from_millis(0.0), utc_offset: 420, fresh_id: "x".into() };
    let mut send = |msg: DeskMsg| model.update(Msg::Desk(msg), &facts);
    send(DeskMsg::FormChosen(vec![("survey.csv".into(), Vec::new())]));
    let sheets = FormSheets::built_in(BuiltIn::Needs).in_full(BuiltIn::sheets);
    send(DeskMsg::Replied(Reply::Opened { sheets, summary: Some(Summary::default()) }));
    let faults = xlsform::read(&[]).unwrap_err();
    send(DeskMsg::Replied(Reply::FormFaulty(faults.clone())));
    assert_eq!(model.desk.refused_form.as_ref().unwrap().faults, faults);
}

/// The form as it may be next year: one question more, another version.
fn updated_form() -> Rc<Form> {
    let mut form = FORM.clone();
    form.version.push_str("-moi");
    form.add_question(Question { name: "moi".into(), ..Question::of_kind(Kind::Text) });
    Rc::new(form)
}

#[test]
fn a_draft_opens_with_the_form_it_was_made_with() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    let mut page = device.open_with(updated_form());
    page.send(KitMsg::ResumeAsked(root.clone()));
    assert_eq!(page.model.kit.form().version, FORM.version);
    assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A");
    assert_eq!(page.model.kit.notice, None);
    // Where that form is lost, the draft goes on with the present one, and says so.
    device.forms.clear();
    let mut page = device.open_with(updated_form());
    page.send(KitMsg::ResumeAsked(root));
    assert_eq!(page.model.kit.form().version, updated_form().version);
    assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A");
    assert_eq!(page.model.kit.notice, Some(KitNotice::FormChanged));
}

#[test]
fn what_was_handed_in_keeps_every_answer_when_its_form_is_no_longer_here() {
    let mut form = FORM.clone();
    form.version.push_str("-cu");
    form.add_question(Question { name: "cu".into(), ..Question::of_kind(Kind::Text) });
    let old_form = Rc::new(form);
    let mut device = Device::default();
    let mut page = device.open_with(Rc::clone(&old_form));
    page.send(KitMsg::HelpingChosen(Some(Mode::Paper)));
    page.start();
    page.answer("cu", "Chỉ bản cũ hỏi");
    page.answer_all("bt");
    page.send(KitMsg::HandInAsked);
    let handed_in = page.model.kit.handed_in().unwrap().clone();
    device.forms.clear();
    let mut page = device.open();
    page.send(KitMsg::ResumeAsked(handed_in.root.clone()));
    assert_eq!(page.model.kit.form().version, FORM.version);
    for again in [KitMsg::FileAskedAgain, KitMsg::AllFilesAsked] {
        page.send(again);
        let (name, bytes) = page.device.downloads.pop().unwrap();
        let read = response_csv::read(&old_form, &name, &bytes);
        assert_eq!(read.problems, [], "{name}");
        assert_eq!(read.responses[0].answers, handed_in.answers, "{name}");
        assert!(!read.responses[0].is_edited(), "{name}");
        assert_eq!(response_csv::read(&FORM, &name, &bytes).unknown_columns, ["cu"]);
    }
}

#[test]
fn a_draft_goes_to_another_device_in_a_file_and_nothing_newer_is_overwritten() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    page.send(KitMsg::BackupAsked(root.clone()));
    page.answer("ho_ten", "A sửa");
    let (name, backup) = page.device.downloads.pop().unwrap();
    assert!(name.starts_with("ban-nhap_a_"), "{name}");
    page.send(KitMsg::BackupChosen(backup.clone()));
    assert_eq!(page.model.kit.notice, Some(KitNotice::BackupOlder));
    assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A sửa");

    let mut other = Device { seconds: 100.0, ..Device::default() };
    let mut page = other.open();
    page.send(KitMsg::BackupChosen(backup));
    assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A");
    page.answer("ho_ten", "A trên máy khác");
    assert_eq!(other.drafts.get(&root).unwrap().answers.get("ho_ten"), "A trên máy khác");
    let mut page = other.open();
    page.send(KitMsg::BackupChosen(b"{}".to_vec()));
    assert_eq!(page.model.kit.notice, Some(KitNotice::BackupUnreadable));
}

#[test]
fn a_form_that_cannot_be_read_now_is_not_taken_for_one_that_is_gone() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    let mut page = device.open_with(updated_form());
    page.device.refuses_storage = true;
    page.send(KitMsg::ResumeAsked(root.clone()));
    assert_eq!(page.model.kit.notice, Some(KitNotice::FormUnreadable));
    assert_eq!(page.model.route, Route::Answer(Place::Welcome));
    page.device.refuses_storage = false;
    page.send(KitMsg::ResumeAsked(root));
    assert_eq!(page.model.kit.form().version, FORM.version);
}

#[test]
fn a_backup_brings_the_form_it_was_made_with() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("ho_ten", "A");
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    // Also from the list, on a page that has a newer form by now.
    let mut page = device.open_with(updated_form());
    page.send(KitMsg::BackupAsked(root.clone()));
    let (_, backup) = page.device.downloads.pop().unwrap();

    for refuses_storage in [false, true] {
        let mut other = Device { refuses_storage, ..Device::default() };
        let mut page = other.open_with(updated_form());
        page.send(KitMsg::BackupChosen(backup.clone()));
        assert_eq!(page.model.kit.notice, Some(KitNotice::BackupTaken));
        assert_eq!(**page.model.kit.form(), *FORM);
        assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A");
    }
    let mut other = Device::default();
    other.open_with(updated_form()).send(KitMsg::BackupChosen(backup.clone()));
    let mut page = other.open_with(updated_form());
    page.send(KitMsg::ResumeAsked(root));
    assert_eq!(page.model.kit.form().version, FORM.version, "and it stays on the device");

    // A file of before, without a form, opens with the present one and says so.
    let mut old: serde_json::Value = serde_json::from_slice(&backup).unwrap();
    old.as_object_mut().unwrap().remove("form_sheets").unwrap();
    let mut other = Device::default();
    let mut page = other.open_with(updated_form());
    page.send(KitMsg::BackupChosen(serde_json::to_vec(&old).unwrap()));
    assert_eq!(page.model.kit.notice, Some(KitNotice::FormChanged));
    assert_eq!(page.model.kit.filled().unwrap().value("ho_ten"), "A");
}

#[test]
fn a_helper_enters_form_after_form_of_one_unit_and_takes_them_away_together() {
    let mut device = Device::default();
    let mut page = device.open();
    page.send(KitMsg::HelpingChosen(Some(Mode::Paper)));
    for name in ["A", "B", "C"] {
        page.start();
        let unit = page.model.kit.filled().unwrap().value("don_vi");
        assert_eq!(unit, if name == "A" { "" } else { "05443" });
        page.answer("ho_ten", name);
        page.answer_all("bt");
        page.answer("tinh", "19");
        page.answer("don_vi", "05443");
        page.send(KitMsg::HandInAsked);
        assert_eq!(page.model.route, Route::Answer(Place::Receipt));
    }
    assert_eq!(page.model.kit.entered().count(), 3);
    assert!(page.device.downloads.is_empty(), "one file for all is enough");
    page.send(KitMsg::AllFilesAsked);
    let (name, bytes) = page.device.downloads.pop().unwrap();
    let read = response_csv::read(&FORM, &name, &bytes);
    let names: Vec<_> = read.responses.iter().map(|r| r.answers.get("ho_ten")).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert!(read.responses.iter().all(|response| response.mode == Mode::Paper));
}

#[test]
fn the_page_is_held_while_any_form_that_was_entered_is_not_stored() {
    let mut device = Device { refuses_storage: true, ..Device::default() };
    let mut page = device.open();
    page.send(KitMsg::HelpingChosen(Some(Mode::Paper)));
    page.start();
    page.answer_all("bt");
    page.send(KitMsg::HandInAsked);
    let first = page.model.kit.handed_in().unwrap().root.clone();
    page.device.refuses_storage = false;
    page.start();
    page.answer("ho_ten", "B");
    assert!(matches!(page.model.kit.filling.as_ref().unwrap().saving, Saving::Saved(_)));
    assert!(page.model.kit.is_at_risk(), "the first form is nowhere but on this page");
    page.send(KitMsg::DeleteAsked(first));
    page.send(KitMsg::DeleteAnswered(true));
    assert!(!page.model.kit.is_at_risk());
}

#[test]
fn what_is_wrong_is_said_on_leaving_a_field_and_never_while_typing() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    let left = |page: &Page<'_>| !page.model.kit.filling.as_ref().unwrap().left.is_empty();
    page.answer("nam_chuc_danh", "46");
    assert!(!left(&page));
    page.send(KitMsg::FieldLeft("nam_chuc_danh".into()));
    assert!(left(&page));
    page.answer("nam_chuc_danh", "4");
    assert!(!left(&page));
}

#[test]
fn where_there_is_room_a_section_stands_on_one_page() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer("chuc_danh", "bt");
    let narrow = page.model.kit.pages().len();
    let facts =
        Facts { now: Timestamp::from_millis(1.8e12), utc_offset: 420, fresh_id: "id".into() };
    page.model.update(Msg::WidthChanged(true), &facts);
    let pages = page.model.kit.pages();
    assert!(pages.len() * 3 < narrow, "{} pages of {narrow}", pages.len());
    let rated = pages.iter().find(|page| page.holds("imp_A1")).unwrap();
    assert!(rated.holds("abl_A5") && !rated.holds("imp_B1"), "a domain is a page");
    page.send(KitMsg::NextAsked);
    assert_eq!(page.screen(), "ho_ten", "what is missing anywhere on the page holds");
}

#[test]
fn whoever_says_the_file_has_arrived_is_no_longer_reminded_until_the_next_revision() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    page.send(KitMsg::HandInAsked);
    page.send(KitMsg::DeliveryConfirmed(true));
    let draft = page.model.kit.filling.as_ref().unwrap().draft.clone();
    assert!(page.device.drafts.get(&draft.root).unwrap().is_delivered);
    page.send(KitMsg::ReopenAsked(draft.root.clone()));
    assert!(!page.device.drafts.get(&draft.root).unwrap().is_delivered);
}

#[test]
fn a_backup_from_another_device_takes_nothing_back_that_was_handed_in_here() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.answer_all("bt");
    let root = page.model.kit.filling.as_ref().unwrap().draft.root.clone();
    page.send(KitMsg::BackupAsked(root.clone()));
    let (_, backup) = page.device.downloads.pop().unwrap();
    page.send(KitMsg::HandInAsked);
    let first = page.model.kit.handed_in().unwrap().clone();

    let mut other = Device { seconds: 1000.0, ..Device::default() };
    let mut page = other.open();
    page.send(KitMsg::BackupChosen(backup));
    page.answer("ho_ten", "B");
    page.send(KitMsg::BackupAsked(root.clone()));
    let (_, backup) = page.device.downloads.pop().unwrap();

    let mut page = device.open();
    page.send(KitMsg::BackupChosen(backup));
    let draft = page.model.kit.filling.as_ref().unwrap().draft.clone();
    assert_eq!((draft.handed_in.as_slice(), draft.revision), (&[first][..], 2));
    assert_eq!(draft.answers.get("ho_ten"), "B");
}

#[test]
fn a_newer_version_is_offered_but_never_in_the_middle_of_a_form() {
    let mut device = Device::default();
    let mut page = device.open();
    assert!(!page.model.offers_update());
    page.start();
    page.send(Msg::UpdateFound);
    assert!(!page.model.offers_update(), "somebody is answering");
    page.send(KitMsg::NextAsked);
    page.answer_all("bt");
    assert!(!page.model.offers_update(), "somebody is reading it through");
    page.send(KitMsg::HandInAsked);
    assert!(page.model.offers_update(), "at the receipt");
    page.model.route = Route::Preview(Place::Welcome);
    assert!(!page.model.offers_update(), "the form that is tried out is not stored");
    for route in [Route::Home, Route::Answer(Place::Welcome), Route::desk(Step::Collect)] {
        page.model.route = route;
        assert!(page.model.offers_update(), "at {}", page.model.route);
    }
    page.send(DeskMsg::Keys(KeysMsg::MakeAsked));
    assert!(!page.model.offers_update(), "a key is being made");
}

#[test]
fn a_newer_version_waits_where_the_browser_does_not_store() {
    let mut device = Device { refuses_storage: true, ..Device::default() };
    let mut page = device.open();
    page.send(Msg::UpdateFound);
    assert!(page.model.offers_update());
    page.start();
    page.send(Msg::RouteChanged(Route::Answer(Place::Welcome)));
    assert!(!page.model.offers_update(), "the answers live only in this page");
}

#[test]
fn a_question_about_removing_does_not_wait_on_another_page() {
    let mut device = Device::default();
    let mut page = device.open();
    page.start();
    page.send(KitMsg::InstanceRemovalAsked("r".into(), 1));
    page.send(KitMsg::BackAsked);
    assert_eq!(page.model.kit.filling.as_ref().unwrap().removing, None);
}
