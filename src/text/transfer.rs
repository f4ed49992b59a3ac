//! What is wrong with a response that came as a code or in a message, in words.

use super::Language;
use super::fault::shortened;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::transfer::TransferFault;

/// Numbers told one by one; of more, the first ones.
const TOLD: usize = 12;

impl Language {
    /// Why a code or a message gives no response, and what to do.
    pub fn transfer_fault(self, fault: &TransferFault) -> String {
        match fault {
            TransferFault::NotAPicture => self.transfer_not_a_picture().to_owned(),
            TransferFault::NoCode => self.transfer_no_code().to_owned(),
            TransferFault::CodesUnreadable(count) => self.transfer_codes_unreadable(count),
            TransferFault::OtherCode(words) => self.transfer_other_code(&shortened(words)),
            TransferFault::NoResponse => self.transfer_no_response().to_owned(),
            TransferFault::PartsDamaged(count) => self.transfer_parts_damaged(count),
            TransferFault::PartsMissing { missing, count } => {
                self.transfer_parts_missing(&self.numbers(missing), count)
            }
            TransferFault::Damaged => self.transfer_damaged().to_owned(),
            TransferFault::NewerProduct => self.transfer_newer().to_owned(),
            TransferFault::OtherVersion { expected, found } => {
                self.transfer_other_version(found, expected)
            }
            TransferFault::FormChanged => self.transfer_form_changed().to_owned(),
        }
    }

    /// Why something was not taken; what only waits for its rest was not refused.
    pub fn why_refused(self, problem: &Problem) -> String {
        let why = self.problem(problem);
        match problem.kind {
            ProblemKind::Transfer(TransferFault::PartsMissing { .. }) => why,
            _ => self.refused_because(&why),
        }
    }

    /// `1, 2, 5`; `…` where there are more.
    pub fn numbers(self, numbers: &[usize]) -> String {
        let told = numbers.iter().take(TOLD).map(|number| self.count(*number));
        let more = (numbers.len() > TOLD).then(|| "…".to_owned());
        told.chain(more).collect::<Vec<_>>().join(", ")
    }
}
