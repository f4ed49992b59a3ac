//! Who the people are: a table with bars for each question, standards, and groups of posts.

mod evaluation;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use super::super::sends;
use super::filter_bar::FilterBar;
use super::who_in_words;
use crate::app::desk::review::ReviewMsg;
use crate::app::protocol::People;
use crate::domain::form::{Form, Role};
use crate::domain::profile::{CrossTable, StandardsRow};
use crate::domain::suppression::SMALLEST_GROUP;
use crate::text::Language;

/// People below a standard that are shown; of more, their number is told.
const LACKING: usize = 300;

/// Profile tables of the responses that are looked at.
#[component]
pub(super) fn PeopleStep(page: &PageProps) -> Html {
    let model = &page.model;
    let t = model.language;
    // Small numbers are for the trainer alone.
    let is_protected = use_state(|| false);
    let on_protected = {
        let is_protected = is_protected.clone();
        move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            is_protected.set(input.is_some_and(|input| input.checked()));
        }
    };
    let shown = model.desk.review.people.get().map(|people| {
        let tables = people.overall.iter().map(|table| whole(page, table, *is_protected));
        html! {
            <>
                <p class="lead" id="people-lead">{ t.people_lead(&t.count(people.people)) }</p>
                <label class="asked">
                    <input type="checkbox" id="people-protected" checked={*is_protected} onchange={on_protected} />
                    <span>{ t.people_protected() }</span>
                </label>
                if !*is_protected { <p class="muted small">{ t.people_hidden_note() }</p> }
                <div class="profiles">{ for tables }</div>
                { standards(page, people, *is_protected) }
                { bodies(page, people, *is_protected) }
                <evaluation::EvaluationEditor ..page.clone() />
                { for people.by_post.iter().map(|table| {
                    let title = t.people_by_post(&t.question_label(&model.desk.form, &table.question));
                    html! {
                        <details class="folded" id={format!("by-post-{}", table.question)}>
                            <summary>{ title.clone() }</summary>
                            { crossed(page, table, &title, true, *is_protected) }
                        </details>
                    }
                }) }
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.people_title() }</h1>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

/// An answer as a heading: a choice's label, or a band of numbers.
fn answer_name(t: Language, form: &Form, table: &CrossTable, answer: &str) -> String {
    t.answer_words(form, &table.question, answer)
}

fn share(t: Language, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| t.percent(&t.number(share * 100.0, 1)))
}

/// Everybody's answers to one question.
fn whole(page: &PageProps, table: &CrossTable, is_protected: bool) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let Some(row) = table.rows.first() else { return Html::default() };
    let hidden = table.hidden();
    let is_hidden = |at: usize| {
        !is_protected && hidden.first().and_then(|row| row.get(at)).copied().unwrap_or(false)
    };
    let lines = table.answers.iter().enumerate().map(|(at, answer)| {
        let count = row.counts.get(at).copied().unwrap_or(0);
        let (count, part, width) = if is_hidden(at) {
            ("~".to_owned(), "~".to_owned(), 0.0)
        } else {
            let part = row.share(at);
            (t.number(count as f64, 0), share(t, part), part.unwrap_or(0.0) * 100.0)
        };
        html! {
            <tr>
                <th scope="row">{ answer_name(t, form, table, answer) }</th>
                <td class="bar-cell"><i style={format!("inline-size:{width:.1}%")}></i></td>
                <td class="num">{ count }</td>
                <td class="num">{ part }</td>
            </tr>
        }
    });
    let title = t.question_label(form, &table.question);
    html! {
        <section class="card profile" id={format!("profile-{}", table.question)}>
            <h2>{ title }</h2>
            <table class="plain bars">
                <caption class="muted small">
                    { t.people_answered(&t.number(row.answered as f64, 0), &t.number(row.people as f64, 0)) }
                </caption>
                <thead class="sr-only"><tr>
                    <th></th><th></th><th>{ t.people_count() }</th><th>{ t.people_share() }</th>
                </tr></thead>
                <tbody>{ for lines }</tbody>
            </table>
        </section>
    }
}

