//! Drafts: begun, opened with the form they were made with, taken to another device and deleted.

use std::rc::Rc;

use super::filling::Filling;
use super::{ConsentBox, Effect, Facts, Kit, Outcome, go_to, stay};
use crate::app::draft::Draft;
use crate::app::route::Place;
use crate::domain::filled::Filled;
use crate::domain::form::{ACKNOWLEDGED, Form, Role};
use crate::domain::response::{Consent, Mode};
use rows::answers::Answers;

/// Somebody enters the answers of others, one form after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Helping {
    /// From what.
    pub mode: Mode,
    /// True when the next person is of the same unit as the last.
    pub same_unit: bool,
}

/// What a draft's form is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// To go on with it, or to see its receipt.
    Resume,
    /// To change what was handed in.
    Change,
    /// To make a file of it.
    Backup,
}

/// What came of looking for the form that a draft was made with.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundForm {
    /// It is here.
    Here(Rc<Form>),
    /// It is not kept on this device.
    Gone,
    /// The browser refused to look.
    Refused,
}

/// Something to tell once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KitNotice {
    /// The file is no backup of a draft.
    BackupUnreadable,
    /// The file is a draft of another form.
    BackupOfOtherForm,
    /// What is on this device is newer than the file; it stays.
    BackupOlder,
    /// The draft of the file is on this device now.
    BackupTaken,
    /// The form a draft was made with is no longer here; it goes on with the present one.
    FormChanged,
    /// The form a draft was made with cannot be read now; the draft waits.
    FormUnreadable,
    /// The browser refused to delete a draft.
    NotDeleted,
    /// The answers are in the clipboard.
    Copied,
    /// The browser refused to put them there.
    NotCopied,
    /// The response could not be encrypted, so it was not handed in.
    NotEncrypted,
}

