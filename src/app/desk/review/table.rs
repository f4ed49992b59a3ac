//! The table of responses: its columns, and the lines that have come from the worker.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::app::protocol::{ReviewRequest, RowColumn, RowShown, Rows, RowsView, RowsWanted};
use crate::domain::filter::Filter;
use crate::domain::form::{Form, Role};
use crate::text::Language;

/// So many lines are asked for together.
const BLOCK: usize = 100;

/// Blocks that are kept; the ones furthest from view are let go.
const KEPT: usize = 30;

/// The table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What is looked for.
    pub search: String,
    /// The columns that somebody has chosen; `None` shows those of the form that tell who it is.
    columns: Option<Vec<String>>,
    /// The column that it is sorted by, and whether from its end.
    pub sort: Option<(String, bool)>,
    /// How many responses there are and how many the table shows; `None` until the worker says.
    pub counts: Option<(usize, usize)>,
    /// What the lines are of.
    view: Option<RowsView>,
    blocks: BTreeMap<usize, Rc<[RowShown]>>,
    /// True while the blocks are of another view.
    is_old: bool,
    asked: BTreeSet<usize>,
    /// The first line in view, and how many there are.
    seen: (usize, usize),
}

impl Table {
    /// The columns that are shown.
    pub fn columns(&self, form: &Form) -> Vec<String> {
        if let Some(columns) = &self.columns {
            return columns.clone();
        }
        let roles = [Role::Person, Role::Unit, Role::Post];
        let told = roles.into_iter().filter_map(|role| form.with_role(role));
        let told = told.map(|question| question.name.clone());
        [RowColumn::Receipt.word().to_owned()]
            .into_iter()
            .chain(told)
            .chain([RowColumn::Submitted.word().to_owned()])
            .collect()
    }

    /// One line, if it is there.
    pub fn line(&self, at: usize) -> Option<&RowShown> {
        self.blocks.get(&(at / BLOCK))?.get(at % BLOCK)
    }

    /// The lines that have come hold no longer; they are shown until others are there.
    pub(super) fn age(&mut self) {
        self.view = None;
    }

    pub(super) fn sort_by(&mut self, column: String) {
        self.sort = match self.sort.take() {
            Some((sorted, false)) if sorted == column => Some((column, true)),
            Some((sorted, true)) if sorted == column => None,
            _ => Some((column, false)),
        };
    }

    pub(super) fn set_columns(&mut self, columns: Vec<String>) {
        self.columns = Some(columns);
        // What stands in their cells belongs to other columns.
        self.blocks.clear();
    }

    pub(super) fn see(&mut self, from: usize, count: usize) {
        self.seen = (from, count);
    }

    /// Asks for the lines in view that are not there and on their way.
    pub(super) fn ask(
        &mut self,
        form: &Form,
        filter: &Filter,
        language: Language,
    ) -> Vec<ReviewRequest> {
        let view = RowsView {
            filter: filter.clone(),
            search: self.search.clone(),
            columns: self.columns(form),
            sort: self.sort.clone(),
            language,
        };
        if self.view.as_ref() != Some(&view) {
            self.is_old = true;
            self.asked.clear();
            self.view = Some(view.clone());
        }
        let (from, count) = self.seen;
        let blocks = from / BLOCK..=(from + count) / BLOCK;
        let missing = blocks.filter(|block| self.is_old || !self.blocks.contains_key(block));
        let missing: Vec<usize> = missing.filter(|block| self.asked.insert(*block)).collect();
        let wanted = missing.into_iter().map(|block| {
            let view = view.clone();
            ReviewRequest::Rows(RowsWanted { view, from: block * BLOCK, count: BLOCK })
        });
        wanted.collect()
    }

    /// Takes lines in, unless the table shows others by now.
    pub(super) fn take(&mut self, rows: Rows) {
        if self.view.as_ref() != Some(&rows.wanted.view) {
            return;
        }
        if std::mem::take(&mut self.is_old) {
            self.blocks.clear();
        }
        let block = rows.wanted.from / BLOCK;
        self.counts = Some((rows.all, rows.matching));
        self.asked.remove(&block);
        self.blocks.insert(block, rows.lines.into());
        let here = self.seen.0 / BLOCK;
        while self.blocks.len() > KEPT {
            let furthest = self.blocks.keys().copied().max_by_key(|block| block.abs_diff(here));
            let Some(furthest) = furthest else { break };
            self.blocks.remove(&furthest);
        }
    }
}
