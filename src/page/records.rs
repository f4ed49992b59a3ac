//! Storage jobs, done one after the other, so that the last save is the one that stays.

use std::collections::{BTreeSet, VecDeque};
use std::pin::pin;
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::app::Msg;
use crate::app::campaign_file::CampaignFile;
use crate::app::desk::DeskMsg;
use crate::app::desk::safety::{Deleted, SafetyMsg};
use crate::app::draft::Draft;
use crate::app::kit::{FoundForm, KitMsg};
use crate::browser::storage::{Put, Storage, Store};
use crate::browser::{clock, preferences, sight};

/// Something to read from storage or to keep there.
pub(super) enum StorageJob {
    /// Read every draft.
    LoadDrafts,
    /// Store a draft.
    SaveDraft(Box<Draft>),
    /// Delete a draft, by root.
    DeleteDraft(String),
    /// Keep a form that drafts answer, under its key.
    KeepForm(String, Rc<CampaignFile>),
    /// Find a form that was kept, by its name and version.
    FindForm(String, String),
    /// Read the desk's campaigns.
    LoadCampaigns,
    /// Store a campaign.
    KeepCampaign(Box<CampaignFile>),
    /// Delete a campaign, by id, and its responses.
    ForgetCampaign(String),
    /// Delete every record of every kind.
    DeleteEverything,
}

/// The key of a form among those that are kept.
pub(super) fn form_key(id: &str, version: &str) -> String {
    format!("{id}@{version}")
}

/// How long a browser may take over one job before it counts as refused.
const PATIENCE_MS: u32 = 8_000;

/// Takes jobs. One that fails is tried once more on a new connection: browsers close one when
/// memory is short.
///
/// A save that another window has overtaken takes those of its draft that wait behind it along:
/// they know no better.
pub(super) fn serve(done: Callback<Msg>) -> UnboundedSender<StorageJob> {
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
            look_ahead(&mut queue, &mut waiting);
            if is_overtaken(&job, &queue) {
                continue;
            }
            if matches!(job, StorageJob::SaveDraft(_)) {
                // Nobody waits for storage to see what was tapped.
                sight::painted().await;
            }
            let mut answer = Err(());
            for _ in 0..2 {
                answer = in_time(attempt(&mut open, &job, &mut stored)).await;
                if answer.is_ok() {
                    break;
                }
                open = None;
            }
            if let Some(msg) = answer.unwrap_or_else(|()| job.refused()) {
                if let Msg::Kit(KitMsg::ChangedElsewhere { root, .. }) = &msg {
                    look_ahead(&mut queue, &mut waiting);
                    queue.retain(
                        |job| !matches!(job, StorageJob::SaveDraft(draft) if draft.root == *root),
                    );
                }
                done.emit(msg);
            }
        }
    });
    jobs
}

fn look_ahead(queue: &mut VecDeque<StorageJob>, waiting: &mut UnboundedReceiver<StorageJob>) {
    queue.extend(std::iter::from_fn(|| waiting.try_recv().ok()));
}

/// True when the same campaign is stored again right after: somebody is typing.
fn is_overtaken(job: &StorageJob, queue: &VecDeque<StorageJob>) -> bool {
    let StorageJob::KeepCampaign(file) = job else { return false };
    queue.iter().any(|later| {
        matches!(later, StorageJob::KeepCampaign(later) if later.campaign.id == file.campaign.id)
    })
}

async fn in_time<T>(attempt: impl Future<Output = Result<T, ()>>) -> Result<T, ()> {
    match select(pin!(attempt), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(()),
    }
}

async fn attempt(
    open: &mut Option<Storage>,
    job: &StorageJob,
    stored: &mut BTreeSet<String>,
) -> Result<Option<Msg>, ()> {
    let storage = match open {
        Some(storage) => storage,
        None => open.insert(Storage::open().await.map_err(drop)?),
    };
    perform(storage, job, stored).await
}

