//! Looking through the responses: what the worker has told of them, and what is being changed.

mod table;

use std::rc::Rc;

use super::{Computed, Desk, DeskMsg, Notice};
use crate::app::protocol::{
    LogLine, Pairs, People, Quality, Request, ResponseView, ReviewReply, ReviewRequest,
};
use crate::app::route::Step;
use crate::app::{Effect, Facts, Msg};
use crate::domain::changes::{Change, ChangeFault, Entry};
use crate::domain::coverage::{Coverage, Day};
use crate::domain::filter::{Filter, Test};
use crate::domain::form::Form;
use crate::domain::versions::VersionUse;
use crate::text::Language;

pub use table::Table;

/// What is shown of the responses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// Which responses are looked at.
    pub filter: Filter,
    /// Who has answered.
    pub coverage: Computed<(Coverage, Vec<Day>)>,
    /// Who the people are.
    pub people: Computed<People>,
    /// Which responses look as if they should not be trusted.
    pub quality: Computed<Quality>,
    /// The pairs of which nobody has decided, and those of which somebody has.
    pub pairs: Computed<Pairs>,
    /// The change log, and the versions of the form.
    pub log: Computed<(Vec<LogLine>, Vec<VersionUse>)>,
    /// The table of responses.
    pub table: Table,
    /// The response that is wanted in full, by root.
    pub wanted: Option<String>,
    /// That response, once it is there.
    pub response: Option<Rc<ResponseView>>,
    /// True when it has to be asked for.
    is_response_old: bool,
    /// Why the last change could not be made.
    pub fault: Option<ChangeFault>,
}

/// Something that happened while looking through responses.
#[derive(Debug, Clone)]
pub enum ReviewMsg {
    /// The answers to a question are to be narrowed down, or no more.
    Narrowed(String, Option<Test>),
    /// Responses with so many flags are to be left out, or none.
    FlagsLeftOut(Option<usize>),
    /// Every response is to be looked at again.
    FilterDropped,
    /// A piece of a name, unit, post or code is looked for in the table.
    Searched(String),
    /// The table is to be sorted by this column, the other way round if it is already.
    Sorted(String),
    /// These columns are to be shown.
    ColumnsChosen(Vec<String>),
    /// These lines of the table are in view: the first, and how many.
    LinesSeen(usize, usize),
    /// A response is wanted in full, by root; or none any more.
    ResponseWanted(Option<String>),
    /// Something is to be changed, for a reason.
    ChangeAsked(Change, String),
    /// The last import is to be taken back.
    UndoAsked,
}

impl From<ReviewMsg> for Msg {
    fn from(msg: ReviewMsg) -> Self {
        Self::Desk(DeskMsg::Review(msg))
    }
}

impl Review {
    /// What was computed holds no longer.
    pub(super) fn age(&mut self) {
        self.coverage.age();
        self.people.age();
        self.quality.age();
        self.pairs.age();
        self.log.age();
        self.table.age();
        self.is_response_old = self.wanted.is_some();
        self.fault = None;
    }

    /// Closes the response that is open.
    pub(super) fn close(&mut self) {
        self.wanted = None;
        self.response = None;
        self.fault = None;
    }

    /// Asks for what a step shows and is not there.
    pub(super) fn fill(&mut self, step: Step, form: &Form, language: Language) -> Vec<Request> {
        let filter = self.filter.clone();
        let response = self.wanted.clone().filter(|_| std::mem::take(&mut self.is_response_old));
        let shown = match step {
            Step::Coverage if self.coverage.is_to_ask() => vec![ReviewRequest::Coverage(filter)],
            Step::People if self.people.is_to_ask() => vec![ReviewRequest::People(filter)],
            Step::Quality if self.quality.is_to_ask() => vec![ReviewRequest::Quality(filter)],
            Step::SamePerson if self.pairs.is_to_ask() => vec![ReviewRequest::SamePerson],
            Step::Log if self.log.is_to_ask() => vec![ReviewRequest::Log],
            Step::Responses => self.table.ask(form, &self.filter, language),
            _ => Vec::new(),
        };
        let response = response.map(ReviewRequest::Response);
        shown.into_iter().chain(response).map(Request::Review).collect()
    }