/// How the people of each post stand to its standards.
fn standards(page: &PageProps, people: &People, is_protected: bool) -> Html {
    let PageProps { model, send } = page;
    let (t, form) = (model.language, &model.desk.form);
    let table = &people.standards;
    let judged: Vec<&str> = people.by_post.iter().map(|table| table.question.as_str()).collect();
    if judged.is_empty() || table.rows.is_empty() {
        return Html::default();
    }
    let rows = table.rows.iter().map(|row: &StandardsRow| {
        let is_hidden = !is_protected && (1..SMALLEST_GROUP).contains(&row.people);
        let cells = (0..judged.len()).map(|at| {
            if is_hidden {
                return html! { <td class="num">{ "~" }</td> };
            }
            let [meets, below, ..] = row.standards.get(at).copied().unwrap_or_default();
            html! {
                <td class="num">
                    { share(t, row.share(at)) }
                    <small class="muted">{ format!("{meets}/{}", meets + below) }</small>
                </td>
            }
        });
        html! {
            <tr key={row.post.clone()}>
                <th scope="row">{ post_words(t, form, &row.post) }</th>
                <td class="num">{ t.number(row.people as f64, 0) }</td>
                { for cells }
                <td class="num">{ if is_hidden { "~".to_owned() } else { t.number(row.meet_all as f64, 0) } }</td>
            </tr>
        }
    });
    let lacking = people.lacking.iter().take(LACKING).map(|(who, questions)| {
        let (name, place) = who_in_words(t, form, who);
        let labels: Vec<String> =
            questions.iter().map(|question| t.question_label(form, question)).collect();
        html! {
            <li class="flagged" key={who.root.clone()}>
                <div>
                    <p><strong>{ name }</strong>{ " " }<span class="muted">{ place }</span></p>
                    <p>{ labels.join("; ") }</p>
                </div>
                <Button id={format!("open-{}", who.root)}
                    on_press={sends(send, ReviewMsg::ResponseWanted(Some(who.root.clone())))}>
                    { t.open_response() }</Button>
            </li>
        }
    });
    html! {
        <section class="part" id="standards">
            <h2>{ t.people_standards() }</h2>
            <p class="muted">{ t.people_standards_lead() }</p>
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.people_standards()}>
                <table class="plain">
                    <thead><tr>
                        <th scope="col">{ t.by_post() }</th>
                        <th scope="col" class="num">{ t.people_count() }</th>
                        { for judged.iter().map(|question| html! {
                            <th scope="col" class="num">{ t.question_label(form, question) }</th> }) }
                        <th scope="col" class="num">{ t.people_meet_all() }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if is_protected {
            <details class="folded" id="lacking">
                <summary>
                    { t.people_lacking() }{ " " }
                    <span class="muted num">{ t.people_lacking_of(&t.count(people.lacking_people)) }</span>
                </summary>
                <ul class="flagged-list">{ for lacking }</ul>
            </details>
            }
        </section>
    }
}

/// The qualifications of those who sit in a body, side by side.
fn bodies(page: &PageProps, people: &People, is_protected: bool) -> Html {
    let t = page.model.language;
    if people.by_post_group.is_empty() {
        return Html::default();
    }
    html! {
        <section class="part" id="bodies">
            <h2>{ t.people_bodies() }</h2>
            <p class="muted">{ t.people_bodies_lead() }</p>
            { for people.by_post_group.iter().map(|table| {
                let title = t.question_label(&page.model.desk.form, &table.question);
                crossed(page, table, &title, false, is_protected)
            }) }
        </section>
    }
}

fn post_words(t: Language, form: &Form, post: &str) -> String {
    let asked = form.with_role(Role::Post);
    asked.map_or_else(|| post.to_owned(), |asked| t.answer_words(form, &asked.name, post))
}

/// The answers of each group to one question: counts with shares.
fn crossed(
    page: &PageProps,
    table: &CrossTable,
    title: &str,
    is_by_post: bool,
    is_protected: bool,
) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    let hidden = table.hidden();
    let rows = table.rows.iter().zip(&hidden).map(|(row, hidden)| {
        let name = if is_by_post { post_words(t, form, &row.group) } else { row.group.clone() };
        let cells = row.counts.iter().zip(hidden).enumerate().map(|(at, (count, is_hidden))| {
            if *is_hidden && !is_protected {
                return html! { <td class="num">{ "~" }</td> };
            }
            html! {
                <td class="num">
                    { t.number(*count as f64, 0) }
                    <small class="muted">{ share(t, row.share(at)) }</small>
                </td>
            }
        });
        html! {
            <tr key={row.group.clone()}>
                <th scope="row">{ name }</th>
                <td class="num">{ t.number(row.people as f64, 0) }</td>
                { for cells }
            </tr>
        }
    });
    html! {
        <>
            if !is_by_post { <h3>{ title.to_owned() }</h3> }
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={title.to_owned()}>
                <table class="plain" data-question={table.question.clone()}>
                    <thead><tr>
                        <th></th>
                        <th scope="col" class="num">{ t.people_count() }</th>
                        { for table.answers.iter().map(|answer| html! {
                            <th scope="col" class="num">{ answer_name(t, form, table, answer) }</th> }) }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}
