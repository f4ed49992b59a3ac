//! Answering a form: from the welcome to the receipt.
//!
//! Nothing is kept before consent. From then on every change is saved at once; the shell stores
//! in the order of the effects, so that the newest answers are always stored last.

mod filling;
mod msg;
mod picture;
mod way;

use std::rc::Rc;

use super::draft::Draft;
use super::route::Place;
use super::{Effect, Facts};
use crate::domain::answers::Answers;
use crate::domain::filled::{Filled, Screen};
use crate::domain::form::{ACKNOWLEDGED, Form};
use crate::domain::response::{Consent, Response};
use crate::domain::search::composed;
use crate::domain::timestamp::Timestamp;
use crate::formats::response_csv;

pub use filling::{Filling, Saving};
pub use msg::KitMsg;

/// The respondent's side.
#[derive(Debug, Clone, PartialEq)]
pub struct Kit {
    /// The form that is asked.
    pub form: Rc<Form>,
    /// The language of the form's texts, by its code.
    pub words: String,
    /// The drafts on this device, the last changed first; `None` until they are read.
    pub drafts: Option<Vec<Draft>>,
    /// True when this browser refused to store or to read; answers then live only in this page.
    pub storage_refused: bool,
    /// The consent box.
    pub consent_ticked: bool,
    /// True after trying to go on without ticking it.
    pub consent_missing: bool,
    /// The draft that is open.
    pub filling: Option<Filling>,
    /// The draft whose deletion is being asked about, by root.
    pub deleting: Option<String>,
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
    pub(super) fn new(form: Rc<Form>, words: &str) -> Self {
        Self {
            form,
            words: words.to_owned(),
            drafts: None,
            storage_refused: false,
            consent_ticked: false,
            consent_missing: false,
            filling: None,
            deleting: None,
        }
    }

