//! What was handed in, as it goes on paper.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::read_back::{LineRead, read_back};
use crate::browser::clock::local_day_and_time;
use crate::domain::filled::Filled;

/// Where the answers stand in the receipt, unseen until they are printed.
pub(super) const OWN_ANSWERS: &str = "own-answers";

/// The answers of the receipt's response, with its code and time; nothing where they were
/// encrypted and are no longer here.
#[component]
pub(super) fn OwnAnswers(page: &PageProps) -> Html {
    let (t, kit) = (page.model.language, page.model.open_kit());
    let Some((filled, response)) = kit.filled().zip(kit.handed_in()) else {
        return Html::default();
    };
    let sections = read_back(t, filled, &Filled::screens(filled)).into_iter().map(|section| {
        let lines = section.lines.into_iter().map(|LineRead { label, words, .. }| {
            let words = words.unwrap_or_else(|| t.no_answer().to_owned());
            html! { <div><dt>{ label }</dt><dd>{ words }</dd></div> }
        });
        html! { <section><h3>{ section.title }</h3><dl>{ for lines }</dl></section> }
    });
    let when = response.submitted.map_or(String::new(), local_day_and_time);
    html! {
        <section id={OWN_ANSWERS} class="own-answers">
            <h2>{ kit.form().title.get(&kit.words) }</h2>
            <p>{ t.printed_receipt(&response.receipt(), &when, &response.revision) }</p>
            { for sections }
        </section>
    }
}
