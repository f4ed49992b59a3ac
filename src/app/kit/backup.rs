//! A draft as a file, with the form it was made with, so that any device opens it as it was.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::drafts::Opening;
use super::{Effect, Facts, Kit, KitNotice, Outcome, stay};
use crate::app::draft::Draft;
use crate::app::protocol::FormSheets;
use crate::domain::form::Form;
use crate::domain::response::Response;
use crate::domain::search::slug;
use crate::formats::form_files::NamedSheet;
use crate::formats::xlsform::Unsupported;
use crate::formats::xlsform_writer;

/// What stands in the file: the draft and, where it is known, its form as the sheets of an
/// `XLSForm`. Older files have none.
#[derive(Serialize, Deserialize)]
struct Backup {
    #[serde(flatten)]
    draft: Draft,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form_sheets: Option<Vec<NamedSheet>>,
}

impl Backup {
    /// The form in it, if it is the one that the draft was made with.
    fn form(&self) -> Option<(Rc<Form>, FormSheets)> {
        let sheets = FormSheets::own(self.form_sheets.clone()?, Unsupported::Refused);
        let form = sheets.read().ok()?.form;
        let is_its = form.id == self.draft.form && form.version == self.draft.form_version;
        is_its.then(|| (Rc::new(form), sheets))
    }
}

impl Kit {
    /// A draft as a file, with everything that was handed in of it and the form it was made with.
    pub(super) fn backup(&self, draft: Draft, form: Option<&Form>) -> Outcome {
        let person = slug(&draft.person(form.unwrap_or(self.form()), ""));
        let id: String = draft.root.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let name = if person.is_empty() { id } else { format!("{person}_{id}") };
        let what = if draft.is_open() { "ban-nhap" } else { "ban-sao-phieu" };
        let backup = Backup { draft, form_sheets: form.map(xlsform_writer::sheets) };
        let name = format!("{what}_{name}.json");
        let bytes = serde_json::to_vec(&backup).ok();
        stay(bytes.map(|bytes| Effect::Download { name, bytes }).into_iter().collect())
    }

    /// Takes a draft from a file, unless what is here is newer, and opens it.
    pub(super) fn take_backup(&mut self, bytes: &[u8], facts: &Facts) -> Outcome {
        let Ok(backup) = serde_json::from_slice::<Backup>(bytes) else {
            self.notice = Some(KitNotice::BackupUnreadable);
            return stay(Vec::new());
        };
        let form = backup.form();
        let mut draft = backup.draft;
        if draft.form != self.form.id || draft.campaign != self.campaign.id {
            self.notice = Some(KitNotice::BackupOfOtherForm);
            return stay(Vec::new());
        }
        let root = draft.root.clone();
        let here = self.draft(&root);
        let was_open = draft.is_open();
        if here.as_ref().is_some_and(|here| here.changed >= draft.changed) {
            self.notice = Some(KitNotice::BackupOlder);
            return stay(Vec::new());
        }
        self.notice = Some(KitNotice::BackupTaken);
        // What was handed in on either device stays, and no number is given twice.
        for response in here.iter().flat_map(|here| &here.handed_in) {
            let is_same = |other: &Response| other.revision == response.revision;
            draft.handed_in.retain(|other| !is_same(other));
            draft.handed_in.push(response.clone());
        }
        draft.handed_in.sort_by_key(|response| response.revision);
        let last = draft.handed_in.last().map_or(0, |response| response.revision);
        if was_open {
            draft.revision = draft.revision.max(last + 1);
        } else {
            draft.revision = draft.revision.max(last);
        }
        // Windows that have the older one open take this one over.
        draft.saves = here.map_or(0, |here| here.saves) + 1;
        self.filling = None;
        let mut effects = vec![self.store(draft.clone())];
        let (opened, place) = match form {
            // This device may have another version, or none that can be read.
            Some((form, sheets)) if form.version != self.form.version => {
                effects.push(Effect::KeepSheets(Box::new(sheets)));
                self.open_with(draft, &form, Opening::Resume, facts)
            }
            _ => self.open_draft(&root, Opening::Resume, facts),
        };
        effects.extend(opened);
        (effects, place)
    }
}
