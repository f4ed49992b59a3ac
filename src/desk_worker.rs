//! The worker: holds the desk's data and does its heavy work off the main thread.

mod book;
mod foreign;
mod importing;
mod incoming;
mod jobs;
mod keeping;
mod keys;
mod review;
mod safety;
mod stability;

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
use crate::app::collector::{Collector, PlanAnswer, Scanning, StabilityMaking};
use crate::app::desk::safety::SafetyReply;
use crate::app::protocol::{
    AnalysisReply, AnalysisRequest, Beside, BookReply, Carrier, FormSheets, Job, Reply, Request,
    Summary,
};
use crate::app::registry::Registry;
use crate::browser::clock;
use crate::browser::codes;
use crate::browser::storage::StorageError;
use crate::browser::worker_link::READY;
use crate::domain::needs::Measure;
use crate::formats::code_picture::Seen;
use crate::formats::encryption;
use crate::formats::form_files;
use crate::forms::BuiltIn;
use incoming::{FileIn, Inbox, Incoming};
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
                if request.is_by_clusters() {
                    collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
                }
                Reply::Analysis(collector.analyse(request, &file.campaign))
            }
            Request::Chart(request) => {
                if request.is_by_clusters() {
                    collector.know_clusters(|| self.registry.clusters(&file.campaign.roster));
                }
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
            || keeping::keep(&file.campaign.id, &scanned.changed, true).await.is_ok();
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
