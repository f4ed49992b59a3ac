//! Everything read back before it is handed in.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::sends;
use super::saved_line::SavedLine;
use crate::app::Msg;
use crate::app::kit::{KitMsg, faults};
use crate::domain::filled::{AnswerFault, Filled, Screen};
use crate::domain::form::SEPARATOR_IN_WORDS;

/// All sections folded, what is missing on top, each line a way to its question and back.
#[component]
pub(crate) fn Review(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, &model.kit);
    let (Some(filling), Some(filled)) = (&kit.filling, kit.filled()) else {
        return Html::default();
    };
    let screens = kit.screens(&filled);
    let faulty: Vec<_> = screens.iter().flat_map(|screen| faults(&filled, screen)).collect();
    let missing = faulty.iter().map(|(position, fault)| fault_line(page, *position, fault));
    let mut sections: Vec<Option<usize>> = screens.iter().map(|screen| screen.section).collect();
    sections.dedup();
    let sections = sections.iter().map(|section| {
        let screens: Vec<&Screen> = screens.iter().filter(|s| s.section == *section).collect();
        section_view(page, &filled, *section, &screens)
    });
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
            </main>
            <footer>
                <div class="way">
                    <Button id="back" on_press={sends(send, KitMsg::BackAsked)}>{ t.back() }</Button>
                    <Button id="hand-in" kind={ButtonKind::Primary} disabled={!faulty.is_empty()}
                        on_press={sends(send, KitMsg::HandInAsked)}>{ t.hand_in() }</Button>
                </div>
                <SavedLine {t} saving={filling.saving} />
            </footer>
        </div>
    }
}

fn to_question(page: &PageProps, name: &str) -> Callback<MouseEvent> {
    let name = name.to_owned();
    page.send.reform(move |_| Msg::Kit(KitMsg::ReviewLineChosen(name.clone())))
}

fn fault_line(page: &PageProps, position: usize, fault: &AnswerFault) -> Html {
    let (t, form) = (page.model.language, &page.model.kit.form);
    let Some(question) = form.questions().get(position) else { return Html::default() };
    html! {
        <li>
            <button type="button" id={format!("missing-{}", question.name)} class="line"
                onclick={to_question(page, &question.name)}>
                <span>{ label_in_full(page, position) }</span>
                <span class="fault">{ t.answer_fault(question, fault) }</span>
            </button>
        </li>
    }
}

/// The question's label; of a rating, the competency before it.
fn label_in_full(page: &PageProps, position: usize) -> String {
    let (t, form) = (page.model.language, &page.model.kit.form);
    let Some(question) = form.questions().get(position) else { return String::new() };
    let label = question.label.get(t.code());
    match question.group.and_then(|group| form.groups.get(group)) {
        Some(group) if group.on_one_screen => format!("{} · {label}", group.label.get(t.code())),
        _ => label.to_owned(),
    }
}

fn section_view(
    page: &PageProps,
    filled: &Filled<'_>,
    section: Option<usize>,
    screens: &[&Screen],
) -> Html {
    let (t, form) = (page.model.language, &page.model.kit.form);
    let positions = screens.iter().flat_map(|screen| &screen.questions);
    let questions: Vec<_> = positions
        .filter_map(|position| Some((*position, form.questions().get(*position)?)))
        .filter(|(_, question)| question.kind.is_answered())
        .collect();
    if questions.is_empty() {
        return Html::default();
    }
    let answered = questions.iter().filter(|(_, q)| !filled.value(&q.name).is_empty()).count();
    let label = section.and_then(|section| form.groups.get(section));
    let lines = questions.iter().map(|(position, question)| {
        let value = filled.value(&question.name);
        let words =
            form.answer_in_words(question, value, t.code()).replace(SEPARATOR_IN_WORDS, "; ");
        let words = if value.is_empty() { t.no_answer().to_owned() } else { words };
        html! {
            <li>
                <button type="button" id={format!("review-{}", question.name)} class="line"
                    onclick={to_question(page, &question.name)}>
                    <span class="muted">{ label_in_full(page, *position) }</span>
                    <span class={if value.is_empty() { "muted" } else { "answer" }}>{ words }</span>
                </button>
            </li>
        }
    });
    html! {
        <details class="review-section">
            <summary>
                <span>{ label.map_or("", |group| group.label.get(t.code())) }</span>
                <span class="num muted">{ t.answered_of(&answered, &questions.len()) }</span>
            </summary>
            <ul>{ for lines }</ul>
        </details>
    }
}
