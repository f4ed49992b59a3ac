//! Collecting and analysing: the trainer's side. The data and all heavy work are the worker's.

use std::rc::Rc;

use super::Effect;
use super::keys::{Keys, KeysMsg};
use super::protocol::{Export, FileReport, FormSheets, FormSource, Reply, Request, Summary};
use super::route::Step;
use crate::domain::form::Form;
use crate::domain::grouping::Grouping;
use crate::domain::needs::Needs;
use crate::domain::problem::{FormProblem, FormProblemKind};
use crate::formats::table::Profile;
use crate::formats::xlsform::{Unsupported, XlsForm};
use crate::forms::BuiltIn;
use crate::text::Language;

/// The trainer's side.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// The form whose responses are collected.
    pub form: Rc<Form>,
    /// Which of the forms that ship with the product it is, if it is one.
    pub built_in: Option<BuiltIn>,
    /// The files of the form that was chosen last and could not be used, with its faults.
    pub refused_form: Option<RefusedForm>,
    /// What the author of the form in use should know.
    pub form_warnings: Vec<FormProblem>,
    /// What the dataset holds; `None` until the worker has opened it.
    pub summary: Option<Summary>,
    /// How far an import has come; `None` where none is under way.
    pub importing: Option<Importing>,
    /// What became of the files of the last import.
    pub reports: Rc<[FileReport]>,
    /// What is to be told about the last piece of work.
    pub notice: Option<Notice>,
    /// By what people are grouped in the table of needs.
    pub grouping: Grouping,
    /// The needs by that grouping; `None` until they are computed.
    pub needs: Option<Rc<Needs>>,
    /// The group that the table shows.
    pub group: String,
    /// The column that the table is sorted by, and whether from its largest number down.
    pub sort: (NeedsColumn, bool),
    /// True while the question about emptying is open.
    pub emptying: bool,
    /// The keys that open encrypted responses.
    pub keys: Keys,
}

/// A form that was chosen and could not be used.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedForm {
    /// Its files: names and bytes.
    files: Vec<(String, Vec<u8>)>,
    /// What is wrong with it.
    pub faults: Vec<FormProblem>,
}

impl RefusedForm {
    /// True when it could be used without the questions that need a camera, a map or a file.
    pub fn is_usable_in_part(&self) -> bool {
        let is_type =
            |fault: &FormProblem| matches!(fault.kind, FormProblemKind::UnsupportedType(_));
        !self.faults.is_empty() && self.faults.iter().all(is_type)
    }
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Importing {
    /// Files read.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// Responses read so far.
    pub responses: usize,
}

/// Something to tell once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The import was stopped; everything is as it was.
    Cancelled,
    /// The dataset is empty now.
    Emptied,
    /// The browser refused to store the dataset.
    NotKept,
    /// What the browser keeps cannot be read now.
    Unreadable,
    /// The form does not fit into a workbook.
    FormNotWritten(FormProblem),
    /// The worker cannot go on; the reason as the browser gives it.
    Failed(String),
}

/// A column of the table of needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name of `Need` or `Measures`")]
pub enum NeedsColumn {
    Rank,
    Competency,
    NImportance,
    NAbility,
    NPairs,
    MeanImportance,
    SdImportance,
    MeanAbility,
    SdAbility,
    Gap,
    Mwds,
    Rds,
    ShareNeed,
    ShareTie,
    ShareSurplus,
    Pni,
    HighNeed,
}

