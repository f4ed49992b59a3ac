//! Everything read back before it is handed in.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, ButtonKind, TopBar};
use super::super::question::fault_in_words;
use super::super::sends;
use super::notice_in_words;
use super::saved_line::SavedLine;
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::field::Field;
use crate::domain::filled::{Filled, Screen};
use crate::domain::form::{Item, SEPARATOR_IN_WORDS};

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
    let mut sections: Vec<Option<usize>> = Vec::new();
    for screen in &screens {
        if !sections.contains(&screen.section) {
            sections.push(screen.section);
        }
    }
    let sections = sections.iter().map(|section| {
        let screens: Vec<&Screen> = screens.iter().filter(|s| s.section == *section).collect();
        section_view(page, filled, *section, &screens)
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

/// The field's label; of a rating, the competency before it; in a repeat, which one it is.
fn label_in_full(filled: &Filled, field: &Field) -> String {
    let form = filled.form();
    let (group, label) = match field.item {
        Item::Question(position) => match form.questions().get(position) {
            Some(question) => (question.group, &question.label),
            None => return String::new(),
        },
        Item::Group(position) => match form.groups().get(position) {
            Some(group) => (group.parent, &group.label),
            None => return String::new(),
        },
    };
    let mut label = filled.text(label, field).into_owned();
    let group = group.and_then(|group| form.groups().get(group));
    if let Some(group) = group.filter(|group| group.is_on_one_screen()) {
        label = format!("{} · {label}", filled.text(&group.label, field));
    }
    match field.instance.numbers().last() {
        Some(number) => format!("{number} · {label}"),
        None => label,
    }
}

fn section_view(
    page: &PageProps,
    filled: &Filled,
    section: Option<usize>,
    screens: &[&Screen],
) -> Html {
    let (t, form) = (page.model.language, filled.form());
    let fields = screens.iter().flat_map(|screen| &screen.fields);
    let is_answered =
        |field: &&Field| field.question(form).is_none_or(|question| question.kind.is_answered());
    let fields: Vec<&Field> = fields.filter(is_answered).collect();
    if fields.is_empty() {
        return Html::default();
    }
    let answered = fields.iter().filter(|field| !filled.value(&field.key).is_empty()).count();
    let label = section.and_then(|section| form.groups().get(section));
    let lines = fields.iter().map(|field| {
        let value = filled.value(&field.key);
        let words = match field.question(form) {
            _ if value.is_empty() => t.no_answer().to_owned(),
            Some(question) => form
                .answer_in_words(question, value, filled.language())
                .replace(SEPARATOR_IN_WORDS, "; "),
            None => t.instances_in_all(&value),
        };
        html! {
            <li>
                <button type="button" id={format!("review-{}", field.key)} class="line"
                    onclick={to_question(page, &field.key)}>
                    <span class="muted">{ label_in_full(filled, field) }</span>
                    <span class={if value.is_empty() { "muted" } else { "answer" }}>{ words }</span>
                </button>
            </li>
        }
    });
    html! {
        <details class="review-section">
            <summary>
                <span>{ label.map_or(t.other_questions(), |group| group.label.get(filled.language())) }</span>
                <span class="num muted">{ t.answered_of(&answered, &fields.len()) }</span>
            </summary>
            <ul>{ for lines }</ul>
        </details>
    }
}
