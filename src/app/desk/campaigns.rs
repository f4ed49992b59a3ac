//! The campaigns of a desk: several side by side, one of them open.

use std::rc::Rc;

use super::plan::PlanScreen;
use super::roster::{RosterMsg, RosterScreen};
use super::{Desk, Effect, Notice, Stage};
use crate::app::Facts;
use crate::app::campaign_file::{CampaignFault, CampaignFile};
use crate::app::protocol::{Carrier, FormSheets, Job, Request};
use crate::domain::campaign::{AddedPost, Campaign, Tailoring};
use crate::domain::filter::Filter;
use crate::domain::form::Role;
use crate::domain::profile::Evaluation;
use crate::domain::search::slug;
use crate::domain::timestamp::Timestamp;
use crate::formats::codes::Code;
use crate::forms::BuiltIn;
use crate::text::Language;

/// Something that a trainer changes of the open campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CampaignEdit {
    /// A text or a day.
    Text(CampaignText, String),
    /// Whether nobody is asked for a name.
    Anonymous(bool),
    /// For which public key responses are encrypted; empty for none.
    Recipient(String),
    /// Whether a competency is asked, by code.
    CompetencyAsked(String, bool),
    /// The level that a post needs in a competency: the competency's code, the post's name, and
    /// the level; `None` for that of the form.
    RequiredLevel(String, String, Option<u8>),
    /// Whether a post of the form is offered, by name.
    PostOffered(String, bool),
    /// What a post is called here: its name and the label; an empty one for that of the form.
    PostLabel(String, String),
    /// A post of one's own: its label and the name of the post it is like.
    PostAdded(String, String),
    /// By what people are judged and put together; `None` for what ships with the form.
    Evaluation(Option<Evaluation>),
}

/// A text of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name of `Campaign`")]
pub enum CampaignText {
    Name,
    Organiser,
    Contact,
    Purpose,
    Opens,
    Closes,
    KeepUntil,
    Consent,
}

impl CampaignText {
    /// The text in a campaign.
    pub fn of(self, campaign: &Campaign) -> &str {
        match self {
            Self::Name => &campaign.name,
            Self::Organiser => &campaign.organiser,
            Self::Contact => &campaign.contact,
            Self::Purpose => &campaign.purpose,
            Self::Opens => &campaign.opens,
            Self::Closes => &campaign.closes,
            Self::KeepUntil => &campaign.keep_until,
            Self::Consent => &campaign.consent,
        }
    }

    fn of_mut(self, campaign: &mut Campaign) -> &mut String {
        match self {
            Self::Name => &mut campaign.name,
            Self::Organiser => &mut campaign.organiser,
            Self::Contact => &mut campaign.contact,
            Self::Purpose => &mut campaign.purpose,
            Self::Opens => &mut campaign.opens,
            Self::Closes => &mut campaign.closes,
            Self::KeepUntil => &mut campaign.keep_until,
            Self::Consent => &mut campaign.consent,
        }
    }
}

impl Desk {
    /// Follows storage, which has read the campaigns; opens the one that was touched last, or
    /// begins the first. `None` where storage refuses.
    pub(super) fn campaigns_loaded(
        &mut self,
        campaigns: Option<Vec<CampaignFile>>,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let is_refused = campaigns.is_none();
        let mut campaigns = campaigns.unwrap_or_default();
        campaigns.sort_by_key(|file| file.touched);
        let last = campaigns.pop();
        self.others = campaigns;
        if let Some(file) = last {
            return self.open(file);
        }
        let mut effects = self.begin(FormSheets::built_in(BuiltIn::Needs), language, facts);
        if is_refused {
            self.notice = Some(Notice::NotKept);
            effects.retain(|effect| !matches!(effect, Effect::KeepCampaign(_)));
        }
        effects
    }

