//! Choices on paper: boxes with codes, or lines where there are too many to print.

use yew::prelude::*;

use crate::domain::condition::Offer;
use crate::domain::expression::Expression;
use crate::domain::form::{Choice, Form, Kind, Question};
use crate::domain::paper::{Asked, Block};
use crate::text::rule::{Sentence, Wording};

/// The longest list that is printed; from a longer one the answer is written.
const MOST_PRINTED: usize = 30;

/// How many lines several answers get where nothing limits them.
const LINES: usize = 5;

/// True when the answer is written, because the list is too long to print.
pub(super) fn are_written(wording: Wording<'_>, question: &Question) -> bool {
    choices_of(wording.form, question).len() > MOST_PRINTED
}

/// True when all choices together are hardly longer than a word or two.
pub(super) fn are_short(wording: Wording<'_>, question: &Question) -> bool {
    const SHORT: usize = 24;
    let choices = choices_of(wording.form, question);
    let words: usize = choices
        .iter()
        .map(|choice| choice.label.get(wording.language.code()).chars().count())
        .sum();
    question.choice_filter.is_none() && choices.len() <= 3 && words <= SHORT
}

fn choices_of<'f>(form: &'f Form, question: &Question) -> &'f [Choice] {
    question.kind.list().map_or(&[], |list| form.choices(list))
}

/// Which choices a question offers, where the choices do not say so themselves.
pub(super) fn offered(
    wording: Wording<'_>,
    asked: &Asked,
    question: &Question,
) -> Option<Sentence> {
    match &asked.offer {
        Offer::ByCondition(_) if are_written(wording, question) => {
            Some(wording.fitting(&asked.offer.questions()))
        }
        offer => wording.offer(offer),
    }
}

/// The choices of a question, in boxes or as lines to write on.
pub(super) fn view(wording: Wording<'_>, asked: &Asked, question: &Question) -> Html {
    let t = wording.language;
    let choices = choices_of(wording.form, question);
    let is_written = are_written(wording, question);
    if is_written {
        return lines(wording, question, choices);
    }
    let all: Vec<usize> = (0..choices.len()).collect();
    let groups: Vec<(String, &[usize])> = match &asked.offer {
        Offer::ByCondition(groups) => groups
            .iter()
            .map(|(condition, members)| (wording.choices_if(condition), members.as_slice()))
            .collect(),
        Offer::Always(members) => vec![(String::new(), members.as_slice())],
        _ => vec![(String::new(), all.as_slice())],
    };
    let groups = groups.into_iter().map(|(heading, members)| {
        let members: Vec<&Choice> = members.iter().filter_map(|at| choices.get(*at)).collect();
        html! {
            <>
                if !heading.is_empty() { <p class="rule">{ heading }</p> }
                { boxes(wording, asked.question, question, &members) }
            </>
        }
    });
    html! {
        <>
            if let Kind::Rank(_) = question.kind { <p class="help">{ t.paper_rank() }</p> }
            { for groups }
        </>
    }
}

/// A box a choice, in the classes that rules speak of.
fn boxes(wording: Wording<'_>, position: usize, question: &Question, choices: &[&Choice]) -> Html {
    let t = wording.language;
    let class_of = |choice: &Choice| wording.paper.classes(position)?.of(&choice.name);
    let columns = columns(choices, t.code());
    let runs = choices.chunk_by(|one, next| class_of(one) == class_of(next)).map(|run| {
        let class = run.first().and_then(|first| class_of(first));
        let rows = run.iter().map(|choice| {
            let tick = if let Kind::Rank(_) = question.kind { "digit" } else { "tick" };
            html! {
                <li>
                    <span class={tick} />
                    <span>{ choice.label.get(t.code()) }{ " " }<small class="code">{ &choice.name }</small></span>
                </li>
            }
        });
        let list = html! { <ul class={classes!("boxes", columns)}>{ for rows }</ul> };
        match class {
            Some(class) => html! { <div class="of-class"><p>{ t.paper_class(&class) }</p>{ list }</div> },
            None => list,
        }
    });
    runs.collect()
}

/// How many columns the longest of these labels leaves room for.
fn columns(choices: &[&Choice], language: &str) -> &'static str {
    // Of a code, set small, four letters take the room of three.
    let length = |choice: &&Choice| {
        choice.label.get(language).chars().count() + choice.name.chars().count() * 3 / 4
    };
    let all: usize = choices.iter().map(length).sum();
    match (choices.iter().map(length).max().unwrap_or(0), choices.len()) {
        (0..=17, _) => "four",
        // Two and two look better than three and one.
        (18..=25, count) if count != 4 => "three",
        _ if all <= 55 * choices.len() => "two",
        _ => "one",
    }
}

/// Lines to write on: codes of competencies in boxes, anything else by its name.
fn lines(wording: Wording<'_>, question: &Question, choices: &[Choice]) -> Html {
    let t = wording.language;
    let limit = question.constraint.as_ref().and_then(Expression::selection_limit);
    let count = if question.kind.is_several() { limit.unwrap_or(LINES) } else { 1 };
    let numbered = |line: usize| if count > 1 { format!("{line}.") } else { String::new() };
    if are_rated_here(wording, choices) {
        let example = choices.first().map_or("", |choice| &choice.name);
        let boxes = (1..=count).map(|line| {
            html! { <span class="code-place">{ numbered(line) }<span class="code-box" /></span> }
        });
        return html! {
            <>
                <p class="help">{ t.paper_competency_codes(&example) }</p>
                <p class="code-places">{ for boxes }</p>
            </>
        };
    }
    let rows = (1..=count).map(|line| {
        html! {
            <div class="write-with-code">
                { numbered(line) }<div class="write-line" />
                <span class="help">{ t.paper_code_for_entry() }</span><span class="code-box" />
            </div>
        }
    });
    html! {
        <>
            if let Kind::Rank(_) = question.kind { <p class="help">{ t.paper_rank_lines() }</p> }
            { for rows }
        </>
    }
}

/// True when every choice is a competency that stands in a table of this paper.
fn are_rated_here(wording: Wording<'_>, choices: &[Choice]) -> bool {
    fn codes<'b>(blocks: &'b [Block], found: &mut Vec<&'b str>) {
        for block in blocks {
            match block {
                Block::Part(part) => codes(&part.blocks, found),
                Block::Ratings(table) => {
                    found.extend(table.rows().map(|row| row.code.as_str()));
                }
                Block::Question(_) => {}
            }
        }
    }
    let mut rated = Vec::new();
    codes(&wording.paper.blocks, &mut rated);
    choices.iter().all(|choice| rated.contains(&choice.name.as_str()))
}
