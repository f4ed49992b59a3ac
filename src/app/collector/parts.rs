//! Responses that come in parts: as codes in pictures and before the camera, and in messages.
//!
//! What came so far is kept when an import ends, so that missing parts can follow.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Collector, Staged};
use crate::app::protocol::{FileReport, SeriesState};
use crate::domain::form::Form;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::response::Response;
use crate::domain::transfer::TransferFault;
use crate::formats::code_picture::Seen;
use crate::formats::csv_text;
use crate::formats::packed;
use crate::formats::parts::{Added, Found, START, Series, find};
use crate::formats::response_csv::{self, Read};

impl Staged {
    /// Adds what a picture showed.
    pub fn add_codes(&mut self, form: &Form, file: &str, seen: &Seen) {
        let mut all = Found::default();
        let mut others = Vec::new();
        for text in &seen.texts {
            let found = find(text);
            if found.is_nothing() {
                others.push(TransferFault::OtherCode(text.clone()));
            }
            all.parts.extend(found.parts);
            all.damaged += found.damaged;
        }
        // Beside a response, another code is part of what lies around it.
        let mut faults = if all.is_nothing() { others } else { Vec::new() };
        if seen.unreadable > 0 {
            faults.push(TransferFault::CodesUnreadable(seen.unreadable));
        }
        if seen.texts.is_empty() && seen.unreadable == 0 {
            faults.push(TransferFault::NoCode);
        }
        self.add_parts(form, file, all, faults);
    }

    /// Adds a message that somebody pasted: parts, or the text of a response file.
    pub fn add_pasted(&mut self, form: &Form, source: &str, text: &str) {
        let found = find(text);
        let rows = response_csv::read(form, source, text.as_bytes());
        if found.is_nothing() && rows.responses.is_empty() {
            self.add_parts(form, source, found, vec![TransferFault::NoResponse]);
        } else if found.is_nothing() {
            self.add(source, rows);
        } else {
            self.add_parts(form, source, found, Vec::new());
        }
    }

    /// Adds the file of a message; false where it has no part of a response.
    pub fn add_if_message(&mut self, form: &Form, file: &str, bytes: &[u8]) -> bool {
        // A dataset is long, and need not be searched letter by letter.
        let has_start = bytes.windows(START.len()).any(|window| window == START.as_bytes());
        let text = if has_start { csv_text::decoded(bytes).ok() } else { None };
        let found = text.map(|text| find(&text)).filter(|found| !found.parts.is_empty());
        let is_message = found.is_some();
        if let Some(found) = found {
            self.add_parts(form, file, found, Vec::new());
        }
        is_message
    }

    fn add_parts(&mut self, form: &Form, file: &str, found: Found, faults: Vec<TransferFault>) {
        let transfer = |fault| Problem::of_file(ProblemKind::Transfer(fault));
        let mut problems: Vec<Problem> = faults.into_iter().map(transfer).collect();
        let mut responses = Vec::new();
        for part in found.parts {
            self.parts_of.push((self.files.len(), part.series));
            match self.pool.add(part) {
                Added::Waits => {}
                Added::Damaged => problems.push(transfer(TransferFault::Damaged)),
                Added::Whole(bytes) => {
                    let read = packed::read(form, file, &bytes);
                    responses.extend(read.responses);
                    problems.extend(read.problems);
                }
            }
        }
        if found.damaged > 0 {
            problems.push(transfer(TransferFault::PartsDamaged(found.damaged)));
        }
        self.add(file, Read { responses, problems, ..Read::default() });
    }

    /// Tells of each file which parts are missing beside its own, now that all files are read.
    pub(super) fn tell_missing_parts(&mut self) {
        let of_files: BTreeSet<(usize, Series)> = self.parts_of.drain(..).collect();
        let open: Vec<(Series, Vec<usize>)> = self.pool.open().collect();
        for (file, series) in of_files {
            let open = open.iter().find(|(open, _)| *open == series);
            if let (Some((_, missing)), Some((report, _))) = (open, self.files.get_mut(file)) {
                let (missing, count) = (missing.clone(), series.count);
                let fault = TransferFault::PartsMissing { missing, count };
                // A line that was changed is one of those that are missing.
                let damaged = |problem: &Problem| {
                    matches!(problem.kind, ProblemKind::Transfer(TransferFault::PartsDamaged(_)))
                };
                report.problems.retain(|problem| !damaged(problem));
                report.problems.push(Problem::of_file(ProblemKind::Transfer(fault)));
            }
        }
    }
}

/// What the camera has shown since it was started.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scanning {
    /// The wholes that were taken: their codes stay before the camera for a while.
    taken: BTreeSet<Series>,
}

/// What came of a frame of the camera.
#[derive(Debug, Default)]
pub struct Scanned {
    /// A report for every response that is whole now.
    pub reports: Vec<FileReport>,
    /// The responses that must be kept now.
    pub changed: Vec<Rc<Response>>,
    /// What a code that is none of ours says.
    pub other: Option<String>,
    /// The responses of which parts are missing.
    pub open: Vec<SeriesState>,
}

impl Collector {
    /// Takes in what a frame of the camera shows.
    pub fn scan(&mut self, scanning: &mut Scanning, source: &str, seen: &Seen) -> Scanned {
        let mut scanned = Scanned::default();
        for text in &seen.texts {
            let mut found = find(text);
            if found.is_nothing() {
                scanned.other = Some(text.clone());
            }
            found.parts.retain(|part| !scanning.taken.contains(&part.series));
            for part in found.parts {
                let series = part.series;
                let mut staged = self.stage();
                let found = Found { parts: vec![part], damaged: 0 };
                staged.add_parts(&self.form, source, found, Vec::new());
                let is_open = staged.pool.open().any(|(open, _)| open == series);
                if is_open {
                    self.pool = staged.pool;
                } else {
                    scanning.taken.insert(series);
                    let merged = self.merge(staged);
                    scanned.reports.extend(merged.reports);
                    scanned.changed.extend(merged.rows);
                }
            }
        }
        let open = self.pool.open();
        scanned.open =
            open.map(|(series, missing)| SeriesState { count: series.count, missing }).collect();
        scanned
    }
}
