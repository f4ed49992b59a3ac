//! A table of another program: what its columns say, what its words mean, and the recipe for the
//! next one.

use std::rc::Rc;

use super::Desk;
use crate::app::protocol::{FileReport, ForeignPreview, ForeignReply, ForeignRequest, Request};
use crate::app::{Effect, Facts};
use crate::domain::field::Layout;
use crate::domain::foreign::{DayOrder, Mapping, Meaning, Recipe, RecipeFault, WordMeaning};
use crate::domain::form::{Form, Role};
use crate::domain::search::slug;
use crate::formats::form_files::stem;
use crate::formats::recipe_file;

/// The tables that wait, and the one that is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForeignScreen {
    /// Tables that wait until somebody says what their columns mean.
    pub asked: Vec<AskedTable>,
    /// The table that is open, as it would be read.
    pub open: Option<Rc<ForeignPreview>>,
    /// What is to be told.
    pub notice: Option<ForeignNotice>,
    /// The table that the worker is to propose something for.
    opening: Option<usize>,
    /// True once the open table is to be taken.
    is_taking: bool,
}

/// A table that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedTable {
    /// Its number.
    pub number: usize,
    /// Its file.
    pub file: String,
}

/// Something to tell once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForeignNotice {
    /// The recipe is kept, and given as a file of this name.
    RecipeKept(String),
    /// A file is no recipe that can be used here.
    RecipeRefused(RecipeFault),
    /// The table is not there any more.
    Gone,
}

/// Something that happened to a table of another program.
#[derive(Debug, Clone)]
pub enum ForeignMsg {
    /// A table that waits is to be looked at.
    Opened(usize),
    /// The open table is left, and goes on waiting.
    Closed,
    /// A table is not wanted.
    Dropped(usize),
    /// A column says something else.
    ColumnChosen(usize, Meaning),
    /// What a word of a list means; `None` where that is open again.
    WordChosen {
        /// The choice list.
        list: String,
        /// The word.
        word: String,
        /// What it means.
        meaning: Option<WordMeaning>,
    },
    /// What the order of day and month is.
    DaysChosen(DayOrder),
    /// How the open table is read is to be kept for the next one.
    RecipeAsked,
    /// The recipe by which the open table is read is not wanted any more.
    RecipeForgotten,
    /// The file of a recipe was chosen.
    RecipeChosen(Vec<u8>),
    /// The responses of the open table are to be taken.
    Taken,
    /// The worker said something.
    Replied(ForeignReply),
}

/// Everything that a column may say, but for single choices.
pub fn meanings(form: &Form) -> Vec<Meaning> {
    let has_units = form.with_role(Role::Unit).is_some();
    let beside = Meaning::BESIDE_ANSWERS
        .into_iter()
        .filter(|meaning| has_units || !matches!(meaning, Meaning::District | Meaning::Province));
    let layout = Layout::holding(form, []);
    let answers = layout
        .columns(form)
        .filter_map(|field| field.question(form).map(|_| Meaning::Answer(field.key.clone())));
    std::iter::once(Meaning::Nothing).chain(beside).chain(answers).collect()
}

impl Desk {
    pub(super) fn change_foreign(&mut self, msg: ForeignMsg, facts: &Facts) -> Vec<Effect> {
        if !matches!(msg, ForeignMsg::Replied(_)) {
            self.foreign.notice = None;
        }
        match msg {
            ForeignMsg::Opened(number) => {
                self.foreign.opening = Some(number);
                let recipes = self.file.recipes.clone();
                self.ask_foreign(ForeignRequest::Open(number, recipes))
            }
            ForeignMsg::Closed => {
                self.foreign.open = None;
                vec![Effect::ShowFromTop]
            }
            ForeignMsg::Dropped(number) => {
                self.foreign.asked.retain(|table| table.number != number);
                let was_open = self.foreign.open.take().is_some();
                let mut effects = self.ask_foreign(ForeignRequest::Drop(number));
                effects.extend(was_open.then_some(Effect::ShowFromTop));
                effects
            }
            ForeignMsg::ColumnChosen(at, meaning) => {
                self.read_again(|mapping| mapping.choose(at, meaning))
            }
            ForeignMsg::WordChosen { list, word, meaning } => {
                self.read_again(|mapping| mapping.say(&list, &word, meaning))
            }
            ForeignMsg::DaysChosen(days) => self.read_again(|mapping| mapping.days = days),
            ForeignMsg::RecipeAsked => self.keep_recipe(facts),
            ForeignMsg::RecipeForgotten => self.forget_recipe(facts),
            ForeignMsg::RecipeChosen(bytes) => self.use_recipe(&bytes),
            ForeignMsg::Taken => {
                let Some(open) = self.foreign.open.clone() else { return Vec::new() };
                self.foreign.is_taking = true;
                self.ask_foreign(ForeignRequest::Take(open.table, open.mapping.clone()))
            }
            ForeignMsg::Replied(reply) => self.foreign_replied(reply),
        }
    }

    fn ask_foreign(&mut self, request: ForeignRequest) -> Vec<Effect> {
        self.ask(Request::Foreign(request))
    }

    fn read_again(&mut self, change: impl FnOnce(&mut Mapping)) -> Vec<Effect> {
        let Some(open) = &mut self.foreign.open else { return Vec::new() };
        let open = Rc::make_mut(open);
        change(&mut open.mapping);
        let request = ForeignRequest::Preview(open.table, open.mapping.clone());
        self.ask_foreign(request)
    }