    /// Begins another campaign, and opens it.
    pub(super) fn begin(
        &mut self,
        sheets: FormSheets,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let year: String = facts.now.local_day(facts.utc_offset).chars().take(4).collect();
        let campaign = Campaign {
            id: facts.fresh_id.clone(),
            name: language.campaign_first_name(&year),
            ..Campaign::default()
        };
        self.put_aside();
        self.open_and_keep(CampaignFile::new(campaign, sheets, facts.now))
    }

    /// Begins a campaign like the open one, for the next year: without its dates and responses.
    pub(super) fn duplicate(&mut self, language: Language, facts: &Facts) -> Vec<Effect> {
        let open = &self.file.campaign;
        let campaign = Campaign {
            id: facts.fresh_id.clone(),
            name: language.campaign_copy_name(&open.name),
            opens: String::new(),
            closes: String::new(),
            keep_until: String::new(),
            ..open.clone()
        };
        let (sheets, recipes) = (self.file.sheets.clone(), self.file.recipes.clone());
        let plan = self.plan.for_another_year();
        self.put_aside();
        let mut file = CampaignFile::new(campaign, sheets, facts.now);
        (file.recipes, file.plan) = (recipes, plan);
        self.open_and_keep(file)
    }

    /// Opens another campaign, by id.
    pub(super) fn switch_to(&mut self, id: &str, facts: &Facts) -> Vec<Effect> {
        let Some(place) = self.others.iter().position(|file| file.campaign.id == id) else {
            return Vec::new();
        };
        let mut file = self.others.remove(place);
        file.touched = facts.now;
        self.put_aside();
        self.open_and_keep(file)
    }

    /// Takes a campaign from a file. One that is here already is replaced: the file is what the
    /// trainer has just chosen; its responses stay.
    pub(super) fn take_file(&mut self, bytes: &[u8], facts: &Facts) -> Vec<Effect> {
        let read = CampaignFile::from_json(bytes).and_then(|file| {
            let is_whole = file.sheets.built_in.is_some() || file.sheets.read().is_ok();
            if is_whole { Ok(file) } else { Err(CampaignFault::Damaged) }
        });
        match read {
            Ok(mut file) => {
                file.touched = facts.now;
                let id = file.campaign.id.clone();
                self.put_aside();
                let there = self.others.iter().position(|other| other.campaign.id == id);
                let there = there.map(|place| self.others.remove(place));
                file.desk = there.map_or_else(|| facts.fresh_id.clone(), |there| there.desk);
                self.open_and_keep(file)
            }
            Err(fault) => {
                self.notice = Some(Notice::CampaignRefused(fault));
                Vec::new()
            }
        }
    }

    /// What files of the open campaign are called after.
    pub(super) fn file_stem(&self) -> String {
        stem(&self.file.campaign.name, &self.file.campaign.id)
    }

    /// The open campaign as a file.
    pub(super) fn campaign_file(&self) -> Effect {
        let Campaign { name, id, .. } = &self.file.campaign;
        let mut file = self.file.clone();
        file.desk.clear();
        // Another version of the product may have other forms.
        file.sheets = self.sheets_in_full.clone().unwrap_or(file.sheets);
        Effect::Download {
            name: format!("dot-khao-sat_{}.json", stem(name, id)),
            bytes: file.to_json(),
        }
    }

    /// Deletes the open campaign with its responses, and opens the one touched before it.
    pub(super) fn delete_campaign(&mut self, language: Language, facts: &Facts) -> Vec<Effect> {
        let forgotten = Effect::ForgetCampaign(self.file.campaign.id.clone());
        // There is nothing to put aside.
        self.file.campaign.id.clear();
        self.others.sort_by_key(|file| file.touched);
        let mut effects = match self.others.pop() {
            Some(file) => self.open(file),
            None => self.begin(FormSheets::built_in(BuiltIn::Needs), language, facts),
        };
        effects.insert(0, forgotten);
        effects
    }