    /// What has to be asked of the worker; what the open step shows is to be filled after it.
    pub(super) fn update(&mut self, msg: ReviewMsg, facts: &Facts) -> Option<Request> {
        match msg {
            ReviewMsg::Narrowed(question, test) => self.filter.set(&question, test),
            ReviewMsg::FlagsLeftOut(below) => self.filter.flags_below = below,
            ReviewMsg::FilterDropped => self.filter = Filter::default(),
            ReviewMsg::Searched(text) => self.table.search = text,
            ReviewMsg::Sorted(column) => self.table.sort_by(column),
            ReviewMsg::ColumnsChosen(columns) => self.table.set_columns(columns),
            ReviewMsg::LinesSeen(from, count) => self.table.see(from, count),
            ReviewMsg::ResponseWanted(root) => {
                self.response = None;
                self.fault = None;
                self.is_response_old = root.is_some();
                self.wanted = root;
            }
            ReviewMsg::ChangeAsked(change, why) => {
                self.fault = None;
                let (id, at) = (facts.fresh_id.clone(), facts.now);
                let entry = Entry { id, at, change, why };
                return Some(Request::Review(ReviewRequest::Change(entry)));
            }
            ReviewMsg::UndoAsked => return Some(Request::Review(ReviewRequest::UndoImport)),
        }
        None
    }

    /// Takes in what the worker says, unless it is about other responses by now.
    pub(super) fn replied(&mut self, reply: ReviewReply) {
        match reply {
            ReviewReply::Coverage(filter, coverage, days) if filter == self.filter => {
                self.coverage.set((coverage, days));
            }
            ReviewReply::People(filter, people) if filter == self.filter => {
                self.people.set(people);
            }
            ReviewReply::Quality(filter, quality) if filter == self.filter => {
                self.quality.set(*quality);
            }
            ReviewReply::SamePerson(pairs) => self.pairs.set(pairs),
            ReviewReply::Log(lines, versions) => self.log.set((lines, versions)),
            ReviewReply::Rows(rows) => self.table.take(rows),
            ReviewReply::Response(Some(view)) => {
                if self.wanted.as_ref() == Some(&view.response.root) {
                    self.response = Some(Rc::from(view));
                }
            }
            ReviewReply::Response(None) => {
                self.wanted = None;
                self.response = None;
            }
            ReviewReply::Refused(fault) => self.fault = Some(fault),
            ReviewReply::Coverage(..)
            | ReviewReply::People(..)
            | ReviewReply::Quality(..)
            // The desk takes these in.
            | ReviewReply::Changed(..)
            | ReviewReply::Undone(..) => {}
        }
    }
}

impl Desk {
    /// What was computed of the responses holds no longer.
    pub(super) fn look_anew(&mut self) {
        self.analysis.age();
        self.plan.made.age();
        self.charts.age();
        self.review.age();
    }

    /// Does what a trainer wants while looking through the responses.
    pub(super) fn review(
        &mut self,
        msg: ReviewMsg,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let filter = self.review.filter.clone();
        let requests = self.review.update(msg, facts);
        if self.review.filter != filter {
            self.look_anew();
        }
        let mut effects: Vec<Effect> =
            requests.into_iter().flat_map(|request| self.ask(request)).collect();
        effects.extend(self.fill_step(language));
        effects
    }

    /// Takes in what the worker says of the responses.
    pub(super) fn reviewed(&mut self, reply: ReviewReply, language: Language) -> Vec<Effect> {
        let (summary, notice) = match reply {
            ReviewReply::Changed(summary, kept) => (summary, (!kept).then_some(Notice::NotKept)),
            ReviewReply::Undone(summary, _, false) => (summary, Some(Notice::NotKept)),
            ReviewReply::Undone(summary, count, true) => (summary, Some(Notice::Undone(count))),
            reply => {
                self.review.replied(reply);
                return Vec::new();
            }
        };
        self.summary = Some(summary);
        self.notice = notice;
        self.reports = Rc::default();
        self.look_anew();
        self.fill_step(language)
    }
}
