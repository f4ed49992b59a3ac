//! Application state: a pure update of model and message into effects.
//!
//! Nothing here knows a browser: whole journeys run natively in `tests/journeys.rs`, where the
//! test carries the effects out. The clock and fresh ids come in as [`Facts`].

pub mod backup;
pub mod campaign_file;
pub mod collector;
pub mod desk;
pub mod draft;
pub mod keys;
pub mod kit;
pub mod protocol;
pub mod registry;
pub mod route;

mod updates;

use std::collections::VecDeque;
use std::rc::Rc;

use crate::domain::campaign::Campaign;
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;
use campaign_file::{CampaignFault, CampaignFile};
use desk::safety::SafetyMsg;
use desk::{Desk, DeskMsg};
use draft::Draft;
use kit::{Kit, KitMsg};
use protocol::{FormSheets, Reply, Request};
use route::{Place, Route, Step};

/// Everything the page shows follows from this.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The language of the screens.
    pub language: Language,
    /// How large text is.
    pub text_size: TextSize,
    /// The page that is open.
    pub route: Route,
    /// Answering.
    pub kit: Kit,
    /// Collecting and analysing. Behind its address, so that the program of kits, which has none,
    /// need not know how to copy one.
    pub desk: Rc<Desk>,
    /// Trying out the desk's form; nothing of it is kept.
    pub preview: Option<Kit>,
    /// True where the page carries a campaign: there is no desk.
    pub is_kit: bool,
    /// Why the campaign that the page carries cannot be used.
    pub fault: Option<CampaignFault>,
    /// True once a newer version of the served site is on this device.
    pub has_update: bool,
}

/// How large text is, against what the browser shows by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextSize {
    /// As the browser has it.
    #[default]
    Normal,
    /// An eighth larger.
    Large,
    /// A good quarter larger.
    Largest,
}

impl TextSize {
    /// The next size, after the largest the normal one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Largest,
            Self::Largest => Self::Normal,
        }
    }

    /// The word for it in styles and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    /// The size of that word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Normal, Self::Large, Self::Largest].into_iter().find(|size| size.word() == word)
    }
}

