//! What training is needed: competencies with their measures, by group, in a table that sorts.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::super::PageProps;
use super::filter_bar::FilterBar;
use crate::app::Msg;
use crate::app::desk::{DeskMsg, NeedsColumn};
use crate::app::route::{Route, Step};
use crate::domain::form::Form;
use crate::domain::grouping::Grouping;
use crate::domain::needs::{GroupNeeds, Measures, Need};
use crate::formats::export::group_name;
use crate::text::Language;

/// The table of needs of one group.
#[component]
pub(super) fn NeedsStep(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let people = desk.summary.map_or(0, |summary| summary.people);
    if desk.summary.is_some() && people == 0 {
        return html! {
            <>
                <h1 tabindex="-1">{ t.needs_title() }</h1>
                <p class="lead">{ t.needs_nobody() }</p>
                <p><a class="button" href={Route::desk(Step::Collect).to_string()}>{ t.step_collect() }</a></p>
            </>
        };
    }
    let groupings = Grouping::available(&desk.form).into_iter().map(|grouping| {
        let chosen = grouping == desk.grouping;
        let onclick =
            send.reform(move |_: MouseEvent| Msg::Desk(DeskMsg::GroupingChosen(grouping)));
        html! {
            <button type="button" id={format!("by-{}", grouping.word())} class="chip"
                aria-pressed={chosen.to_string()} {onclick}>{ t.grouping(grouping) }</button>
        }
    });
    let table = desk.needs.as_ref().map(|needs| {
        let shown = |group: &&GroupNeeds| !group.is_hidden;
        let groups: Vec<&GroupNeeds> = needs.groups.iter().filter(shown).collect();
        let small = needs.groups.len() - groups.len();
        let group = groups.iter().find(|group| group.group == desk.group).or(groups.first());
        html! {
            <>
                if needs.grouping != Grouping::Overall { { group_choice(page, &groups, group.copied()) } }
                if small > 0 { <p class="muted" id="small-groups">{ t.small_groups(&t.count(small)) }</p> }
                if let Some(group) = group { { table(page, group) } }
            </>
        }
    });
    let counted = desk.needs.as_ref().map_or_else(
        || "…".to_owned(),
        |needs| t.number(needs.groups.iter().map(|group| group.people as f64).sum(), 0),
    );
    html! {
        <>
            <h1 tabindex="-1">{ t.needs_title() }</h1>
            <p class="lead" id="needs-lead">{ t.needs_lead(&counted) }</p>
            <FilterBar ..page.clone() />
            <div class="bar" role="group" aria-label={t.group_by()}>{ for groupings }</div>
            { table.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

fn group_choice(page: &PageProps, groups: &[&GroupNeeds], chosen: Option<&GroupNeeds>) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let onchange = page.send.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        Msg::Desk(DeskMsg::GroupChosen(select.map_or(String::new(), |select| select.value())))
    });
    let options = groups.iter().map(|group| {
        let name = group_name(&desk.form, desk.grouping, &group.group, Some(t));
        let selected = chosen.is_some_and(|chosen| chosen.group == group.group);
        html! {
            <option value={group.group.clone()} {selected}>
                { t.group_with_people(&name, &group.people) }
            </option>
        }
    });
    html! {
        <label class="group-choice">{ t.grouping(desk.grouping) }
            <select id="group" class="field" {onchange}>{ for options }</select>
        </label>
    }
}

const COLUMNS: [NeedsColumn; 17] = [
    NeedsColumn::Rank,
    NeedsColumn::Competency,
    NeedsColumn::Mwds,
    NeedsColumn::Gap,
    NeedsColumn::MeanImportance,
    NeedsColumn::SdImportance,
    NeedsColumn::NImportance,
    NeedsColumn::MeanAbility,
    NeedsColumn::SdAbility,
    NeedsColumn::NAbility,
    NeedsColumn::NPairs,
    NeedsColumn::Rds,
    NeedsColumn::ShareNeed,
    NeedsColumn::ShareTie,
    NeedsColumn::ShareSurplus,
    NeedsColumn::Pni,
    NeedsColumn::HighNeed,
];

/// A column's heading and what it means in full.
fn heading(t: Language, column: NeedsColumn) -> (&'static str, &'static str) {
    match column {
        NeedsColumn::Rank => (t.col_rank(), t.col_rank_long()),
        NeedsColumn::Competency => (t.col_competency(), t.col_competency()),
        NeedsColumn::NImportance => (t.col_n_importance(), t.col_n_importance_long()),
        NeedsColumn::NAbility => (t.col_n_ability(), t.col_n_ability_long()),
        NeedsColumn::NPairs => (t.col_n_pairs(), t.col_n_pairs_long()),
        NeedsColumn::MeanImportance => (t.col_importance(), t.col_importance_long()),
        NeedsColumn::SdImportance => (t.col_sd(), t.col_sd_importance_long()),
        NeedsColumn::MeanAbility => (t.col_ability(), t.col_ability_long()),
        NeedsColumn::SdAbility => (t.col_sd(), t.col_sd_ability_long()),
        NeedsColumn::Gap => (t.col_gap(), t.col_gap_long()),
        NeedsColumn::Mwds => (t.col_mwds(), t.col_mwds_long()),
        NeedsColumn::Rds => (t.col_rds(), t.col_rds_long()),
        NeedsColumn::ShareNeed => (t.col_need(), t.col_need_long()),
        NeedsColumn::ShareTie => (t.col_tie(), t.col_tie_long()),
        NeedsColumn::ShareSurplus => (t.col_surplus(), t.col_surplus_long()),
        NeedsColumn::Pni => (t.col_pni(), t.col_pni_long()),
        NeedsColumn::HighNeed => (t.col_high_need(), t.col_high_need_long()),
    }
}

