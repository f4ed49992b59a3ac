//! The page: carries messages to the model and effects to the browser.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::desk::DeskMsg;
use crate::app::draft::Draft;
use crate::app::kit::KitMsg;
use crate::app::protocol::{FormSheets, Request};
use crate::app::{Effect, Model, Msg};
use crate::browser::storage::{Put, Storage, Store, ask_to_persist};
use crate::browser::worker_link::WorkerLink;
use crate::browser::{
    address, camera, clock, files, handing_over, pictures, preferences, sight, window,
};
use crate::forms;
use crate::ui;

/// Mounts the page in the element `app`.
pub fn start() {
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    yew::Renderer::<Page>::with_root(root).render();
}

struct Page {
    model: Rc<Model>,
    storage: UnboundedSender<StorageJob>,
    worker: WorkerLink,
    /// True while something would be lost by closing the page.
    at_risk: Rc<Cell<bool>>,
    _listeners: Vec<EventListener>,
}

impl Component for Page {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (language, text_size) = preferences::read();
        preferences::show(language, text_size);
        // The tests see to it that the built-in form has no fault.
        let form = forms::needs().unwrap_or_default();
        let mut model = Model::new(Rc::new(form), language, text_size, address::route());
        let effects = model.start();
        let link = ctx.link().clone();
        let changed = link.clone();
        let widened = link.clone();
        let at_risk = Rc::new(Cell::new(false));
        let mut listeners = vec![
            address::on_change(move |route| changed.send_message(Msg::RouteChanged(route))),
            window::hold_while(Rc::clone(&at_risk)),
        ];
        listeners.extend(window::on_width(move |is_wide| {
            widened.send_message(Msg::WidthChanged(is_wide));
        }));
        let page = Self {
            model: Rc::new(model),
            storage: serve_storage(link.callback(Msg::Kit)),
            worker: WorkerLink::new(move |reply| {
                link.send_message(Msg::Desk(DeskMsg::Replied(reply)));
            }),
            at_risk,
            _listeners: listeners,
        };
        page.perform(ctx, effects);
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let effects = Rc::make_mut(&mut self.model).update(msg, &clock::facts());
        self.at_risk.set(self.model.kit.is_at_risk());
        self.perform(ctx, effects);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <ui::Page model={Rc::clone(&self.model)} send={ctx.link().callback(|msg| msg)} /> }
    }
}

impl Page {
    fn perform(&self, ctx: &Context<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Navigate { route, replace } => address::show(&route, replace),
                Effect::ShowFromTop => sight::from_top(),
                Effect::ShowFirstFault => sight::first_fault(),
                Effect::KeepPreferences(language, text_size) => {
                    preferences::keep(language, text_size);
                    preferences::show(language, text_size);
                }
                Effect::LoadDrafts => self.store(StorageJob::Load),
                Effect::SaveDraft(draft) => self.store(StorageJob::Save(draft)),
                Effect::DeleteDraft(root) => self.store(StorageJob::Delete(root)),
                Effect::KeepForm => {
                    ask_to_persist();
                    self.store(StorageJob::KeepForm);
                }
                Effect::FindForm { id, version } => self.store(StorageJob::FindForm(id, version)),
                Effect::Share { name, bytes } => handing_over::share(name, bytes),
                Effect::CopyText(text) => {
                    let copied = ctx.link().callback(|done| Msg::Kit(KitMsg::TextCopied(done)));
                    handing_over::copy(text, move |done| copied.emit(done));
                }
                Effect::Download { name, bytes } => files::download(&name, &bytes),
                Effect::DownloadPicture { name, svg } => pictures::download(name, svg),
                Effect::Print => pictures::print(),
                Effect::Ask(request) => self.worker.send(&request, Vec::new()),
                Effect::SendFiles => self.worker.send(&Request::Import, files::take_held()),
                Effect::SendFrame { source, is_first } => {
                    let request = Request::Scan { source, is_first };
                    self.worker.send_with(&request, &camera::take_held());
                }
            }
        }
    }

    fn store(&self, job: StorageJob) {
        // The other end lives as long as the page.
        let _ = self.storage.unbounded_send(job);
    }
}

enum StorageJob {
    Load,
    Save(Box<Draft>),
    Delete(String),
    /// Keep the form that new drafts answer.
    KeepForm,
    /// Find a form that was kept, by its name and version.
    FindForm(String, String),
}

/// The key of a form among those that are kept.
fn form_key(id: &str, version: &str) -> String {
    format!("{id}@{version}")
}

