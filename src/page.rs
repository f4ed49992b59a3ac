//! The page: carries messages to the model and effects to the browser.

use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::desk::DeskMsg;
use crate::app::draft::Draft;
use crate::app::kit::KitMsg;
use crate::app::protocol::Request;
use crate::app::{Effect, Model, Msg};
use crate::browser::storage::{Storage, Store};
use crate::browser::worker_link::WorkerLink;
use crate::browser::{address, clock, files, preferences, sight};
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
    _address: EventListener,
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
        let page = Self {
            model: Rc::new(model),
            storage: serve_storage(link.callback(Msg::Kit)),
            worker: WorkerLink::new(move |reply| {
                link.send_message(Msg::Desk(DeskMsg::Replied(reply)));
            }),
            _address: address::on_change(move |route| {
                changed.send_message(Msg::RouteChanged(route));
            }),
        };
        page.perform(effects);
        page
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let effects = Rc::make_mut(&mut self.model).update(msg, &clock::facts());
        self.perform(effects);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <ui::Page model={Rc::clone(&self.model)} send={ctx.link().callback(|msg| msg)} /> }
    }
}

impl Page {
    fn perform(&self, effects: Vec<Effect>) {
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
                Effect::Download { name, bytes } => files::download(&name, &bytes),
                Effect::Ask(request) => self.worker.send(&request, Vec::new()),
                Effect::SendFiles => self.worker.send(&Request::Import, files::take_held()),
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
}

/// Does storage jobs one after the other, so that the last save is the one that stays. A
/// connection that failed is opened anew for the next job: browsers close it when memory is short.
fn serve_storage(done: Callback<KitMsg>) -> UnboundedSender<StorageJob> {
    let (jobs, mut waiting) = unbounded();
    spawn_local(async move {
        let mut open: Option<Storage> = None;
        while let Some(job) = waiting.next().await {
            let storage = match open.take() {
                Some(storage) => Some(storage),
                None => Storage::open().await.ok(),
            };
            let answer = match &storage {
                Some(storage) => serve(storage, &job).await,
                None => Err(()),
            };
            open = if answer.is_ok() { storage } else { None };
            done.emit(answer.unwrap_or_else(|()| job.refused()));
        }
    });
    jobs
}

async fn serve(storage: &Storage, job: &StorageJob) -> Result<KitMsg, ()> {
    match job {
        StorageJob::Load => {
            let drafts = storage.all(Store::Drafts, "").await.map_err(drop)?;
            Ok(KitMsg::DraftsLoaded(Some(drafts)))
        }
        StorageJob::Save(draft) => {
            let record = (draft.root.clone(), &**draft);
            storage.put(Store::Drafts, [record]).await.map_err(drop)?;
            Ok(KitMsg::DraftSaved { root: draft.root.clone(), at: Some(clock::now()) })
        }
        StorageJob::Delete(root) => {
            storage.delete(Store::Drafts, root).await.map_err(drop)?;
            Ok(KitMsg::DraftDeleted)
        }
    }
}

impl StorageJob {
    fn refused(self) -> KitMsg {
        match self {
            Self::Load => KitMsg::DraftsLoaded(None),
            Self::Save(draft) => KitMsg::DraftSaved { root: draft.root, at: None },
            Self::Delete(_) => KitMsg::DraftDeleted,
        }
    }
}
