//! Handing in: the response, its file, and whether it has reached the trainer.

use std::rc::Rc;

use super::{Effect, Facts, Kit, Outcome, Place, stay};
use crate::domain::dataset::Dataset;
use crate::domain::response::Mode;
use crate::formats::codes::{Code, codes};
use crate::formats::dataset_csv::{self, Arrangement, Words};
use crate::formats::packed;
use crate::formats::response_csv;
use crate::formats::table::Profile;
use crate::formats::text_block;
use crate::text::Language;

impl Kit {
    /// Stores the response. Only what is stored gets a receipt and leaves as a file: were it lost,
    /// or had another window handed in already, another response would take its number.
    pub(super) fn hand_in(&mut self, facts: &Facts) -> Outcome {
        self.notice = None;
        let pages = self.pages();
        let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.is_open()) else {
            return stay(Vec::new());
        };
        let screens = pages.iter().flat_map(|page| &page.screens);
        if screens.clone().any(|screen| !filling.filled.faults(screen).is_empty()) {
            return stay(vec![Effect::ShowFirstFault]);
        }
        let response = filling.draft.response(&filling.filled, facts.now);
        filling.draft.handed_in.push(response);
        filling.draft.unchanged = None;
        filling.handing_in = true;
        stay(self.save())
    }

    /// The receipt and the file, once the response is stored or cannot be.
    pub(super) fn give_receipt(&self) -> Outcome {
        // Who enters many forms takes them away together, if they are kept until then and can be
        // read.
        let file = self
            .share()
            .filter(|_| self.helping.is_none() || self.storage_refused || self.encrypts());
        (file.into_iter().collect(), Some(Place::Receipt))
    }

    pub(super) fn file(&self) -> Option<Effect> {
        let response = self.handed_in()?;
        let sealed = self.filling.as_ref().and_then(|filling| filling.draft.sealed.clone());
        let (name, bytes) = match sealed {
            Some(sealed) => (sealed.name, sealed.text.into_bytes()),
            None if self.encrypts() => return None,
            None => (self.file_name()?, response_csv::write(self.form(), response)),
        };
        Some(Effect::Download { name, bytes })
    }

    /// The name of the file of what was handed in.
    pub fn file_name(&self) -> Option<String> {
        let sealed = self.filling.as_ref().and_then(|filling| filling.draft.sealed.as_ref());
        let name = sealed.map(|sealed| sealed.name.clone());
        name.or_else(|| Some(response_csv::file_name(self.form(), self.handed_in()?)))
    }

    /// The file by the device's own ways of sending.
    pub(super) fn share(&self) -> Option<Effect> {
        match self.file()? {
            Effect::Download { name, bytes } => Some(Effect::Share { name, bytes }),
            _ => None,
        }
    }

    /// The response as text, for a message.
    pub(super) fn text(&self) -> Option<Effect> {
        let response = self.handed_in().filter(|_| !self.encrypts())?;
        let packed = packed::pack(self.form(), &[response]);
        let language = Language::of_code(&self.words).unwrap_or_default();
        Some(Effect::CopyText(text_block::write(language, &response.receipt(), &packed)))
    }

    /// The codes of the response, or of everything that was entered for others.
    pub(super) fn codes_of(&self, all: bool) -> Option<Rc<[Code]>> {
        if self.encrypts() {
            return None;
        }
        let entered = self.entered().filter_map(|draft| draft.handed_in.last());
        let responses: Vec<_> =
            if all { entered.collect() } else { self.handed_in().into_iter().collect() };
        let packed = packed::pack(self.form(), &responses);
        (!responses.is_empty()).then(|| codes(&packed).into())
    }

    /// What a helper has handed in, as one file.
    pub(super) fn all_files(&self) -> Option<Effect> {
        if self.encrypts() {
            return None;
        }
        let mut dataset = Dataset::default();
        for response in self.entered().filter_map(|draft| draft.handed_in.last()) {
            dataset.merge(response.clone());
        }
        let bytes = dataset_csv::table(self.form(), &dataset, Words::Names, Arrangement::default())
            .to_csv(Profile::Data);
        let name = format!("{}_{}-phieu.csv", self.form().id, dataset.len());
        (!dataset.is_empty()).then_some(Effect::Download { name, bytes })
    }

    /// The forms that were entered for others on this device and handed in.
    pub fn entered(&self) -> impl Iterator<Item = &crate::app::draft::Draft> {
        self.finished_drafts().filter(|draft| draft.mode != Mode::Respondent)
    }

    /// The person says that the file has reached the trainer, or takes that back.
    pub(super) fn confirm_delivery(&mut self, delivered: bool) -> Vec<Effect> {
        match &mut self.filling {
            Some(filling) if !filling.draft.is_open() => {
                filling.draft.is_delivered = delivered;
                self.save()
            }
            _ => Vec::new(),
        }
    }
}
