//! Handing in encrypted: the worker encrypts the response for the trainer's public key, and then
//! the stored draft keeps that instead of the answers. Only the page still shows them, until the
//! receipt is left.

use super::{Effect, Kit, KitNotice, Outcome, stay};
use crate::app::draft::{Draft, Sealed};
use crate::app::protocol::Request;
use crate::app::route::Place;
use crate::formats::response_csv;

impl Kit {
    /// True where responses leave encrypted.
    pub fn encrypts(&self) -> bool {
        self.campaign.encrypts()
    }

    /// True while what was handed in is being stored or encrypted.
    pub fn is_handing_in(&self) -> bool {
        self.filling.as_ref().is_some_and(|filling| filling.handing_in)
    }

    /// The request to encrypt what was handed in, where that is still to be done.
    pub(super) fn seal(&self) -> Option<Effect> {
        let draft = &self.filling.as_ref()?.draft;
        let (public_key, response) = (self.campaign.recipient.clone(), self.handed_in()?);
        (self.encrypts() && !draft.is_open() && draft.sealed.is_none()).then(|| {
            Effect::Ask(Request::Encrypt {
                root: draft.root.clone(),
                revision: response.revision,
                public_key,
                bytes: response_csv::write(self.form(), response),
            })
        })
    }

    /// Keeps the encrypted response instead of the answers.
    pub(super) fn sealed(&mut self, root: &str, revision: u32, text: String) -> Outcome {
        let mut sealed = Some(Sealed { name: sealed_name(root, revision), text });
        let mut seal = |draft: &mut Draft| {
            let is_it = draft.handed_in.last().is_some_and(|last| last.revision == revision);
            if is_it && draft.root == root && !draft.is_open() {
                draft.sealed = sealed.take();
            }
            draft.sealed.is_some()
        };
        if let Some(filling) = self.filling.as_mut().filter(|filling| filling.draft.root == root) {
            let is_sealed = seal(&mut filling.draft);
            return stay(if is_sealed { self.save() } else { Vec::new() });
        }
        // The person went on to something else meanwhile.
        let Some(mut draft) = self.draft(root) else { return stay(Vec::new()) };
        if !seal(&mut draft) {
            return stay(Vec::new());
        }
        draft.saves += 1;
        stay(vec![self.store(draft.to_store())])
    }

    /// The worker could not encrypt: nothing has left this device, so nothing was handed in.
    pub(in crate::app) fn not_sealed(&mut self) -> Outcome {
        let Some(filling) = &mut self.filling else { return stay(Vec::new()) };
        if filling.draft.is_open() || filling.draft.sealed.is_some() || !self.campaign.encrypts() {
            return stay(Vec::new());
        }
        filling.handing_in = false;
        filling.draft.handed_in.pop();
        self.notice = Some(KitNotice::NotEncrypted);
        (self.save(), Some(Place::Review))
    }

    /// Forgets the answers of a response that was encrypted, when its receipt is left.
    pub(super) fn forget_sealed(&mut self) {
        if self.filling.as_ref().is_some_and(|filling| filling.draft.sealed.is_some()) {
            self.filling = None;
        }
    }
}

/// Nothing of the answers: the name is not encrypted.
fn sealed_name(root: &str, revision: u32) -> String {
    let id: String = root.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("phieu-{id}_r{revision}.csv.age")
}
