//! A form that was chosen and is not in use: the worker reads it, or it has faults.

use super::{Desk, Effect};
use crate::app::protocol::Request;
use crate::domain::problem::{FormProblem, FormProblemKind};
use crate::formats::xlsform::Unsupported;

/// A form that was chosen and could not be used.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedForm {
    /// Its files: names and bytes.
    files: Vec<(String, Vec<u8>)>,
    /// What is wrong with it.
    pub faults: Vec<FormProblem>,
}

impl RefusedForm {
    /// Its files, to be tried again.
    pub(super) fn into_files(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }

    /// True when it could be used without the questions that need a camera, a map or a file.
    pub fn is_usable_in_part(&self) -> bool {
        let is_type =
            |fault: &FormProblem| matches!(fault.kind, FormProblemKind::UnsupportedType(_));
        !self.faults.is_empty() && self.faults.iter().all(is_type)
    }
}

impl Desk {
    /// Has the worker read a form; until it answers, the one in use stays.
    pub(super) fn try_form(
        &mut self,
        files: Vec<(String, Vec<u8>)>,
        unsupported: Unsupported,
    ) -> Vec<Effect> {
        self.refused_form = Some(RefusedForm { files: files.clone(), faults: Vec::new() });
        self.ask(Request::ReadForm(files, unsupported))
    }
}