    /// For trying a form out: no drafts wait, and none will.
    pub(super) fn without_drafts(form: Rc<Form>, words: &str) -> Self {
        Self { drafts: Some(Vec::new()), ..Self::new(form, words) }
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

    /// The screens of the open draft, without that of the consent.
    pub fn screens(&self) -> Vec<Screen> {
        let mut screens = self.filled().map(Filled::screens).unwrap_or_default();
        if let Some(consent) = self.form.consent_question() {
            screens.retain(|screen| !screen.holds(&consent.name));
        }
        screens
    }

    /// The drafts of this form that can be gone on with.
    pub fn open_drafts(&self) -> impl Iterator<Item = &Draft> {
        self.own_drafts().filter(|draft| draft.is_open())
    }

    /// The drafts of this form that were handed in and not reopened.
    pub fn finished_drafts(&self) -> impl Iterator<Item = &Draft> {
        self.own_drafts().filter(|draft| !draft.is_open())
    }

    fn own_drafts(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter().flatten().filter(|draft| draft.form == self.form.id)
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
        match msg {
            KitMsg::DraftsLoaded(drafts) => {
                self.storage_refused |= drafts.is_none();
                let mut drafts = drafts.unwrap_or_default();
                drafts.sort_by_key(|draft| std::cmp::Reverse(draft.changed));
                self.drafts = Some(drafts);
                stay(Vec::new())
            }
            KitMsg::StartAsked => self.start(facts),
            KitMsg::ConsentTicked(ticked) => {
                (self.consent_ticked, self.consent_missing) = (ticked, false);
                stay(Vec::new())
            }
            KitMsg::ConsentGiven if self.consent_ticked => self.begin(facts),
            KitMsg::ConsentGiven => {
                self.consent_missing = true;
                stay(vec![Effect::ShowFirstFault])
            }
            KitMsg::ResumeAsked(root) => self.resume(&root),
            KitMsg::Answered(answers) => stay(self.answer(&answers, facts)),
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
            KitMsg::ReopenAsked(root) => self.reopen(&root, facts),
            KitMsg::ReopeningGivenUp => self.give_up_reopening(),
            KitMsg::DeleteAsked(root) => {
                self.deleting = Some(root);
                stay(Vec::new())
            }
            KitMsg::DeleteAnswered(sure) => match self.deleting.take() {
                Some(root) if sure => self.delete(root),
                _ => stay(Vec::new()),
            },
            KitMsg::DraftSaved { root, at } => {
                self.saved(&root, at);
                stay(Vec::new())
            }
            KitMsg::ChangedElsewhere { root, newest } => self.follow_other_window(&root, newest),
            KitMsg::DraftDeleted => stay(Vec::new()),
        }
    }

    fn start(&mut self, facts: &Facts) -> Outcome {
        self.filling = None;
        (self.consent_ticked, self.consent_missing) = (false, false);
        match self.form.consent_question() {
            Some(_) => go_to(Place::Consent),
            None => self.begin(facts),
        }
    }

    /// Begins a draft: this is the first moment at which anything is kept.
    fn begin(&mut self, facts: &Facts) -> Outcome {
        let draft = Draft {
            root: facts.fresh_id.clone(),
            form: self.form.id.clone(),
            form_version: self.form.version.clone(),
            revision: 1,
            started: facts.now,
            changed: facts.now,
            consent: Consent { version: self.form.consent_version.clone(), at: facts.now },
            utc_offset: facts.utc_offset,
            answers: Answers::default(),
            left_at: String::new(),
            saves: 0,
            handed_in: Vec::new(),
        };
        let mut first = draft.first_answers(&self.form);
        let consent = self.form.consent_question();
        first.extend(consent.map(|consent| (consent.name.clone(), ACKNOWLEDGED.to_owned())));
        let filled = Filled::begun(Rc::clone(&self.form), draft.circumstances(&self.words));
        let mut filling = Filling::of(draft, filled);
        filling.change(facts, &self.words, |filled, now| filled.answer(&first, now));
        self.filling = Some(filling);
        let (_, place) = self.first_screen();
        (self.save(), place)
    }

    fn open(&mut self, draft: Draft) {
        self.filling = Some(Filling::open(draft, &self.form, &self.words));
    }

    fn draft(&self, root: &str) -> Option<Draft> {
        self.drafts.iter().flatten().find(|draft| draft.root == root).cloned()
    }

    fn resume(&mut self, root: &str) -> Outcome {
        let Some(draft) = self.draft(root) else { return stay(Vec::new()) };
        let (left_at, is_open) = (draft.left_at.clone(), draft.is_open());
        self.open(draft);
        let known = self.screens().iter().any(|screen| screen.name() == left_at);
        match (is_open, known) {
            (false, _) => go_to(Place::Receipt),
            (true, true) => go_to(Place::Screen(left_at)),
            (true, false) => self.first_screen(),
        }
    }

    fn first_screen(&self) -> Outcome {
        match self.screens().first() {
            Some(screen) => go_to(Place::Screen(screen.name().to_owned())),
            None => go_to(Place::Review),
        }
    }

    /// Among `screens`, the one that a place names by one of its fields; the first where it is gone.
    pub fn screen_position(&self, place: Option<&Place>, screens: &[Screen]) -> usize {
        let Some(Place::Screen(key)) = place else { return 0 };
        screens.iter().position(|screen| screen.holds(key)).unwrap_or(0)
    }

    /// Forgets what concerned the screen that is left by the browser's own back or a link.
    pub(super) fn left(&mut self) {
        if let Some(filling) = &mut self.filling {
            filling.shows_faults = false;
            filling.from_review = false;
        }
    }

    fn answer(&mut self, answers: &[(String, String)], facts: &Facts) -> Vec<Effect> {
        let Some(filling) = &mut self.filling else { return Vec::new() };
        let composed: Vec<(String, String)> =
            answers.iter().map(|(key, value)| (key.clone(), composed(value))).collect();
        filling.change(facts, &self.words, |filled, now| filled.answer(&composed, now));
        self.save()
    }

    /// Stores the open draft.
    fn save(&mut self) -> Vec<Effect> {
        let Some(filling) = &mut self.filling else { return Vec::new() };
        filling.saving = match filling.saving {
            Saving::UnderWay(saves) => Saving::UnderWay(saves + 1),
            _ => Saving::UnderWay(1),
        };
        filling.draft.saves += 1;
        let draft = filling.draft.clone();
        self.keep_in_list(&draft);
        vec![Effect::SaveDraft(Box::new(draft))]
    }

    fn keep_in_list(&mut self, draft: &Draft) {
        let drafts = self.drafts.get_or_insert_default();
        drafts.retain(|known| known.root != draft.root);
        drafts.insert(0, draft.clone());
    }

    fn saved(&mut self, root: &str, at: Option<Timestamp>) {
        self.storage_refused = at.is_none();
        if let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.root == root) {
            filling.saving = match (filling.saving, at) {
                (Saving::UnderWay(saves), _) if saves > 1 => Saving::UnderWay(saves - 1),
                (_, Some(at)) => Saving::Saved(at),
                (_, None) => Saving::Refused,
            };
        }
    }

    /// Two windows never overwrite each other: this one takes over what the other has stored.
    fn follow_other_window(&mut self, root: &str, newest: Option<Box<Draft>>) -> Outcome {
        let drafts = self.drafts.get_or_insert_default();
        drafts.retain(|draft| draft.root != root);
        drafts.extend(newest.as_deref().cloned());
        let is_open_here = self.filling.as_ref().is_some_and(|open| open.draft.root == root);
        if !is_open_here {
            return stay(Vec::new());
        }
        let Some(draft) = newest else {
            self.filling = None;
            return go_to(Place::Welcome);
        };
        let is_open = draft.is_open();
        self.open(*draft);
        if let Some(filling) = &mut self.filling {
            filling.changed_elsewhere = true;
        }
        if is_open { stay(Vec::new()) } else { go_to(Place::Receipt) }
    }

