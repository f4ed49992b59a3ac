//! The groups by competencies: a table whose cells are shaded, which is its own table twin.

use yew::prelude::*;

use super::super::PageProps;
use super::figure::Figure;
use super::filter_bar::FilterBar;
use super::need_map::{hidden_groups, nobody};
use super::needs::grouping_choice;
use crate::app::desk::charts::{ChartMsg, chart_grouping, value_name};
use crate::app::route::Step;
use crate::domain::chart::heat_table::{HeatCell, HeatOrder, HeatTable, HeatValue};
use crate::domain::form::{Competency, Form};
use crate::formats::chart::heatmap;
use crate::formats::chart::twin::Twin;
use crate::formats::export::group_name;
use crate::text::Language;

/// The table.
#[component]
pub(super) fn HeatmapStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    if desk.has_nobody() {
        return nobody(t, t.heat_step_title());
    }
    let shown = desk.charts.heat.get().map(|heat| {
        html! {
            <>
                { hidden_groups(t, heat.rows.len(), heat.hidden_rows) }
                if !heat.rows.is_empty() {
                    <Figure {t} send={page.send.clone()} caption={desk.chart_caption(Step::Heatmap, t)}
                        twin={Twin::of_heat(&desk.form, heat, t)} shows_table=false>
                        { table(t, &desk.form, heat) }
                        { key(t, heat.value) }
                    </Figure>
                }
            </>
        }
    });
    let grouping = chart_grouping(Step::Heatmap, &desk.form, desk.analysis.grouping);
    html! {
        <>
            <h1 tabindex="-1">{ t.heat_step_title() }</h1>
            <FilterBar ..page.clone() />
            { grouping_choice(page, grouping, false) }
            { choices(page) }
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

fn choices(page: &PageProps) -> Html {
    let (t, charts) = (page.model.language, &page.model.desk.charts);
    let chip = |id: &'static str, name: &'static str, is_chosen: bool, msg: fn() -> ChartMsg| {
        let onclick = page.send.reform(move |_: MouseEvent| msg().into());
        html! {
            <button type="button" {id} class="chip" aria-pressed={is_chosen.to_string()} {onclick}>{ name }</button>
        }
    };
    let value =
        |id, value: HeatValue, msg| chip(id, value_name(value, t), charts.value == value, msg);
    html! {
        <>
            <div class="bar" role="group" aria-label={t.heat_number()}>
                <span class="bar-name">{ t.heat_number() }</span>
                { value("heat-gap", HeatValue::Gap, || ChartMsg::ValueChosen(HeatValue::Gap)) }
                { value("heat-shortfall", HeatValue::Shortfall, || ChartMsg::ValueChosen(HeatValue::Shortfall)) }
                { value("heat-high-need", HeatValue::HighNeed, || ChartMsg::ValueChosen(HeatValue::HighNeed)) }
            </div>
            <div class="bar" role="group" aria-label={t.heat_order()}>
                <span class="bar-name">{ t.heat_order() }</span>
                { chip("heat-by-form", t.heat_order_form(), charts.order == HeatOrder::Form,
                    || ChartMsg::OrderChosen(HeatOrder::Form)) }
                { chip("heat-alike", t.heat_order_alike(), charts.order == HeatOrder::Alike,
                    || ChartMsg::OrderChosen(HeatOrder::Alike)) }
            </div>
        </>
    }
}

fn table(t: Language, form: &Form, heat: &HeatTable) -> Html {
    let columns: Vec<&Competency> =
        heat.columns.iter().filter_map(|code| form.competency(code)).collect();
    let domains = columns.chunk_by(|one, other| one.domain == other.domain).map(|together| {
        let domain = together.first().map(|own| form.domain_label(&own.domain, t.code()));
        html! { <th scope="colgroup" colspan={together.len().to_string()}>{ domain }</th> }
    });
    let names = columns.iter().map(|competency| {
        html! { <th scope="col" class="upright"><span>{ competency.label.get(t.code()) }</span></th> }
    });
    let rows = heat.rows.iter().map(|row| {
        let name = group_name(form, heat.grouping, &row.group, Some(t));
        let cells = row.cells.iter().zip(&columns).map(|(cell, competency)| {
            drawn_cell(t, heat.value, *cell, competency.label.get(t.code()))
        });
        html! {
            <tr key={row.group.to_string()}>
                <th scope="row">{ name }<small class="muted">{ format!(" n = {}", t.number(row.people as f64, 0)) }</small></th>
                { for cells }
            </tr>
        }
    });
    html! {
        <div class="table-frame heat-frame" tabindex="0" role="region" aria-label={t.heat_step_title()}>
            <table id="heat" class="heat">
                <caption class="sr-only">{ t.heat_step_title() }</caption>
                <thead>
                    if heat.order == HeatOrder::Form {
                        <tr class="domains"><td></td>{ for domains }</tr>
                    }
                    <tr><th scope="col">{ t.grouping(heat.grouping) }</th>{ for names }</tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn drawn_cell(t: Language, value: HeatValue, cell: HeatCell, competency: &str) -> Html {
    let words = heatmap::cell_text(value, cell, t);
    match cell {
        HeatCell::Of(number, n) => {
            let title = format!("{competency}: {words} (n = {})", t.number(n as f64, 0));
            html! { <td class={heatmap::shade(value, number).class} {title}>{ words }</td> }
        }
        _ => html! { <td class="heat-empty">{ words }</td> },
    }
}

fn key(t: Language, value: HeatValue) -> Html {
    let shades = heatmap::shades(value, t).into_iter().map(|(shade, words)| {
        html! { <li><i class={classes!("swatch", shade.class)}></i>{ words }</li> }
    });
    let signs = heatmap::signs(value, t).into_iter().map(|(sign, meaning)| {
        html! { <li><b>{ sign }</b>{ " " }{ meaning }</li> }
    });
    html! { <ul class="heat-key small">{ for shades }{ for signs }</ul> }
}
