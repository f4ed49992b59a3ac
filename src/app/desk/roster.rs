//! The roster at the desk: where its units come from, and the table in which it is filled.

pub mod grid;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::app::Effect;
use crate::app::protocol::{Request, RosterPreview, RosterReply, RosterRequest};
use crate::domain::form::{Form, Role};
use crate::domain::gazetteer::{Province, UnitList};
use crate::domain::problem::Problem;
use crate::domain::roster::columns::{ColumnUse, PostName};
use crate::domain::roster::importing::{ImportSettings, UnitsWanted};
use crate::domain::roster::{MOST_UNITS, Places, Roster, Unit};
use crate::forms::sample_roster::sample_roster;
use grid::{Column, Filled, Grid, Move, Spot};

/// So many steps can be taken back.
const MOST_UNDONE: usize = 20;

/// Where units come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The provinces of a list.
    Provinces(UnitList),
    /// A file.
    File,
    /// The sample that ships.
    Sample,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 4] = [
        Self::Provinces(UnitList::Current),
        Self::Provinces(UnitList::Before2025),
        Self::File,
        Self::Sample,
    ];

    /// Its word in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provinces(UnitList::Current) => "current",
            Self::Provinces(UnitList::Before2025) => "before",
            Self::File => "file",
            Self::Sample => "sample",
        }
    }
}

/// Provinces, each with its number of units.
pub type Provinces = Rc<[(Province, usize)]>;

/// Something to tell once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterNotice {
    /// What came of a paste.
    Pasted(Filled),
    /// What was typed is no number of people.
    NotPeople(String),
    /// So many units were added.
    Added(usize),
    /// There are as many units as a roster may have.
    Full,
}

/// Provinces, each with its number of units.
type Provinces = Rc<[(Province, usize)]>;

/// What the screen of the roster shows beside the roster itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RosterScreen {
    /// The source that is being chosen from; `None` where the table is shown alone.
    pub source: Option<Source>,
    /// The provinces of the list that is being chosen from, each with its number of units.
    pub provinces: Option<(UnitList, Provinces)>,
    /// What province is looked for.
    pub province_search: String,
    /// The provinces that are chosen, by their codes.
    pub picked: BTreeSet<String>,
    /// The table that is being read.
    pub preview: Option<Rc<RosterPreview>>,
    /// The file that could not be read.
    pub refused: Option<(String, Problem)>,
    /// The table of the roster.
    pub grid: Grid,
    /// The unit that is open by itself on a narrow screen.
    pub open_unit: Option<usize>,
    /// What is to be told.
    pub notice: Option<RosterNotice>,
    /// True while the worker is asked for units.
    pub is_waiting: bool,
    /// Whether the units that are asked for replace those that are there.
    replaces: bool,
    undone: Vec<Rc<Roster>>,
}

/// Something that happened to the roster.
#[derive(Debug, Clone)]
pub enum RosterMsg {
    /// A source was chosen, or none.
    SourceChosen(Option<Source>),
    /// A province is looked for.
    ProvinceSearched(String),
    /// A province was ticked, or no more.
    ProvinceTicked(String, bool),
    /// What is chosen is to become the roster, or to be added to it.
    Taken {
        /// True when it replaces what is there.
        replace: bool,
    },
    /// A file was chosen: its name and bytes.
    FileChosen(String, Vec<u8>),
    /// A column of the file says something else.
    ColumnChosen(usize, ColumnUse),
    /// The file's units are to be understood in another way.
    UnitsWantedChosen(UnitsWanted),
    /// Which unit a line of the file means; `None` where the question is open again.
    Answered(u64, Option<Option<String>>),
    /// Units are looked for.
    Searched(String),
    /// The person went to a cell.
    Went(Spot, bool),
    /// The person went on from the cell.
    Stepped(Move, bool),
    /// Something was typed into the cell.
    Typed(String),
    /// A cell was filled: the unit, or none for the defaults, the column and the text.
    Filled(Option<usize>, Column, String),
    /// What was typed counts.
    Left,
    /// What was typed does not count.
    Escaped,
    /// The marked cells are to be emptied.
    Cleared,
    /// A text was pasted.
    Pasted(String),
    /// The last change is to be taken back.
    Undone,
    /// A unit is to be added.
    UnitAdded,
    /// The units of the marked lines are to be removed.
    UnitsRemoved,
    /// A post is to be removed, by its position.
    PostRemoved(usize),
    /// A post of the form is to be added.
    PostAdded(String),
    /// Units without a code are to get one.
    CodesFilled,
    /// A unit was opened by itself, or closed.
    UnitOpened(Option<usize>),
    /// The worker said something.
    Replied(RosterReply),
}

