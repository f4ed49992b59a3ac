//! Answering a form: from the welcome to the receipt.
//!
//! Nothing is kept before consent. From then on every change is saved at once; the shell stores
//! in the order of the effects, so that the newest answers are always stored last.

mod answering;
mod backup;
mod drafts;
mod filling;
mod handing_in;
mod msg;
mod page;
mod picture;
mod sealing;
mod way;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::Draft;
use super::route::Place;
use super::{Effect, Facts};
use crate::domain::campaign::Campaign;
use crate::domain::filled::Filled;
use crate::domain::form::Form;
use crate::domain::response::Response;
use crate::formats::codes::Code;

pub use drafts::{FoundForm, Helping, KitNotice, Opening};
pub use filling::{Filling, Saving};
pub use msg::KitMsg;
pub use page::Page;

/// The respondent's side.
#[derive(Debug, Clone, PartialEq)]
pub struct Kit {
    /// The form that new drafts answer.
    form: Rc<Form>,
    /// The campaign that asks; one that says nothing, outside of any.
    pub campaign: Rc<Campaign>,
    /// The language of the form's texts, by its code.
    pub words: String,
    /// The drafts on this device, the last changed first; `None` until they are read.
    pub drafts: Option<Vec<Draft>>,
    /// True when this browser refused to store or to read; answers then live only in this page.
    pub storage_refused: bool,
    /// The consent box.
    pub consent: ConsentBox,
    /// The draft that is open.
    pub filling: Option<Filling>,
    /// The draft whose deletion is being asked about, by root.
    pub deleting: Option<String>,
    /// True where there is room for a whole section on one page.
    is_wide: bool,
    /// The drafts that are in storage, in whatever state, by root.
    stored: BTreeSet<String>,
    /// The drafts whose newest state is not stored, by root: so many saves are under way, none
    /// where the browser has refused.
    unsaved: BTreeMap<String, usize>,
    /// The draft that waits for the form it was made with.
    opening: Option<(String, Opening)>,
    /// The codes that are shown, see [`crate::formats::codes`].
    pub codes: Option<Rc<[Code]>>,
    /// What is to be told about the last piece of work.
    pub notice: Option<KitNotice>,
    /// Set while somebody enters the answers of others.
    pub helping: Option<Helping>,
}

/// The box by which consent is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentBox {
    /// As everybody finds it.
    Unticked,
    /// Unticked after trying to go on without it.
    Missed,
    /// Ticked by the person.
    Ticked,
}

/// Effects, and the place to go to.
pub(super) type Outcome = (Vec<Effect>, Option<Place>);

fn stay(effects: Vec<Effect>) -> Outcome {
    (effects, None)
}

fn go_to(place: Place) -> Outcome {
    (Vec::new(), Some(place))
}

impl Kit {
    pub(super) fn new(form: Rc<Form>, campaign: Rc<Campaign>, words: &str) -> Self {
        Self {
            form,
            campaign,
            words: words.to_owned(),
            drafts: None,
            storage_refused: false,
            consent: ConsentBox::Unticked,
            filling: None,
            deleting: None,
            is_wide: false,
            stored: BTreeSet::new(),
            unsaved: BTreeMap::new(),
            opening: None,
            codes: None,
            notice: None,
            helping: None,
        }
    }

    /// Everything on this device was deleted.
    pub(super) fn forget_everything(&mut self) {
        let (form, campaign) = (Rc::clone(&self.form), Rc::clone(&self.campaign));
        *self = Self { is_wide: self.is_wide, ..Self::without_drafts(form, campaign, &self.words) };
    }

    /// For trying a form out: no drafts wait, and none will.
    pub(super) fn without_drafts(form: Rc<Form>, campaign: Rc<Campaign>, words: &str) -> Self {
        Self { drafts: Some(Vec::new()), ..Self::new(form, campaign, words) }
    }

    /// What follows from the open draft's answers.
    pub fn filled(&self) -> Option<&Filled> {
        self.filling.as_ref().map(|filling| &filling.filled)
    }

