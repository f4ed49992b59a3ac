//! What was changed at the desk, and the versions of the form that responses answer.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::who_in_words;
use crate::app::desk::export::ExportMsg;
use crate::app::protocol::{Export, LogLine};
use crate::browser::clock::local_day_and_time;
use crate::domain::versions::VersionUse;
use crate::formats::table::Profile;

/// Every line of the log, the newest first, and the versions.
#[component]
pub(super) fn LogStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let shown = model.desk.review.log.get().map(|log| {
        let (lines, versions) = &**log;
        html! { <>{ lines_view(page, lines) }{ versions_view(page, versions) }</> }
    });
    let export = sends(send, ExportMsg::FileAsked(Export::Changes, Profile::Excel));
    html! {
        <>
            <h1 tabindex="-1">{ t.log_title() }</h1>
            <p class="lead">{ t.log_lead() }</p>
            <div class="bar"><Button id="log-file" on_press={export}>{ t.for_excel() }</Button></div>
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

fn lines_view(page: &PageProps, lines: &[LogLine]) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    if lines.is_empty() {
        return html! { <p id="log-none">{ t.log_none() }</p> };
    }
    let rows = lines.iter().rev().map(|LogLine { entry, who, taken_back }| {
        let names: Vec<String> = who.iter().map(|who| who_in_words(t, form, who).0).collect();
        let receipt = |root: &str| {
            let one = who.iter().find(|who| who.root == root);
            one.map_or(String::new(), |who| who.receipt.clone())
        };
        html! {
            <tr key={entry.id.clone()} data-taken-back={taken_back.is_some().to_string()}>
                <td class="num">{ local_day_and_time(entry.at) }</td>
                <td>{ names.join(" – ") }</td>
                <td>
                    { t.change(form, &entry.change, receipt) }
                    if let Some(at) = taken_back {
                        <small class="muted">{ t.log_taken_back(&local_day_and_time(*at)) }</small>
                    }
                </td>
                <td>{ &entry.why }</td>
            </tr>
        }
    });
    html! {
        <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.log_title()}>
            <table class="plain" id="log">
                <thead><tr>
                    { for [t.log_when(), t.log_who(), t.log_what(), t.log_why()].map(|head| html! {
                        <th scope="col">{ head }</th> }) }
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn versions_view(page: &PageProps, versions: &[VersionUse]) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    if versions.is_empty() {
        return Html::default();
    }
    let rows = versions.iter().map(|version| {
        let name = if version.is_current {
            t.versions_current(&version.version)
        } else {
            version.version.clone()
        };
        let further: Vec<String> = version
            .further
            .iter()
            .map(|(question, count)| t.versions_question(question, &t.count(*count)))
            .collect();
        let unanswered: Vec<String> =
            version.unanswered.iter().map(|question| t.question_label(form, question)).collect();
        html! {
            <tr key={version.version.clone()}>
                <th scope="row">{ name }</th>
                <td class="num">{ t.count(version.responses) }</td>
                <td>{ further.join(", ") }</td>
                <td>{ unanswered.join("; ") }</td>
            </tr>
        }
    });
    let heads = [
        t.versions_version(),
        t.versions_responses(),
        t.versions_further(),
        t.versions_unanswered(),
    ];
    html! {
        <section class="part" id="versions">
            <h2>{ t.versions_title() }</h2>
            <p class="muted">{ t.versions_lead() }</p>
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.versions_title()}>
                <table class="plain">
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}