/// The posts that a form asks for.
pub fn posts_of(form: &Form) -> Vec<PostName> {
    let list = form.with_role(Role::Post).and_then(|question| question.kind.list());
    let choices = list.map(|list| form.choices(list)).unwrap_or_default().iter();
    let names = choices.map(|choice| {
        let labels = form.languages.iter().map(|code| choice.label.get(code).to_owned());
        PostName { name: choice.name.clone(), labels: labels.collect() }
    });
    names.collect()
}

/// What the posts of a form are called in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostLabels(Rc<[(String, String)]>);

impl PostLabels {
    /// The posts of a form.
    pub fn of(form: &Form, language: &str) -> Self {
        let list = form.with_role(Role::Post).and_then(|question| question.kind.list());
        let choices = list.map(|list| form.choices(list)).unwrap_or_default().iter();
        Self(choices.map(|post| (post.name.clone(), post.label.get(language).to_owned())).collect())
    }

    /// Every post by name and label.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, label)| (name.as_str(), label.as_str()))
    }

    /// What a post is called; one that the form does not have, by its name.
    pub fn label(&self, name: &str) -> String {
        let label = self.all().find(|(known, _)| *known == name);
        label.map_or(name, |(_, label)| label).to_owned()
    }
}

impl RosterScreen {
    /// The units that the person has marked, as positions.
    pub fn marked_units(&self) -> Vec<usize> {
        match self.open_unit {
            Some(unit) => vec![unit],
            None => self.grid.marked().0.filter_map(|line| self.grid.unit(line)).collect(),
        }
    }

    /// The screen of a roster.
    pub fn of(roster: &Roster) -> Self {
        let mut screen = Self::default();
        screen.grid.show(roster);
        screen.grid.go(roster, Spot { line: 1, column: 0 }, false);
        // Nobody has gone anywhere yet.
        screen.grid.moves = 0;
        screen
    }

    /// True when a change can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes a message in; the roster is another one afterwards if it changed.
    pub fn update(&mut self, msg: RosterMsg, roster: &mut Rc<Roster>, form: &Form) -> Vec<Effect> {
        let before = Rc::clone(roster);
        let is_undo = matches!(msg, RosterMsg::Undone);
        let effects = self.follow(msg, roster, form);
        if !Rc::ptr_eq(&before, roster) {
            if *before == **roster {
                // Typed what was there.
                *roster = before;
            } else if !is_undo {
                self.undone.push(before);
                let surplus = self.undone.len().saturating_sub(MOST_UNDONE);
                self.undone.drain(..surplus);
            }
        }
        effects
    }

    fn follow(&mut self, msg: RosterMsg, roster: &mut Rc<Roster>, form: &Form) -> Vec<Effect> {
        match msg {
            RosterMsg::SourceChosen(source) => return self.choose(source),
            RosterMsg::ProvinceSearched(text) => self.province_search = text,
            RosterMsg::ProvinceTicked(code, true) => {
                self.picked.insert(code);
            }
            RosterMsg::ProvinceTicked(code, false) => {
                self.picked.remove(&code);
            }
            RosterMsg::Taken { replace } => return self.take(replace, roster, form),
            RosterMsg::FileChosen(name, bytes) => {
                self.preview = None;
                self.refused = None;
                self.is_waiting = true;
                return ask(RosterRequest::Open(name, bytes, posts_of(form)));
            }
            RosterMsg::ColumnChosen(at, column) => {
                return self.read_again(|settings| {
                    // No two columns say one thing.
                    for other in &mut settings.columns {
                        if *other == column {
                            *other = ColumnUse::Nothing;
                        }
                    }
                    if let Some(slot) = settings.columns.get_mut(at) {
                        *slot = column;
                    }
                });
            }
            RosterMsg::UnitsWantedChosen(units) => {
                return self.read_again(|settings| {
                    settings.units = units;
                    settings.answers = BTreeMap::new();
                });
            }
            RosterMsg::Answered(line, answer) => {
                return self.read_again(|settings| {
                    match answer {
                        Some(answer) => settings.answers.insert(line, answer),
                        None => settings.answers.remove(&line),
                    };
                });
            }
            RosterMsg::Replied(reply) => self.replied(reply, roster, form),
            msg => self.edit(msg, roster),
        }
        Vec::new()
    }