    /// Asks in another language; labels that expressions look up follow.
    pub(super) fn set_words(&mut self, words: &str) {
        words.clone_into(&mut self.words);
        if let Some(filling) = &mut self.filling {
            filling.filled.begin_anew(filling.draft.circumstances(words));
        }
    }

    /// The form that is open: that of the open draft, else that of new ones.
    pub fn form(&self) -> &Rc<Form> {
        self.filled().map_or(&self.form, Filled::form)
    }

    /// The pages of the open draft, without that of the consent.
    pub fn pages(&self) -> Vec<Page> {
        let mut screens = self.filled().map(Filled::screens).unwrap_or_default();
        let form = self.form();
        if let Some(consent) = form.consent_question() {
            for screen in &mut screens {
                screen.fields.retain(|field| {
                    field.question(form).is_none_or(|question| !question.stands_with(consent))
                });
            }
            screens.retain(|screen| !screen.fields.is_empty());
        }
        Page::of(self.form(), screens, self.is_wide)
    }

    /// True while closing the page would lose answers: of the open draft, or of another that was
    /// entered before it.
    pub fn is_at_risk(&self) -> bool {
        self.drafts.iter().flatten().any(|draft| {
            let is_out = !draft.is_open() && draft.is_delivered;
            !is_out && self.unsaved.contains_key(&draft.root)
        })
    }

    /// True where whole sections are shown.
    pub fn is_wide(&self) -> bool {
        self.is_wide
    }

    /// Shows whole sections, or one thing at a time.
    pub(super) fn set_wide(&mut self, is_wide: bool) {
        self.is_wide = is_wide;
    }

    /// The drafts of this campaign that can be gone on with.
    pub fn open_drafts(&self) -> impl Iterator<Item = &Draft> {
        self.own_drafts().filter(|draft| draft.is_open())
    }

    /// The drafts of this campaign that were handed in and not reopened.
    pub fn finished_drafts(&self) -> impl Iterator<Item = &Draft> {
        self.own_drafts().filter(|draft| !draft.is_open())
    }

    fn own_drafts(&self) -> impl Iterator<Item = &Draft> {
        let is_own =
            |draft: &&Draft| draft.form == self.form.id && draft.campaign == self.campaign.id;
        self.drafts.iter().flatten().filter(is_own)
    }

    /// What was handed in last of the open draft.
    pub fn handed_in(&self) -> Option<&Response> {
        self.filling.as_ref()?.draft.handed_in.last()
    }

    /// The place itself if it can be shown now, else the nearest that can.
    pub(super) fn nearest(&self, place: &Place) -> Place {
        let open = self.filling.as_ref().is_some_and(|filling| filling.draft.is_open());
        let possible = match place {
            Place::Welcome => true,
            Place::Consent => self.filling.is_none() && self.form.consent_question().is_some(),
            Place::Screen(_) | Place::Review => open,
            Place::Receipt => self.handed_in().is_some() && !open,
        };
        if possible { place.clone() } else { Place::Welcome }
    }

    pub(super) fn update(&mut self, msg: KitMsg, place: Option<&Place>, facts: &Facts) -> Outcome {
        let (effects, next) = self.take(msg, place, facts);
        if next.is_some() {
            self.ask_no_more();
        }
        (effects, next)
    }

    /// Closes the questions that belong to the page that is left.
    fn ask_no_more(&mut self) {
        self.deleting = None;
        self.codes = None;
        if let Some(filling) = &mut self.filling {
            filling.removing = None;
        }
    }

