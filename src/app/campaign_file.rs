//! A campaign with its form, as one thing: what the desk keeps, a campaign file holds and a kit or
//! a link carries.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::protocol::FormSheets;
use crate::domain::campaign::Campaign;
use crate::domain::form::{Form, Role};
use crate::domain::problem::FormProblem;
use crate::domain::timestamp::Timestamp;
use crate::formats::packed_text;
use crate::formats::xlsform::XlsForm;

/// The version of this product, as a campaign file says who made it.
pub const PRODUCT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// How campaign files are written; a higher number is one that this version cannot read.
const FORMAT: u32 = 1;

/// A campaign with its form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CampaignFile {
    /// How it is written.
    #[serde(rename = "phieu-xa")]
    format: u32,
    /// The version of the product that wrote it.
    pub made_by: String,
    /// When it was changed or opened last.
    pub touched: Timestamp,
    /// The campaign.
    pub campaign: Campaign,
    /// The form it is made of, before it is tailored.
    pub sheets: FormSheets,
    /// How tables of other programs were read, each as the text of its file: kits, which carry
    /// none, need not know how these are read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipes: Vec<String>,
    /// What is decided of the class plan, as JSON, for the same reason; empty where nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    /// What the desk is called where its tallies go; empty where the campaign was begun, which is
    /// called after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub desk: String,
}

/// Why a campaign file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignFault {
    /// It is no campaign file, or it was cut or changed on its way.
    Damaged,
    /// A newer version of the product made it: that version.
    Newer(String),
    /// Its form has faults, so it was changed by hand.
    Form(Vec<FormProblem>),
}

impl CampaignFile {
    /// A campaign that asks this form.
    pub fn new(campaign: Campaign, sheets: FormSheets, now: Timestamp) -> Self {
        let made_by = PRODUCT_VERSION.to_owned();
        let (recipes, plan, desk) = Default::default();
        Self { format: FORMAT, made_by, touched: now, campaign, sheets, recipes, plan, desk }
    }

    /// What the desk is called where its tallies go.
    pub fn desk(&self) -> &str {
        if self.desk.is_empty() { &self.campaign.id } else { &self.desk }
    }

    /// Reads what [`CampaignFile::to_json`] writes.
    ///
    /// # Errors
    /// Where it is no campaign file, or one of a newer version.
    pub fn from_json(bytes: &[u8]) -> Result<Self, CampaignFault> {
        /// What every version says of itself.
        #[derive(Deserialize)]
        struct Heading {
            #[serde(rename = "phieu-xa")]
            format: u32,
            made_by: String,
        }
        let heading: Heading = serde_json::from_slice(bytes).map_err(|_| CampaignFault::Damaged)?;
        if heading.format > FORMAT {
            return Err(CampaignFault::Newer(heading.made_by));
        }
        serde_json::from_slice(bytes).map_err(|_| CampaignFault::Damaged)
    }

    /// As a file.
    pub fn to_json(&self) -> Vec<u8> {
        // It has no map whose keys are not texts, so it can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`CampaignFile::to_text`] writes.
    ///
    /// # Errors
    /// Where it was cut or changed, or is of a newer version.
    pub fn from_text(text: &str) -> Result<Self, CampaignFault> {
        Self::from_json(&packed_text::unpack(text).ok_or(CampaignFault::Damaged)?)
    }

    /// As a text that pages and links carry.
    pub fn to_text(&self) -> String {
        packed_text::pack(&self.to_json())
    }

    /// As it goes out to those who answer: with the names of its units, not with their numbers of
    /// people, and with no other units.
    #[must_use]
    pub fn for_respondents(mut self) -> Self {
        self.recipes.clear();
        self.plan.clear();
        self.desk.clear();
        self.campaign.roster = Rc::new(self.campaign.roster.units_only());
        self.campaign.evaluation = None;
        let form = self.sheets.read().map(|read| read.form).unwrap_or_default();
        let unit_list = form.with_role(Role::Unit).and_then(|unit| unit.kind.list());
        if let Some(list) = unit_list.filter(|_| !self.campaign.roster.units.is_empty()) {
            let units = self.campaign.roster.units.iter().map(|unit| unit.code.trim()).collect();
            self.sheets = self.sheets.keep_choices(list, &units);
        }
        self
    }

    /// Reads the form and tailors it. The sheets must be there in full.
    ///
    /// # Errors
    /// The faults of its sheets.
    pub fn form(&self) -> Result<XlsForm, Vec<FormProblem>> {
        let mut read = self.sheets.read()?;
        read.form = self.campaign.tailor(read.form);
        Ok(read)
    }

    /// The form by which responses are read at the desk: that of the respondents, and the units
    /// that it does not offer.
    ///
    /// # Errors
    /// The faults of its sheets.
    pub fn form_at_desk(&self) -> Result<Form, Vec<FormProblem>> {
        let untailored = self.sheets.read()?.form;
        let mut form = self.campaign.tailor(untailored.clone());
        Campaign::know_other_units(&mut form, &untailored);
        Ok(form)
    }
}
