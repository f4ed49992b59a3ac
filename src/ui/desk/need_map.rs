//! The map of needs, and where its lines lie.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::drawn;
use super::figure::Figure;
use super::filter_bar::FilterBar;
use super::needs::{group_choice, grouping_choice, value};
use crate::app::desk::charts::{ChartMsg, MapLines};
use crate::app::protocol::OfGroup;
use crate::app::route::{Route, Step};
use crate::domain::chart::need_map::NeedMap;
use crate::domain::form::Form;
use crate::domain::measure::importance_performance::Point;
use crate::formats::chart::Layout;
use crate::formats::chart::need_map::{self, MapLook};
use crate::formats::chart::twin::Twin;
use crate::text::Language;

/// The map of one group.
#[component]
pub(super) fn MapStep(page: &PageProps) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    if desk.has_nobody() {
        return nobody(t, t.map_title());
    }
    let shown = desk.charts.map.get().map(|map| {
        html! {
            <>
                if !desk.analysis.grouping.is_overall() && !map.groups.is_empty() {
                    { group_choice(page, desk.analysis.grouping, &map.groups, map.group.as_ref()) }
                }
                { hidden_groups(t, map.groups.len(), map.hidden_groups) }
                { figure(page, map) }
            </>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{ t.map_title() }</h1>
            <p class="lead">{ t.map_lead() }</p>
            <FilterBar ..page.clone() />
            { grouping_choice(page, desk.analysis.grouping, true) }
            { lines_choice(page) }
            { shown.unwrap_or_else(|| html! { <p role="status">{ t.computing() }</p> }) }
        </>
    }
}

/// What stands in place of a chart while there is no response.
pub(super) fn nobody(t: Language, title: &'static str) -> Html {
    html! {
        <>
            <h1 tabindex="-1">{ title }</h1>
            <p class="lead">{ t.needs_nobody() }</p>
            <p><a class="button" href={Route::desk(Step::Collect).to_string()}>{ t.step_collect() }</a></p>
        </>
    }
}

/// That groups are hidden: all of them, or how many.
pub(super) fn hidden_groups(t: Language, shown: usize, hidden: usize) -> Html {
    if shown == 0 && hidden > 0 {
        return html! { <p id="all-hidden" class="notice">{ t.ranked_all_hidden() }</p> };
    }
    if hidden > 0 {
        return html! { <p class="muted" id="small-groups">{ t.small_groups(&t.count(hidden)) }</p> };
    }
    Html::default()
}

fn figure(page: &PageProps, map: &Rc<OfGroup<NeedMap>>) -> Html {
    let (t, desk) = (page.model.language, &page.model.desk);
    if map.shown.points.is_empty() {
        return nothing(t, map.groups.is_empty());
    }
    let look = desk.charts.look();
    html! {
        <Figure {t} send={page.send.clone()} caption={desk.chart_caption(Step::Map, t)}
            twin={Twin::of_map(&desk.form, &map.shown, look.view, t)}>
            <Drawing {t} form={desk.form.clone()} map={map.clone()} {look} />
        </Figure>
    }
}

#[derive(Properties, PartialEq)]
struct DrawingProps {
    t: Language,
    form: Rc<Form>,
    map: Rc<OfGroup<NeedMap>>,
    look: MapLook,
}

/// The map for both widths. It is a component so that labels are placed anew only where something
/// of it has changed.
#[component]
fn Drawing(props: &DrawingProps) -> Html {
    let DrawingProps { t, form, map, look } = props;
    let image = |layout| {
        let chart = need_map::draw(form, &map.shown, *look, layout, *t);
        chart.map(|chart| drawn(&chart.on_screen(t.map_title(), t.chart_table_below())))
    };
    html! {
        <>
            <div class="wide-drawing">{ image(Layout::Wide) }</div>
            <div class="narrow-drawing">{ image(Layout::Narrow) }</div>
        </>
    }
}

/// That a group which is shown has nothing to draw.
pub(super) fn nothing(t: Language, is_hidden: bool) -> Html {
    if is_hidden {
        Html::default()
    } else {
        html! { <p id="chart-nothing" class="notice">{ t.chart_nothing() }</p> }
    }
}

fn lines_choice(page: &PageProps) -> Html {
    let (t, charts) = (page.model.language, &page.model.desk.charts);
    let on_lines = page.send.reform(|event: Event| {
        let chosen = value(&event);
        let lines = MapLines::ALL.into_iter().find(|lines| lines.word() == chosen);
        ChartMsg::LinesChosen(lines.unwrap_or_default()).into()
    });
    let lines = MapLines::ALL.into_iter().map(|lines| {
        html! { <option value={lines.word()} selected={lines == charts.lines}>{ lines_name(t, lines) }</option> }
    });
    let on_intervals = page.send.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        ChartMsg::IntervalsWanted(input.is_some_and(|input| input.checked())).into()
    });
    let own = charts.own_lines;
    let slider = |id: &'static str, name: String, level: f64, with: fn(Point, f64) -> Point| {
        let oninput = page.send.reform(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let level =
                input.map(|input| input.value_as_number()).filter(|level| level.is_finite());
            ChartMsg::LinesSet(level.map_or(own, |level| with(own, level))).into()
        });
        html! {
            <label class="also-by">{ name }
                <input type="range" {id} min="1" max="5" step="0.1" value={level.to_string()} {oninput} />
            </label>
        }
    };
    html! {
        <div class="bar">
            <label class="also-by">{ t.map_lines() }{ " " }
                <select id="map-lines" class="field" onchange={on_lines}>{ for lines }</select>
            </label>
            if charts.lines == MapLines::Own {
                { slider("own-importance", t.map_own_importance(&t.number(own.importance, 1)), own.importance,
                    |own, importance| Point { importance, ..own }) }
                { slider("own-ability", t.map_own_ability(&t.number(own.ability, 1)), own.ability,
                    |own, ability| Point { ability, ..own }) }
            }
            <label class="asked">
                <input type="checkbox" id="map-intervals" checked={charts.with_intervals} onchange={on_intervals} />
                <span>{ t.map_intervals() }</span>
            </label>
        </div>
    }
}

fn lines_name(t: Language, lines: MapLines) -> &'static str {
    match lines {
        MapLines::Means => t.map_lines_means(),
        MapLines::Medians => t.map_lines_medians(),
        MapLines::Midpoint => t.map_lines_midpoint(),
        MapLines::Own => t.map_lines_own(),
        MapLines::Focus => t.map_lines_focus(),
    }
}