    fn next(&mut self, place: Option<&Place>) -> Outcome {
        let screens = self.screens();
        let here = self.screen_position(place, &screens);
        let Some(filling) = &mut self.filling else { return stay(Vec::new()) };
        let faults = screens.get(here).map(|screen| filling.filled.faults(screen));
        filling.shows_faults = faults.is_some_and(|faults| !faults.is_empty());
        if filling.shows_faults {
            return stay(vec![Effect::ShowFirstFault]);
        }
        match way::after(&screens, here) {
            Some(screen) if !filling.from_review => self.leave_for(screen.name().to_owned()),
            _ => go_to(Place::Review),
        }
    }

    fn back(&mut self, place: Option<&Place>) -> Outcome {
        let screens = self.screens();
        let before = match place {
            Some(Place::Review) => screens.last(),
            Some(Place::Screen(_)) => way::before(&screens, self.screen_position(place, &screens)),
            _ => None,
        };
        match before {
            Some(screen) => self.leave_for(screen.name().to_owned()),
            None => go_to(Place::Welcome),
        }
    }

    fn add_instance(&mut self, repeat: &str, facts: &Facts) -> Outcome {
        let Some(filling) = &mut self.filling else { return stay(Vec::new()) };
        let added =
            filling.change(facts, &self.words, |filled, now| filled.add_instance(repeat, now));
        match added {
            Some(number) => {
                let (_, place) = self.open_instance(repeat, number);
                (self.save(), place)
            }
            None => stay(Vec::new()),
        }
    }

    fn open_instance(&mut self, repeat: &str, number: usize) -> Outcome {
        let screens = self.screens();
        match way::into(&screens, repeat, number) {
            Some(screen) => self.leave_for(screen.name().to_owned()),
            None => stay(Vec::new()),
        }
    }

    fn remove_instance(&mut self, sure: bool, facts: &Facts) -> Vec<Effect> {
        let Some(filling) = &mut self.filling else { return Vec::new() };
        match filling.removing.take() {
            Some((repeat, number)) if sure => {
                filling.change(facts, &self.words, |filled, now| {
                    filled.remove_instance(&repeat, number, now);
                });
                self.save()
            }
            _ => Vec::new(),
        }
    }

    fn leave_for(&mut self, screen: String) -> Outcome {
        if let Some(filling) = &mut self.filling {
            filling.shows_faults = false;
            filling.from_review = false;
            filling.changed_elsewhere = false;
            filling.draft.left_at.clone_from(&screen);
        }
        (self.save(), Some(Place::Screen(screen)))
    }

    /// Opens the screen of a question, on the way back to the review.
    fn revisit(&mut self, key: &str) -> Outcome {
        let screens = self.screens();
        let (Some(screen), Some(filling)) =
            (screens.iter().find(|screen| screen.holds(key)), &mut self.filling)
        else {
            return stay(Vec::new());
        };
        filling.from_review = true;
        filling.shows_faults = true;
        go_to(Place::Screen(screen.name().to_owned()))
    }

    fn hand_in(&mut self, facts: &Facts) -> Outcome {
        let screens = self.screens();
        let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.is_open()) else {
            return stay(Vec::new());
        };
        if screens.iter().any(|screen| !filling.filled.faults(screen).is_empty()) {
            return stay(vec![Effect::ShowFirstFault]);
        }
        let response = filling.draft.response(&filling.filled, facts.now);
        filling.draft.handed_in.push(response);
        let mut effects = self.save();
        effects.extend(self.file());
        (effects, Some(Place::Receipt))
    }

    fn file(&self) -> Option<Effect> {
        let response = self.handed_in()?;
        Some(Effect::Download {
            name: response_csv::file_name(&self.form, response),
            bytes: response_csv::write(&self.form, response),
        })
    }

    fn reopen(&mut self, root: &str, facts: &Facts) -> Outcome {
        let opened = self.filling.as_ref().map(|filling| &filling.draft);
        let draft = opened.filter(|draft| draft.root == root).cloned().or_else(|| self.draft(root));
        let Some(mut draft) = draft.filter(|draft| !draft.is_open()) else {
            return stay(Vec::new());
        };
        draft.revision += 1;
        draft.changed = facts.now;
        self.open(draft);
        (self.save(), Some(Place::Review))
    }

    /// Takes back every change since the last handing in.
    fn give_up_reopening(&mut self) -> Outcome {
        let open = self.filling.as_ref().filter(|filling| filling.draft.is_open());
        let Some(mut draft) = open.map(|filling| filling.draft.clone()) else {
            return stay(Vec::new());
        };
        let Some(last) = draft.handed_in.last() else { return stay(Vec::new()) };
        (draft.revision, draft.answers) = (last.revision, last.answers.clone());
        self.open(draft);
        (self.save(), Some(Place::Receipt))
    }

    fn delete(&mut self, root: String) -> Outcome {
        self.drafts.iter_mut().for_each(|drafts| drafts.retain(|draft| draft.root != root));
        if self.filling.as_ref().is_some_and(|filling| filling.draft.root == root) {
            self.filling = None;
        }
        (vec![Effect::DeleteDraft(root)], Some(Place::Welcome))
    }
}
