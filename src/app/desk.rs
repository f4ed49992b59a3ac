//! Preparing, collecting and analysing: the trainer's side. The data and all heavy work are the
//! worker's.

mod campaigns;
mod computed;
mod importing;
mod msg;
mod notice;
mod refused_form;
mod unopened;

pub mod analysis;
pub mod charts;
pub mod export;
pub mod foreign;
pub mod plan;
pub mod review;
pub mod roster;

pub mod safety;

mod scanning;

use std::rc::Rc;

use super::campaign_file::{CampaignFault, CampaignFile};
use super::keys::Keys;
use super::protocol::{Carrier, FileReport, FormSheets, Reply, Request, Summary};
use super::route::Step;
use super::{Effect, Facts};
use crate::domain::campaign::Campaign;
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::problem::FormProblem;
use crate::domain::timestamp::Timestamp;
use crate::formats::xlsform::{Unsupported, XlsForm};
use crate::forms::BuiltIn;
use crate::text::Language;

use analysis::Analysis;
pub use campaigns::{CampaignEdit, CampaignText};
use charts::Charts;
pub use computed::Computed;
use export::ExportScreen;
use foreign::{ForeignMsg, ForeignScreen};
pub use importing::Importing;
pub use msg::DeskMsg;
pub use notice::Notice;
use plan::PlanScreen;
pub use refused_form::RefusedForm;
use review::Review;
use roster::{RosterMsg, RosterScreen};
use safety::{Safety, SafetyMsg};
pub use scanning::Scan;

/// The trainer's side.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// The campaign that is open.
    pub file: CampaignFile,
    /// The other campaigns of this desk.
    pub others: Vec<CampaignFile>,
    /// What the screen of its roster shows.
    pub roster: RosterScreen,
    /// The form as the open campaign asks it.
    pub form: Rc<Form>,
    /// The form before it is tailored.
    pub base: Rc<Form>,
    /// The sheets of that form, once the worker has looked them up.
    sheets_in_full: Option<FormSheets>,
    /// How far opening the desk has come.
    stage: Stage,
    /// What was asked of the worker before there was a campaign to do it in.
    waiting: Vec<Effect>,
    /// The step that is open.
    pub step: Step,
    /// True when the worker does not know yet how the form is tailored now.
    is_tailored_anew: bool,
    /// What is being packed for kits or links.
    pub packing: Option<Carrier>,
    /// The text by which a link carries the open campaign, once it was asked for.
    pub link: Option<Rc<str>>,
    /// True while the question about deleting the campaign is open.
    pub deleting: bool,
    /// The files of the form that was chosen last and could not be used, with its faults.
    pub refused_form: Option<RefusedForm>,
    /// What the author of the form in use should know.
    pub form_warnings: Vec<FormProblem>,
    /// What the dataset holds; `None` until the worker has opened it.
    pub summary: Option<Summary>,
    /// How far an import has come; `None` where none is under way.
    pub importing: Option<Importing>,
    /// What the camera shows; `None` while it is off.
    pub scan: Option<Scan>,
    /// What became of the files of the last import.
    pub reports: Rc<[FileReport]>,
    /// Tables of other programs, which wait to be asked about.
    pub foreign: ForeignScreen,
    /// What is to be told about the last piece of work.
    pub notice: Option<Notice>,
    /// What is shown of the responses.
    pub review: Review,
    /// What is shown of the needs.
    pub analysis: Analysis,
    /// Files out.
    pub export: ExportScreen,
    /// The class plan.
    pub plan: PlanScreen,
    /// The charts.
    pub charts: Charts,
    /// True while the question about emptying is open.
    pub emptying: bool,
    /// The keys that open encrypted responses.
    pub keys: Keys,
    /// Backups, and deleting everything.
    pub safety: Safety,
}

/// How far opening the desk has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody has looked at it yet.
    Closed,
    /// Storage is asked for its campaigns.
    Loading,
    /// A campaign is open.
    Loaded,
}

