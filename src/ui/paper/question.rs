//! A question on paper, with room for its answer.

use yew::prelude::*;

use super::{choices, sentence};
use crate::domain::condition::{Condition, Rule};
use crate::domain::form::{Kind, Question};
use crate::domain::paper::{Asked, is_consent};
use crate::text::rule::{Sentence, Wording};

/// How many lines a long text gets where the form does not say.
const LINES: u32 = 4;

/// How many digits a number gets where nothing bounds it.
const DIGITS: usize = 6;

/// A question or note.
pub(super) fn view(wording: Wording<'_>, asked: &Asked, has_id: bool) -> Html {
    let Wording { language: t, form, .. } = wording;
    let Some(question) = form.questions().get(asked.question) else { return Html::default() };
    let id = has_id.then(|| format!("paper-{}", question.name));
    let label = wording.text(question.label.get(t.code()));
    let rule = wording.rule(&asked.rule);
    if question.kind == Kind::Note || question.read_only {
        return html! {
            <div class="note" {id}>{ sentence("rule", rule) }{ note(&label) }</div>
        };
    }
    if is_consent(form, question) {
        return html! {
            <div class="consent ask" {id}>
                <span class="tick" /><p>{ label }{ star(&asked.required) }</p>
            </div>
        };
    }
    // Help about searching helps nobody who writes on a line.
    let is_found_by_typing = question.appearance.iter().any(|word| word == "autocomplete")
        && choices::are_written(wording, question);
    let hint = if is_found_by_typing { "" } else { question.hint.get(t.code()) };
    let class = if is_short(wording, question) { "ask short" } else { "ask" };
    html! {
        <div {class} {id}>
            <p class="ask-label">
                if let Some(number) = wording.paper.number(asked.question) {
                    <b>{ t.paper_question(&number) }</b>{ " " }
                }
                if let Some(rule) = rule { <span class="rule">{ words(rule) }</span> }
                { label }{ star(&asked.required) }
                if matches!(question.kind, Kind::SelectMultiple(_)) && hint.is_empty() {
                    { " " }<span class="help">{ t.paper_several() }</span>
                }
            </p>
            { help(wording, asked, question, hint) }
            { room(wording, asked, question) }
        </div>
    }
}

/// Everything that helps with the answer, in one paragraph: paper is short.
fn help(wording: Wording<'_>, asked: &Asked, question: &Question, hint: &str) -> Html {
    let t = wording.language;
    let constraint = question.constraint_message.get(t.code());
    let constraint = if asked.has_constraint_note { constraint } else { "" };
    let own = [hint, question.guidance.get(t.code()), constraint];
    let own = own
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| Sentence { words: wording.text(text), expression: None });
    let rules = [wording.required(&asked.required), choices::offered(wording, asked, question)];
    let sentences: Vec<Html> = own.chain(rules.into_iter().flatten()).map(words).collect();
    html! { if !sentences.is_empty() { <p class="help">{ for sentences }</p> } }
}

/// A sentence, with the expression that has no words.
fn words(sentence: Sentence) -> Html {
    html! {
        <>
            { sentence.words }{ " " }
            if let Some(expression) = sentence.expression { <code>{ expression }</code>{ " " } }
        </>
    }
}

/// True when the answer needs so little room that it may stand beside the question.
fn is_short(wording: Wording<'_>, question: &Question) -> bool {
    match &question.kind {
        Kind::Text => lines(question) == 1,
        Kind::Integer | Kind::Decimal | Kind::Range(_) | Kind::Date | Kind::Time => true,
        Kind::SelectOne(_) => choices::are_short(wording, question),
        _ => false,
    }
}

/// How many lines to write a text on.
fn lines(question: &Question) -> u32 {
    let is_long = question.appearance.iter().any(|word| word == "multiline");
    question.lines.unwrap_or(if is_long { LINES } else { 1 })
}

/// The mark of a question that everybody must answer.
fn star(required: &Rule) -> Html {
    html! { if *required == Rule::When(Condition::Always) { <b class="star">{ " *" }</b> } }
}

/// A note; a question in its first sentence is set off from the answer that follows.
fn note(label: &str) -> Html {
    match label.split_once("? ") {
        Some((question, rest)) => html! { <p><b>{ question }{ "?" }</b>{ " " }{ rest }</p> },
        None => html! { <p>{ label }</p> },
    }
}

/// Where the answer is written or ticked.
fn room(wording: Wording<'_>, asked: &Asked, question: &Question) -> Html {
    let t = wording.language;
    match &question.kind {
        Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) => {
            choices::view(wording, asked, question)
        }
        Kind::Acknowledge => html! {
            <ul class="boxes"><li><span class="tick" /><span>{ t.acknowledged() }</span></li></ul>
        },
        Kind::Text => (0..lines(question)).map(|_| html! { <div class="write-line" /> }).collect(),
        Kind::Decimal => html! { <div class="write-line" /> },
        Kind::Integer => number(asked),
        Kind::Range(steps) => html! {
            <>
                { number(asked) }
                <span class="help">
                    { t.paper_write_number(&t.plain_number(steps.start), &t.plain_number(steps.end)) }
                </span>
            </>
        },
        Kind::Date => digits(&[2, 2, 4], " / ", t.paper_date()),
        Kind::Time => digits(&[2, 2], " : ", t.paper_time()),
        Kind::DateTime => html! {
            <>
                { digits(&[2, 2, 4], " / ", t.paper_date()) }
                { digits(&[2, 2], " : ", t.paper_time()) }
            </>
        },
        Kind::Note | Kind::Calculate | Kind::Hidden | Kind::Meta(_) => Html::default(),
    }
}

fn number(asked: &Asked) -> Html {
    match asked.digits {
        Some(count) => digits(&[count], "", ""),
        None => digits(&[DIGITS], "", ""),
    }
}

/// Boxes for digits, in groups.
fn digits(groups: &[usize], between: &'static str, caption: &'static str) -> Html {
    let groups = groups.iter().enumerate().map(|(at, count)| {
        html! {
            <>
                if at > 0 { <span class="between">{ between }</span> }
                { for (0..*count).map(|_| html! { <span class="digit" /> }) }
            </>
        }
    });
    html! { <p class="digits">{ for groups }{ " " }<span class="help">{ caption }</span></p> }
}
