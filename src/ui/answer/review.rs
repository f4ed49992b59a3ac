//! Everything read back before it is handed in.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::read_back::{SectionRead, label_in_full, read_back};
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::question::fault_in_words;
use super::super::sends;
use super::notice_in_words;
use super::saved_line::SavedLine;
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::filled::Screen;

/// All sections folded, what is missing on top, each line a way to its question and back.
#[component]
pub(super) fn Review(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let (Some(filling), Some(filled)) = (&kit.filling, kit.filled()) else {
        return Html::default();
    };
    let screens: Vec<Screen> = kit.pages().into_iter().flat_map(|page| page.screens).collect();
    let faulty: Vec<_> = screens.iter().flat_map(|screen| filled.faults(screen)).collect();
    let missing = faulty.iter().map(|(field, fault)| {
        let fault = fault_in_words(t, filled, field, fault);
        html! {
            <li>
                <button type="button" id={format!("missing-{}", field.key)} class="line"
                    onclick={to_question(page, &field.key)}>
                    <span>{ label_in_full(filled, field) }</span>
                    <span class="fault">{ fault }</span>
                </button>
            </li>
        }
    });
    let sections = read_back(t, filled, &screens);
    let sections = sections.iter().map(|section| section_view(page, section));
    let revision = filling.draft.revision;
    html! {
        <div class="screen">
            <TopBar page={page.clone()} />
            <main>
                <h1 tabindex="-1">{ t.review_title() }</h1>
                if revision > 1 {
                    <section class="draft">
                        <p>{ t.review_revision(&revision) }</p>
                        <Button id="give-up-reopening" kind={ButtonKind::Quiet}
                            on_press={sends(send, KitMsg::ReopeningGivenUp)}>{ t.give_up_reopening() }</Button>
                    </section>
                }
                if faulty.is_empty() {
                    <p class="lead">{ t.review_lead() }</p>
                } else {
                    <section class="missing" data-faulty="true">
                        <h2>{ t.review_missing(&faulty.len()) }</h2>
                        <ul>{ for missing }</ul>
                    </section>
                }
                { for sections }
                if let Some(notice) = kit.notice {
                    <p id="notice" class="notice" role="alert">{ notice_in_words(t, notice) }</p>
                }
                if kit.encrypts() && kit.is_handing_in() {
                    <p id="encrypting" class="muted" role="status">{ t.encrypting() }</p>
                }
            </main>
            <footer>
                <div class="way">
                    <Button id="back" on_press={sends(send, KitMsg::BackAsked)}>{ t.back() }</Button>
                    <Button id="hand-in" kind={ButtonKind::Primary} disabled={!faulty.is_empty()}
                        on_press={sends(send, KitMsg::HandInAsked)}>{ t.hand_in() }</Button>
                </div>
                <SavedLine ..page.clone() />
            </footer>
        </div>
    }
}

fn to_question(page: &PageProps, name: &str) -> Callback<MouseEvent> {
    let name = name.to_owned();
    page.send.reform(move |_| Msg::Kit(KitMsg::ReviewLineChosen(name.clone())))
}

fn section_view(page: &PageProps, section: &SectionRead) -> Html {
    let t = page.model.language;
    let lines = section.lines.iter().map(|line| {
        let (class, words) = match &line.words {
            Some(words) => ("answer", words.as_str()),
            None => ("muted", t.no_answer()),
        };
        html! {
            <li>
                <button type="button" id={format!("review-{}", line.key)} class="line"
                    onclick={to_question(page, &line.key)}>
                    <span class="muted">{ &line.label }</span>
                    <span {class}>{ words.to_owned() }</span>
                </button>
            </li>
        }
    });
    html! {
        <details class="review-section">
            <summary>
                <span>{ &section.title }</span>
                <span class="num muted">{ t.answered_of(&section.answered(), &section.lines.len()) }</span>
            </summary>
            <ul>{ for lines }</ul>
        </details>
    }
}
