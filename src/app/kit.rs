//! Answering a form: from the welcome to the receipt.
//!
//! Nothing is kept before consent. From then on every change is saved at once; the shell stores
//! in the order of the effects, so that the newest answers are always stored last.

mod filling;
mod msg;

use std::rc::Rc;

use super::draft::{Draft, circumstances};
use super::route::{Place, Route};
use super::{Effect, Facts};
use crate::domain::filled::{AnswerFault, Filled, Screen, initial_answers};
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

/// Effects, and the page to go to.
pub(super) type Outcome = (Vec<Effect>, Option<Route>);

fn stay(effects: Vec<Effect>) -> Outcome {
    (effects, None)
}

fn go_to(place: Place) -> Outcome {
    (Vec::new(), Some(Route::Answer(place)))
}

impl Kit {
    pub(super) fn new(form: Rc<Form>) -> Self {
        Self {
            form,
            drafts: None,
            storage_refused: false,
            consent_ticked: false,
            consent_missing: false,
            filling: None,
            deleting: None,
        }
    }

    /// What follows from the open draft's answers.
    pub fn filled(&self) -> Option<Filled<'_>> {
        self.filling.as_ref().map(|filling| filling.draft.filled(&self.form))
    }

    /// The screens of the open draft, without that of the consent.
    pub fn screens(&self, filled: &Filled<'_>) -> Vec<Screen> {
        let consent = self.form.consent_question().and_then(|q| self.form.position(&q.name));
        let mut screens = filled.screens();
        screens.retain(|screen| consent.is_none_or(|consent| !screen.questions.contains(&consent)));
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

    /// The route itself if it can be shown now, else the nearest that can.
    pub(super) fn nearest(&self, route: &Route) -> Route {
        let Route::Answer(place) = route else { return route.clone() };
        let open = self.filling.as_ref().is_some_and(|filling| filling.draft.is_open());
        let possible = match place {
            Place::Welcome => true,
            Place::Consent => self.filling.is_none() && self.form.consent_question().is_some(),
            Place::Screen(_) | Place::Review => open,
            Place::Receipt => self.handed_in().is_some() && !open,
        };
        if possible { route.clone() } else { Route::Answer(Place::Welcome) }
    }

    pub(super) fn update(&mut self, msg: KitMsg, route: &Route, facts: &Facts) -> Outcome {
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
            KitMsg::NextAsked => self.next(route),
            KitMsg::BackAsked => self.back(route),
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
        let circumstances = circumstances(&facts.fresh_id, facts.now, facts.utc_offset);
        let mut draft = Draft {
            root: facts.fresh_id.clone(),
            form: self.form.id.clone(),
            form_version: self.form.version.clone(),
            revision: 1,
            started: facts.now,
            changed: facts.now,
            consent: Consent { version: self.form.consent_version.clone(), at: facts.now },
            utc_offset: facts.utc_offset,
            answers: initial_answers(&self.form, circumstances),
            left_at: String::new(),
            saves: 0,
            handed_in: Vec::new(),
        };
        if let Some(consent) = self.form.consent_question() {
            draft.answers.set(&consent.name, ACKNOWLEDGED);
        }
        self.open(draft);
        let (_, route) = self.first_screen();
        (self.save(), route)
    }

    fn open(&mut self, draft: Draft) {
        self.filling = Some(Filling {
            draft,
            shows_faults: false,
            from_review: false,
            saving: Saving::Unchanged,
            changed_elsewhere: false,
        });
    }

    fn draft(&self, root: &str) -> Option<Draft> {
        self.drafts.iter().flatten().find(|draft| draft.root == root).cloned()
    }

    fn resume(&mut self, root: &str) -> Outcome {
        let Some(draft) = self.draft(root) else { return stay(Vec::new()) };
        let (left_at, is_open) = (draft.left_at.clone(), draft.is_open());
        self.open(draft);
        let known = self.filled().is_some_and(|filled| {
            self.screens(&filled).iter().any(|screen| self.name_of(screen) == left_at)
        });
        match (is_open, known) {
            (false, _) => go_to(Place::Receipt),
            (true, true) => go_to(Place::Screen(left_at)),
            (true, false) => self.first_screen(),
        }
    }

    fn first_screen(&self) -> Outcome {
        let first = self.filled().and_then(|filled| self.screens(&filled).into_iter().next());
        match first {
            Some(screen) => go_to(Place::Screen(self.name_of(&screen))),
            None => go_to(Place::Review),
        }
    }

    /// The name of a screen: that of its first question.
    pub fn name_of(&self, screen: &Screen) -> String {
        let first = screen.questions.first().and_then(|first| self.form.questions().get(*first));
        first.map_or(String::new(), |question| question.name.clone())
    }

    /// The place of the screen that a route names by one of its questions, among `screens`; the
    /// first where it is gone.
    pub fn screen_position(&self, route: &Route, screens: &[Screen]) -> usize {
        let Route::Answer(Place::Screen(name)) = route else { return 0 };
        let named = self.form.position(name);
        let holds = |screen: &Screen| named.is_some_and(|named| screen.questions.contains(&named));
        screens.iter().position(holds).unwrap_or(0)
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
        for (question, value) in answers {
            filling.draft.answers.set(question, composed(value));
        }
        filling.draft.changed = facts.now;
        filling.draft.utc_offset = facts.utc_offset;
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

    fn next(&mut self, route: &Route) -> Outcome {
        let Some(filled) = self.filled() else { return stay(Vec::new()) };
        let screens = self.screens(&filled);
        let here = self.screen_position(route, &screens);
        let faulty = screens.get(here).is_some_and(|screen| !faults(&filled, screen).is_empty());
        let next = screens.get(here + 1).map(|screen| self.name_of(screen));
        let Some(filling) = &mut self.filling else { return stay(Vec::new()) };
        filling.shows_faults = faulty;
        if faulty {
            return stay(vec![Effect::ShowFirstFault]);
        }
        match next {
            Some(name) if !filling.from_review => self.leave_for(name),
            _ => go_to(Place::Review),
        }
    }

    fn back(&mut self, route: &Route) -> Outcome {
        let Some(filled) = self.filled() else { return go_to(Place::Welcome) };
        let screens = self.screens(&filled);
        let before = match route {
            Route::Answer(Place::Review) => screens.last(),
            Route::Answer(Place::Screen(_)) => {
                let here = self.screen_position(route, &screens);
                here.checked_sub(1).and_then(|before| screens.get(before))
            }
            _ => None,
        };
        match before.map(|screen| self.name_of(screen)) {
            Some(name) => self.leave_for(name),
            None => go_to(Place::Welcome),
        }
    }

    fn leave_for(&mut self, screen: String) -> Outcome {
        if let Some(filling) = &mut self.filling {
            filling.shows_faults = false;
            filling.from_review = false;
            filling.changed_elsewhere = false;
            filling.draft.left_at.clone_from(&screen);
        }
        (self.save(), Some(Route::Answer(Place::Screen(screen))))
    }

    /// Opens the screen of a question, on the way back to the review.
    fn revisit(&mut self, name: &str) -> Outcome {
        let Some(filled) = self.filled() else { return stay(Vec::new()) };
        let position = self.form.position(name);
        let screens = self.screens(&filled);
        let screen = screens.iter().find(|s| position.is_some_and(|p| s.questions.contains(&p)));
        let Some(screen) = screen.map(|screen| self.name_of(screen)) else {
            return stay(Vec::new());
        };
        if let Some(filling) = &mut self.filling {
            filling.from_review = true;
            filling.shows_faults = true;
        }
        go_to(Place::Screen(screen))
    }

    fn hand_in(&mut self, facts: &Facts) -> Outcome {
        let whole = self.filled().is_some_and(|filled| {
            self.screens(&filled).iter().all(|screen| faults(&filled, screen).is_empty())
        });
        let form = Rc::clone(&self.form);
        let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.is_open()) else {
            return stay(Vec::new());
        };
        if !whole {
            return stay(vec![Effect::ShowFirstFault]);
        }
        let response = filling.draft.response(&form, facts.now);
        filling.draft.handed_in.push(response);
        let mut effects = self.save();
        effects.extend(self.file());
        (effects, Some(Route::Answer(Place::Receipt)))
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
        (self.save(), Some(Route::Answer(Place::Review)))
    }

    /// Takes back every change since the last handing in.
    fn give_up_reopening(&mut self) -> Outcome {
        let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.is_open()) else {
            return stay(Vec::new());
        };
        let Some(last) = filling.draft.handed_in.last() else { return stay(Vec::new()) };
        filling.draft.revision = last.revision;
        filling.draft.answers = last.answers.clone();
        (self.save(), Some(Route::Answer(Place::Receipt)))
    }

    fn delete(&mut self, root: String) -> Outcome {
        self.drafts.iter_mut().for_each(|drafts| drafts.retain(|draft| draft.root != root));
        if self.filling.as_ref().is_some_and(|filling| filling.draft.root == root) {
            self.filling = None;
        }
        (vec![Effect::DeleteDraft(root)], Some(Route::Answer(Place::Welcome)))
    }
}

/// What is wrong on a screen: question position and fault, in order.
pub fn faults(filled: &Filled<'_>, screen: &Screen) -> Vec<(usize, AnswerFault)> {
    let questions = screen.questions.iter();
    questions
        .filter_map(|position| {
            let question = filled.form().questions().get(*position)?;
            Some((*position, filled.fault(question)?))
        })
        .collect()
}