impl Desk {
    pub(super) fn new(form: Rc<Form>) -> Self {
        let needs = FormSheets::built_in(BuiltIn::Needs);
        Self {
            file: CampaignFile::new(Campaign::default(), needs, Timestamp::from_millis(0.0)),
            others: Vec::new(),
            roster: RosterScreen::default(),
            form: Rc::clone(&form),
            base: form,
            sheets_in_full: None,
            stage: Stage::Closed,
            waiting: Vec::new(),
            step: Step::Campaign,
            is_tailored_anew: false,
            packing: None,
            link: None,
            deleting: false,
            refused_form: None,
            form_warnings: Vec::new(),
            summary: None,
            importing: None,
            scan: None,
            reports: Rc::default(),
            foreign: ForeignScreen::default(),
            notice: None,
            review: Review::default(),
            analysis: Analysis::default(),
            export: ExportScreen::default(),
            plan: PlanScreen::default(),
            charts: Charts::default(),
            emptying: false,
            keys: Keys::default(),
            safety: Safety::default(),
        }
    }

    /// True once storage has told which campaign is open.
    pub fn is_open(&self) -> bool {
        self.stage == Stage::Loaded
    }

    /// What a step needs when it is opened, to look at these responses.
    pub(super) fn opened(
        &mut self,
        step: Step,
        filter: &Filter,
        language: Language,
    ) -> Vec<Effect> {
        self.step = step;
        if step.is_filtered() && *filter != self.review.filter {
            self.review.filter = filter.clone();
            self.look_anew();
        }
        match self.stage {
            Stage::Closed => {
                self.stage = Stage::Loading;
                vec![Effect::LoadCampaigns]
            }
            Stage::Loading => Vec::new(),
            Stage::Loaded => self.fill_step(language),
        }
    }

    /// Asks for what the open step shows.
    fn fill_step(&mut self, language: Language) -> Vec<Effect> {
        match self.step {
            Step::Plan | Step::Report => {
                let planned = self.plan.fill(&self.review.filter, &self.form, language);
                let found = self.analysis.fill(self.step, &self.review.filter);
                let requests = planned.into_iter().chain(found);
                requests.flat_map(|request| self.ask(request)).collect()
            }
            Step::Campaign | Step::Collect => self.keys.opened().into_iter().collect(),
            step => {
                let requests = self.review.fill(step, &self.form, language);
                let analysed = self.analysis.fill(step, &self.review.filter);
                let charted = self.fill_chart(step);
                let requests = requests.into_iter().chain(analysed).chain(charted);
                requests.flat_map(|request| self.ask(request)).collect()
            }
        }
    }

    /// Asks the worker, which is told first how the form is tailored now.
    fn ask(&mut self, request: Request) -> Vec<Effect> {
        self.when_open(Effect::Ask(request))
    }

    /// Has the worker do something with the open campaign, as soon as there is one.
    fn when_open(&mut self, effect: Effect) -> Vec<Effect> {
        if self.stage != Stage::Loaded {
            self.waiting.push(effect);
            return Vec::new();
        }
        let mut effects = self.tell_changes();
        effects.push(effect);
        effects
    }

    /// Tells the worker how the form is tailored now, if it does not know.
    fn tell_changes(&mut self) -> Vec<Effect> {
        let is_news = std::mem::take(&mut self.is_tailored_anew);
        let campaign = Box::new(self.file.campaign.clone());
        is_news.then_some(Effect::Ask(Request::Tailor(campaign))).into_iter().collect()
    }

    /// Another page is opened: the camera goes off, and the response that is open is closed.
    pub(super) fn left(&mut self) {
        self.end_scan();
        self.review.close();
    }

