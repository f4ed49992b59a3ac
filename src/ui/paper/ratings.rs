//! Competencies to rate, as a table.

use yew::prelude::*;

use super::sentence;
use crate::domain::form::Scale;
use crate::domain::paper::{RatedCompetency, RatedSection, RatingColumn, Ratings};
use crate::text::rule::Wording;

/// A table of competencies; its head, with the words of the scales, stands on each page.
pub(super) fn view(wording: Wording<'_>, table: &Ratings) -> Html {
    let Wording { language: t, form, .. } = wording;
    let word = |column: &RatingColumn, name: &str| {
        let choices = form.choices(&column.list).iter();
        let choice = choices.into_iter().find(|choice| choice.name == name);
        choice.map_or(name, |choice| choice.label.get(t.code())).to_owned()
    };
    let title = |at: usize, column: &RatingColumn| {
        let first = table.rows().next().filter(|_| table.columns.len() > 1);
        let question = first.and_then(|row| form.questions().get(*row.questions.get(at)?));
        let own = question.map(|question| wording.text(question.label.get(t.code())));
        own.filter(|own| !own.is_empty()).unwrap_or_else(|| {
            match column.scale {
                Scale::Importance => t.paper_importance(),
                Scale::Ability => t.paper_ability(),
            }
            .to_owned()
        })
    };
    let all = table.columns.iter().map(|column| column.levels.len()).sum::<usize>();
    let width = (all + table.others.len() + 1).to_string();
    let words = table.columns.iter().enumerate().map(|(at, column)| {
        let levels = column.levels.iter().map(|name| {
            html! { <span class="level-word"><b>{ name }</b>{ " " }{ word(column, name) }</span> }
        });
        html! { <p><b>{ title(at, column) }{ ": " }</b>{ for levels }</p> }
    });
    let titles = table.columns.iter().enumerate().map(|(at, column)| {
        html! { <th colspan={column.levels.len().to_string()} scope="colgroup">{ title(at, column) }</th> }
    });
    let others = table.others.iter().map(|name| {
        let column = table.columns.first();
        html! {
            <th class="other" scope="col">
                { column.map_or_else(String::new, |column| word(column, name)) }
                { " " }<small class="code">{ name }</small>
            </th>
        }
    });
    html! {
        <table class="ratings">
            <thead>
                <tr><td colspan={width.clone()} class="scale-words">{ for words }</td></tr>
                <tr><th class="competency" scope="col">{ t.paper_competency() }</th>{ for titles }{ for others }</tr>
            </thead>
            { for table.sections.iter().map(|part| section(wording, table, part, &width)) }
        </table>
    }
}

/// The competencies of a group, under its name.
fn section(wording: Wording<'_>, table: &Ratings, section: &RatedSection, width: &str) -> Html {
    let Wording { language: t, form, .. } = wording;
    let group = section.group.and_then(|group| form.groups().get(group));
    let heading = group.filter(|group| !group.label.is_empty()).map(|group| {
        let hint = wording.text(group.hint.get(t.code()));
        html! {
            <tr class="rated-group">
                <th colspan={width.to_owned()} scope="rowgroup">
                    <h3>{ wording.text(group.label.get(t.code())) }</h3>
                    if !hint.is_empty() { <p class="help">{ hint }</p> }
                    { sentence("rule", wording.part_rule(&section.rule)) }
                </th>
            </tr>
        }
    });
    html! {
        <tbody>
            { for heading }
            { for section.rows.iter().map(|row| line(wording, table, row)) }
        </tbody>
    }
}

fn line(wording: Wording<'_>, table: &Ratings, row: &RatedCompetency) -> Html {
    let Wording { language: t, form, .. } = wording;
    let group = row.group.and_then(|group| form.groups().get(group));
    let question = row.questions.first().and_then(|first| form.questions().get(*first));
    let (label, hint) = match (group, question) {
        (Some(group), _) if !group.label.is_empty() => (&group.label, &group.hint),
        (_, Some(question)) => (&question.label, &question.hint),
        _ => return Html::default(),
    };
    let hint = wording.text(hint.get(t.code()));
    let scales = table.columns.iter().flat_map(|column| {
        column.levels.iter().enumerate().map(|(at, level)| {
            let class = if at == 0 { "level first" } else { "level" };
            html! { <td {class}><span class="tick">{ level }</span></td> }
        })
    });
    let others = table.others.iter().map(|_| {
        html! { <td class="level first"><span class="tick" /></td> }
    });
    html! {
        <tr id={format!("paper-{}", row.code)}>
            <th scope="row">
                <p>
                    <b>{ &row.code }{ ". " }{ wording.text(label.get(t.code())) }{ "." }</b>
                    { " " }<span class="help">{ hint }</span>
                </p>
                { sentence("rule", wording.rule(&row.rule)) }
            </th>
            { for scales }{ for others }
        </tr>
    }
}

/// Which classes there are that lines of the tables name, to tick one's own.
pub(super) fn classes(wording: Wording<'_>) -> Html {
    let Wording { language: t, paper, .. } = wording;
    let lines = paper.classified().map(|(question, classes)| {
        let boxes = (1..=classes.members().len()).map(|class| {
            html! { <span class="own-class"><span class="tick" />{ " " }{ class }</span> }
        });
        html! {
            <p class="own-classes">
                { t.paper_own_class(&wording.question(question)) }{ " " }{ for boxes }
                { t.paper_lines_of_class() }
            </p>
        }
    });
    lines.collect()
}