/// Something that happened at the desk.
#[derive(Debug, Clone)]
pub enum DeskMsg {
    /// The files of a form's sheets were chosen: names and bytes.
    FormChosen(Vec<(String, Vec<u8>)>),
    /// The refused form is to be used without the questions that cannot be asked.
    LeaveOutAsked,
    /// A form that ships with the product was chosen.
    BuiltInFormChosen(BuiltIn),
    /// So many files were chosen or dropped; the shell holds them.
    FilesChosen(usize),
    /// The import is to stop.
    CancelAsked,
    /// Another grouping was chosen.
    GroupingChosen(Grouping),
    /// Another group was chosen.
    GroupChosen(String),
    /// The table is to be sorted by this column, the other way round if it is already.
    SortChosen(NeedsColumn),
    /// A file is wanted.
    ExportAsked(Export, Profile),
    /// The form is wanted as a workbook.
    FormFileAsked,
    /// The dataset is to be emptied: ask first.
    EmptyAsked,
    /// The question about emptying was answered.
    EmptyAnswered(bool),
    /// Something happened about keys.
    Keys(KeysMsg),
    /// The worker said something.
    Replied(Reply),
}

impl Desk {
    pub(super) fn new(form: Rc<Form>) -> Self {
        Self {
            form,
            built_in: Some(BuiltIn::Needs),
            refused_form: None,
            form_warnings: Vec::new(),
            summary: None,
            importing: None,
            reports: Rc::default(),
            notice: None,
            grouping: Grouping::Overall,
            needs: None,
            group: String::new(),
            sort: (NeedsColumn::Rank, false),
            emptying: false,
            keys: Keys::default(),
        }
    }

