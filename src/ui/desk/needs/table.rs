//! Every number of a group in a table that sorts.

use yew::prelude::*;

use super::super::super::PageProps;
use crate::app::desk::analysis::{AnalysisMsg, NeedsColumn};
use crate::domain::form::Form;
use crate::domain::needs::{GroupNeeds, Measures, Need};
use crate::text::Language;

const COLUMNS: [NeedsColumn; 20] = [
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
    NeedsColumn::PniOriginal,
    NeedsColumn::HighNeed,
    NeedsColumn::Shortfall,
    NeedsColumn::BelowRequired,
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
        NeedsColumn::PniOriginal => (t.col_pni_original(), t.col_pni_original_long()),
        NeedsColumn::HighNeed => (t.col_high_need(), t.col_high_need_long()),
        NeedsColumn::Shortfall => (t.col_shortfall(), t.col_shortfall_long()),
        NeedsColumn::BelowRequired => (t.col_below(), t.col_below_long()),
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
        NeedsColumn::PniOriginal => measure(|m| Some(m.pni)),
        NeedsColumn::HighNeed => measure(|m| Some(m.share_high_need * 100.0)),
        NeedsColumn::Shortfall => need.required.map(|required| required.mean_shortfall),
        NeedsColumn::BelowRequired => need.required.map(|required| required.share() * 100.0),
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
        | NeedsColumn::HighNeed
        | NeedsColumn::BelowRequired => 1,
        _ => 2,
    }
}

/// The table; its headings sort it.
pub(super) fn table(page: &PageProps, group: &GroupNeeds) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    let (sorted_by, descending) = desk.analysis.sort;
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
        let onclick = page.send.reform(move |_: MouseEvent| AnalysisMsg::SortChosen(column).into());
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
    let competency = form.competency(&need.competency);
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