    fn foreign_replied(&mut self, reply: ForeignReply) -> Vec<Effect> {
        match reply {
            ForeignReply::Preview(mut preview) => {
                let is_opening = self.foreign.opening == Some(preview.table);
                let shown = self.foreign.open.as_ref();
                let shown = shown.filter(|shown| shown.table == preview.table);
                // An answer to a mapping that was changed again, or to a table that was left.
                let is_late = shown.is_none_or(|shown| shown.mapping != preview.mapping);
                if is_late && !is_opening {
                    return Vec::new();
                }
                self.foreign.opening = None;
                if let Some(shown) = shown.filter(|_| !is_opening) {
                    preview.recipe.clone_from(&shown.recipe);
                }
                self.foreign.open = Some(Rc::new(*preview));
                is_opening.then_some(Effect::ShowFromTop).into_iter().collect()
            }
            ForeignReply::Gone(number) => {
                let waiting = self.foreign.asked.len();
                self.foreign.is_taking = false;
                self.foreign.asked.retain(|table| table.number != number);
                // One that was given up is not there either, and nobody misses it.
                if self.foreign.asked.len() < waiting {
                    self.foreign.open = None;
                    self.foreign.notice = Some(ForeignNotice::Gone);
                }
                Vec::new()
            }
        }
    }

    /// Follows an import: tables that are to be asked about wait, one that was taken waits no more.
    pub(super) fn foreign_imported(&mut self, reports: &[FileReport]) -> Vec<Effect> {
        let asked = reports.iter().filter_map(|report| {
            Some(AskedTable { number: report.asked?, file: report.file.clone() })
        });
        self.foreign.asked.extend(asked);
        let taken = self.foreign.open.as_ref().filter(|open| {
            let mut reports = reports.iter();
            self.foreign.is_taking
                && reports.any(|report| report.file == open.file && report.asked.is_none())
        });
        let Some(table) = taken.map(|open| open.table) else { return Vec::new() };
        self.foreign.asked.retain(|asked| asked.number != table);
        self.foreign.open = None;
        self.foreign.is_taking = false;
        vec![Effect::ShowFromTop]
    }

    fn keep_recipe(&mut self, facts: &Facts) -> Vec<Effect> {
        let Some(open) = &mut self.foreign.open else { return Vec::new() };
        let open = Rc::make_mut(open);
        let (name, headings) = (stem(&open.file), headings(open));
        let recipe = Recipe::new(&name, &self.form.id, headings, open.mapping.clone());
        open.recipe = Some(name.clone());
        let text = recipe_file::write(&recipe);
        self.forget_same(&recipe);
        self.file.recipes.push(text.clone());
        self.file.touched = self.touched(facts.now);
        let name = format!("cach-doc_{}.json", slug(&name));
        self.foreign.notice = Some(ForeignNotice::RecipeKept(name.clone()));
        let kept = Effect::KeepCampaign(Box::new(self.file.clone()));
        vec![kept, Effect::Download { name, bytes: text.into_bytes() }]
    }

    fn forget_recipe(&mut self, facts: &Facts) -> Vec<Effect> {
        let Some(open) = self.foreign.open.clone() else { return Vec::new() };
        let recipes = self.file.recipes.iter();
        let read = recipes.filter_map(|text| recipe_file::read(text.as_bytes()).ok());
        let name = open.recipe.as_deref();
        let is_used =
            |recipe: &Recipe| Some(recipe.name.as_str()) == name && recipe.fits(&headings(&open));
        if let Some(used) = { read }.rfind(is_used) {
            self.forget_same(&used);
            self.file.touched = self.touched(facts.now);
        }
        let mut effects = vec![Effect::KeepCampaign(Box::new(self.file.clone()))];
        self.foreign.opening = Some(open.table);
        let recipes = self.file.recipes.clone();
        effects.extend(self.ask_foreign(ForeignRequest::Open(open.table, recipes)));
        effects
    }

    fn forget_same(&mut self, recipe: &Recipe) {
        self.file.recipes.retain(|text| {
            recipe_file::read(text.as_bytes()).is_ok_and(|known| !known.is_for_the_same(recipe))
        });
    }

    fn use_recipe(&mut self, bytes: &[u8]) -> Vec<Effect> {
        let Some(open) = &mut self.foreign.open else { return Vec::new() };
        let headings = headings(open);
        let recipe = recipe_file::read(bytes).and_then(|recipe| match () {
            () if recipe.form != self.form.id => Err(RecipeFault::OtherForm),
            () if !recipe.fits(&headings) => Err(RecipeFault::OtherTable),
            () => Ok(recipe),
        });
        match recipe {
            Ok(recipe) => {
                let open = Rc::make_mut(open);
                open.recipe = Some(recipe.name.clone());
                let proposed = open.mapping.clone();
                self.read_again(|mapping| *mapping = recipe.mapping_for(&headings, proposed))
            }
            Err(fault) => {
                self.foreign.notice = Some(ForeignNotice::RecipeRefused(fault));
                Vec::new()
            }
        }
    }
}

fn headings(open: &ForeignPreview) -> Vec<String> {
    open.columns.iter().map(|(heading, _)| heading.clone()).collect()
}
