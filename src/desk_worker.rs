//! The worker: holds the desk's data and does its heavy work off the main thread.

mod book;
mod foreign;
mod incoming;
mod jobs;
mod keeping;
mod keys;
mod review;
mod safety;

use std::cell::Cell;
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::unbounded;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, ImageBitmap, MessageEvent};

use crate::app::backup::Kept;
use crate::app::campaign_file::CampaignFile;
use crate::app::collector::{Collector, PlanAnswer, Scanning, StabilityMaking, Staged};
use crate::app::desk::safety::SafetyReply;
use crate::app::protocol::{
    AnalysisReply, AnalysisRequest, Beside, BookReply, Carrier, FormSheets, Job, Reply, Request,
    Scope, Summary,
};
use crate::app::registry::Registry;
use crate::browser::clock;
use crate::browser::codes;
use crate::browser::storage::StorageError;
use crate::browser::worker_link::READY;
use crate::domain::grouping::Group;
use crate::domain::needs::Measure;
use crate::domain::problem::ProblemKind;
use crate::domain::transfer::TransferFault;
use crate::formats::code_picture::{self, Seen};
use crate::formats::encryption;
use crate::formats::form_files;
use crate::formats::response_archive::{self, ArchivedFile, is_response_archive};
use crate::forms::BuiltIn;
use incoming::{Content, FileIn, Inbox, Incoming};
use jobs::{JobState, Jobs};
use keys::OpenKeys;
use safety::LastBackup;

/// Begins to listen to the page.
///
/// Requests are answered one after the other; only a cancel overtakes the work it stops.
pub fn start() {
    let (requests, mut waiting) = unbounded();
    let jobs = Rc::new(Jobs::default());
    let inbox = Rc::new(Inbox::default());
    let mut worker = DeskWorker {
        scope: js_sys::global().unchecked_into(),
        open: None,
        registry: Registry::default(),
        scanning: Scanning::default(),
        jobs: Rc::clone(&jobs),
        inbox: Rc::clone(&inbox),
        keys: OpenKeys::default(),
        backup: LastBackup::default(),
        unopened: Vec::new(),
        last_turn: Cell::default(),
        stability: None,
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let Some(json) = message.get(0).as_string() else { return inbox.take(&message) };
        match serde_json::from_str(&json) {
            Ok(Request::Cancel(job)) => {
                let state = jobs.of(job);
                if state.get() == JobState::UnderWay {
                    state.set(JobState::Cancelled);
                    if job == Job::Import {
                        inbox.close();
                    }
                }
            }
            // Page and worker are of one build: there is no request it cannot read.
            Err(_) => {}
            Ok(request) => {
                let job = match request {
                    Request::Import(_) | Request::ImportUnopened => Some(Job::Import),
                    Request::Book(..) => Some(Job::Book),
                    _ => None,
                };
                if let Some(job) = job {
                    jobs.of(job).set(JobState::UnderWay);
                }
                let incoming = match &request {
                    Request::Import(files) => Some(inbox.open(*files)),
                    _ => None,
                };
                // The other end lives as long as the worker.
                let _ = requests.unbounded_send((request, message.get(1), incoming));
            }
        }
    });
    worker.scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    // Where the page is gone there is nobody to tell.
    let _ = worker.scope.post_message(&JsValue::from_str(READY));
    spawn_local(async move {
        loop {
            // What takes long and nobody waits for steps aside for every request.
            let next = match waiting.try_recv() {
                Err(_) if worker.stability.is_some() => {
                    worker.go_on_with_stability().await;
                    continue;
                }
                Err(_) => waiting.next().await,
                Ok(next) => Some(next),
            };
            let Some((request, beside, incoming)) = next else { break };
            let reply = match (request, incoming) {
                (_, Some(files)) => worker.import(files).await,
                (Request::Analysis(AnalysisRequest::Stability(scope, group)), _) => {
                    match worker.begin_stability(scope, group) {
                        Some(reply) => reply,
                        None => continue,
                    }
                }
                (request, _) => worker.answer(request, &beside).await,
            };
            worker.reply(&reply);
        }
    });
}

