//! What the page opens with: the campaign of a kit or a link, else the bare page's own form.

use std::rc::Rc;

use crate::app::campaign_file::{CampaignFault, CampaignFile};
use crate::app::protocol::FormSheets;
use crate::browser::{address, carried, clock};
use crate::domain::campaign::Campaign;
use crate::domain::form::Form;
use crate::forms::BuiltIn;

/// What the page opens with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opening {
    /// The campaign, with its form's sheets in full; on the bare page one that says nothing.
    pub(super) file: CampaignFile,
    /// Its form.
    pub(super) form: Rc<Form>,
    /// True where the page carries a campaign.
    pub(super) is_kit: bool,
    /// Why the campaign that the page carries cannot be used.
    pub(super) fault: Option<CampaignFault>,
}

impl Opening {
    /// Reads what the page carries.
    pub(super) async fn find() -> Self {
        let carried = carried::campaign().or_else(address::take_campaign);
        let is_kit = carried.is_some();
        let read = match carried {
            Some(text) => CampaignFile::from_text(&text),
            None => Ok(bare()),
        };
        match read {
            Ok(file) => Self::with(file, is_kit).await,
            Err(fault) => Self::broken(fault, is_kit),
        }
    }

    async fn with(mut file: CampaignFile, is_kit: bool) -> Self {
        if let Some(form) = file.sheets.to_look_up() {
            // Where they cannot be had, the form has a fault: it lacks its sheets.
            let sheets = carried::sheets(form).await.unwrap_or_default();
            let texts = || sheets.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            file.sheets = file.sheets.in_full(|_| texts().collect());
        }
        match file.form() {
            Ok(read) => Self { form: Rc::new(read.form), file, is_kit, fault: None },
            Err(faults) => Self::broken(CampaignFault::Form(faults), is_kit),
        }
    }

    fn broken(fault: CampaignFault, is_kit: bool) -> Self {
        Self { file: bare(), form: Rc::default(), is_kit, fault: Some(fault) }
    }
}

fn bare() -> CampaignFile {
    let needs = FormSheets::built_in(BuiltIn::Needs);
    CampaignFile::new(Campaign::default(), needs, clock::now())
}