/// The number of a column; `None` for words and for what is hidden or missing.
fn number(need: &Need, column: NeedsColumn) -> Option<f64> {
    let measure = |read: fn(&Measures) -> Option<f64>| need.measures.as_ref().and_then(read);
    let count = |n: u64| (!need.hidden).then_some(n as f64);
    match column {
        NeedsColumn::Competency => None,
        NeedsColumn::Rank => need.rank.map(|rank| rank as f64),
        NeedsColumn::NImportance => count(need.n_importance),
        NeedsColumn::NAbility => count(need.n_ability),
        NeedsColumn::NPairs => count(need.n_pairs),
        NeedsColumn::MeanImportance => measure(|m| Some(m.mean_importance)),
        NeedsColumn::SdImportance => measure(|m| m.sd_importance),
        NeedsColumn::MeanAbility => measure(|m| Some(m.mean_ability)),
        NeedsColumn::SdAbility => measure(|m| m.sd_ability),
        NeedsColumn::Gap => measure(|m| Some(m.gap)),
        NeedsColumn::Mwds => measure(|m| Some(m.mwds)),
        NeedsColumn::Rds => measure(|m| Some(m.rds)),
        NeedsColumn::ShareNeed => measure(|m| Some(m.share_need)),
        NeedsColumn::ShareTie => measure(|m| Some(m.share_tie)),
        NeedsColumn::ShareSurplus => measure(|m| Some(m.share_surplus)),
        NeedsColumn::Pni => measure(|m| Some(m.pni_modified)),
        NeedsColumn::HighNeed => measure(|m| Some(m.share_high_need * 100.0)),
    }
}

fn decimals(column: NeedsColumn) -> usize {
    match column {
        NeedsColumn::Rank
        | NeedsColumn::Competency
        | NeedsColumn::NImportance
        | NeedsColumn::NAbility
        | NeedsColumn::NPairs => 0,
        NeedsColumn::Rds
        | NeedsColumn::ShareNeed
        | NeedsColumn::ShareTie
        | NeedsColumn::ShareSurplus
        | NeedsColumn::HighNeed => 1,
        _ => 2,
    }
}

fn table(page: &PageProps, group: &GroupNeeds) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let (sorted_by, descending) = desk.sort;
    let mut needs: Vec<(usize, &Need)> = group.needs.iter().enumerate().collect();
    needs.sort_by(|(place_a, a), (place_b, b)| {
        let order = match (number(a, sorted_by), number(b, sorted_by)) {
            (Some(a), Some(b)) if descending => b.total_cmp(&a),
            (Some(a), Some(b)) => a.total_cmp(&b),
            // What has no number stands last, whichever way the table is sorted.
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let by_form = if descending && sorted_by == NeedsColumn::Competency {
            place_b.cmp(place_a)
        } else {
            place_a.cmp(place_b)
        };
        order.then(by_form)
    });
    let headings = COLUMNS.into_iter().map(|column| {
        let (name, long) = heading(t, column);
        let sort =
            (column == sorted_by).then_some(if descending { "descending" } else { "ascending" });
        let arrow = match sort {
            Some("descending") => " ↓",
            Some(_) => " ↑",
            None => "",
        };
        let onclick = page.send.reform(move |_: MouseEvent| Msg::Desk(DeskMsg::SortChosen(column)));
        html! {
            <th scope="col" aria-sort={sort}>
                <button type="button" id={format!("sort-{column:?}").to_lowercase()} title={long} {onclick}>{ name }{ arrow }</button>
            </th>
        }
    });
    html! {
        <div class="table-frame" tabindex="0" role="region" aria-label={t.needs_title()}>
            <table id="needs">
                <caption class="sr-only">{ t.needs_caption(&group.people) }</caption>
                <thead><tr>{ for headings }</tr></thead>
                <tbody>{ for needs.iter().map(|(_, need)| row(t, &desk.form, need)) }</tbody>
            </table>
        </div>
    }
}

fn row(t: Language, form: &Form, need: &Need) -> Html {
    let competency = form.competencies.iter().find(|c| c.code == need.competency);
    let label = competency.map_or("", |competency| competency.label.get(t.code()));
    let domain = competency.map(|competency| form.domain_label(&competency.domain, t.code()));
    let cells = COLUMNS.into_iter().map(|column| {
        if column == NeedsColumn::Competency {
            return html! {
                <th scope="row">{ label }<small class="muted">{ domain.clone() }</small></th>
            };
        }
        let text = number(need, column).map(|number| t.number(number, decimals(column)));
        let text = text.unwrap_or_else(|| if need.hidden { "~" } else { "–" }.to_owned());
        let class = if column == NeedsColumn::Mwds { "num strong" } else { "num" };
        html! { <td {class}>{ text }</td> }
    });
    html! { <tr key={need.competency.clone()} id={format!("need-{}", need.competency)}>{ for cells }</tr> }
}