/// Does storage jobs one after the other, so that the last save is the one that stays. A job that
/// fails is tried once more on a new connection: browsers close one when memory is short.
///
/// A save that another window has overtaken takes those of its draft that wait behind it along:
/// they know no better.
fn serve_storage(done: Callback<KitMsg>) -> UnboundedSender<StorageJob> {
    let (jobs, mut waiting) = unbounded();
    spawn_local(async move {
        let mut open: Option<Storage> = None;
        let mut queue = VecDeque::new();
        // The drafts that were stored when this window last looked.
        let mut stored = BTreeSet::new();
        loop {
            let job = match queue.pop_front() {
                Some(job) => job,
                None => match waiting.next().await {
                    Some(job) => job,
                    None => break,
                },
            };
            let mut answer = Err(());
            // A connection that the browser has closed fails once; a fresh one does the job.
            for _ in 0..2 {
                if open.is_none() {
                    open = Storage::open().await.ok();
                }
                answer = match &open {
                    Some(storage) => serve(storage, &job, &mut stored).await,
                    None => Err(()),
                };
                if answer.is_ok() {
                    break;
                }
                open = None;
            }
            if let Some(msg) = answer.unwrap_or_else(|()| job.refused()) {
                if let KitMsg::ChangedElsewhere { root, .. } = &msg {
                    queue.extend(std::iter::from_fn(|| waiting.try_recv().ok()));
                    queue.retain(
                        |job| !matches!(job, StorageJob::Save(draft) if draft.root == *root),
                    );
                }
                done.emit(msg);
            }
        }
    });
    jobs
}

async fn serve(
    storage: &Storage,
    job: &StorageJob,
    stored: &mut BTreeSet<String>,
) -> Result<Option<KitMsg>, ()> {
    match job {
        StorageJob::Load => {
            let drafts: Vec<Draft> = storage.all(Store::Drafts, "").await.map_err(drop)?;
            stored.extend(drafts.iter().map(|draft| draft.root.clone()));
            Ok(Some(KitMsg::DraftsLoaded(Some(drafts))))
        }
        StorageJob::Save(draft) => {
            let root = draft.root.clone();
            // The stored draft is the one this window has seen, unless another window was faster;
            // where there is none any more though there was one, another window has deleted it.
            let is_next = |there: Option<&Draft>| match there {
                Some(there) => there.saves < draft.saves || *there == **draft,
                None => !stored.contains(&root),
            };
            let put = storage.put_if(Store::Drafts, &root, &**draft, is_next).await;
            Ok(Some(match put.map_err(drop)? {
                Put::Stored => {
                    stored.insert(root.clone());
                    KitMsg::DraftSaved { root, at: Some(clock::now()) }
                }
                Put::Refused(newest) => {
                    if newest.is_none() {
                        stored.remove(&root);
                    }
                    KitMsg::ChangedElsewhere { root, newest: newest.map(Box::new) }
                }
            }))
        }
        StorageJob::Delete(root) => {
            storage.delete(Store::Drafts, root).await.map_err(drop)?;
            Ok(Some(KitMsg::DraftDeleted))
        }
        StorageJob::KeepForm => {
            let sheets = FormSheets::default().in_full();
            let form = sheets.form().map_err(drop)?.form;
            let key = form_key(&form.id, &form.version);
            // The sheets are long and never change under one version.
            if storage.get::<FormSheets>(Store::Forms, &key).await.map_err(drop)?.is_none() {
                storage.put(Store::Forms, [(key, &sheets)]).await.map_err(drop)?;
            }
            Ok(None)
        }
        StorageJob::FindForm(id, version) => {
            let key = form_key(id, version);
            let sheets = storage.get::<FormSheets>(Store::Forms, &key).await.map_err(drop)?;
            let form = sheets.and_then(|sheets| sheets.form().ok());
            let form = form.map(|read| Rc::new(read.form));
            Ok(Some(KitMsg::FormFound { id: id.clone(), version: version.clone(), form }))
        }
    }
}

impl StorageJob {
    fn refused(self) -> Option<KitMsg> {
        match self {
            Self::Load => Some(KitMsg::DraftsLoaded(None)),
            Self::Save(draft) => Some(KitMsg::DraftSaved { root: draft.root, at: None }),
            Self::Delete(_) => Some(KitMsg::DraftDeleted),
            Self::FindForm(id, version) => Some(KitMsg::FormFound { id, version, form: None }),
            // The draft itself says that nothing can be kept.
            Self::KeepForm => None,
        }
    }
}
