//! What the answers are for, and a box that nobody ticks but the person.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::question::{QuestionProps, QuestionView, fault_in_words};
use super::super::sends;
use crate::app::Msg;
use crate::app::kit::{ConsentBox, KitMsg};
use crate::domain::canonical::AnswerFault;
use crate::domain::filled::{Circumstances, Filled};
use rows::answers::Answers;

/// The consent: nothing is kept before it.
#[component]
pub(super) fn Consent(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let Some(consent) = kit.form().consent_question() else { return Html::default() };
    let group = consent.group.and_then(|group| kit.form().groups().get(group));
    let form = std::rc::Rc::clone(kit.form());
    let circumstances = Circumstances { language: kit.words.clone(), ..Circumstances::default() };
    let filled = Filled::new(form, Answers::default(), circumstances);
    let questions = kit.form().questions().iter();
    let notes = questions.filter(|note| note.stands_with(consent) && note.name != consent.name);
    let notes = notes.filter_map(|note| {
        let props = QuestionProps::of(&filled, filled.field(&note.name)?, t, send)?;
        Some(html! { <QuestionView ..props /> })
    });
    let fault = filled
        .field(&consent.name)
        .map(|field| fault_in_words(t, &filled, field, &AnswerFault::Required));
    let is_missed = kit.consent == ConsentBox::Missed;
    let onchange = send.reform(|event: Event| {
        let ticked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|box_| box_.checked());
        Msg::Kit(KitMsg::ConsentTicked(ticked))
    });
    let id = format!("q-{}", consent.name);
    html! {
        <div class="screen">
            <TopBar page={page.clone()} />
            <main>
                <h1 tabindex="-1">{ group.map_or("", |group| group.label.get(&kit.words)) }</h1>
                <Terms ..page.clone() />
                if kit.campaign.consent.trim().is_empty() {
                    <div class="consent-notes">{ for notes }</div>
                } else {
                    <p class="consent-text">{ kit.campaign.consent.trim() }</p>
                }
                <div class="question" data-faulty={is_missed.then_some("true")}>
                    <label class="choice consent">
                        <input type="checkbox" {id} checked={kit.consent == ConsentBox::Ticked} {onchange}
                            aria-describedby={is_missed.then_some("consent-fault")} />
                        <span>{ consent.label.get(&kit.words) }</span>
                    </label>
                    if is_missed {
                        <p class="fault" id="consent-fault" role="alert">
                            { fault }
                        </p>
                    }
                </div>
            </main>
            <footer>
                <div class="way">
                    <Button id="back" on_press={sends(send, KitMsg::BackAsked)}>{ t.back() }</Button>
                    <Button id="next" kind={ButtonKind::Primary}
                        on_press={sends(send, KitMsg::ConsentGiven)}>{ t.next() }</Button>
                </div>
            </footer>
        </div>
    }
}

/// Who asks, whom to turn to, and how long answers are kept: what the campaign says itself.
#[component]
fn Terms(page: &PageProps) -> Html {
    let t = page.model.language;
    let campaign = &page.model.open_kit().campaign;
    let keep_until = t.day(&campaign.keep_until);
    let terms = [
        ("organiser", t.campaign_organiser(), campaign.organiser.trim()),
        ("contact", t.campaign_contact(), campaign.contact.trim()),
        ("purpose", t.campaign_purpose(), campaign.purpose.trim()),
        ("keep-until", t.campaign_keep_until(), &keep_until),
    ];
    let terms: Vec<Html> = terms
        .into_iter()
        .filter(|(_, _, value)| !value.is_empty())
        .map(|(id, name, value)| {
            html! { <><dt>{ name }</dt><dd id={format!("terms-{id}")}>{ value }</dd></> }
        })
        .collect();
    if terms.is_empty() {
        return Html::default();
    }
    html! { <dl class="terms">{ for terms }</dl> }
}