    pub(super) fn update(
        &mut self,
        msg: DeskMsg,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        match msg {
            DeskMsg::CampaignsLoaded(campaigns) => self.reload(campaigns, language, facts),
            DeskMsg::Safety(msg) => self.keep_safe(msg, language, facts),
            DeskMsg::CampaignKept(false) => {
                self.notice = Some(Notice::NotKept);
                Vec::new()
            }
            DeskMsg::Edited(edit) => self.edit(edit, facts),
            DeskMsg::Roster(msg) => self.change_roster(msg, facts),
            DeskMsg::Foreign(msg) => self.change_foreign(msg, facts),
            DeskMsg::CampaignAsked => {
                self.begin(FormSheets::built_in(BuiltIn::Needs), language, facts)
            }
            DeskMsg::CopyAsked => self.duplicate(language, facts),
            DeskMsg::CampaignChosen(id) => self.switch_to(&id, facts),
            DeskMsg::CampaignFileAsked => vec![self.campaign_file()],
            DeskMsg::CampaignFileChosen(bytes) => self.take_file(&bytes, facts),
            DeskMsg::DeleteAsked => {
                self.deleting = true;
                Vec::new()
            }
            DeskMsg::DeleteAnswered(sure) => {
                self.deleting = false;
                if sure { self.delete_campaign(language, facts) } else { Vec::new() }
            }
            DeskMsg::KitAsked => self.pack(Carrier::Kit),
            DeskMsg::KitWritten(name, written) => {
                self.packing = None;
                self.notice = Some(match written {
                    Ok(size) => Notice::KitWritten(name, size),
                    Err(reason) => Notice::KitNotWritten(reason),
                });
                Vec::new()
            }
            DeskMsg::LinkAsked => self.pack(Carrier::Link),
            DeskMsg::LinkCodeAsked(link) => self.link_code(&link).into_iter().collect(),
            DeskMsg::BuiltInFormChosen(form) => {
                self.use_form(FormSheets::built_in(form), language, facts)
            }
            DeskMsg::FormChosen(files) => self.try_form(files, Unsupported::Refused),
            DeskMsg::LeaveOutAsked => match self.refused_form.take() {
                Some(refused) => self.try_form(refused.into_files(), Unsupported::LeftOut),
                None => Vec::new(),
            },
            DeskMsg::CampaignKept(true) | DeskMsg::FilesChosen(0) => Vec::new(),
            DeskMsg::FilesChosen(total) => {
                self.importing = Some(Importing { total, ..Importing::default() });
                self.reports = Rc::default();
                self.notice = None;
                self.when_open(Effect::SendFiles(Request::Import(total)))
            }
            DeskMsg::TextPasted { source, text } => {
                self.reports = Rc::default();
                self.notice = None;
                self.ask(Request::Paste { source, text })
            }
            DeskMsg::ScanAsked => {
                self.scan = Some(Scan::default());
                self.notice = None;
                Vec::new()
            }
            DeskMsg::CameraRefused(reason) => {
                if let Some(scan) = &mut self.scan {
                    scan.refused = Some(reason);
                }
                Vec::new()
            }
            DeskMsg::FrameHeld(source) => self.frame_held(source),
            DeskMsg::ScanEnded => {
                self.end_scan();
                Vec::new()
            }
            DeskMsg::CancelAsked(job) => self.ask(Request::Cancel(job)),
            DeskMsg::Review(msg) => self.review(msg, language, facts),
            DeskMsg::Analysis(msg) => self.analyse(msg, language),
            DeskMsg::Plan(msg) => self.change_plan(msg, language, facts),
            DeskMsg::Chart(msg) => self.change_chart(msg, language),
            DeskMsg::PictureAsked(kind) => self.chart_file(kind, language).into_iter().collect(),
            DeskMsg::ReportAsked => self.report_file(language).into_iter().collect(),
            DeskMsg::Export(msg) => self.take_out(msg, language),
            DeskMsg::FormFileAsked => self.ask(Request::FormFile),
            DeskMsg::TallyDropped(desk) => self.ask(Request::ForgetTally(desk)),
            DeskMsg::EmptyAsked => {
                self.emptying = true;
                Vec::new()
            }
            DeskMsg::EmptyAnswered(sure) => {
                self.emptying = false;
                if sure { self.ask(Request::Empty) } else { Vec::new() }
            }
            DeskMsg::Keys(msg) => self.keys.update(msg).into_iter().collect(),
            DeskMsg::Replied(reply) => self.replied(reply, language, facts),
        }
    }

    /// True where nobody is counted, here or in the tallies of other desks.
    pub fn has_nobody(&self) -> bool {
        self.summary.as_ref().is_some_and(Summary::has_nobody)
    }

