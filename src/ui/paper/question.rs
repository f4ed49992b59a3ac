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
    let guidance = question.guidance.get(t.code());
    let constraint = question.constraint_message.get(t.code());
    html! {
        <div class="ask" {id}>
            <p class="ask-label">
                if let Some(number) = wording.paper.number(asked.question) {
                    <b>{ t.paper_question(&number) }</b>{ " " }
                }
                { inline(rule) }
                { label }{ star(&asked.required) }
                if question.kind.is_several() && hint.is_empty() {
                    { " " }<span class="help">{ t.paper_several() }</span>
                }
            </p>
            if !hint.is_empty() { <p class="help">{ wording.text(hint) }</p> }
            if !guidance.is_empty() { <p class="help">{ wording.text(guidance) }</p> }
            { sentence("help", wording.required(&asked.required)) }
            if asked.has_constraint_note {
                <p class="help">{ wording.text(constraint) }</p>
            }
            { room(wording, asked, question) }
        </div>
    }
}

/// The mark of a question that everybody must answer.
fn star(required: &Rule) -> Html {
    html! { if *required == Rule::When(Condition::Always) { <b class="star">{ " *" }</b> } }
}

/// A rule before the question that it is about.
fn inline(rule: Option<Sentence>) -> Html {
    html! {
        if let Some(Sentence { words, expression }) = rule {
            <span class="rule">{ words }</span>
            if let Some(expression) = expression { { " " }<code>{ expression }</code> }
            { " " }
        }
    }
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
        Kind::Text => {
            let is_long = question.appearance.iter().any(|word| word == "multiline");
            let lines = question.lines.unwrap_or(if is_long { LINES } else { 1 });
            (0..lines).map(|_| html! { <div class="write-line" /> }).collect()
        }
        Kind::Integer | Kind::Decimal => number(asked),
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
