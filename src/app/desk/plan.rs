//! The class plan: what a trainer decides, and what the worker has made of it.

use super::{Computed, Desk, DeskMsg};
use crate::app::protocol::{PlanFile, PlanRequest, PlanView, PlanWanted, Request};
use crate::app::{Effect, Facts, Msg};
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::plan::{Course, Move, PlanSettings, Planning, default_courses};
use crate::formats::table::Profile;
use crate::text::Language;

/// What is shown of the class plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanScreen {
    /// What is decided.
    pub planning: Planning,
    /// What was made of it.
    pub made: Computed<PlanView>,
    /// The course whose classes are shown, by id; `None` for the first.
    shown: Option<String>,
}

/// Something that happened to the class plan.
#[derive(Debug, Clone)]
pub enum PlanMsg {
    /// Who needs a course, or how classes are made, is changed.
    Settings(PlanSettings),
    /// A course is changed; its id says which.
    CourseChanged(Course),
    /// Another course is wanted, of this name.
    CourseAdded(String),
    /// A course is not wanted any more, by id.
    CourseRemoved(String),
    /// The courses that follow from the form are wanted again.
    CoursesReset,
    /// The classes of a course are wanted, by id.
    CourseShown(String),
    /// Something is changed by hand.
    Moved(Move),
    /// What was changed by hand is taken back, by its place.
    MoveTakenBack(usize),
    /// Everything that was changed by hand is taken back.
    MovesTakenBack,
    /// A file is wanted.
    FileAsked(PlanFile, Profile),
}

impl From<PlanMsg> for Msg {
    fn from(msg: PlanMsg) -> Self {
        Self::Desk(DeskMsg::Plan(msg))
    }
}

impl PlanScreen {
    /// Of what a campaign's file says; what cannot be read is as if it said nothing.
    pub(super) fn of(text: &str) -> Self {
        let planning = serde_json::from_str(text).unwrap_or_default();
        Self { planning, ..Self::default() }
    }

    /// What a campaign's file says of it; nothing where nothing is decided.
    fn text(planning: &Planning) -> String {
        if *planning == Planning::default() {
            return String::new();
        }
        serde_json::to_string(planning).unwrap_or_default()
    }

    /// As it goes over to the campaign of another year: other people will answer.
    pub(super) fn for_another_year(&self) -> String {
        Self::text(&Planning { moves: Vec::new(), ..self.planning.clone() })
    }

    /// The courses: the trainer's, else those that follow from the form.
    pub fn courses(&self, form: &Form, language: Language) -> Vec<Course> {
        let own = self.planning.courses.clone();
        own.unwrap_or_else(|| default_courses(form, language.code()))
    }

    pub(super) fn wanted(&self, filter: &Filter, form: &Form, language: Language) -> PlanWanted {
        let courses = Some(self.courses(form, language));
        PlanWanted {
            filter: filter.clone(),
            planning: Planning { courses, ..self.planning.clone() },
            shown: self.shown.clone(),
        }
    }

    /// Asks for the plan if it is not there.
    pub(super) fn fill(
        &mut self,
        filter: &Filter,
        form: &Form,
        language: Language,
    ) -> Option<Request> {
        self.made.is_to_ask().then(|| {
            Request::Plan(Box::new(PlanRequest::Make(self.wanted(filter, form, language))))
        })
    }

    fn change(&mut self, msg: PlanMsg, form: &Form, language: Language) {
        let planning = &mut self.planning;
        let mut courses = || {
            let own = planning.courses.take();
            own.unwrap_or_else(|| default_courses(form, language.code()))
        };
        match msg {
            PlanMsg::Settings(settings) => planning.settings = settings,
            PlanMsg::CourseChanged(course) => {
                let mut all = courses();
                if let Some(known) = all.iter_mut().find(|known| known.id == course.id) {
                    *known = course;
                }
                planning.courses = Some(all);
            }
            PlanMsg::CourseAdded(name) => {
                let mut all = courses();
                let id = free_id(&all, &planning.moves);
                all.push(Course::new(id.clone(), name));
                planning.courses = Some(all);
                self.shown = Some(id);
            }
            PlanMsg::CourseRemoved(id) => {
                let mut all = courses();
                all.retain(|course| course.id != id);
                planning.courses = Some(all);
            }
            PlanMsg::CoursesReset => planning.courses = None,
            PlanMsg::CourseShown(id) => self.shown = Some(id),
            PlanMsg::Moved(one) => planning.add_move(one),
            PlanMsg::MoveTakenBack(at) => {
                if at < planning.moves.len() {
                    planning.moves.remove(at);
                }
            }
            PlanMsg::MovesTakenBack => planning.moves.clear(),
            PlanMsg::FileAsked(..) => {}
        }
    }
}

/// An id that no course has, nor had when something was moved in it.
fn free_id(courses: &[Course], moves: &[Move]) -> String {
    let is_free = |id: &String| {
        let in_move = |one: &Move| match one {
            Move::Person { course, .. } => course == id,
            Move::Week { class, .. } => class.course == *id,
        };
        courses.iter().all(|course| course.id != *id) && !moves.iter().any(in_move)
    };
    // Of one more than there are, one is free.
    let mut ids = (1..=courses.len() + moves.len() + 1).map(|number| format!("khoa-{number}"));
    ids.find(is_free).unwrap_or_default()
}

impl Desk {
    /// Changes the class plan, and keeps what is decided in the campaign.
    pub(super) fn change_plan(
        &mut self,
        msg: PlanMsg,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        if let PlanMsg::FileAsked(file, profile) = msg {
            let wanted = self.plan.wanted(&self.review.filter, &self.form, language);
            let request = PlanRequest::File(file, wanted, profile, language);
            return self.ask(Request::Plan(Box::new(request)));
        }
        self.plan.change(msg, &self.form, language);
        self.plan.made.age();
        let text = PlanScreen::text(&self.plan.planning);
        let mut effects = Vec::new();
        // What is shown until storage has answered is nobody's.
        if text != self.file.plan && self.is_open() {
            self.file.plan = text;
            self.file.touched = self.touched(facts.now);
            effects.push(Effect::KeepCampaign(Box::new(self.file.clone())));
        }
        effects.extend(self.fill_step(language));
        effects
    }

    /// Takes in what the worker has made, unless something else is wanted by now.
    pub(super) fn planned(&mut self, view: PlanView, language: Language) {
        if view.wanted == self.plan.wanted(&self.review.filter, &self.form, language) {
            self.plan.made.set(view);
        }
    }
}