    fn take(&mut self, msg: KitMsg, place: Option<&Place>, facts: &Facts) -> Outcome {
        match msg {
            KitMsg::DraftsLoaded(drafts) => {
                self.loaded(drafts);
                stay(Vec::new())
            }
            KitMsg::StartAsked => self.start(facts),
            KitMsg::ConsentTicked(ticked) => {
                self.consent = if ticked { ConsentBox::Ticked } else { ConsentBox::Unticked };
                stay(Vec::new())
            }
            KitMsg::ConsentGiven if self.consent == ConsentBox::Ticked => self.begin(facts),
            KitMsg::ConsentGiven => {
                self.consent = ConsentBox::Missed;
                stay(vec![Effect::ShowFirstFault])
            }
            KitMsg::ResumeAsked(root) => self.open_draft(&root, Opening::Resume, facts),
            KitMsg::FormFound { id, version, found } => {
                self.go_on_opening(&id, &version, found, facts)
            }
            KitMsg::BackupAsked(root) => self.open_draft(&root, Opening::Backup, facts),
            KitMsg::BackupChosen(bytes) => self.take_backup(&bytes, facts),
            KitMsg::HelpingChosen(mode) => {
                self.helping = mode.map(|mode| Helping { mode, same_unit: true });
                stay(Vec::new())
            }
            KitMsg::SameUnitChosen(same_unit) => {
                if let Some(helping) = &mut self.helping {
                    helping.same_unit = same_unit;
                }
                stay(Vec::new())
            }
            KitMsg::Answered(answers) => stay(self.answer(&answers, facts)),
            KitMsg::FieldLeft(key) => {
                if let Some(filling) = &mut self.filling {
                    filling.hushed.remove(&key);
                    filling.left.insert(key);
                }
                stay(Vec::new())
            }
            KitMsg::InstanceAdded(repeat) => self.add_instance(&repeat, facts),
            KitMsg::InstanceChosen(repeat, number) => self.open_instance(&repeat, number),
            KitMsg::InstanceRemovalAsked(repeat, number) => {
                if let Some(filling) = &mut self.filling {
                    filling.removing = Some((repeat, number));
                }
                stay(Vec::new())
            }
            KitMsg::InstanceRemovalAnswered(sure) => stay(self.remove_instance(sure, facts)),
            KitMsg::NextAsked => self.next(place),
            KitMsg::BackAsked => self.back(place),
            KitMsg::ReviewLineChosen(name) => self.revisit(&name),
            KitMsg::HandInAsked => self.hand_in(facts),
            KitMsg::FileAskedAgain => stay(self.file().into_iter().collect()),
            KitMsg::SharingAsked => stay(self.share().into_iter().collect()),
            KitMsg::TextAsked => stay(self.text().into_iter().collect()),
            KitMsg::TextCopied(copied) => {
                self.notice = Some(if copied { KitNotice::Copied } else { KitNotice::NotCopied });
                stay(Vec::new())
            }
            KitMsg::CodesAsked { all } => {
                self.codes = self.codes_of(all);
                stay(Vec::new())
            }
            KitMsg::CodesClosed => {
                self.codes = None;
                stay(Vec::new())
            }
            KitMsg::AllFilesAsked => stay(self.all_files().into_iter().collect()),
            KitMsg::Encrypted { root, revision, text } => self.sealed(&root, revision, text),
            KitMsg::NotEncrypted => self.not_sealed(),
            KitMsg::DeliveryConfirmed(delivered) => stay(self.confirm_delivery(delivered)),
            KitMsg::ReopenAsked(root) => self.open_draft(&root, Opening::Change, facts),
            KitMsg::ReopeningGivenUp => self.give_up_reopening(),
            KitMsg::DeleteAsked(root) => {
                self.deleting = Some(root);
                stay(Vec::new())
            }
            KitMsg::DeleteAnswered(sure) => match self.deleting.take() {
                Some(root) if sure => self.delete(root),
                _ => stay(Vec::new()),
            },
            KitMsg::DraftSaved { root, at } => self.saved(&root, at),
            KitMsg::ChangedElsewhere { root, newest } => self.follow_other_window(&root, newest),
            KitMsg::DraftDeleted(root) => self.deleted(&root),
            // What never was in storage is gone with its place in the list.
            KitMsg::DraftNotDeleted(root) if !self.stored.contains(&root) => self.deleted(&root),
            KitMsg::DraftNotDeleted(_) => {
                self.notice = Some(KitNotice::NotDeleted);
                stay(Vec::new())
            }
        }
    }
}