    /// What a step needs when it is opened.
    pub(super) fn opened(&mut self, step: Step) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.summary.is_none() {
            effects.push(Effect::Ask(Request::Open(FormSource::Last)));
        }
        if step == Step::Collect {
            effects.extend(self.keys.opened());
        }
        if step == Step::Needs {
            effects.push(Effect::Ask(Request::Needs(self.grouping)));
        }
        effects
    }

    pub(super) fn update(&mut self, msg: DeskMsg, language: Language) -> Vec<Effect> {
        match msg {
            DeskMsg::BuiltInFormChosen(form) => {
                vec![Effect::Ask(Request::Open(FormSource::BuiltIn(form)))]
            }
            DeskMsg::FormChosen(files) => self.try_form(files, Unsupported::Refused),
            DeskMsg::LeaveOutAsked => match self.refused_form.take() {
                Some(refused) => self.try_form(refused.files, Unsupported::LeftOut),
                None => Vec::new(),
            },
            DeskMsg::FilesChosen(0) => Vec::new(),
            DeskMsg::FilesChosen(total) => {
                self.importing = Some(Importing { done: 0, total, responses: 0 });
                self.reports = Rc::default();
                self.notice = None;
                vec![Effect::SendFiles]
            }
            DeskMsg::CancelAsked => vec![Effect::Ask(Request::Cancel)],
            DeskMsg::GroupingChosen(grouping) => {
                self.grouping = grouping;
                self.needs = None;
                vec![Effect::Ask(Request::Needs(grouping))]
            }
            DeskMsg::GroupChosen(group) => {
                self.group = group;
                Vec::new()
            }
            DeskMsg::SortChosen(column) => {
                let (sorted_by, descending) = self.sort;
                let text_or_rank = matches!(column, NeedsColumn::Rank | NeedsColumn::Competency);
                let again = sorted_by == column;
                self.sort = (column, if again { !descending } else { !text_or_rank });
                Vec::new()
            }
            DeskMsg::ExportAsked(export, profile) => {
                vec![Effect::Ask(Request::Export(export, profile, language))]
            }
            DeskMsg::FormFileAsked => vec![Effect::Ask(Request::FormFile)],
            DeskMsg::EmptyAsked => {
                self.emptying = true;
                Vec::new()
            }
            DeskMsg::EmptyAnswered(sure) => {
                self.emptying = false;
                if sure { vec![Effect::Ask(Request::Empty)] } else { Vec::new() }
            }
            DeskMsg::Keys(msg) => self.keys.update(msg).into_iter().collect(),
            DeskMsg::Replied(reply) => self.replied(reply),
        }
    }

    /// Asks the worker for a form; until it answers, the one in use stays.
    fn try_form(&mut self, files: Vec<(String, Vec<u8>)>, unsupported: Unsupported) -> Vec<Effect> {
        self.refused_form = Some(RefusedForm { files: files.clone(), faults: Vec::new() });
        vec![Effect::Ask(Request::Open(FormSource::Files(files, unsupported)))]
    }

    /// Follows the worker, which has opened a form; a desk for another form begins anew.
    fn opened_form(&mut self, sheets: &FormSheets, summary: Option<Summary>) {
        // The worker has read the same sheets without a fault.
        let Ok(XlsForm { form, warnings }) = sheets.form() else { return };
        // A form chosen meanwhile still waits for its answer.
        let waiting = self.refused_form.take().filter(|refused| refused.faults.is_empty());
        if form != *self.form {
            // Keys belong to no form.
            let keys = std::mem::take(&mut self.keys);
            *self = Self { keys, ..Self::new(Rc::new(form)) };
        }
        self.refused_form = waiting;
        self.form_warnings = warnings;
        self.built_in = match sheets {
            FormSheets::BuiltIn(form) => Some(*form),
            FormSheets::Own(..) => None,
        };
        self.notice = summary.is_none().then_some(Notice::Unreadable);
        self.summary = summary;
    }

    /// Reads the files of the last import that waited for a key.
    fn read_unopened(&mut self) -> Vec<Effect> {
        let (unopened, others): (Vec<_>, Vec<_>) =
            self.reports.iter().cloned().partition(FileReport::waits_for_key);
        if unopened.is_empty() || self.importing.is_some() {
            return Vec::new();
        }
        self.importing = Some(Importing { done: 0, total: unopened.len(), responses: 0 });
        self.reports = others.into();
        self.notice = None;
        vec![Effect::Ask(Request::ImportUnopened)]
    }

    fn replied(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Opened { sheets, summary } => self.opened_form(&sheets, summary),
            Reply::FormFaulty(faults) => match &mut self.refused_form {
                Some(refused) => refused.faults = faults,
                // The form that was kept cannot be read by this version any more.
                None => {
                    return vec![Effect::Ask(Request::Open(FormSource::BuiltIn(BuiltIn::Needs)))];
                }
            },
            Reply::Progress { done, total, responses } => {
                if self.importing.is_some() {
                    self.importing = Some(Importing { done, total, responses });
                }
            }
            Reply::Imported { reports, summary, kept } => {
                self.importing = None;
                self.reports = self.reports.iter().cloned().chain(reports).collect();
                self.summary = Some(summary);
                self.needs = None;
                self.notice = (!kept).then_some(Notice::NotKept);
            }
            Reply::Cancelled => {
                self.importing = None;
                self.notice = Some(Notice::Cancelled);
            }
            Reply::Needs(needs) => {
                if needs.grouping == self.grouping {
                    let known = needs.groups.iter().any(|group| group.group == self.group);
                    if !known {
                        let first = needs.groups.first();
                        self.group = first.map_or(String::new(), |group| group.group.clone());
                    }
                    self.needs = Some(Rc::new(needs));
                }
            }
            // It is the kit's.
            Reply::Encrypted { .. } => {}
            Reply::Keys(reply) => {
                let before = self.keys.open().len();
                let _ = self.keys.update(KeysMsg::Replied(reply));
                if self.keys.open().len() > before {
                    return self.read_unopened();
                }
            }
            Reply::Exported { name, bytes } => return vec![Effect::Download { name, bytes }],
            Reply::FormNotWritten(problem) => {
                self.notice = Some(Notice::FormNotWritten(problem));
            }
            Reply::Emptied(summary) => {
                self.summary = Some(summary);
                self.reports = Rc::default();
                self.needs = None;
                self.notice = Some(Notice::Emptied);
            }
            Reply::Failed(reason) => {
                self.importing = None;
                self.keys.is_busy = false;
                self.notice = Some(Notice::Failed(reason));
            }
        }
        Vec::new()
    }
}
