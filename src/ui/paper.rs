//! The form on paper: all of it in order, with its rules in words and codes beside the choices.

mod choices;
mod question;
mod ratings;

use yew::prelude::*;

use super::PageProps;
use super::part::{Button, ButtonKind, LanguageButton};
use crate::app::route::{Route, Step};
use crate::browser::sight;
use crate::domain::form::Form;
use crate::domain::paper::{Block, Paper, Part};
use crate::text::Language;
use crate::text::rule::{Sentence, Wording};

/// The form in use at the desk, as it is printed.
#[component]
pub(super) fn PaperForm(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let t = model.language;
    let form = &model.desk.form;
    let sheet = use_memo((form.clone(), t), |(form, t)| sheet(form, *t));
    html! {
        <div class="paper">
            <style>{ page_numbers(t) }</style>
            <div class="paper-bar">
                <Button id="paper-print" kind={ButtonKind::Primary}
                    on_press={Callback::from(|()| sight::print("paper"))}>{ t.paper_print() }</Button>
                <a id="paper-back" class="button" href={Route::desk(Step::Form).to_string()}>{ t.back() }</a>
                <LanguageButton {t} {send} />
                <p class="small">{ t.paper_hint() }</p>
            </div>
            { (*sheet).clone() }
        </div>
    }
}

/// What stands in the margin of each page, where the browser prints margins: its number.
fn page_numbers(t: Language) -> String {
    let words = t.paper_page(&"\" counter(page) \"", &"\" counter(pages) \"");
    format!(":root {{ --page-number: \"{words}\"; }}")
}

fn sheet(form: &Form, t: Language) -> Html {
    let paper = Paper::of(form);
    let wording = Wording { language: t, form, paper: &paper };
    html! {
        <main class="sheet" id="paper" lang={t.code()}>
            // First, as browsers look for what they repeat on each page.
            <div class="sheet-foot small">
                <span id="paper-form">{ t.paper_form(&form.id, &form.version) }</span>
                <span>{ t.paper_sheet_number() }</span>
            </div>
            <div class="sheet-body">
                <h1 tabindex="-1">{ form.title.get(t.code()) }</h1>
                <p class="how">{ t.paper_how() }</p>
                { blocks(wording, &paper.blocks, 0, true) }
            </div>
        </main>
    }
}

/// What stands in a part; with ids where it is printed for the first time.
fn blocks(wording: Wording<'_>, blocks: &[Block], depth: usize, has_ids: bool) -> Html {
    let views = blocks.iter().map(|block| match block {
        Block::Part(inner) => part(wording, inner, depth, has_ids),
        Block::Question(asked) => question::view(wording, asked, has_ids),
        Block::Ratings(table) => ratings::view(wording, table),
    });
    views.collect()
}

fn part(wording: Wording<'_>, part: &Part, depth: usize, has_ids: bool) -> Html {
    let Wording { language: t, form, .. } = wording;
    let Some(group) = form.groups().get(part.group) else { return Html::default() };
    let label = wording.text(group.label.get(t.code()));
    let heading = match (part.number, depth) {
        _ if label.is_empty() => Html::default(),
        (Some(number), _) => html! { <h2>{ format!("{}. {label}", t.roman(number)) }</h2> },
        (None, _) => html! { <h3>{ label }</h3> },
    };
    let hint = wording.text(group.hint.get(t.code()));
    let names_classes = depth == 0 && has_ratings(&part.blocks);
    let body = match part.copies {
        None => blocks(wording, &part.blocks, depth + 1, has_ids),
        Some((copies, counted)) => {
            let copy = |number: usize| {
                html! {
                    <div class="copy">
                        <h3>{ t.paper_copy(&number) }</h3>
                        { blocks(wording, &part.blocks, depth + 1, has_ids && number == 1) }
                    </div>
                }
            };
            html! {
                <>
                    if let Some(question) = counted {
                        <p class="help">{ t.paper_as_often_as(&wording.question(question)) }</p>
                    }
                    { for (1..=copies).map(copy) }
                    <p class="help">{ t.paper_more_copies() }</p>
                </>
            }
        }
    };
    html! {
        <section class="part">
            <div class="part-head">
                { heading }
                if !hint.is_empty() { <p class="help">{ hint }</p> }
                { sentence("rule", wording.part_rule(&part.rule)) }
            </div>
            if names_classes { { ratings::classes(wording) } }
            { body }
        </section>
    }
}

fn has_ratings(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Ratings(_) => true,
        Block::Part(part) => has_ratings(&part.blocks),
        Block::Question(_) => false,
    })
}

/// A rule as a line of its own, with the expression that has no words.
fn sentence(class: &'static str, sentence: Option<Sentence>) -> Html {
    html! {
        if let Some(Sentence { words, expression }) = sentence {
            <p {class}>
                { words }
                if let Some(expression) = expression { { " " }<code>{ expression }</code> }
            </p>
        }
    }
}
