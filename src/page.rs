//! The page: carries messages to the model and effects to the browser.

mod opening;
mod records;

use std::cell::Cell;
use std::rc::Rc;

use futures::channel::mpsc::UnboundedSender;
use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::campaign_file::CampaignFile;
use crate::app::desk::DeskMsg;
use crate::app::kit::KitMsg;
use crate::app::protocol::{Request, read_reply, write_request};
use crate::app::{Effect, Model, Msg};
use crate::browser::storage::ask_to_persist;
use crate::browser::updates::Updates;
use crate::browser::worker_link::WorkerLink;
use crate::browser::{
    address, camera, clock, files, handing_over,
    own_page::{self, FirstScreen},
    pictures, preferences, reason, sight, window,
};
use crate::domain::campaign::Campaign;
use crate::ui;
use opening::Opening;
use records::StorageJob;

/// Mounts the page in the element `app`; without the desk it is what kits carry, and a good part
/// smaller.
pub fn start<const DESK: bool>() {
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    spawn_local(async move {
        let opening = Rc::new(Opening::find().await);
        yew::Renderer::<Page<DESK>>::with_root_and_props(root, Start { opening }).render();
    });
}

#[derive(Properties, Clone, PartialEq)]
struct Start {
    opening: Rc<Opening>,
}

struct Page<const DESK: bool> {
    model: Rc<Model>,
    /// What new drafts answer, with its form's sheets.
    asked: Rc<CampaignFile>,
    storage: UnboundedSender<StorageJob>,
    worker: WorkerLink,
    updates: Updates,
    /// True while something would be lost by closing the page.
    at_risk: Rc<Cell<bool>>,
    _listeners: Vec<EventListener>,
}

impl<const DESK: bool> Component for Page<DESK> {
    type Message = Msg;
    type Properties = Start;

    fn create(ctx: &Context<Self>) -> Self {
        let (language, text_size) = preferences::read();
        preferences::show(language, text_size);
        let Opening { file, form, is_kit, fault } = &*ctx.props().opening;
        let mut model = Model::new(Rc::clone(form), language, text_size, address::route());
        if *is_kit {
            model = model.of_campaign(file.campaign.clone());
        }
        model.fault.clone_from(fault);
        if DESK {
            Rc::make_mut(&mut model.desk).safety.last = preferences::backup_time();
        }
        let effects = model.start_in::<DESK>();
        let link = ctx.link().clone();
        let changed = link.clone();
        let widened = link.clone();
        let found = link.clone();
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
            asked: Rc::new(file.clone()),
            storage: records::serve(link.callback(|msg| msg)),
            worker: WorkerLink::new(write_request::<DESK>, read_reply::<DESK>, move |reply| {
                link.send_message(Msg::Desk(DeskMsg::Replied(reply)));
            }),
            updates: Updates::watch(move || found.send_message(Msg::UpdateFound)),
            at_risk,
            _listeners: listeners,
        };
        page.perform(ctx, effects);
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let effects = Rc::make_mut(&mut self.model).update_in::<DESK>(msg, &clock::facts());
        self.at_risk.set(self.model.kit.is_at_risk());
        self.perform(ctx, effects);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ui::page::<DESK>(Rc::clone(&self.model), ctx.link().callback(|msg| msg))
    }
}

impl<const DESK: bool> Page<DESK> {
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
                Effect::LoadDrafts => self.store(StorageJob::LoadDrafts),
                Effect::SaveDraft(draft) => self.store(StorageJob::SaveDraft(draft)),
                Effect::DeleteDraft(root) => self.store(StorageJob::DeleteDraft(root)),
                Effect::KeepForm => {
                    ask_to_persist();
                    let form = self.model.kit.form();
                    let key = records::form_key(&form.id, &form.version);
                    self.store(StorageJob::KeepForm(key, Rc::clone(&self.asked)));
                }
                Effect::KeepSheets(sheets) => {
                    let file = CampaignFile::new(Campaign::default(), *sheets, clock::now());
                    if let Ok(read) = file.form() {
                        let key = records::form_key(&read.form.id, &read.form.version);
                        self.store(StorageJob::KeepForm(key, Rc::new(file)));
                    }
                }
                Effect::FindForm { id, version } => self.store(StorageJob::FindForm(id, version)),
                Effect::Share { name, bytes } => handing_over::share(name, bytes),
                Effect::CopyText(text) => {
                    let copied = ctx.link().callback(|done| Msg::Kit(KitMsg::TextCopied(done)));
                    handing_over::copy(text, move |done| copied.emit(done));
                }
                Effect::Download { name, bytes } => files::download(&name, &bytes),
                Effect::DownloadPicture { name, svg } => pictures::download(name, svg),
                Effect::Print(part) => sight::print(part),
                Effect::Ask(request) => self.worker.send(&request, Vec::new()),
                Effect::TakeUpdate => self.updates.take(),
                // A kit's program asks for nothing of what follows, and does not carry it.
                _ if !DESK => {}
                Effect::LoadCampaigns => self.store(StorageJob::LoadCampaigns),
                Effect::KeepCampaign(file) => {
                    ask_to_persist();
                    self.store(StorageJob::KeepCampaign(file));
                }
                Effect::ForgetCampaign(id) => self.store(StorageJob::ForgetCampaign(id)),
                Effect::WriteKit { name, title, campaign, encrypts } => {
                    let written = ctx.link().callback(|msg: DeskMsg| Msg::Desk(msg));
                    let opening = self.model.language.opening_form();
                    spawn_local(async move {
                        let first = FirstScreen { title: &title, opening };
                        let kit = own_page::kit(first, &campaign, encrypts).await;
                        if let Ok(kit) = &kit {
                            files::download(&name, kit.as_bytes());
                        }
                        let size = kit.map(|kit| kit.len()).map_err(|error| reason(&error));
                        written.emit(DeskMsg::KitWritten(name, size));
                    });
                }
                Effect::SendFiles(request) => self.worker.send(&request, files::take_held()),
                Effect::KeepBackupTime(at) => preferences::keep_backup_time(at),
                Effect::DeleteEverything => self.store(StorageJob::DeleteEverything),
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
