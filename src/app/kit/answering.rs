//! From answer to answer: every change is stored at once.

use super::filling::Saving;
use super::page::Page;
use super::{Effect, Facts, Kit, Outcome, go_to, stay, way};
use crate::app::draft::Draft;
use crate::app::route::Place;
use crate::domain::timestamp::Timestamp;
use rows::text::composed;

impl Kit {
    /// Among `pages`, the one that a place names by one of its fields; the first where it is gone.
    pub fn page_position(&self, place: Option<&Place>, pages: &[Page]) -> usize {
        let Some(Place::Screen(key)) = place else { return 0 };
        // Where it is not asked any more, what stands behind it is.
        let mut keys = self.filled().into_iter().flat_map(|filled| filled.keys_from(key));
        keys.find_map(|key| pages.iter().position(|page| page.holds(key))).unwrap_or(0)
    }

    /// Forgets what concerned the screen that is left by the browser's own back or a link.
    pub(in crate::app) fn left(&mut self) {
        self.ask_no_more();
        self.forget_sealed();
        if let Some(filling) = &mut self.filling {
            filling.shows_faults = false;
            filling.from_review = false;
        }
    }

    pub(super) fn answer(&mut self, answers: &[(String, String)], facts: &Facts) -> Vec<Effect> {
        let Some(filling) = &mut self.filling else { return Vec::new() };
        let composed: Vec<(String, String)> = answers
            .iter()
            .map(|(key, value)| (key.clone(), composed(value).into_owned()))
            .collect();
        // Whoever types again is not corrected while typing.
        for (key, _) in &composed {
            filling.left.remove(key);
            filling.hushed.insert(key.clone());
        }
        filling.change(facts, &self.words, |filled, now| filled.answer(&composed, now));
        self.save()
    }

    /// Stores the open draft.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        let Some(filling) = &mut self.filling else { return Vec::new() };
        filling.saving = match filling.saving {
            Saving::UnderWay(saves) => Saving::UnderWay(saves + 1),
            _ => Saving::UnderWay(1),
        };
        filling.draft.saves += 1;
        let draft = filling.draft.to_store();
        vec![self.store(draft)]
    }

    /// Has a draft stored, and shows it in the list.
    pub(super) fn store(&mut self, draft: Draft) -> Effect {
        *self.unsaved.entry(draft.root.clone()).or_default() += 1;
        self.keep_in_list(&draft);
        Effect::SaveDraft(Box::new(draft))
    }

    fn keep_in_list(&mut self, draft: &Draft) {
        let drafts = self.drafts.get_or_insert_default();
        drafts.retain(|known| known.root != draft.root);
        drafts.insert(0, draft.clone());
    }

    pub(super) fn saved(&mut self, root: &str, at: Option<Timestamp>) -> Outcome {
        self.storage_refused = at.is_none();
        if at.is_some() {
            self.stored.insert(root.to_owned());
        }
        let left = self.unsaved.get(root).map_or(0, |saves| saves.saturating_sub(1));
        if left == 0 && at.is_some() {
            self.unsaved.remove(root);
        } else {
            self.unsaved.insert(root.to_owned(), left);
        }
        let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.root == root)
        else {
            return stay(Vec::new());
        };
        filling.saving = match (filling.saving, at) {
            (Saving::UnderWay(saves), _) if saves > 1 => Saving::UnderWay(saves - 1),
            (_, Some(at)) => Saving::Saved(at),
            (_, None) => Saving::Refused,
        };
        if filling.handing_in && !matches!(filling.saving, Saving::UnderWay(_)) {
            if let Some(seal) = self.seal() {
                return stay(vec![seal]);
            }
            if let Some(filling) = &mut self.filling {
                filling.handing_in = false;
            }
            return self.give_receipt();
        }
        stay(Vec::new())
    }

    pub(super) fn next(&mut self, place: Option<&Place>) -> Outcome {
        let pages = self.pages();
        let here = self.page_position(place, &pages);
        let Some(filling) = &mut self.filling else { return stay(Vec::new()) };
        let screens = pages.get(here).map_or(&[][..], |page| &page.screens);
        let is_faulty = |screen| !filling.filled.faults(screen).is_empty();
        filling.shows_faults = screens.iter().any(is_faulty);
        filling.hushed.clear();
        if filling.shows_faults {
            return stay(vec![Effect::ShowFirstFault]);
        }
        match way::after(&pages, here) {
            Some(page) if !filling.from_review => self.leave_for(page.name().to_owned()),
            _ => go_to(Place::Review),
        }
    }

    pub(super) fn back(&mut self, place: Option<&Place>) -> Outcome {
        let pages = self.pages();
        let before = match place {
            Some(Place::Review) => pages.last(),
            Some(Place::Screen(_)) => way::before(&pages, self.page_position(place, &pages)),
            _ => None,
        };
        match before {
            Some(page) => self.leave_for(page.name().to_owned()),
            None => go_to(Place::Welcome),
        }
    }

    pub(super) fn add_instance(&mut self, repeat: &str, facts: &Facts) -> Outcome {
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

    pub(super) fn open_instance(&mut self, repeat: &str, number: usize) -> Outcome {
        let pages = self.pages();
        match way::into(&pages, repeat, number) {
            Some(page) => self.leave_for(page.name().to_owned()),
            None => stay(Vec::new()),
        }
    }

    pub(super) fn remove_instance(&mut self, sure: bool, facts: &Facts) -> Vec<Effect> {
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

    fn leave_for(&mut self, page: String) -> Outcome {
        if let Some(filling) = &mut self.filling {
            filling.shows_faults = false;
            filling.from_review = false;
            filling.changed_elsewhere = false;
            filling.left.clear();
            filling.hushed.clear();
            filling.draft.left_at.clone_from(&page);
        }
        (self.save(), Some(Place::Screen(page)))
    }

    /// Opens the screen of a question, on the way back to the review.
    pub(super) fn revisit(&mut self, key: &str) -> Outcome {
        let pages = self.pages();
        let (Some(page), Some(filling)) =
            (pages.iter().find(|page| page.holds(key)), &mut self.filling)
        else {
            return stay(Vec::new());
        };
        filling.from_review = true;
        filling.shows_faults = true;
        go_to(Place::Screen(page.name().to_owned()))
    }
}
