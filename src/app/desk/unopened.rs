//! Files that waited for a key: they are read as soon as it is open.

use super::{Desk, Effect, Importing};
use crate::app::keys::{KeyReply, KeysMsg};
use crate::app::protocol::{FileReport, Request};

impl Desk {
    /// Follows the worker, which has opened keys or has not.
    pub(super) fn keys_replied(&mut self, reply: KeyReply) -> Vec<Effect> {
        let before = self.keys.open().len();
        let mut effects: Vec<Effect> =
            self.keys.update(KeysMsg::Replied(reply)).into_iter().collect();
        if self.keys.open().len() > before {
            effects.extend(self.read_unopened());
        }
        effects
    }

    /// Reads the files of the last import that waited for a key.
    fn read_unopened(&mut self) -> Option<Effect> {
        let (unopened, others): (Vec<_>, Vec<_>) =
            self.reports.iter().cloned().partition(FileReport::waits_for_key);
        if unopened.is_empty() || self.importing.is_some() {
            return None;
        }
        self.importing = Some(Importing { total: unopened.len(), ..Importing::default() });
        self.reports = others.into();
        self.notice = None;
        Some(Effect::Ask(Request::ImportUnopened))
    }
}