    /// Follows the worker, which has opened the campaign.
    fn opened_campaign(&mut self, sheets: FormSheets, summary: Option<Summary>) {
        // The worker has read the same sheets without a fault.
        let Ok(XlsForm { form, warnings }) = sheets.read() else { return };
        self.base = Rc::new(form);
        self.form = Rc::new(self.file.campaign.tailor((*self.base).clone()));
        self.sheets_in_full = Some(sheets);
        self.form_warnings = warnings;
        if summary.is_none() {
            self.notice = Some(Notice::Unreadable);
        }
        self.summary = summary;
    }

    /// Shows what storage holds: the campaign that was touched last.
    fn reload(
        &mut self,
        campaigns: Option<Vec<CampaignFile>>,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let (importing, waiting) = (self.importing, std::mem::take(&mut self.waiting));
        let mut effects = self.campaigns_loaded(campaigns, language, facts);
        self.importing = importing;
        effects.extend(waiting);
        effects.extend(self.fill_step(language));
        effects
    }

    fn replied(&mut self, reply: Reply, language: Language, facts: &Facts) -> Vec<Effect> {
        match reply {
            Reply::Opened { sheets, summary } => self.opened_campaign(sheets, summary),
            Reply::FormRead(sheets) => {
                self.refused_form = None;
                return self.use_form(sheets, language, facts);
            }
            Reply::FormFaulty(faults) => match &mut self.refused_form {
                Some(refused) => refused.faults = faults,
                // The form of the campaign cannot be read by this version any more.
                None => self.notice = Some(Notice::CampaignRefused(CampaignFault::Form(faults))),
            },
            // The latter is the kit's.
            Reply::Tailored | Reply::Encrypted { .. } => {}
            Reply::Packed(Carrier::Kit, text) => return vec![self.write_kit(text)],
            Reply::Packed(Carrier::Link, text) => {
                self.packing = None;
                self.link = Some(text.into());
            }
            Reply::Progress { done, total, bytes, responses } => {
                if self.importing.is_some() {
                    self.importing = Some(Importing { done, total, bytes, responses });
                }
            }
            Reply::Imported { reports, summary, kept } => {
                self.importing = None;
                let effects = self.foreign_imported(&reports);
                self.reports = self.reports.iter().cloned().chain(reports).collect();
                self.summary = Some(summary);
                self.look_anew();
                self.notice = (!kept).then_some(Notice::NotKept);
                return effects;
            }
            Reply::Scanned { reports, open, other, summary, kept } => {
                self.scanned(reports, open, other, summary);
                if !kept {
                    self.notice = Some(Notice::NotKept);
                }
            }
            Reply::Cancelled => {
                self.importing = None;
                self.notice = Some(Notice::Cancelled);
            }
            Reply::Review(reply) => return self.reviewed(reply, language),
            Reply::Analysis(reply) => return self.analysed(reply, language, facts),
            Reply::Plan(view) => self.planned(*view, language),
            Reply::Chart(request, reply) => self.charted(&request, reply),
            Reply::Keys(reply) => return self.keys_replied(reply),
            Reply::Safety(reply) => {
                return self.keep_safe(SafetyMsg::Replied(reply), language, facts);
            }
            Reply::Exported { name, bytes } => return vec![Effect::Download { name, bytes }],
            Reply::Book(reply) => return self.book_replied(reply),
            Reply::FormNotWritten(problem) => {
                self.notice = Some(Notice::FormNotWritten(problem));
            }
            Reply::TallyForgotten(summary, kept) => {
                self.summary = Some(summary);
                self.look_anew();
                self.notice = (!kept).then_some(Notice::NotKept);
            }
            Reply::Emptied(summary) => {
                self.summary = Some(summary);
                self.reports = Rc::default();
                self.look_anew();
                self.notice = Some(Notice::Emptied);
            }
            Reply::Roster(reply) => {
                return self.change_roster(RosterMsg::Replied(reply), facts);
            }
            Reply::Foreign(reply) => {
                return self.change_foreign(ForeignMsg::Replied(reply), facts);
            }
            Reply::Failed(reason) => {
                self.importing = None;
                self.review.age();
                self.analysis.age();
                self.plan.made.age();
                self.charts.age();
                self.safety.is_busy = false;
                self.export.lost();
                self.foreign = ForeignScreen::default();
                self.keys.lost();
                self.end_scan();
                self.notice = Some(Notice::Failed(reason));
            }
        }
        Vec::new()
    }
}