impl Kit {
    pub(super) fn loaded(&mut self, drafts: Option<Vec<Draft>>) {
        self.storage_refused |= drafts.is_none();
        let mut drafts = drafts.unwrap_or_default();
        self.stored.extend(drafts.iter().map(|draft| draft.root.clone()));
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.changed));
        self.drafts = Some(drafts);
    }

    pub(super) fn start(&mut self, facts: &Facts) -> Outcome {
        self.filling = None;
        self.opening = None;
        self.consent = ConsentBox::Unticked;
        match self.form.consent_question() {
            Some(_) => go_to(Place::Consent),
            None => self.begin(facts),
        }
    }

    /// Begins a draft: this is the first moment at which anything is kept.
    pub(super) fn begin(&mut self, facts: &Facts) -> Outcome {
        let draft = Draft {
            root: facts.fresh_id.clone(),
            form: self.form.id.clone(),
            form_version: self.form.version.clone(),
            campaign: self.campaign.id.clone(),
            revision: 1,
            started: facts.now,
            changed: facts.now,
            active_seconds: 0,
            consent: Consent { version: self.form.consent_version.as_str().into(), at: facts.now },
            utc_offset: facts.utc_offset,
            mode: self.helping.map_or(Mode::Respondent, |helping| helping.mode),
            is_delivered: false,
            answers: Answers::default(),
            left_at: String::new(),
            saves: 0,
            handed_in: Vec::new(),
            unchanged: None,
            sealed: None,
        };
        let mut first = draft.first_answers(&self.form);
        first.extend(self.answers_of_the_last_unit());
        let consent = self.form.consent_question();
        first.extend(consent.map(|consent| (consent.name.clone(), ACKNOWLEDGED.to_owned())));
        let filled = Filled::begun(Rc::clone(&self.form), draft.circumstances(&self.words));
        let mut filling = Filling::of(draft, filled);
        filling.change(facts, &self.words, |filled, now| filled.answer(&first, now));
        self.filling = Some(filling);
        let (_, place) = self.first_screen();
        let mut effects = self.save();
        effects.push(Effect::KeepForm);
        (effects, place)
    }

    /// For who enters many forms: the unit of the last one.
    fn answers_of_the_last_unit(&self) -> Vec<(String, String)> {
        let last = self.entered().next().filter(|_| self.helping.is_some_and(|h| h.same_unit));
        let roles = [Role::Province, Role::Unit].into_iter();
        let questions = roles.filter_map(|role| self.form.with_role(role));
        let answers = last.into_iter().flat_map(|draft| {
            questions.clone().map(|q| (q.name.clone(), draft.answers.get(&q.name).to_owned()))
        });
        answers.collect()
    }

    fn open(&mut self, draft: Draft, form: &Rc<Form>) {
        self.filling = Some(Filling::open(draft, form, &self.words));
    }

    pub(super) fn draft(&self, root: &str) -> Option<Draft> {
        let opened = self.filling.as_ref().map(|filling| &filling.draft);
        let opened = opened.filter(|draft| draft.root == root);
        opened.or_else(|| self.drafts.iter().flatten().find(|draft| draft.root == root)).cloned()
    }

    /// Opens a draft with the form it was made with, or makes a file of both; where that is
    /// another version than the present one, storage is asked for it first.
    pub(super) fn open_draft(&mut self, root: &str, opening: Opening, facts: &Facts) -> Outcome {
        let Some(draft) = self.draft(root) else { return stay(Vec::new()) };
        if draft.sealed.is_some() && opening != Opening::Resume {
            return stay(Vec::new());
        }
        let form = [&self.form, self.form()]
            .into_iter()
            .find(|form| form.version == draft.form_version && form.id == draft.form);
        if let Some(form) = form.cloned() {
            return match opening {
                Opening::Backup => self.backup(draft, Some(&form)),
                _ => self.open_with(draft, &form, opening, facts),
            };
        }
        self.opening = Some((root.to_owned(), opening));
        stay(vec![Effect::FindForm { id: draft.form, version: draft.form_version }])
    }

    /// Goes on with the draft that waited for its form.
    pub(super) fn go_on_opening(
        &mut self,
        id: &str,
        version: &str,
        found: FoundForm,
        facts: &Facts,
    ) -> Outcome {
        let Some((root, opening)) = self.opening.clone() else { return stay(Vec::new()) };
        let draft = self.draft(&root);
        // The person may have gone on to something else meanwhile.
        let is_its = |draft: &Draft| draft.form == id && draft.form_version == version;
        let Some(draft) = draft.filter(is_its) else { return stay(Vec::new()) };
        self.opening = None;
        let form = match found {
            FoundForm::Here(form) => Some(form),
            // A browser that keeps nothing at all has nothing to wait for.
            FoundForm::Refused if !self.storage_refused && opening != Opening::Backup => {
                self.notice = Some(KitNotice::FormUnreadable);
                return stay(Vec::new());
            }
            FoundForm::Gone | FoundForm::Refused => None,
        };
        if opening == Opening::Backup {
            return self.backup(draft, form.as_deref());
        }
        if form.is_none() {
            self.notice = Some(KitNotice::FormChanged);
        }
        let form = form.unwrap_or_else(|| Rc::clone(&self.form));
        self.open_with(draft, &form, opening, facts)
    }

    pub(super) fn open_with(
        &mut self,
        mut draft: Draft,
        form: &Rc<Form>,
        opening: Opening,
        facts: &Facts,
    ) -> Outcome {
        if opening == Opening::Change {
            if draft.is_open() {
                return stay(Vec::new());
            }
            draft.begin_change(facts.now);
            self.open(draft, form);
            return (self.save(), Some(Place::Review));
        }
        let (left_at, is_open) = (draft.left_at.clone(), draft.is_open());
        self.open(draft, form);
        let known = self.pages().iter().any(|page| page.holds(&left_at));
        match (is_open, known) {
            // The page may have been closed before it was encrypted.
            (false, _) => (self.seal().into_iter().collect(), Some(Place::Receipt)),
            (true, true) => go_to(Place::Screen(left_at)),
            (true, false) => self.first_screen(),
        }
    }

    fn first_screen(&self) -> Outcome {
        match self.pages().first() {
            Some(page) => go_to(Place::Screen(page.name().to_owned())),
            None => go_to(Place::Review),
        }
    }

    /// Two windows never overwrite each other: this one takes over what the other has stored.
    pub(super) fn follow_other_window(
        &mut self,
        root: &str,
        newest: Option<Box<Draft>>,
    ) -> Outcome {
        let drafts = self.drafts.get_or_insert_default();
        drafts.retain(|draft| draft.root != root);
        // Its saves that waited were dropped.
        self.unsaved.remove(root);
        self.stored.insert(root.to_owned());
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
        let form = Rc::clone(self.form());
        self.open(*draft, &form);
        if let Some(filling) = &mut self.filling {
            filling.changed_elsewhere = true;
        }
        if is_open { stay(Vec::new()) } else { go_to(Place::Receipt) }
    }

    /// Takes back every change since the last handing in.
    pub(super) fn give_up_reopening(&mut self) -> Outcome {
        let open = self.filling.as_ref().filter(|filling| filling.draft.is_open());
        let Some(mut draft) = open.map(|filling| filling.draft.clone()) else {
            return stay(Vec::new());
        };
        if !draft.give_up_change() {
            return stay(Vec::new());
        }
        let form = Rc::clone(self.form());
        self.open(draft, &form);
        (self.save(), Some(Place::Receipt))
    }

    /// Closes a draft and has it deleted; it stays in the list until it is gone.
    pub(super) fn delete(&mut self, root: String) -> Outcome {
        self.notice = None;
        if self.filling.as_ref().is_some_and(|filling| filling.draft.root == root) {
            self.filling = None;
        }
        (vec![Effect::DeleteDraft(root)], Some(Place::Welcome))
    }

    pub(super) fn deleted(&mut self, root: &str) -> Outcome {
        self.drafts.iter_mut().for_each(|drafts| drafts.retain(|draft| draft.root != root));
        self.stored.remove(root);
        self.unsaved.remove(root);
        stay(Vec::new())
    }
}