struct DeskWorker {
    scope: DedicatedWorkerGlobalScope,
    open: Option<OpenCampaign>,
    registry: Registry,
    scanning: Scanning,
    jobs: Rc<Jobs>,
    inbox: Rc<Inbox>,
    keys: OpenKeys,
    backup: LastBackup,
    /// The files of the last import that another key may open.
    unopened: Vec<FileIn>,
    /// When the page's messages had their last turn in long work, in milliseconds.
    last_turn: Cell<f64>,
    /// How sure a ranking is, while it is being found out.
    stability: Option<StabilityMaking>,
}

/// The campaign that is open, with its form's sheets in full.
struct OpenCampaign {
    file: CampaignFile,
    collector: Collector,
    /// The campaign that it was put beside last.
    beside: Option<(CampaignFile, Collector)>,
}

impl DeskWorker {
    /// Answers a request, with the browser's objects that came beside it.
    async fn answer(&mut self, request: Request, beside: &JsValue) -> Reply {
        let request = match request {
            Request::Open(file) => return self.open(*file).await,
            Request::Roster(request) => return Reply::Roster(self.registry.answer(request)),
            Request::ReadForm(files, unsupported) => {
                let sheets = form_files::sheets(&files);
                let sheets = sheets.map(|sheets| FormSheets::own(sheets, unsupported));
                return match sheets.and_then(|sheets| sheets.read().map(|_| sheets)) {
                    Ok(sheets) => Reply::FormRead(sheets),
                    Err(faults) => Reply::FormFaulty(faults),
                };
            }
            Request::Encrypt { root, revision, public_key, bytes } => {
                let text = encryption::encrypt(&bytes, &public_key);
                let text = text.and_then(|encrypted| encryption::armored(&encrypted)).ok();
                return Reply::Encrypted { root, revision, text };
            }
            Request::Keys(request) => return Reply::Keys(self.keys.answer(request).await),
            Request::Safety(request) => {
                return Reply::Safety(self.backup.answer(request, beside).await);
            }
            Request::Foreign(request) => return self.foreign(request).await,
            Request::Book(plan, language) => {
                return Reply::Book(self.book(&plan, language).await);
            }
            request => request,
        };
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return no_campaign();
        };
        match request {
            Request::Tailor(campaign) => {
                file.campaign = *campaign;
                match file.form_at_desk() {
                    Ok(form) => {
                        collector.set_form(form);
                        Reply::Tailored
                    }
                    Err(faults) => Reply::FormFaulty(faults),
                }
            }
            Request::Pack(carrier) => Reply::Packed(carrier, packed(file.clone(), carrier)),
            Request::ImportUnopened => {
                let unopened = std::mem::take(&mut self.unopened);
                self.import(Incoming::of(unopened)).await
            }
            Request::Paste { source, text } => {
                let mut staged = collector.stage();
                staged.add_pasted(collector.form(), &source, &text);
                self.merge(staged).await
            }
            Request::Scan { source, is_first } => {
                if is_first {
                    self.scanning = Scanning::default();
                }
                self.scan(&source, beside).await
            }
            Request::Analysis(AnalysisRequest::Beside(id, measure)) => {
                let found = self.beside(&id, measure).await.unwrap_or(Beside::Unreadable);
                Reply::Analysis(AnalysisReply::Beside(id, measure, Box::new(found)))
            }
            Request::Analysis(request) => {
                collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
                Reply::Analysis(collector.analyse(request, &file.campaign))
            }
            Request::Chart(request) => {
                collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
                let reply = collector.chart(&request);
                Reply::Chart(request, reply)
            }
            Request::Review(request) => {
                Reply::Review(review::answer(&file.campaign, collector, request).await)
            }
            Request::Plan(request) => {
                let campaign = &file.campaign;
                match collector.answer_plan(*request, &campaign.roster, &self.registry) {
                    PlanAnswer::View(view) => Reply::Plan(view),
                    PlanAnswer::File { name, bytes } => Reply::Exported { name, bytes },
                }
            }
            Request::Export(wanted) => {
                collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
                match collector.export(&wanted, &file.campaign.roster, clock::now()) {
                    Ok((name, bytes)) => Reply::Exported { name, bytes },
                    Err(error) => Reply::Failed(error.to_string()),
                }
            }
            Request::FormFile => match collector.form_file() {
                Ok((name, bytes)) => Reply::Exported { name, bytes },
                Err(problem) => Reply::FormNotWritten(*problem),
            },
            Request::ForgetTally(desk) => {
                collector.forget_tally(&desk);
                let kept = keeping::forget_tally(&file.campaign.id, &desk).await.is_ok();
                Reply::TallyForgotten(collector.summary(), kept)
            }
            Request::Empty => match keeping::forget(&file.campaign.id).await {
                Ok(()) => {
                    collector.empty();
                    Reply::Emptied(Summary::default())
                }
                Err(StorageError(reason)) => Reply::Failed(reason),
            },
            Request::Open(_)
            | Request::Import(_)
            | Request::ReadForm(..)
            | Request::Roster(_)
            | Request::Encrypt { .. }
            | Request::Keys(_)
            | Request::Safety(_)
            | Request::Foreign(_)
            | Request::Book(..)
            | Request::Cancel(_) => no_campaign(),
        }
    }

    /// Begins to find out how sure a ranking is, in place of what was begun before: the page looks
    /// at another one now. At once answered where it cannot be told.
    fn begin_stability(&mut self, scope: Scope, group: Group) -> Option<Reply> {
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return Some(no_campaign());
        };
        collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
        match collector.begin_stability(scope, group) {
            Ok(making) => {
                self.stability = Some(making);
                None
            }
            Err(reply) => Some(Reply::Analysis(*reply)),
        }
    }

    /// Draws people for a moment, and tells the page when that was enough. Where the data have
    /// changed since, the page has asked anew.
    async fn go_on_with_stability(&mut self) {
        let is_current = |making: &StabilityMaking| {
            self.open.as_ref().is_some_and(|open| open.collector.is_current(making))
        };
        let making = self.stability.take();
        let Some(mut making) = making.filter(is_current) else { return };
        let started = js_sys::Date::now();
        while making.go_on(1) {
            // A clock that was set back must not keep it here.
            if (js_sys::Date::now() - started).abs() > TURN_MS {
                self.stability = Some(making);
                return TimeoutFuture::new(0).await;
            }
        }
        self.reply(&Reply::Analysis(making.finish()));
    }

    fn reply(&self, reply: &Reply) {
        let json = serde_json::to_string(reply).unwrap_or_default();
        let message = Array::of1(&JsValue::from_str(&json));
        if let Reply::Exported { bytes, .. }
        | Reply::Book(BookReply::Made { bytes, .. })
        | Reply::Safety(SafetyReply::BackedUp { bytes, .. }) = reply
        {
            message.push(&Uint8Array::from(bytes.as_slice()));
        }
        let _ = self.scope.post_message(&message);
    }

    async fn open(&mut self, mut file: CampaignFile) -> Reply {
        file.sheets = file.sheets.in_full(BuiltIn::sheets);
        let form = match file.form_at_desk() {
            Ok(form) => form,
            Err(faults) => return Reply::FormFaulty(faults),
        };
        let id = &file.campaign.id;
        let kept = keeping::kept(id).await;
        let is_readable = kept.is_ok();
        let Kept { rows, log, tallies } = kept.unwrap_or_default();
        let collector = Collector::new(form, rows).with_log(log).with_tallies(&tallies);
        let collector = collector.of_campaign(id, file.desk());
        let summary = is_readable.then(|| collector.summary());
        let sheets = file.sheets.clone();
        self.open = Some(OpenCampaign { file, collector, beside: None });
        self.stability = None;
        Reply::Opened { sheets, summary }
    }

    /// What another campaign says beside the open one; `None` where it cannot be read.
    async fn beside(&mut self, id: &str, measure: Measure) -> Option<Beside> {
        let OpenCampaign { file, collector, beside } = self.open.as_mut()?;
        if beside.as_ref().is_none_or(|(other, _)| other.campaign.id != id) {
            let mut other = keeping::campaign(id).await.ok()??;
            other.sheets = other.sheets.in_full(BuiltIn::sheets);
            let Kept { rows, log, .. } = keeping::kept(id).await.ok()?;
            let form = other.form_at_desk().ok()?;
            *beside = Some((other, Collector::new(form, rows).with_log(log)));
        }
        let (other, rows) = beside.as_ref()?;
        Some(collector.beside(&file.campaign, (rows, &other.campaign), measure))
    }

    async fn import(&mut self, mut files: Incoming) -> Reply {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return no_campaign() };
        let mut staged = collector.stage();
        let total = files.left();
        let (mut done, mut unopened) = (0, Vec::new());
        while let Some(contents) = files.next().await {
            for (file, content) in contents {
                let mut waits = false;
                let content = match content {
                    Content::Whole(content) => Some(content),
                    Content::InPieces => {
                        let is_read = self.stage_pieces(&mut staged, &file, (done, total)).await;
                        if is_read { None } else { Some(file.content().await) }
                    }
                };
                let contents = content.map(|content| self.unpacked(file.name.clone(), content));
                for (name, content) in contents.into_iter().flatten() {
                    match content {
                        Err(kind) => {
                            waits |= kind.waits_for_key();
                            staged.add_unread(&name, kind);
                        }
                        Ok(bytes) => self.stage(&mut staged, &name, &bytes, (done, total)).await,
                    }
                    if self.is_cancelled(Job::Import) {
                        break;
                    }
                }
                if waits {
                    unopened.push(file);
                }
                if self.is_cancelled(Job::Import) {
                    break;
                }
                done += 1;
                if is_worth_telling(done, total) {
                    self.reply(&Reply::Progress {
                        done,
                        total,
                        bytes: [0; 2],
                        responses: staged.count(),
                    });
                }
            }
            if self.is_cancelled(Job::Import) {
                break;
            }
        }
        self.inbox.close();
        self.unopened = unopened;
        if self.jobs.import.replace(JobState::None) == JobState::Cancelled {
            return Reply::Cancelled;
        }
        self.merge(staged).await
    }

    /// A file, or those of an archive, decrypted where they are encrypted.
    fn unpacked(&self, name: String, content: Result<Vec<u8>, ProblemKind>) -> Vec<ArchivedFile> {
        let content = content.and_then(|bytes| self.keys.read(&name, bytes));
        match content {
            Ok(bytes) if is_response_archive(&bytes) => {
                match response_archive::files(&name, &bytes) {
                    Ok(files) => files
                        .into_iter()
                        .map(|(name, content)| {
                            let content = content.and_then(|bytes| self.keys.read(&name, bytes));
                            (name, content)
                        })
                        .collect(),
                    Err(kind) => vec![(name, Err(kind))],
                }
            }
            content => vec![(name, content)],
        }
    }

    /// Reads one file of an import, of which so many files of so many are done.
    async fn stage(
        &self,
        staged: &mut Staged,
        name: &str,
        bytes: &[u8],
        (done, total): (usize, usize),
    ) {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return };
        let form = collector.form();
        if code_picture::is_picture(bytes) {
            let Ok(seen) = codes::in_bytes(bytes).await else {
                let fault = TransferFault::NotAPicture;
                return staged.add_unread(name, ProblemKind::Transfer(fault));
            };
            return staged.add_codes(form, name, &seen);
        }
        if staged.add_if_message(form, name, bytes) || staged.add_if_tally(form, name, bytes) {
            return;
        }
        let mut reading = collector.start_reading(name, bytes);
        while reading.read_rows(form, SLICE) && !self.is_cancelled(Job::Import) {
            let responses = staged.count() + reading.count();
            self.take_a_turn(|| Reply::Progress { done, total, bytes: [0; 2], responses }).await;
        }
        let responses = staged.count();
        self.take_a_turn(|| Reply::Progress { done, total, bytes: [0; 2], responses }).await;
        collector.stage_read(staged, name, bytes, reading.finish());
    }

    /// Reads a large table of responses a piece after the other; false where it is none, so that
    /// it has to be read as a whole.
    async fn stage_pieces(
        &self,
        staged: &mut Staged,
        file: &FileIn,
        (done, total): (usize, usize),
    ) -> bool {
        let Some(OpenCampaign { collector, .. }) = &self.open else { return true };
        let (form, mut pieces) = (collector.form(), file.pieces());
        let mut reading = match pieces.next().await {
            Ok(Some((beginning, is_last))) => {
                let reading = collector.start_reading_of(&file.name, &beginning);
                let Some(mut reading) = reading else { return false };
                reading.feed(&[], is_last);
                reading
            }
            Ok(None) | Err(_) => return false,
        };
        loop {
            while reading.read_rows(form, SLICE) && !self.is_cancelled(Job::Import) {
                let (responses, bytes) = (staged.count() + reading.count(), pieces.bytes());
                let progress = || Reply::Progress { done, total, bytes, responses };
                self.take_a_turn(progress).await;
            }
            if self.is_cancelled(Job::Import) {
                return true;
            }
            if reading.is_misread() {
                return false;
            }
            match pieces.next().await {
                Ok(Some((bytes, is_last))) => reading.feed(&bytes, is_last),
                Ok(None) => break,
                Err(kind) => {
                    staged.add_unread(&file.name, kind);
                    return true;
                }
            }
        }
        staged.add(&file.name, reading.finish());
        true
    }

    async fn scan(&mut self, source: &str, frame: &JsValue) -> Reply {
        // A frame that cannot be looked at shows nothing; the next one comes soon.
        let seen = match frame.dyn_ref::<ImageBitmap>() {
            Some(frame) => codes::in_frame(frame).await.unwrap_or_default(),
            None => Seen::default(),
        };
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return no_campaign();
        };
        let scanned = collector.scan(&mut self.scanning, source, &seen);
        let kept = scanned.changed.is_empty()
            || keeping::keep(&file.campaign.id, &scanned.changed).await.is_ok();
        Reply::Scanned {
            summary: (!scanned.reports.is_empty()).then(|| collector.summary()),
            reports: scanned.reports,
            open: scanned.open,
            other: scanned.other,
            kept,
        }
    }

    /// Tells how far the work is, and lets the page's messages in, "stop" among them; now and
    /// then, because browsers make a turn last four milliseconds at least.
    async fn take_a_turn(&self, progress: impl FnOnce() -> Reply) {
        let now = js_sys::Date::now();
        // A clock that was set back must not silence it.
        if (now - self.last_turn.get()).abs() < TURN_MS {
            return;
        }
        self.last_turn.set(now);
        self.reply(&progress());
        TimeoutFuture::new(0).await;
    }

    fn is_cancelled(&self, job: Job) -> bool {
        self.jobs.of(job).get() == JobState::Cancelled
    }

    async fn merge(&mut self, staged: Staged) -> Reply {
        let Some(OpenCampaign { file, collector, .. }) = &mut self.open else {
            return no_campaign();
        };
        let merged = collector.merge(staged);
        let id = &file.campaign.id;
        let kept = keeping::keep(id, &merged.rows).await.is_ok()
            && keeping::keep_tallies(id, &merged.tallies).await.is_ok();
        Reply::Imported { reports: merged.reports, summary: collector.summary(), kept }
    }
}

/// The campaign as the text that a page or a link carries.
fn packed(mut file: CampaignFile, carrier: Carrier) -> String {
    file = file.for_respondents();
    if carrier == Carrier::Link {
        file.sheets = file.sheets.in_short();
    }
    file.to_text()
}

fn no_campaign() -> Reply {
    Reply::Failed("no campaign is open".to_owned())
}

/// How long work goes on before the page gets its turn.
const TURN_MS: f64 = 50.0;

/// Rows read at a stretch: some tens of milliseconds.
const SLICE: usize = 1000;

/// Progress is told for every file of a few, and about a hundred times of many.
fn is_worth_telling(done: usize, total: usize) -> bool {
    done == total || done.is_multiple_of((total / 100).max(1))
}