    /// Uses another form. Where responses are there already they answer the form that is open, so
    /// that another one begins a campaign of its own.
    pub(super) fn use_form(
        &mut self,
        sheets: FormSheets,
        language: Language,
        facts: &Facts,
    ) -> Vec<Effect> {
        let id = sheets.read().map(|read| read.form.id);
        let is_of_responses = id.is_ok_and(|id| id == self.form.id);
        if self.summary.as_ref().is_some_and(|summary| !summary.has_nobody()) && !is_of_responses {
            let effects = self.begin(sheets, language, facts);
            self.notice = Some(Notice::CampaignBegun);
            return effects;
        }
        let mut file = self.file.clone();
        if !is_of_responses {
            file.campaign.tailoring = Tailoring::default();
        }
        file.sheets = sheets;
        file.touched = facts.now;
        self.open_and_keep(file)
    }

    /// Changes the open campaign.
    pub(super) fn edit(&mut self, edit: CampaignEdit, facts: &Facts) -> Vec<Effect> {
        let added = self.name_of_added_post();
        let campaign = &mut self.file.campaign;
        let tailoring = &mut campaign.tailoring;
        match edit {
            CampaignEdit::Text(text, value) => *text.of_mut(campaign) = value,
            CampaignEdit::Anonymous(anonymous) => campaign.is_anonymous = anonymous,
            CampaignEdit::Evaluation(evaluation) => campaign.evaluation = evaluation,
            CampaignEdit::Recipient(public_key) => campaign.recipient = public_key,
            CampaignEdit::CompetencyAsked(code, true) => {
                tailoring.left_out_competencies.remove(&code);
            }
            CampaignEdit::CompetencyAsked(code, false) => {
                tailoring.left_out_competencies.insert(code);
            }
            CampaignEdit::RequiredLevel(code, post, level) => {
                let levels = tailoring.required_levels.entry(code.clone()).or_default();
                match level {
                    Some(level) => levels.insert(post, level),
                    None => levels.remove(&post),
                };
                if levels.is_empty() {
                    tailoring.required_levels.remove(&code);
                }
            }
            CampaignEdit::PostOffered(name, true) => {
                tailoring.left_out_posts.remove(&name);
            }
            CampaignEdit::PostOffered(name, false) => {
                // Of one's own there is nothing to keep.
                let own = tailoring.added_posts.len();
                tailoring.added_posts.retain(|post| post.name != name);
                if tailoring.added_posts.len() == own {
                    tailoring.left_out_posts.insert(name);
                }
            }
            CampaignEdit::PostLabel(name, label) if label.trim().is_empty() => {
                tailoring.post_labels.remove(&name);
            }
            CampaignEdit::PostLabel(name, label) => {
                tailoring.post_labels.insert(name, label);
            }
            CampaignEdit::PostAdded(label, _) if label.trim().is_empty() => {}
            CampaignEdit::PostAdded(label, like) => {
                let label = label.trim().to_owned();
                tailoring.added_posts.push(AddedPost { name: added, label, like });
            }
        }
        self.changed(facts)
    }

    /// Changes the roster of the open campaign.
    pub(super) fn change_roster(&mut self, msg: RosterMsg, facts: &Facts) -> Vec<Effect> {
        let mut roster = Rc::clone(&self.file.campaign.roster);
        let mut effects = self.roster.update(msg, &mut roster, &self.form);
        if !Rc::ptr_eq(&roster, &self.file.campaign.roster) {
            self.file.campaign.roster = roster;
            effects.extend(self.changed(facts));
        }
        effects
    }

    /// What follows from a change of the open campaign.
    pub(super) fn changed(&mut self, facts: &Facts) -> Vec<Effect> {
        // What is shown until storage has answered is nobody's.
        if self.stage != Stage::Loaded {
            return Vec::new();
        }
        self.file.touched = self.touched(facts.now);
        self.form = Rc::new(self.file.campaign.tailor((*self.base).clone()));
        self.is_tailored_anew = true;
        self.look_anew();
        vec![Effect::KeepCampaign(Box::new(self.file.clone()))]
    }