    fn choose(&mut self, source: Option<Source>) -> Vec<Effect> {
        self.source = source;
        self.preview = None;
        self.refused = None;
        self.notice = None;
        self.is_waiting = false;
        match source {
            Some(Source::Provinces(list)) => {
                self.picked.clear();
                self.province_search.clear();
                if self.provinces.as_ref().is_none_or(|(known, _)| *known != list) {
                    self.provinces = None;
                    return ask(RosterRequest::Provinces(list));
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn take(&mut self, replace: bool, roster: &mut Rc<Roster>, form: &Form) -> Vec<Effect> {
        self.replaces = replace;
        match (self.source, &self.preview) {
            (Some(Source::Sample), _) => {
                self.add(&sample_roster(), roster, form);
                Vec::new()
            }
            (Some(Source::Provinces(list)), _) if !self.picked.is_empty() => {
                self.is_waiting = true;
                ask(RosterRequest::Units(list, self.picked.iter().cloned().collect()))
            }
            (Some(Source::File), Some(preview)) => {
                self.is_waiting = true;
                ask(RosterRequest::Take(preview.settings.clone()))
            }
            _ => Vec::new(),
        }
    }

    fn read_again(&mut self, change: impl FnOnce(&mut ImportSettings)) -> Vec<Effect> {
        let Some(preview) = &mut self.preview else { return Vec::new() };
        let preview = Rc::make_mut(preview);
        change(&mut preview.settings);
        ask(RosterRequest::Preview(preview.settings.clone()))
    }

    fn replied(&mut self, reply: RosterReply, roster: &mut Rc<Roster>, form: &Form) {
        match reply {
            RosterReply::Provinces(list, provinces) => {
                if self.source == Some(Source::Provinces(list)) {
                    self.provinces = Some((list, provinces.into()));
                }
            }
            RosterReply::Preview(preview) => {
                self.is_waiting = false;
                // An answer to settings that were changed again meanwhile.
                let is_late = self.preview.as_ref().is_some_and(|shown| {
                    shown.file == preview.file && shown.settings != preview.settings
                });
                if self.source == Some(Source::File) && !is_late {
                    self.preview = Some(Rc::new(*preview));
                }
            }
            RosterReply::Refused(file, problem) => {
                self.is_waiting = false;
                self.refused = Some((file, problem));
            }
            RosterReply::Units(units) => {
                // Left meanwhile.
                if std::mem::take(&mut self.is_waiting) {
                    self.add(&units, roster, form);
                }
            }
            // Asked by whoever reads answers.
            RosterReply::Placed(_) => {}
        }
    }

    /// Units that were chosen come in. A list of units has no posts: they get those of the roster,
    /// or of the form.
    fn add(&mut self, units: &Roster, roster: &mut Rc<Roster>, form: &Form) {
        let replaces = self.replaces || roster.units.is_empty();
        let own_posts = !units.posts.is_empty();
        let mut whole = if replaces && own_posts {
            Roster { posts: units.posts.clone(), ..Roster::default() }
        } else if roster.posts.is_empty() {
            Roster::of_posts(posts_of(form).into_iter().map(|post| post.name))
        } else if replaces {
            Roster { posts: roster.posts.clone(), ..Roster::default() }
        } else {
            (**roster).clone()
        };
        for post in &units.posts {
            whole.add_post(&post.name, Places::default());
        }
        let added = whole.extend(units);
        *roster = Rc::new(whole);
        *self = Self { undone: std::mem::take(&mut self.undone), ..Self::of(roster) };
        self.notice = Some(RosterNotice::Added(added));
    }

    fn edit(&mut self, msg: RosterMsg, roster: &mut Rc<Roster>) {
        // Going elsewhere takes what was typed; only Escape leaves it.
        let leaves = !matches!(msg, RosterMsg::Typed(_) | RosterMsg::Escaped);
        if leaves {
            self.notice = None;
            if let Some(Filled { refused: Some((text, _)), .. }) = self.grid.take_typed(roster) {
                self.notice = Some(RosterNotice::NotPeople(text));
            }
        }
        match msg {
            RosterMsg::Searched(text) => {
                self.grid.search = text;
                self.grid.show(roster);
            }
            RosterMsg::Went(spot, extend) => self.grid.go(roster, spot, extend),
            RosterMsg::Stepped(step, extend) => self.grid.step(roster, step, extend),
            RosterMsg::Typed(text) => {
                self.grid.typed = Some(text);
                self.grid.anchor = self.grid.cursor;
            }
            RosterMsg::Escaped => {
                self.grid.typed = None;
                self.grid.anchor = self.grid.cursor;
                self.grid.moves = self.grid.moves.wrapping_add(1);
            }
            RosterMsg::Filled(unit, column, text) => {
                let mut filled = Filled::default();
                grid::fill(roster, unit, column, &text, &mut filled);
                self.notice = filled.refused.map(|(text, _)| RosterNotice::NotPeople(text));
            }
            RosterMsg::Cleared => self.grid.clear(roster),
            RosterMsg::Pasted(text) => {
                let filled = self.grid.paste(roster, &text);
                self.notice = Some(RosterNotice::Pasted(filled));
            }
            RosterMsg::Undone => {
                if let Some(before) = self.undone.pop() {
                    *roster = before;
                    self.grid.show(roster);
                    self.open_unit = self.open_unit.filter(|unit| *unit < roster.units.len());
                }
            }
            RosterMsg::UnitAdded => self.add_unit(roster),
            RosterMsg::UnitsRemoved => self.remove_units(roster),
            RosterMsg::PostRemoved(post) => {
                Rc::make_mut(roster).remove_post(post);
                self.grid.show(roster);
            }
            RosterMsg::PostAdded(name) => Rc::make_mut(roster).add_post(&name, Places::full(1)),
            RosterMsg::CodesFilled => Rc::make_mut(roster).fill_codes(),
            RosterMsg::UnitOpened(unit) => {
                self.open_unit = unit.filter(|unit| *unit < roster.units.len());
            }
            // The others have been followed before.
            _ => {}
        }
    }

    /// A unit behind the others; one may type its name at once.
    fn add_unit(&mut self, roster: &mut Rc<Roster>) {
        if roster.units.len() >= MOST_UNITS {
            self.notice = Some(RosterNotice::Full);
            return;
        }
        let province = roster.units.last().and_then(|unit| unit.province);
        let roster = Rc::make_mut(roster);
        roster.units.push(Unit { province, ..Unit::default() });
        roster.fill_codes();
        self.grid.search.clear();
        self.grid.show(roster);
        self.grid.go(roster, Spot { line: self.grid.shown.len(), column: 0 }, false);
        if self.open_unit.is_some() {
            self.open_unit = roster.units.len().checked_sub(1);
        }
    }

    fn remove_units(&mut self, roster: &mut Rc<Roster>) {
        let marked: BTreeSet<usize> = self.marked_units().into_iter().collect();
        if marked.is_empty() {
            return;
        }
        let mut at = 0;
        Rc::make_mut(roster).units.retain(|_| {
            at += 1;
            !marked.contains(&(at - 1))
        });
        self.open_unit = None;
        self.grid.anchor = self.grid.cursor;
        self.grid.show(roster);
    }
}

fn ask(request: RosterRequest) -> Vec<Effect> {
    vec![Effect::Ask(Request::Roster(request))]
}

#[cfg(test)]
mod tests;