async fn perform(
    storage: &Storage,
    job: &StorageJob,
    stored: &mut BTreeSet<String>,
) -> Result<Option<Msg>, ()> {
    let msg = match job {
        StorageJob::LoadDrafts => {
            let drafts: Vec<Draft> = storage.all(Store::Drafts, "").await.map_err(drop)?;
            stored.extend(drafts.iter().map(|draft| draft.root.clone()));
            KitMsg::DraftsLoaded(Some(drafts)).into()
        }
        StorageJob::SaveDraft(draft) => save(storage, draft, stored).await?.into(),
        StorageJob::DeleteDraft(root) => {
            storage.delete(Store::Drafts, root).await.map_err(drop)?;
            KitMsg::DraftDeleted(root.clone()).into()
        }
        StorageJob::KeepForm(key, file) => {
            // It is long and never changes under one version.
            if storage.get::<CampaignFile>(Store::Forms, key).await.map_err(drop)?.is_none() {
                storage.put(Store::Forms, [(key.clone(), &**file)]).await.map_err(drop)?;
            }
            return Ok(None);
        }
        StorageJob::FindForm(id, version) => {
            let key = form_key(id, version);
            let file = storage.get::<CampaignFile>(Store::Forms, &key).await.map_err(drop)?;
            let form = file.and_then(|file| file.form().ok());
            let found = form.map_or(FoundForm::Gone, |read| FoundForm::Here(Rc::new(read.form)));
            KitMsg::FormFound { id: id.clone(), version: version.clone(), found }.into()
        }
        StorageJob::LoadCampaigns => {
            let files = storage.all(Store::Campaigns, "").await.map_err(drop)?;
            DeskMsg::CampaignsLoaded(Some(files)).into()
        }
        StorageJob::KeepCampaign(file) => {
            let record = (file.campaign.id.clone(), &**file);
            storage.put(Store::Campaigns, [record]).await.map_err(drop)?;
            DeskMsg::CampaignKept(true).into()
        }
        StorageJob::ForgetCampaign(id) => {
            storage.delete(Store::Campaigns, id).await.map_err(drop)?;
            storage.delete(Store::Dataset, id).await.map_err(drop)?;
            storage.delete(Store::Changes, id).await.map_err(drop)?;
            return Ok(None);
        }
        StorageJob::DeleteEverything => {
            let counts = storage.delete_everything().await.map_err(drop)?;
            let count = |wanted| {
                counts.iter().find(|(store, _)| *store == wanted).map_or(0, |(_, count)| *count)
            };
            stored.clear();
            preferences::forget();
            SafetyMsg::Deleted(Some(Deleted {
                campaigns: count(Store::Campaigns),
                responses: count(Store::Dataset),
                drafts: count(Store::Drafts),
                keys: count(Store::Identities),
            }))
            .into()
        }
    };
    Ok(Some(msg))
}

/// Stores a draft, unless another window was faster; where there is none any more though there
/// was one, another window has deleted it.
async fn save(
    storage: &Storage,
    draft: &Draft,
    stored: &mut BTreeSet<String>,
) -> Result<KitMsg, ()> {
    let root = draft.root.clone();
    let is_next = |there: Option<&Draft>| match there {
        Some(there) => there.saves < draft.saves || *there == *draft,
        None => !stored.contains(&root),
    };
    let put = storage.put_if(Store::Drafts, &root, draft, is_next).await;
    Ok(match put.map_err(drop)? {
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
    })
}

impl StorageJob {
    fn refused(self) -> Option<Msg> {
        Some(match self {
            Self::LoadDrafts => KitMsg::DraftsLoaded(None).into(),
            Self::SaveDraft(draft) => KitMsg::DraftSaved { root: draft.root, at: None }.into(),
            Self::DeleteDraft(root) => KitMsg::DraftNotDeleted(root).into(),
            Self::FindForm(id, version) => {
                KitMsg::FormFound { id, version, found: FoundForm::Refused }.into()
            }
            Self::LoadCampaigns => DeskMsg::CampaignsLoaded(None).into(),
            Self::KeepCampaign(_) | Self::ForgetCampaign(_) => DeskMsg::CampaignKept(false).into(),
            Self::DeleteEverything => SafetyMsg::Deleted(None).into(),
            // The draft itself says that nothing can be kept.
            Self::KeepForm(..) => return None,
        })
    }
}