    /// Writes the page anew with the open campaign in it.
    pub(super) fn write_kit(&self, text: String) -> Effect {
        let Campaign { name, id, .. } = &self.file.campaign;
        Effect::WriteKit {
            name: format!("phieu-{}.html", stem(name, id)),
            title: name.clone(),
            campaign: text,
            encrypts: self.file.campaign.encrypts(),
        }
    }

    /// The code of the campaign's link as a picture.
    pub(super) fn link_code(&self, link: &str) -> Option<Effect> {
        let Campaign { name, id, .. } = &self.file.campaign;
        let name = format!("ma-qr-{}.png", stem(name, id));
        Some(Effect::DownloadPicture { name, svg: Code::of_link(link)?.svg() })
    }

    /// Asks for the open campaign as text.
    pub(super) fn pack(&mut self, carrier: Carrier) -> Vec<Effect> {
        self.packing = Some(carrier);
        self.ask(Request::Pack(carrier))
    }

    /// A name that no post has yet.
    fn name_of_added_post(&self) -> String {
        let list = self.base.with_role(Role::Post).and_then(|post| post.kind.list());
        let posts = self.base.choices(list.unwrap_or_default());
        let own = &self.file.campaign.tailoring.added_posts;
        let is_free = |name: &String| {
            posts.iter().all(|post| post.name != *name) && own.iter().all(|post| post.name != *name)
        };
        // Of one more than there are, one is free.
        let names = (1..=posts.len() + own.len() + 1).map(|number| format!("khac_{number}"));
        names.into_iter().find(is_free).unwrap_or_default()
    }

    fn put_aside(&mut self) {
        if !self.file.campaign.id.is_empty() {
            self.others.push(self.file.clone());
            // It is about the questions of the campaign that is put aside.
            self.review.filter = Filter::default();
        }
    }

    /// When the open campaign is touched, by a clock that says this: after every other, also in one
    /// second with it, or where the clock was set back.
    pub(super) fn touched(&self, now: Timestamp) -> Timestamp {
        let others = self.others.iter().map(|other| other.touched.next_second());
        others.fold(now, Timestamp::max)
    }

    fn open_and_keep(&mut self, mut file: CampaignFile) -> Vec<Effect> {
        file.touched = self.touched(file.touched);
        let mut effects = vec![Effect::KeepCampaign(Box::new(file.clone()))];
        effects.extend(self.open(file));
        effects
    }

    /// Shows a campaign and asks the worker for its responses.
    fn open(&mut self, file: CampaignFile) -> Vec<Effect> {
        let others = std::mem::take(&mut self.others);
        let (base, refused) = (Rc::clone(&self.base), self.refused_form.take());
        let (step, keys) = (self.step, std::mem::take(&mut self.keys));
        let grouping = self.analysis.grouping;
        let filter = std::mem::take(&mut self.review.filter);
        let safety = std::mem::take(&mut self.safety);
        let is_writing = self.export.writing.is_some();
        *self = Self::new(base);
        // Keys and backups belong to the desk.
        (self.keys, self.safety) = (keys, safety);
        self.plan = PlanScreen::of(&file.plan);
        (self.file, self.others) = (file, others);
        (self.step, self.analysis.grouping, self.review.filter) = (step, grouping, filter);
        // A form that the worker still reads waits for its answer.
        self.refused_form = refused.filter(|refused| refused.faults.is_empty());
        self.roster = RosterScreen::of(&self.file.campaign.roster);
        self.stage = Stage::Loaded;
        let mut effects = Vec::new();
        if is_writing {
            // Nobody waits for the workbook of the campaign before.
            effects.push(Effect::Ask(Request::Cancel(Job::Book)));
        }
        effects.push(Effect::Ask(Request::Open(Box::new(self.file.clone()))));
        effects
    }
}

/// A part of a file name that says which campaign it is of.
fn stem(name: &str, id: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { id.chars().take(8).collect() } else { slug }
}
