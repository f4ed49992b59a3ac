//! Everything that was found in one document.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, drawn};
use super::super::sends;
use super::filter_bar::FilterBar;
use crate::app::Msg;
use crate::app::desk::DeskMsg;

/// Where the document stands in the page.
const DOCUMENT: &str = "report-document";

/// The report, to be read, printed and kept.
#[component]
pub(super) fn ReportStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let filter = desk.filter_in_words(t);
    let courses = desk.plan.courses(&desk.form, t);
    let shown = desk.report(filter.as_deref(), &courses, t).map(|report| {
        html! {
            <>
                <div class="bar">
                    <Button id="report-print" kind={ButtonKind::Primary}
                        on_press={send.reform(|()| Msg::PrintAsked(DOCUMENT))}>{ t.report_print() }</Button>
                    <Button id="report-save" on_press={sends(send, DeskMsg::ReportAsked)}>
                        { t.report_save() }</Button>
                </div>
                <div id={DOCUMENT} class="card report-sheet">{ drawn(&report.article()) }</div>
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.step_report() }</h1>
            <p class="lead">{ t.report_step_lead() }</p>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}