/// Something that happened.
///
/// Not to be copied: a kit's program would carry how every message of the desk is copied.
#[derive(Debug)]
pub enum Msg {
    /// The person chose a language.
    LanguageChosen(Language),
    /// The person chose a language of the form, by its code.
    FormLanguageChosen(String),
    /// There is room for a whole section on one page, or not.
    WidthChanged(bool),
    /// The form that is tried out is to be shown as on a computer, or as on a phone.
    PreviewWidthChosen(bool),
    /// The person asked for another text size.
    TextSizeAsked,
    /// The address changed: a link, or the browser's own back and forward.
    RouteChanged(Route),
    /// The person's own picture is wanted as a file.
    OwnPictureAsked,
    /// A part of the page is wanted on paper, by its id.
    PrintAsked(&'static str),
    /// A newer version of the served site is on this device.
    UpdateFound,
    /// The person wants the newer version.
    UpdateAsked,
    /// Something happened while answering.
    Kit(KitMsg),
    /// Something happened at the desk.
    Desk(DeskMsg),
}

impl From<KitMsg> for Msg {
    fn from(msg: KitMsg) -> Self {
        Self::Kit(msg)
    }
}

impl From<DeskMsg> for Msg {
    fn from(msg: DeskMsg) -> Self {
        Self::Desk(msg)
    }
}

/// Something the shell is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Show this route in the address; a new entry of the history unless it replaces the last.
    Navigate {
        /// Where to.
        route: Route,
        /// True when "back" must not return to where one was.
        replace: bool,
    },
    /// Start the new screen at its top, with its heading read out.
    ShowFromTop,
    /// Bring the first field that is marked as faulty into view and focus.
    ShowFirstFault,
    /// Remember language and text size for the next visit.
    KeepPreferences(Language, TextSize),
    /// Read all drafts from storage; answered by [`KitMsg::DraftsLoaded`].
    LoadDrafts,
    /// Store a draft; answered by [`KitMsg::DraftSaved`].
    SaveDraft(Box<Draft>),
    /// Delete a draft and what was handed in of it; answered by [`KitMsg::DraftDeleted`] or
    /// [`KitMsg::DraftNotDeleted`].
    DeleteDraft(String),
    /// Keep the form that a draft was begun with, so that it opens with it later.
    KeepForm,
    /// Keep the sheets of a form that came with a draft.
    KeepSheets(Box<FormSheets>),
    /// Look for a form that a draft was made with; answered by [`KitMsg::FormFound`].
    FindForm {
        /// The form's name.
        id: String,
        /// Its version.
        version: String,
    },
    /// Give the person a file by the device's own ways of sending, else as a download.
    Share {
        /// The file's name.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// Put a text into the clipboard; answered by [`KitMsg::TextCopied`].
    CopyText(String),
    /// Give the person a file.
    Download {
        /// The file's name.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// Give the person a drawing as a picture that phones open.
    DownloadPicture {
        /// The file's name.
        name: String,
        /// The drawing, as SVG.
        svg: String,
    },
    /// Print a part of the page, by its id.
    Print(&'static str),
    /// Load the page anew, in the newer version.
    TakeUpdate,
    /// Read the desk's campaigns from storage; answered by [`DeskMsg::CampaignsLoaded`].
    LoadCampaigns,
    /// Store a campaign; answered by [`DeskMsg::CampaignKept`].
    KeepCampaign(Box<CampaignFile>),
    /// Delete a campaign, by id, and every response to it.
    ForgetCampaign(String),
    /// Give the person a copy of this page that carries a campaign; answered by
    /// [`DeskMsg::KitWritten`].
    WriteKit {
        /// The file's name.
        name: String,
        /// What the page is called.
        title: String,
        /// The campaign as text.
        campaign: String,
        /// True where it must be able to encrypt.
        encrypts: bool,
    },
    /// Ask the worker; it answers by [`DeskMsg::Replied`].
    Ask(Request),
    /// Send the files that the person has just chosen to the worker.
    SendFiles(Request),
    /// Remember when a backup was made.
    KeepBackupTime(Timestamp),
    /// Delete everything that is stored on this device.
    DeleteEverything,
    /// Send the frame of the camera that is held to the worker, see [`Request::Scan`].
    SendFrame {
        /// Where what comes of it is from.
        source: String,
        /// True for the first frame since the camera was started.
        is_first: bool,
    },
}

/// What only the shell knows, taken at the moment of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The time.
    pub now: Timestamp,
    /// By how many minutes this device's clock is ahead of UTC.
    pub utc_offset: i16,
    /// A UUID v4 that was never used before.
    pub fresh_id: String,
}

impl Model {
    /// The bare page as it opens, with the form that it asks outside of any campaign.
    pub fn new(form: Rc<Form>, language: Language, text_size: TextSize, route: Route) -> Self {
        let kit = Kit::new(Rc::clone(&form), Rc::default(), language.code());
        let desk = Rc::new(Desk::new(form));
        Self {
            language,
            text_size,
            route,
            kit,
            desk,
            preview: None,
            is_kit: false,
            fault: None,
            has_update: false,
        }
    }

    /// The page as it opens where it carries a campaign, which asks this form.
    #[must_use]
    pub fn of_campaign(mut self, campaign: Campaign) -> Self {
        self.kit.campaign = Rc::new(campaign);
        self.is_kit = true;
        self
    }

    /// What to do first.
    pub fn start(&mut self) -> Vec<Effect> {
        self.start_in::<true>()
    }

    /// As [`Self::start`], for a program that is built with the desk or, as in kits, without it.
    pub fn start_in<const DESK: bool>(&mut self) -> Vec<Effect> {
        let route = self.route.clone();
        let mut effects = vec![Effect::LoadDrafts];
        effects.extend(self.open::<DESK>(&route));
        effects
    }

    /// Takes a message in, and says what is to be done.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Vec<Effect> {
        self.update_in::<true>(msg, facts)
    }

    /// As [`Self::update`], for a program that is built with the desk or without it.
    pub fn update_in<const DESK: bool>(&mut self, msg: Msg, facts: &Facts) -> Vec<Effect> {
        match msg {
            Msg::LanguageChosen(language) => {
                self.language = language;
                self.ask_in(language.code());
                vec![Effect::KeepPreferences(self.language, self.text_size)]
            }
            Msg::FormLanguageChosen(code) => {
                self.ask_in(&code);
                match Language::ALL.into_iter().find(|language| language.code() == code) {
                    Some(language) => self.update_in::<DESK>(Msg::LanguageChosen(language), facts),
                    None => Vec::new(),
                }
            }
            Msg::WidthChanged(is_wide) => {
                self.kit.set_wide(is_wide);
                Vec::new()
            }
            Msg::PreviewWidthChosen(is_wide) => {
                self.preview.iter_mut().for_each(|preview| preview.set_wide(is_wide));
                Vec::new()
            }
            Msg::TextSizeAsked => {
                self.text_size = self.text_size.next();
                vec![Effect::KeepPreferences(self.language, self.text_size)]
            }
            Msg::RouteChanged(route) if route == self.route => Vec::new(),
            Msg::RouteChanged(route) => self.open::<DESK>(&route),
            Msg::OwnPictureAsked => {
                self.open_kit().own_picture_file(self.language).into_iter().collect()
            }
            Msg::PrintAsked(part) => vec![Effect::Print(part)],
            Msg::UpdateFound => {
                self.has_update = true;
                Vec::new()
            }
            Msg::UpdateAsked => vec![Effect::TakeUpdate],
            Msg::Kit(msg) => match (&self.route, &mut self.preview) {
                // Storage answers while a form is tried out, too.
                (Route::Preview(place), Some(preview)) if DESK && msg.is_of_a_person() => {
                    let (mut effects, mut next) = preview.update(msg, Some(place), facts);
                    // Nothing is kept, so there is nothing to wait for.
                    let mut waiting: VecDeque<Effect> = effects.iter().cloned().collect();
                    while let Some(effect) = waiting.pop_front() {
                        let done = match effect {
                            Effect::SaveDraft(draft) => {
                                let (root, at) = (draft.root, Some(facts.now));
                                KitMsg::DraftSaved { root, at }
                            }
                            Effect::DeleteDraft(root) => KitMsg::DraftDeleted(root),
                            Effect::Ask(Request::Encrypt { root, revision, .. }) => {
                                KitMsg::Encrypted { root, revision, text: String::new() }
                            }
                            _ => continue,
                        };
                        let (more, then) = preview.update(done, Some(place), facts);
                        waiting.extend(more);
                        next = then.or(next);
                    }
                    effects.retain(|effect| *effect == Effect::ShowFirstFault);
                    self.follow(effects, next.map(Route::Preview))
                }
                (route, _) => {
                    let (effects, place) = self.kit.update(msg, route.place(), facts);
                    self.follow(effects, place.map(Route::Answer))
                }
            },
            Msg::Desk(DeskMsg::Safety(SafetyMsg::Deleted(Some(deleted)))) if DESK => {
                self.kit.forget_everything();
                let msg = DeskMsg::Safety(SafetyMsg::Deleted(Some(deleted)));
                Rc::make_mut(&mut self.desk).update(msg, self.language, facts)
            }
            Msg::Desk(DeskMsg::Replied(Reply::Encrypted { root, revision, text })) => {
                let msg = match text {
                    Some(text) => KitMsg::Encrypted { root, revision, text },
                    None => KitMsg::NotEncrypted,
                };
                let (effects, place) = self.kit.update(msg, self.route.place(), facts);
                self.follow(effects, place.map(Route::Answer))
            }
            Msg::Desk(msg) => {
                let has_failed = matches!(msg, DeskMsg::Replied(Reply::Failed(_)));
                let mut effects = if DESK {
                    Rc::make_mut(&mut self.desk).update(msg, self.language, facts)
                } else {
                    Vec::new()
                };
                if has_failed {
                    let (undone, place) = self.kit.not_sealed();
                    effects.extend(self.follow(undone, place.map(Route::Answer)));
                }
                // Another form may have been opened meanwhile.
                let preview = self.preview.as_ref();
                if preview.is_some_and(|preview| !Rc::ptr_eq(preview.form(), &self.desk.form)) {
                    self.preview = None;
                    if let Route::Preview(_) = self.route {
                        effects.extend(self.open::<DESK>(&Route::Preview(Place::Welcome)));
                    }
                }
                effects.extend(self.say_filter());
                effects
            }
        }
    }

    /// The address says which responses are looked at.
    fn say_filter(&mut self) -> Option<Effect> {
        let Route::Desk(step, said) = &self.route else { return None };
        let filter = &self.desk.review.filter;
        if !step.is_filtered() || said == filter {
            return None;
        }
        self.route = Route::desk_of(*step, filter);
        Some(Effect::Navigate { route: self.route.clone(), replace: true })
    }

    /// What is answered on the page that is open: the form, or its preview.
    pub fn open_kit(&self) -> &Kit {
        match (&self.route, &self.preview) {
            (Route::Preview(_), Some(preview)) => preview,
            _ => &self.kit,
        }
    }

    fn ask_in(&mut self, words: &str) {
        self.kit.set_words(words);
        if let Some(preview) = &mut self.preview {
            preview.set_words(words);
        }
    }

    /// Opens a route that the address asks for, or the nearest one that can be shown.
    fn open<const DESK: bool>(&mut self, route: &Route) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.kit.left();
        if DESK {
            let desk = Rc::make_mut(&mut self.desk);
            desk.left();
            desk.notice = None;
        }
        self.kit.notice = None;
        self.route = match route {
            // A kit has no other pages.
            Route::Home | Route::Desk(..) | Route::Preview(_) | Route::Paper
                if self.is_kit || !DESK =>
            {
                Route::Answer(Place::Welcome)
            }
            Route::Answer(place) => Route::Answer(self.kit.nearest(place)),
            Route::Preview(place) => {
                let preview = self.preview.get_or_insert_with(|| {
                    let campaign = Rc::new(self.desk.file.campaign.clone());
                    let form = Rc::clone(&self.desk.form);
                    Kit::without_drafts(form, campaign, self.language.code())
                });
                preview.left();
                Route::Preview(preview.nearest(place))
            }
            Route::Home | Route::Desk(..) | Route::Paper => route.clone(),
        };
        if self.route != *route {
            effects.push(Effect::Navigate { route: self.route.clone(), replace: true });
        }
        match &self.route {
            Route::Desk(step, filter) if DESK => {
                let desk = Rc::make_mut(&mut self.desk);
                effects.extend(desk.opened(*step, filter, self.language));
            }
            Route::Preview(_) | Route::Paper if DESK => {
                let desk = Rc::make_mut(&mut self.desk);
                effects.extend(desk.opened(Step::Form, &Filter::default(), self.language));
            }
            _ => {}
        }
        effects.push(Effect::ShowFromTop);
        effects
    }

    fn follow(&mut self, mut effects: Vec<Effect>, route: Option<Route>) -> Vec<Effect> {
        if let Some(route) = route.filter(|route| *route != self.route) {
            self.route = route.clone();
            effects.push(Effect::Navigate { route, replace: false });
            effects.push(Effect::ShowFromTop);
        }
        effects
    }
}
