//! What stands in the way: courses, or what no course helps against.

use yew::prelude::*;

use super::super::PageProps;
use super::filter_bar::FilterBar;
use crate::domain::form::{Form, Role};
use crate::domain::obstacles::{Named, ObstacleKind, Obstacles, OfCompetency};
use crate::domain::suppression::SMALLEST_GROUP;
use crate::text::Language;

/// What people name, over all and by competency.
#[component]
pub(super) fn ObstaclesStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let Some(question) = desk.form.with_role(Role::Hindrance) else {
        return html! {
            <>
                <h1 tabindex="-1">{ t.obstacles_title() }</h1>
                <p class="lead">{ t.obstacles_not_asked() }</p>
            </>
        };
    };
    let shown = desk.analysis.obstacles.get().map(|found| {
        let wishes = found.wishes.iter().filter(|wished| wished.people > 0).map(|wished| {
            let title = t.question_label(&desk.form, &wished.question);
            bars(t, &desk.form, &title, &wished.question, wished.people, &wished.named)
        });
        html! {
            <>
                <div class="profiles">
                    if found.people > 0 {
                        { bars(t, &desk.form, t.obstacles_named(), &question.name, found.people, &found.named) }
                    }
                    { for wishes }
                </div>
                { by_competency(page, &question.name, found) }
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.obstacles_title() }</h1>
            <p class="lead">{ t.obstacles_lead() }</p>
            <FilterBar ..page.clone() />
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

/// How many give each answer, as bars with their numbers; few people are not counted out.
fn bars(
    t: Language,
    form: &Form,
    title: &str,
    question: &str,
    people: u64,
    named: &[Named],
) -> Html {
    let rows = named.iter().map(|named| {
        let share = if people == 0 { 0.0 } else { named.people as f64 * 100.0 / people as f64 };
        let is_shown = named.people >= SMALLEST_GROUP;
        let width = format!("inline-size:{share:.1}%");
        let shown_or_few = |text: String| if is_shown { text } else { "~".to_owned() };
        html! {
            <tr key={named.choice.clone()}>
                <th scope="row">{ t.answer_words(form, question, &named.choice) }
                    if let Some(kind) = named.kind { <small class="muted">{ kind_in_words(t, kind) }</small> }
                </th>
                <td class="bar-cell">if is_shown { <i style={width}></i> }</td>
                <td class="num">{ shown_or_few(t.number(named.people as f64, 0)) }</td>
                <td class="num">{ shown_or_few(t.percent(&t.number(share, 0))) }</td>
            </tr>
        }
    });
    html! {
        <section class="card profile">
            <h2>{ title.to_owned() }</h2>
            <table class="plain bars">
                <caption class="muted small">{ t.obstacles_answered(&people) }</caption>
                <thead class="sr-only"><tr>
                    <th></th><th></th><th>{ t.people_count() }</th><th>{ t.people_share() }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </section>
    }
}

fn by_competency(page: &PageProps, question: &str, found: &Obstacles) -> Html {
    let (t, form) = (page.model.language, &page.model.desk.form);
    if found.competencies.is_empty() {
        return html! { <p id="obstacles-few" class="muted">{ t.obstacles_few() }</p> };
    }
    let share = |people: u64, of: u64| {
        if people > 0 && people < SMALLEST_GROUP {
            return "~".to_owned();
        }
        t.percent(&t.number(people as f64 * 100.0 / of.max(1) as f64, 0))
    };
    let rows = found.competencies.iter().map(|own| {
        let competency = form.competency(&own.competency);
        let label = competency.map_or("", |competency| competency.label.get(t.code()));
        let most = own.most_named.as_ref().map(|(choice, people)| {
            let choice = t.answer_words(form, question, choice);
            t.obstacles_most(&choice, &share(*people, own.people))
        });
        html! {
            <tr key={own.competency.clone()} id={format!("obstacle-{}", own.competency)}>
                <th scope="row">{ label }<small class="muted">{ most }</small></th>
                <td class="num" data-name={t.obstacles_in_need()}>{ t.number(own.people as f64, 0) }</td>
                <td class="num" data-name={t.obstacles_course()}>{ share(own.course, own.people) }</td>
                <td class="num" data-name={t.obstacles_organisation()}>{ share(own.organisation, own.people) }</td>
                <td class="words" data-name={t.obstacles_leaning()}>{ leaning(t, own) }</td>
            </tr>
        }
    });
    html! {
        <>
            <h2>{ t.obstacles_by_competency() }</h2>
            <p class="muted">{ t.obstacles_by_competency_lead() }</p>
            <div class="table-frame" tabindex="0" role="region" aria-label={t.obstacles_by_competency()}>
                <table id="obstacles" class="ranking placeless">
                    <thead><tr>
                        <th scope="col" class="words">{ t.col_competency() }</th>
                        <th scope="col">{ t.obstacles_in_need() }</th>
                        <th scope="col">{ t.obstacles_course() }</th>
                        <th scope="col">{ t.obstacles_organisation() }</th>
                        <th scope="col" class="words">{ t.obstacles_leaning() }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

fn leaning(t: Language, own: &OfCompetency) -> &'static str {
    match own.leaning {
        Some(ObstacleKind::Course) => t.obstacles_leans_course(),
        Some(ObstacleKind::Organisation) => t.obstacles_leans_organisation(),
        None => t.obstacles_leans_neither(),
    }
}

fn kind_in_words(t: Language, kind: ObstacleKind) -> &'static str {
    match kind {
        ObstacleKind::Course => t.obstacle_of_course(),
        ObstacleKind::Organisation => t.obstacle_of_organisation(),
    }
}
