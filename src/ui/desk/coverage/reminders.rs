//! Whom to remind, as a text to paste and as a file.

use yew::prelude::*;

use crate::app::desk::export::ExportMsg;
use crate::app::protocol::Export;
use crate::browser::handing_over;
use crate::formats::table::Profile;
use crate::ui::PageProps;
use crate::ui::part::Button;
use crate::ui::sends;

/// The list of those who are missing.
#[component]
pub(super) fn Reminders(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let copied = use_state(|| None::<bool>);
    let Some(covered) = desk.review.coverage.get() else { return Html::default() };
    let coverage = &covered.0;
    let text = coverage.reminder_text(&desk.form, &desk.file.campaign.roster, t.code());
    if text.is_empty() {
        return html! {
            <section class="part" id="reminders">
                <h2>{ t.reminder_title() }</h2><p>{ t.reminder_none() }</p>
            </section>
        };
    }
    let on_copy = {
        let (text, copied) = (text.clone(), copied.clone());
        Callback::from(move |()| {
            let copied = copied.clone();
            handing_over::copy(text.clone(), move |done| copied.set(Some(done)));
        })
    };
    let (units, people) = (coverage.reminders().len(), coverage.total().missing());
    html! {
        <section class="part" id="reminders">
            <h2>{ t.reminder_title() }</h2>
            <p class="muted">{ t.reminder_lead(&t.count(units), &t.number(people as f64, 0)) }</p>
            <div class="bar">
                <Button id="copy-reminders" on_press={on_copy}>{ t.reminder_copy() }</Button>
                <Button id="file-reminders"
                    on_press={sends(send, ExportMsg::FileAsked(Export::Reminders, Profile::Excel))}>
                    { t.reminder_file() }</Button>
                if let Some(done) = *copied {
                    <span role="status">{ if done { t.copied() } else { t.not_copied() } }</span>
                }
            </div>
            <textarea class="field reminder-text" id="reminder-text" readonly=true rows="8"
                aria-label={t.reminder_text()} value={text} />
        </section>
    }
}
