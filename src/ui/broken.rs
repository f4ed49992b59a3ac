//! Where the page carries a campaign that cannot be used.

use yew::prelude::*;

use super::PageProps;
use super::part::{Icon, IconName, TopBar, UpdateOffer};
use crate::app::campaign_file::CampaignFault;
use crate::text::Language;

/// What is wrong, and whom to ask.
#[component]
pub(super) fn Broken(page: &PageProps) -> Html {
    let t = page.model.language;
    html! {
        <div class="page">
            <TopBar page={page.clone()} />
            <main>
                <UpdateOffer ..page.clone() />
                <h1 tabindex="-1">{ t.broken_title() }</h1>
                if let Some(fault) = &page.model.fault {
                    <p class="warning" id="broken" role="alert">
                        <Icon name={IconName::Warning} />{ in_words(t, fault) }
                    </p>
                }
                <p>{ t.broken_what_to_do() }</p>
            </main>
        </div>
    }
}

/// Why a campaign cannot be used.
pub(super) fn in_words(t: Language, fault: &CampaignFault) -> String {
    match fault {
        CampaignFault::Damaged => t.campaign_damaged().to_owned(),
        CampaignFault::Newer(version) => t.campaign_newer(version),
        CampaignFault::Form(faults) => {
            let first = faults.first().map(|fault| t.form_problem(fault)).unwrap_or_default();
            t.campaign_form_faulty(&first)
        }
    }
}
