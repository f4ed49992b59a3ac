//! Words that are no choice of their list, each with the choice that a person gives it.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::foreign_msg;
use crate::app::Msg;
use crate::app::desk::foreign::ForeignMsg;
use crate::app::protocol::ForeignPreview;
use crate::domain::foreign::{UnreadWord, WordMeaning, word_key};
use crate::domain::form::Choice;
use crate::ui::PageProps;

/// The most words that are listed; those of most cells stand first.
const LISTED: usize = 60;

/// A longer list of choices is searched by typing.
const LONG_LIST: usize = 80;

/// What is chosen of a list where nothing was answered.
const NOTHING: &str = "\u{0}";

pub(super) fn words(page: &PageProps, preview: &ForeignPreview) -> Html {
    let t = page.model.language;
    if preview.words.is_empty() {
        return Html::default();
    }
    let lists = long_lists(page, preview);
    let rows = preview.words.iter().take(LISTED).enumerate();
    let rows = rows.map(|(at, word)| self::word(page, preview, at, word));
    let more = preview.words.len().saturating_sub(LISTED);
    html! {
        <section id="mapping-words" class="mapping-part">
            <h2>{ t.mapping_words(&t.count(preview.words.len())) }</h2>
            <p class="muted">{ t.mapping_words_hint() }</p>
            { lists }
            { for rows }
            if more > 0 { <p class="muted">{ t.preview_more(&t.count(more)) }</p> }
        </section>
    }
}

fn choices<'p>(page: &'p PageProps, word: &UnreadWord) -> Vec<&'p Choice> {
    let all = page.model.desk.form.choices(&word.list).iter();
    let is_offered =
        |choice: &&Choice| word.offered.is_empty() || word.offered.contains(&choice.name);
    all.filter(is_offered).collect()
}

/// The choices of long lists, once for all fields that search them.
fn long_lists(page: &PageProps, preview: &ForeignPreview) -> Html {
    let t = page.model.language;
    let mut lists: Vec<&str> = preview
        .words
        .iter()
        .filter(|word| choices(page, word).len() > LONG_LIST)
        .map(|word| word.list.as_str())
        .collect();
    lists.sort_unstable();
    lists.dedup();
    let lists = lists.into_iter().map(|list| {
        let choices = page.model.desk.form.choices(list).iter();
        let options =
            choices.map(|choice| html! { <option value={choice.distinct_label(t.code())} /> });
        html! { <datalist id={format!("list-{list}")}>{ for options }</datalist> }
    });
    lists.collect()
}

fn word(page: &PageProps, preview: &ForeignPreview, at: usize, word: &UnreadWord) -> Html {
    let t = page.model.language;
    let said =
        preview.mapping.words.get(&word.list).and_then(|words| words.get(&word_key(&word.word)));
    let id = format!("word-{at}");
    let choices = choices(page, word);
    let field = if choices.len() > LONG_LIST {
        search(page, id.clone(), word, said)
    } else {
        let options = choices.iter().map(|choice| {
            let is_said = said == Some(&WordMeaning::Choice(choice.name.clone()));
            html! {
                <option value={choice.name.clone()} selected={is_said}>
                    { choice.distinct_label(t.code()) }</option>
            }
        });
        let onchange = {
            let (word, send) = (word.clone(), page.send.clone());
            move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                let meaning = match select.map(|select| select.value()).unwrap_or_default() {
                    text if text.is_empty() => None,
                    text if text == NOTHING => Some(WordMeaning::NoAnswer),
                    name => Some(WordMeaning::Choice(name)),
                };
                send.emit(chosen(&word, meaning));
            }
        };
        html! {
            <select class="field" id={id.clone()} {onchange}>
                <option value="" selected={said.is_none()}>{ t.word_open() }</option>
                { for options }
                <option value={NOTHING} selected={said == Some(&WordMeaning::NoAnswer)}>{ t.word_nothing() }</option>
            </select>
        }
    };
    html! {
        <div class="unit-question">
            <label for={id}>{ t.mapping_word(&word.word, &t.count(word.cells)) }</label>
            { field }
        </div>
    }
}

/// A field in which the choice is typed.
fn search(page: &PageProps, id: String, word: &UnreadWord, said: Option<&WordMeaning>) -> Html {
    let t = page.model.language;
    let form = &page.model.desk.form;
    let choice = form
        .choices(&word.list)
        .iter()
        .find(|choice| said.is_some_and(|said| *said == WordMeaning::Choice(choice.name.clone())));
    let value = choice.map(|choice| choice.distinct_label(t.code())).unwrap_or_default();
    let onchange = {
        let (word, send, form) = (word.clone(), page.send.clone(), form.clone());
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let text = input.value();
            let mut choices = form.choices(&word.list).iter();
            let found = choices.find(|choice| choice.distinct_label(t.code()) == text);
            send.emit(chosen(&word, found.map(|choice| WordMeaning::Choice(choice.name.clone()))));
        }
    };
    html! {
        <input class="field" {id} list={format!("list-{}", word.list)} {value} autocomplete="off"
            placeholder={t.word_search()} {onchange} />
    }
}

fn chosen(word: &UnreadWord, meaning: Option<WordMeaning>) -> Msg {
    let (list, word) = (word.list.clone(), word.word.clone());
    foreign_msg(ForeignMsg::WordChosen { list, word, meaning })
}
